import { describe, expect, test } from 'vitest'
import { mapShipments, planCorrection, planShipment } from '../../../connectors/shopify/map-shipment.ts'
import { workShape } from '../../../connectors/shopify/schema.ts'
import type { ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { instantFromMs } from '../../../core/value/instant.ts'
import { fulfillmentJson, fulfillmentOrderJson, listOf, orderJson } from './order-fixture.ts'

const line = (ordinal: number, quantity: number) => ({ platformLineId: `gid://shopify/LineItem/${ordinal}`, quantity })
const work = (overrides: Parameters<typeof orderJson>[0]) => workShape.parse(orderJson(overrides))

function confirmation(overrides: Partial<ShipmentConfirmation> = {}): ShipmentConfirmation {
  return {
    platformOrderId: 'gid://shopify/Order/5001',
    packageOrdinal: 1,
    trackingNumber: '1Z1',
    carrierWord: 'UPS',
    carrierName: 'United Parcel Service',
    shippedAt: instantFromMs(0),
    originCountry: 'US',
    lines: [line(1, 2)],
    notifyBuyer: true,
    ...overrides,
  }
}

describe('the plan of a write-back to Shopify', () => {
  test('names every line and its units by the ids of the fulfillment order, with carrier, number and link [shopify-write-01] [shopify-write-03] [shopify-write-04] [shopify-trap-02]', () => {
    const plan = planShipment(work({}), confirmation({ trackingUrl: 'https://example.com/1Z1' }))

    expect(plan).toEqual({
      kind: 'calls',
      calls: [
        {
          lineItemsByFulfillmentOrder: [
            {
              fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/900',
              fulfillmentOrderLineItems: [{ id: 'gid://shopify/FulfillmentOrderLineItem/90001', quantity: 2 }],
            },
          ],
          trackingInfo: { company: 'UPS', number: '1Z1', url: 'https://example.com/1Z1' },
          notifyCustomer: true,
        },
      ],
    })
  })

  test('clips units to what remains [shopify-trap-03]', () => {
    const plan = planShipment(
      work({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 1 })) }),
      confirmation({ lines: [line(1, 5)] }),
    )

    expect(plan).toMatchObject({ calls: [{ lineItemsByFulfillmentOrder: [{ fulfillmentOrderLineItems: [{ quantity: 1 }] }] }] })
  })

  test('takes one call for each location and tells the buyer once [shopify-trap-04] [shopify-write-02]', () => {
    const away = { location: { id: 'gid://shopify/Location/2', isFulfillmentService: false } }
    const orders = listOf(
      fulfillmentOrderJson({}, { 1: 2 }),
      fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901', assignedLocation: away }, { 2: 1 }),
      fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/902' }, { 3: 1 }),
    )

    const plan = planShipment(work({ fulfillmentOrders: orders }), confirmation({ lines: [line(1, 2), line(2, 1), line(3, 1)] }))

    if (plan.kind !== 'calls') throw new Error('there is something to call')
    const ids = plan.calls.map((call) => call.lineItemsByFulfillmentOrder.map((group) => group.fulfillmentOrderId.slice(-3)))
    expect(ids).toEqual([['900', '902'], ['901']])
    expect(plan.calls.map((call) => call.notifyCustomer)).toEqual([true, false])
  })

  test.each([
    [250, [[250]]],
    [251, [[250], [1]]],
    [500, [[250], [250]]],
  ])('cuts a package of %i lines into calls of 250 and tells the buyer once [shopify-limit-06] [shopify-write-02]', (count, expected) => {
    const units = Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, 1]))
    const lines = Object.keys(units).map((ordinal) => line(Number(ordinal), 1))

    const plan = planShipment(work({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, units)) }), confirmation({ lines }))

    if (plan.kind !== 'calls') throw new Error('there is something to call')
    const sizes = plan.calls.map((call) => call.lineItemsByFulfillmentOrder.map((group) => group.fulfillmentOrderLineItems.length))
    expect(sizes).toEqual(expected)
    expect(plan.calls.map((call) => call.notifyCustomer)).toEqual(expected.map((_, index) => index === 0))
  })

  test('cuts where 250 lines are full, over all fulfillment orders of a location [shopify-limit-06]', () => {
    const half = (start: number) => Object.fromEntries(Array.from({ length: 200 }, (_, index) => [start + index, 1]))
    const orders = listOf(fulfillmentOrderJson({}, half(1)), fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901' }, half(201)))
    const lines = Array.from({ length: 400 }, (_, index) => line(index + 1, 1))

    const plan = planShipment(work({ fulfillmentOrders: orders }), confirmation({ lines }))

    if (plan.kind !== 'calls') throw new Error('there is something to call')
    const sizes = plan.calls.map((call) => call.lineItemsByFulfillmentOrder.map((group) => group.fulfillmentOrderLineItems.length))
    expect(sizes).toEqual([[200, 50], [150]])
  })

  test('takes one line from several fulfillment orders when one does not hold all units [shopify-state-09]', () => {
    const orders = listOf(fulfillmentOrderJson({}, { 1: 1 }), fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901' }, { 1: 1 }))

    const plan = planShipment(work({ fulfillmentOrders: orders }), confirmation({ lines: [line(1, 2)] }))

    expect(plan).toMatchObject({
      calls: [
        {
          lineItemsByFulfillmentOrder: [{ fulfillmentOrderLineItems: [{ quantity: 1 }] }, { fulfillmentOrderLineItems: [{ quantity: 1 }] }],
        },
      ],
    })
  })

  test('is nothing when the number stands on a fulfillment already, however it is spelled [shopify-write-05]', () => {
    const fulfillments = [fulfillmentJson({ trackingInfo: [{ company: 'UPS', number: '1z-1 ' }] })]

    expect(planShipment(work({ fulfillments }), confirmation())).toEqual({ kind: 'reported', remoteId: 'gid://shopify/Fulfillment/300' })
  })

  test('goes on with the lines that the first of two calls did not reach, without telling the buyer again [shopify-write-02] [shopify-write-05]', () => {
    const orders = listOf(fulfillmentOrderJson({}, { 1: 0, 2: 1 }))

    const plan = planShipment(
      work({ fulfillmentOrders: orders, fulfillments: [fulfillmentJson()] }),
      confirmation({ lines: [line(1, 2), line(2, 1)] }),
    )

    expect(plan).toMatchObject({
      calls: [{ notifyCustomer: false, lineItemsByFulfillmentOrder: [{ fulfillmentOrderLineItems: [{ quantity: 1 }] }] }],
    })
  })

  test('takes a fulfillment that only awaits its shipment for one, and does not write it again [shopify-state-08]', () => {
    expect(planShipment(work({ fulfillments: [fulfillmentJson({ status: 'PENDING' })] }), confirmation()).kind).toBe('reported')
  })

  test('takes the fulfillment order that holds the whole package before those that hold a part [shopify-trap-04]', () => {
    const away = { location: { id: 'gid://shopify/Location/2', isFulfillmentService: false } }
    const orders = listOf(
      fulfillmentOrderJson({}, { 1: 1 }),
      fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901', assignedLocation: away }, { 1: 2 }),
    )

    const plan = planShipment(work({ fulfillmentOrders: orders }), confirmation({ lines: [line(1, 2)] }))

    if (plan.kind !== 'calls') throw new Error('there is something to call')
    expect(plan.calls.map((call) => call.lineItemsByFulfillmentOrder.map((group) => group.fulfillmentOrderId.slice(-3)))).toEqual([['901']])
  })

  test('leaves the units of a fulfillment service to it as long as there are others [shopify-state-04]', () => {
    const service = { location: { id: 'gid://shopify/Location/9', isFulfillmentService: true } }
    const orders = listOf(
      fulfillmentOrderJson({ assignedLocation: service }, { 1: 2 }),
      fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901' }, { 1: 1 }),
    )

    const plan = planShipment(work({ fulfillmentOrders: orders }), confirmation({ lines: [line(1, 1)] }))

    expect(plan).toMatchObject({ calls: [{ lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/901' }] }] })
  })

  test('does not take a cancelled fulfillment with the same number for a shipment [shopify-state-08]', () => {
    expect(planShipment(work({ fulfillments: [fulfillmentJson({ status: 'CANCELLED' })] }), confirmation()).kind).toBe('calls')
  })

  test.each([
    ['order-cancelled', { cancelledAt: '2026-11-24T08:00:00Z', fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' })) }],
    ['fulfillment-order-on-hold', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'ON_HOLD' })) }],
    ['fulfillment-order-scheduled', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'SCHEDULED' })) }],
    ['fulfillment-orders-invisible', { fulfillmentOrders: listOf() }],
    ['nothing-to-fulfill', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })) }],
  ] as const)('is impossible as %s [shopify-write-07]', (code, overrides) => {
    expect(planShipment(work(overrides as Parameters<typeof orderJson>[0]), confirmation())).toMatchObject({ kind: 'impossible', code })
  })
})

