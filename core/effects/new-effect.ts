import type { Effect } from '../model/effect.ts'
import { contentHash } from '../value/hash.ts'
import type { Instant } from '../value/instant.ts'

export type EffectDecision = Pick<Effect, 'key' | 'kind' | 'account' | 'clientId' | 'orderNo' | 'payload'> & {
  readonly foNo?: string
  readonly now: Instant
}

/** A decided write that is due at once. Save it in the transaction of the decision. */
export function newEffect({ now, ...decision }: EffectDecision): Effect {
  return {
    ...decision,
    payloadHash: contentHash(decision.payload),
    state: 'planned',
    attempt: 0,
    epoch: 0,
    probes: 0,
    absences: 0,
    createdAt: now,
    nextAttemptAt: now,
  }
}
