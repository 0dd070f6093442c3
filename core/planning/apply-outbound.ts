import { newEffect } from '../effects/new-effect.ts'
import { withdrawn } from '../effects/transitions.ts'
import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder, FulfillmentOrderStatus, Package } from '../model/fulfillment-order.ts'
import type { ShipmentConfirmation } from '../ports/connector.ts'
import type { OrderEvent, Stores } from '../ports/storage.ts'
import type { OutboundSnapshot } from '../ports/wms-adapter.ts'
import { addMs, type Instant, latest } from '../value/instant.ts'
import type { Operations } from '../world.ts'
import { correctedReport, correctionIn, reportsOf, withCorrection } from './corrections.ts'
import { type Dossier, effectKey, loadDossier } from './dossier.ts'
import { newPackages } from './packages.ts'
import { whyNotReported } from './revise.ts'
import { settleOrder } from './settle-order.ts'
import { sharePackages } from './share-packages.ts'

/**
 * Makes a warehouse's reading part of a fulfillment order, or of all that travel in one parcel: their state, their
 * problem, their new packages with one planned write-back each. Returns undefined when the reading says nothing new.
 */
export async function applyOutbound(
  stores: Stores,
  rows: readonly FulfillmentOrder[],
  snapshot: OutboundSnapshot,
  operations: Operations,
  now: Instant,
): Promise<{ readonly packages: number; readonly shop: string } | undefined> {
  const shares = sharePackages(rows, snapshot.packages)
  const isPacked = rows.some((row) => row.packages.length > 0)
  let applied: { packages: number; shop: string } | undefined
  for (const [index, row] of rows.entries()) {
    const share = { ...snapshot, packages: shares[index] ?? [] }
    const hasNews = shares.some((packages) => packages.length > 0)
    const one = await applyToOne(stores, row, share, { operations, now, isPacked, hasNews: rows.length > 1 && hasNews })
    if (one) applied = { packages: (applied?.packages ?? 0) + one.packages, shop: one.shop }
  }
  return applied
}

interface Reading {
  readonly operations: Operations
  readonly now: Instant
  /** Something of the parcel has left already. */
  readonly isPacked: boolean
  /** Something of a merged parcel leaves with this reading, whosever it is. */
  readonly hasNews: boolean
}

async function applyToOne(
  stores: Stores,
  fulfillmentOrder: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  { operations, now, isPacked, hasNews }: Reading,
): Promise<{ readonly packages: number; readonly shop: string } | undefined> {
  const dossier = await loadDossier(stores, fulfillmentOrder.orderNo)
  if (!dossier || fulfillmentOrder.status === 'planned') return undefined
  // A discarded order frees its reference: what is told of it says nothing of the one that has it now.
  if (snapshot.status === 'cancelled' && isAnother(fulfillmentOrder, snapshot)) return undefined
  const correction = correctionIn(fulfillmentOrder, snapshot.packages)
  const current = correction ? withCorrection(fulfillmentOrder, correction) : fulfillmentOrder
  const packages = newPackages(dossier, current, snapshot, operations)
  const read = withReading(current, snapshot, { packages, isPacked, hasNews: hasNews || packages.length > 0 }, now)
  const next = read ?? (correction && { ...current, changedAt: now, version: current.version + 1 })
  if (!next) return undefined
  await stores.fulfillmentOrders.save(next)
  const warehouse = operations.warehouses.find((candidate) => candidate.code === next.warehouse)
  // Where it is not configured now, the last look before the call completes the report, as it does with the carrier's word.
  const originCountry = warehouse?.country ?? ''
  for (const item of packages) await stores.effects.save(writeBack(dossier, next.foNo, item, originCountry, now))
  if (correction) {
    const report = writeBack(dossier, next.foNo, correction.item, originCountry, now)
    const earlier = reportsOf(dossier.effects, dossier.order.orderNo, correction.item.ordinal)
    await stores.effects.save(correctedReport(report, earlier, correction.replacedTrackingNumber))
  }
  if (next.status === 'cancelled') await freeStock(stores, next, now)
  const fresh = await loadDossier(stores, fulfillmentOrder.orderNo)
  // What was stopped leaves goods to be planned; what left although it was stopped may have been planned twice.
  const isDecisionDue = next.status === 'cancelled' || fulfillmentOrder.status === 'cancelled'
  if (fresh) await settleOrder(stores, fresh, now, isDecisionDue ? now : 'as-is', [readingEvent(next, packages, now)])
  return { packages: packages.length + (correction ? 1 : 0), shop: dossier.order.shop }
}

