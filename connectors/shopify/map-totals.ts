import type { OrderTotals } from '../../core/model/order.ts'
import { addMoney, isCurrency, type Money, multiplyMoney, parseMoney, subtractMoney, sumMoney, zero } from '../../core/value/money.ts'
import type { ShopifyOrder } from './schema.ts'

/**
 * Sums in the shop's currency, as placed. What Shopify adds to the total under no name of its own here
 * (duties, fees, tips) goes to tax; what it takes off goes to discount, so that the sum always holds.
 */
export function totalsOf(order: ShopifyOrder): OrderTotals | undefined {
  const grand = knownMoney(order.totalPriceSet.shopMoney)
  if (!grand) return undefined
  const { currency } = grand
  const amount = (bag: ShopifyOrder['totalTaxSet']): Money => (bag ? parseMoney(bag.shopMoney.amount, currency) : zero(currency))
  const items = sumMoney(
    order.lineItems.nodes.map((line) => multiplyMoney(amount(line.originalUnitPriceSet), line.quantity)),
    currency,
  )
  const shipping = amount(order.totalShippingPriceSet)
  const tax = order.taxesIncluded ? zero(currency) : amount(order.totalTaxSet)
  const discount = amount(order.totalDiscountsSet)
  const rest = subtractMoney(addMoney(grand, discount), addMoney(addMoney(items, shipping), tax))
  if (rest.minorUnits >= 0) return { items, shipping, tax: addMoney(tax, rest), discount, grand }
  return { items, shipping, tax, discount: subtractMoney(discount, rest), grand }
}

/** Undefined for a currency that is not known here; the order then has a hold that says so. */
export function knownMoney(value: { readonly amount: string; readonly currencyCode: string }): Money | undefined {
  return isCurrency(value.currencyCode) ? parseMoney(value.amount, value.currencyCode) : undefined
}
