import path from 'node:path'
import type { ZodType } from 'zod'
import type { ConnectorDefinition } from '../core/ports/connector.ts'
import type { WmsAdapterDefinition } from '../core/ports/wms-adapter.ts'
import { carrierFrom, carriersFile } from './blocks/carriers.ts'
import { quaysideFile } from './blocks/quayside.ts'
import { rulesFile, rulesFrom, unsupportedStages } from './blocks/rules.ts'
import { shopFrom, shopsFile } from './blocks/shops.ts'
import { accountFrom, warehouseFrom, warehousesFile } from './blocks/warehouses.ts'
import type { Config } from './config.ts'
import { displayPath, type ParsedFile } from './documents.ts'
import { type Entry, isBlock, textIn } from './entries.ts'
import { type ConfigFiles, readConfigFiles } from './files.ts'
import { type Problem, sortProblems } from './problems.ts'
import { checkReferences, checkSameAccount, collectNames, type Names } from './references.ts'
import { checkRuleOptions } from './rule-options.ts'
import { checkRuleReferences } from './rule-references.ts'
import { type RulesToCheck, rulesToCheck } from './rules-to-check.ts'
import { isLoopback, literalSecret } from './secrets.ts'
import { checkSettings, type SettingsKind } from './settings.ts'
import { newReport, type Report, validate } from './validate.ts'

/** What the loader is handed instead of importing it. */
export interface ConfigParts {
  /** Any connector, whatever its settings are. */
  readonly connectors: readonly Pick<ConnectorDefinition, 'platform' | 'settings' | 'secrets' | 'rateLimits' | 'accountKeys'>[]
  readonly adapters: readonly (Pick<WmsAdapterDefinition, 'adapter' | 'settings' | 'secrets' | 'rateLimits'> &
    Partial<Pick<WmsAdapterDefinition, 'capabilities'>>)[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Read in place of the folder's rules.yaml. */
  readonly rulesFile?: string
}

/**
 * Reads the configuration of a folder. Either everything is right, or all mistakes of all files come back,
 * sorted by file, line and column. Throws only when a file exists and the system does not let it be read.
 */
export async function loadConfig(
  folder: string,
  parts: ConfigParts,
): Promise<{ readonly config: Config } | { readonly problems: readonly Problem[]; readonly rules?: RulesToCheck }> {
  const absolute = path.resolve(folder)
  const files = await readConfigFiles({ folder: absolute, environment: parts.environment }, parts.rulesFile)
  const report = newReport()
  report.problems.push(...files.problems)
  for (const file of allFiles(files)) report.problems.push(...file.problems)

  const names = collectNames(files)
  checkReferences(names, report)
  checkRuleReferences(files.rules, names, report)
  checkRuleOptions(files.rules, names, parts.adapters, report)
  checkPrivacyKey(files.quayside, names, report)
  const blocks = validateFiles(files, names, { parts, report })
  if (report.problems.length === 0 && isComplete(blocks)) return { config: buildConfig(absolute, files, blocks) }
  const rules = rulesToCheck(files.rules, blocks.warehouses?.warehouses.map(warehouseFrom))
  return { problems: sortProblems(report.problems), ...(rules && { rules }) }
}

type SomeBlocks = ReturnType<typeof validateFiles>
type Blocks = { readonly [K in keyof SomeBlocks]: NonNullable<SomeBlocks[K]> }

function isComplete(blocks: SomeBlocks): blocks is Blocks {
  return Object.values(blocks).every((block) => block !== undefined)
}

function validateFiles(files: ConfigFiles, names: Names, { parts, report }: { parts: ConfigParts; report: Report }) {
  const whole = <Output>(source: ParsedFile | undefined, schema: ZodType<Output>): Output | undefined =>
    source?.isReadable ? validate({ source, schema, value: source.value ?? {}, path: [] }, report) : undefined

  const quayside = whole(files.quayside, quaysideFile)
  const shops = files.shops.map((file) => whole(file, shopsFile))
  const warehouses = whole(files.warehouses, warehousesFile)
  const carriers = whole(files.carriers, carriersFile)
  const rules = validateRules(files.rules, report)

  const shopKind: SettingsKind = { key: 'platform', definitions: parts.connectors.map((part) => ({ ...part, name: part.platform })) }
  const accountKind: SettingsKind = { key: 'adapter', definitions: parts.adapters.map((part) => ({ ...part, name: part.adapter })) }
  const shopSettings = names.shops.map((entry) => checkSettings(entry, shopKind, report))
  checkSameAccount(names.shops, shopSettings, parts.connectors, report)
  const accountSettings = names.accounts.map((entry) => checkSettings(entry, accountKind, report))

  const shopBlocks = shops.flatMap((block) => block?.shops ?? [])
  return { quayside, shopBlocks, shopSettings, warehouses, accountSettings, carriers, rules }
}

function buildConfig(folder: string, files: ConfigFiles, blocks: Blocks): Config {
  const { database, privacy, console, writeStop } = blocks.quayside
  const rulesPath = displayPath(path.join(folder, 'rules.yaml'))
  return {
    folder,
    hash: files.hash,
    database,
    privacy,
    console,
    writeStop,
    shops: blocks.shopBlocks.map((block, index) => shopFrom(block, blocks.shopSettings[index])),
    accounts: blocks.warehouses.accounts.map((block, index) => accountFrom(block, blocks.accountSettings[index])),
    warehouses: blocks.warehouses.warehouses.map(warehouseFrom),
    carriers: Object.entries(blocks.carriers.carriers).map(([code, block]) => carrierFrom(code, block)),
    rules: rulesFrom(blocks.rules),
    lists: blocks.rules.lists ?? {},
    rulePosition: (at) => files.rules?.positions.at(at) ?? { file: rulesPath, line: 1, column: 1 },
  }
}

/** Stages that are planned are refused by name, so that nobody believes in a rule that does nothing. */
function validateRules(source: ParsedFile | undefined, report: Report) {
  if (!source) return rulesFile.parse({})
  if (!source.isReadable) return undefined
  const value = source.value ?? {}
  if (!isBlock(value)) return validate({ source, schema: rulesFile, value, path: [] }, report)
  const supported: Record<string, unknown> = { ...value }
  for (const stage of unsupportedStages) {
    if (!(stage in value)) continue
    delete supported[stage]
    report.atKey(source, [stage], `${stage} rules are not supported yet; remove the key`)
  }
  return validate({ source, schema: rulesFile, value: supported, path: [] }, report)
}

/** A literal key is for loopback only: every shop and every account must have a loopback endpoint. */
function checkPrivacyKey(source: ParsedFile | undefined, names: Names, report: Report): void {
  const privacy = source && isBlock(source.value) ? source.value['privacy'] : undefined
  if (!source || !isBlock(privacy) || typeof privacy['key'] !== 'string') return
  const path = ['privacy', 'key']
  const accounts: readonly Entry[] = [...names.shops, ...names.accounts]
  const isLocal = accounts.length > 0 && accounts.every((entry) => isLoopback(textIn(entry, 'endpoint')))
  if (isLocal || source.isReference(path)) return
  report.atFinally(source, path, `key: ${literalSecret}`)
}

function allFiles(files: ConfigFiles): readonly ParsedFile[] {
  const single = [files.quayside, files.warehouses, files.carriers, files.rules, files.rates]
  return [...files.shops, ...single.filter((file) => file !== undefined)]
}
