import { compileStage } from './compile-stage.ts'
import { type RuleContext, type RuleProblem, type RulesDocument, stageKeys } from './document.ts'
import { Place } from './problems.ts'
import { review, reviewReader } from './review.ts'
import type { RuleSet } from './rule-set.ts'

export type { NamedList, RuleContext, RuleDocument, RuleProblem, RulesDocument } from './document.ts'

const supported = ['review']

/** The operator's rules as closures, or every mistake in them with its path from the root of rules.yaml. */
export function compileRules(
  document: RulesDocument,
  context: RuleContext,
): { readonly ruleSet: RuleSet } | { readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = []
  const root = new Place(document, [], problems)
  for (const stage of stageKeys) {
    if (!supported.includes(stage) && (document[stage]?.length ?? 0) > 0)
      root.at(stage).problem(`${stage} rules are not supported yet; remove them`)
  }
  const reviewRules = compileStage(root.at('review'), context, reviewReader)
  if (problems.length > 0) return { problems }
  return { ruleSet: { version: context.version, review: (facts) => review(reviewRules, facts).holds } }
}
