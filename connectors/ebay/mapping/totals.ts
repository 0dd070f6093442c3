import { SyncError } from '../../../core/errors.ts'
import type { OrderTotals } from '../../../core/model/order.ts'
import { addMoney, type Money, money, sumMoney, zero } from '../../../core/value/money.ts'
import { type Doubts, readOrDoubt } from '../../shared/doubts.ts'
import { type Amount, closeTotals, parseRounded, readMoney } from '../../shared/money.ts'
import type { EbayAmount, EbayOrder } from '../schema.ts'

/**
 * `tax` is whatever eBay adds beyond items, delivery and discounts: seller's tax, fees and the tax that eBay
 * collects, which TAX_BREAKDOWN includes in the total. Discounts of the summary are negative numbers. One amount that
 * cannot be read in the currency of the total is a doubt, and then there are no totals.
 */
export function totalsOf({ pricingSummary: summary, lineItems }: EbayOrder, doubts: Doubts): OrderTotals | undefined {
  return readOrDoubt(doubts, () => {
    const grand = readMoney(summary.total, 'pricingSummary.total', doubts)
    if (!grand) return undefined
    const { currency } = grand
    const read = (amount: EbayAmount | undefined): Money => readIn(currency, amount) ?? zero(currency)
    const costs = lineItems.map((line) => read(line.lineItemCost))
    const subtotal = summary.priceSubtotal ? read(summary.priceSubtotal) : sumMoney(costs, currency)
    const deliveries = summary.deliveryCost ? [summary.deliveryCost] : lineItems.map((line) => line.deliveryCost.shippingCost)
    const adjustment = read(summary.adjustment)
    const [surcharge, rebate] = adjustment.minorUnits > 0 ? [adjustment, zero(currency)] : [zero(currency), adjustment]
    const reductions = [read(summary.priceDiscount), read(summary.deliveryDiscount), rebate].map(absolute)
    return closeTotals({
      items: addMoney(subtotal, surcharge),
      shipping: sumMoney(deliveries.map(read), currency),
      discount: sumMoney(reductions, currency),
      grand,
    })
  })
}

function readIn(currency: string, amount: EbayAmount | undefined): Money | undefined {
  const own = inCurrency(amount, currency)
  if (!amount || own) return own && parseRounded(own.amount, own.currency)
  throw new SyncError('invalid-data', `amounts in several currencies, ${currency} among them`, { code: 'currencies-mixed' })
}

/** The amount in the currency of the order, converted or as it was before; undefined when it has neither. */
export function inCurrency(amount: EbayAmount | undefined, currency: string | undefined): Amount | undefined {
  return [amount, amount?.from].find((candidate) => candidate?.currency === currency)
}

function absolute({ minorUnits, currency }: Money): Money {
  return money(Math.abs(minorUnits), currency)
}
