import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openQuantity } from '../../../core/model/order.ts'
import { money } from '../../../core/value/money.ts'
import { bag, fulfillmentJson, fulfillmentOrderJson, holdReasons, lineJson, listOf, mapped } from './order-fixture.ts'

/** An order with every field that is read: imported, mixed, in part refunded, with notes and taxes. */
const whole = mapped({
  id: 'gid://shopify/Order/9007199254740995508',
  createdAt: '2026-11-24T07:03:00Z',
  updatedAt: '2026-11-24T09:30:00+02:00',
  displayFinancialStatus: 'PARTIALLY_REFUNDED',
  returnStatus: 'RETURN_REQUESTED',
  note: 'Ring twice',
  tags: ['VIP', 'wholesale'],
  customAttributes: [
    { key: 'Gift message', value: 'Happy birthday' },
    { key: 'Doorbell', value: 'Smith' },
    { key: '_cart', value: 'x1' },
  ],
  transactions: [
    { kind: 'AUTHORIZATION', status: 'SUCCESS', processedAt: '2026-11-24T07:00:10Z' },
    { kind: 'CAPTURE', status: 'FAILURE', processedAt: '2026-11-24T07:00:20Z' },
    { kind: 'CAPTURE', status: 'SUCCESS', processedAt: '2026-11-24T07:00:30Z' },
  ],
  lineItems: listOf(
    lineJson({ quantity: 3, customAttributes: [{ key: 'Engraving', value: 'A.L.' }] }),
    lineJson({
      id: 'gid://shopify/LineItem/2',
      sku: null,
      variant: null,
      product: null,
      quantity: 1,
      currentQuantity: 1,
      unfulfilledQuantity: 1,
    }),
  ),
  fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 2, 2: 1 })),
  totalPriceSet: bag('54.26'),
  totalDiscountsSet: bag('1.20'),
})
const [first, second] = whole.lines

describe('an order of Shopify', () => {
  test.each([
    ['the id as text, for it is larger than a number [shopify-trap-13]', whole.platformOrderId, 'gid://shopify/Order/9007199254740995508'],
    ['the id and the number of the order [shopify-field-01]', whole.displayNumber, '#1001'],
    ['when the buyer bought, not when the order was imported [shopify-field-03]', whole.purchasedAt, '2026-11-24T07:00:00.000Z'],
    ['when it changed, in UTC [shopify-field-03]', whole.updatedAt, '2026-11-24T07:30:00.000Z'],
    ['the words of Shopify [shopify-field-04]', whole.platformStatus, 'PARTIALLY_REFUNDED / UNFULFILLED / return RETURN_REQUESTED'],
    ['what the buyer chose as delivery [shopify-field-06]', whole.promisedService, 'Standard'],
    ['the location as a tag, for rules, beside its own [shopify-field-07]', whole.tags, ['vip', 'wholesale', 'location:newark']],
    ['the units that remain in fulfillment orders [shopify-field-08]', whole.lines.map(openQuantity), [2, 1]],
    ['refunded units as cancelled [shopify-field-15] [shopify-trap-11]', first?.cancelledQuantity, 1],
    ['the quantity as ordered [shopify-field-09]', first?.quantity, 3],
    ['SKU, item and variant [shopify-field-09]', [first?.channelSku, first?.itemId, first?.variantId], ['LAMP-RED', '70', '71']],
    ['a line without SKU and variant [shopify-field-09]', [second?.channelSku, second?.variantId], ['', undefined]],
    ['prices in the money of the shop [shopify-field-10]', first?.unitPrice, money(1234, 'USD')],
    ['when it was paid, from the capture that succeeded [shopify-field-12]', whole.paidAt, '2026-11-24T07:00:30.000Z'],
    ['no hold for a calm risk [shopify-field-13]', whole.holds, []],
    ['engraving with its line [shopify-field-14]', first?.customization, 'Engraving: A.L.'],
    [
      'notes without attributes that are for apps [shopify-field-14]',
      whole.personal.notes,
      { buyer: 'Ring twice\nDoorbell: Smith', gift: 'Gift message: Happy birthday' },
    ],
  ])('has %s', (_what, value, expected) => {
    expect(value).toEqual(expected)
  })

  test('has no moment of payment while it is not paid [shopify-field-12]', () => {
    expect(mapped({ displayFinancialStatus: 'AUTHORIZED' }).paidAt).toBeUndefined()
    expect(mapped({ transactions: [] }).paidAt).toBeUndefined()
  })
})

describe('the age of a reading', () => {
  test('is that of the order or of its latest fulfillment order, whichever changed last [shopify-read-06]', () => {
    const work = fulfillmentOrderJson({ updatedAt: '2026-11-24T09:30:00Z' })

    expect(mapped().updatedAt).toBe('2026-11-24T07:05:00.000Z')
    expect(mapped({ fulfillmentOrders: listOf(work) }).updatedAt).toBe('2026-11-24T09:30:00.000Z')
  })
})

