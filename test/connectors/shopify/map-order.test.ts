import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapOrder } from '../../../connectors/shopify/map-order.ts'
import { openQuantity } from '../../../core/model/order.ts'
import { formatAmount, money } from '../../../core/value/money.ts'
import { bag, fulfillmentJson, fulfillmentOrderJson, lineJson, listOf, orderJson } from './order-fixture.ts'

const map = (overrides: Parameters<typeof orderJson>[0] = {}, options = {}) =>
  mapOrder(orderJson(overrides), { includeTestOrders: false, personalWithheld: false, ...options })
const reasons = (overrides: Parameters<typeof orderJson>[0], options = {}) => map(overrides, options).holds.map((hold) => hold.reason)

describe('an order of Shopify', () => {
  test('keeps identity, words, lines and address', () => {
    const order = map({ note: 'Ring twice', tags: ['VIP', 'wholesale'] })

    expect(order).toMatchObject({
      platformOrderId: 'gid://shopify/Order/5001',
      displayNumber: '#1001',
      status: 'open',
      platformStatus: 'PAID / UNFULFILLED',
      paymentState: 'paid',
      promisedService: 'Standard',
      purchasedAt: '2026-11-24T07:00:00.000Z',
      tags: ['vip', 'wholesale'],
      holds: [],
      shipments: [],
    })
    expect(order.personal.shipTo).toEqual({
      name: 'Ada Lovelace',
      phone: '+12015550100',
      email: 'ada@example.com',
      line1: '1 Main Street',
      city: 'Newark',
      state: 'NJ',
      postcode: '07102',
      country: 'US',
    })
    expect(order.personal.notes.buyer).toBe('Ring twice')
    expect(order.lines).toEqual([
      {
        platformLineId: 'gid://shopify/LineItem/1',
        itemId: '70',
        variantId: '71',
        channelSku: 'LAMP-RED',
        title: 'Lamp - red',
        quantity: 2,
        cancelledQuantity: 0,
        shippedQuantity: 0,
        unitPrice: { minorUnits: 1234, currency: 'USD' },
      },
    ])
  })

  test('ships to the destination of the fulfillment order when it differs from the address of the order', () => {
    const destination = { ...fulfillmentOrderJson().destination, address1: '9 Harbor Road', province: 'Maine', zip: '04101' }

    const order = map({ fulfillmentOrders: listOf(fulfillmentOrderJson({ destination })) })

    expect(order.personal.shipTo).toMatchObject({ line1: '9 Harbor Road', state: 'Maine', postcode: '04101' })
  })

  test('reads personalization, gift message and other attributes as notes, without those that are for apps', () => {
    const order = map({
      customAttributes: [
        { key: 'Gift message', value: 'Happy birthday' },
        { key: 'Doorbell', value: 'Smith' },
        { key: '_cart', value: 'x1' },
      ],
      lineItems: listOf(lineJson({ customAttributes: [{ key: 'Engraving', value: 'A.L.' }] })),
    })

    expect(order.personal.notes).toEqual({ buyer: 'Doorbell: Smith', gift: 'Gift message: Happy birthday' })
    expect(order.lines[0]?.customization).toBe('Engraving: A.L.')
  })
})

describe('the age of a reading', () => {
  test('is that of the order or of its latest fulfillment order, whichever changed last', () => {
    const work = fulfillmentOrderJson({ updatedAt: '2026-11-24T09:30:00Z' })

    expect(map().updatedAt).toBe('2026-11-24T07:05:00.000Z')
    expect(map({ fulfillmentOrders: listOf(work) }).updatedAt).toBe('2026-11-24T09:30:00.000Z')
  })
})