/** The goods of a stopped fulfillment order can be promised again: orders that waited for them are decided anew. */
export async function freeStock(stores: Stores, { foNo, clientId }: FulfillmentOrder, now: Instant): Promise<void> {
  await stores.stock.release(foNo)
  await stores.orders.wakePlan({ clientId, holdReasons: ['out-of-stock'] }, now)
}

const rank: Readonly<Record<FulfillmentOrderStatus, number>> = {
  planned: 0,
  accepted: 1,
  'wms-exception': 1,
  processing: 2,
  'partially-shipped': 3,
  shipped: 4,
  cancelled: 5,
}

/** The order that is told is another one than we know under this reference. */
function isAnother({ wmsOrderNo }: FulfillmentOrder, snapshot: OutboundSnapshot): boolean {
  return wmsOrderNo !== undefined && wmsOrderNo !== snapshot.wmsOrderNo
}

/** A living order contradicts the end of a stopped one when it is told later than that, or has taken over its reference. */
function isAlive(current: FulfillmentOrder, snapshot: OutboundSnapshot): boolean {
  return snapshot.status !== 'cancelled' && (isLater(current, snapshot) || isAnother(current, snapshot))
}

/** By the warehouse's own clock, where it tells the time. */
function isLater({ wmsUpdatedAt }: FulfillmentOrder, { updatedAt }: OutboundSnapshot): boolean {
  return updatedAt !== undefined && wmsUpdatedAt !== undefined && updatedAt > wmsUpdatedAt
}

/** After so long without a tracking number a person has to ask for it. */
const unnumberedMs = 86_400_000

/** Since when the warehouse says that it has left, and gives no number. */
function unnumberedTime(current: FulfillmentOrder, snapshot: OutboundSnapshot, now: Instant): Instant | undefined {
  if (snapshot.status === 'shipped') return current.unnumberedSince ?? now
  // A reading of before arrives late now and then.
  const isEarlierState = snapshot.status === 'processing' || snapshot.status === 'accepted'
  return isEarlierState && !isLater(current, snapshot) ? current.unnumberedSince : undefined
}

/** Shipped without a tracking number is not shipped yet: there is nothing to tell the buyer. */
function saidBy({ status = 'wms-exception' }: OutboundSnapshot, isUnnumbered: boolean, isOverdue: boolean): FulfillmentOrderStatus {
  if (isOverdue) return 'wms-exception'
  return isUnnumbered ? 'processing' : status
}

/**
 * The fulfillment order after the reading, or undefined when nothing is new. Of a reading that is older than
 * what is known, or contradicts an end, only its new packages count.
 */
