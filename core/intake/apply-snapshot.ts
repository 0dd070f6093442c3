import type { Hold } from '../model/hold.ts'
import {
  type Address,
  type Order,
  type OrderLine,
  type OrderSnapshot,
  type PersonalData,
  type PlatformHold,
  reasonToLeaveRules,
} from '../model/order.ts'
import { reconcileHolds, type WantedHold } from '../model/reconcile-holds.ts'
import type { Shop } from '../model/shop.ts'
import { cutoverHolds } from '../planning/shop-holds.ts'
import type { OrderEvent } from '../ports/storage.ts'
import { contentHash } from '../value/hash.ts'
import { orderNumber } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import { mayBeSamePostcode } from '../value/postcode.ts'
import { isOpenedAgainHold, openedAgainHolds } from './opened-again.ts'

export interface IntakeContext {
  readonly shop: Shop
  readonly now: Instant
  /** What was sent for an order that this reading shows opened again. */
  readonly sentBefore?: string | undefined
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
 * change (withdrawing, re-planning, cancelling) is the plan lane's; here it only becomes due. `holds` are
 * those of the order, open and released.
 */
export function applySnapshot(stored: Order | undefined, holds: readonly Hold[], snapshot: OrderSnapshot, context: IntakeContext): Intake {
  const hash = snapshotHash(snapshot)
  if (stored && snapshot.updatedAt < stored.updatedAt) return { result: 'stale' }
  if (stored && hash === stored.contentHash) {
    if (snapshot.updatedAt === stored.updatedAt) return { result: 'unchanged' }
    return { result: 'touched', order: { ...stored, updatedAt: snapshot.updatedAt, version: stored.version + 1 } }
  }
  const order = stored ? changedOrder(stored, snapshot, hash, context) : newOrder(snapshot, hash, context)
  const changes = reconcileHolds({
    order,
    existing: holds,
    wanted: wantedHolds(order, snapshot, holds, context),
    governs: (hold) => hold.source === 'platform' || hold.reason === 'before-cutover' || isOpenedAgainHold(hold),
    now: context.now,
  })
  const events = stored ? changeEvents(stored, order, context.now) : [importedEvent(order, context.now)]
  return { result: stored ? 'changed' : 'new', order, holds: changes, events }
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
  const lines = fresh.lines.map((line) => keepResolution(stored.lines, line))
  return {
    ...fresh,
    lines,
    ...(snapshot.personalWithheld && withStoredPersonal(stored, { ...fresh, lines })),
    state: stored.state,
    edits: stored.edits,
    ...(stored.ruled && { ruled: stored.ruled }),
    importedAt: stored.importedAt,
    version: stored.version + 1,
  }
}

/** Everything about a person as it was stored, completed by what this reading does show. */
function withStoredPersonal(stored: Order, read: Order): Pick<Order, 'personal' | 'taxIds' | 'lines'> {
  const shipTo = keepAddress(stored.personal.shipTo, read.personal.shipTo)
  const personal: PersonalData = {
    ...(shipTo && { shipTo }),
    buyer: { ...stored.personal.buyer, ...read.personal.buyer },
    notes: { ...stored.personal.notes, ...read.personal.notes },
  }
  const lines = read.lines.map((line) => ({ ...customizationOf(stored, line.platformLineId), ...line }))
  return { personal, taxIds: { ...stored.taxIds, ...read.taxIds }, lines }
}

/** The old street in a new place is nobody's address: then only what was read now counts. */
function keepAddress(stored: Address | undefined, read: Address | undefined): Address | undefined {
  if (!stored || !read) return read ?? stored
  const isSamePlace = stored.country === read.country && mayBeSamePostcode(stored.postcode, read.postcode)
  return isSamePlace ? { ...stored, ...read } : read
}

function customizationOf(stored: Order, platformLineId: string): { readonly customization?: string } {
  const customization = stored.lines.find((line) => line.platformLineId === platformLineId)?.customization
  return customization === undefined ? {} : { customization }
}

/** A line keeps its mapping while its listing stays the same; the plan lane maps what is empty. */
function keepResolution(stored: readonly OrderLine[], line: OrderLine): OrderLine {
  const before = stored.find((other) => other.platformLineId === line.platformLineId)
  const sameListing =
    before && before.channelSku === line.channelSku && before.itemId === line.itemId && before.variantId === line.variantId
  if (!sameListing) return line
  const { resolved, mappingRevision } = before
  return { ...line, resolved, ...(mappingRevision !== undefined && { mappingRevision }) }
}

function wantedHolds(order: Order, snapshot: OrderSnapshot, existing: readonly Hold[], context: IntakeContext): readonly WantedHold[] {
  // Where nothing is left to ship, nothing has to wait. What a rule ignores may be ours again when the rule goes.
  if (reasonToLeaveRules(order) !== undefined || order.platformState === 'cancelled' || order.platformState === 'shipped') return []
  // At most one hold is open per reason: it names every cause.
  const wanted = [...Map.groupBy(snapshot.holds, ({ reason }) => reason)].map(
    ([reason, holds]): WantedHold => ({
      reason,
      source: 'platform',
      subject: '',
      detail: [...new Set(holds.map(({ detail }) => detail))].join('; '),
      release: { mode: 'when-condition' },
      ...lastCause(holds),
    }),
  )
  return [...wanted, ...cutoverHolds(order, context.shop), ...openedAgainHolds(snapshot, existing, context)]
}

function lastCause(holds: readonly PlatformHold[]): { readonly causedAt?: Instant } {
  const causedAt = holds
    .flatMap((hold) => hold.causedAt ?? [])
    .toSorted()
    .at(-1)
  return causedAt === undefined ? {} : { causedAt }
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
