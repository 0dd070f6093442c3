import type { RateLimits } from '../../core/ports/call-gate.ts'

/**
 * `graphql` counts points of calculated query cost, per app and store. Standard plan: 100 points a second
 * (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits, read 2026-11-24). The bucket of 2,000
 * is what that plan answers with (https://community.shopify.dev/t/23101, read 2026-11-24); higher plans
 * correct both by their first answer. For `token` nothing is published; a grant a day is enough.
 */
export const rateLimits: RateLimits = {
  graphql: { perSecond: 100, burst: 2_000 },
  token: { perSecond: 1, burst: 5 },
}

/**
 * No single query may ask for more
 * (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits, read 2026-11-24).
 */
export const mostPointsOfOneQuery = 1_000

/** Lists in the input of a mutation, counted here over all lists of one call (https://shopify.dev/docs/api/usage/limits, read 2026-11-24). */
export const mostEntriesOfOneInput = 250

/** A paginated list ends here (https://shopify.dev/docs/api/usage/limits, read 2026-11-24). */
export const mostObjectsOfOneList = 25_000
