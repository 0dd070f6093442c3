import { describe, expect, test } from 'vitest'
import { account, trackingBody, wishWorld } from './world.ts'

const idsOf = (answer: { data: readonly { id: string }[] }) => answer.data.map(({ id }) => id)

describe('listing orders at the simulated Wish', () => {
  test('shows the latest 50 updates first unless asked otherwise', async () => {
    const world = wishWorld()
    const placed = Array.from({ length: 60 }, () => {
      world.advance(1_000)
      return world.place()
    })

    const answer = await world.call('GET', '/api/v3/orders')

    expect(idsOf(answer)).toEqual(placed.reverse().slice(0, 50))
  })

  test('sorts and bounds by update or release, both bounds included', async () => {
    const world = wishWorld()
    const [first, second, third] = Array.from({ length: 3 }, () => {
      world.advance(1_000)
      return world.place()
    }) as [string, string, string]
    world.advance(1_000)
    world.change(first, { type: 'touch' })

    const byUpdate = await world.call('GET', '/api/v3/orders?sort_by=updated_at.asc&updated_at_min=2026-11-24T08:00:02Z')
    const byRelease = await world.call(
      'GET',
      '/api/v3/orders?sort_by=released_at&released_at_min=2026-11-24T08:00:01.000Z&released_at_max=2026-11-24T16:00:02%2B08:00',
    )

    expect(idsOf(byUpdate)).toEqual([second, third, first])
    expect(idsOf(byRelease)).toEqual([second, first])
  })

  test('filters by states, repeated, and by one order type', async () => {
    const world = wishWorld()
    const open = world.place()
    const reviewed = world.place({ payment: 'unpaid' })
    const cancelled = world.place()
    const byWish = world.place({ kind: 'platform-fulfilled' })
    world.change(cancelled, { type: 'cancel' })

    const states = await world.call('GET', '/api/v3/orders?states=REQUIRE_REVIEW&states=REFUNDED')
    const type = await world.call('GET', '/api/v3/orders?order_type=FULFILLED_BY_WISH')

    expect(idsOf(states).sort()).toEqual([reviewed, cancelled].sort())
    expect(idsOf(type)).toEqual([byWish])
    expect(open).not.toBe(byWish)
  })

  test.each([
    'limit=0',
    'limit=501',
    'limit=ten',
    'limit=1&limit=2',
    'states=NEW',
    'sort_by=created_at.asc',
    'updated_at_min=2026-11-24',
    'order_type=VAT',
    'created_at_min=2026-11-24T08:00:00Z',
    'page=2',
  ])('refuses %s as a bad parameter', async (query) => {
    const world = wishWorld()

    expect(await world.call('GET', `/api/v3/orders?${query}`)).toMatchObject({ status: 400, code: '1001', data: null })
  })

  test('gives partial answers by fields', async () => {
    const world = wishWorld()
    const id = world.place()
    const fields = encodeURIComponent('id,full_address/shipping_detail/city,product_information(sku,name),order_payment/*')

    const [order] = (await world.call('GET', `/api/v3/orders?fields=${fields}`)).data

    expect(Object.keys(order ?? {}).sort()).toEqual(['full_address', 'id', 'order_payment', 'product_information'])
    expect(order).toMatchObject({
      id,
      full_address: { shipping_detail: { city: 'Newark' } },
      product_information: { sku: 'LAMP-RED', name: 'Lamp, red' },
    })
    expect(order?.order_payment.general_payment_details.product_quantity).toBe(2)
  })

  test('makes one order of each line, in one transaction', async () => {
    const world = wishWorld()
    const line = { channelSku: 'A', title: 'A', quantity: 1, unitPrice: '3.00' }
    world.place({ lines: [line, { ...line, channelSku: 'B' }], shipping: '1.50' })

    const { data } = await world.call('GET', '/api/v3/orders?sort_by=released_at.asc')

    expect(data.map((order) => order.product_information.sku)).toEqual(['A', 'B'])
    expect(new Set(data.map((order) => order.transaction_id)).size).toBe(1)
    expect(data[0]?.order_payment.general_payment_details.product_shipping_price.amount).toBe(1.5)
    expect(data[1]?.order_payment.general_payment_details.product_shipping_price.amount).toBe(0)
  })

  test('releases two orders of one moment a millisecond apart unless told otherwise', async () => {
    const apart = wishWorld()
    const together = wishWorld({ switches: { 'one-release-time': true } })
    for (const world of [apart, together]) {
      world.place()
      world.place()
    }
    const times = async (world: typeof apart) => {
      const { data } = await world.call('GET', '/api/v3/orders')
      return new Set(data.map((order) => order.released_at)).size
    }

    expect(await times(apart)).toBe(2)
    expect(await times(together)).toBe(1)
  })
})