describe('the state of an order of Shopify', () => {
  test.each([
    ['PENDING', 'awaiting-payment', 'pending'],
    ['AUTHORIZED', 'awaiting-payment', 'pending'],
    ['PARTIALLY_PAID', 'awaiting-payment', 'pending'],
    ['PAID', 'open', 'paid'],
    ['PARTIALLY_REFUNDED', 'open', 'partially-refunded'],
    ['VOIDED', 'awaiting-payment', 'failed'],
    ['EXPIRED', 'awaiting-payment', 'failed'],
  ])('payment %s makes it %s', (displayFinancialStatus, status, paymentState) => {
    expect(map({ displayFinancialStatus })).toMatchObject({ status, paymentState })
  })

  test('a full refund with units still to ship is a hold, without any it is a cancellation', () => {
    const gone = { currentQuantity: 0, unfulfilledQuantity: 0 }

    expect(reasons({ displayFinancialStatus: 'REFUNDED' })).toEqual(['platform-hold'])
    expect(
      map({
        displayFinancialStatus: 'REFUNDED',
        lineItems: listOf(lineJson(gone)),
        fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })),
      }),
    ).toMatchObject({ status: 'cancelled', lines: [{ cancelledQuantity: 2 }] })
  })

  test('a cancelled order is cancelled as a whole', () => {
    expect(map({ cancelledAt: '2026-11-24T08:00:00Z' })).toMatchObject({
      status: 'cancelled',
      lines: [{ cancelledQuantity: 2 }],
      holds: [],
    })
  })

  test('units removed before shipping are cancelled, units returned after shipping are not', () => {
    const removed = map({
      lineItems: listOf(lineJson({ quantity: 3, currentQuantity: 2, unfulfilledQuantity: 2 })),
    })
    const returned = map({
      lineItems: listOf(lineJson({ quantity: 3, currentQuantity: 2, unfulfilledQuantity: 1 })),
      fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'IN_PROGRESS' }, { 1: 1 })),
      fulfillments: [fulfillmentJson()],
    })

    expect(removed.lines[0]).toMatchObject({ quantity: 3, cancelledQuantity: 1, shippedQuantity: 0 })
    expect(returned.lines[0]).toMatchObject({ quantity: 3, cancelledQuantity: 0, shippedQuantity: 2 })
    expect(returned.status).toBe('partially-shipped')
  })

  test('only fulfillments that stand count as shipped, and failed ones are shown as failed', () => {
    const order = map({
      fulfillments: [
        fulfillmentJson({ id: 'gid://shopify/Fulfillment/1', status: 'CANCELLED' }),
        fulfillmentJson({ id: 'gid://shopify/Fulfillment/2', status: 'FAILURE' }),
      ],
    })

    expect(order).toMatchObject({ status: 'open', lines: [{ shippedQuantity: 0 }] })
    expect(order.shipments).toMatchObject([{ shipmentId: 'gid://shopify/Fulfillment/2', progress: 'failed' }])
  })

  test('everything shipped makes it shipped', () => {
    const order = map({
      lineItems: listOf(lineJson({ unfulfilledQuantity: 0 })),
      fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })),
      fulfillments: [fulfillmentJson()],
    })

    expect(order).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 2 }] })
    expect(order.shipments).toMatchObject([{ trackingNumber: '1Z1', carrier: 'UPS', shippedAt: '2026-11-24T09:00:00.000Z' }])
  })
})

