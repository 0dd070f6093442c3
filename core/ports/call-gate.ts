/** What one operation of one account may cost. `perSecond` tokens come in up to `burst`. */
export interface RateLimit {
  readonly perSecond: number
  readonly burst: number
}

/** The operations of a connector or adapter with their published rates; `default` for the others. */
export type RateLimits = Readonly<Record<string, RateLimit>>

/** What a response's headers or body say about the limit; corrects the bucket. */
export interface LimitObservation {
  readonly perSecond?: number
  readonly burst?: number
  /** Tokens left now. */
  readonly remaining?: number
  /** The other side refused: nothing more before this many milliseconds. */
  readonly retryAfterMs?: number
}

/**
 * Keeps one account's calls within its limits. Token buckets are stored and survive restarts; calls of
 * one scope share them whatever the lane. Bound to one scope; core and connectors only see this.
 */
export interface CallGate {
  /**
   * Runs `call` when the bucket of `operation` has `cost` tokens (default 1). Waits for them up to the gate's
   * patience, then throws SyncError `rate-limit` with `retryAfterMs`, without having called.
   */
  run<T>(operation: string, call: () => Promise<T>, options?: { readonly cost?: number; readonly signal?: AbortSignal }): Promise<T>
  observe(operation: string, observation: LimitObservation): void
}
