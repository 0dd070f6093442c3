import type { StockLevel } from '../model/stock.ts'
import type { Stores } from '../ports/storage.ts'
import type { WmsSku } from '../value/ids.ts'

/** What may still be promised: what the warehouse has, less what we promised and it does not know of yet. */
export interface StockView {
  /** Undefined while the warehouse's stock was never read. */
  free(warehouse: string, wmsSku: WmsSku): number | undefined
  /** Whether the warehouse's own list had the code when it was last read, in stock or not. */
  lists(warehouse: string, wmsSku: WmsSku): boolean
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
  const listed = new Set(levels.map((level) => key(level.warehouse, level.wmsSku)))
  return {
    free: (warehouse, wmsSku) => (readWarehouses.has(warehouse) ? (free.get(key(warehouse, wmsSku)) ?? 0) : undefined),
    lists: (warehouse, wmsSku) => listed.has(key(warehouse, wmsSku)),
  }
}

interface Promised {
  readonly warehouse: { readonly code: string }
  readonly lines: readonly { readonly wmsSku: WmsSku; readonly quantity: number }[]
}

/** The view once these goods are promised as well. */
export function stockWithout(stock: StockView, parts: readonly Promised[]): StockView {
  if (parts.length === 0) return stock
  const promised = (warehouse: string, wmsSku: WmsSku): number =>
    parts
      .filter((part) => part.warehouse.code === warehouse)
      .flatMap((part) => part.lines)
      .reduce((sum, line) => sum + (line.wmsSku === wmsSku ? line.quantity : 0), 0)
  return {
    ...stock,
    free: (warehouse, wmsSku) => {
      const free = stock.free(warehouse, wmsSku)
      return free === undefined ? undefined : free - promised(warehouse, wmsSku)
    },
  }
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
