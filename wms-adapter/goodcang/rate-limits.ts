import type { RateLimits } from '../../core/ports/call-gate.ts'

/** All calls of one account share this operation: nothing says that the limit is counted per call. */
export const sharedOperation = 'default'

/**
 * Goodcang answers HTTP 429 but publishes no number. Public clients wait 1 to 1.2 s between calls
 * (read 2026-11-22), so this stays on the safe side; an account's `limits` override it.
 */
export const goodcangRateLimits = { [sharedOperation]: { perSecond: 1, burst: 3 } } as const satisfies RateLimits

/** Wait after a 429 that names no time: the pause with which public clients start (read 2026-11-22). */
export const defaultRetryAfterMs = 3_000

/** A longer `Retry-After` is taken for a mistake of the server; the next refusal tells again. */
export const longestRetryAfterMs = 600_000
