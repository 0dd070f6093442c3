import { convertMoney } from '../rules/fx.ts'
import type { Money } from '../value/money.ts'
import type { PlanningInput } from './plan.ts'

type Rates = Pick<PlanningInput, 'fx' | 'now'>

/** The price in another currency, at the rate of today; undefined without a price or a rate. */
export function priceIn(currency: string, price: Money | undefined, { fx, now }: Rates): number | undefined {
  return price && convertMoney(price, currency, now, fx)?.minorUnits
}

/** Those that cost least, in their order, of those that can be compared with the first; the first alone when it has no price. */
export function leastCostly<T>(items: readonly T[], priceOf: (item: T) => Money | undefined, rates: Rates): readonly T[] {
  const [first] = items
  const currency = first && priceOf(first)?.currency
  if (first === undefined || currency === undefined) return items.slice(0, 1)
  const prices = items.map((item) => priceIn(currency, priceOf(item), rates) ?? Number.POSITIVE_INFINITY)
  const lowest = Math.min(...prices)
  return items.filter((_, index) => prices[index] === lowest)
}

/** Whether every two of them can be compared. */
export function areComparable<T>(items: readonly T[], priceOf: (item: T) => Money | undefined, rates: Rates): boolean {
  const currency = items[0] && priceOf(items[0])?.currency
  return currency !== undefined && items.every((item) => priceIn(currency, priceOf(item), rates) !== undefined)
}
