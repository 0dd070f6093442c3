import type { Instant } from '../value/instant.ts'

export const effectKinds = ['wms-create', 'wms-cancel', 'confirm-shipment', 'offer-stock'] as const
export type EffectKind = (typeof effectKinds)[number]

/**
 * `planned` decided, not sent · `inflight` committed before the call · `accepted` the other side works on
 * it · `confirmed` documented success · `rejected` documented refusal · `unknown` outcome not
 * established, a read comes next · `withdrawn` never sent and no longer wanted.
 */
export const effectStates = ['planned', 'inflight', 'accepted', 'confirmed', 'rejected', 'unknown', 'withdrawn'] as const
export type EffectState = (typeof effectStates)[number]

/** One outside write and its outcome. The row is the durable intent: it commits before the call. */
export interface Effect {
  /** Derived from our ids, never random; a repeat of the same decision finds the same row. */
  readonly key: string
  readonly kind: EffectKind
  /** The shop or the WMS account that is called. */
  readonly account: string
  readonly clientId: string
  readonly orderNo: string
  /** The fulfillment order, for WMS effects and write-backs. */
  readonly foNo?: string
  /** Frozen when decided; holds personal data, so it is stored encrypted. */
  readonly payload: unknown
  readonly payloadHash: string
  readonly state: EffectState
  readonly attempt: number
  /** Lease epoch of the daemon that armed it. */
  readonly epoch: number
  /** Reads made since the outcome became unknown. */
  readonly probes: number
  /** Of these, reads that did not find it, one after the other. */
  readonly absences: number
  readonly remoteId?: string
  readonly errorCode?: string
  /** What the other side answered, for the operator; free of personal data. */
  readonly errorMessage?: string
  readonly createdAt: Instant
  readonly armedAt?: Instant
  /** When two reads had missed an earlier try. It may still come up, so that a refusal of the repeat proves nothing. */
  readonly missedAt?: Instant
  readonly settledAt?: Instant
  /** Seen by a read after it was confirmed. */
  readonly verifiedAt?: Instant
  /** When the lane must act again; undefined when nothing more happens by itself. */
  readonly nextAttemptAt?: Instant
}

/** How a write ended, as the other side answered and nothing more. Whether to repeat is decided by core alone. */
export type WriteOutcome =
  | { readonly result: 'confirmed'; readonly remoteId?: string }
  | { readonly result: 'accepted'; readonly remoteId?: string }
  | { readonly result: 'rejected'; readonly code: string; readonly message: string }
  | { readonly result: 'unknown'; readonly code: string; readonly message: string }

/** What a target of writes can do; core never repeats a write beyond it. */
export interface EffectCapabilities {
  /** `enforced`: a second call with the same key is refused or edits; `advisory`: it may be; `none`. */
  readonly key: 'enforced' | 'advisory' | 'none'
  /** How to find out what became of a write. `with-poll`: the next page of changes shows it. */
  readonly readBack: 'by-key' | 'by-order' | 'with-poll' | 'none'
  /** How long a write may stay invisible to reads. */
  readonly readBackLagMs: number
}
