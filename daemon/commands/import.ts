import { z } from 'zod'
import type { ImportCounts } from '../../core/ports/storage.ts'
import { catalogFiles, catalogKinds } from '../catalog-files.ts'
import type { Command } from './command.ts'

const argumentsSchema = z.object({ kind: z.enum(catalogKinds), file: z.string(), text: z.string() })

/** Stores a checked CSV file; imported twice is imported once. Orders that waited for it and those not sent yet are decided again. */
export const importCatalog: Command = async (runtime, args): Promise<ImportCounts & { readonly rows: number }> => {
  const { kind, file, text } = argumentsSchema.parse(args)
  const { save, ends } = catalogFiles[kind]
  const now = runtime.world.clock.now()
  const counts = await runtime.world.storage.write(async (stores) => {
    const result = await save(stores.catalog, text, file)
    if (result.added + result.changed + (result.removed ?? 0) === 0) return result
    await stores.orders.wakePlan({}, now)
    await stores.orders.wakePlan({ holdReasons: ends }, now)
    return result
  })
  for (const client of runtime.accounts('plan')) runtime.world.wake('plan', client)
  return counts
}
