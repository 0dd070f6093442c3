import { newEffect } from '../effects/new-effect.ts'
import { wantedAgain, withdrawn } from '../effects/transitions.ts'
import type { Effect } from '../model/effect.ts'
import { type FulfillmentOrder, leadOf } from '../model/fulfillment-order.ts'
import { isSamePlace } from '../model/likeness.ts'
import { type Address, effectiveShipTo, type Order, reasonNotToShip } from '../model/order.ts'
import { contentHash } from '../value/hash.ts'
import type { Instant } from '../value/instant.ts'
import { allocatedUnits, demandedUnits, unitsOf } from './demand.ts'
import { type Dossier, effectKey, hasToWait, liveFulfillmentOrders } from './dossier.ts'

export interface Revision {
  readonly fulfillmentOrders: readonly FulfillmentOrder[]
  readonly effects: readonly Effect[]
  /** Fulfillment orders that never were and will not be: their reservations go. */
  readonly withdrawn: readonly string[]
  /** References that are to be stopped at the warehouse. */
  readonly intercepted: readonly string[]
}

/**
 * Compares what was decided with what the order is now, and takes back what no longer fits: a
 * fulfillment order that was never sent is withdrawn, one that was is intercepted at the warehouse. What is only
 * mapped otherwise by now is taken back as long as nobody has tried to send it.
 */
export function revise(dossier: Dossier, now: Instant, isRemapped: (item: FulfillmentOrder) => boolean = () => false): Revision {
  const changes: { fulfillmentOrders: FulfillmentOrder[]; effects: Effect[]; withdrawn: string[]; intercepted: string[] } = {
    fulfillmentOrders: [],
    effects: [],
    withdrawn: [],
    intercepted: [],
  }
  for (const { item: fulfillmentOrder, because } of unwanted(dossier, isRemapped)) {
    const create = createOf(dossier, fulfillmentOrder)
    if (create?.state === 'planned') {
      changes.fulfillmentOrders.push(changed(fulfillmentOrder, { status: 'cancelled' }, now))
      changes.effects.push(withdrawn(create, now))
      changes.withdrawn.push(fulfillmentOrder.foNo)
    } else if (fulfillmentOrder.cancelRequestedAt === undefined || fulfillmentOrder.cancelRequestedFor !== undefined) {
      const { cancelRequestedFor: _, ...own } = fulfillmentOrder
      const intercepted = changed(own, { cancelRequestedAt: now, cancelReason: because }, now)
      changes.fulfillmentOrders.push(intercepted)
      changes.intercepted.push(fulfillmentOrder.reference)
      const isAsked = dossier.effects.some((effect) => effect.key === effectKey.cancel(fulfillmentOrder.reference))
      if (create?.state === 'confirmed' && !isAsked) changes.effects.push(cancelEffect(intercepted, create.orderNo, now))
    }
  }
  changes.fulfillmentOrders.push(...declaredShipped(dossier).map((item) => ended(item, now)))
  changes.effects.push(...silencedReports(dossier).map((effect) => wantedAgain(effect, now)))
  return changes
}

const cancelledThere = 'cancelled-there'
const recordsItself = 'records-itself'

/** Why the platform takes no report of this order's packages now. A report withdrawn for it is made when the reason is gone. */
export function whyNotReported(order: Order): { readonly code: string; readonly message: string } | undefined {
  const { platform, platformState, noWriteBackReason } = order
  if (platformState === 'cancelled')
    return { code: cancelledThere, message: `the order is cancelled on ${platform}, which takes no shipment for it` }
  return noWriteBackReason === undefined ? undefined : { code: recordsItself, message: noWriteBackReason }
}

function silencedReports({ order, effects }: Dossier): readonly Effect[] {
  if (whyNotReported(order)) return []
  return effects.filter(
    ({ kind, state, errorCode }) =>
      kind === 'confirm-shipment' && state === 'withdrawn' && (errorCode === cancelledThere || errorCode === recordsItself),
  )
}

/** The order to stop a fulfillment order at its warehouse. One per reference, under the order that its create stands under. */
export function cancelEffect(fulfillmentOrder: FulfillmentOrder, orderNo: string, now: Instant): Effect {
  return newEffect({
    key: effectKey.cancel(fulfillmentOrder.reference),
    kind: 'wms-cancel',
    account: fulfillmentOrder.account,
    clientId: fulfillmentOrder.clientId,
    orderNo,
    foNo: leadOf(fulfillmentOrder),
    payload: {
      reference: fulfillmentOrder.reference,
      wmsOrderNo: fulfillmentOrder.wmsOrderNo ?? '',
      reason: fulfillmentOrder.cancelReason ?? notWanted,
    },
    now,
  })
}

const notWanted = 'its pieces are not wanted any more'

/** What is taken back and why, as a warehouse is told that has it: without what a person wrote. */
interface Unwanted {
  readonly item: FulfillmentOrder
  readonly because: string
}

