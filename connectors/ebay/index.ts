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
import { type EbaySettings, ebaySettings } from './settings.ts'

const operations = { checkConnection, fetchOrderChanges, fetchOrder, listOrders, confirmShipment, readShipments, offerStock }

/** One seller's account on eBay, through the Sell APIs. */
export const ebay = defineConnector<EbaySettings>({
  platform: 'ebay',
  settings: ebaySettings,
  secrets: ['certId', 'refreshToken'],
  rateLimits,
  capabilities: {
    // The tracking number is the shipment's id, so a repeat cannot make a second one. The next page of changes links
    // the shipment, so no call of the day's quota is spent on reading it back. eBay documents no lag of reads.
    confirmShipment: { key: 'none', readBack: 'with-poll', readBackLagMs: 10_000 },
    severalPackages: true,
  },
  // eBay counts calls by application: shops of the same keys share the day's quota.
  limitScope: (shop) => `ebay:${shop.settings.appId}`,
  consent,
  create: (shop, transport) => connectorOf(createClient(shop, transport), operations),
})
