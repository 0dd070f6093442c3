import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Knex } from 'knex'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStorage } from '../../storage/index.ts'
import { tables } from '../../storage/migrations/index.ts'
import { sampleOrder } from '../contract/storage-samples.ts'
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts'
import { testKey } from './test-key.ts'

const run = promisify(execFile)
let server: TestPostgres

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(async () => {
  await server?.stop()
})

describe.each(['sqlite', 'postgres'] as const)('migrations on %s', (engine) => {
  let folder: string
  let url: string
  const open = () => openStorage({ url, key: testKey })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-migrations-'))
    url = engine === 'sqlite' ? `sqlite:${join(folder, 'new', 'folder', 'quayside.db')}` : await server.createDatabase()
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  /** A process of its own that opens the database and takes an epoch. */
  async function openInProcess(): Promise<string> {
    const module = new URL('../../storage/index.ts', import.meta.url).href
    const script = `
      const { openStorage } = await import(${JSON.stringify(module)})
      const storage = await openStorage({ url: ${JSON.stringify(url)}, key: Buffer.from('${testKey.toString('base64')}', 'base64') })
      console.log(await storage.write((stores) => stores.lanes.nextEpoch()))
      await storage.close()`
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
    return stdout.trim()
  }

  it('do no harm when they run twice', async () => {
    const order = sampleOrder('1')
    const first = await open()
    await first.write((stores) => stores.orders.save(order))
    await first.close()

    const second = await open()

    expect(await second.read((stores) => stores.orders.load(order.orderNo))).toEqual(order)
    await second.close()
  })

  it('run once when several processes open a new database at the same time', async () => {
    const epochs = await Promise.all([openInProcess(), openInProcess(), openInProcess()])

    expect(epochs.sort()).toEqual(['1', '2', '3'])
  })

  it('keep the mappings of a database from before they could count for a time', async () => {
    const storage = await open()
    await storage.write(async (stores) => {
      const database = stores.tx as unknown as Knex
      const key = ['platform', 'shop', 'channel_sku', 'item_id', 'variant_id']
      await database.raw('drop table bundles')
      await database.raw('drop table sku_mappings')
      await database.raw(
        `create table sku_mappings (${key.map((name) => `${name} text not null`).join(', ')}, targets text not null, primary key (${key.join(', ')}))`,
      )
      const targets = JSON.stringify([{ quantity: 2, sku: 'MUG' }])
      await database('sku_mappings').insert({ platform: 'ebay', shop: '', channel_sku: 'SET', item_id: '', variant_id: '', targets })
      await database('schema_migrations').where('name', '0005-catalog').delete()
    })
    await storage.close()

    const upgraded = await open()

    const { mappings, bundles } = await upgraded.read((stores) => stores.catalog.load())
    expect(mappings).toEqual([
      { platform: 'ebay', shop: '', channelSku: 'SET', itemId: '', variantId: '', targets: [{ sku: 'MUG', quantity: 2 }] },
    ])
    expect(bundles).toEqual([])
    await upgraded.close()
  })

  it('make the tables that are expected at every opening, and no other', async () => {
    const storage = await open()

    const rows: { name: string }[] = await storage.read(async (stores) => {
      const database = stores.tx as unknown as Knex
      return engine === 'sqlite'
        ? await database('sqlite_master').select('name').where('type', 'table')
        : await database('pg_tables').select('tablename as name').where('schemaname', 'public')
    })

    const made = rows.map((row) => row.name).filter((name) => !/^(sqlite_|schema_migrations)/.test(name))
    expect(made.toSorted()).toEqual(tables)
    await storage.close()
  })

  it('refuse a database that lacks a table it had, and name it', async () => {
    const storage = await open()
    await storage.write(async (stores) => await (stores.tx as unknown as Knex).raw('drop table sweeps'))
    await storage.close()

    await expect(open()).rejects.toMatchObject({
      kind: 'config',
      code: 'database-incomplete',
      message: expect.stringMatching(/lacks .*sweeps.* restore a backup/),
    })
  })

  it('refuse a database with tables of somebody else in one line', async () => {
    const storage = await open()
    await storage.write(async (stores) => {
      const database = stores.tx as unknown as Knex
      for (const name of ['schema_migrations', 'schema_migrations_lock']) await database.raw(`drop table ${name}`)
    })
    await storage.close()

    const error: Error = await open().then(
      () => new Error('it opened'),
      (reason) => reason,
    )

    expect(error).toMatchObject({ kind: 'config', code: 'database-unreachable', message: expect.stringContaining('already exists') })
    expect(error.message).not.toMatch(/\n|create table/)
  })

  it('refuse a database that a newer version has changed, and leave it alone', async () => {
    const storage = await open()
    const future = { name: '9999-future', batch: 99, migration_time: new Date() }
    await storage.write(async (stores) => await (stores.tx as unknown as Knex)('schema_migrations').insert(future))
    await storage.close()

    await expect(open()).rejects.toMatchObject({
      kind: 'config',
      code: 'database-newer',
      message: expect.stringContaining('9999-future'),
    })
  })
})
