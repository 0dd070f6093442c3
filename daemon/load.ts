import { type Config, loadConfig, type Problem } from '../config/index.ts'
import { connectors } from '../connectors/index.ts'
import { compileRules } from '../core/rules/compile.ts'
import type { RuleSet } from '../core/rules/rule-set.ts'
import { adapters } from '../wms-adapter/index.ts'

export const configParts = { connectors, adapters, environment: process.env }

/** The folder that `--config` names, else QUAYSIDE_CONFIG, else config/local. */
export function configFolder(option: string | undefined): string {
  return option ?? process.env['QUAYSIDE_CONFIG'] ?? 'config/local'
}

/** Reads and checks everything, rules included. All problems at once, in the order of the files. */
export async function loadChecked(folder: string): Promise<{ readonly config: Config } | { readonly problems: readonly Problem[] }> {
  const loaded = await loadConfig(folder, configParts)
  if ('problems' in loaded) return loaded
  const { config } = loaded
  const compiled = compileRules(config.rules, ruleContext(config))
  if (!('problems' in compiled)) return { config }
  return { problems: compiled.problems.map(({ path, message }) => ({ ...config.rulePosition(path), message })) }
}

/** The rules of a configuration that was loaded by `loadChecked`. */
export function ruleSetOf(config: Config): RuleSet {
  const compiled = compileRules(config.rules, ruleContext(config))
  if ('problems' in compiled) throw new Error(`the rules were not checked before use: ${compiled.problems[0]?.message}`)
  return compiled.ruleSet
}

function ruleContext({ lists, hash, warehouses }: Config) {
  return { lists, version: hash, warehouses }
}
