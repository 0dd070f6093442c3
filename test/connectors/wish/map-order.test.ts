import { describe, expect, test } from 'vitest'
import { readListing, readOrder } from '../../../connectors/wish/map-order.ts'
import { recordOf } from '../../../connectors/wish/schema.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import { event, readSample as read, sampleOrder, tracking } from './sample-order.ts'

const shippedRecords = [event('ORDER_RELEASED', '2026-11-20T10:00:00Z'), event('MARK_SHIPPED', '2026-11-21T10:00:00Z')]
const reReleasedRecords = [
  ...shippedRecords,
  event('TRACKING_CANCELLED', '2026-11-22T10:00:00Z'),
  event('ORDER_RE_RELEASED', '2026-11-22T10:00:00Z'),
]

/** Where a field of the order comes from and what the sample shows there. */
const fields: readonly { id: string; field: string; of: (order: OrderSnapshot) => unknown; value: unknown }[] = [
  { id: '01', field: 'id', of: (order) => order.platformOrderId, value: '65a1b2c3d4e5f60718293a4b' },
  { id: '02', field: 'transaction_id', of: (order) => order.groupId, value: '65a1b2c3d4e5f60718293a00' },
  { id: '03', field: 'state', of: (order) => [order.platformStatus, order.status], value: ['APPROVED', 'open'] },
  { id: '04', field: 'released_at', of: (order) => order.purchasedAt, value: '2026-11-20T10:00:00.000Z' },
  { id: '04', field: 'updated_at', of: (order) => order.updatedAt, value: '2026-11-21T10:30:00.125Z' },
  { id: '05', field: 'expected_ship_time', of: (order) => order.shipBy, value: '2026-11-25T10:00:00.000Z' },
  { id: '06', field: 'expected_delivery_time', of: (order) => order.deliverBy, value: '2026-12-10T10:00:00.000Z' },
  { id: '07', field: 'product_information.sku', of: (order) => order.lines[0]?.channelSku, value: 'LAMP-RED' },
  { id: '07', field: 'product_information.id', of: (order) => order.lines[0]?.itemId, value: '5d30f60e0a6fc464f4f376b0' },
  { id: '07', field: 'product_information.variation_id', of: (order) => order.lines[0]?.variantId, value: '5d30f60e0a6fc464f4f376b2' },
  { id: '07', field: 'product_information.name, color, size', of: (order) => order.lines[0]?.title, value: 'Lamp, red, M' },
  { id: '08', field: 'product_quantity', of: (order) => order.lines[0]?.quantity, value: 3 },
  { id: '09', field: 'product_price', of: (order) => order.lines[0]?.unitPrice, value: { minorUnits: 1234, currency: 'EUR' } },
  { id: '10', field: 'discounted_price', of: (order) => order.totals?.discount, value: { minorUnits: 300, currency: 'EUR' } },
  { id: '11', field: 'product_shipping_price', of: (order) => order.totals?.shipping, value: { minorUnits: 750, currency: 'EUR' } },
  { id: '15', field: 'warehouse_information', of: (order) => order.tags[2], value: 'wish-warehouse-5d30f60e0a6fc464f4f376c0' },
  { id: '16', field: 'fulfillment_order_types', of: (order) => order.tags.slice(0, 2), value: ['wish-express', 'pc-vat'] },
  { id: '20', field: 'transaction_tax', of: (order) => order.totals?.tax, value: { minorUnits: 703, currency: 'EUR' } },
  { id: '21', field: 'vat_payer.ioss_number', of: (order) => order.taxIds.ioss, value: 'IM3720000224' },
  { id: '22', field: 'required_vat_numbers.vat', of: (order) => order.tags[3], value: 'tax-id-vat-wish' },
  { id: '22', field: 'required_vat_numbers.eori', of: (order) => order.tags[4], value: 'tax-id-eori-merchant' },
  { id: '23', field: 'required_vat_numbers.voec', of: (order) => order.taxIds.voec, value: '2021440' },
  { id: '24', field: 'customer_identity_number', of: (order) => order.taxIds.identityNumber, value: 'C01X00T47' },
]

