import Database from 'better-sqlite3'
import { describe, expect } from 'vitest'
import type { SyncResult } from '../../daemon/commands/sync.ts'
import { it } from './house-test.ts'
import { eventually } from './processes.ts'
import { pushCall } from './sandboxes.ts'

describe('trouble while commands and daemon work', { timeout: 90_000 }, () => {
  it('changes nothing outside while writes are stopped, and says nothing is wrong', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    await house.editYaml<{ writeStop: boolean }>('quayside.yaml', (yaml) => {
      yaml.writeStop = true
    })
    const id = house.place('shopify')

    const finished = await house.run('sync')

    expect(finished.code).toBe(0)
    expect(finished.stdout).toContain('STOPPED  nothing is sent while writeStop is true in quayside.yaml')
    expect(house.writes()).toEqual([])
    expect(await house.document(id)).toMatchObject({ state: 'open', fulfillmentOrders: [{ status: 'planned' }] })
  })

  it('waits as long as a limit asks for and then sends, once', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    house.warehouse.faults.set([{ kind: 'H1-429-seconds', operations: [pushCall], times: 1 }])
    const id = house.place('shopify')

    const finished = await house.run('sync')

    expect(finished.code).toBe(0)
    expect(house.writes().map((write) => write.outcome)).toEqual(['refused', 'executed'])
    expect((await house.document(id)).state).toBe('in-fulfillment')
  })

  it('lets two syncs that are started at once work one after the other', async ({ openHouse }) => {
    const house = await openHouse()
    const ids = [house.place('shopify'), house.place('wish'), house.place('ebay'), house.place('amazon')]

    const both = await Promise.all([house.run('sync'), house.run('sync')])

    expect(both.map(({ code }) => code)).toEqual([0, 0])
    expect(house.writes()).toHaveLength(ids.length)
    expect(await house.audit()).toEqual({ lost: 0, duplicates: 0, violations: [] })
  })

  it('ends a command that asks for something impossible with 2, whether a daemon executes it or not', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '1h' })
    const id = house.place('shopify')
    await house.json<SyncResult>('sync', '--json')
    const impossible = ['assign', id, '--warehouse', 'MOON', '--reason', 'try'] as const

    const alone = await house.run('orders', ...impossible)
    const daemon = house.start('start')
    await daemon.said('Quayside runs')
    const asked = await house.run('orders', ...impossible)

    expect([alone.code, asked.code]).toEqual([2, 2])
    expect(asked.stderr).toBe(alone.stderr)
    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })

  it('goes on with what a daemon was asked for when the daemon dies before it answers', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '1h' })
    const daemon = house.start('start')
    await daemon.said('Quayside runs')
    // It follows the first poll, and would find the order too.
    await eventually('the first sweep is over', async () => {
      const lanes = await house.read((storage) => storage.read((stores) => stores.lanes.all()))
      return lanes.some((row) => row.lane === 'sweep' && row.lastSucceededAt !== undefined)
    })
    const id = house.place('shopify')
    house.marketplaces.shopify.faults.set([{ kind: 'H16-never-answered', operations: ['order'], times: 1 }])
    const hanging = house.requestLeftHanging()
    const asked = house.start('resync', ['--shop', 'brand-us', '--order', id, '--json'])
    await hanging

    await daemon.end('SIGKILL')
    const { code, stdout } = await asked.finished

    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ read: 1, new: [id] })
  })

  it('ends with 0 although a call still hangs when the daemon is told to end', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms' })
    const daemon = house.start('start')
    await daemon.said('Quayside runs')
    house.marketplaces.shopify.faults.set([{ kind: 'H16-never-answered' }])
    await house.requestLeftHanging()

    const { code, stderr } = await daemon.end('SIGTERM')

    expect({ code, hasStopped: stderr.includes('Quayside has stopped') }).toEqual({ code: 0, hasStopped: true })
  })

  it('keeps the daemon alive when its database fails it for a while', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms' })
    const daemon = house.start('start')
    await daemon.said('Quayside runs')

    await whileLocked(house.databaseFile, () =>
      eventually('several writes have failed', () => daemon.output().split('a group of writes was not committed').length > 3),
    )
    const id = house.place('shopify')

    await eventually('the order is pushed', async () =>
      (await house.documents()).some((document) => document.platformOrderId === id && document.state === 'in-fulfillment'),
    )
    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })
})

/** Another program holds the database's write lock for as long as the work takes. */
async function whileLocked(file: string, work: () => Promise<void>): Promise<void> {
  const database = new Database(file)
  database.exec('BEGIN IMMEDIATE')
  try {
    await work()
  } finally {
    database.exec('ROLLBACK')
    database.close()
  }
}
