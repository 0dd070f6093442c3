import type { Comparison, Condition, Verdict } from './conditions/condition.ts'
import { type Scope, scopeOf } from './conditions/scope.ts'
import type { RuleFacts, RuleHold } from './facts.ts'

/** A compiled rule of one stage. */
export interface Rule<Action> {
  readonly name: string
  readonly nameZh?: string
  /** Undefined matches every order. */
  readonly when: Condition | undefined
  readonly then: Action
}

/** A rule as it was tried on an order, for the trace. */
export interface RuleTrial {
  readonly rule: string
  readonly ruleZh?: string
  /** `fx-missing`: it could not be told, for want of a rate of exchange. */
  readonly result: 'matched' | 'not-matched' | 'fx-missing'
  readonly compared: readonly Comparison[]
}

/** What a stage of the first match came to. */
export interface Choice<Action> {
  /** Of the rule that matched; undefined leaves it to the stage's default. */
  readonly action: Action | undefined
  readonly rule: string | undefined
  /** Every rule that was tried, in order. */
  readonly trials: readonly RuleTrial[]
  /** Set when a rule could not be told, so that nothing below it may be tried. */
  readonly hold: RuleHold | undefined
}

/** The first rule from the top that matches. */
export function chooseFirst<Action>(rules: readonly Rule<Action>[], facts: RuleFacts, scope: Scope = scopeOf(facts)): Choice<Action> {
  const trials: RuleTrial[] = []
  for (const rule of rules) {
    const verdict = verdictOf(rule, scope)
    trials.push(trialOf(rule, verdict, scope))
    if (verdict === 'unknown') return { action: undefined, rule: undefined, trials, hold: missingRate(rule.name, facts) }
    if (verdict) return { action: rule.then, rule: rule.name, trials, hold: undefined }
  }
  return { action: undefined, rule: undefined, trials, hold: undefined }
}

export function verdictOf(rule: Rule<unknown>, scope: Scope): Verdict {
  return rule.when ? rule.when.test(scope) : true
}

export function trialOf(rule: Rule<unknown>, verdict: Verdict, scope: Scope): RuleTrial {
  return {
    rule: rule.name,
    ...(rule.nameZh !== undefined && { ruleZh: rule.nameZh }),
    result: verdict === 'unknown' ? 'fx-missing' : verdict ? 'matched' : 'not-matched',
    // Told when it is read: nobody reads the trace of a plan that is only compared.
    get compared() {
      return rule.when?.explain(scope) ?? []
    },
  }
}

/** A rule cannot be told for want of a rate of exchange: the order waits, it is not guessed at. */
export function missingRate(rule: string, { order }: RuleFacts): RuleHold {
  const currency = order.totals?.grand.currency ?? "the order's currency"
  const detail = `the rule "${rule}" asks for dollars, and no rate from ${currency} to USD is known for ${order.purchasedAt.slice(0, 10)}: import one with "npm run import -- fx FILE", or let the rule ask for the order's own currency`
  return { rule, reason: 'fx-missing', detail, release: { mode: 'when-condition' } }
}
