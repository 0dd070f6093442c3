import { compileStage, type StageReader } from './compile-stage.ts'
import { lineScope, scopeOf } from './conditions/scope.ts'
import type { RuleContext, RuleProblem, RulesDocument } from './document.ts'
import { isBlock, Place } from './place.ts'
import { chooseFirst, type Rule } from './rule.ts'
import type { RuleSet } from './rule-set.ts'
import { allocateReader } from './stages/allocate.ts'
import { courierReader } from './stages/courier.ts'
import { enrich, enrichReader } from './stages/enrich.ts'
import { intakeReader } from './stages/intake.ts'
import { mappingReader } from './stages/mapping.ts'
import { mergeReader } from './stages/merge.ts'
import { chooseOptions, optionsReader } from './stages/options.ts'
import { pushReader } from './stages/push.ts'
import { review, reviewReader, reviewTrials } from './stages/review.ts'
import { settledReader, settledStages } from './stages/settled.ts'
import { dividesAhead, splitReader } from './stages/split.ts'

export type { NamedList, RuleContext, RuleDocument, RuleProblem, RulesDocument } from './document.ts'

/** Whether a condition anywhere asks for the field. */
function mentions(value: unknown, field: string): boolean {
  if (Array.isArray(value)) return value.some((each) => mentions(each, field))
  return isBlock(value) && (value['field'] === field || Object.values(value).some((each) => mentions(each, field)))
}

/** The operator's rules as closures, or every mistake in them with its path from the root of rules.yaml. */
export function compileRules(
  document: RulesDocument,
  context: RuleContext,
): { readonly ruleSet: RuleSet } | { readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = []
  const root = new Place(document, [], problems)
  const names = new Set<string>()
  const rulesOf = <Action>(reader: StageReader<Action>): readonly Rule<Action>[] =>
    compileStage(root.at(reader.stage), { rules: context, names }, reader)

  const intakeRules = rulesOf(intakeReader)
  const enrichRules = rulesOf(enrichReader)
  const mappingRules = rulesOf(mappingReader)
  const reviewRules = rulesOf(reviewReader)
  const mergeRules = rulesOf(mergeReader)
  const allocateRules = rulesOf(allocateReader(context))
  const splitRules = rulesOf(splitReader)
  const courierRules = rulesOf(courierReader(context))
  const optionRules = rulesOf(optionsReader)
  const pushRules = rulesOf(pushReader)
  for (const stage of settledStages) rulesOf(settledReader(stage))
  if (problems.length > 0) return { problems }
  return {
    ruleSet: {
      version: context.version,
      dividesAhead: splitRules.some((rule) => dividesAhead(rule.then)),
      asksForTwins: mentions(document, 'duplicate'),
      review: (facts) => review(reviewRules, facts),
      ...(intakeRules.length > 0 && { intake: (facts) => chooseFirst(intakeRules, facts) }),
      ...(enrichRules.length > 0 && { enrich: (facts) => enrich(enrichRules, facts) }),
      ...(mappingRules.length > 0 && { mapping: (facts, line) => chooseFirst(mappingRules, facts, lineScope(scopeOf(facts), line)) }),
      ...(reviewRules.length > 0 && { reviewTrials: (facts) => reviewTrials(reviewRules, facts) }),
      ...(mergeRules.length > 0 && { merge: (facts) => chooseFirst(mergeRules, facts) }),
      ...(allocateRules.length > 0 && { allocate: (facts) => chooseFirst(allocateRules, facts) }),
      ...(splitRules.length > 0 && { split: (facts) => chooseFirst(splitRules, facts) }),
      ...(courierRules.length > 0 && { courier: (facts) => chooseFirst(courierRules, facts) }),
      ...(optionRules.length > 0 && { options: (facts) => chooseOptions(optionRules, facts) }),
      ...(pushRules.length > 0 && { push: (facts) => chooseFirst(pushRules, facts) }),
    },
  }
}
