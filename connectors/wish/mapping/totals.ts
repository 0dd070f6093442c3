import { SyncError } from '../../../core/errors.ts'
import type { OrderTotals } from '../../../core/model/order.ts'
import { addMoney, type Money, multiplyMoney, parseMoney, subtractMoney, zero } from '../../../core/value/money.ts'
import { type Doubts, readOrDoubt } from '../../shared/doubts.ts'
import type { Amount } from '../../shared/money.ts'
import type { WishOrder } from '../schema.ts'

export interface Prices {
  readonly unit?: Money
  readonly totals?: OrderTotals
}

/** All prices are per unit. Tax counts only where the merchant collects it. What cannot be read is a doubt. */
export function pricesOf(order: WishOrder, quantity: number, doubts: Doubts): Prices {
  const details = order.order_payment?.general_payment_details
  const price = details?.product_price
  if (price === undefined) return {}
  const prices = readOrDoubt(doubts, () => {
    const unit = parseMoney(price.amount, price.currency)
    const items = multiplyMoney(unit, quantity)
    const shipping = multiplyMoney(amountIn(unit.currency, details?.product_shipping_price), quantity)
    const discounted = details?.discounted_price === undefined ? unit : amountIn(unit.currency, details.discounted_price)
    const isLower = discounted.minorUnits < unit.minorUnits
    const discount = isLower ? multiplyMoney(subtractMoney(unit, discounted), quantity) : zero(unit.currency)
    const tax = merchantTax(order, unit.currency)
    const grand = subtractMoney(addMoney(addMoney(items, shipping), tax), discount)
    return { unit, totals: { items, shipping, tax, discount, grand } }
  })
  return prices ?? {}
}

function amountIn(currency: string, value: Amount | undefined): Money {
  if (value === undefined) return zero(currency)
  if (value.currency === currency) return parseMoney(value.amount, value.currency)
  throw new SyncError('invalid-data', `prices in ${currency} and ${value.currency} in one order`, { code: 'currency-mixed' })
}

function merchantTax(order: WishOrder, currency: string): Money {
  let tax = zero(currency)
  for (const item of order.tax_information?.transaction_tax ?? []) {
    if (item.remit_type !== 'MERCHANT_REMIT' || item.tax_type !== 'TRANSACTION_TAX') continue
    tax = addMoney(tax, amountIn(currency, item.tax_amount_in_merchant_currency))
  }
  return tax
}
