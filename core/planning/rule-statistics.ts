import type { RulesDocument } from '../rules/document.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { type PastConditions, type PastOrder, planPast, wasOurs } from './plan-past.ts'

/** `never-asked` a rule above always decided, or no order came so far · `undecided` for want of a rate every time. */
export type RuleFinding = 'never-asked' | 'never-matched' | 'always-matched' | 'undecided'

export interface RuleStatistic {
  readonly stage: string
  readonly rule: string
  /** How often it was tried: mapping rules once a line, courier rules once a warehouse. */
  readonly tried: number
  readonly matched: number
  /** Could not be told for want of a rate of exchange. */
  readonly undecided: number
  readonly finding: RuleFinding | null
}

/** Stages whose rules planning asks; what the others say is settled. */
const asked = ['intake', 'enrich', 'mapping', 'review', 'merge', 'allocate', 'split', 'courier', 'options', 'push'] as const

/** How often each rule matched past orders, planned again as they were: in the order of the stages and rules. */
export async function ruleStatistics(
  orders: AsyncIterable<PastOrder> | Iterable<PastOrder>,
  rules: { readonly document: RulesDocument; readonly ruleSet: RuleSet },
  conditions: PastConditions,
): Promise<{ readonly orders: number; readonly rules: readonly RuleStatistic[] }> {
  const counts = new Map<string, { tried: number; matched: number; undecided: number }>()
  let count = 0
  for await (const past of orders) {
    if (!wasOurs(past.order)) continue
    count += 1
    const trials = planPast(past, rules.ruleSet, conditions).trace.flatMap((step) => step.rules ?? [])
    for (const { rule, result } of trials) {
      const sum = counts.get(rule) ?? { tried: 0, matched: 0, undecided: 0 }
      sum.tried += 1
      if (result === 'matched') sum.matched += 1
      if (result === 'fx-missing') sum.undecided += 1
      counts.set(rule, sum)
    }
  }
  const statistics = asked.flatMap((stage) =>
    (rules.document[stage] ?? []).map(({ name, when }) => {
      const rule = typeof name === 'string' ? name : name.en
      const sum = counts.get(rule) ?? { tried: 0, matched: 0, undecided: 0 }
      return { stage, rule, ...sum, finding: count === 0 ? null : findingOf(sum, when !== undefined) }
    }),
  )
  return { orders: count, rules: statistics }
}

/** A rule without condition is meant to match always. */
function findingOf(
  { tried, matched, undecided }: Pick<RuleStatistic, 'tried' | 'matched' | 'undecided'>,
  isConditional: boolean,
): RuleFinding | null {
  if (tried === 0) return 'never-asked'
  if (undecided === tried) return 'undecided'
  if (matched === 0) return 'never-matched'
  return matched === tried && isConditional ? 'always-matched' : null
}
