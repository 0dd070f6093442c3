import { describe, expect, test } from 'vitest'
import type { OrderDocument } from '../../../sandbox/wish/document.ts'
import { account, trackingBody, wishWorld } from './world.ts'

const ship = (world: ReturnType<typeof wishWorld>, id: string, changes: object = {}) =>
  world.call<OrderDocument>('PUT', `/api/v3/orders/${id}/tracking`, { body: { ...trackingBody, ...changes } })

describe('tracking at the simulated Wish', () => {
  test('is set some time after the answer', async () => {
    const world = wishWorld()
    const id = world.place()
    world.advance(1_000)

    const answer = await ship(world, id)
    const during = await world.order(id)
    world.advance(300)
    const after = await world.order(id)

    expect(answer.data).toMatchObject({ state: 'APPROVED', processing_source: 'UPDATE_TRACKING', processing_status: 'IN_PROGRESS' })
    expect(during).toMatchObject({ state: 'APPROVED', tracking_information: [] })
    expect(after).toMatchObject({
      state: 'SHIPPED',
      processing_status: 'SUCCEEDED',
      updated_at: '2026-11-24T08:00:01.300Z',
      tracking_information: [{ tracking_number: '1Z999AA10123456784', origin_country: 'US', shipping_provider: { name: 'UPS' } }],
    })
    expect(after.fulfillment_records.at(-1)).toEqual({ event_type: 'MARK_SHIPPED', event_time: '2026-11-24T08:00:01.300Z' })
  })

  test('takes five seconds with published limits', async () => {
    const world = wishWorld({ limits: 'published' })
    const id = world.place()
    await ship(world, id)
    world.advance(4_999)

    const before = await world.order(id)
    world.advance(1)

    expect([before.state, (await world.order(id)).state]).toEqual(['APPROVED', 'SHIPPED'])
  })

  test('can fail without a reason', async () => {
    const world = wishWorld()
    const id = world.place()
    world.marketplace.failNextWrites(account, 1)
    await ship(world, id)
    world.advance(300)

    const failed = await world.order(id)
    await ship(world, id)
    world.advance(300)

    expect(failed).toMatchObject({ state: 'APPROVED', processing_status: 'FAILED', tracking_information: [] })
    expect((await world.order(id)).state).toBe('SHIPPED')
  })

  test('is changed by a second call, newest first, at most two', async () => {
    const world = wishWorld()
    const id = world.place()
    for (const tracking_number of ['A1', 'B2', 'C3', 'C3']) {
      await ship(world, id, { tracking_number })
      world.advance(300)
    }

    const numbers = (await world.order(id)).tracking_information.map((each) => each.tracking_number)

    expect(numbers).toEqual(['C3', 'B2'])
    expect(world.marketplace.ledger(account).orders[0]?.shipments.map((shipment) => shipment.trackingNumber)).toEqual(['A1', 'B2', 'C3'])
  })

  test('is refused while another action is in progress', async () => {
    const world = wishWorld()
    const id = world.place()
    await ship(world, id)

    expect(await ship(world, id)).toMatchObject({ status: 400, code: '90001' })
  })

  test.each([
    [{ tracking_number: '1Z 999' }, '1001'],
    [{ tracking_number: '' }, '1001'],
    [{ origin_country: 'USA' }, '1001'],
    [{ shipping_provider: 'Pigeon' }, '1001'],
    [{ shipping_provider: undefined }, '1001'],
    [{ ship_note: '' }, '1001'],
    [{ notify: true }, '1001'],
  ])('with %j is refused', async (changes, code) => {
    const world = wishWorld()
    const id = world.place()

    expect(await ship(world, id, changes)).toMatchObject({ status: 400, code })
  })

  test.each(['cancel', 'hold'] as const)('of an order after %s is refused', async (type) => {
    const world = wishWorld()
    const id = world.place()
    world.change(id, { type })

    expect(await ship(world, id)).toMatchObject({ status: 400, code: '90001' })
  })

  test('may be seen late by reads', async () => {
    const world = wishWorld({ asynchronousMs: 0 })
    const id = world.place()
    world.marketplace.faults.set([{ kind: 'H20-read-lags-write', operations: ['ShipOrder'] }])
    await ship(world, id)

    const early = await world.order(id)
    world.advance(2_000)

    expect(early.processing_status).toBeUndefined()
    expect((await world.order(id)).state).toBe('SHIPPED')
  })

  test('is in the ledger as reported through the API or elsewhere', async () => {
    const world = wishWorld({ asynchronousMs: 0 })
    const [here, elsewhere] = [world.place(), world.place()]
    await ship(world, here)
    world.change(elsewhere, { type: 'ship-elsewhere', trackingNumber: 'E1', carrier: 'DHL' })

    const shipments = world.marketplace.ledger(account).orders.map((order) => order.shipments)

    expect(shipments).toMatchObject([
      [{ trackingNumber: '1Z999AA10123456784', carrier: 'UPS', throughApi: true, lines: [] }],
      [{ trackingNumber: 'E1', carrier: 'DHL', throughApi: false }],
    ])
  })
})

