import type { Hold } from '../model/hold.ts'
import { type Order, type OrderLine, type OrderSnapshot, type PersonalData, type PlatformHold, reasonNotToShip } from '../model/order.ts'
import { reconcileHolds, type WantedHold } from '../model/reconcile-holds.ts'
import type { Shop } from '../model/shop.ts'
import type { OrderEvent } from '../ports/storage.ts'
import { contentHash } from '../value/hash.ts'
import { orderNumber } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'

export interface IntakeContext {
  readonly shop: Shop
  readonly now: Instant
}

export type Intake =
  /** Older than what is stored, or the same: nothing is written. */
  | { readonly result: 'unchanged' | 'stale' }
  /** The platform moved its time and nothing else: remembered, so that no older reading can slip in later. */
  | { readonly result: 'touched'; readonly order: Order }
  | {
      readonly result: 'new' | 'changed'
      readonly order: Order
      readonly holds: readonly Hold[]
      readonly events: readonly OrderEvent[]
    }

/**
 * Makes one reading of a platform part of the canonical order. Nothing older overwrites newer, an
 * operator's edits stay, and withheld personal data never blanks what is stored. What follows from the
 * change (withdrawing, re-planning, cancelling) is the plan lane's; here it only becomes due.
 */
export function applySnapshot(
  stored: Order | undefined,
  openHolds: readonly Hold[],
  snapshot: OrderSnapshot,
  context: IntakeContext,
): Intake {
  const hash = snapshotHash(snapshot)
  if (stored && snapshot.updatedAt < stored.updatedAt) return { result: 'stale' }
  if (stored && hash === stored.contentHash) {
    if (snapshot.updatedAt === stored.updatedAt) return { result: 'unchanged' }
    return { result: 'touched', order: { ...stored, updatedAt: snapshot.updatedAt, version: stored.version + 1 } }
  }
  const order = stored ? changedOrder(stored, snapshot, hash, context) : newOrder(snapshot, hash, context)
  const holds = reconcileHolds({
    order,
    existing: openHolds,
    wanted: wantedHolds(order, snapshot.holds, context.shop),
    governs: (hold) => hold.source === 'platform' || hold.reason === 'before-cutover',
    now: context.now,
  })
  const events = stored ? changeEvents(stored, order, context.now) : [importedEvent(order, context.now)]
  return { result: stored ? 'changed' : 'new', order, holds, events }
}

/** Equal for two readings that mean the same; the payload, the reading's time and shipments do not count. */
export function snapshotHash(snapshot: OrderSnapshot): string {
  const { raw: _raw, updatedAt: _updatedAt, shipments: _shipments, ...content } = snapshot
  return contentHash(content)
}

function newOrder(snapshot: OrderSnapshot, hash: string, { shop, now }: IntakeContext): Order {
  const { raw: _raw, holds: _holds, shipments: _shipments, status, personalWithheld: _withheld, lines, ...rest } = snapshot
  return {
    ...rest,
    orderNo: orderNumber(shop.id, snapshot.platformOrderId),
    clientId: shop.clientId,
    shop: shop.id,
    platform: shop.platform,
    state: 'open',
    platformState: status,
    lines: lines.map((line) => ({ ...line, resolved: [] })),
    edits: {},
    importedAt: now,
    changedAt: now,
    planDueAt: now,
    contentHash: hash,
    version: 1,
  }
}

function changedOrder(stored: Order, snapshot: OrderSnapshot, hash: string, context: IntakeContext): Order {
  const fresh = newOrder(snapshot, hash, context)
  return {
    ...fresh,
    personal: snapshot.personalWithheld ? keepPersonal(stored.personal, snapshot.personal) : snapshot.personal,
    lines: fresh.lines.map((line) => keepResolution(stored.lines, line)),
    state: stored.state,
    edits: stored.edits,
    importedAt: stored.importedAt,
    version: stored.version + 1,
  }
}

function keepPersonal(stored: PersonalData, read: PersonalData): PersonalData {
  const shipTo = read.shipTo ? { ...stored.shipTo, ...read.shipTo } : stored.shipTo
  return {
    ...(shipTo && { shipTo }),
    buyer: { ...stored.buyer, ...read.buyer },
    notes: { ...stored.notes, ...read.notes },
  }
}

/** A line keeps its mapping while its listing stays the same; the plan lane maps what is empty. */
function keepResolution(stored: readonly OrderLine[], line: OrderLine): OrderLine {
  const before = stored.find((other) => other.platformLineId === line.platformLineId)
  const sameListing =
    before && before.channelSku === line.channelSku && before.itemId === line.itemId && before.variantId === line.variantId
  return sameListing ? { ...line, resolved: before.resolved } : line
}

function wantedHolds(order: Order, platformHolds: readonly PlatformHold[], shop: Shop): readonly WantedHold[] {
  if (reasonNotToShip(order) !== undefined) return []
  const wanted: WantedHold[] = platformHolds.map((hold) => ({
    ...hold,
    source: 'platform',
    subject: '',
    release: { mode: 'when-condition' },
  }))
  const toShip = order.platformState === 'open' || order.platformState === 'partially-shipped' || order.platformState === 'awaiting-payment'
  if (toShip && order.purchasedAt < shop.since) {
    const detail = `bought ${order.purchasedAt}, before shop ${shop.id} was taken over (since ${shop.since}): recorded, not pushed`
    wanted.push({ reason: 'before-cutover', source: 'system', subject: '', detail, release: { mode: 'manual' } })
  }
  return wanted
}

function importedEvent(order: Order, at: Instant): OrderEvent {
  const data = { platformStatus: order.platformStatus, platformState: order.platformState, lines: order.lines.length }
  return { type: 'imported', at, data: order.ignoredReason === undefined ? data : { ...data, ignoredReason: order.ignoredReason } }
}

function changeEvents(before: Order, after: Order, at: Instant): readonly OrderEvent[] {
  const changed: string[] = []
  if (before.platformStatus !== after.platformStatus) changed.push('status')
  if (before.paymentState !== after.paymentState) changed.push('payment')
  if (contentHash(before.personal.shipTo ?? null) !== contentHash(after.personal.shipTo ?? null)) changed.push('address')
  if (contentHash(quantities(before)) !== contentHash(quantities(after))) changed.push('quantities')
  const data = { changed, from: before.platformStatus, to: after.platformStatus }
  return [{ type: 'changed-on-platform', at, data }]
}

function quantities(order: Order): unknown {
  return order.lines.map((line) => [line.platformLineId, line.quantity, line.cancelledQuantity, line.shippedQuantity])
}
