import { effectiveShipTo, type Order, type ResolvedItem } from '../model/order.ts'
import type { Warehouse } from '../model/warehouse.ts'
import type { Sku } from '../value/ids.ts'
import type { PlanningInput } from './plan.ts'

/** Chooses between the goods that a listing may stand for, line by line. */
export interface Substitutes {
  /** The first of the choices that some warehouse has for all units; the first one when none has, or when that is not known. */
  choose(choices: readonly (readonly ResolvedItem[])[], units: number): readonly ResolvedItem[]
}

/** Only warehouses count that could ship the order at all; what earlier lines of the order take is gone. */
export function substitutes(
  order: Order,
  { catalog, stock, warehouses }: Pick<PlanningInput, 'catalog' | 'stock' | 'warehouses'>,
): Substitutes {
  const able = warehouses.filter((warehouse) => couldShip(warehouse, order))
  const taken = new Map<Sku, number>()
  const needed = ({ sku, quantity }: ResolvedItem, units: number): number => (taken.get(sku) ?? 0) + quantity * units
  const has = (warehouse: Warehouse, item: ResolvedItem, units: number): boolean => {
    const row = catalog.warehouseSku(warehouse.code, item.sku)
    if (!row) return false
    const free = stock.free(warehouse.code, row.wmsSku)
    const pieces = needed(item, units)
    return free === undefined || (pieces % row.unitFactor === 0 && pieces / row.unitFactor <= free)
  }
  return {
    choose(choices, units) {
      const first = choices[0] ?? []
      const found = choices.length < 2 ? first : choices.find((items) => able.some((each) => items.every((item) => has(each, item, units))))
      for (const item of found ?? first) taken.set(item.sku, needed(item, units))
      return found ?? first
    },
  }
}

function couldShip({ code, services }: Warehouse, order: Order): boolean {
  const country = effectiveShipTo(order)?.country
  if (code !== (order.edits.warehouse ?? code)) return false
  return services.some(({ countries }) => country === undefined || countries.length === 0 || countries.includes(country))
}
