import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { closest } from '../core/value/spelling.ts'
import { displayPath, type ParsedFile, parseFile } from './documents.ts'
import type { Problem } from './problems.ts'
import type { SecretsContext } from './secrets.ts'

export interface ConfigFiles {
  readonly quayside: ParsedFile | undefined
  readonly shops: readonly ParsedFile[]
  readonly warehouses: ParsedFile | undefined
  readonly carriers: ParsedFile | undefined
  readonly rules: ParsedFile | undefined
  readonly rates: ParsedFile | undefined
  /** sha256 over names and contents. */
  readonly hash: string
  readonly problems: readonly Problem[]
}

const noFolder = 'there is no such configuration folder; `npm run init` makes one, --config DIR names another'

const fileNames = ['quayside.yaml', 'shops.yaml', 'warehouses.yaml', 'carriers.yaml', 'rules.yaml', 'rates.yaml'] as const

/** Reads and parses every file of the folder that configuration consists of; `rulesFile` stands in for its rules.yaml. */
export async function readConfigFiles(context: SecretsContext, rulesFile?: string): Promise<ConfigFiles> {
  const present = await listNames(context.folder)
  const parsed = new Map<string, ParsedFile>()
  const hash = createHash('sha256')
  const names = present.filter((candidate) => isConfigName(candidate))
  for (const name of [...new Set(rulesFile === undefined ? names : [...names, 'rules.yaml'])].sort()) {
    const file = name === 'rules.yaml' && rulesFile !== undefined ? path.resolve(rulesFile) : path.join(context.folder, name)
    const content = await readFile(file, 'utf8')
    hash.update(`${name}\0${content}\0`)
    parsed.set(name, await parseFile(displayPath(file), content, context))
  }
  const shops = [...parsed].filter(([name]) => name === 'shops.yaml' || name.startsWith('shops/')).map(([, file]) => file)
  return {
    quayside: parsed.get('quayside.yaml'),
    shops,
    warehouses: parsed.get('warehouses.yaml'),
    carriers: parsed.get('carriers.yaml'),
    rules: parsed.get('rules.yaml'),
    rates: parsed.get('rates.yaml'),
    hash: hash.digest('hex'),
    problems: (await isFolder(context.folder))
      ? [...missingFiles(context.folder, parsed, shops), ...misnamedFiles(context.folder, present, parsed)]
      : [{ file: displayPath(context.folder), line: 1, column: 1, message: noFolder }],
  }
}

function isConfigName(name: string): boolean {
  return (fileNames as readonly string[]).includes(name) || /^shops\/[^/]+\.yaml$/.test(name)
}

/** True when there is something to read; a missing folder is one mistake, not one for each file. */
async function isFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw error
  })
  return found?.isDirectory() ?? false
}

/** Relative names with `/`, of the folder itself and of `shops/`; empty when there is no folder. Hidden files do not count. */
async function listNames(folder: string): Promise<readonly string[]> {
  const top = await namesIn(folder)
  const shops = top.includes('shops') ? await namesIn(path.join(folder, 'shops')) : []
  return [...top, ...shops.map((name) => `shops/${name}`)].filter((name) => !/(^|\/)\./.test(name))
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

function missingFiles(folder: string, parsed: ReadonlyMap<string, ParsedFile>, shops: readonly ParsedFile[]): Problem[] {
  const needed = ['quayside.yaml', 'warehouses.yaml', 'carriers.yaml'].filter((name) => !parsed.has(name))
  if (shops.length === 0) needed.push('shops.yaml')
  return needed.map((name) => ({
    file: displayPath(path.join(folder, name)),
    line: 1,
    column: 1,
    message: 'the file is missing; `npm run init` makes a configuration folder with an example of every file',
  }))
}

/** `shops.yml` or `warehouse.yaml` would be ignored without a word. */
function misnamedFiles(folder: string, present: readonly string[], parsed: ReadonlyMap<string, ParsedFile>): Problem[] {
  const problems: Problem[] = []
  for (const name of present.filter((candidate) => /\.ya?ml$/.test(candidate) && !parsed.has(candidate))) {
    const asYaml = name.replace(/\.yml$/, '.yaml')
    const meant = isConfigName(asYaml) ? asYaml : closest(asYaml, fileNames)
    if (meant === undefined) continue
    const message = `this file is not read; rename it to ${meant} if it is meant, or give it another ending`
    problems.push({ file: displayPath(path.join(folder, name)), line: 1, column: 1, message })
  }
  return problems
}
