import type { Warehouse } from '../model/warehouse.ts'
import type { AutoMerge } from '../rules/stages/merge.ts'
import { addMs, type Instant, latest } from '../value/instant.ts'
import { slaState } from './sla.ts'

/** What counts of an order when orders of one buyer are gathered. */
export interface Mergeable {
  readonly orderNo: string
  /** When it was paid, else bought. */
  readonly paidAt: Instant
  readonly shipBy: Instant | undefined
  /** Undefined when a product's weight is not known. */
  readonly grams: number | undefined
  readonly pieces: number
}

/**
 * The orders that travel together with this one, itself included, the oldest payment first. The first order opens a
 * window; the others join in the order of their payments as far as the caps allow. Who does not fit waits for the next
 * group, whose window is counted anew.
 */
export function groupOf<T extends Mergeable>(self: T, others: readonly T[], action: AutoMerge): readonly T[] {
  let rest = [self, ...others].toSorted(byPayment)
  for (;;) {
    const group = firstGroup(rest, action)
    if (group.length === 0 || group.includes(self)) return group
    rest = rest.filter((each) => !group.includes(each))
  }
}

/** Why an order can never travel with another one; undefined when it can. */
export function obstacleOf({ grams, pieces }: Mergeable, { maxWeightGrams, maxQuantity }: AutoMerge): string | undefined {
  if (maxWeightGrams !== undefined && grams === undefined) return 'the weight of its goods is not known'
  if (grams !== undefined && maxWeightGrams !== undefined && grams > maxWeightGrams) return 'it is heavier than the rule allows'
  return maxQuantity !== undefined && pieces > maxQuantity ? 'it has more pieces than the rule allows' : undefined
}

/** Until when a group is gathered: to the end of its window, unless an order would be at risk of leaving late then. */
export function gatheredUntil(
  group: readonly Mergeable[],
  { windowMs }: AutoMerge,
  { warehouses, now }: { readonly warehouses: readonly Warehouse[]; readonly now: Instant },
): Instant {
  const end = group.map((each) => addMs(each.paidAt, windowMs)).reduce((a, b) => (a < b ? a : b))
  const isUrgent = group.some(({ shipBy }) => {
    const standing = slaState({ state: 'open', ...(shipBy !== undefined && { shipBy }) }, warehouses, end)
    return standing === 'at-risk' || standing === 'breached'
  })
  return isUrgent ? now : latest(end, now)
}

function firstGroup<T extends Mergeable>(sorted: readonly T[], action: AutoMerge): readonly T[] {
  const group: T[] = []
  for (const each of sorted) {
    const until = addMs(group[0]?.paidAt ?? each.paidAt, action.windowMs)
    if (group.length === 0 || (each.paidAt <= until && isWithin([...group, each], action))) group.push(each)
  }
  return group
}

function isWithin(group: readonly Mergeable[], { maxOrders, maxWeightGrams, maxQuantity }: AutoMerge): boolean {
  const grams = group.reduce((sum, each) => sum + (each.grams ?? 0), 0)
  const pieces = group.reduce((sum, each) => sum + each.pieces, 0)
  return group.length <= maxOrders && grams <= (maxWeightGrams ?? grams) && pieces <= (maxQuantity ?? pieces)
}

function byPayment(a: Mergeable, b: Mergeable): number {
  return `${a.paidAt} ${a.orderNo}` < `${b.paidAt} ${b.orderNo}` ? -1 : 1
}
