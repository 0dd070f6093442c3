import type { OrderTotals } from '../../../core/model/order.ts'
import { addMoney, type Money, money, multiplyMoney, sumMoney, zero } from '../../../core/value/money.ts'
import type { Doubts } from '../../shared/doubts.ts'
import { closeTotals, readMoney } from '../../shared/money.ts'
import type { AmazonOrder } from '../schema.ts'

/**
 * The sums of the order; undefined while Amazon shows no total (pending, replacements). Whether prices hold
 * the tax depends on the marketplace, and Amazon does not say: the grand total decides.
 */
export function totalsOf(order: AmazonOrder, doubts: Doubts): OrderTotals | undefined {
  const grand = readGrandTotal(order, doubts)
  if (grand === undefined) return undefined
  const sums = sumByCategory(order, grand.currency, doubts)
  if (sums === undefined) return undefined
  const sumOf = (...categories: string[]) =>
    sumMoney(
      categories.flatMap((name) => sums.get(name) ?? []),
      grand.currency,
    )
  const items = sums.has('ITEM') ? sumOf('ITEM') : sumOfUnitPrices(order, grand.currency, doubts)
  const shipping = sumOf('SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'DELIVERY_TIP', 'OTHER')
  // The sign of DISCOUNT is not documented.
  const discount = money(Math.abs(sumOf('DISCOUNT').minorUnits), grand.currency)
  return closeTotals({ items, shipping, discount, grand }, { atMost: sumOf('TAX') })
}

function readGrandTotal(order: AmazonOrder, doubts: Doubts): Money | undefined {
  if (order.proceeds?.grandTotal) return readMoney(order.proceeds.grandTotal, 'proceeds.grandTotal', doubts)
  const totals: Money[] = []
  for (const [index, item] of order.orderItems.entries()) {
    const total = readMoney(item.proceeds?.proceedsTotal, `orderItems.${index}.proceeds.proceedsTotal`, doubts)
    if (total === undefined) return undefined
    totals.push(total)
  }
  const currency = totals[0]?.currency
  return currency !== undefined && totals.every((total) => total.currency === currency) ? sumMoney(totals, currency) : undefined
}

/** Undefined when a part is in another currency than the total. The order's own sums win over those of its items. */
function sumByCategory(order: AmazonOrder, currency: string, doubts: Doubts): Map<string, Money> | undefined {
  const ofItems = order.orderItems.flatMap((item) => item.proceeds?.breakdowns ?? [])
  const parts = order.proceeds?.breakdowns?.length ? order.proceeds.breakdowns : ofItems
  const sums = new Map<string, Money>()
  for (const part of parts) {
    const value = readMoney(part.subtotal, `proceeds.breakdowns.${part.type}`, doubts)
    if (value === undefined) return undefined
    if (value.currency !== currency) {
      doubts.push(`Amazon mixes the currencies ${currency} and ${value.currency} in one order`)
      return undefined
    }
    const category = knownCategories.has(part.type) ? part.type : 'OTHER'
    sums.set(category, addMoney(sums.get(category) ?? zero(currency), value))
  }
  return sums
}

const knownCategories = new Set(['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'TAX', 'DISCOUNT', 'DELIVERY_TIP', 'OTHER'])

function sumOfUnitPrices(order: AmazonOrder, currency: string, doubts: Doubts): Money {
  const prices: Money[] = []
  for (const item of order.orderItems) {
    const unitPrice = readMoney(item.product.price?.unitPrice, 'product.price.unitPrice', doubts)
    if (unitPrice?.currency === currency) prices.push(multiplyMoney(unitPrice, item.quantityOrdered))
  }
  return sumMoney(prices, currency)
}
