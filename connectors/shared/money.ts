import { SyncError } from '../../core/errors.ts'
import type { OrderTotals } from '../../core/model/order.ts'
import { addMoney, currencyDigits, isCurrency, type Money, money, parseMoney, subtractMoney, zero } from '../../core/value/money.ts'
import type { Doubts } from './doubts.ts'

/** An amount as a platform sends it: decimal text, never a float. The schemas of the connectors give this form. */
export interface Amount {
  readonly amount: string
  readonly currency: string
}

/**
 * Reads the number of a platform exactly: decimal text as JSON writes numbers, exponents included, never a float. More
 * digits than the currency has, as in a quotient or a float of the platform's own, are rounded half up, away from zero.
 * Throws `invalid-data` (`amount-invalid`, `currency-unknown`).
 */
export function parseRounded(amount: string, currency: string): Money {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(amount.trim())
  if (!match || !isCurrency(currency)) return parseMoney(amount, currency)
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const point = whole.length + Number(exponent) + currencyDigits(currency)
  const kept = Math.max(0, point)
  const digits = `${'0'.repeat(kept - point)}${whole}${fraction}`.padEnd(kept + 1, '0')
  const units = Number(digits.slice(0, kept)) + (digits.charAt(kept) >= '5' ? 1 : 0)
  return money(sign === '-' ? -units : units, currency)
}

/** Undefined when absent, or when it cannot be read, which is a doubt: an order is never lost because of an amount. */
export function readMoney(value: Amount | undefined, place: string, doubts: Doubts): Money | undefined {
  if (value === undefined) return undefined
  try {
    return parseRounded(value.amount, value.currency)
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    doubts.push(error.code === 'currency-unknown' ? `currency "${value.currency}"` : `${place}: ${error.message}`)
    return undefined
  }
}

/** What a platform says about the tax of an order whose total it gives; zero and without limit when it says nothing. */
export interface DeclaredTax {
  readonly atLeast?: Money
  readonly atMost?: Money
}

/**
 * Sums that add up: the grand total decides, and tax is what it holds beyond items, shipping and discount. What is
 * more than `atMost` counts as shipping; what lacks to `atLeast` counts as discount.
 */
export function closeTotals(parts: Omit<OrderTotals, 'tax'>, declared: DeclaredTax = {}): OrderTotals {
  const { items, shipping, discount, grand } = parts
  const least = declared.atLeast ?? zero(grand.currency)
  const rest = addMoney(subtractMoney(subtractMoney(grand, items), shipping), discount)
  if (rest.minorUnits < least.minorUnits) {
    return { ...parts, tax: least, discount: addMoney(discount, subtractMoney(least, rest)) }
  }
  if (declared.atMost !== undefined && rest.minorUnits > declared.atMost.minorUnits) {
    return { ...parts, tax: declared.atMost, shipping: addMoney(shipping, subtractMoney(rest, declared.atMost)) }
  }
  return { ...parts, tax: rest }
}
