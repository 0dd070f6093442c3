import type { HoldReason } from '../model/hold.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { RuleHold } from '../rules/facts.ts'

/** A hold of the product's own that ends with its cause. */
export function systemHold(reason: HoldReason, subject: string, detail: string): WantedHold {
  return { reason, source: 'system', subject, detail, release: { mode: 'when-condition' } }
}

/** A hold that a rule ordered: its name is the subject. */
export function ruleHold({ rule, reason, detail, release }: RuleHold): WantedHold {
  return { reason, source: 'rule', subject: rule, detail, release }
}
