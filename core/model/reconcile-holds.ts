import type { Instant } from '../value/instant.ts'
import type { Hold } from './hold.ts'
import type { Order } from './order.ts'

export type WantedHold = Pick<Hold, 'reason' | 'source' | 'subject' | 'detail' | 'release'>

export interface HoldReconciliation {
  readonly order: Pick<Order, 'orderNo' | 'clientId'>
  /** Holds of the order, open and released. */
  readonly existing: readonly Hold[]
  /** What must be open now. */
  readonly wanted: readonly WantedHold[]
  /** Which open holds this caller answers for: those it does not want any more are released. */
  governs(hold: Hold): boolean
  readonly now: Instant
}

/**
 * Makes the open holds of an order what they must be: places missing ones, releases those whose cause is
 * gone, updates a changed detail. A hold that a person released is not placed again for the same reason
 * and subject. Returns only the rows to be saved.
 */
export function reconcileHolds({ order, existing, wanted, governs, now }: HoldReconciliation): readonly Hold[] {
  const changes: Hold[] = []
  const open = existing.filter(isOpen)
  for (const want of wanted) {
    const current = open.find((hold) => isSame(hold, want))
    if (current?.detail === want.detail) continue
    if (!current && wasReleasedByPerson(existing, want)) continue
    changes.push({ ...want, orderNo: order.orderNo, clientId: order.clientId, placedAt: current?.placedAt ?? now })
  }
  for (const hold of open) {
    if (!governs(hold) || wanted.some((want) => isSame(hold, want))) continue
    changes.push({ ...hold, releasedAt: now, releasedBy: 'system' })
  }
  return changes
}

export function isOpen(hold: Hold): boolean {
  return hold.releasedAt === undefined
}

/** The holds as they are once the changes are saved. */
export function withChanges(existing: readonly Hold[], changes: readonly Hold[]): readonly Hold[] {
  const untouched = existing.filter((hold) => !isOpen(hold) || !changes.some((change) => isSame(hold, change)))
  return [...untouched, ...changes]
}

/** Releases one hold by a person or by the product. */
export function releasedHold(hold: Hold, by: string, now: Instant): Hold {
  return { ...hold, releasedAt: now, releasedBy: by }
}

function isSame(a: Pick<Hold, 'reason' | 'subject'>, b: Pick<Hold, 'reason' | 'subject'>): boolean {
  return a.reason === b.reason && a.subject === b.subject
}

function wasReleasedByPerson(existing: readonly Hold[], want: WantedHold): boolean {
  return existing.some((hold) => !isOpen(hold) && hold.releasedBy !== 'system' && isSame(hold, want))
}
