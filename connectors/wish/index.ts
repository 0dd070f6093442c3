import { defineConnector } from '../shared/define-connector.ts'
import { connectorOf } from '../shared/operations.ts'
import { createClient } from './client.ts'
import { checkConnection } from './operations/check-connection.ts'
import { confirmShipment } from './operations/confirm-shipment.ts'
import { consent } from './operations/consent.ts'
import { fetchOrder } from './operations/fetch-order.ts'
import { fetchOrderChanges } from './operations/fetch-order-changes.ts'
import { listOrders } from './operations/list-orders.ts'
import { offerStock } from './operations/offer-stock.ts'
import { readShipments } from './operations/read-shipments.ts'
import { rateLimits } from './rate-limits.ts'
import { tokenKey, type WishSettings, wishSettings } from './settings.ts'

const operations = { checkConnection, fetchOrderChanges, fetchOrder, listOrders, confirmShipment, readShipments, offerStock }

/** One merchant's account on Wish, through the Merchant API v3. */
export const wish = defineConnector<WishSettings>({
  platform: 'wish',
  settings: wishSettings,
  secrets: ['clientSecret', 'refreshToken'],
  rateLimits,
  // How long an asynchronous write may stay unseen is not published; the order shows it as in progress at once.
  capabilities: { confirmShipment: { key: 'none', readBack: 'by-order', readBackLagMs: 5_000 }, severalPackages: false },
  // Limits are counted per merchant and app, as tokens are.
  limitScope: (shop) => tokenKey(shop.settings).scope,
  consent,
  create: (shop, transport) => connectorOf(createClient(shop, transport), operations),
})
