import { describe, expect, it } from 'vitest'
import { rateLimits } from '../../../connectors/amazon/rate-limits.ts'

describe('the published plans', () => {
  it.each([
    ['searchOrders', 0.0056, 20, '04'],
    ['getOrder', 0.5, 30, '07'],
    ['confirmShipment', 2, 10, '07'],
    ['patchListingsItem', 5, 5, '07'],
    ['getMarketplaceParticipations', 0.016, 15, '07'],
  ] as const)('give %s %f calls a second and %i at once [amazon-limit-%s]', (operation, perSecond, burst, _id) => {
    expect(rateLimits[operation]).toEqual({ perSecond, burst })
  })
})
