import type { StockLevel } from '../model/stock.ts'
import type { Stores } from '../ports/storage.ts'
import type { WmsSku } from '../value/ids.ts'

/** What may still be promised: what the warehouse has, less what we promised and it does not know of yet. */
export interface StockView {
  /** Undefined while the warehouse's stock was never read. */
  free(warehouse: string, wmsSku: WmsSku): number | undefined
}

export function stockView(
  levels: readonly StockLevel[],
  uncovered: readonly { readonly warehouse: string; readonly wmsSku: WmsSku; readonly quantity: number }[],
  readWarehouses: ReadonlySet<string>,
): StockView {
  const free = new Map<string, number>()
  const key = (warehouse: string, wmsSku: WmsSku): string => JSON.stringify([warehouse, wmsSku])
  for (const level of levels) free.set(key(level.warehouse, level.wmsSku), level.available)
  for (const row of uncovered) free.set(key(row.warehouse, row.wmsSku), (free.get(key(row.warehouse, row.wmsSku)) ?? 0) - row.quantity)
  return { free: (warehouse, wmsSku) => (readWarehouses.has(warehouse) ? (free.get(key(warehouse, wmsSku)) ?? 0) : undefined) }
}

/** The view of these products as it is in this transaction. */
export async function loadStockView(stores: Stores, warehouses: readonly string[], wmsSkus: readonly WmsSku[]): Promise<StockView> {
  const read = new Set<string>()
  for (const warehouse of warehouses) {
    if ((await stores.stock.asOf(warehouse)) !== undefined) read.add(warehouse)
  }
  const levels = wmsSkus.length === 0 ? [] : await stores.stock.levels(warehouses, wmsSkus)
  const wanted = new Set(wmsSkus)
  const uncovered = (await stores.stock.uncovered(warehouses)).filter((row) => wanted.has(row.wmsSku))
  return stockView(levels, uncovered, read)
}
