import type { OrderTotals } from '../../../core/model/order.ts'
import { addMoney, type Money, money, sumMoney, zero } from '../../../core/value/money.ts'
import { type Doubts, readOrDoubt } from '../../shared/doubts.ts'
import { type Amount, closeTotals, readMoney } from '../../shared/money.ts'
import type { EbayAmount, EbayOrder } from '../schema.ts'

/**
 * `tax` is whatever eBay adds beyond items, delivery and discounts: seller's tax, fees and the tax that eBay
 * collects, which TAX_BREAKDOWN includes in the total. Discounts of the summary are negative numbers.
 */
export function totalsOf(order: EbayOrder, doubts: Doubts): OrderTotals | undefined {
  const summary = order.pricingSummary
  const grand = readOrDoubt(doubts, () => readMoney(summary?.total, 'pricingSummary.total', doubts))
  if (!grand) return undefined
  const { currency } = grand
  const costs = order.lineItems.map((line) => line.lineItemCost)
  const deliveries = summary?.deliveryCost ? [summary.deliveryCost] : order.lineItems.map((line) => line.deliveryCost?.shippingCost)
  const amounts = [...Object.values(summary ?? {}), ...costs, ...deliveries].filter((amount) => amount !== undefined)
  if (amounts.some((amount) => inCurrency(amount, currency) === undefined)) {
    doubts.push(`amounts in several currencies, ${currency} among them`)
    return undefined
  }
  const read = (amount: EbayAmount | undefined): Money =>
    readOrDoubt(doubts, () => readMoney(amount && inCurrency(amount, currency), 'pricingSummary', doubts)) ?? zero(currency)
  const adjustment = read(summary?.adjustment)
  const subtotal = summary?.priceSubtotal ? read(summary.priceSubtotal) : sumMoney(costs.map(read), currency)
  const reductions = [read(summary?.priceDiscount), read(summary?.deliveryDiscount), least(adjustment)]
  const discount = money(
    reductions.reduce((sum, part) => sum + Math.abs(part.minorUnits), 0),
    currency,
  )
  const items = adjustment.minorUnits > 0 ? addMoney(subtotal, adjustment) : subtotal
  return closeTotals({ items, shipping: sumMoney(deliveries.map(read), currency), discount, grand })
}

/** The amount in the currency of the order, converted or as it was before; undefined when it has neither. */
export function inCurrency(amount: EbayAmount, currency: string): Amount | undefined {
  return [amount, amount.from].find((candidate) => candidate?.currency === currency)
}

function least(adjustment: Money): Money {
  return adjustment.minorUnits < 0 ? adjustment : zero(adjustment.currency)
}
