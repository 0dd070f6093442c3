import { describe, expect, test } from 'vitest'
import type { MapOptions } from '../../../../connectors/shopify/map-order.ts'
import { fulfillmentJson, fulfillmentOrderJson, lineJson, listOf, mapped } from '../order-fixture.ts'

describe('the financial status of an order', () => {
  test.each([
    ['PENDING', 'awaiting-payment', 'pending'],
    ['AUTHORIZED', 'awaiting-payment', 'pending'],
    ['PARTIALLY_PAID', 'awaiting-payment', 'pending'],
    ['PAID', 'open', 'paid'],
    ['PARTIALLY_REFUNDED', 'open', 'partially-refunded'],
    ['VOIDED', 'awaiting-payment', 'failed'],
    ['EXPIRED', 'awaiting-payment', 'failed'],
  ])('%s makes it %s [shopify-state-01]', (displayFinancialStatus, status, paymentState) => {
    expect(mapped({ displayFinancialStatus })).toMatchObject({
      status,
      paymentState,
      platformStatus: `${displayFinancialStatus} / UNFULFILLED`,
    })
  })

  test('lets unpaid orders go where the seller wants that, and only in those words [shopify-state-01]', () => {
    const byHand: Partial<MapOptions> = { shipUnpaid: ['AUTHORIZED'] }

    expect(mapped({ displayFinancialStatus: 'AUTHORIZED' }, byHand)).toMatchObject({ status: 'open', paymentState: 'pending', holds: [] })
    expect(mapped({ displayFinancialStatus: 'PENDING' }, byHand).status).toBe('awaiting-payment')
    expect(mapped({ displayFinancialStatus: 'VOIDED' }, byHand).status).toBe('awaiting-payment')
  })
})

describe('the fulfillment status of an order', () => {
  test.each([
    'UNFULFILLED',
    'OPEN',
    'RESTOCKED',
    'PARTIALLY_FULFILLED',
    'FULFILLED',
    'IN_PROGRESS',
    'PENDING_FULFILLMENT',
    'ON_HOLD',
    'SCHEDULED',
    'REQUEST_DECLINED',
    'FULFILLMENT_NOT_REQUIRED',
    'SOMETHING_NEW',
  ])('%s is shown and decides nothing [shopify-state-02]', (displayFulfillmentStatus) => {
    expect(mapped({ displayFulfillmentStatus })).toMatchObject({
      status: 'open',
      holds: [],
      platformStatus: `PAID / ${displayFulfillmentStatus}`,
    })
  })
})

describe('an order that was cancelled', () => {
  test.each(['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'STAFF', 'OTHER', null])(
    'for the reason %s is cancelled as a whole [shopify-state-06]',
    (cancelReason) => {
      const order = mapped({ cancelledAt: '2026-11-24T08:00:00Z', cancelReason })

      expect(order).toMatchObject({ status: 'cancelled', holds: [], lines: [{ cancelledQuantity: 2 }] })
      expect(order.platformStatus).toBe(`PAID / UNFULFILLED / CANCELLED${cancelReason === null ? '' : ` ${cancelReason}`}`)
    },
  )
})

describe('an order that comes back', () => {
  test.each(['RETURN_REQUESTED', 'IN_PROGRESS', 'INSPECTION_COMPLETE', 'RETURNED', 'RETURN_FAILED', 'SOMETHING_NEW'])(
    'in the state %s stays shipped and says so [shopify-state-07]',
    (returnStatus) => {
      const order = mapped({
        returnStatus,
        lineItems: listOf(lineJson({ currentQuantity: 1, unfulfilledQuantity: 0 })),
        fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED' }, { 1: 0 })),
        fulfillments: [fulfillmentJson()],
      })

      expect(order).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 2, cancelledQuantity: 0 }] })
      expect(order.platformStatus).toContain(`return ${returnStatus}`)
    },
  )
})
