import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { formatProblem, loadConfig } from '../../config/index.ts'
import { compileRules } from '../../core/rules/compile.ts'
import { stageKeys } from '../../core/rules/document.ts'
import { writeFolder } from '../config/configuration.ts'
import { realParts } from '../config/definitions.ts'
import { type Block, blocksOf, documents } from './documents.ts'

type Content = Readonly<Record<string, unknown>>

/** Which file a block belongs to, told by its keys. */
const fileByKey: Readonly<Record<string, string>> = {
  database: 'quayside.yaml',
  privacy: 'quayside.yaml',
  writeStop: 'quayside.yaml',
  shops: 'shops.yaml',
  accounts: 'warehouses.yaml',
  warehouses: 'warehouses.yaml',
  carriers: 'carriers.yaml',
  ...Object.fromEntries([...stageKeys, 'lists'].map((key) => [key, 'rules.yaml'])),
}
const examples = readdirSync('config/example').filter((file) => file.endsWith('.yaml'))
const example = Object.fromEntries(examples.map((file) => [file, readFileSync(`config/example/${file}`, 'utf8')]))
const blocks = documents.flatMap(blocksOf).filter((block) => block.info === 'yaml')

/** A list alone is one of shops. */
function contentOf(block: Block): Content {
  const content: unknown = parse(block.text)
  return Array.isArray(content) ? { shops: content } : (content as Content)
}

function fileOf(block: Block): string | undefined {
  return Object.keys(contentOf(block))
    .map((key) => fileByKey[key])
    .find((file) => file !== undefined)
}

/** The block in the place of the same keys of the example. Carriers are added: services of the example need theirs. */
function completed(file: string, block: Block): string {
  const base = parse(example[file] ?? '{}') as Content
  const content = contentOf(block)
  const merged =
    file === 'carriers.yaml' ? { carriers: { ...(base['carriers'] as Content), ...(content['carriers'] as Content) } } : content
  return stringify({ ...base, ...merged })
}

/** What `npm run config:check` would say, rules included. */
async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const loaded = await loadConfig(await writeFolder(files), realParts)
  if ('problems' in loaded) return loaded.problems.map(formatProblem)
  const { rules, lists, hash: version, warehouses } = loaded.config
  const compiled = compileRules(rules, { lists, version, warehouses })
  return 'problems' in compiled ? compiled.problems.map(({ path, message }) => `${path.join('.')}: ${message}`) : []
}

describe('a YAML block in the pages', () => {
  it.each(blocks)('$file:$line belongs to one of the files of a configuration', (block) => {
    expect(fileOf(block)).toBeDefined()
  })

  it.each(blocks)('$file:$line passes the check of the configuration', async (block) => {
    const file = fileOf(block) ?? ''

    expect(await problemsOf({ ...example, [file]: completed(file, block) })).toEqual([])
  })
})
