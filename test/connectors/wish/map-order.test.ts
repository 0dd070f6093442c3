import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readListing, readOrder } from '../../../connectors/wish/map-order.ts'
import { parseExactly } from '../../../connectors/wish/schema.ts'
import { event, sampleOrder, tracking } from './sample-order.ts'

/** As the client hands it over: the payload, and the same text read with exact amounts. */
function read(changes: Readonly<Record<string, unknown>> = {}) {
  const body = JSON.stringify(sampleOrder(changes))
  return readOrder({ raw: JSON.parse(body), exact: parseExactly(body) })
}

const shippedRecords = [event('ORDER_RELEASED', '2026-11-20T10:00:00Z'), event('MARK_SHIPPED', '2026-11-21T10:00:00Z')]
const reReleasedRecords = [
  ...shippedRecords,
  event('TRACKING_CANCELLED', '2026-11-22T10:00:00Z'),
  event('ORDER_RE_RELEASED', '2026-11-22T10:00:00Z'),
]

describe('an order', () => {
  test('becomes a snapshot with address, times, group, tax numbers and one line', () => {
    const order = read()

    expect(order).toMatchObject({
      platformOrderId: '65a1b2c3d4e5f60718293a4b',
      status: 'open',
      platformStatus: 'APPROVED',
      fulfilledBy: 'seller',
      paymentState: 'paid',
      groupId: '65a1b2c3d4e5f60718293a00',
      purchasedAt: '2026-11-20T10:00:00.000Z',
      updatedAt: '2026-11-21T10:30:00.125Z',
      shipBy: '2026-11-25T10:00:00.000Z',
      deliverBy: '2026-12-10T10:00:00.000Z',
      promisedService: 'wish-express',
      taxIds: { ioss: 'IM3720000224', vat: 'DE123456789', eori: 'GB205672212000' },
      tags: ['wish-express', 'pc-vat', 'wish-warehouse-5d30f60e0a6fc464f4f376c0'],
      holds: [],
      shipments: [],
      partialShipmentAllowed: false,
    })
    expect(order.personal.shipTo).toEqual({
      name: 'Maria Keller',
      phone: '+49 2215550100',
      line1: 'Hauptstr. 5',
      line2: '2. OG',
      city: 'Köln',
      state: 'NW',
      postcode: '50667',
      country: 'DE',
    })
    expect(order.lines).toEqual([
      {
        platformLineId: '65a1b2c3d4e5f60718293a4b',
        itemId: '5d30f60e0a6fc464f4f376b0',
        variantId: '5d30f60e0a6fc464f4f376b2',
        channelSku: 'LAMP-RED',
        title: 'Lamp, red, M',
        quantity: 3,
        cancelledQuantity: 0,
        shippedQuantity: 0,
        unitPrice: { minorUnits: 1234, currency: 'EUR' },
      },
    ])
  })

  test('has totals per unit times quantity, and counts only tax that the merchant collects', () => {
    const { totals } = read()

    expect(totals).toEqual({
      items: { minorUnits: 3702, currency: 'EUR' },
      shipping: { minorUnits: 750, currency: 'EUR' },
      tax: { minorUnits: 703, currency: 'EUR' },
      discount: { minorUnits: 300, currency: 'EUR' },
      grand: { minorUnits: 4855, currency: 'EUR' },
    })
  })

  test('keeps the payload as it was sent', () => {
    const order = read()

    expect(order.raw).toEqual(sampleOrder())
  })
})

