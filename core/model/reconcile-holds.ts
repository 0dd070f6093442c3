import type { Instant } from '../value/instant.ts'
import type { Hold } from './hold.ts'
import type { Order } from './order.ts'

export type WantedHold = Pick<Hold, 'reason' | 'source' | 'subject' | 'detail' | 'release'> & {
  /** When what it is about happened: what a person released before that was another occurrence. */
  readonly causedAt?: Instant
  /** No person can decide it away: it comes back while its cause lasts. */
  readonly isFact?: true
}

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
 * gone, updates a changed detail. What a person has overruled is not placed again. Returns only the rows
 * to be saved.
 */
export function reconcileHolds({ order, existing, wanted, governs, now }: HoldReconciliation): readonly Hold[] {
  const changes: Hold[] = []
  const open = existing.filter(isOpen)
  for (const want of wanted) {
    const current = open.find((hold) => isSame(hold, want))
    if (current?.detail === want.detail) continue
    if (!current && isOverruled(existing, want)) continue
    const { causedAt: _, isFact: __, ...hold } = want
    changes.push({ ...hold, orderNo: order.orderNo, clientId: order.clientId, placedAt: current?.placedAt ?? now })
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

/** Whether a person has released this hold for good. */
export function isOverruled(existing: readonly Hold[], want: WantedHold): boolean {
  if (want.isFact) return false
  return existing.some((hold) => isReleasedByPerson(hold) && isSame(hold, want) && isSince(hold, want.causedAt))
}

function isReleasedByPerson(hold: Hold): boolean {
  return !isOpen(hold) && hold.releasedBy !== 'system'
}

function isSince(hold: Hold, causedAt: Instant | undefined): boolean {
  return causedAt === undefined || (hold.releasedAt !== undefined && hold.releasedAt > causedAt)
}
