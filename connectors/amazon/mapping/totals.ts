import { SyncError } from '../../../core/errors.ts'
import type { OrderTotals } from '../../../core/model/order.ts'
import { type Money, money, multiplyMoney, subtractMoney, sumMoney, zero } from '../../../core/value/money.ts'
import { type Doubts, readOrDoubt } from '../../shared/doubts.ts'
import { closeTotals, readMoney } from '../../shared/money.ts'
import type { AmazonItem, AmazonOrder } from '../schema.ts'

type Breakdowns = AmazonOrder['proceeds']['breakdowns']

/**
 * The sums of the order; undefined while Amazon shows no amounts (pending). Whether prices hold the tax depends on the
 * marketplace, and Amazon does not say: the grand total decides. Where there is none, the breakdowns of the order stand in
 * for it, and then its items; every category of a breakdown counts.
 */
export function totalsOf({ proceeds, orderItems }: AmazonOrder, doubts: Doubts): OrderTotals | undefined {
  return readOrDoubt(doubts, () => {
    const ofOrder = readParts(proceeds.breakdowns, doubts)
    const grand =
      readMoney(proceeds.grandTotal, 'proceeds.grandTotal', doubts) ??
      sumOf(ofOrder.map(({ value }) => value)) ??
      sumOf(orderItems.map((item) => totalOf(item, doubts)))
    if (grand === undefined) return undefined
    const { currency } = grand
    // The order's own sums win over those of its items.
    const parts = ofOrder.length > 0 ? ofOrder : orderItems.flatMap((item) => readParts(item.proceeds.breakdowns, doubts))
    const values = parts.map(({ value }) => value)
    if (values.some((value) => value !== undefined && value.currency !== currency))
      doubts.push(`Amazon gives a part of this order in another currency than its total, which is in ${currency}`)
    const sumIn = (amounts: readonly (Money | undefined)[]): Money => {
      const own = amounts.flatMap((amount) => (amount?.currency === currency ? [amount] : []))
      return sumMoney(own, currency)
    }
    const partsOf = (category: string) => parts.flatMap((part) => (part.category === category ? [part.value] : []))
    const items = partsOf('ITEM')
    return closeTotals(
      {
        items: sumIn(items.length > 0 ? items : orderItems.map((item) => priceOf(item, doubts))),
        shipping: sumIn(partsOf('SHIPPING')),
        discount: subtractMoney(zero(currency), sumIn(partsOf('DISCOUNT'))),
        grand,
      },
      { atMost: sumIn(partsOf('TAX')) },
    )
  })
}

function totalOf(item: AmazonItem, doubts: Doubts): Money | undefined {
  const { proceedsTotal, breakdowns } = item.proceeds
  const ofItem = () => sumOf(readParts(breakdowns, doubts).map(({ value }) => value))
  return readMoney(proceedsTotal, `item ${item.orderItemId}, proceedsTotal`, doubts) ?? ofItem() ?? priceOf(item, doubts)
}

function priceOf({ product, orderItemId, quantityOrdered }: AmazonItem, doubts: Doubts): Money | undefined {
  const unitPrice = readMoney(product.price.unitPrice, `item ${orderItemId}, unitPrice`, doubts)
  return unitPrice && multiplyMoney(unitPrice, quantityOrdered)
}

/** What is taken off is below zero: Amazon does not document the sign of DISCOUNT. */
function readParts(breakdowns: Breakdowns, doubts: Doubts) {
  return breakdowns.map(({ type, subtotal }) => {
    const value = readMoney(subtotal, `proceeds.breakdowns.${type}`, doubts)
    // Gift wrap, cash on delivery, tips and what Amazon adds to its list one day are shipping.
    const category = ['ITEM', 'TAX', 'DISCOUNT'].includes(type) ? type : 'SHIPPING'
    const isOff = value !== undefined && category === 'DISCOUNT'
    return { category, value: isOff ? money(-Math.abs(value.minorUnits), value.currency) : value }
  })
}

/** Undefined when there are none, or one is not known: a sum of the others would be too low. */
function sumOf(amounts: readonly (Money | undefined)[]): Money | undefined {
  const known = amounts.filter((amount) => amount !== undefined)
  const [first] = known
  if (first === undefined || known.length < amounts.length) return undefined
  if (known.some(({ currency }) => currency !== first.currency))
    throw new SyncError('invalid-data', 'Amazon gives the amounts of this order in several currencies', { code: 'currencies-mixed' })
  return sumMoney(known, first.currency)
}
