import { defineConnector } from '../shared/define-connector.ts'
import { connectorOf } from '../shared/operations.ts'
import { createClient } from './client.ts'
import { checkConnection } from './operations/check-connection.ts'
import { consent } from './operations/consent.ts'
import * as orders from './operations/fetch-orders.ts'
import { listOrders } from './operations/list-orders.ts'
import { offerStock } from './operations/offer-stock.ts'
import { confirmShipment, readShipments } from './operations/shipments.ts'
import { rateLimits } from './rate-limits.ts'
import { type AmazonSettings, amazonSettings, tokenKey } from './settings.ts'
import { withV0 } from './v0/index.ts'

/** The same package reference edits the same package, so a correction is the same call. */
const correctShipment = confirmShipment
const operations = { ...orders, checkConnection, listOrders, confirmShipment, correctShipment, readShipments, offerStock }

/**
 * One seller account in one region of Amazon's Selling Partner API. Orders are read with 2026-01-01 and, where Amazon
 * refuses it, with v0; tracking is written with v0, which has no successor (official models, read 2026-11-22).
 */
export const amazon = defineConnector<AmazonSettings>({
  platform: 'amazon',
  settings: amazonSettings,
  secrets: ['clientSecret', 'refreshToken'],
  rateLimits,
  capabilities: {
    // The next page of changes shows a package.
    confirmShipment: { key: 'enforced', readBack: 'with-poll', readBackLagMs: 5 * 60_000 },
    severalPackages: true,
  },
  accountKeys: ({ sellerId, marketplaceIds }) => marketplaceIds.map((id) => `${sellerId} ${id}`),
  limitScope: (shop) => tokenKey(shop.settings).scope,
  consent,
  create: (shop, transport) => connectorOf(withV0(createClient(shop, transport)), operations),
})
