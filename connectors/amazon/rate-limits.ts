import type { RateLimits } from '../../core/ports/call-gate.ts'

/**
 * Default usage plans of the Selling Partner API, per seller account and application: tokens a second, burst.
 * `x-amzn-RateLimit-Limit` of an answer corrects the rate, because plans are adapted per seller.
 * Source: the "Usage Plan" table of each operation in the official models,
 * https://github.com/amzn/selling-partner-api-models (2026-08-05, read 2026-11-22), and
 * https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits (read 2026-11-22).
 */
export const rateLimits = {
  searchOrders: { perSecond: 0.0056, burst: 20 },
  getOrder: { perSecond: 0.5, burst: 30 },
  confirmShipment: { perSecond: 2, burst: 10 },
  patchListingsItem: { perSecond: 5, burst: 5 },
  getMarketplaceParticipations: { perSecond: 0.016, burst: 15 },
  // For v0 alone, until it ends.
  'v0.getOrders': { perSecond: 0.0167, burst: 20 },
  'v0.getOrder': { perSecond: 0.5, burst: 30 },
  'v0.getOrderItems': { perSecond: 0.5, burst: 30 },
  createRestrictedDataToken: { perSecond: 1, burst: 10 },
  /** Login with Amazon publishes no rate; one token an hour is needed, so this is only a brake. */
  token: { perSecond: 1, burst: 5 },
} as const satisfies RateLimits

export type Operation = keyof typeof rateLimits
