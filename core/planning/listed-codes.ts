import type { PlannedPart, PlanningInput, TraceStep } from './plan.ts'

/** Tells which goods of a plan go under a code that no row gives, only the warehouse's stock list. */
export function listedCodes(parts: readonly PlannedPart[], { catalog }: Pick<PlanningInput, 'catalog'>): readonly TraceStep[] {
  const details = parts.flatMap(({ warehouse, lines }) =>
    lines
      .filter((line) => catalog.warehouseSku(warehouse.code, line.sku)?.isListed)
      .map(
        ({ sku }) =>
          `${sku} has no row in warehouse-skus.csv; the stock list of ${warehouse.code} names it so: its code there, one piece a unit`,
      ),
  )
  return details.length === 0 ? [] : [{ stage: 'mapping', result: 'warehouse codes by the stock list', details }]
}
