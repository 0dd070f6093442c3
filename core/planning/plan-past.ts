import { withListedCodes } from '../mapping/catalog-index.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Order } from '../model/order.ts'
import type { OrderTwin } from '../ports/storage.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { type Instant, latest } from '../value/instant.ts'
import type { LineUnits } from './demand.ts'
import type { Plan, PlanningInput } from './plan.ts'
import { planOrder } from './plan-order.ts'
import type { StockView } from './stock-view.ts'

/** A stored order with what was made of it. */
export interface PastOrder {
  readonly order: Order
  readonly fulfillmentOrders: readonly FulfillmentOrder[]
  /** An earlier order alike, for rules that ask for it. */
  readonly twin?: OrderTwin | undefined
}

/** What past orders are planned with, beside the rules. */
export interface PastConditions extends Pick<PlanningInput, 'catalog' | 'warehouses' | 'fx'> {
  checkFields(order: Order, ...what: Parameters<PlanningInput['checkFields']>): ReturnType<PlanningInput['checkFields']>
}

/** Whether rules had anything to say: the order was ours to ship. */
export function wasOurs({ ignoredReason, platformState }: Order): boolean {
  return ignoredReason === undefined && platformState !== 'cancelled' && platformState !== 'awaiting-payment'
}

/**
 * What these rules make of a past order, as a pure function of what was known then: whole, at the moment when
 * it was first decided, with its address and what a person chose for it. Today's stock does not count. Of an
 * order that was split, each warehouse has what it shipped; of all others every warehouse has everything.
 */
export function planPast(past: PastOrder, rules: RuleSet, conditions: PastConditions, now: Instant = firstDecided(past.order)): Plan {
  const { order, twin } = past
  const { catalog, warehouses, fx } = conditions
  const stock = stockThen(past)
  return planOrder({
    order,
    units: wholeUnits(order),
    catalog: withListedCodes(catalog, stock),
    stock,
    warehouses,
    rules,
    ...(fx && { fx }),
    ...(twin && { twin }),
    checkFields: (part, shipTo) => conditions.checkFields(order, part, shipTo),
    now,
  })
}

/** No order is decided before it is here and paid. */
function firstDecided({ importedAt, paidAt = importedAt }: Order): Instant {
  return latest(importedAt, paidAt)
}

function wholeUnits({ lines }: Order): LineUnits {
  const units = lines.map((line): [string, number] => [line.platformLineId, line.quantity - line.cancelledQuantity])
  return new Map(units.filter(([, quantity]) => quantity > 0))
}

/** More than anybody orders. */
const plenty = 1_000_000_000

function stockThen({ fulfillmentOrders }: PastOrder): StockView {
  const made = fulfillmentOrders.filter((item) => item.status !== 'cancelled')
  const lists: StockView['lists'] = (warehouse, wmsSku) =>
    made.some((item) => item.warehouse === warehouse && item.lines.some((line) => line.wmsSku === wmsSku))
  if (new Set(made.map((item) => item.warehouse)).size < 2) return { free: () => plenty, lists }
  return {
    lists,
    free: (warehouse, wmsSku) =>
      made
        .filter((item) => item.warehouse === warehouse)
        .flatMap((item) => item.lines)
        .filter((line) => line.wmsSku === wmsSku)
        .reduce((sum, line) => sum + line.quantity, 0),
  }
}
