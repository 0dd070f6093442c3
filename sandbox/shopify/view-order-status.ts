import { fulfilledOf, openFulfillmentOrders, type ShopOrder, unfulfilledOf } from './state.ts'

interface Amounts {
  readonly items: number
  readonly discount: number
  readonly shipping: number
  readonly tax: number
  readonly grand: number
}

/** Sums of an order as placed and as it stands after edits and refunds, in minor units of the buyer's currency. */
export function amountsOf(order: ShopOrder): { placed: Amounts; current: Amounts; received: number; refunded: number } {
  const itemsBy = (quantity: 'quantity' | 'currentQuantity'): number =>
    order.lines.reduce((sum, line) => sum + line[quantity] * line.unitPrice, 0)
  const placed = sumUp(itemsBy('quantity'), order.discount, order.shipping, order.tax)
  const nothingLeft = order.lines.every((line) => line.currentQuantity === 0)
  const items = itemsBy('currentQuantity')
  const current = nothingLeft ? sumUp(0, 0, 0, 0) : sumUp(items, Math.min(order.discount, items), order.shipping, order.tax)
  const refunded = order.refunds.reduce((sum, refund) => sum + refund.amount, 0)
  const received = order.payment === 'pending' || order.payment === 'voided' ? 0 : placed.grand
  return { placed, current, received, refunded }
}

function sumUp(items: number, discount: number, shipping: number, tax: number): Amounts {
  return { items, discount, shipping, tax, grand: items - discount + shipping + tax }
}

/** An OrderDisplayFinancialStatus. */
export function financialStatus(order: ShopOrder): string {
  const words = {
    pending: 'PENDING',
    paid: 'PAID',
    'partially-refunded': 'PARTIALLY_REFUNDED',
    refunded: 'REFUNDED',
    voided: 'VOIDED',
  } as const
  return words[order.payment]
}

/** An OrderDisplayFulfillmentStatus. */
export function fulfillmentStatus(order: ShopOrder): string {
  const shipped = order.lines.some((line) => fulfilledOf(order, line) > 0)
  const remaining = order.lines.some((line) => unfulfilledOf(order, line) > 0)
  if (shipped) return remaining ? 'PARTIALLY_FULFILLED' : 'FULFILLED'
  const work = openFulfillmentOrders(order)
  if (work.some((entry) => entry.status === 'ON_HOLD')) return 'ON_HOLD'
  if (work.length > 0 && work.every((entry) => entry.status === 'SCHEDULED')) return 'SCHEDULED'
  return 'UNFULFILLED'
}
