import type { PaymentState } from '../../../core/model/order.ts'
import type { ShopifyOrder } from '../schema.ts'

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderDisplayFinancialStatus (read 2026-11-22). */
const paymentStates: Readonly<Record<string, PaymentState>> = {
  PENDING: 'pending',
  AUTHORIZED: 'pending',
  PARTIALLY_PAID: 'pending',
  PAID: 'paid',
  PARTIALLY_REFUNDED: 'partially-refunded',
  REFUNDED: 'refunded',
  VOIDED: 'failed',
  EXPIRED: 'failed',
}

/** Undefined for a word that is not known here. */
export function paymentStateOf(word: string | undefined): PaymentState | undefined {
  return paymentStates[word ?? '']
}

/** What the admin shows of an order: payment, fulfillment, and a return or a cancellation when there is one. */
export function platformStatusOf(order: ShopifyOrder): string {
  const { returnStatus, cancelReason } = order
  const returned = returnStatus !== undefined && returnStatus !== 'NO_RETURN' && `return ${returnStatus}`
  const cancelled = order.cancelledAt !== undefined && ['CANCELLED', cancelReason].filter(Boolean).join(' ')
  return [order.displayFinancialStatus, order.displayFulfillmentStatus, returned, cancelled].filter(Boolean).join(' / ')
}
