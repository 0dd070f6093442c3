import type { Rate } from '../shared/token-bucket.ts'

/**
 * Default usage plans, per seller account and application.
 * Source: the "Usage Plan" tables of https://github.com/amzn/selling-partner-api-models (2026-08-05, read 2026-11-22).
 */
export const rates: Readonly<Record<string, Rate>> = {
  searchOrders: { perSecond: 0.0056, burst: 20 },
  getOrder: { perSecond: 0.5, burst: 30 },
  'v0.getOrders': { perSecond: 0.0167, burst: 20 },
  'v0.getOrder': { perSecond: 0.5, burst: 30 },
  'v0.getOrderBuyerInfo': { perSecond: 0.5, burst: 30 },
  'v0.getOrderAddress': { perSecond: 0.5, burst: 30 },
  'v0.getOrderItems': { perSecond: 0.5, burst: 30 },
  'v0.getOrderItemsBuyerInfo': { perSecond: 0.5, burst: 30 },
  confirmShipment: { perSecond: 2, burst: 10 },
  createRestrictedDataToken: { perSecond: 1, burst: 10 },
  patchListingsItem: { perSecond: 5, burst: 5 },
  getMarketplaceParticipations: { perSecond: 0.016, burst: 15 },
}
