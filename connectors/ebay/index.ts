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
  // Orders of every marketplace are read, whatever `marketplaceId` says.
  accountKeys: ({ sellerId, refreshToken }) => [sellerId?.toLowerCase() ?? '', refreshToken ?? ''],
  // eBay counts calls by application: shops of the same keys share the day's quota.
  limitScope: (shop) => `ebay:${shop.settings.appId}`,
  consent,
  create: (shop, transport) => connectorOf(createClient(shop, transport), operations),
})
