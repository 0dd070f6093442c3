import { readFile } from 'node:fs/promises'
import { type Config, decodeCsv } from '../config/index.ts'
import type { ImportCounts } from '../core/ports/storage.ts'
import { type CatalogKind, catalogFiles, catalogKinds } from '../daemon/catalog-files.ts'
import { createLog, silentLog } from '../daemon/log.ts'
import { runCommand, withDatabase } from '../daemon/run-command.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram, untilInterrupted } from './command-line.ts'

const program = createProgram('import', 'reads a CSV file into the catalog: a preview first, stored with --yes')
  .argument('<kind>', catalogKinds.join(', '))
  .argument('<file>', 'a CSV file with a header line')
  .option('--yes', 'store it')
  .option('--json', 'one JSON document')

interface Options {
  readonly config?: string
  readonly yes?: boolean
  readonly json?: boolean
}

const previewed = 5

program.action(async (kind: string, file: string, options: Options) => {
  const known = catalogKinds.find((candidate) => candidate === kind)
  if (!known) throw new Exit(exitCodes.usage, `"${kind}" cannot be imported; there are ${catalogKinds.join(', ')}`)
  const config = await requireConfig(options.config)
  const { text, encoding } = decodeCsv(await readBytes(file), file)
  if (encoding !== 'UTF-8') process.stderr.write(`${file} is not UTF-8; it was read as ${encoding}\n`)
  await (options.yes ? store : preview)(config, { kind: known, file, text }, options)
})

interface Import {
  readonly kind: CatalogKind
  readonly file: string
  readonly text: string
}

async function preview(config: Config, { kind, file, text }: Import, { json }: Options): Promise<void> {
  const stored = await withDatabase(config, silentLog, (storage) => storage.read((stores) => stores.catalog.load()))
  const { rows, items, notes, ...counts } = catalogFiles[kind].preview(text, file, stored, config)
  const first = items.slice(0, previewed)
  if (rows === 0) {
    print(
      json,
      { kind, rows, items: 0, ...counts, notes, stored: false, preview: [] },
      () => `${file} has no rows below its first line: nothing to store`,
    )
    return
  }
  print(json, { kind, rows, items: items.length, ...counts, notes, stored: false, preview: first }, () =>
    [
      `${kind}: ${counted(kind, rows, items.length)} can be read; nothing is stored yet.`,
      `${counts.added} would be added, ${counts.changed} changed, ${counts.same} as before${counts.removed === undefined ? '' : `, ${counts.removed} removed`}. The first ones:`,
      ...first.map((item) => `  ${JSON.stringify(item)}`),
      ...notes.map((note) => `Note: ${note}`),
      'Store them with --yes',
    ].join('\n'),
  )
}

async function store(config: Config, work: Import, { json }: Options): Promise<void> {
  const counts = (await runCommand(config, 'import', work, createLog(), untilInterrupted())) as ImportCounts & { readonly rows: number }
  const { rows, added, changed, same, removed } = counts
  print(json, { kind: work.kind, ...counts, stored: true }, () => {
    const results = [`${added} added`, `${changed} changed`, `${same} as before`, ...(removed === undefined ? [] : [`${removed} removed`])]
    return `${work.kind}: ${counted(work.kind, rows, added + changed + same)}: ${results.join(', ')}`
  })
}

/** `3 rows, 2 mappings`: rows of the file and what they make. */
function counted(kind: CatalogKind, rows: number, items: number): string {
  const made = catalogFiles[kind].items
  return `${rows} ${rows === 1 ? 'row' : 'rows'}, ${items} ${items === 1 ? made.replace(/s$/, '') : made}`
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Exit(exitCodes.usage, `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

await runProgram(program)
