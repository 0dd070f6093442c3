import type { LimitObservation, RateLimits } from '../../core/ports/call-gate.ts'
import { type Instant, instantToMs, parseInstant } from '../../core/value/instant.ts'
import { retryAfterMs } from '../shared/retry-after.ts'

/** Wish counts all calls of one app for one merchant together, so every call draws from one bucket. */
export const everyCall = 'default'

/**
 * Wish limits calls per merchant and app in windows and publishes no number (Wish Marketplace V3 API 3.0.65,
 * "Rate-Limiting", read 2026-11-22). Ours stays below 60 a minute; the answers' headers correct it.
 */
export const rateLimits = { [everyCall]: { perSecond: 0.9, burst: 3 } } as const satisfies RateLimits

const shortestWaitMs = 1_000
/** A wrong clock must not stop a shop for long. */
const longestWaitMs = 3_600_000
/** When nothing readable was said. */
const unknownWaitMs = 60_000

/**
 * `Wish-Rate-Limit-Remaining` comes with every answer, `Wish-Rate-Limit-Reset` ("the time the rate-limiter
 * will reset") with a 429. Source: Wish Marketplace V3 API 3.0.65, "Rate-Limiting" (read 2026-11-22).
 * What remains of a window only ever slows us down: a number above our burst would fill the bucket with every answer,
 * and the whole window would go at once, with calls still under way when it ends.
 */
export function observeLimit(status: number, headers: Readonly<Record<string, string>>, now: Instant): LimitObservation {
  if (status !== 429) {
    const remaining = Number(headers['wish-rate-limit-remaining'] ?? Number.NaN)
    return Number.isSafeInteger(remaining) && remaining >= 0 && remaining < rateLimits[everyCall].burst ? { remaining } : {}
  }
  const wait = untilReset(headers['wish-rate-limit-reset'], now) ?? retryAfterMs(headers['retry-after'], now) ?? unknownWaitMs
  return { remaining: 0, retryAfterMs: Math.min(longestWaitMs, Math.max(shortestWaitMs, wait)) }
}

/** The form of the time is not documented: epoch in seconds or milliseconds, seconds from now, and dates are all read. */
function untilReset(text: string | undefined, now: Instant): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const nowMs = instantToMs(now)
  const value = Number(text)
  if (value > 1e11) return value - nowMs
  if (value > 1e8) return value * 1_000 - nowMs
  if (value >= 0) return value * 1_000
  const ms = Date.parse(parseInstant(text) ?? text)
  return Number.isNaN(ms) ? undefined : ms - nowMs
}
