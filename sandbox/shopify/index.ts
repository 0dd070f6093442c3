import { createFaultSwitch } from '../shared/fault-switch.ts'
import { checkSwitches } from '../shared/switches.ts'
import type { SimulatedMarketplace, SimulationOptions } from '../simulated.ts'
import { type OpenedShop, openShop } from './account.ts'
import { changeOrder } from './change-order.ts'
import { createIdSource, gid, idOf } from './ids.ts'
import { ledgerOf } from './ledger.ts'
import { officialCheck } from './official-schema.ts'
import { placeOrder } from './place-order.ts'
import { createServer } from './server.ts'
import type { Shop, ShopOrder } from './state.ts'
import { createTokens } from './tokens.ts'

export interface ShopifyOptions extends SimulationOptions {
  /** Seed of the fault switch. */
  readonly seed?: number
}

const switchNames = [
  /** Refuses a document of more than 1,000 points, a rule that the published pages state without saying how they count. */
  'largest-cost',
]

/** Simulated Shopify: the Admin GraphQL API 2026-10 as far as orders, fulfillment and stock go. */
export function createShopify(options: ShopifyOptions): SimulatedMarketplace {
  checkSwitches('Shopify', options.switches, switchNames)
  const ids = createIdSource()
  const faults = createFaultSwitch(options.seed)
  const shops = new Map<string, OpenedShop>()
  const tokens = createTokens(() => [...shops.values()].map(({ shop }) => shop), options.now)
  const opened = (account: string): OpenedShop => {
    const entry = shops.get(account)
    if (!entry) throw new Error(`the simulated Shopify has no account "${account}"`)
    return entry
  }
  const shopOf = (account: string): Shop => opened(account).shop
  const orderOf = (shop: Shop, platformOrderId: string): ShopOrder => {
    const order = shop.orders.get(idOf('Order', platformOrderId) ?? platformOrderId)
    if (!order) throw new Error(`the simulated shop ${shop.account} has no order "${platformOrderId}"`)
    return order
  }
  return {
    platform: 'shopify',
    faults,
    fetch: createServer({ options, ids, faults, tokens, checkDocument: officialCheck(process.env['QUAYSIDE_SPECS']) }),
    addAccount: (account, accountOptions) => {
      if (shops.has(account)) throw new Error(`the simulated Shopify has an account "${account}" already`)
      const entry = openShop(account, accountOptions, { now: options.now, ids, tokens })
      shops.set(account, entry)
      return entry.settings()
    },
    placeOrder: (account, order) => gid('Order', placeOrder(shopOf(account), order, { now: options.now(), ids }).id),
    changeOrder: (account, platformOrderId, change) => {
      const shop = shopOf(account)
      changeOrder(orderOf(shop, platformOrderId), change, { shop, ids, now: options.now() })
    },
    revoke: (account) => {
      shopOf(account).revoked = true
    },
    restore: (account) => {
      shopOf(account).revoked = false
    },
    rotateSecret: (account) => {
      opened(account).rotate()
      return opened(account).settings()
    },
    ledger: (account) => ledgerOf(shopOf(account)),
  }
}
