import type { WarehouseSku } from '../../core/model/catalog.ts'
import { asSku, asWmsSku } from '../../core/value/ids.ts'
import { sortProblems } from '../problems.ts'
import { cellReader, keyWatch } from './cells.ts'
import { type Parsed, readTable, writeTable } from './table.ts'

const columns = ['warehouse', 'sku', 'wms_sku', 'unit_factor'] as const

/** Reads warehouse-skus.csv: the code of each product in each warehouse. An empty unit factor is 1. */
export function parseWarehouseSkus(text: string, fileName: string): Parsed<WarehouseSku> {
  const table = readTable(text, fileName, columns)
  const problems = [...table.problems]
  const watch = keyWatch(fileName, 'warehouse and sku', problems)
  const rows: WarehouseSku[] = []
  for (const row of table.rows) {
    const cells = cellReader(row, { file: fileName, problems })
    const warehouse = cells.requiredCode('warehouse')
    const sku = asSku(cells.requiredCode('sku'))
    const wmsSku = asWmsSku(cells.requiredCode('wms_sku'))
    const unitFactor = cells.count('unit_factor') ?? 1
    if (cells.isGood() && watch.isNew([warehouse, sku], row.line)) rows.push({ warehouse, sku, wmsSku, unitFactor })
  }
  return { rows, rowCount: table.rows.length, problems: [...sortProblems(problems)] }
}

/** warehouse-skus.csv as `parseWarehouseSkus` reads it, in the order given. */
export function formatWarehouseSkus(rows: readonly WarehouseSku[]): string {
  return writeTable(
    columns,
    rows.map((row) => ({ warehouse: row.warehouse, sku: row.sku, wms_sku: row.wmsSku, unit_factor: String(row.unitFactor) })),
  )
}