describe('an order', () => {
  test.each(fields)('takes from $field what it says [wish-field-$id]', ({ of, value }) => {
    expect(of(read())).toEqual(value)
  })

  test('of one variation has one line, whose id is the order’s [wish-trap-01]', () => {
    const order = read()

    expect(order.lines).toHaveLength(1)
    expect(order.lines[0]).toMatchObject({ platformLineId: order.platformOrderId, cancelledQuantity: 0, shippedQuantity: 0 })
    expect(order).toMatchObject({ fulfilledBy: 'seller', paymentState: 'paid', holds: [], shipments: [], partialShipmentAllowed: false })
  })

  test('has totals per unit times quantity, and counts only tax that the merchant collects [wish-trap-03] [wish-trap-26]', () => {
    const { totals } = read()

    expect(totals).toEqual({
      items: { minorUnits: 3702, currency: 'EUR' },
      shipping: { minorUnits: 750, currency: 'EUR' },
      tax: { minorUnits: 703, currency: 'EUR' },
      discount: { minorUnits: 300, currency: 'EUR' },
      grand: { minorUnits: 4855, currency: 'EUR' },
    })
  })

  test.each(['WISH', 'MERCHANT', undefined])(
    'never has a number of %s where the warehouse looks for the recipient’s [wish-field-22]',
    (entity) => {
      const [vat, eori, voec] = ['GB1', 'GB2', '2021440'].map((number) => ({ number, entity }))
      const { taxIds } = read({ tax_information: { vat_information: { required_vat_numbers: { vat, eori, voec } } } })

      expect(taxIds).toEqual({ voec: '2021440' })
    },
  )

  test('ships by the time after which Wish refunds it by itself [wish-trap-09]', () => {
    const order = read({ fulfillment_requirements: { expected_ship_time: '2026-11-25T18:00:00+08:00' } })

    expect(order.shipBy).toBe('2026-11-25T10:00:00.000Z')
    expect(order).not.toHaveProperty('deliverBy')
  })

  test('that is WISH_EXPRESS promises that [wish-trap-16]', () => {
    expect(read().promisedService).toBe('wish-express')
    expect(read({ fulfillment_order_types: [] })).not.toHaveProperty('promisedService')
  })

  test('keeps the payload as it was sent, with what is not mapped', () => {
    const order = read()

    expect(order.raw).toEqual(sampleOrder())
  })
})