describe('the plan of a correction', () => {
  const correction = (overrides = {}) => ({
    ...confirmation({ trackingNumber: '1Z9', trackingUrl: 'https://example.com/1Z9' }),
    replacedTrackingNumber: '1z-1',
    ...overrides,
  })
  const numbers = (...all: readonly string[]) => all.map((number) => ({ company: 'UPS', number }))

  test('puts the new number in the place of the old one [shopify-write-08]', () => {
    expect(planCorrection(work({ fulfillments: [fulfillmentJson()] }), correction())).toEqual([
      { id: 'gid://shopify/Fulfillment/300', tracking: { company: 'UPS', number: '1Z9', url: 'https://example.com/1Z9' }, notify: true },
    ])
  })

  test('keeps the other numbers of the fulfillment, then without a link [shopify-write-03] [shopify-write-08]', () => {
    const fulfillments = [fulfillmentJson({ trackingInfo: numbers('1Z0', '1Z1') })]

    expect(planCorrection(work({ fulfillments }), correction())).toMatchObject([{ tracking: { company: 'UPS', numbers: ['1Z0', '1Z9'] } }])
  })

  test('corrects a package that spans locations everywhere and tells the buyer once [shopify-write-02]', () => {
    const fulfillments = [fulfillmentJson(), fulfillmentJson({ id: 'gid://shopify/Fulfillment/301' })]

    expect(planCorrection(work({ fulfillments }), correction()).map(({ notify }) => notify)).toEqual([true, false])
  })

  test('leaves what is cancelled, and what shows other numbers, alone', () => {
    const fulfillments = [fulfillmentJson({ status: 'CANCELLED' }), fulfillmentJson({ trackingInfo: numbers('1Z9') })]

    expect(planCorrection(work({ fulfillments }), correction())).toEqual([])
  })
})

describe('the shipments of an order', () => {
  test('give each number of a fulfillment an entry, with the lines on the first [shopify-trap-10]', () => {
    const { fulfillments } = work({
      fulfillments: [
        fulfillmentJson({
          trackingInfo: [
            { company: 'UPS', number: '1Z1' },
            { company: 'UPS', number: '1Z2' },
          ],
        }),
      ],
    })

    expect(mapShipments(fulfillments)).toMatchObject([
      { trackingNumber: '1Z1', lines: [line(1, 2)] },
      { trackingNumber: '1Z2', lines: [] },
    ])
  })

  test('show a fulfillment without tracking number as one without', () => {
    const { fulfillments } = work({ fulfillments: [fulfillmentJson({ trackingInfo: [] })] })

    expect(mapShipments(fulfillments)).toMatchObject([{ shipmentId: 'gid://shopify/Fulfillment/300', lines: [line(1, 2)] }])
    expect(mapShipments(fulfillments)[0]?.trackingNumber).toBeUndefined()
  })
})
