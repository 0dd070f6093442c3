import type { Order, OrderState } from '../model/order.ts'
import type { Warehouse } from '../model/warehouse.ts'
import { addMs, earliest, type Instant } from '../value/instant.ts'
import { nextCutoff } from './cutoff.ts'

/** How an order stands to its ship-by: `none` there is nothing to watch. */
export type SlaState = 'none' | 'on-time' | 'at-risk' | 'breached'

type Hours = Pick<Warehouse, 'timezone' | 'cutoff'>

const dayMs = 86_400_000
/** What a person needs to do something about it. */
const warningMs = 4 * 3_600_000
/** An order can be at risk so long before its ship-by: the last cut-off is at most a day earlier. */
export const slaHorizonMs = dayMs + warningMs

const unshippedStates: ReadonlySet<OrderState> = new Set(['open', 'in-fulfillment', 'partially-shipped'])

/**
 * Whether an order can still leave in time. `warehouses` are those that may ship it; the earliest cut-off
 * counts. What a warehouse works on already is at risk only shortly before its ship-by.
 */
export function slaState(order: Pick<Order, 'state' | 'shipBy'>, warehouses: readonly Hours[], now: Instant): SlaState {
  const { state, shipBy } = order
  if (shipBy === undefined || !unshippedStates.has(state)) return 'none'
  if (shipBy < now) return 'breached'
  const deadline = state === 'in-fulfillment' ? shipBy : warehouses.map((each) => handOverBy(shipBy, each)).reduce(earliest, shipBy)
  return addMs(deadline, -warningMs) < now ? 'at-risk' : 'on-time'
}

/** The last moment at which a warehouse takes an order so that it leaves by its ship-by: its last cut-off before. */
export function handOverBy(shipBy: Instant, warehouse: Hours): Instant {
  const found = nextCutoff(warehouse, addMs(shipBy, -dayMs)) ?? shipBy
  // When the clocks go back, a day has 25 hours.
  return found <= shipBy ? found : (nextCutoff(warehouse, addMs(shipBy, -2 * dayMs)) ?? shipBy)
}
