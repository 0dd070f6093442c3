import type { PaymentState } from '../../../core/model/order.ts'

/** Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderPaymentStatusEnum (read 2026-11-22). */
export const paymentStates: Readonly<Record<string, PaymentState>> = {
  PAID: 'paid',
  PENDING: 'pending',
  FAILED: 'failed',
  PARTIALLY_REFUNDED: 'partially-refunded',
  FULLY_REFUNDED: 'refunded',
}

/** eBay writes CANCELED; both spellings are read. */
export const cancelledWords = new Set(['CANCELED', 'CANCELLED'])
