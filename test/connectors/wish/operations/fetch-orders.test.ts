import { describe, expect, test } from 'vitest'
import { addMs } from '../../../../core/value/instant.ts'
import { shopWorld } from '../shop-world.ts'

describe('the states of an order, one after the other', () => {
  test('are read as Wish, the buyer and we bring them about [wish-state-11]', async () => {
    const world = shopWorld({ asynchronousMs: 0 })
    const id = world.place({ payment: 'unpaid' })
    const seen: unknown[] = []
    const look = async () => {
      world.advance(60_000)
      const order = await world.connector.fetchOrder(id, world.call)
      seen.push([order?.platformStatus, order?.status, order?.holds.map(({ reason }) => reason)])
    }

    await look()
    world.change(id, { type: 'pay' })
    await look()
    await world.confirm(id)
    await look()
    world.change(id, { type: 'refund' })
    await look()
    world.change(id, { type: 'uncancel' })
    await look()

    expect(seen).toEqual([
      ['REQUIRE_REVIEW', 'open', ['platform-hold']],
      ['APPROVED', 'open', []],
      ['SHIPPED', 'shipped', []],
      ['REFUNDED', 'shipped', []],
      ['APPROVED', 'open', ['platform-hold']],
    ])
  })
})

describe('the watermark', () => {
  test('is the last time that Wish showed, and a quiet shop stays where it is, an overlap behind [wish-read-04]', async () => {
    const world = shopWorld()
    world.place()
    const placedAt = world.now()
    world.advance(3_600_000)

    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(JSON.parse(first.nextCursor)).toEqual({ watermark: placedAt })
    expect(second.nextCursor).toBe(first.nextCursor)
    expect(world.transport.sent.at(-1)?.url).toContain(encodeURIComponent(addMs(placedAt, -600_000)))
  })

  test('of a shop without orders stays at its start', async () => {
    const world = shopWorld()

    const page = await world.connector.fetchOrderChanges(undefined, world.call)

    expect(JSON.parse(page.nextCursor)).toEqual({ watermark: world.shop.since })
  })

  test('does not follow a time far ahead', async () => {
    const world = shopWorld({}, { pageSize: 1 })
    const ahead = [400, 500].map((days) => world.place({ placedAt: addMs(world.now(), days * 86_400_000) }))

    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    const { orders, nextCursor } = await world.readOn(first.nextCursor)

    expect([...first.orders, ...orders].map((order) => order.platformOrderId)).toEqual(ahead)
    expect(JSON.parse(nextCursor)).toEqual({ watermark: world.shop.since })
  })

  test('stays where it is when a whole page shows no times, and says so', async () => {
    const world = shopWorld({}, { pageSize: 1 })
    world.change(world.place(), { type: 'corrupt', how: 'without-updated-at' })

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({
      kind: 'invalid-data',
      code: 'wish-page-without-times',
    })
  })

  test('that cannot be read starts again at the beginning', async () => {
    const world = shopWorld()
    world.place()

    const page = await world.connector.fetchOrderChanges('{"page":7', world.call)

    expect(page.orders).toHaveLength(1)
    expect(world.call.lines).toMatchObject([{ level: 'warn' }])
  })

  test('passes orders that Wish cannot list only with a record that says so [wish-read-03]', async () => {
    const world = shopWorld({ switches: { 'one-release-time': true } }, { pageSize: 4 })
    for (let count = 0; count < 9; count += 1) world.place()
    world.advance(1_000)
    const later = world.place()

    const { orders, rejected } = await world.readOn(undefined)

    expect(orders.map((order) => order.platformOrderId)).toContain(later)
    expect(rejected.map((record) => record.reason)).toEqual([
      expect.stringContaining('more orders share the time 2026-11-24T08:00:00.000Z'),
    ])
    expect(world.call.lines).toMatchObject([{ level: 'error' }])
  })
})
