import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Stores } from '../../core/ports/storage.ts'
import { openStorage } from '../../storage/index.ts'
import { sampleOrder } from '../contract/storage-samples.ts'
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts'
import { testKey } from './test-key.ts'

const unavailable = { kind: 'transient', code: 'database-unavailable' }
const databaseOf = (stores: Stores) => stores.tx as unknown as Knex

describe('a full disk', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-full-'))
  })

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('fails the writes that do not fit, keeps what was stored, and is over when there is room again', async () => {
    const storage = await openStorage({ url: `sqlite:${join(folder, 'quayside.db')}`, key: testKey })
    const limitPages = (pages: string) => storage.write(async (stores) => await databaseOf(stores).raw(`pragma max_page_count = ${pages}`))
    const big = sampleOrder('big', { platformStatus: 'x'.repeat(500_000) })
    await storage.write((stores) => stores.orders.save(sampleOrder('1')))
    await limitPages('1')

    await expect(storage.write((stores) => stores.orders.save(big))).rejects.toMatchObject({ kind: 'transient' })

    await limitPages('1000000')
    await storage.write((stores) => stores.orders.save(big))
    expect(await storage.read((stores) => stores.orders.countByState())).toEqual({ open: 2 })
    expect(await storage.verifyIntegrity()).toEqual([])
    await storage.close()
  })
})

describe('a server that drops the connection', () => {
  let server: TestPostgres

  beforeAll(async () => {
    server = await startPostgres()
  })

  afterAll(async () => {
    await server?.stop()
  })

  it('fails the read, and later ones have a new connection', async () => {
    const storage = await openStorage({ url: await server.createDatabase(), key: testKey })

    const dropped = storage.read(async (stores) => await databaseOf(stores).raw('select pg_terminate_backend(pg_backend_pid())'))

    await expect(dropped).rejects.toMatchObject(unavailable)
    await vi.waitFor(async () => expect(await storage.read((stores) => stores.lanes.all())).toEqual([]))
    await storage.close()
  })
})

describe('another process that holds the lock of a SQLite file', () => {
  it('is waited for, then the write fails', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quayside-locked-'))
    const url = `sqlite:${join(folder, 'quayside.db')}`
    const [ours, theirs] = [await openStorage({ url, key: testKey }), await openStorage({ url, key: testKey })]
    await ours.write(async (stores) => await databaseOf(stores).raw('pragma busy_timeout = 20'))

    await theirs.write(async (stores) => {
      await stores.lanes.nextEpoch()
      await expect(ours.write((mine) => mine.lanes.nextEpoch())).rejects.toMatchObject({ kind: 'transient' })
    })

    expect(await ours.write((stores) => stores.lanes.nextEpoch())).toBe(2)
    await ours.close()
    await theirs.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('keeps nobody from opening and reading it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quayside-locked-'))
    const url = `sqlite:${join(folder, 'quayside.db')}`
    const theirs = await openStorage({ url, key: testKey })

    const held = await theirs.write(async (stores) => {
      await stores.lanes.nextEpoch()
      const ours = await openStorage({ url, key: testKey })
      const epoch = await ours.read((mine) => mine.lanes.epoch())
      await ours.close()
      return epoch
    })

    expect(held).toBe(0)
    await theirs.close()
    await rm(folder, { recursive: true, force: true })
  })
})

describe('a database that has no room or is busy while it is opened', () => {
  it('is no mistake of the configuration', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quayside-busy-'))
    const path = join(folder, 'quayside.db')
    const other = new Database(path)
    other.pragma('journal_mode = WAL')
    other.exec('begin immediate')

    const error: Error = await openStorage({ url: `sqlite:${path}`, key: testKey }).then(
      () => new Error('it opened'),
      (reason) => reason,
    )

    expect(error).toMatchObject({ ...unavailable, message: expect.stringContaining('database is locked') })
    expect(error.message).not.toMatch(/database\.url|begin/i)
    other.close()
    await rm(folder, { recursive: true, force: true })
  })
})
