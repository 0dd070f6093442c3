import { z } from 'zod'
import { formatProblem, type Problem, parseFx, parseProducts, parseSkuMappings, parseWarehouseSkus } from '../../config/index.ts'
import { SyncError } from '../../core/errors.ts'
import type { HoldReason } from '../../core/model/hold.ts'
import type { ImportCounts } from '../../core/ports/storage.ts'
import type { Command } from './command.ts'

export const importKinds = ['products', 'sku-mappings', 'warehouse-skus', 'fx'] as const
export type ImportKind = (typeof importKinds)[number]

const argumentsSchema = z.object({ kind: z.enum(importKinds), file: z.string(), text: z.string() })

/** What a row of the catalog may be missing for. */
const endedByImport: readonly HoldReason[] = ['unmapped-sku', 'unit-factor-mismatch', 'no-route', 'out-of-stock', 'fx-missing']

/** Stores a checked CSV file; imported twice is imported once. Orders that waited for it are decided again. */
export const importCatalog: Command = async (runtime, args): Promise<ImportCounts> => {
  const { kind, file, text } = argumentsSchema.parse(args)
  const now = runtime.world.clock.now()
  const counts = await runtime.world.storage.write(async (stores) => {
    const result = await saveRows(stores.catalog, kind, text, file)
    if (result.added + result.changed === 0) return result
    await stores.orders.wakePlan({}, now)
    await stores.orders.wakePlan({ holdReasons: endedByImport }, now)
    return result
  })
  for (const client of runtime.accounts('plan')) runtime.world.wake('plan', client)
  return counts
}

type Catalog = Parameters<Parameters<Parameters<Command>[0]['world']['storage']['write']>[0]>[0]['catalog']

async function saveRows(catalog: Catalog, kind: ImportKind, text: string, file: string): Promise<ImportCounts> {
  switch (kind) {
    case 'products':
      return catalog.saveProducts(rowsOf(parseProducts(text, file)))
    case 'sku-mappings':
      return catalog.saveMappings(rowsOf(parseSkuMappings(text, file)))
    case 'warehouse-skus':
      return catalog.saveWarehouseSkus(rowsOf(parseWarehouseSkus(text, file)))
    case 'fx':
      return catalog.saveFx(rowsOf(parseFx(text, file)))
  }
}

function rowsOf<Row>({ rows, problems }: { readonly rows: readonly Row[]; readonly problems: readonly Problem[] }): readonly Row[] {
  if (problems.length === 0) return rows
  const lines = [...problems.map(formatProblem), `${problems.length} rows cannot be read; nothing was stored`]
  throw new SyncError('config', lines.join('\n'), { code: 'csv-invalid' })
}
