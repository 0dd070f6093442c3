import type { PaymentState, SnapshotStatus } from '../../../core/model/order.ts'
import type { Doubts } from '../../shared/doubts.ts'
import type { EbayOrder } from '../schema.ts'

/** Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderPaymentStatusEnum (read 2026-11-22). */
export const paymentStates: Readonly<Record<string, PaymentState>> = {
  PAID: 'paid',
  PENDING: 'pending',
  FAILED: 'failed',
  PARTIALLY_REFUNDED: 'partially-refunded',
  FULLY_REFUNDED: 'refunded',
}

const fulfillmentWords = ['NOT_STARTED', 'IN_PROGRESS', 'FULFILLED']

export function isCancelled(order: EbayOrder): boolean {
  // eBay writes CANCELED; both spellings are read.
  return ['CANCELED', 'CANCELLED'].includes(order.cancelStatus?.cancelState ?? '')
}

/** Whether a request to cancel may be open, so that only getOrder, which shows the requests, can tell. */
export function mayBeCancelling(order: EbayOrder): boolean {
  return (order.cancelStatus?.cancelState ?? 'NONE_REQUESTED') !== 'NONE_REQUESTED' && !isCancelled(order)
}

/** Cancellation counts before payment, payment before fulfillment: a cancelled order may read FULFILLED as well. */
export function statusOf(order: EbayOrder): SnapshotStatus {
  if (isCancelled(order)) return 'cancelled'
  const payment = paymentStates[order.orderPaymentStatus ?? '']
  if (payment === undefined || payment === 'pending' || payment === 'failed') return 'awaiting-payment'
  if (order.orderFulfillmentStatus === 'FULFILLED') return 'shipped'
  return order.orderFulfillmentStatus === 'IN_PROGRESS' ? 'partially-shipped' : 'open'
}

export function platformStatusOf(order: EbayOrder): string {
  const cancel = order.cancelStatus?.cancelState ?? 'NONE_REQUESTED'
  const words = [order.orderPaymentStatus ?? '(none)', order.orderFulfillmentStatus ?? '(none)']
  return (cancel === 'NONE_REQUESTED' ? words : [...words, cancel]).join(' / ')
}

/** A word that nobody knows is a doubt. */
export function checkWords(order: EbayOrder, doubts: Doubts): void {
  const payment = order.orderPaymentStatus ?? '(missing)'
  if (paymentStates[payment] === undefined) doubts.push(`orderPaymentStatus ${payment}`)
  const fulfillment = order.orderFulfillmentStatus ?? '(missing)'
  if (!fulfillmentWords.includes(fulfillment)) doubts.push(`orderFulfillmentStatus ${fulfillment}`)
  for (const { lineItemFulfillmentStatus: word } of order.lineItems) {
    if (word !== undefined && !fulfillmentWords.includes(word)) doubts.push(`lineItemFulfillmentStatus ${word}`)
  }
  const cancel = order.cancelStatus?.cancelState
  if (mayBeCancelling(order) && cancel !== 'IN_PROGRESS') doubts.push(`cancelState ${cancel}`)
}
