import { describe, expect, test } from 'vitest'
import { openQuantity } from '../../../../core/model/order.ts'
import { fulfillmentJson, fulfillmentOrderJson, lineJson, listOf, mapped } from '../order-fixture.ts'

describe('what is not ours to ship, or not now', () => {
  test.each([
    ['PICK_UP', 'pickup'],
    ['PICKUP_POINT', 'pickup-point'],
    ['LOCAL', 'local-delivery'],
    ['RETAIL', 'retail'],
    ['NONE', 'no-delivery'],
  ])('delivery %s is ignored as %s [shopify-field-06]', (methodType, ignoredReason) => {
    const work = fulfillmentOrderJson({ deliveryMethod: { methodType, presentedName: null, maxDeliveryDateTime: null } })

    expect(mapped({ fulfillmentOrders: listOf(work) })).toMatchObject({ ignoredReason, holds: [] })
  })

  test('a fulfillment service ships its own [shopify-state-04]', () => {
    const assignedLocation = { name: 'ShipBob', location: { id: 'gid://shopify/Location/9', isFulfillmentService: true } }
    const work = fulfillmentOrderJson({ assignedLocation })

    expect(mapped({ fulfillmentOrders: listOf(work) })).toMatchObject({ ignoredReason: 'fulfillment-service', fulfilledBy: 'platform' })
  })

  test.each([
    ['UNSUBMITTED', undefined],
    ['SUBMITTED', 'fulfillment-service'],
    ['ACCEPTED', 'fulfillment-service'],
    ['REJECTED', undefined],
    ['CANCELLATION_REQUESTED', 'fulfillment-service'],
    ['CANCELLATION_ACCEPTED', undefined],
    ['CANCELLATION_REJECTED', 'fulfillment-service'],
    ['CLOSED', undefined],
  ])('the request status %s ignores it as %s [shopify-state-04]', (requestStatus, ignoredReason) => {
    expect(mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({ requestStatus })) }).ignoredReason).toBe(ignoredReason)
  })

  test('a location that was deleted leaves the units ours [shopify-field-07]', () => {
    const order = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({ assignedLocation: { name: 'Old barn', location: null } })) })

    expect(order.ignoredReason).toBeUndefined()
    expect(order).toMatchObject({ status: 'open', tags: ['location:old barn'] })
  })

  test('of an order that is partly picked up, only the shipped part is ours', () => {
    const pickup = { methodType: 'PICK_UP', presentedName: null, maxDeliveryDateTime: null }
    const order = mapped({
      fulfillmentOrders: listOf(
        fulfillmentOrderJson({}, { 1: 1 }),
        fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901', deliveryMethod: pickup }, { 1: 1 }),
      ),
    })

    expect(order).toMatchObject({ status: 'open', lines: [{ quantity: 2, cancelledQuantity: 1 }] })
    expect(order.ignoredReason).toBeUndefined()
  })

  test.each([
    ['OPEN', 2, []],
    ['IN_PROGRESS', 2, []],
    ['ON_HOLD', 2, ['platform-hold']],
    ['INCOMPLETE', 2, ['platform-hold']],
    ['SOMETHING_NEW', 2, ['unknown-value']],
  ])('a fulfillment order %s leaves %i units to ship and the holds %j [shopify-state-03]', (status, units, reasons) => {
    const order = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({ status })) })

    expect(order.lines.map(openQuantity)).toEqual([units])
    expect(order.holds.map(({ reason }) => reason)).toEqual(reasons)
  })

  test.each(['CLOSED', 'CANCELLED'])('a fulfillment order %s has nothing to ship [shopify-state-03]', (status) => {
    const gone = fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/899', status }, { 1: 2 })

    expect(mapped({ fulfillmentOrders: listOf(gone, fulfillmentOrderJson({}, { 1: 1 })) }).lines.map(openQuantity)).toEqual([1])
  })

  test.each([
    'AWAITING_PAYMENT',
    'AWAITING_RETURN_ITEMS',
    'HIGH_RISK_OF_FRAUD',
    'INCORRECT_ADDRESS',
    'INVENTORY_OUT_OF_STOCK',
    'ONLINE_STORE_POST_PURCHASE_CROSS_SELL',
    'UNKNOWN_DELIVERY_DATE',
    'OTHER',
  ])('a hold for %s is a hold that names it [shopify-state-05]', (reason) => {
    const work = fulfillmentOrderJson({ status: 'ON_HOLD', fulfillmentHolds: [{ reason }] })

    expect(mapped({ fulfillmentOrders: listOf(work) }).holds).toEqual([
      { reason: 'platform-hold', detail: `ON_HOLD: ${reason} (units: 2); release the hold in the Shopify admin` },
    ])
  })

  test('several holds, and holds on several fulfillment orders, are all named [shopify-state-05]', () => {
    const two = [{ reason: 'INCORRECT_ADDRESS' }, { reason: 'OTHER' }]
    const here = fulfillmentOrderJson({ status: 'ON_HOLD', fulfillmentHolds: two }, { 1: 1 })
    const there = fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901', status: 'ON_HOLD', fulfillmentHolds: [] }, { 1: 1 })

    expect(mapped({ fulfillmentOrders: listOf(here, there) }).holds.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('ON_HOLD: INCORRECT_ADDRESS, OTHER'),
      expect.stringContaining('ON_HOLD: no reason given'),
    ])
  })

  test('a part on hold holds the order, until the rest is all that is left [shopify-state-09]', () => {
    const held = fulfillmentOrderJson(
      { id: 'gid://shopify/FulfillmentOrder/901', status: 'ON_HOLD', fulfillmentHolds: [{ reason: 'OTHER' }] },
      { 1: 1 },
    )

    const order = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 1 }), held) })

    expect(order.holds.map(({ reason }) => reason)).toEqual(['platform-hold'])
    expect(order.lines.map(openQuantity)).toEqual([2])
  })

  test('goods that are held for their own sake wait while the rest ships, and are a hold when they are all that is left [shopify-state-05]', () => {
    const reasons = [{ reason: 'INVENTORY_OUT_OF_STOCK' }]
    const held = fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901', status: 'ON_HOLD', fulfillmentHolds: reasons }, { 1: 1 })

    const first = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 1 }), held) })
    const second = mapped({
      fulfillmentOrders: listOf(held),
      lineItems: listOf(lineJson({ unfulfilledQuantity: 1 })),
      fulfillments: [fulfillmentJson({}, { 1: 1 })],
    })

    expect(first).toMatchObject({ status: 'open', holds: [] })
    expect(first.lines.map(openQuantity)).toEqual([1])
    expect(second).toMatchObject({ status: 'partially-shipped', holds: [{ reason: 'platform-hold' }] })
  })

  test('units at two locations are all to be shipped, and both locations are named [shopify-state-09] [shopify-field-07]', () => {
    const assignedLocation = { name: 'Reno', location: { id: 'gid://shopify/Location/2', isFulfillmentService: false } }
    const west = fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901', assignedLocation }, { 1: 1 })

    const order = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 1 }), west) })

    expect(order).toMatchObject({ status: 'open', holds: [], tags: ['location:newark', 'location:reno'] })
    expect(order.lines.map(openQuantity)).toEqual([2])
  })

  test('what was moved counts once, under its new fulfillment order [shopify-state-09]', () => {
    const closed = fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })
    const moved = fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901' }, { 1: 2 })

    expect(mapped({ fulfillmentOrders: listOf(closed, moved) }).lines).toMatchObject([{ quantity: 2, cancelledQuantity: 0 }])
  })

  test('a scheduled order is not released before its day [shopify-state-03]', () => {
    const work = fulfillmentOrderJson({ status: 'SCHEDULED', fulfillAt: '2026-12-01T00:00:00Z' })

    expect(mapped({ fulfillmentOrders: listOf(work) })).toMatchObject({ status: 'open', releaseNotBefore: '2026-12-01T00:00:00.000Z' })
  })

  test('a scheduled order without a day is a hold [shopify-state-03]', () => {
    const work = fulfillmentOrderJson({ status: 'SCHEDULED', fulfillAt: null })

    expect(mapped({ fulfillmentOrders: listOf(work) }).holds).toMatchObject([
      { detail: expect.stringContaining('SCHEDULED without a date') },
    ])
  })

  test('a part that is scheduled for later waits while the rest ships, and keeps the order from being complete', () => {
    const later = fulfillmentOrderJson(
      { id: 'gid://shopify/FulfillmentOrder/901', status: 'SCHEDULED', fulfillAt: '2026-12-01T00:00:00Z' },
      { 1: 1 },
    )

    const first = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 1 }), later) })
    const second = mapped({
      fulfillmentOrders: listOf(later),
      lineItems: listOf(lineJson({ unfulfilledQuantity: 1 })),
      fulfillments: [fulfillmentJson({}, { 1: 1 })],
    })

    expect(first.releaseNotBefore).toBeUndefined()
    expect(first.lines.map(openQuantity)).toEqual([1])
    expect(second).toMatchObject({ status: 'partially-shipped', releaseNotBefore: '2026-12-01T00:00:00.000Z' })
  })

  test('open units without any fulfillment order are a hold that names the scope [shopify-trap-01]', () => {
    const [hold] = mapped({ fulfillmentOrders: listOf() }).holds

    expect(hold).toMatchObject({ reason: 'platform-hold', detail: expect.stringContaining('read_merchant_managed_fulfillment_orders') })
  })

  test('an order whose work moved to a location that we do not see is ignored, not cancelled', () => {
    expect(mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })) })).toMatchObject({
      status: 'open',
      ignoredReason: 'other-location',
    })
  })
})

