import { type Config, checkConfig } from '../config/index.ts'
import { connectors } from '../connectors/index.ts'
import { compileRules } from '../core/rules/compile.ts'
import type { RuleSet } from '../core/rules/rule-set.ts'
import { adapters } from '../wms-adapter/index.ts'

const configParts = { connectors, adapters, environment: process.env }

/** The folder that `--config` names, else QUAYSIDE_CONFIG, else config/local. */
export function configFolder(option: string | undefined): string {
  return option ?? process.env['QUAYSIDE_CONFIG'] ?? 'config/local'
}

/** Reads and checks everything, rules included. All problems at once, in the order of the files. `rulesFile` stands in for rules.yaml. */
export function loadChecked(folder: string, rulesFile?: string): ReturnType<typeof checkConfig> {
  return checkConfig(folder, { ...configParts, ...(rulesFile !== undefined && { rulesFile }) })
}

/** The rules of a configuration that was loaded by `loadChecked`. */
export function ruleSetOf({ rules, lists, hash: version, warehouses }: Config): RuleSet {
  const compiled = compileRules(rules, { lists, version, warehouses })
  if ('problems' in compiled) throw new Error(`the rules were not checked before use: ${compiled.problems[0]?.message}`)
  return compiled.ruleSet
}
