import type { OrderSnapshot } from '../../core/model/order.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { CallContext, Connector, ConnectorCapabilities } from '../../core/ports/connector.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { defineConnector } from '../shared/define-connector.ts'
import { checkConnection } from './check-connection.ts'
import { createShopifyClient, type ShopifyClient } from './client.ts'
import { confirmShipment, readWork } from './confirm-shipment.ts'
import { listOrders } from './list-orders.ts'
import { mapOrder } from './map-order.ts'
import { mapShipments } from './map-shipment.ts'
import { offerStock } from './offer-stock.ts'
import { operations } from './operations.ts'
import { rateLimits } from './rate-limits.ts'
import { readChanges } from './read-changes.ts'
import { completeOrder, read } from './read-orders.ts'
import { answers } from './schema.ts'
import { type ShopifySettings, shopifySettings } from './settings.ts'

/**
 * fulfillmentCreate takes no key. An order read by its id does not go through the search index, whose lag is
 * documented; the two seconds are a margin of ours.
 */
const capabilities: ConnectorCapabilities = {
  confirmShipment: { key: 'none', readBack: 'by-order', readBackLagMs: 2_000 },
  severalPackages: true,
}

/** One Shopify store, through its Admin GraphQL API. */
export const shopify = defineConnector<ShopifySettings>({
  platform: 'shopify',
  settings: shopifySettings,
  secrets: ['clientSecret', 'accessToken'],
  rateLimits,
  capabilities,
  limitScope: (shop) => `shopify:${shop.settings.shop}`,
  create: createShopify,
})

function createShopify(shop: Shop & { readonly settings: ShopifySettings }, transport: Transport): Connector {
  const { settings } = shop
  const client = createShopifyClient(shop.id, settings, transport)
  const reader = { shop, client, includeTestOrders: settings.includeTestOrders }
  return {
    checkConnection: (call) => checkConnection(shop.id, client, settings, call),
    fetchOrderChanges: (cursor, call) => readChanges(reader, cursor, call),
    fetchOrder: (platformOrderId, call) => fetchOrder(client, platformOrderId, settings.includeTestOrders, call),
    listOrders: (window, page, call) => listOrders(client, window, page, call),
    confirmShipment: (confirmation, call) => confirmShipment(client, confirmation, call),
    readShipments: async (platformOrderId, call) => mapShipments((await readWork(client, platformOrderId, call))?.fulfillments ?? []),
    offerStock: (offers, call) => offerStock(client, settings, offers, call),
  }
}

async function fetchOrder(
  client: ShopifyClient,
  id: string,
  includeTestOrders: boolean,
  call: CallContext,
): Promise<OrderSnapshot | undefined> {
  const { data, personalWithheld } = await read(client, operations.orderById, { id }, answers.order, call)
  if (data.order === null || data.order === undefined) return undefined
  return mapOrder(await completeOrder(client, data.order, call), { includeTestOrders, personalWithheld })
}