describe('units about which the counts of Shopify disagree', () => {
  const work = (remaining: number) => listOf(fulfillmentOrderJson({ status: remaining > 0 ? 'OPEN' : 'CLOSED' }, { 1: remaining }))
  const failed = [fulfillmentJson({ status: 'ERROR' }, { 1: 2 })]

  test('refunded without restock, before shipping: a hold, and the same units as after a part has left [shopify-field-18]', () => {
    const before = mapped({ lineItems: listOf(lineJson({ currentQuantity: 1 })) })
    const after = mapped({
      lineItems: listOf(lineJson({ currentQuantity: 1, unfulfilledQuantity: 1 })),
      fulfillmentOrders: work(1),
      fulfillments: [fulfillmentJson({}, { 1: 1 })],
    })

    expect(before).toMatchObject({ status: 'open', lines: [{ quantity: 2, cancelledQuantity: 0 }] })
    expect(before.holds).toEqual([
      {
        reason: 'platform-hold',
        detail: expect.stringMatching(/^LAMP-RED: refunded, and still to be fulfilled \(units: 1\); remove them from the order on Shopify/),
      },
    ])
    expect(after).toMatchObject({ lines: [{ shippedQuantity: 1, cancelledQuantity: 0 }], holds: [] })
  })

  test.each([
    ['leaves the unfulfilled quantity', 1],
    ['stays in the unfulfilled quantity', 2],
  ])('taken out of the work by a refund, whose unit %s: cancelled, without a hold [shopify-field-15]', (_what, unfulfilledQuantity) => {
    const order = mapped({ lineItems: listOf(lineJson({ currentQuantity: 1, unfulfilledQuantity })), fulfillmentOrders: work(1) })

    expect(order).toMatchObject({ status: 'open', holds: [], lines: [{ quantity: 2, cancelledQuantity: 1 }] })
  })

  test('refunded one and all, with the payment: cancelled, though they stay in the work [shopify-state-01]', () => {
    const order = mapped({ displayFinancialStatus: 'REFUNDED', lineItems: listOf(lineJson({ currentQuantity: 0 })) })

    expect(order).toMatchObject({ status: 'cancelled', lines: [{ cancelledQuantity: 2 }] })
  })

  test('left by a failed shipment, to be fulfilled by nobody: a hold, never cancelled [shopify-state-10]', () => {
    const order = mapped({
      lineItems: listOf(lineJson({ unfulfilledQuantity: 0 })),
      fulfillmentOrders: work(0),
      fulfillments: failed,
    })

    expect(order).toMatchObject({ status: 'open', lines: [{ shippedQuantity: 0, cancelledQuantity: 0 }] })
    expect(order.holds).toMatchObject([
      { reason: 'platform-hold', detail: expect.stringContaining('neither shipped, refunded nor to be fulfilled (units: 2)') },
    ])
  })

  test('left by a failed shipment and refunded since: cancelled [shopify-state-10]', () => {
    const order = mapped({
      lineItems: listOf(lineJson({ currentQuantity: 0, unfulfilledQuantity: 0 })),
      fulfillmentOrders: work(0),
      fulfillments: failed,
    })

    expect(order).toMatchObject({ status: 'cancelled', holds: [], lines: [{ cancelledQuantity: 2 }] })
  })

  test('shipped before the order was cancelled: shipped and not cancelled [shopify-state-06]', () => {
    const order = mapped({
      cancelledAt: '2026-11-24T10:00:00Z',
      lineItems: listOf(lineJson({ currentQuantity: 0, unfulfilledQuantity: 0 })),
      fulfillmentOrders: work(0),
      fulfillments: [fulfillmentJson({}, { 1: 1 })],
    })

    expect(order).toMatchObject({ status: 'cancelled', lines: [{ quantity: 2, shippedQuantity: 1, cancelledQuantity: 1 }] })
  })
})
