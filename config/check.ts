import { compileRules } from '../core/rules/compile.ts'
import type { Config } from './config.ts'
import { type ConfigParts, loadConfig } from './load.ts'
import { type Problem, sortProblems } from './problems.ts'
import type { RulesToCheck } from './rules-to-check.ts'

/** Reads and checks everything, rules included. All problems at once, in the order of the files. */
export async function checkConfig(
  folder: string,
  parts: ConfigParts,
): Promise<{ readonly config: Config } | { readonly problems: readonly Problem[] }> {
  const loaded = await loadConfig(folder, parts)
  const rules = 'config' in loaded ? loaded.config : loaded.rules
  const mistakes = rules ? ruleProblems(rules) : []
  if ('config' in loaded) return mistakes.length === 0 ? { config: loaded.config } : { problems: sortProblems(mistakes) }
  // What the files themselves say about a place is said once.
  const others = mistakes.filter((mistake) => !loaded.problems.some((problem) => placeOf(problem) === placeOf(mistake)))
  return { problems: sortProblems([...loaded.problems, ...others]) }
}

function ruleProblems({ rules, lists, warehouses, rulePosition }: RulesToCheck): readonly Problem[] {
  const compiled = compileRules(rules, { lists, version: '', warehouses })
  if (!('problems' in compiled)) return []
  return compiled.problems.map(({ path, message }) => ({ ...rulePosition(path), message }))
}

function placeOf({ file, line, column }: Problem): string {
  return `${file}:${line}:${column}`
}
