import type { PaymentState, SnapshotStatus } from '../../../core/model/order.ts'
import type { Doubts } from '../../shared/doubts.ts'
import type { EbayOrder } from '../schema.ts'

/** Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderPaymentStatusEnum (read 2026-11-22). */
const paymentStates: Readonly<Record<string, PaymentState>> = {
  PAID: 'paid',
  PENDING: 'pending',
  FAILED: 'failed',
  PARTIALLY_REFUNDED: 'partially-refunded',
  FULLY_REFUNDED: 'refunded',
}

/** What an order or a line that is paid is to us, by how far it has gone. */
const fulfillmentStates: Readonly<Record<string, SnapshotStatus>> = {
  NOT_STARTED: 'open',
  IN_PROGRESS: 'partially-shipped',
  FULFILLED: 'shipped',
}

/** eBay writes CANCELED; both spellings are read. */
const cancelledWords = ['CANCELED', 'CANCELLED']
const cancelWords = ['NONE_REQUESTED', 'IN_PROGRESS', ...cancelledWords]

export function isCancelled({ cancelStatus }: EbayOrder): boolean {
  return cancelledWords.includes(cancelStatus.cancelState)
}

/** Whether a request to cancel may be open, so that only getOrder, which shows the requests, can tell. */
export function mayBeCancelling(order: EbayOrder): boolean {
  return order.cancelStatus.cancelState !== 'NONE_REQUESTED' && !isCancelled(order)
}

export function paymentOf(order: EbayOrder): PaymentState {
  return paymentStates[order.orderPaymentStatus] ?? 'pending'
}

/**
 * Cancellation counts before payment, payment before fulfillment: a cancelled order may read FULFILLED as well. So may
 * one with units left.
 */
export function statusOf(order: EbayOrder, isUnitLeft = false): SnapshotStatus {
  if (isCancelled(order)) return 'cancelled'
  if (['pending', 'failed'].includes(paymentOf(order))) return 'awaiting-payment'
  const state = fulfillmentStates[order.orderFulfillmentStatus] ?? 'open'
  return state === 'shipped' && isUnitLeft ? 'partially-shipped' : state
}

export function platformStatusOf({ orderPaymentStatus, orderFulfillmentStatus, cancelStatus }: EbayOrder): string {
  const words = [orderPaymentStatus, orderFulfillmentStatus, cancelStatus.cancelState]
  return words.filter((word) => word !== 'NONE_REQUESTED').join(' / ')
}

/** A word that nobody knows is a doubt. */
export function checkWords(order: EbayOrder, doubts: Doubts): void {
  const { orderPaymentStatus: payment, orderFulfillmentStatus: fulfillment, cancelStatus, lineItems } = order
  if (!(payment in paymentStates)) doubts.push(`orderPaymentStatus ${payment}`)
  if (!(fulfillment in fulfillmentStates)) doubts.push(`orderFulfillmentStatus ${fulfillment}`)
  const unknown = lineItems.filter((line) => !(line.lineItemFulfillmentStatus in fulfillmentStates))
  doubts.push(...unknown.map((line) => `lineItemFulfillmentStatus ${line.lineItemFulfillmentStatus}`))
  if (!cancelWords.includes(cancelStatus.cancelState)) doubts.push(`cancelState ${cancelStatus.cancelState}`)
}
