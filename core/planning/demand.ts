import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Order, OrderLine } from '../model/order.ts'
import { type Dossier, liveFulfillmentOrders } from './dossier.ts'

/** Units per order line, by platform line id. */
export type LineUnits = ReadonlyMap<string, number>

/** Units that we have to ship in all: ordered, less cancelled, less what somebody else shipped. */
export function demandedUnits(dossier: Pick<Dossier, 'order' | 'fulfillmentOrders'>): LineUnits {
  const ours = packedUnits(dossier.fulfillmentOrders)
  return new Map(dossier.order.lines.map((line) => [line.platformLineId, demandOf(line, ours.get(line.platformLineId) ?? 0)]))
}

/** Units that no live fulfillment order covers yet. Never negative. */
export function unplannedUnits(dossier: Pick<Dossier, 'order' | 'fulfillmentOrders'>): LineUnits {
  const allocated = allocatedUnits(liveFulfillmentOrders(dossier))
  const open = [...demandedUnits(dossier)].map(([line, units]): [string, number] => [line, Math.max(0, units - (allocated.get(line) ?? 0))])
  return new Map(open.filter(([, units]) => units > 0))
}

/** Units of order lines that these fulfillment orders take. */
export function allocatedUnits(fulfillmentOrders: readonly FulfillmentOrder[]): LineUnits {
  const units = new Map<string, number>()
  for (const fulfillmentOrder of fulfillmentOrders) {
    for (const [line, quantity] of unitsOf(fulfillmentOrder)) units.set(line, (units.get(line) ?? 0) + quantity)
  }
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

export function isAllPacked(dossier: Pick<Dossier, 'order' | 'fulfillmentOrders'>): boolean {
  const packed = packedUnits(dossier.fulfillmentOrders)
  return [...demandedUnits(dossier)].every(([line, units]) => (packed.get(line) ?? 0) >= units)
}

export function lineOf(order: Order, platformLineId: string): OrderLine | undefined {
  return order.lines.find((line) => line.platformLineId === platformLineId)
}

function demandOf(line: OrderLine, packedByUs: number): number {
  const shippedElsewhere = Math.max(0, line.shippedQuantity - packedByUs)
  return Math.max(0, line.quantity - line.cancelledQuantity - shippedElsewhere)
}