describe('one order at the simulated Wish', () => {
  test('that is unknown or vanished is not found', async () => {
    const world = wishWorld()
    const id = world.place()
    world.change(id, { type: 'vanish' })

    expect(await world.call('GET', `/api/v3/orders/${id}`)).toMatchObject({ status: 400, code: '90001' })
    expect(await world.call('GET', '/api/v3/orders/12')).toMatchObject({ status: 400, code: '1001' })
  })

  test('shows its history', async () => {
    const world = wishWorld()
    const id = world.place()
    world.change(id, { type: 'ship-elsewhere', trackingNumber: 'X1', carrier: 'UPS' })
    world.advance(1_000)
    world.change(id, { type: 'uncancel' })

    const order = await world.order(id)

    expect(order.state).toBe('APPROVED')
    expect(order.fulfillment_records.map((event) => event.event_type)).toEqual([
      'ORDER_RELEASED',
      'MARK_SHIPPED',
      'TRACKING_CANCELLED',
      'ORDER_RE_RELEASED',
    ])
    expect(order.tracking_information).toHaveLength(1)
  })

  test.each([
    ['pay', ['hold', 'pay'], 'APPROVED'],
    ['cancel', ['cancel'], 'REFUNDED'],
    ['hold', ['hold'], 'REQUIRE_REVIEW'],
    ['release', ['hold', 'release-hold'], 'APPROVED'],
    ['un-cancel', ['cancel', 'uncancel'], 'APPROVED'],
    ['refund', ['refund'], 'REFUNDED'],
  ] as const)('changes by %s', async (_, changes, state) => {
    const world = wishWorld()
    const id = world.place()
    for (const type of changes) {
      world.advance(1_000)
      world.change(id, { type })
    }

    expect(await world.order(id)).toMatchObject({ state, updated_at: world.now() })
  })

  test.each([
    ['BR', { customer_identity_number_type: 'CPF', customer_identity_number: expect.stringMatching(/^[0-9a-f]{24}$/) }],
    ['US', undefined],
  ])('to %s shows the number of the buyer that customs want there', async (country, tax_information) => {
    const world = wishWorld()
    const id = world.place({
      tax: undefined as never,
      shipTo: { name: 'A', line1: '1 Street', city: 'B', state: 'C', postcode: '1', country },
    })

    expect((await world.order(id)).tax_information).toEqual(tax_information)
  })

  test('takes a new address from the buyer', async () => {
    const world = wishWorld()
    const id = world.place()
    world.change(id, {
      type: 'change-address',
      shipTo: { name: 'B', line1: 'New 1', city: 'Reno', state: 'NV', postcode: '89501', country: 'US' },
    })

    expect((await world.order(id)).full_address.shipping_detail).toMatchObject({ street_address1: 'New 1', zipcode: '89501' })
  })

  test.each(['request-cancel', 'move', 'split'] as const)('knows no %s', (type) => {
    const world = wishWorld()
    const id = world.place()

    expect(() => world.change(id, { type })).toThrow(type)
  })

  test('refuses changes that its state does not allow, and kinds that Wish does not have', () => {
    const world = wishWorld()
    const id = world.place()

    expect(() => world.change(id, { type: 'pay' })).toThrow('APPROVED')
    expect(() => world.change(id, { type: 'corrupt', how: 'melt' })).toThrow('melt')
    expect(() => world.place({ kind: 'digital' })).toThrow('digital')
  })

  test('lies in the ledger with the truth, whatever the answers show', async () => {
    const world = wishWorld()
    const id = world.place({ kind: 'pickup' })
    world.change(id, { type: 'corrupt', how: 'unknown-state' })
    world.change(id, { type: 'cancel' })

    expect((await world.order(id)).state).toBe('QUARANTINED')
    expect(world.marketplace.ledger(account).orders).toEqual([
      {
        platformOrderId: id,
        createdAt: '2026-11-24T08:00:00.000Z',
        status: 'cancelled',
        oursToShip: false,
        visible: true,
        lines: [{ platformLineId: id, channelSku: 'LAMP-RED', quantity: 2, cancelledQuantity: 2 }],
        shipments: [],
      },
    ])
  })
})

