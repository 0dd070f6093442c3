import type { OrderTotals } from '../../../core/model/order.ts'
import { addMoney, type Money, money, sumMoney, zero } from '../../../core/value/money.ts'
import { type Doubts, readOrDoubt } from '../../shared/doubts.ts'
import { type Amount, closeTotals, readMoney } from '../../shared/money.ts'
import type { EbayOrder } from '../schema.ts'

/**
 * `tax` is whatever eBay adds beyond items, delivery and discounts: seller's tax, fees and the tax that eBay
 * collects, which TAX_BREAKDOWN includes in the total. Discounts of the summary are negative numbers.
 */
export function totalsOf(order: EbayOrder, doubts: Doubts): OrderTotals | undefined {
  const summary = order.pricingSummary
  const known = (amount: Amount | undefined, place: string) => readOrDoubt(doubts, () => readMoney(amount, place, doubts))
  const grand = known(summary?.total, 'pricingSummary.total')
  if (!grand) return undefined
  const { currency } = grand
  const lineCosts = order.lineItems.map((line) => line.lineItemCost)
  const parts = [
    summary?.priceSubtotal,
    summary?.deliveryCost,
    summary?.adjustment,
    summary?.priceDiscount,
    summary?.deliveryDiscount,
    ...lineCosts,
  ]
  if (parts.some((part) => part !== undefined && part.currency !== currency)) {
    doubts.push(`amounts in several currencies, ${currency} among them`)
    return undefined
  }
  const read = (amount: Amount | undefined): Money => known(amount, 'pricingSummary') ?? zero(currency)
  const adjustment = read(summary?.adjustment)
  const subtotal = summary?.priceSubtotal ? read(summary.priceSubtotal) : sumMoney(lineCosts.map(read), currency)
  const items = adjustment.minorUnits > 0 ? addMoney(subtotal, adjustment) : subtotal
  const shipping = read(summary?.deliveryCost)
  const reductions = [
    read(summary?.priceDiscount),
    read(summary?.deliveryDiscount),
    adjustment.minorUnits < 0 ? adjustment : zero(currency),
  ]
  const discount = money(
    reductions.reduce((sum, part) => sum + Math.abs(part.minorUnits), 0),
    currency,
  )
  return closeTotals({ items, shipping, discount, grand })
}
