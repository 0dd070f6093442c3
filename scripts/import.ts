import { readFile } from 'node:fs/promises'
import { decodeCsv, formatProblem, type Problem, parseFx, parseProducts, parseSkuMappings, parseWarehouseSkus } from '../config/index.ts'
import type { ImportCounts } from '../core/ports/storage.ts'
import { type ImportKind, importKinds } from '../daemon/commands/import.ts'
import { createLog } from '../daemon/log.ts'
import { runCommand } from '../daemon/run-command.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram, untilInterrupted } from './command-line.ts'

const program = createProgram('import', 'reads a CSV file into the catalog: a preview first, stored with --yes')
  .argument('<kind>', importKinds.join(', '))
  .argument('<file>', 'a CSV file with a header line')
  .option('--yes', 'store it')
  .option('--json', 'one JSON document')

program.action(async (kind: string, file: string, options: { config?: string; yes?: boolean; json?: boolean }) => {
  const known = importKinds.find((candidate) => candidate === kind)
  if (!known) throw new Exit(exitCodes.usage, `"${kind}" cannot be imported; there are ${importKinds.join(', ')}`)
  const config = await requireConfig(options.config)
  const text = await readText(file)
  const { rows, problems } = parsers[known](text, file)
  if (problems.length > 0)
    throw new Exit(
      exitCodes.usage,
      [...problems.map(formatProblem), `${problems.length} rows cannot be read; nothing was stored`].join('\n'),
    )
  if (!options.yes) {
    print(options.json, { kind, rows: rows.length, stored: false, preview: rows.slice(0, 5) }, () => {
      const preview = rows.slice(0, 5).map((row) => `  ${JSON.stringify(row)}`)
      return [
        `${rows.length} rows of ${kind} can be read; nothing is stored yet. The first ones:`,
        ...preview,
        'Store them with --yes',
      ].join('\n')
    })
    return
  }
  const counts = (await runCommand(config, 'import', { kind, file, text }, createLog(), untilInterrupted())) as ImportCounts
  print(
    options.json,
    { kind, ...counts, stored: true },
    () => `${kind}: ${counts.added} added, ${counts.changed} changed, ${counts.same} as before`,
  )
})

type Parse = (text: string, file: string) => { readonly rows: readonly unknown[]; readonly problems: readonly Problem[] }

const parsers: Readonly<Record<ImportKind, Parse>> = {
  products: parseProducts,
  'sku-mappings': parseSkuMappings,
  'warehouse-skus': parseWarehouseSkus,
  fx: parseFx,
}

async function readText(file: string): Promise<string> {
  try {
    return decodeCsv(await readFile(file))
  } catch (error) {
    throw new Exit(exitCodes.usage, `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

await runProgram(program)
