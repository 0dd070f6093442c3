import { catalogFiles, catalogKinds } from '../daemon/catalog-files.ts'
import { silentLog } from '../daemon/log.ts'
import { withDatabase } from '../daemon/run-command.ts'
import { createProgram, Exit, exitCodes, requireConfig, runProgram } from './command-line.ts'

const program = createProgram('export', 'writes the catalog as CSV to standard output; import reads it back').argument(
  '<kind>',
  catalogKinds.join(', '),
)

program.action(async (kind: string, options: { config?: string }) => {
  const known = catalogKinds.find((candidate) => candidate === kind)
  if (!known) throw new Exit(exitCodes.usage, `"${kind}" cannot be exported; there are ${catalogKinds.join(', ')}`)
  const config = await requireConfig(options.config)
  const catalog = await withDatabase(config, silentLog, (storage) => storage.read((stores) => stores.catalog.load()))
  // The mark lets spreadsheet programs read it as UTF-8.
  process.stdout.write(`\uFEFF${catalogFiles[known].format(catalog)}`)
})

await runProgram(program)
