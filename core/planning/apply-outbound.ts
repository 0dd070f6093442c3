import { newEffect } from '../effects/new-effect.ts'
import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder, FulfillmentOrderStatus, Package } from '../model/fulfillment-order.ts'
import type { ShipmentConfirmation } from '../ports/connector.ts'
import type { OrderEvent, Stores } from '../ports/storage.ts'
import type { OutboundSnapshot } from '../ports/wms-adapter.ts'
import type { Instant } from '../value/instant.ts'
import type { Operations } from '../world.ts'
import { type Dossier, effectKey, loadDossier } from './dossier.ts'
import { newPackages } from './packages.ts'
import { settleOrder } from './settle-order.ts'

/**
 * Makes a warehouse's reading part of a fulfillment order: its state, its problem, its new packages with
 * one planned write-back each. Returns undefined when the reading says nothing new.
 */
export async function applyOutbound(
  stores: Stores,
  fulfillmentOrder: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  operations: Operations,
  now: Instant,
): Promise<{ readonly packages: number; readonly shop: string } | undefined> {
  const dossier = await loadDossier(stores, fulfillmentOrder.orderNo)
  if (!dossier || fulfillmentOrder.status === 'planned' || fulfillmentOrder.status === 'cancelled') return undefined
  const packages = newPackages(dossier, fulfillmentOrder, snapshot, operations)
  const next = withReading(fulfillmentOrder, snapshot, packages, now)
  if (!next) return undefined
  await stores.fulfillmentOrders.save(next)
  const warehouse = operations.warehouses.find((candidate) => candidate.code === next.warehouse)
  for (const item of packages) await stores.effects.save(writeBack(dossier, item, warehouse?.country ?? '', now))
  const isStopped = next.status === 'cancelled'
  if (isStopped) await stores.stock.release(next.foNo)
  const fresh = await loadDossier(stores, fulfillmentOrder.orderNo)
  if (fresh) await settleOrder(stores, fresh, now, isStopped ? now : 'as-is', [readingEvent(next, packages, now)])
  return { packages: packages.length, shop: dossier.order.shop }
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

/** The fulfillment order after the reading, or undefined when nothing is new. An older state that arrives late never moves it back. */
function withReading(
  current: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  packages: readonly Package[],
  now: Instant,
): FulfillmentOrder | undefined {
  const status = nextStatus(current, snapshot, current.packages.length + packages.length > 0)
  const isProblem = status === 'wms-exception'
  const problem =
    snapshot.status === undefined ? `the warehouse says "${snapshot.wmsStatus}", a state that is not known here` : snapshot.problem
  const isNew =
    status !== current.status ||
    packages.length > 0 ||
    snapshot.parked !== current.parked ||
    (isProblem && problem !== current.problem) ||
    snapshot.wmsStatus !== current.wmsStatus
  if (!isNew) return undefined
  const { problem: _, ...rest } = current
  return {
    ...rest,
    status,
    parked: snapshot.parked,
    wmsStatus: snapshot.wmsStatus,
    wmsOrderNo: snapshot.wmsOrderNo,
    packages: [...current.packages, ...packages],
    changedAt: now,
    version: current.version + 1,
    ...(isProblem && problem !== undefined && { problem }),
    ...(status === 'shipped' && { shippedAt: packages[0]?.shippedAt ?? current.shippedAt ?? now }),
  }
}

/** Shipped without a tracking number is not shipped yet: there is nothing to tell the buyer. */
function nextStatus(current: FulfillmentOrder, snapshot: OutboundSnapshot, hasPackages: boolean): FulfillmentOrderStatus {
  const said = snapshot.status === 'shipped' && !hasPackages ? 'processing' : (snapshot.status ?? 'wms-exception')
  if (current.status === 'wms-exception' || said === 'wms-exception') return current.status === 'shipped' ? 'shipped' : said
  return rank[said] >= rank[current.status] ? said : current.status
}

function writeBack(dossier: Dossier, item: Package, originCountry: string, now: Instant): Effect {
  const { order } = dossier
  const payload: ShipmentConfirmation = {
    platformOrderId: order.platformOrderId,
    ...(order.site !== undefined && { site: order.site }),
    packageOrdinal: item.ordinal,
    trackingNumber: item.trackingNumber,
    carrierWord: '',
    carrierName: item.carrier ?? item.carrierRaw ?? '',
    shippedAt: item.shippedAt,
    originCountry,
    lines: item.orderLines,
    notifyBuyer: true,
  }
  return newEffect({
    key: effectKey.confirm(order.orderNo, item.ordinal),
    kind: 'confirm-shipment',
    account: order.shop,
    clientId: order.clientId,
    orderNo: order.orderNo,
    payload,
    now,
  })
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
