import { isOpen } from '../model/reconcile-holds.ts'
import { type Dossier, liveFulfillmentOrders } from '../planning/dossier.ts'
import type { Evidence, Violation } from './evidence.ts'

/** I11: no order stands still without a next step, an end, or a hold that can be seen. */
export function checkProgress(evidence: Evidence): readonly Violation[] {
  const idle = evidence.dossiers.filter((dossier) => !isExplained(dossier))
  return idle.map(({ order }) => ({
    invariant: 'I11',
    subject: `${order.shop}/${order.platformOrderId}`,
    message: `stands still in state ${order.state} without a next step or a hold`,
  }))
}

const ends: ReadonlySet<string> = new Set(['completed', 'cancelled', 'ignored'])

function isExplained(dossier: Dossier): boolean {
  const { order, effects, holds } = dossier
  if (ends.has(order.state) || holds.some(isOpen) || order.planDueAt !== undefined) return true
  // The platform has the next step, and polling will see it.
  if (order.platformState === 'awaiting-payment') return true
  if (effects.some((effect) => effect.nextAttemptAt !== undefined || effect.state === 'inflight')) return true
  // The warehouse has the next step, and tracking will see it.
  return liveFulfillmentOrders(dossier).some((item) => item.status !== 'planned' && item.status !== 'shipped')
}