describe('the state of an order', () => {
  const inReview = [{ reason: 'platform-hold', detail: expect.stringContaining('reviewing') }]
  test.each([
    ['APPROVED', '01', {}, { status: 'open', paymentState: 'paid', holds: [] }],
    ['SHIPPED', '02', { fulfillment_records: shippedRecords }, { status: 'shipped', paymentState: 'paid' }],
    ['REFUNDED', '03', {}, { status: 'cancelled', paymentState: 'refunded' }],
    ['REFUNDED', '03', { fulfillment_records: reReleasedRecords }, { status: 'cancelled', paymentState: 'refunded' }],
    ['REFUNDED', '04', { fulfillment_records: shippedRecords }, { status: 'shipped', paymentState: 'refunded' }],
    ['REFUNDED', '04', { fulfillment_records: null, tracking_information: [tracking('A1')] }, { status: 'shipped' }],
    ['REQUIRE_REVIEW', '05', {}, { status: 'open', holds: inReview }],
    ['DECLINED', '06', {}, { status: 'cancelled', paymentState: 'failed' }],
  ])('%s [wish-state-%s] with %j', (state, _id, changes, expected) => {
    const order = read({ state, ...changes })

    expect(order).toMatchObject(expected)
    expect(order.platformStatus).toBe(state)
  })

  test('counts the line as shipped or cancelled as a whole', () => {
    expect(read({ state: 'SHIPPED' }).lines[0]).toMatchObject({ quantity: 3, shippedQuantity: 3, cancelledQuantity: 0 })
    expect(read({ state: 'REFUNDED' }).lines[0]).toMatchObject({ quantity: 3, shippedQuantity: 0, cancelledQuantity: 3 })
  })

  test('that went back to APPROVED is open again, held for a look, and nothing of it counts as shipped [wish-state-07] [wish-trap-07]', () => {
    const order = read({ fulfillment_records: reReleasedRecords, tracking_information: [tracking('1Z1')] })
    const detail = expect.stringMatching(/opened this order again after it was shipped with 1Z1: .* release this hold/)

    expect(order.status).toBe('open')
    expect(order.lines[0]?.shippedQuantity).toBe(0)
    expect(order.tags).toContain('re-released')
    expect(order.holds).toEqual([{ reason: 'platform-hold', detail, causedAt: '2026-11-22T10:00:00.000Z' }])
    expect(order.shipments).toMatchObject([{ trackingNumber: '1Z1', progress: 'failed' }])
  })

  test.each([
    ['refunded', [event('ORDER_RE_RELEASED', '2026-11-22T10:00:00Z')]],
    ['shipped', reReleasedRecords.slice(0, 3)],
  ])('that went back to APPROVED says that it was %s, also when only its tracking was cancelled [wish-state-07]', (before, records) => {
    const order = read({ fulfillment_records: records })

    expect(order.holds).toMatchObject([{ reason: 'platform-hold', detail: expect.stringContaining(`again after it was ${before}:`) }])
  })

  const refunds = [{ refund_source: 'CUSTOMER', refund_time: '2026-11-22T10:00:00Z' }]
  const succeeded = { processing_source: 'UPDATE_TRACKING', processing_status: 'SUCCEEDED' }
  test.each([
    ['a refund', 'refunded', '2026-11-22T10:00:00.000Z', { fulfillment_records: null, refunds }],
    [
      'a refund after its second release',
      'shipped',
      '2026-11-23T10:00:00.000Z',
      { fulfillment_records: reReleasedRecords, refunds: [{ refund_time: '2026-11-23T10:00:00Z' }] },
    ],
    ['a number', 'shipped with 1Z1', '2026-11-20T10:00:00.000Z', { fulfillment_records: null, tracking_information: [tracking('1Z1')] }],
    ['a number that was taken', 'shipped with 1Z1', '2026-11-20T10:00:00.000Z', { ...succeeded, tracking_information: [tracking('1Z1')] }],
    ['a shipment', 'shipped', '2026-11-21T10:00:00.000Z', { fulfillment_records: shippedRecords }],
  ])('that is APPROVED and shows %s was opened again, though nothing says so [wish-state-07]', (_, before, causedAt, changes) => {
    const order = read(changes)

    expect(order.status).toBe('open')
    expect(order.tags).toContain('re-released')
    expect(order.holds).toMatchObject([{ reason: 'platform-hold', detail: expect.stringContaining(`again after it was ${before}:`) }])
    expect(order.holds[0]?.causedAt).toBe(causedAt)
  })

  test.each(['IN_PROGRESS', 'FAILED'])('that is APPROVED and shows a number whose update is %s was never closed', (processing_status) => {
    const order = read({ ...succeeded, processing_status, tracking_information: [tracking('1Z1')] })

    expect(order).toMatchObject({ status: 'open', holds: [] })
  })

  test.each([
    ['MARK_SHIPPED', 'shipped'],
    ['CONFIRM_FULFILLED', 'shipped'],
    ['CONFIRMED_DELIVERED', 'shipped'],
    ['ORDER_DELIVERED', 'shipped'],
    ['ORDER_RELEASED', 'cancelled'],
    ['TRACKING_CANCELLED', 'cancelled'],
    ['ORDER_RE_RELEASED', 'cancelled'],
    ['TELEPORTED', 'cancelled'],
  ])('REFUNDED after the event %s is %s [wish-state-09] [wish-trap-20] [wish-field-18]', (name, status) => {
    const fulfillment_records = [event('ORDER_RELEASED', '2026-11-20T10:00:00Z'), event(name, '2026-11-21T10:00:00Z')]

    expect(read({ state: 'REFUNDED', fulfillment_records }).status).toBe(status)
  })

  test.each(['MERCHANT', 'CUSTOMER', 'WISH', 'PAYMENT_PROVIDER'])(
    'REFUNDED by %s says by whom [wish-field-19] [wish-trap-10]',
    (source) => {
      const order = read({ state: 'REFUNDED', refunds: [{ refund_source: source, refund_reason: 'UNABLE_TO_SHIP' }] })

      expect(order.tags).toContain(`refunded-by-${source.toLowerCase().replaceAll('_', '-')}`)
      expect(order.status).toBe('cancelled')
    },
  )

  test('nobody knows is a hold that says the word [wish-state-08] [wish-trap-22]', () => {
    const order = read({ state: 'QUARANTINED' })

    expect(order).toMatchObject({ status: 'open', platformStatus: 'QUARANTINED' })
    expect(order.holds).toEqual([{ reason: 'unknown-value', detail: 'state "QUARANTINED"' }])
  })
})

