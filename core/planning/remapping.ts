import { revisionOf } from '../mapping/resolve-line.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Order } from '../model/order.ts'
import { type MappingInput, resolveLines } from './map-lines.ts'

/**
 * Tells which fulfillment orders would come out otherwise by today's mapping: a line of theirs stands for other goods,
 * or the warehouse's code or unit factor is another one. What has no row is no change.
 */
export function remapping(order: Order, input: MappingInput): (item: FulfillmentOrder) => boolean {
  let changed: ReadonlySet<string> | undefined
  return ({ warehouse, lines }) => {
    changed ??= changedLines(order, input)
    return lines.some(({ sku, wmsSku, unitFactor, orderLines }) => {
      if (orderLines.some(({ platformLineId }) => changed?.has(platformLineId))) return true
      const row = input.catalog.warehouseSku(warehouse, sku)
      return row !== undefined && (row.wmsSku !== wmsSku || row.unitFactor !== unitFactor)
    })
  }
}

function changedLines(order: Order, input: MappingInput): ReadonlySet<string> {
  // Mapping rules see the tags as the enrich rules left them.
  const enriched = { ...order, tags: order.ruled?.tags ?? order.tags }
  const today = resolveLines(enriched, input).map((each) => ('resolved' in each ? revisionOf(each) : undefined))
  const changed = order.lines.filter((line, index) => line.mappingRevision !== undefined && line.mappingRevision !== today[index])
  return new Set(changed.map((line) => line.platformLineId))
}
