import { type Dossier, isHeldBack, liveFulfillmentOrders, openHolds } from '../planning/dossier.ts'
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
  const { order, effects } = dossier
  if (ends.has(order.state) || isHeldBack(dossier) || order.planDueAt !== undefined) return true
  // The platform has the next step, and polling will see it.
  if (order.platformState === 'awaiting-payment' || order.lines.length === 0) return true
  if (effects.some((effect) => effect.nextAttemptAt !== undefined || effect.state === 'inflight')) return true
  // What is left of the order waits for stock, and nothing that is planned of it stands here.
  if (openHolds(dossier).length > 0) return liveFulfillmentOrders(dossier).every((item) => item.status !== 'planned')
  // The warehouse has the next step, and tracking will see it.
  return liveFulfillmentOrders(dossier).some((item) => item.status !== 'planned' && item.status !== 'shipped')
}
