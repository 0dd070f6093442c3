import type { OrderTotals } from '../../../core/model/order.ts'
import { type Money, multiplyMoney, sumMoney, zero } from '../../../core/value/money.ts'
import type { Doubts } from '../../shared/doubts.ts'
import { type Amount, closeTotals, readMoney } from '../../shared/money.ts'
import type { ShopifyOrder } from '../schema.ts'

/**
 * Sums in the shop's currency, as placed. What Shopify adds to the total under no name of its own here
 * (duties, fees, tips) goes to tax; what it takes off goes to discount, so that the sum always holds.
 */
export function totalsOf(order: ShopifyOrder, doubts: Doubts): OrderTotals | undefined {
  const grand = readMoney(order.totalPriceSet, 'totalPriceSet', doubts)
  if (!grand) return undefined
  const { currency } = grand
  const read = (value: Amount | undefined, place: string): Money =>
    readMoney(value && { ...value, currency }, place, doubts) ?? zero(currency)
  const prices = order.lineItems.map((line) => multiplyMoney(read(line.originalUnitPriceSet, 'originalUnitPriceSet'), line.quantity))
  const parts = {
    items: sumMoney(prices, currency),
    shipping: read(order.totalShippingPriceSet, 'totalShippingPriceSet'),
    discount: read(order.totalDiscountsSet, 'totalDiscountsSet'),
    grand,
  }
  return closeTotals(parts, { atLeast: order.taxesIncluded ? zero(currency) : read(order.totalTaxSet, 'totalTaxSet') })
}