describe('other writes at the simulated Wish', () => {
  test('a refund before shipping cancels, with a reason that holds then', async () => {
    const world = wishWorld()
    const id = world.place()
    const reasons = (await world.call<readonly string[]>('GET', `/api/v3/orders/${id}/refund_reasons`)).data

    const wrong = await world.call('PUT', `/api/v3/orders/${id}/refund`, { body: { refund_reason: 'WRONG_COLOR' } })
    await world.call('PUT', `/api/v3/orders/${id}/refund`, { body: { refund_reason: reasons[0] } })
    world.advance(300)

    expect(wrong).toMatchObject({ status: 400, code: '90001' })
    expect(await world.order(id)).toMatchObject({ state: 'REFUNDED', refunds: [{ refund_source: 'MERCHANT', refund_reason: reasons[0] }] })
    expect(world.marketplace.ledger(account).orders[0]?.status).toBe('cancelled')
  })

  test('an address changes before shipping only', async () => {
    const world = wishWorld()
    const id = world.place()
    const body = { street_address1: 'New 1', city: 'Reno', state: 'NV', zipcode: '89501', country_code: 'US' }
    await world.call('PUT', `/api/v3/orders/${id}/address`, { body })
    world.advance(300)
    const changed = (await world.order(id)).full_address.shipping_detail
    world.change(id, { type: 'ship-elsewhere', trackingNumber: 'X1', carrier: 'UPS' })

    expect(changed).toEqual({ name: 'Buyer 1', ...body })
    expect(await world.call('PUT', `/api/v3/orders/${id}/address`, { body })).toMatchObject({ code: '90001' })
  })

  test('carriers are listed by order type', async () => {
    const world = wishWorld()
    const names = async (query: string) =>
      (await world.call<readonly { name: string }[]>('GET', `/api/v3/orders/shipping_carriers?${query}`)).data.map(({ name }) => name)

    const general = await names('order_type=GENERAL')
    const confirmed = await names('order_type=CONFIRMED_DELIVERY&dest_country_code=US')

    expect(general).toEqual(expect.arrayContaining(confirmed))
    expect(general.length).toBeGreaterThan(confirmed.length)
  })

  test('stock takes whole numbers for a variation in a warehouse', async () => {
    const world = wishWorld()
    const body = (inventory: number) => ({ variations: [{ sku: 'A', inventories: [{ warehouse_id: 'w', inventory }] }] })

    expect(await world.call('PUT', '/api/v3/products/p1', { body: body(3) })).toMatchObject({ status: 200 })
    expect(await world.call('PUT', '/api/v3/products/p1', { body: body(-1) })).toMatchObject({ code: '1001' })
  })
})
