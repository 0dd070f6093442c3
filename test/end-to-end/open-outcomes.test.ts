import { describe, expect } from 'vitest'
import type { SyncResult } from '../../daemon/commands/sync.ts'
import { it } from './house-test.ts'
import { pushCall, writeBackCall } from './sandboxes.ts'

/** So long that no probe comes within a test. */
const afterTheTest = '1h'

describe('an outcome that is not established', { timeout: 90_000 }, () => {
  it('of a push is listed while its probe is awaited, ends with 3, and is not sent again', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], settle: afterTheTest })
    // The list of changes does not show it at once either: otherwise tracking would prove that it was executed.
    const faults = ['H20-read-lags-write', 'H5-5xx-after'] as const
    house.warehouse.faults.set(faults.map((kind) => ({ kind, operations: [pushCall], times: 1 })))
    const id = house.place('shopify')

    const first = await house.run('sync')
    const second = await house.run('sync', '--lanes', 'push', '--json')

    const reference = (await house.document(id)).fulfillmentOrders[0]?.reference
    expect([first.code, second.code]).toEqual([3, 3])
    expect(first.stdout).toMatch(new RegExp(`^OPEN +wms-create:${reference} at gc: unknown, .+; next look \\d{4}-`, 'm'))
    expect((JSON.parse(second.stdout) as SyncResult).open).toMatchObject([
      { key: `wms-create:${reference}`, account: 'gc', state: 'unknown' },
    ])
    expect(house.writes()).toHaveLength(1)
    expect(house.outbounds()).toHaveLength(1)
  })

  it('is not the concern of a sync for another shop', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us', 'wish-1'], settle: afterTheTest })
    const faults = ['H20-read-lags-write', 'H5-5xx-after'] as const
    house.warehouse.faults.set(faults.map((kind) => ({ kind, operations: [pushCall], times: 1 })))
    house.place('shopify')
    await house.run('sync', '--shop', 'brand-us')

    const other = await house.run('sync', '--shop', 'wish-1', '--lanes', 'push', '--json')
    const own = await house.run('sync', '--shop', 'brand-us', '--lanes', 'push', '--json')

    expect([other.code, own.code]).toEqual([0, 3])
    expect((JSON.parse(other.stdout) as SyncResult).open).toEqual([])
  })

  it('of a write-back is listed while its probe is awaited, ends with 3, and is not sent again', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], settle: afterTheTest })
    const id = house.place('shopify')
    await house.json('sync', '--json')
    house.advance()
    house.marketplaces.shopify.faults.set([{ kind: 'H7-reset-after', operations: [writeBackCall.shopify], times: 1 }])

    const first = await house.run('sync')
    const second = await house.run('sync', '--lanes', 'confirm', '--json')

    expect([first.code, second.code]).toEqual([3, 3])
    expect(first.stdout).toMatch(/^OPEN +confirm-shipment:\S+ at brand-us: unknown, /m)
    expect((JSON.parse(second.stdout) as SyncResult).open).toMatchObject([{ account: 'brand-us', state: 'unknown' }])
    expect(house.ledgerOrder('shopify', id).shipments).toHaveLength(1)
    expect((await house.document(id)).state).toBe('shipped')
  })

  it('is settled by reading when the settle time is short, and the goods are sent once', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    house.warehouse.faults.set([{ kind: 'H5-5xx-after', operations: [pushCall], times: 1 }])
    const id = house.place('shopify')

    const finished = await house.run('sync')

    expect(finished.code).toBe(0)
    expect((await house.document(id)).state).toBe('in-fulfillment')
    expect(house.writes()).toHaveLength(1)
    expect(await house.audit()).toMatchObject({ violations: [] })
  })

  it('is sent again only after two readings have missed it', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    house.warehouse.faults.set([{ kind: 'H5-5xx-before', operations: [pushCall], times: 1 }])
    const id = house.place('shopify')

    const finished = await house.run('sync')

    const calls = house.warehouse.ledger('gc').requests.map((request) => request.operation)
    const ofPush = calls.filter((operation) => operation === pushCall || operation === 'order/get_order_by_ref_code')
    expect(finished.code).toBe(0)
    expect(ofPush).toEqual([pushCall, 'order/get_order_by_ref_code', 'order/get_order_by_ref_code', pushCall])
    expect((await house.document(id)).state).toBe('in-fulfillment')
    expect(house.outbounds()).toHaveLength(1)
  })
})