describe('the state of an order', () => {
  test.each([
    ['APPROVED', {}, { status: 'open', paymentState: 'paid' }],
    ['SHIPPED', { fulfillment_records: shippedRecords }, { status: 'shipped', paymentState: 'paid' }],
    ['DECLINED', {}, { status: 'cancelled', paymentState: 'failed' }],
    ['REQUIRE_REVIEW', {}, { status: 'open', holds: [{ reason: 'platform-hold', detail: expect.stringContaining('reviewing') }] }],
    ['REFUNDED', {}, { status: 'cancelled', paymentState: 'refunded' }],
    ['REFUNDED', { fulfillment_records: shippedRecords }, { status: 'shipped', paymentState: 'refunded' }],
    ['REFUNDED', { fulfillment_records: reReleasedRecords }, { status: 'cancelled', paymentState: 'refunded' }],
    ['REFUNDED', { fulfillment_records: null, tracking_information: [tracking('A1')] }, { status: 'shipped' }],
  ])('%s with %j', (state, changes, expected) => {
    const order = read({ state, ...changes })

    expect(order).toMatchObject(expected)
    expect(order.platformStatus).toBe(state)
  })

  test('counts the line as shipped or cancelled as a whole', () => {
    expect(read({ state: 'SHIPPED' }).lines[0]).toMatchObject({ quantity: 3, shippedQuantity: 3, cancelledQuantity: 0 })
    expect(read({ state: 'REFUNDED' }).lines[0]).toMatchObject({ quantity: 3, shippedQuantity: 0, cancelledQuantity: 3 })
  })

  test('that went back to APPROVED is open again, held for a look, and nothing of it counts as shipped', () => {
    const order = read({ fulfillment_records: reReleasedRecords, tracking_information: [tracking('1Z1')] })

    expect(order.status).toBe('open')
    expect(order.lines[0]?.shippedQuantity).toBe(0)
    expect(order.tags).toContain('re-released')
    expect(order.holds).toEqual([{ reason: 'platform-hold', detail: expect.stringContaining('released this order again') }])
    expect(order.shipments).toMatchObject([{ trackingNumber: '1Z1', progress: 'failed' }])
  })

  test('nobody knows is a hold that says the word', () => {
    const order = read({ state: 'QUARANTINED' })

    expect(order).toMatchObject({ status: 'open', platformStatus: 'QUARANTINED' })
    expect(order.holds).toEqual([{ reason: 'unknown-value', detail: 'state "QUARANTINED"' }])
  })
})

describe('programs of Wish', () => {
  test.each([
    ['FULFILLED_BY_WISH', 'platform', 'fulfilled by Wish'],
    ['FULFILLED_BY_STORE', 'seller', 'picked up in a store'],
    ['UNIFICATION_INITIATIVE', 'seller', 'goes through a Wish hub'],
  ])('%s is never ours to ship', (type, fulfilledBy, reason) => {
    const order = read({ fulfillment_order_types: [type, 'WISH_EXPRESS'], full_address: null })

    expect(order.ignoredReason).toContain(reason)
    expect(order.fulfilledBy).toBe(fulfilledBy)
    expect(order.holds).toEqual([])
  })

  test.each(['ADVANCED_LOGISTICS', 'OPTIONAL_ADVANCED_LOGISTICS'])('%s waits for a person', (type) => {
    const order = read({ fulfillment_order_types: [type] })

    expect(order.ignoredReason).toBeUndefined()
    expect(order.holds).toEqual([{ reason: 'platform-hold', detail: expect.stringContaining(type) }])
  })

  test.each([
    ['PENDING', { holds: [{ reason: 'platform-hold', detail: expect.stringContaining('"Auto"') }], fulfilledBy: 'seller' }],
    ['SUCCEED', { holds: [], fulfilledBy: 'platform', ignoredReason: 'fulfilled by the Wish program "Auto"' }],
    ['FAILED', { holds: [], fulfilledBy: 'seller' }],
    ['MAYBE', { holds: [{ reason: 'unknown-value', detail: 'special_programs status "MAYBE"' }] }],
  ])('with status %s', (status, expected) => {
    const order = read({ special_programs: [{ display_name: 'Auto', status }] })

    expect(order).toMatchObject(expected)
    expect('ignoredReason' in order).toBe(status === 'SUCCEED')
  })

  test('that nobody knows hold the order', () => {
    const order = read({ fulfillment_order_types: ['TELEPORTED'] })

    expect(order.holds).toEqual([{ reason: 'unknown-value', detail: 'fulfillment_order_types "TELEPORTED"' }])
  })

  test.each(['REFUND', 'MODIFY_SHIPPING'])('an order on which Wish works (%s) waits', (source) => {
    const order = read({ processing_source: source, processing_status: 'IN_PROGRESS' })

    expect(order.holds).toEqual([{ reason: 'platform-hold', detail: expect.stringContaining(source) }])
  })
})