describe('programs of Wish', () => {
  test.each([
    ['FULFILLED_BY_WISH', '11', 'platform', 'fulfilled by Wish'],
    ['FULFILLED_BY_STORE', '12', 'seller', 'picked up in a store'],
    ['UNIFICATION_INITIATIVE', '13', 'seller', 'goes through a Wish hub'],
  ])('%s is never ours to ship [wish-trap-%s]', (type, _id, fulfilledBy, reason) => {
    const order = read({ fulfillment_order_types: [type, 'WISH_EXPRESS'], full_address: null })

    expect(order.ignoredReason).toContain(reason)
    expect(order.fulfilledBy).toBe(fulfilledBy)
    expect(order.holds).toEqual([])
  })

  test.each(['ADVANCED_LOGISTICS', 'OPTIONAL_ADVANCED_LOGISTICS'])(
    '%s waits for a person, for the address may be a hub of Wish [wish-trap-14] [wish-trap-19]',
    (type) => {
      const order = read({ fulfillment_order_types: [type] })

      expect(order.ignoredReason).toBeUndefined()
      expect(order.holds).toEqual([{ reason: 'platform-hold', detail: expect.stringContaining(type) }])
    },
  )

  test.each([
    ['PENDING', { holds: [{ reason: 'platform-hold', detail: expect.stringContaining('"Auto"') }], fulfilledBy: 'seller' }],
    ['SUCCEED', { holds: [], fulfilledBy: 'platform', ignoredReason: 'fulfilled by the Wish program "Auto": nothing to ship' }],
    ['FAILED', { holds: [], fulfilledBy: 'seller' }],
    ['MAYBE', { holds: [{ reason: 'unknown-value', detail: 'special_programs status "MAYBE"' }] }],
  ])('with status %s [wish-trap-15] [wish-field-26]', (status, expected) => {
    const order = read({ special_programs: [{ display_name: 'Auto', status }] })

    expect(order).toMatchObject(expected)
    expect('ignoredReason' in order).toBe(status === 'SUCCEED')
  })

  test.each([
    'LESS_THAN_TRUCKLOAD',
    'PREMIUM_SHIPPING_CARRIER_UPGRADE',
    'CONFIRMED_DELIVERY_POLICY',
    'VAT',
    'PC-VAT',
    'PC_VAT',
    'MAX_DELIVERY_DAY_REQUIREMENT',
    'CALCULATED_SHIPPING',
    'WISH_PLUS',
  ])('%s ships as usual, with a tag to route by [wish-trap-17] [wish-trap-21] [wish-field-16]', (type) => {
    const order = read({ fulfillment_order_types: [type] })

    expect(order).toMatchObject({ holds: [], fulfilledBy: 'seller' })
    expect(order.ignoredReason).toBeUndefined()
    expect(order.tags).toContain(type.toLowerCase().replaceAll('_', '-'))
  })

  test.each([
    ['WISH_EXPRESS,VAT', ['wish-express', 'vat'], undefined],
    ['FULFILLED_BY_WISH, WISH_EXPRESS', ['fulfilled-by-wish', 'wish-express'], expect.stringContaining('fulfilled by Wish')],
    ['', [], undefined],
  ])('are read from one text as well (%j), as the prose beside the list shows them [wish-field-16]', (text, tags, ignoredReason) => {
    const order = read({ fulfillment_order_types: text, tax_information: null, warehouse_information: null })

    expect(order.tags).toEqual(tags)
    expect(order.holds).toEqual([])
    expect(order.ignoredReason).toEqual(ignoredReason)
  })

  test('that nobody knows hold the order [wish-trap-22]', () => {
    const order = read({ fulfillment_order_types: ['TELEPORTED'] })

    expect(order.holds).toEqual([{ reason: 'unknown-value', detail: 'fulfillment_order_types "TELEPORTED"' }])
  })

  test.each(['REFUND', 'MODIFY_SHIPPING'])('an order on which Wish works (%s) waits [wish-field-25]', (source) => {
    const order = read({ processing_source: source, processing_status: 'IN_PROGRESS' })

    expect(order.holds).toEqual([{ reason: 'platform-hold', detail: expect.stringContaining(source) }])
  })
})