function unwanted(dossier: Dossier, isRemapped: (item: FulfillmentOrder) => boolean): readonly Unwanted[] {
  const declared = declaredShipped(dossier)
  const unshipped = liveFulfillmentOrders(dossier).filter((item) => item.status !== 'shipped' && !declared.includes(item))
  const reason = whyNothingIsWanted(dossier.order)
  if (reason !== undefined) return unshipped.map((item) => ({ item, because: reason }))
  const misdirected = unshipped.filter((item) => goesElsewhere(dossier, item) || (isUntried(dossier, item) && isRemapped(item)))
  const rest = unshipped.filter((item) => !misdirected.includes(item))
  const others = new Set([...rest.filter((item) => mustWait(dossier, item)), ...surplus(dossier, rest)])
  return [
    ...misdirected.map((item) => ({ item, because: isReaddressed(dossier, item) ? 'the address of the order was changed' : notWanted })),
    ...[...others].map((item) => ({ item, because: notWanted })),
  ]
}

function whyNothingIsWanted(order: Order): string | undefined {
  if (order.platformState === 'cancelled') return 'the order was cancelled on the platform'
  if (order.edits.closed?.as === 'shipped') return 'the order was shipped elsewhere'
  if (order.edits.closed) return 'the seller does not ship the order any more'
  return reasonNotToShip(order) === undefined ? undefined : 'the order is not to be shipped from here'
}

/** By the warehouse's word it has left without a tracking number, and a person has declared the order shipped. */
function declaredShipped(dossier: Dossier): readonly FulfillmentOrder[] {
  if (dossier.order.edits.closed?.as !== 'shipped') return []
  return liveFulfillmentOrders(dossier).filter((item) => item.unnumberedSince !== undefined && !item.merged)
}

function ended({ unnumberedSince, problem: _, ...item }: FulfillmentOrder, now: Instant): FulfillmentOrder {
  return changed(item, { status: 'shipped', shippedAt: unnumberedSince ?? now }, now)
}

/** Planned for another address or, by hand, for another warehouse or service than is wanted now. */
function goesElsewhere(dossier: Dossier, fulfillmentOrder: FulfillmentOrder): boolean {
  if (isReaddressed(dossier, fulfillmentOrder)) return true
  const { warehouse = fulfillmentOrder.warehouse, service = fulfillmentOrder.service } = dossier.order.edits
  return fulfillmentOrder.status === 'planned' && (warehouse !== fulfillmentOrder.warehouse || service !== fulfillmentOrder.service)
}

function isReaddressed(dossier: Dossier, fulfillmentOrder: FulfillmentOrder): boolean {
  const sentTo = (createOf(dossier, fulfillmentOrder)?.payload as { readonly shipTo?: Address } | undefined)?.shipTo
  const shipTo = effectiveShipTo(dossier.order)
  // What travels in another order's parcel goes where that one goes, however that one is spelled.
  const isShare = leadOf(fulfillmentOrder) !== fulfillmentOrder.foNo
  const isSame = (a: Address, b: Address): boolean => (isShare ? isSamePlace(a, b) : contentHash(a) === contentHash(b))
  return shipTo !== undefined && sentTo !== undefined && !isSame(sentTo, shipTo)
}

/** Never tried, and the order has a reason to wait: decided again when the reason is gone. */
function mustWait(dossier: Dossier, fulfillmentOrder: FulfillmentOrder): boolean {
  // To be stopped, and it turned out that the warehouse never got it.
  if (fulfillmentOrder.cancelRequestedAt !== undefined) return isUnsent(dossier, fulfillmentOrder)
  return isUntried(dossier, fulfillmentOrder) && hasToWait(dossier)
}

/**
 * What was tried and not seen there may still come up at the warehouse under its reference. A reason to wait, or another
 * mapping, is no reason to leave that reference: sent again, it is the same order to the warehouse.
 */
function isUntried(dossier: Dossier, item: FulfillmentOrder): boolean {
  return isUnsent(dossier, item) && createOf(dossier, item)?.armedAt === undefined
}

function isUnsent(dossier: Dossier, fulfillmentOrder: FulfillmentOrder): boolean {
  return fulfillmentOrder.status === 'planned' && createOf(dossier, fulfillmentOrder)?.state === 'planned'
}

function createOf({ effects }: Dossier, { reference }: FulfillmentOrder): Effect | undefined {
  return effects.find((effect) => effect.key === effectKey.create(reference))
}

/** More units than are still demanded: the latest fulfillment orders go first. */
function surplus(dossier: Dossier, candidates: readonly FulfillmentOrder[]): readonly FulfillmentOrder[] {
  const demanded = demandedUnits(dossier)
  let kept = dossier.fulfillmentOrders
  const dropped: FulfillmentOrder[] = []
  for (const candidate of [...candidates].reverse()) {
    const allocated = allocatedUnits(kept)
    const isTooMuch = [...unitsOf(candidate).keys()].some((line) => (allocated.get(line) ?? 0) > (demanded.get(line) ?? 0))
    if (!isTooMuch) continue
    dropped.push(candidate)
    kept = kept.filter((other) => other !== candidate)
  }
  return dropped
}

/** The next version of a fulfillment order. */
export function changed(fulfillmentOrder: FulfillmentOrder, change: Partial<FulfillmentOrder>, now: Instant): FulfillmentOrder {
  return { ...fulfillmentOrder, ...change, changedAt: now, version: fulfillmentOrder.version + 1 }
}
