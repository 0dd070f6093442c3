import type { FulfillmentLine, OrderLineShare } from '../model/fulfillment-order.ts'
import type { Sku, WmsSku } from '../value/ids.ts'
import type { CatalogIndex } from './catalog-index.ts'

/** Units of one SKU that one order line needs. */
export interface Need {
  readonly platformLineId: string
  readonly sku: Sku
  /** In SKU units, for all `lineQuantity` units of the order line. */
  readonly quantity: number
  readonly lineQuantity: number
}

export type WarehouseLines =
  | { readonly lines: readonly FulfillmentLine[] }
  | { readonly problem: 'unmapped-sku' | 'unit-factor-mismatch'; readonly sku: Sku; readonly detail: string }

/**
 * What one warehouse has to take from its shelves: needs of one SKU added up over the order's lines, then
 * divided by the unit factor. A quantity that the factor does not divide cannot be shipped from there.
 */
export function warehouseLines(warehouse: string, needs: readonly Need[], catalog: CatalogIndex): WarehouseLines {
  const bySku = new Map<Sku, Need[]>()
  for (const need of needs) bySku.set(need.sku, [...(bySku.get(need.sku) ?? []), need])
  const lines: FulfillmentLine[] = []
  for (const [sku, parts] of bySku) {
    const row = catalog.warehouseSku(warehouse, sku)
    if (!row) return { problem: 'unmapped-sku', sku, detail: noCode(warehouse, sku) }
    const quantity = parts.reduce((sum, part) => sum + part.quantity, 0)
    if (quantity % row.unitFactor !== 0) {
      const detail = `${quantity} × ${sku} cannot be made of warehouse units that hold ${row.unitFactor} (${row.wmsSku} in ${warehouse})`
      return { problem: 'unit-factor-mismatch', sku, detail }
    }
    lines.push({
      wmsSku: row.wmsSku,
      quantity: quantity / row.unitFactor,
      sku,
      unitFactor: row.unitFactor,
      orderLines: parts.map(shareOf),
    })
  }
  return { lines }
}

function shareOf({ platformLineId, quantity, lineQuantity }: Need): OrderLineShare {
  return { platformLineId, quantity: lineQuantity, perUnit: quantity / lineQuantity }
}

function noCode(warehouse: string, sku: Sku): string {
  const row = `${warehouse},${sku},CODE,1`
  return `warehouse ${warehouse} has no code for SKU ${sku}: add the row ${row} to warehouse-skus.csv, with its code there for CODE, and import it`
}

/** Warehouse units by code, for comparing with stock. */
export function unitsByWmsSku(lines: readonly FulfillmentLine[]): ReadonlyMap<WmsSku, number> {
  const units = new Map<WmsSku, number>()
  for (const line of lines) units.set(line.wmsSku, (units.get(line.wmsSku) ?? 0) + line.quantity)
  return units
}