describe('answers of the simulated Wish', () => {
  test.each([
    [{}, 0, '1001'],
    [{ 'code-as-number': true }, 0, 1001],
    [{ 'code-as-text': true }, '0', '1001'],
  ])('carry codes as switched by %j', async (switches, success, failure) => {
    const world = wishWorld({ switches })

    const good = await world.call('GET', '/api/v3/oauth/test')
    const bad = await world.call('GET', '/api/v3/orders?limit=0')

    expect([good.code, bad.code]).toEqual([success, failure])
    expect(good.headers.get('Wish-Request-Id')).not.toBe(bad.headers.get('Wish-Request-Id'))
  })

  test.each([
    [{}, '1795507260'],
    [{ 'reset-in-milliseconds': true }, '1795507260000'],
    [{ 'reset-as-date': true }, '2026-11-24T08:01:00.000Z'],
  ])('count calls in windows and name the reset as switched by %j', async (switches, reset) => {
    const world = wishWorld({ limits: 'published', callsPerWindow: 3, switches })
    await world.call('GET', '/api/v3/oauth/test')
    const last = await world.call('GET', '/api/v3/oauth/test')
    const refused = await world.call('GET', '/api/v3/oauth/test')
    world.advance(60_000)
    const next = await world.call('GET', '/api/v3/oauth/test')

    expect(last.headers.get('Wish-Rate-Limit-Remaining')).toBe('0')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Wish-Rate-Limit-Reset')).toBe(reset)
    expect(next).toMatchObject({ status: 200 })
  })

  test('leave empty blocks out when switched', async () => {
    const world = wishWorld({ switches: { 'omit-empty-blocks': true } })
    const id = world.place()

    expect(await world.order(id)).not.toHaveProperty('tracking_information')
  })

  test('leave the history out, give floats and join order types when switched', async () => {
    const world = wishWorld({ switches: { 'without-history': true, 'float-amounts': true, 'order-types-as-text': true } })
    const line = { channelSku: 'A', title: 'A', quantity: 1, unitPrice: '12.99' }
    const order = await world.order(world.place({ kind: 'programme', ioss: 'IM1', lines: [line] }))

    expect(order).not.toHaveProperty('fulfillment_records')
    expect(order.fulfillment_order_types).toBe('ADVANCED_LOGISTICS,VAT')
    expect(order.order_payment.general_payment_details.product_price.amount).toBe(12.989999771118164)
  })

  test('say no to unknown operations and switches', async () => {
    const world = wishWorld()

    expect(await world.call('GET', '/api/v3/penalties')).toMatchObject({ status: 404 })
    expect(() => wishWorld({ switches: { 'time-travel': true } })).toThrow('time-travel')
  })

  test('are logged for the auditor, tokens apart from writes', async () => {
    const world = wishWorld()
    const id = world.place()
    await world.call('PUT', `/api/v3/orders/${id}/tracking`, { body: trackingBody })
    await world.call('PUT', `/api/v3/orders/${id}/tracking`, { body: {} })

    expect(world.marketplace.ledger(account).requests).toMatchObject([
      { operation: 'oauthRefreshToken', isWrite: false, outcome: 'executed', status: 200 },
      { operation: 'ShipOrder', isWrite: true, outcome: 'executed', status: 200, subject: id },
      { operation: 'ShipOrder', isWrite: true, outcome: 'refused', status: 400, subject: id },
    ])
  })
})
