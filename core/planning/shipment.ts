import type { Need } from '../mapping/warehouse-lines.ts'
import { type Address, effectiveShipTo, type Order } from '../model/order.ts'
import type { PromisedLevel, RuleFacts } from '../rules/facts.ts'
import type { LineUnits } from './demand.ts'
import type { PlanningInput } from './plan.ts'

/** What has to be shipped: an order, or a part of one, with nothing in its lines but the units to go. */
export interface Shipment {
  readonly order: Order
  readonly needs: readonly Need[]
  readonly shipTo: Address
  readonly promisedLevel: PromisedLevel | undefined
}

/** The units of a mapped order that are to go now; undefined without an address. */
export function shipmentOf(order: Order, units: LineUnits, promisedLevel: PromisedLevel | undefined): Shipment | undefined {
  const shipTo = effectiveShipTo(order)
  if (!shipTo) return undefined
  const lines = order.lines.flatMap((line) => {
    const quantity = units.get(line.platformLineId) ?? 0
    return quantity > 0 ? [{ ...line, quantity, cancelledQuantity: 0, shippedQuantity: 0 }] : []
  })
  const needs = lines.flatMap((line) =>
    line.resolved.map(
      (item): Need => ({
        platformLineId: line.platformLineId,
        sku: item.sku,
        quantity: item.quantity * line.quantity,
        lineQuantity: line.quantity,
      }),
    ),
  )
  return { order: { ...order, lines }, needs, shipTo, promisedLevel }
}

/** A part of a shipment: whole units of its order lines. */
export function partOf(shipment: Shipment, units: LineUnits): Shipment {
  return shipmentOf(shipment.order, units, shipment.promisedLevel) ?? shipment
}

/** What rules may look at. */
export function factsOf(
  { catalog, now, fx, twin }: Pick<PlanningInput, 'catalog' | 'now' | 'fx' | 'twin'>,
  order: Order,
  more: { readonly promisedLevel?: PromisedLevel | undefined; readonly warehouse?: string; readonly service?: string } = {},
): RuleFacts {
  const { promisedLevel, ...chosen } = more
  const shipTo = chosen.warehouse === undefined ? undefined : effectiveShipTo(order)
  const place = shipTo && chosen.warehouse !== undefined && catalog.zones.find(chosen.warehouse, shipTo)
  return {
    order,
    products: catalog.products,
    now,
    ...(fx && { fx }),
    ...(twin && { twin }),
    ...(promisedLevel !== undefined && { promisedLevel }),
    ...(place && { place }),
    ...chosen,
  }
}
