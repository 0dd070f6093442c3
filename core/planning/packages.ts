import { normalTrackingNumber } from '../effects/verify.ts'
import type { FulfillmentOrder, Package } from '../model/fulfillment-order.ts'
import type { ShippingService } from '../model/warehouse.ts'
import type { OutboundPackage, OutboundSnapshot } from '../ports/wms-adapter.ts'
import type { WmsSku } from '../value/ids.ts'
import { sumByKey } from '../value/quantity.ts'
import type { Operations } from '../world.ts'
import { lineOf, unitsOf } from './demand.ts'
import type { Dossier } from './dossier.ts'

/** The packages of a reading that we do not know yet, numbered on from those of the whole order. */
export function newPackages(
  dossier: Dossier,
  fulfillmentOrder: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  operations: Operations,
): readonly Package[] {
  const known = new Set(fulfillmentOrder.packages.map((item) => normalTrackingNumber(item.trackingNumber)))
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
    })
  }
  return packages
}

/** Boxes that travel under one number are one package: a platform is told a number once. Without a number there is nothing to tell. */
function byTrackingNumber(packages: readonly OutboundPackage[]): readonly OutboundPackage[] {
  const merged = new Map<string, OutboundPackage>()
  for (const item of packages) {
    if (item.trackingNumber === '') continue
    const number = normalTrackingNumber(item.trackingNumber)
    const other = merged.get(number)
    merged.set(number, other ? together(other, item) : item)
  }
  return [...merged.values()]
}

function together(a: OutboundPackage, b: OutboundPackage): OutboundPackage {
  const { lines: _, ...rest } = a
  return a.lines && b.lines ? { ...rest, lines: [...a.lines, ...b.lines] } : rest
}

/** Our code for the carrier: that of the service the warehouse used, else that of the service we asked for. */
function carrierOf(fulfillmentOrder: FulfillmentOrder, item: OutboundPackage, operations: Operations): string | undefined {
  const used = servicesOf(fulfillmentOrder, operations).find((service) => service.wmsCode === item.serviceCode)
  return used?.carrier ?? serviceCarrier(fulfillmentOrder, operations)
}

/** The carrier of the service we asked for; undefined when that is not configured any more. */
export function serviceCarrier(fulfillmentOrder: FulfillmentOrder, operations: Operations): string | undefined {
  return servicesOf(fulfillmentOrder, operations).find((service) => service.code === fulfillmentOrder.service)?.carrier
}

function servicesOf(fulfillmentOrder: FulfillmentOrder, operations: Operations): readonly ShippingService[] {
  return operations.warehouses.find((warehouse) => warehouse.code === fulfillmentOrder.warehouse)?.services ?? []
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
    if (!line.orderLines.some((part) => part.platformLineId === open.platformLineId)) continue
    const perUnit = lineOf(dossier.order, open.platformLineId)?.resolved.find((item) => item.sku === line.sku)?.quantity ?? 1
    const available = (inside.get(line.wmsSku) ?? 0) * line.unitFactor
    const begun = Math.min(open.quantity, Math.ceil(available / perUnit))
    inside.set(line.wmsSku, Math.max(0, available - begun * perUnit) / line.unitFactor)
    units = Math.max(units, begun)
  }
  return units
}
