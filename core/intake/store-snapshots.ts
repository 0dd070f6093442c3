import { verifyByReading } from '../effects/verify.ts'
import type { Hold } from '../model/hold.ts'
import type { Order, OrderSnapshot } from '../model/order.ts'
import type { Stores } from '../ports/storage.ts'
import { applySnapshot, type Intake, type IntakeContext } from './apply-snapshot.ts'
import { sentBefore } from './opened-again.ts'

export interface StoredCounts {
  readonly new: number
  readonly changed: number
  /** Set aside with their payload, because they could not be made part of an order. */
  readonly rejected: number
}

/**
 * Stores a page's readings: orders, payloads, holds, events, and what the readings prove about our write-backs. A
 * reading that defeats us is set aside and keeps none of the others.
 */
export async function storeSnapshots(stores: Stores, snapshots: readonly OrderSnapshot[], context: IntakeContext): Promise<StoredCounts> {
  const counts = { new: 0, changed: 0, rejected: 0 }
  const newest = newestOfEach(snapshots)
  const ids = newest.map((snapshot) => snapshot.platformOrderId)
  const known = new Map((await stores.orders.findMany(context.shop.id, ids)).map((order) => [order.platformOrderId, order]))
  const holds = await holdsByOrder(stores, [...known.values()])
  await stores.rejected.clear(context.shop.id, ids)
  const rescheduled: string[] = []
  for (const snapshot of newest) {
    const stored = known.get(snapshot.platformOrderId)
    const before = stored && (await sentBefore(stores, stored, snapshot))
    const own = stored ? (holds.get(stored.orderNo) ?? []) : []
    const intake = attempt(() => applySnapshot(stored, own, snapshot, { ...context, sentBefore: before }))
    if ('failure' in intake) {
      counts.rejected += 1
      const { platformOrderId, raw: payload } = snapshot
      await stores.rejected.save({ account: context.shop.id, platformOrderId, reason: intake.failure, payload }, context.now)
      continue
    }
    if (intake.result === 'touched') await stores.orders.save(intake.order)
    if (intake.result === 'new' || intake.result === 'changed') {
      counts[intake.result] += 1
      await stores.orders.save(intake.order)
      await stores.payloads.append(intake.order.orderNo, snapshot.raw, context.now)
      for (const hold of intake.holds) await stores.holds.save(hold)
      await stores.events.append(intake.order.orderNo, [...intake.events, ...holdEvents(intake.holds, context.now)])
    }
    if (stored && 'order' in intake && intake.order.shipBy !== stored.shipBy) rescheduled.push(stored.orderNo)
    if (stored && snapshot.shipments && intake.result !== 'stale')
      await verifyByReading(stores, stored.orderNo, snapshot.shipments, context.now)
  }
  if (rescheduled.length > 0) await stores.effects.refreshUrgency(rescheduled)
  return counts
}

function attempt(apply: () => Intake): Intake | { readonly failure: string } {
  try {
    return apply()
  } catch (error) {
    return { failure: `the reading could not be made part of the order: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** One event per hold that was placed or released. */
export function holdEvents(holds: readonly Hold[], at: IntakeContext['now']) {
  return holds.map((hold) => ({
    type: hold.releasedAt === undefined ? 'hold-placed' : 'hold-released',
    at,
    data: {
      reason: hold.reason,
      subject: hold.subject,
      detail: hold.detail,
      ...(hold.releasedBy !== undefined && { by: hold.releasedBy }),
    },
  }))
}

/** A page may bring an order twice; the newer reading counts. */
function newestOfEach(snapshots: readonly OrderSnapshot[]): readonly OrderSnapshot[] {
  const newest = new Map<string, OrderSnapshot>()
  for (const snapshot of snapshots) {
    const other = newest.get(snapshot.platformOrderId)
    if (!other || snapshot.updatedAt >= other.updatedAt) newest.set(snapshot.platformOrderId, snapshot)
  }
  return [...newest.values()]
}

async function holdsByOrder(stores: Stores, orders: readonly Order[]): Promise<ReadonlyMap<string, readonly Hold[]>> {
  const byOrder = new Map<string, Hold[]>()
  for (const hold of await stores.holds.forOrders(orders.map((order) => order.orderNo))) {
    byOrder.set(hold.orderNo, [...(byOrder.get(hold.orderNo) ?? []), hold])
  }
  return byOrder
}