function withReading(
  current: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  { packages, isPacked, hasNews }: Pick<Reading, 'isPacked' | 'hasNews'> & { readonly packages: readonly Package[] },
  now: Instant,
): FulfillmentOrder | undefined {
  const unnumberedSince = isPacked || hasNews ? undefined : unnumberedTime(current, snapshot, now)
  const isOverdue = unnumberedSince !== undefined && addMs(unnumberedSince, unnumberedMs) <= now
  const said = saidBy(snapshot, unnumberedSince !== undefined, isOverdue)
  const status = nextStatus(current.status, said, hasNews, isAlive(current, snapshot))
  const isTaken = status === said
  const { parked, wmsStatus } = isTaken ? snapshot : current
  const isProblem = status === 'wms-exception'
  const problem = isOverdue ? missingNumber(unnumberedSince) : problemOf(snapshot)
  const isNew =
    status !== current.status ||
    (isTaken && unnumberedSince !== current.unnumberedSince) ||
    packages.length > 0 ||
    parked !== current.parked ||
    (isProblem && problem !== current.problem) ||
    (wmsStatus !== current.wmsStatus && status !== 'cancelled')
  if (!isNew) return undefined
  const { problem: _, unnumberedSince: __, ...rest } = current
  const times = [current.wmsUpdatedAt, isTaken ? snapshot.updatedAt : undefined].filter((time) => time !== undefined)
  return {
    ...rest,
    status,
    parked,
    ...(snapshot.wmsOrderNo !== '' && { wmsOrderNo: snapshot.wmsOrderNo }),
    packages: [...current.packages, ...packages],
    changedAt: now,
    version: current.version + 1,
    ...(wmsStatus !== undefined && { wmsStatus }),
    ...(times.length > 0 && { wmsUpdatedAt: times.reduce(latest) }),
    ...(isProblem && problem !== undefined && { problem }),
    ...(isTaken && unnumberedSince !== undefined && { unnumberedSince }),
    ...(status === 'shipped' && { shippedAt: current.shippedAt ?? packages[0]?.shippedAt ?? now }),
  }
}

function problemOf({ status, wmsStatus, problem }: OutboundSnapshot): string | undefined {
  return status === undefined ? `the warehouse says "${wmsStatus}", a state that is not known here` : problem
}

function missingNumber(since: Instant): string {
  return `it says since ${since} that the parcel has left, without a tracking number: ask it for the number, or declare the order shipped with "npm run orders -- mark-shipped"`
}

/** Shipped is final. What was stopped stays so, unless it proves to be alive or a parcel leaves all the same. */
function nextStatus(
  current: FulfillmentOrderStatus,
  said: FulfillmentOrderStatus,
  hasNewPackages: boolean,
  isAliveAgain: boolean,
): FulfillmentOrderStatus {
  if (current === 'shipped') return current
  if (current === 'cancelled')
    return isAliveAgain || (hasNewPackages && (said === 'shipped' || said === 'partially-shipped')) ? said : current
  if (current === 'wms-exception' || said === 'wms-exception') return said
  return rank[said] >= rank[current] ? said : current
}

/** Other programs count the packages of an order from 1, too, and a package of the same id is edited: ours begin here. */
const ownReferences = 7_000

function writeBack(dossier: Dossier, foNo: string, item: Package, originCountry: string, now: Instant): Effect {
  const { order } = dossier
  // A package stays under the id that it was first reported with; reports of earlier versions name none.
  const [first] = reportsOf(dossier.effects, order.orderNo, item.ordinal)
  const { packageReference } = first ? (first.payload as ShipmentConfirmation) : { packageReference: ownReferences + item.ordinal }
  const payload: ShipmentConfirmation = {
    platformOrderId: order.platformOrderId,
    ...(order.site !== undefined && { site: order.site }),
    packageOrdinal: item.ordinal,
    ...(packageReference !== undefined && { packageReference }),
    trackingNumber: item.trackingNumber,
    carrierWord: '',
    carrierName: item.carrier ?? item.carrierRaw ?? '',
    shippedAt: item.shippedAt,
    originCountry,
    lines: item.orderLines,
    notifyBuyer: true,
  }
  const effect = newEffect({
    key: effectKey.confirm(order.orderNo, item.ordinal),
    kind: 'confirm-shipment',
    account: order.shop,
    clientId: order.clientId,
    orderNo: order.orderNo,
    foNo,
    payload,
    now,
  })
  const obstacle = whyNotReported(order)
  return obstacle ? withdrawn({ ...effect, errorCode: obstacle.code, errorMessage: obstacle.message }, now) : effect
}

function readingEvent(item: FulfillmentOrder, packages: readonly Package[], at: Instant): OrderEvent {
  const data = {
    reference: item.reference,
    status: item.status,
    wmsStatus: item.wmsStatus ?? '',
    packages: packages.map((parcel) => parcel.ordinal),
  }
  return { type: 'warehouse', at, data }
}
