import { defineConnector } from '../shared/define-connector.ts'
import { connectorOf } from '../shared/operations.ts'
import { createClient } from './client.ts'
import { checkConnection } from './operations/check-connection.ts'
import { consent } from './operations/consent.ts'
import { fetchOrder, fetchOrderChanges } from './operations/fetch-orders.ts'
import { listOrders } from './operations/list-orders.ts'
import { offerStock } from './operations/offer-stock.ts'
import { confirmShipment, correctShipment, readShipments } from './operations/shipments.ts'
import { rateLimits } from './rate-limits.ts'
import { type ShopifySettings, shopifySettings } from './settings.ts'

const orders = { fetchOrderChanges, fetchOrder, listOrders }
const operations = { ...orders, checkConnection, confirmShipment, correctShipment, readShipments, offerStock }

/** One Shopify store, through its Admin GraphQL API. */
export const shopify = defineConnector<ShopifySettings>({
  platform: 'shopify',
  settings: shopifySettings,
  secrets: ['clientSecret', 'refreshToken', 'accessToken'],
  rateLimits,
  capabilities: {
    // fulfillmentCreate takes no key. An order read by its id does not go through the search index, whose lag is
    // documented; the two seconds are a margin of ours.
    confirmShipment: { key: 'none', readBack: 'by-order', readBackLagMs: 2_000 },
    severalPackages: true,
  },
  accountKeys: ({ shop }) => [shop],
  limitScope: (shop) => `shopify:${shop.settings.shop}`,
  consent,
  create: (shop, transport) => connectorOf(createClient(shop, transport), operations),
})
