import pg from 'pg'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openStorage, parseKey } from '../../storage/index.ts'
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts'
import type { House } from './harness.ts'
import { it } from './house-test.ts'
import { eventually } from './processes.ts'

describe('a daemon whose lease session on PostgreSQL ends', { timeout: 90_000 }, () => {
  let server: TestPostgres

  beforeAll(async () => {
    server = await startPostgres()
  })

  afterAll(async () => {
    await server?.stop()
  })

  it('takes the lease again and goes on, in a new epoch', async ({ openHouse }) => {
    const databaseUrl = await server.createDatabase()
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms', databaseUrl })
    const daemon = house.start('start')
    await daemon.said('Quayside runs')
    const before = await epochOf(house)

    await endLeaseSession(databaseUrl)
    await daemon.said('the lease on the database is held again')
    const id = house.place('shopify')
    await eventually('the order is with the warehouse', async () =>
      (await house.documents()).some((document) => document.platformOrderId === id && document.state === 'in-fulfillment'),
    )

    expect(await epochOf(house)).toBe(before + 1)
    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })

  it('ends with 2 when another one has taken over, and sends nothing more', async ({ openHouse }) => {
    const databaseUrl = await server.createDatabase()
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms', databaseUrl })
    const daemon = house.start('start')
    await daemon.said('Quayside runs')

    const successor = await takeOver(house, databaseUrl)
    house.place('shopify')
    const { code, stderr } = await daemon.finished

    expect(stderr).toContain('another Quayside works on')
    expect(code).toBe(2)
    expect(house.outbounds()).toEqual([])
    await successor.release()
  })
})

function epochOf(house: House): Promise<number> {
  return house.read((storage) => storage.read((stores) => stores.lanes.epoch()))
}

const lockSessions = `select pid from pg_locks
  where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`

async function endLeaseSession(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`select pg_terminate_backend(pid) from (${lockSessions}) as holders`)
  await client.end()
}

/** Waits for the lock in a session of its own, as nobody can who only tries, and begins an epoch. */
async function takeOver(house: House, url: string) {
  const storage = await openStorage({ url, key: parseKey(house.key) })
  const waiting = new pg.Client({ connectionString: url })
  await waiting.connect()
  const locked = waiting.query('select pg_advisory_lock(4281917)')
  await storage.write((stores) => stores.lanes.nextEpoch())
  await endLeaseSession(url)
  await locked.catch(() => undefined)
  await storage.close()
  return { release: () => waiting.end() }
}
