import { describe, expect, test } from 'vitest'
import { mapShipments, planShipment } from '../../../connectors/shopify/map-shipment.ts'
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
  test('names every line and its units, with carrier, number and link', () => {
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

  test('clips units to what remains', () => {
    const plan = planShipment(
      work({ fulfillmentOrders: listOf(fulfillmentOrderJson({}, { 1: 1 })) }),
      confirmation({ lines: [line(1, 5)] }),
    )

    expect(plan).toMatchObject({ calls: [{ lineItemsByFulfillmentOrder: [{ fulfillmentOrderLineItems: [{ quantity: 1 }] }] }] })
  })

  test('takes one call for each location and tells the buyer once', () => {
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

  test('takes one line from several fulfillment orders when one does not hold all units', () => {
    const orders = listOf(fulfillmentOrderJson({}, { 1: 1 }), fulfillmentOrderJson({ id: 'gid://shopify/FulfillmentOrder/901' }, { 1: 2 }))

    const plan = planShipment(work({ fulfillmentOrders: orders }), confirmation({ lines: [line(1, 2)] }))

    expect(plan).toMatchObject({
      calls: [
        {
          lineItemsByFulfillmentOrder: [{ fulfillmentOrderLineItems: [{ quantity: 1 }] }, { fulfillmentOrderLineItems: [{ quantity: 1 }] }],
        },
      ],
    })
  })

  test('is nothing when the number stands on a fulfillment already, however it is spelled', () => {
    const fulfillments = [fulfillmentJson({ trackingInfo: [{ company: 'UPS', number: '1z-1 ' }] })]

    expect(planShipment(work({ fulfillments }), confirmation())).toEqual({ kind: 'reported', remoteId: 'gid://shopify/Fulfillment/300' })
  })

  test('goes on with the lines that the first of two calls did not reach, without telling the buyer again', () => {
    const orders = listOf(fulfillmentOrderJson({}, { 1: 0, 2: 1 }))

    const plan = planShipment(
      work({ fulfillmentOrders: orders, fulfillments: [fulfillmentJson()] }),
      confirmation({ lines: [line(1, 2), line(2, 1)] }),
    )

    expect(plan).toMatchObject({
      calls: [{ notifyCustomer: false, lineItemsByFulfillmentOrder: [{ fulfillmentOrderLineItems: [{ quantity: 1 }] }] }],
    })
  })

  test('does not take a cancelled fulfillment with the same number for a shipment', () => {
    expect(planShipment(work({ fulfillments: [fulfillmentJson({ status: 'CANCELLED' })] }), confirmation()).kind).toBe('calls')
  })

  test.each([
    ['order-cancelled', { cancelledAt: '2026-11-24T08:00:00Z', fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' })) }],
    ['fulfillment-order-on-hold', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'ON_HOLD' })) }],
    ['fulfillment-order-scheduled', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'SCHEDULED' })) }],
    ['fulfillment-orders-invisible', { fulfillmentOrders: listOf() }],
    ['nothing-to-fulfill', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })) }],
  ] as const)('is impossible as %s', (code, overrides) => {
    expect(planShipment(work(overrides as Parameters<typeof orderJson>[0]), confirmation())).toMatchObject({ kind: 'impossible', code })
  })
})

describe('the shipments of an order', () => {
  test('give each number of a fulfillment an entry, with the lines on the first', () => {
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