describe('what is not ours to ship, or not now', () => {
  test.each([
    ['PICK_UP', 'pickup'],
    ['PICKUP_POINT', 'pickup-point'],
    ['LOCAL', 'local-delivery'],
    ['RETAIL', 'retail'],
    ['NONE', 'no-delivery'],
  ])('delivery %s is ignored as %s', (methodType, ignoredReason) => {
    const work = fulfillmentOrderJson({ deliveryMethod: { methodType, presentedName: null, maxDeliveryDateTime: null } })

    expect(map({ fulfillmentOrders: listOf(work) })).toMatchObject({ ignoredReason, holds: [] })
  })

  test('a fulfillment service ships its own', () => {
    const work = fulfillmentOrderJson({ assignedLocation: { location: { id: 'gid://shopify/Location/9', isFulfillmentService: true } } })

    expect(map({ fulfillmentOrders: listOf(work) })).toMatchObject({ ignoredReason: 'fulfillment-service', fulfilledBy: 'platform' })
  })

  test('of an order that is partly picked up, only the shipped part is ours', () => {
    const pickup = { methodType: 'PICK_UP', presentedName: null, maxDeliveryDateTime: null }
    const order = map({
      fulfillmentOrders: listOf(
        fulfillmentOrderJson({}, { 1: 1 }),
        fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901', deliveryMethod: pickup }, { 1: 1 }),
      ),
    })

    expect(order).toMatchObject({ status: 'open', lines: [{ quantity: 2, cancelledQuantity: 1 }] })
    expect(order.ignoredReason).toBeUndefined()
  })

  test('an order of digital goods alone is ignored; beside goods they are no lines to ship but part of the sum', () => {
    const digital = lineJson({ id: 'gid://shopify/LineItem/2', requiresShipping: false, quantity: 1, originalUnitPriceSet: bag('5.00') })

    const mixed = map({ lineItems: listOf(lineJson(), digital), totalPriceSet: bag('35.78') })

    expect(map({ lineItems: listOf(digital) })).toMatchObject({ ignoredReason: 'digital', lines: [] })
    expect(mixed.lines).toHaveLength(1)
    expect(mixed.totals?.items).toEqual(money(2968, 'USD'))
  })

  test('test orders are ignored unless they are wanted', () => {
    expect(map({ test: true }).ignoredReason).toBe('test-order')
    expect(map({ test: true }, { includeTestOrders: true }).ignoredReason).toBeUndefined()
  })

  test('a hold of Shopify is a hold with its reasons', () => {
    const work = fulfillmentOrderJson({ status: 'ON_HOLD', fulfillmentHolds: [{ reason: 'INCORRECT_ADDRESS' }, { reason: 'OTHER' }] })

    expect(map({ fulfillmentOrders: listOf(work) }).holds).toEqual([
      { reason: 'platform-hold', detail: 'ON_HOLD: INCORRECT_ADDRESS, OTHER' },
    ])
  })

  test('a scheduled order is not released before its day', () => {
    const work = fulfillmentOrderJson({ status: 'SCHEDULED', fulfillAt: '2026-12-01T00:00:00Z' })

    expect(map({ fulfillmentOrders: listOf(work) })).toMatchObject({ status: 'open', releaseNotBefore: '2026-12-01T00:00:00.000Z' })
  })

  test('a part that is scheduled for later waits while the rest ships, and keeps the order from being complete', () => {
    const later = fulfillmentOrderJson(
      { id: 'gid://shopify/FulfillmentOrder/901', status: 'SCHEDULED', fulfillAt: '2026-12-01T00:00:00Z' },
      { 1: 1 },
    )

    const first = map({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 1 }), later) })
    const second = map({
      fulfillmentOrders: listOf(later),
      lineItems: listOf(lineJson({ unfulfilledQuantity: 1 })),
      fulfillments: [fulfillmentJson({}, { 1: 1 })],
    })

    expect(first.releaseNotBefore).toBeUndefined()
    expect(first.lines.map(openQuantity)).toEqual([1])
    expect(second).toMatchObject({ status: 'partially-shipped', releaseNotBefore: '2026-12-01T00:00:00.000Z' })
  })

  test('open units without any fulfillment order are a hold that names the scope', () => {
    const [hold] = map({ fulfillmentOrders: listOf() }).holds

    expect(hold).toMatchObject({ reason: 'platform-hold', detail: expect.stringContaining('read_merchant_managed_fulfillment_orders') })
  })

  test('an order whose work moved to a location that we do not see is ignored, not cancelled', () => {
    expect(map({ fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })) })).toMatchObject({
      status: 'open',
      ignoredReason: 'other-location',
    })
  })
})

