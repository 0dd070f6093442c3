import type { Comparison, Condition, Verdict } from './condition.ts'
import type { Scope } from './scope.ts'

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
  readonly result: 'matched' | 'not-matched' | 'fx-missing'
  readonly compared: readonly Comparison[]
}

export function verdictOf(rule: Rule<unknown>, scope: Scope): Verdict {
  return rule.when ? rule.when.test(scope) : true
}

export function trialOf(rule: Rule<unknown>, verdict: Verdict, scope: Scope): RuleTrial {
  return {
    rule: rule.name,
    ...(rule.nameZh !== undefined && { ruleZh: rule.nameZh }),
    result: verdict === 'unknown' ? 'fx-missing' : verdict ? 'matched' : 'not-matched',
    compared: rule.when?.explain(scope) ?? [],
  }
}
