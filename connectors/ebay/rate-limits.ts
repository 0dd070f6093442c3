import type { LimitObservation, RateLimits } from '../../core/ports/call-gate.ts'
import { type Instant, msBetween } from '../../core/value/instant.ts'

/**
 * Calls a day while the quota is not known. eBay sets quotas by application and API and publishes no
 * number that holds for everybody; 5,000 is the lowest that is reported. `limits:` of the shop overrides it.
 * Source: https://developer.ebay.com/support/api-call-limits (read 2026-11-22).
 */
const fallbackCallsPerDay = 5_000

/** Refresh grants per application and day. Source: https://developer.ebay.com/api-docs/static/oauth-rate-limits.html (read 2026-11-22). */
const refreshesPerDay = 50_000

/** Calls that are left for a person who works with the same keys. */
const reserve = 5

const daily = (calls: number) => ({ perSecond: calls / 86_400, burst: calls })

/** By API, as eBay counts. `fulfillment` is corrected hourly by the quota that eBay reports. */
export const rateLimits = {
  fulfillment: daily(fallbackCallsPerDay),
  inventory: daily(fallbackCallsPerDay),
  quota: daily(fallbackCallsPerDay),
  token: daily(refreshesPerDay),
} as const satisfies RateLimits

export type EbayOperation = keyof typeof rateLimits

export interface Quota {
  readonly limit: number
  readonly remaining: number
  readonly resetsAt: Instant
}

/**
 * Half of what is left may go at once, the other half comes evenly until the reset: together never more
 * than the quota. A used-up one stops calls until then.
 */
export function paceOf(quota: Quota, now: Instant): LimitObservation {
  const remaining = Math.max(0, quota.remaining - reserve)
  const seconds = Math.max(60, msBetween(now, quota.resetsAt) / 1_000)
  if (remaining === 0) return { remaining: 0, retryAfterMs: seconds * 1_000 }
  const burst = Math.max(1, Math.floor(remaining / 2))
  return { perSecond: remaining / 2 / seconds, burst, remaining: burst }
}