describe('what Wish leaves out or gets wrong', () => {
  test('a missing address of an open order is a hold, and stored personal data is kept', () => {
    const order = read({ full_address: {} })

    expect(order.personalWithheld).toBe(true)
    expect(order.holds).toMatchObject([{ reason: 'pii-missing' }])
  })

  test('a missing address of a shipped order is nobody’s trouble', () => {
    const order = read({ state: 'SHIPPED', full_address: null })

    expect(order).toMatchObject({ personalWithheld: true, holds: [] })
  })

  test.each(['ZZ', 'UK', 'Germany', ''])('the country "%s" is a hold, never a default', (country_code) => {
    const order = read({ full_address: { shipping_detail: { street_address1: 'a', city: 'b', state: 'c', zipcode: 'd', country_code } } })

    expect(order.holds).toEqual([{ reason: 'unknown-value', detail: `country "${country_code.toUpperCase()}"` }])
  })

  test.each([
    [{ amount: 12.34, currency_code: 'WSH' }, 'WSH'],
    [{ amount: 12.345, currency_code: 'EUR' }, '12.345'],
    [{ amount: 12.34, currency_code: 'USD' }, 'USD and EUR'],
  ])('the price %j is a hold and no totals', (product_price, words) => {
    const details = (sampleOrder()['order_payment'] as { general_payment_details: object }).general_payment_details
    const order = read({ order_payment: { general_payment_details: { ...details, product_price } } })

    expect(order.totals).toBeUndefined()
    expect(order.holds).toEqual([{ reason: 'unknown-value', detail: expect.stringContaining(words) }])
  })

  test('an order with nothing but identity, time, state and quantity is read and held', () => {
    const bare = {
      id: 'a',
      updated_at: '2026-11-21T10:30:00Z',
      state: 'APPROVED',
      order_payment: { general_payment_details: { product_quantity: 1 } },
    }

    const order = readOrder({ raw: bare, exact: bare })

    expect(order.holds.map((hold) => hold.reason)).toEqual(['unknown-value', 'pii-missing'])
    expect(order.lines).toMatchObject([{ platformLineId: 'a', channelSku: '', quantity: 1 }])
    expect(order.purchasedAt).toBe(order.updatedAt)
  })

  test('null stands for absent in every optional block', () => {
    const blocks = Object.keys(sampleOrder()).filter((key) => !['id', 'updated_at', 'order_payment', 'released_at', 'state'].includes(key))

    const order = read(Object.fromEntries(blocks.map((key) => [key, null])))

    expect(order.holds.map((hold) => hold.reason)).toEqual(['pii-missing'])
  })

  test('a quantity as text is read', () => {
    const order = read({ order_payment: { general_payment_details: { product_quantity: '4' } } })

    expect(order.lines[0]?.quantity).toBe(4)
  })

  test.each([
    ['id', { id: null }],
    ['updated_at', { updated_at: null }],
    ['updated_at', { updated_at: '2026-11-21 10:00' }],
    ['product_quantity', { order_payment: null }],
    ['product_quantity', { order_payment: { general_payment_details: { product_quantity: 1.5 } } }],
    ['product_quantity', { order_payment: { general_payment_details: { product_quantity: 0 } } }],
    ['full_address', { full_address: 'somewhere' }],
  ])('a record without a usable %s cannot be read', (place, changes) => {
    expect(() => read(changes)).toThrow(place)
  })

  test('a record that cannot be read is listed for the sweep as long as it has an identity and a time', () => {
    const raw = sampleOrder({ order_payment: 'x' })

    expect(readListing({ raw, exact: raw })).toEqual({
      platformOrderId: '65a1b2c3d4e5f60718293a4b',
      createdAt: '2026-11-20T10:00:00.000Z',
      status: 'open',
    })
    expect(readListing({ raw: {}, exact: {} })).toBeUndefined()
  })
})

describe('amounts', () => {
  test('keep the digits that were sent, whatever a float would make of them', () => {
    const body = '{"amount": 90071992547409.93, "other": 1.10, "list": [{"amount": 1e2}]}'

    expect(parseExactly(body)).toEqual({ amount: '90071992547409.93', other: 1.1, list: [{ amount: '100' }] })
  })

  test('of currencies without decimals are whole', () => {
    const order = read({
      tax_information: null,
      order_payment: { general_payment_details: { product_quantity: 2, product_price: { amount: 1200, currency_code: 'JPY' } } },
    })

    expect(order.totals?.grand).toEqual({ minorUnits: 2400, currency: 'JPY' })
  })

  test('add up for every price, discount and quantity', () => {
    const cents = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(cents, cents, cents, fc.integer({ min: 1, max: 1_000 }), (price, discounted, shipping, quantity) => {
        const amount = (value: number) => ({ amount: Number((value / 100).toFixed(2)), currency_code: 'USD' })
        const details = {
          product_quantity: quantity,
          product_price: amount(price),
          discounted_price: amount(discounted),
          product_shipping_price: amount(shipping),
        }

        const { totals } = read({ tax_information: null, order_payment: { general_payment_details: details } })

        expect(totals?.grand.minorUnits).toBe((Math.min(price, discounted) + shipping) * quantity)
        expect(totals?.items.minorUnits).toBe(price * quantity)
      }),
    )
  })
})