describe('what Wish leaves out or gets wrong', () => {
  test('a missing address of an open order is a hold, and stored personal data is kept [wish-field-12]', () => {
    const order = read({ full_address: {} })

    expect(order.personalWithheld).toBe(true)
    expect(order.holds).toMatchObject([{ reason: 'pii-missing' }])
  })

  test.each([
    ['street', {}, [{ reason: 'pii-missing' }]],
    ['name', { street_address1: 'Hauptstr. 5' }, []],
  ])('an address without %s keeps what is stored of it', (_, detail, holds) => {
    const order = read({
      full_address: { shipping_detail: { city: 'Köln', state: 'NW', zipcode: '50667', country_code: 'DE', ...detail } },
    })

    expect(order.personalWithheld).toBe(true)
    expect(order.holds).toMatchObject(holds)
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
    [{ amount: 'twelve', currency_code: 'EUR' }, 'twelve'],
    [{ amount: 12.34, currency_code: 'USD' }, 'USD and EUR'],
  ])('the price %j is a hold and no totals', (product_price, words) => {
    const details = (sampleOrder()['order_payment'] as { general_payment_details: object }).general_payment_details
    const order = read({ order_payment: { general_payment_details: { ...details, product_price } } })

    expect(order.totals).toBeUndefined()
    expect(order.holds).toEqual([{ reason: 'unknown-value', detail: expect.stringContaining(words) }])
  })

  test('an order with nothing but identity, time, state and quantity is read and held [wish-trap-06] [wish-read-10]', () => {
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

  test('null stands for absent in every optional block [wish-trap-06]', () => {
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
    ['product_quantity: missing', { order_payment: null }],
    ['product_quantity', { order_payment: { general_payment_details: { product_quantity: 1.5 } } }],
    ['product_quantity: 0 is', { order_payment: { general_payment_details: { product_quantity: 0 } } }],
    ['full_address', { full_address: 'somewhere' }],
  ])('a record without a usable %s cannot be read [wish-trap-02] [wish-read-10]', (place, changes) => {
    expect(() => read(changes)).toThrow(place)
  })

  test('a record that cannot be read is listed for the sweep as long as it has an identity and a time', () => {
    const raw = sampleOrder({ order_payment: 'x' })

    expect(readListing(recordOf(raw, raw))).toEqual({
      platformOrderId: '65a1b2c3d4e5f60718293a4b',
      createdAt: '2026-11-20T10:00:00.000Z',
      status: 'open',
    })
    expect(readListing(recordOf({}, {}))).toBeUndefined()
  })
})
