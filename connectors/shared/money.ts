import { SyncError } from '../../core/errors.ts'
import type { OrderTotals } from '../../core/model/order.ts'
import { addMoney, type Money, parseMoney, subtractMoney, zero } from '../../core/value/money.ts'
import type { Doubts } from './doubts.ts'

/** An amount as a platform sends it: decimal text, never a float. The schemas of the connectors give this form. */
export interface Amount {
  readonly amount: string
  readonly currency: string
}

/**
 * Undefined when absent, or in a currency that is not known here, which is a doubt. Throws `invalid-data`, with the
 * place, for an amount that is none.
 */
export function readMoney(value: Amount | undefined, place: string, doubts: Doubts): Money | undefined {
  if (value === undefined) return undefined
  try {
    return parseMoney(value.amount, value.currency)
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    if (error.code !== 'currency-unknown') {
      throw new SyncError('invalid-data', `${place}: ${error.message}`, { code: error.code, cause: error })
    }
    doubts.push(`currency "${value.currency}"`)
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
