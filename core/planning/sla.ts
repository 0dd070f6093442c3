import type { Order, OrderState } from '../model/order.ts'
import { addMs, earliest, type Instant, latest } from '../value/instant.ts'
import { type Hours, lastHandOver, nextHandOver } from './cutoff.ts'

/** How an order stands to its ship-by: `none` there is nothing to watch. */
export type SlaState = 'none' | 'on-time' | 'at-risk' | 'breached'

/** What a person needs to do something about it. */
const warningMs = 4 * 3_600_000
/** The ship-by up to which an order can be at risk now: what is due later can still be handed over in good time. */
export function slaHorizon(warehouses: readonly Hours[], now: Instant): Instant {
  const soon = addMs(now, warningMs)
  return warehouses.map((each) => nextHandOver(each, soon)).reduce(latest, soon)
}

const unshippedStates: ReadonlySet<OrderState> = new Set(['open', 'in-fulfillment', 'partially-shipped'])

/**
 * Whether an order can still leave in time. `warehouses` are those that may ship it; the earliest cut-off
 * counts. What a warehouse works on already is at risk only shortly before its ship-by.
 */
export function slaState(order: Pick<Order, 'state' | 'shipBy'>, warehouses: readonly Hours[], now: Instant): SlaState {
  const { state, shipBy } = order
  if (shipBy === undefined || !unshippedStates.has(state)) return 'none'
  if (shipBy < now) return 'breached'
  const deadline = state === 'in-fulfillment' ? shipBy : warehouses.map((each) => lastHandOver(each, shipBy)).reduce(earliest, shipBy)
  return addMs(deadline, -warningMs) < now ? 'at-risk' : 'on-time'
}
