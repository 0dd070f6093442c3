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

test('floats for amounts and one text of order types make the same order [wish-trap-04] [wish-field-16]', async () => {
  const read = async (switches: Readonly<Record<string, boolean>>) => {
    const world = shopWorld({ switches })
    const { raw: _raw, ...order } = (await world.connector.fetchOrder(world.place({ ioss: 'IM1' }), world.call)) ?? { raw: undefined }
    return order
  }

  expect(await read({ 'float-amounts': true, 'order-types-as-text': true })).toEqual(await read({}))
})

describe('an order that is opened again and whose history is not shown', () => {
  test.each([
    ['ship-elsewhere', 'shipped with X1'],
    ['cancel', 'refunded'],
  ] as const)('is held for a look all the same (%s) [wish-state-07] [wish-trap-07]', async (type, before) => {
    const world = shopWorld({ switches: { 'without-history': true } })
    const id = world.place()
    world.change(id, { type, trackingNumber: 'X1', carrier: 'UPS' })
    world.advance(60_000)
    world.change(id, { type: 'uncancel' })

    const order = await world.connector.fetchOrder(id, world.call)

    expect(order).toMatchObject({ status: 'open', tags: expect.arrayContaining(['re-released']) })
    expect(order?.holds).toMatchObject([{ reason: 'platform-hold', detail: expect.stringContaining(`again after it was ${before}:`) }])
  })
})

test('numbers for customs of Wish and of the merchant are tags, and VOEC alone goes with the parcel [wish-field-22] [wish-field-23]', async () => {
  const world = shopWorld()
  const read = async (country: string) => {
    const shipTo = { name: 'A', line1: 'b 1', city: 'c', state: 'd', postcode: 'e', country }
    return world.connector.fetchOrder(world.place({ shipTo }), world.call)
  }

  expect(await read('GB')).toMatchObject({ taxIds: {}, tags: expect.arrayContaining(['tax-id-vat-wish', 'tax-id-eori-merchant']) })
  expect(await read('NO')).toMatchObject({ taxIds: { voec: '2021440' } })
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
    expect(new URL(world.transport.sent.at(-1)?.url ?? '').searchParams.get('updated_at_min')).toBe(addMs(placedAt, -600_000))
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
