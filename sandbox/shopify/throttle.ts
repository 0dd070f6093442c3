import type { Rate } from '../shared/token-bucket.ts'
import type { LimitMode } from '../simulated.ts'
import type { Plan } from './state.ts'

/**
 * Points per second by plan. The page gives no bucket size; ours is the 20 seconds of flow that the older
 * limits had (50 a second, 1,000 in the bucket).
 * Source: https://shopify.dev/docs/api/usage/limits (read 2026-11-22).
 */
export const planRates: Readonly<Record<Plan, Rate>> = {
  standard: { perSecond: 100, burst: 2_000 },
  advanced: { perSecond: 200, burst: 4_000 },
  plus: { perSecond: 1_000, burst: 20_000 },
  enterprise: { perSecond: 2_000, burst: 40_000 },
}

/** What `extensions.cost.throttleStatus` says. Without limits it shows a bucket that no reader needs to spare. */
export function throttleStatus(plan: Plan, remaining: number, limits: LimitMode) {
  if (limits === 'open') return { maximumAvailable: 2_000_000, currentlyAvailable: 2_000_000, restoreRate: 1_000_000 }
  const { burst, perSecond } = planRates[plan]
  return { maximumAvailable: burst, currentlyAvailable: Math.max(0, Math.floor(remaining)), restoreRate: perSecond }
}

/** A query may not ask for more at once. Source: https://shopify.dev/docs/api/usage/limits (read 2026-11-22). */
export const largestCost = 1_000
