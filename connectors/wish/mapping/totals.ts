import { SyncError } from '../../../core/errors.ts'
import { addMoney, type Money, multiplyMoney, subtractMoney, sumMoney, zero } from '../../../core/value/money.ts'
import { type Doubts, readOrDoubt } from '../../shared/doubts.ts'
import { type Amount, parseRounded } from '../../shared/money.ts'
import type { WishOrder } from '../schema.ts'

/** All prices are per unit; Wish calls its amounts floats. Tax counts only where the merchant collects it. What cannot be read is a doubt. */
export function pricesOf(order: WishOrder, quantity: number, doubts: Doubts) {
  const { product_price, discounted_price, product_shipping_price } = order.order_payment?.general_payment_details ?? {}
  if (product_price === undefined) return undefined
  return readOrDoubt(doubts, () => {
    const unit = parseRounded(product_price.amount, product_price.currency)
    const items = multiplyMoney(unit, quantity)
    const shipping = multiplyMoney(amountIn(unit.currency, product_shipping_price), quantity)
    const discounted = discounted_price === undefined ? unit : amountIn(unit.currency, discounted_price)
    const isLower = discounted.minorUnits < unit.minorUnits
    const discount = isLower ? multiplyMoney(subtractMoney(unit, discounted), quantity) : zero(unit.currency)
    const tax = merchantTax(order, unit.currency)
    const grand = subtractMoney(addMoney(addMoney(items, shipping), tax), discount)
    return { unit, totals: { items, shipping, tax, discount, grand } }
  })
}

function amountIn(currency: string, value: Amount | undefined): Money {
  if (value === undefined) return zero(currency)
  if (value.currency === currency) return parseRounded(value.amount, value.currency)
  throw new SyncError('invalid-data', `prices in ${currency} and ${value.currency} in one order`, { code: 'currency-mixed' })
}

function merchantTax(order: WishOrder, currency: string): Money {
  const taxes = order.tax_information?.transaction_tax ?? []
  const collected = taxes.filter(({ remit_type, tax_type }) => remit_type === 'MERCHANT_REMIT' && tax_type === 'TRANSACTION_TAX')
  const amounts = collected.map((tax) => amountIn(currency, tax.tax_amount_in_merchant_currency))
  return sumMoney(amounts, currency)
}
