import { defineConnector } from '../shared/define-connector.ts'
import { connectorOf } from '../shared/operations.ts'
import { createClient } from './client.ts'
import { checkConnection } from './operations/check-connection.ts'
import { consent } from './operations/consent.ts'
import { fetchOrder, fetchOrderChanges } from './operations/fetch-orders.ts'
import { listOrders } from './operations/list-orders.ts'
import { offerStock } from './operations/offer-stock.ts'
import { confirmShipment, readShipments } from './operations/shipments.ts'
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
  accountKeys: ({ merchantId, refreshToken }) => [merchantId ?? '', refreshToken ?? ''],
  limitScope: (shop) => tokenKey(shop.settings, shop.id).scope,
  consent,
  create: (shop, transport) => connectorOf(createClient(shop, transport), operations),
})
