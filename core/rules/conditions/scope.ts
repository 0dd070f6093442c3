import type { Product } from '../../model/catalog.ts'
import type { OrderLine, ResolvedItem } from '../../model/order.ts'
import { type Address, effectiveShipTo } from '../../model/order.ts'
import { sidesOf } from '../../planning/measure-goods.ts'
import type { Money } from '../../value/money.ts'
import type { RuleFacts } from '../facts.ts'
import { convertMoney } from '../fx.ts'

/** An amount whose rate of exchange is not known: what depends on it cannot be told. */
export const noRate = Symbol('no rate')

export type Value = string | number | boolean | Money | readonly string[]
/** Undefined is absent: the order does not have it. */
export type Reading = Value | undefined | typeof noRate

/** What all goods of an order amount to; a figure is undefined when a product lacks it. */
export interface GoodsTotals {
  readonly totalQuantity: number
  readonly skuCount: number
  readonly weightGrams: number | undefined
  readonly volumeMm3: number | undefined
  readonly longestMm: number | undefined
  readonly girthMm: number | undefined
}

/** Facts with what is derived from them once, and the line that is being looked at. */
export interface Scope {
  readonly facts: RuleFacts
  readonly shipTo: Address | undefined
  readonly nowMs: number
  readonly lines: readonly OrderLine[]
  /** Undefined as long as a line is not mapped. */
  totals(): GoodsTotals | undefined
  /** One scope for each line and each of its parts; one for a line that is not mapped. */
  goods(): readonly Scope[]
  readonly line?: OrderLine
  readonly item?: ResolvedItem
}

export function scopeOf(facts: RuleFacts): Scope {
  const lines = facts.order.lines.filter((line) => liveUnits(line) > 0)
  let totals: { readonly value: GoodsTotals | undefined } | undefined
  let goods: readonly Scope[] | undefined
  const scope: Scope = {
    facts,
    shipTo: effectiveShipTo(facts.order),
    nowMs: Date.parse(facts.now),
    lines,
    totals: () => {
      totals ??= { value: totalsOf(lines, facts) }
      return totals.value
    },
    goods: () => {
      goods ??= lines.flatMap((line) =>
        line.resolved.length === 0 ? [lineScope(scope, line)] : line.resolved.map((item) => ({ ...lineScope(scope, line), item })),
      )
      return goods
    },
  }
  return scope
}

/** The scope in which the fields of this line can be asked. */
export function lineScope(scope: Scope, line: OrderLine): Scope {
  return { ...scope, line }
}

/** Units of a line that were not cancelled. */
export function liveUnits(line: Pick<OrderLine, 'quantity' | 'cancelledQuantity'>): number {
  return line.quantity - line.cancelledQuantity
}

export function productOf(scope: Scope): Product | undefined {
  return scope.item && scope.facts.products.get(scope.item.sku)
}

/** An amount of the order in US dollars, at the rate of the day of the purchase. */
export function inDollars(value: Money | undefined, { facts }: Scope): Money | undefined | typeof noRate {
  if (value === undefined) return undefined
  return convertMoney(value, 'USD', facts.order.purchasedAt, facts.fx) ?? noRate
}

function totalsOf(lines: readonly OrderLine[], facts: RuleFacts): GoodsTotals | undefined {
  if (lines.some((line) => line.resolved.length === 0)) return undefined
  const goods = lines.flatMap((line) => line.resolved.map((item) => ({ sku: item.sku, quantity: item.quantity * liveUnits(line) })))
  const pieces = goods.map(({ sku, quantity }) => ({ quantity, product: facts.products.get(sku) }))
  const sides = pieces.map(({ product }) => sidesOf(product))
  return {
    totalQuantity: goods.reduce((sum, { quantity }) => sum + quantity, 0),
    skuCount: new Set(goods.map(({ sku }) => sku)).size,
    weightGrams: total(pieces.map(({ quantity, product }) => times(product?.weightGrams, quantity))),
    volumeMm3: total(pieces.map(({ quantity }, index) => times(volumeOf(sides[index]), quantity))),
    longestMm: greatest(sides.map((each) => each?.[0])),
    girthMm: greatest(sides.map((each) => each && each[0] + 2 * (each[1] + each[2]))),
  }
}

function volumeOf(sides: readonly [number, number, number] | undefined): number | undefined {
  return sides && sides[0] * sides[1] * sides[2]
}

function times(value: number | undefined, quantity: number): number | undefined {
  return value === undefined ? undefined : value * quantity
}

function total(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>((sum, value) => (sum === undefined || value === undefined ? undefined : sum + value), 0)
}

function greatest(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (most, value) => (most === undefined || value === undefined ? undefined : Math.max(most, value)),
    0,
  )
}
