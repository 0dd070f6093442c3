import { formatFx, formatProducts, formatSkuMappings, formatWarehouseSkus } from '../config/index.ts'
import type { Catalog } from '../core/model/catalog.ts'
import { type ImportKind, importKinds } from '../daemon/commands/import.ts'
import { silentLog } from '../daemon/log.ts'
import { openConfigured } from '../daemon/run-command.ts'
import { createProgram, Exit, exitCodes, requireConfig, runProgram } from './command-line.ts'

const program = createProgram('export', 'writes the catalog as CSV to standard output; import reads it back').argument(
  '<kind>',
  importKinds.join(', '),
)

const formats: Readonly<Record<ImportKind, (catalog: Catalog) => string>> = {
  products: (catalog) => formatProducts(catalog.products),
  'sku-mappings': (catalog) => formatSkuMappings(catalog.mappings),
  'warehouse-skus': (catalog) => formatWarehouseSkus(catalog.warehouseSkus),
  fx: (catalog) => formatFx(catalog.fx),
}

program.action(async (kind: string, options: { config?: string }) => {
  const format = Object.entries(formats).find(([name]) => name === kind)?.[1]
  if (!format) throw new Exit(exitCodes.usage, `"${kind}" cannot be exported; there are ${importKinds.join(', ')}`)
  const config = await requireConfig(options.config)
  const storage = await openConfigured(config, silentLog)
  const catalog = await storage.read((stores) => stores.catalog.load())
  await storage.close()
  // The mark lets spreadsheet programs read it as UTF-8.
  process.stdout.write(`\uFEFF${format(catalog)}`)
})

await runProgram(program)