describe('holds for what is doubtful', () => {
  test.each([
    [{ recommendation: 'CANCEL', assessments: [] }],
    [{ recommendation: 'INVESTIGATE', assessments: [] }],
    [{ recommendation: 'NONE', assessments: [{ riskLevel: 'HIGH' }] }],
  ])('risk %j is flagged', (risk) => {
    expect(reasons({ risk })).toEqual(['risk-flagged'])
  })

  test.each([
    ['payment status', { displayFinancialStatus: 'BARTERED' }],
    ['no payment status', { displayFinancialStatus: null }],
    ['fulfillment order status', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'DREAMING' })) }],
    [
      'delivery method',
      {
        fulfillmentOrders: listOf(
          fulfillmentOrderJson({ deliveryMethod: { methodType: 'DRONE', presentedName: null, maxDeliveryDateTime: null } }),
        ),
      },
    ],
    [
      'country',
      { fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: { ...fulfillmentOrderJson().destination, countryCode: 'ZZ' } })) },
    ],
    ['risk', { risk: { recommendation: 'PRAY', assessments: [] } }],
    ['currency', { totalPriceSet: bag('30.78', 'XXQ') }],
  ] as const)('an unknown %s is held, never guessed', (_what, overrides) => {
    expect(reasons(overrides as Parameters<typeof orderJson>[0])).toEqual(['unknown-value'])
  })

  test('an order in a currency that nobody knows keeps its lines and loses only its sums', () => {
    const order = map({ totalPriceSet: bag('30.78', 'XXQ'), lineItems: listOf(lineJson({ originalUnitPriceSet: bag('12.34', 'XXQ') })) })

    expect(order.totals).toBeUndefined()
    expect(order.lines[0]).toMatchObject({ quantity: 2 })
    expect(order.lines[0]?.unitPrice).toBeUndefined()
  })

  test('a withheld address is a hold, and what is stored is kept', () => {
    const hidden = { shippingAddress: null, email: null, fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: null })) }

    const order = map(hidden, { personalWithheld: true })

    expect(order.holds.map((hold) => hold.reason)).toEqual(['pii-missing'])
    expect(order.personalWithheld).toBe(true)
    expect(order.personal.shipTo).toBeUndefined()
  })

  test('a shipped order needs no address', () => {
    const order = map({
      shippingAddress: null,
      lineItems: listOf(lineJson({ unfulfilledQuantity: 0 })),
      fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED', destination: null }, { 1: 0 })),
      fulfillments: [fulfillmentJson()],
    })

    expect(order.holds).toEqual([])
  })

  test('an amount that is no amount makes the record unreadable', () => {
    expect(() => map({ totalPriceSet: bag('twelve') })).toThrow(expect.objectContaining({ kind: 'invalid-data', code: 'amount-invalid' }))
  })
})

describe('sums', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 })

  test('the grand total is always items plus shipping plus tax minus discount', () => {
    const set = (minorUnits: number) => bag(formatAmount(money(minorUnits, 'USD')))
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, fc.boolean(), (unit, shipping, tax, discount, grand, taxesIncluded) => {
        const totals = map({
          taxesIncluded,
          lineItems: listOf(lineJson({ originalUnitPriceSet: set(unit) })),
          totalShippingPriceSet: set(shipping),
          totalTaxSet: set(tax),
          totalDiscountsSet: set(discount),
          totalPriceSet: set(grand),
        }).totals
        const sum = totals && totals.items.minorUnits + totals.shipping.minorUnits + totals.tax.minorUnits - totals.discount.minorUnits
        expect(sum).toBe(grand)
        expect(totals?.grand.minorUnits).toBe(grand)
      }),
    )
  })

  test('are taken as they stand when they add up', () => {
    expect(map({ totalDiscountsSet: bag('3.00'), totalPriceSet: bag('27.78') }).totals).toEqual({
      items: money(2468, 'USD'),
      shipping: money(490, 'USD'),
      tax: money(120, 'USD'),
      discount: money(300, 'USD'),
      grand: money(2778, 'USD'),
    })
  })

  test('hold no tax when the prices include it', () => {
    expect(map({ taxesIncluded: true, totalPriceSet: bag('29.58') }).totals).toMatchObject({
      tax: money(0, 'USD'),
      grand: money(2958, 'USD'),
    })
  })

  test('units always divide into open, shipped and cancelled', () => {
    const count = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(count, count, count, count, count, (quantity, currentQuantity, unfulfilledQuantity, remaining, shipped) => {
        const [line] = map({
          lineItems: listOf(lineJson({ quantity, currentQuantity, unfulfilledQuantity })),
          fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: remaining })),
          fulfillments: shipped > 0 ? [fulfillmentJson({}, { 1: shipped })] : [],
        }).lines
        if (!line) throw new Error('one line')
        expect(line.quantity).toBe(quantity)
        expect(line.cancelledQuantity).toBeGreaterThanOrEqual(0)
        expect(openQuantity(line) + line.shippedQuantity + line.cancelledQuantity).toBe(quantity)
        expect(openQuantity(line)).toBeLessThanOrEqual(Math.min(remaining, unfulfilledQuantity, currentQuantity))
      }),
    )
  })
})
