import { SyncError } from '../../core/errors.ts'
import type { OrderTotals } from '../../core/model/order.ts'
import { addMoney, type Money, multiplyMoney, parseMoney, subtractMoney, zero } from '../../core/value/money.ts'
import type { WishMoney, WishOrder } from './schema.ts'

export interface Prices {
  readonly unit?: Money
  readonly totals?: OrderTotals
  readonly problem?: string
}

/** All prices are per unit. Tax counts only where the merchant collects it. */
export function pricesOf(order: WishOrder, quantity: number): Prices {
  const details = order.order_payment?.general_payment_details
  if (details?.product_price === undefined) return {}
  try {
    const unit = amountOf(details.product_price)
    const items = multiplyMoney(unit, quantity)
    const shipping = multiplyMoney(amountIn(unit.currency, details.product_shipping_price), quantity)
    const discounted = details.discounted_price === undefined ? unit : amountIn(unit.currency, details.discounted_price)
    const discount =
      discounted.minorUnits < unit.minorUnits ? multiplyMoney(subtractMoney(unit, discounted), quantity) : zero(unit.currency)
    const tax = merchantTax(order, unit.currency)
    const grand = subtractMoney(addMoney(addMoney(items, shipping), tax), discount)
    return { unit, totals: { items, shipping, tax, discount, grand } }
  } catch (error) {
    if (error instanceof SyncError && error.kind === 'invalid-data') return { problem: error.message }
    throw error
  }
}

function amountOf(value: WishMoney): Money {
  return parseMoney(value.amount, value.currency_code)
}

function amountIn(currency: string, value: WishMoney | undefined): Money {
  if (value === undefined) return zero(currency)
  if (value.currency_code === currency) return amountOf(value)
  throw new SyncError('invalid-data', `prices in ${currency} and ${value.currency_code} in one order`, { code: 'currency-mixed' })
}

function merchantTax(order: WishOrder, currency: string): Money {
  let tax = zero(currency)
  for (const item of order.tax_information?.transaction_tax ?? []) {
    if (item.remit_type !== 'MERCHANT_REMIT' || item.tax_type !== 'TRANSACTION_TAX') continue
    tax = addMoney(tax, amountIn(currency, item.tax_amount_in_merchant_currency))
  }
  return tax
}
