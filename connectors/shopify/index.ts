import { defineConnector } from '../shared/define-connector.ts'
import { connectorOf } from '../shared/operations.ts'
import { createClient } from './client.ts'
import { checkConnection } from './operations/check-connection.ts'
import { confirmShipment } from './operations/confirm-shipment.ts'
import { fetchOrder } from './operations/fetch-order.ts'
import { fetchOrderChanges } from './operations/fetch-order-changes.ts'
import { listOrders } from './operations/list-orders.ts'
import { offerStock } from './operations/offer-stock.ts'
import { readShipments } from './operations/read-shipments.ts'
import { rateLimits } from './rate-limits.ts'
import { type ShopifySettings, shopifySettings } from './settings.ts'

const operations = { checkConnection, fetchOrderChanges, fetchOrder, listOrders, confirmShipment, readShipments, offerStock }

/** One Shopify store, through its Admin GraphQL API. */
export const shopify = defineConnector<ShopifySettings>({
  platform: 'shopify',
  settings: shopifySettings,
  secrets: ['clientSecret', 'accessToken'],
  rateLimits,
  capabilities: {
    // fulfillmentCreate takes no key. An order read by its id does not go through the search index, whose lag is
    // documented; the two seconds are a margin of ours.
    confirmShipment: { key: 'none', readBack: 'by-order', readBackLagMs: 2_000 },
    severalPackages: true,
  },
  limitScope: (shop) => `shopify:${shop.settings.shop}`,
  create: (shop, transport) => connectorOf(createClient(shop, transport), operations),
})