describe('the state of an order of Shopify', () => {
  test('a full refund with units still to ship is a hold, without any it is a cancellation [shopify-state-01]', () => {
    const gone = { currentQuantity: 0, unfulfilledQuantity: 0 }

    expect(holdReasons({ displayFinancialStatus: 'REFUNDED' })).toEqual(['platform-hold'])
    expect(
      mapped({
        displayFinancialStatus: 'REFUNDED',
        lineItems: listOf(lineJson(gone)),
        fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })),
      }),
    ).toMatchObject({ status: 'cancelled', lines: [{ cancelledQuantity: 2 }] })
  })

  test('units removed before shipping are cancelled, units returned after shipping are not [shopify-trap-11] [shopify-state-07]', () => {
    const removed = mapped({
      lineItems: listOf(lineJson({ quantity: 3, currentQuantity: 2, unfulfilledQuantity: 2 })),
    })
    const returned = mapped({
      lineItems: listOf(lineJson({ quantity: 3, currentQuantity: 2, unfulfilledQuantity: 1 })),
      fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'IN_PROGRESS' }, { 1: 1 })),
      fulfillments: [fulfillmentJson()],
    })

    expect(removed.lines[0]).toMatchObject({ quantity: 3, cancelledQuantity: 1, shippedQuantity: 0 })
    expect(returned.lines[0]).toMatchObject({ quantity: 3, cancelledQuantity: 0, shippedQuantity: 2 })
    expect(returned.status).toBe('partially-shipped')
  })

  test.each([
    ['SUCCESS', 2, undefined],
    ['OPEN', 2, 'pending'],
    ['PENDING', 2, 'pending'],
    ['ERROR', 0, 'failed'],
    ['FAILURE', 0, 'failed'],
    ['SOMETHING_NEW', 2, 'pending'],
  ])('a fulfillment %s counts %i units as shipped [shopify-state-08]', (status, shippedQuantity, progress) => {
    const order = mapped({ fulfillments: [fulfillmentJson({ status })] })

    expect(order.lines).toMatchObject([{ shippedQuantity }])
    expect(order.shipments?.map((shipment) => shipment.progress)).toEqual([progress])
  })

  test('a count below nothing is nothing, and hides no cancellation [shopify-trap-16]', () => {
    const line = lineJson({ currentQuantity: -1, unfulfilledQuantity: -1 })
    const fulfillmentOrders = listOf(fulfillmentOrderJson({}, { 1: -1 }))

    const cancelled = mapped({ lineItems: listOf(line), fulfillmentOrders, cancelledAt: '2026-11-24T08:00:00Z' })

    expect(mapped({ lineItems: listOf(line), fulfillmentOrders }).lines).toMatchObject([{ cancelledQuantity: 2 }])
    expect(cancelled.status).toBe('cancelled')
  })

  test('a cancelled fulfillment is none, and its units are open again [shopify-state-08] [shopify-state-09]', () => {
    const order = mapped({ fulfillments: [fulfillmentJson({ status: 'CANCELLED' })] })

    expect(order).toMatchObject({ status: 'open', shipments: [], lines: [{ shippedQuantity: 0, cancelledQuantity: 0 }] })
  })

  test('everything shipped makes it shipped', () => {
    const order = mapped({
      lineItems: listOf(lineJson({ unfulfilledQuantity: 0 })),
      fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })),
      fulfillments: [fulfillmentJson()],
    })

    expect(order).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 2 }] })
    expect(order.shipments).toMatchObject([{ trackingNumber: '1Z1', carrier: 'UPS', shippedAt: '2026-11-24T09:00:00.000Z' }])
  })
})

describe('what of an order is ours', () => {
  test('an order of digital goods alone is ignored; beside goods they are no lines to ship but part of the sum', () => {
    const digital = lineJson({ id: 'gid://shopify/LineItem/2', requiresShipping: false, quantity: 1, originalUnitPriceSet: bag('5.00') })

    const mixed = mapped({ lineItems: listOf(lineJson(), digital), totalPriceSet: bag('35.78') })

    expect(mapped({ lineItems: listOf(digital) })).toMatchObject({ ignoredReason: 'digital', lines: [] })
    expect(mixed.lines).toHaveLength(1)
    expect(mixed.totals?.items).toEqual(money(2968, 'USD'))
  })

  test('test orders are ignored unless they are wanted [shopify-read-08]', () => {
    expect(mapped({ test: true }).ignoredReason).toBe('test-order')
    expect(mapped({ test: true }, { includeTestOrders: true }).ignoredReason).toBeUndefined()
  })

  test('units always divide into open, shipped and cancelled, and without a hold no count speaks against what is open', () => {
    const count = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(count, count, count, count, count, (quantity, currentQuantity, unfulfilledQuantity, remaining, shipped) => {
        const { lines, holds } = mapped({
          lineItems: listOf(lineJson({ quantity, currentQuantity, unfulfilledQuantity })),
          fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: remaining })),
          fulfillments: shipped > 0 ? [fulfillmentJson({}, { 1: shipped })] : [],
        })
        const [line] = lines
        if (!line) throw new Error('one line')
        expect(line.quantity).toBe(quantity)
        expect(line.cancelledQuantity).toBeGreaterThanOrEqual(0)
        expect(openQuantity(line) + line.shippedQuantity + line.cancelledQuantity).toBe(quantity)
        if (holds.length > 0) return
        expect(openQuantity(line)).toBeLessThanOrEqual(Math.min(remaining, unfulfilledQuantity, currentQuantity))
      }),
    )
  })
})
