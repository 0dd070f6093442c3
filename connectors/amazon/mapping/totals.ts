import type { OrderTotals } from '../../../core/model/order.ts'
import { type Money, money, multiplyMoney, sumMoney } from '../../../core/value/money.ts'
import type { Doubts } from '../../shared/doubts.ts'
import { closeTotals, readMoney } from '../../shared/money.ts'
import type { AmazonOrder } from '../schema.ts'

/**
 * The sums of the order; undefined while Amazon shows no total (pending, replacements). Whether prices hold
 * the tax depends on the marketplace, and Amazon does not say: the grand total decides.
 */
export function totalsOf(order: AmazonOrder, doubts: Doubts): OrderTotals | undefined {
  const grand = readGrandTotal(order, doubts)
  const parts = grand && readParts(order, grand.currency, doubts)
  if (grand === undefined || parts === undefined) return undefined
  const { currency } = grand
  const valuesOf = (category: string) => parts.flatMap((part) => (part.category === category ? [part.value] : []))
  const items = valuesOf('ITEM')
  return closeTotals(
    {
      items: sumMoney(items.length > 0 ? items : unitPricesOf(order, currency, doubts), currency),
      shipping: sumMoney(valuesOf('SHIPPING'), currency),
      // The sign of DISCOUNT is not documented.
      discount: money(Math.abs(sumMoney(valuesOf('DISCOUNT'), currency).minorUnits), currency),
      grand,
    },
    { atMost: sumMoney(valuesOf('TAX'), currency) },
  )
}

function readGrandTotal({ proceeds, orderItems }: AmazonOrder, doubts: Doubts): Money | undefined {
  if (proceeds.grandTotal) return readMoney(proceeds.grandTotal, 'proceeds.grandTotal', doubts)
  const totals = orderItems.map((item, index) =>
    readMoney(item.proceeds.proceedsTotal, `orderItems.${index}.proceeds.proceedsTotal`, doubts),
  )
  const currency = totals[0]?.currency
  if (currency === undefined || totals.some((total) => total?.currency !== currency)) return undefined
  return sumMoney(
    totals.flatMap((total) => total ?? []),
    currency,
  )
}

/** Undefined when a part is in another currency than the total. The order's own sums win over those of its items. */
function readParts({ proceeds, orderItems }: AmazonOrder, currency: string, doubts: Doubts) {
  const breakdowns = proceeds.breakdowns.length > 0 ? proceeds.breakdowns : orderItems.flatMap((item) => item.proceeds.breakdowns)
  const parts = breakdowns.flatMap(({ type, subtotal }) => {
    const value = readMoney(subtotal, `proceeds.breakdowns.${type}`, doubts)
    // Gift wrap, cash on delivery, tips and what Amazon adds to its list one day are shipping.
    const category = ['ITEM', 'TAX', 'DISCOUNT'].includes(type) ? type : 'SHIPPING'
    return value?.currency === currency ? [{ category, value }] : []
  })
  if (parts.length === breakdowns.length) return parts
  doubts.push(`Amazon gives a part of this order in another currency than its total, which is in ${currency}`)
  return undefined
}

function unitPricesOf({ orderItems }: AmazonOrder, currency: string, doubts: Doubts): readonly Money[] {
  return orderItems.flatMap(({ product, quantityOrdered }) => {
    const unitPrice = readMoney(product.price.unitPrice, 'product.price.unitPrice', doubts)
    return unitPrice?.currency === currency ? [multiplyMoney(unitPrice, quantityOrdered)] : []
  })
}
