import { holdEvents } from '../intake/store-snapshots.ts'
import type { Hold } from '../model/hold.ts'
import { reconcileHolds, type WantedHold, withChanges } from '../model/reconcile-holds.ts'
import type { OrderEvent, Stores } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'
import { deriveState } from './derive-state.ts'
import type { Dossier } from './dossier.ts'
import { progressHolds, progressReasons } from './progress-holds.ts'

/** When the plan lane must look at the order: not at all, at a time, or as it stands. */
export type PlanDue = Instant | 'never' | 'as-is'

/** Writes what follows from the facts: holds of progress and the order's state. Call it last in the transaction that changed them. */
export async function settleOrder(
  stores: Stores,
  dossier: Dossier,
  now: Instant,
  planDue: PlanDue = 'as-is',
  events: readonly OrderEvent[] = [],
): Promise<Dossier> {
  const held = await applyProgressHolds(stores, dossier, now)
  const state = deriveState(held)
  const stateEvents = state === held.order.state ? [] : [{ type: 'state', at: now, data: { from: held.order.state, to: state } }]
  if (events.length + stateEvents.length > 0) await stores.events.append(held.order.orderNo, [...events, ...stateEvents])
  const { planDueAt: before, ...rest } = held.order
  const planDueAt = planDue === 'as-is' ? before : planDue === 'never' ? undefined : planDue
  const order = { ...rest, state, changedAt: now, version: held.order.version + 1, ...(planDueAt !== undefined && { planDueAt }) }
  await stores.orders.save(order)
  return { ...held, order }
}

/** Makes the holds that follow from fulfillment orders and effects what these say now. */
export async function applyProgressHolds(stores: Stores, dossier: Dossier, now: Instant): Promise<Dossier> {
  return applyHolds(stores, dossier, progressHolds(dossier), isProgressHold, now)
}

/** Makes the governed holds of an order exactly the wanted ones. */
export async function applyHolds(
  stores: Stores,
  dossier: Dossier,
  wanted: readonly WantedHold[],
  governs: (hold: Hold) => boolean,
  now: Instant,
): Promise<Dossier> {
  const changes = reconcileHolds({ order: dossier.order, existing: dossier.holds, wanted, governs, now })
  if (changes.length === 0) return dossier
  for (const hold of changes) await stores.holds.save(hold)
  await stores.events.append(dossier.order.orderNo, holdEvents(changes, now))
  return { ...dossier, holds: withChanges(dossier.holds, changes) }
}

function isProgressHold(hold: Hold): boolean {
  return hold.source === 'system' && progressReasons.has(hold.reason)
}
