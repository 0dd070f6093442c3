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

/** The subject of an `out-of-stock` hold for what is left of an order of which a part goes ahead. */
const restSubject = 'rest'

/** What is left waits; what is planned of the order goes ahead. It ends when there is stock, not by a person's word. */
export function restHold(detail: string): WantedHold {
  return { ...systemHold('out-of-stock', restSubject, detail), isFact: true }
}

/** The subject of a `payment-pending` hold of an order that waits for another one in its parcel to be paid. */
export const parcelSubject = 'parcel'

/** Whether a hold keeps what is planned from going: not what only says of the rest, or of the parcel, that it waits. */
export function keepsBack({ reason, subject }: Pick<WantedHold, 'reason' | 'subject'>): boolean {
  return !(reason === 'out-of-stock' && subject === restSubject) && !(reason === 'payment-pending' && subject === parcelSubject)
}
