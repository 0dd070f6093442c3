import { type Instant, instantToMs } from '../../core/value/instant.ts'
import type { LimitMode } from '../simulated.ts'

/** A published limit: `perSecond` tokens flow in, at most `burst` wait. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

export interface Taken {
  readonly allowed: boolean
  /** Tokens left after this request. */
  readonly remaining: number
  /** Until the bucket holds enough again; 0 when allowed. */
  readonly retryAfterMs: number
}

export interface TokenBuckets {
  /** Takes tokens for a request. `scope` is whoever shares the limit: an account, an application. */
  take(scope: string, operation: string, tokens?: number): Taken
  /** Gives back what was reserved and not used. */
  giveBack(scope: string, operation: string, tokens: number): void
}

/** Buckets by scope and operation. An operation without a rate, and every one in mode `open`, is never refused. */
export function createTokenBuckets(rates: Readonly<Record<string, Rate>>, limits: LimitMode, now: () => Instant): TokenBuckets {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  const refill = (scope: string, operation: string, rate: Rate): { tokens: number; atMs: number } => {
    const nowMs = instantToMs(now())
    const key = `${scope}\n${operation}`
    const bucket = buckets.get(key) ?? { tokens: rate.burst, atMs: nowMs }
    bucket.tokens = Math.min(rate.burst, bucket.tokens + (Math.max(0, nowMs - bucket.atMs) / 1_000) * rate.perSecond)
    bucket.atMs = nowMs
    buckets.set(key, bucket)
    return bucket
  }
  return {
    take: (scope, operation, tokens = 1) => {
      const rate = rates[operation] ?? rates['default']
      if (!rate) return { allowed: true, remaining: Number.POSITIVE_INFINITY, retryAfterMs: 0 }
      const bucket = refill(scope, operation, rate)
      // A millionth of a token forgives the rounding of the refill.
      const allowed = limits === 'open' || bucket.tokens + 1e-6 >= tokens
      if (allowed) bucket.tokens = Math.max(0, bucket.tokens - tokens)
      const missing = Math.max(0, tokens - bucket.tokens)
      return { allowed, remaining: bucket.tokens, retryAfterMs: allowed ? 0 : Math.ceil((missing / rate.perSecond) * 1_000) }
    },
    giveBack: (scope, operation, tokens) => {
      const rate = rates[operation] ?? rates['default']
      if (!rate) return
      const bucket = refill(scope, operation, rate)
      bucket.tokens = Math.min(rate.burst, bucket.tokens + tokens)
    },
  }
}
