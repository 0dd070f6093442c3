import { normalTrackingNumber } from '../effects/verify.ts'
import type { FulfillmentOrder, OrderLineShare, Package } from '../model/fulfillment-order.ts'
import type { Order } from '../model/order.ts'
import type { OutboundPackage, OutboundSnapshot } from '../ports/wms-adapter.ts'
import type { Sku, WmsSku } from '../value/ids.ts'
import { sumByKey } from '../value/quantity.ts'
import type { Operations } from '../world.ts'
import { numbersOf } from './corrections.ts'
import { lineOf, unitsOf } from './demand.ts'
import type { Dossier } from './dossier.ts'
import { byTrackingNumber } from './share-packages.ts'

/** The packages of a reading that we do not know yet, numbered on from those of the whole order. */
export function newPackages(
  dossier: Dossier,
  fulfillmentOrder: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  operations: Operations,
): readonly Package[] {
  const known = numbersOf(fulfillmentOrder.packages)
  const fresh = byTrackingNumber(snapshot.packages).filter((item) => !known.has(normalTrackingNumber(item.trackingNumber)))
  let ordinal = Math.max(0, ...dossier.fulfillmentOrders.flatMap((item) => item.packages).map((item) => item.ordinal))
  const packages: Package[] = []
  for (const item of fresh) {
    ordinal += 1
    const carrier = carrierOf(fulfillmentOrder, item, operations)
    packages.push({
      ordinal,
      trackingNumber: item.trackingNumber,
      ...(carrier !== undefined && { carrier }),
      ...(item.carrierRaw !== undefined && { carrierRaw: item.carrierRaw }),
      shippedAt: item.shippedAt,
      orderLines: orderLinesOf(dossier, fulfillmentOrder, item, [...fulfillmentOrder.packages, ...packages]),
      ...(fulfillmentOrder.merged && item.lines && { contents: item.lines }),
    })
  }
  return packages
}

/** Our code for the carrier: that of the service the warehouse used, else that of the service we asked for. */
function carrierOf(fulfillmentOrder: FulfillmentOrder, item: OutboundPackage, operations: Operations): string | undefined {
  const services = operations.warehouses.find((warehouse) => warehouse.code === fulfillmentOrder.warehouse)?.services ?? []
  const used = services.find((service) => service.wmsCode === item.serviceCode)
  return (used ?? services.find((service) => service.code === fulfillmentOrder.service))?.carrier
}

/**
 * The order lines that a package completes or begins. A unit of a bundle counts with the first package
 * that holds a part of it: platforms know no parts of a unit.
 */
function orderLinesOf(
  dossier: Dossier,
  fulfillmentOrder: FulfillmentOrder,
  item: OutboundPackage,
  earlier: readonly Package[],
): Package['orderLines'] {
  const open = new Map(unitsOf(fulfillmentOrder))
  for (const { platformLineId, quantity } of earlier.flatMap((other) => other.orderLines))
    open.set(platformLineId, (open.get(platformLineId) ?? 0) - quantity)
  const inside = item.lines && sumByKey(item.lines.map((line) => [line.wmsSku, line.quantity]))
  const lines: { platformLineId: string; quantity: number }[] = []
  for (const [platformLineId, quantity] of open) {
    const units = inside && quantity > 0 ? unitsBegun(dossier, fulfillmentOrder, { platformLineId, quantity }, inside) : quantity
    if (units > 0) lines.push({ platformLineId, quantity: units })
  }
  return lines
}

/** Takes the goods of one order line's open units out of the package and tells for how many units they are. */
function unitsBegun(
  dossier: Dossier,
  fulfillmentOrder: FulfillmentOrder,
  open: { readonly platformLineId: string; readonly quantity: number },
  inside: Map<WmsSku, number>,
): number {
  let units = 0
  for (const line of fulfillmentOrder.lines) {
    const share = line.orderLines.find((part) => part.platformLineId === open.platformLineId)
    if (!share) continue
    const perUnit = perUnitOf(dossier.order, line.sku, share)
    const available = (inside.get(line.wmsSku) ?? 0) * line.unitFactor
    const begun = Math.min(open.quantity, Math.ceil(available / perUnit))
    inside.set(line.wmsSku, Math.max(0, available - begun * perUnit) / line.unitFactor)
    units = Math.max(units, begun)
  }
  return units
}

/** As it was planned; a fulfillment order of an earlier version does not say, and then today's mapping has to do. */
export function perUnitOf(order: Order, sku: Sku, { platformLineId, perUnit }: OrderLineShare): number {
  return perUnit ?? lineOf(order, platformLineId)?.resolved.find((item) => item.sku === sku)?.quantity ?? 1
}
