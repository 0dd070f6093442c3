import { ebay } from '../../../connectors/ebay/index.ts'
import type { Shop } from '../../../core/model/shop.ts'
import { createEbay } from '../../../sandbox/ebay/index.ts'
import { account, type ContractWorld, contractWorld } from '../../contract/connector-world.ts'
import { instant } from './order-payload.ts'

export interface EbayWorldOptions {
  readonly switches?: Readonly<Record<string, boolean>>
  readonly account?: Readonly<Record<string, unknown>>
  readonly limits?: 'published' | 'open'
}

/** A shop on the simulated eBay. */
export function ebayWorld(options: EbayWorldOptions = {}): ContractWorld {
  return contractWorld({
    definition: ebay,
    createMarketplace: ({ now }) =>
      createEbay({ now, limits: options.limits ?? 'open', ...(options.switches ? { switches: options.switches } : {}) }),
    account: { marketplaceId: 'EBAY_US', ...options.account },
    operations: { readOrders: ['getOrders'], confirmShipment: ['createShippingFulfillment'] },
    carrierWord: 'UPS',
  })
}

/** The requests of the shop that the simulated eBay saw, by operation. */
export function requestsOf(world: ContractWorld, operation: string): number {
  return world.marketplace.ledger(account).requests.filter((request) => request.operation === operation).length
}

/** The `filter` parameters of the order searches, in order. */
export function filtersOf(world: ContractWorld): readonly string[] {
  return world.transport.sent.flatMap((request) => new URL(request.url).searchParams.get('filter') ?? [])
}

export const plainSettings = { appId: 'APP-1', certId: 'CERT-1', refreshToken: 'v^1.1#refresh', marketplaceId: 'EBAY_DE' }

/** A shop that is not simulated, for single calls. */
export const plainShop: Shop = {
  id: 'de-ebay',
  platform: 'ebay',
  clientId: 'default',
  pollEveryMs: 300_000,
  overlapMs: 600_000,
  since: instant('2026-11-24T08:00:00Z'),
  limits: {},
  settleMs: 1_000,
  settings: plainSettings,
}
