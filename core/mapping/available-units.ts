import type { ResolvedItem } from '../model/order.ts'
import type { WmsSku } from '../value/ids.ts'
import { leastCommonMultiple, wholePacks } from '../value/quantity.ts'
import type { CatalogIndex } from './catalog-index.ts'

export interface Shelves {
  readonly catalog: Pick<CatalogIndex, 'warehouseSku'>
  /** Warehouse units that may still be promised; undefined while the stock was never read. */
  free(warehouse: string, wmsSku: WmsSku): number | undefined
}

/**
 * Units of a listing that one warehouse could ship now, by the goods that one unit stands for: the scarcest decides. Zero
 * when the warehouse has no code for one of them. Where it keeps packs, only as many units count as make whole packs.
 */
export function availableUnits(goods: readonly ResolvedItem[], warehouse: string, shelves: Shelves): number {
  if (goods.length === 0) return 0
  let most = Number.MAX_SAFE_INTEGER
  let step = 1
  for (const { sku, quantity } of goods) {
    const row = shelves.catalog.warehouseSku(warehouse, sku)
    if (!row) return 0
    const free = Math.max(0, shelves.free(warehouse, row.wmsSku) ?? 0)
    most = Math.min(most, Math.floor((free * row.unitFactor) / quantity))
    step = leastCommonMultiple(step, wholePacks(row.unitFactor, quantity))
  }
  return most - (most % step)
}
