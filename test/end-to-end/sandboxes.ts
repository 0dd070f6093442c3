import { addMs, type Instant } from '../../core/value/instant.ts'
import type { LimitMode } from '../../sandbox/index.ts'
import {
  createAmazon,
  createEbay,
  createGoodcang,
  createShopify,
  createWish,
  demoCatalog,
  openAccounts,
  type SimulatedMarketplace,
  type SimulatedWarehouse,
  seedOrders,
  stockWarehouse,
} from '../../sandbox/index.ts'
import { watchRequests } from '../fakes/watch-requests.ts'

export type PlatformName = 'shopify' | 'amazon' | 'ebay' | 'wish'
export const platformNames: readonly PlatformName[] = ['shopify', 'amazon', 'ebay', 'wish']

/** The demo's shops that tests use: one of each platform. */
export const shopOf = { shopify: 'brand-us', amazon: 'us-amazon', ebay: 'de-ebay', wish: 'wish-1' } as const satisfies Record<
  PlatformName,
  string
>
export const warehouseAccount = 'gc'

/** The call that writes a shipment to a platform, by its name in the sandbox. */
export const writeBackCall = {
  shopify: 'fulfillmentCreate',
  amazon: 'confirmShipment',
  ebay: 'createShippingFulfillment',
  wish: 'ShipOrder',
} as const satisfies Record<PlatformName, string>
/** The call that gives the warehouse a fulfillment order. */
export const pushCall = 'order/create_order'

/** The simulated world of a test, in this process. */
export interface Sandboxes {
  readonly shops: readonly { readonly id: string; readonly platform: PlatformName }[]
  readonly marketplaces: Readonly<Record<Exclude<PlatformName, 'wish'>, SimulatedMarketplace>> & {
    readonly wish: ReturnType<typeof createWish>
  }
  readonly warehouse: SimulatedWarehouse
  /** Every one of them by the name that the configuration's endpoints are made of. */
  readonly all: Readonly<Record<string, SimulatedMarketplace | SimulatedWarehouse>>
  /** The `settings` block of each shop. */
  readonly shopSettings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly warehouseSettings: Readonly<Record<string, unknown>>
}

export interface SandboxOptions {
  readonly shops: readonly string[]
  readonly limits: LimitMode
  now(): Instant
}

/** Opens the four marketplaces and the warehouse, with the demo's accounts and full shelves. Requests must fit the official models. */
export function openSandboxes({ shops, limits, now }: SandboxOptions): Sandboxes {
  const options = { now, limits }
  const marketplaces = {
    shopify: watchRequests(createShopify(options)),
    amazon: watchRequests(createAmazon(options)),
    ebay: watchRequests(createEbay(options)),
    wish: watchRequests(createWish(options)),
  }
  const warehouse = watchRequests(createGoodcang(options))
  const { accounts } = seedOrders(1, 0, { catalog: demoCatalog, since: addMs(now(), -3_600_000), accounts: shops })
  return {
    shops: accounts.map(({ account, platform }) => ({ id: account, platform })),
    marketplaces,
    warehouse,
    all: { ...marketplaces, goodcang: warehouse },
    shopSettings: openAccounts(accounts, marketplaces),
    warehouseSettings: stockWarehouse(warehouse, warehouseAccount, demoCatalog),
  }
}
