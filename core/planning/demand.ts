import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { type Order, type OrderLine, reasonNotToShip } from '../model/order.ts'
import { type Dossier, effectKey } from './dossier.ts'

/** Units per order line, by platform line id. */
export type LineUnits = ReadonlyMap<string, number>

/** Units that we have to ship in all: ordered, less cancelled, less what somebody else shipped. */
export function demandedUnits(dossier: Pick<Dossier, 'order' | 'fulfillmentOrders'>): LineUnits {
  const ours = startedUnits(dossier)
  return new Map(dossier.order.lines.map((line) => [line.platformLineId, demandOf(line, ours.get(line.platformLineId) ?? 0)]))
}

/** Units that no fulfillment order takes or has shipped. Never negative. */
export function unplannedUnits(dossier: Pick<Dossier, 'order' | 'fulfillmentOrders'>): LineUnits {
  const allocated = allocatedUnits(dossier.fulfillmentOrders)
  const open = [...demandedUnits(dossier)].map(([line, units]): [string, number] => [line, Math.max(0, units - (allocated.get(line) ?? 0))])
  return new Map(open.filter(([, units]) => units > 0))
}

/** Whether units are wanted from us that nobody has planned: the order has not come to its end. */
export function isStillToShip(dossier: Pick<Dossier, 'order' | 'fulfillmentOrders'>): boolean {
  const { order } = dossier
  return order.platformState !== 'cancelled' && reasonNotToShip(order) === undefined && unplannedUnits(dossier).size > 0
}

/** Units of order lines that these fulfillment orders take; of those that have ended, what left in their packages. */
export function allocatedUnits(fulfillmentOrders: readonly FulfillmentOrder[]): LineUnits {
  return summed(fulfillmentOrders.map((item) => (hasEnded(item) ? packedUnits([item]) : unitsOf(item))))
}

/**
 * Units that a platform may count as shipped because of us. Some count an order as shipped whole with its
 * first parcel, so all units of a fulfillment order count once its first parcel has left. A platform that records
 * shipments by itself does so with the label, before any parcel has left.
 */
function startedUnits({ order, fulfillmentOrders }: Pick<Dossier, 'order' | 'fulfillmentOrders'>): LineUnits {
  const isAhead = order.noWriteBackReason !== undefined
  const started = fulfillmentOrders.filter((item) => item.packages.length > 0 || (isAhead && item.status !== 'cancelled'))
  return summed(started.map((item) => (item.status === 'cancelled' ? packedUnits([item]) : unitsOf(item))))
}

function hasEnded({ status }: FulfillmentOrder): boolean {
  return status === 'shipped' || status === 'cancelled'
}

function summed(parts: readonly LineUnits[]): LineUnits {
  const units = new Map<string, number>()
  for (const [line, quantity] of parts.flatMap((part) => [...part])) units.set(line, (units.get(line) ?? 0) + quantity)
  return units
}

/**
 * Units of order lines in one fulfillment order. The parts of a bundle name the same order line each, so
 * the largest figure counts, not their sum.
 */
export function unitsOf(fulfillmentOrder: Pick<FulfillmentOrder, 'lines'>): LineUnits {
  const units = new Map<string, number>()
  for (const { platformLineId, quantity } of fulfillmentOrder.lines.flatMap((line) => line.orderLines)) {
    units.set(platformLineId, Math.max(units.get(platformLineId) ?? 0, quantity))
  }
  return units
}

/** Units of order lines that have left in our packages. */
export function packedUnits(fulfillmentOrders: readonly FulfillmentOrder[]): LineUnits {
  const units = new Map<string, number>()
  for (const { platformLineId, quantity } of fulfillmentOrders.flatMap((item) => item.packages).flatMap((item) => item.orderLines)) {
    units.set(platformLineId, (units.get(platformLineId) ?? 0) + quantity)
  }
  return units
}

const reportedStates: ReadonlySet<string> = new Set(['inflight', 'accepted', 'unknown', 'confirmed'])

/** Units of a line that may still be reported as shipped: ordered, less what we reported or what the platform counts, whichever is more. */
export function reportableUnits({ order, fulfillmentOrders, effects }: Dossier, platformLineId: string): number {
  const line = lineOf(order, platformLineId)
  if (!line) return 0
  const keys = new Set(effects.filter((effect) => reportedStates.has(effect.state)).map((effect) => effect.key))
  const reported = fulfillmentOrders
    .flatMap((item) => item.packages)
    .filter((item) => keys.has(effectKey.confirm(order.orderNo, item.ordinal)))
    .flatMap((item) => item.orderLines)
    .filter((item) => item.platformLineId === platformLineId)
  const units = reported.reduce((sum, item) => sum + item.quantity, 0)
  return line.quantity - Math.max(units, line.shippedQuantity)
}

export function lineOf(order: Order, platformLineId: string): OrderLine | undefined {
  return order.lines.find((line) => line.platformLineId === platformLineId)
}

function demandOf(line: OrderLine, packedByUs: number): number {
  const shippedElsewhere = Math.max(0, line.shippedQuantity - packedByUs)
  return Math.max(0, line.quantity - line.cancelledQuantity - shippedElsewhere)
}
