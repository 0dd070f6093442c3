import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { OrderSnapshot } from '../../core/model/order.ts'
import type { CallContext, ConnectCheck, Connector } from '../../core/ports/connector.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { defineConnector } from '../shared/define-connector.ts'
import { rejectedRecord } from '../shared/read-records.ts'
import { createClient, fetchParsed, unreadable, type WishClient, type WishShop } from './client.ts'
import { confirmShipment } from './confirm-shipment.ts'
import { listOrders } from './list-orders.ts'
import { readOrder } from './map-order.ts'
import { reportedShipments } from './map-shipment.ts'
import { offerStock } from './offer-stock.ts'
import { fetchOrderChanges } from './order-changes.ts'
import { wishRateLimits } from './rate-limits.ts'
import { hostOf, type WishSettings, wishSettings } from './settings.ts'
import { exchangeCode, tokenKey } from './tokens.ts'

export const wish = defineConnector<WishSettings>({
  platform: 'wish',
  settings: wishSettings,
  secrets: ['clientSecret', 'refreshToken'],
  rateLimits: wishRateLimits,
  // How long an asynchronous write may stay unseen is not published; the order shows it as in progress at once.
  capabilities: { confirmShipment: { key: 'none', readBack: 'by-order', readBackLagMs: 5_000 }, severalPackages: false },
  // Limits are counted per merchant and app, as tokens are.
  limitScope: (shop) => tokenKey(shop.settings).scope,
  consent: {
    authorizeUrl: (settings) => `${hostOf(settings)}/v3/oauth/authorize?client_id=${encodeURIComponent(settings.clientId)}`,
    exchange: exchangeCode,
    tokenKey,
  },
  create: createConnector,
})

function createConnector(shop: WishShop, transport: Transport): Connector {
  const client = createClient(shop, transport)
  return {
    checkConnection: (call) => checkConnection(shop, client, call),
    fetchOrderChanges: (since, call) => fetchOrderChanges(shop, client, since, call),
    fetchOrder: (id, call) => fetchOrder(client, id, call),
    listOrders: (window, page, call) => listOrders(shop, client, { window, page }, call),
    confirmShipment: (confirmation, call) => confirmShipment(shop, client, confirmation, call),
    readShipments: async (id, call) => {
      const order = await fetchParsed(client, id, call)
      return order === undefined ? [] : reportedShipments(order)
    },
    offerStock: async (offers, call) => {
      const outcomes: WriteOutcome[] = []
      for (const offer of offers) outcomes.push(await offerStock(shop, client, offer, call))
      return outcomes
    },
  }
}

async function fetchOrder(client: WishClient, id: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const record = await client.getOrder(id, call)
  if (record === undefined) return undefined
  try {
    return readOrder(record)
  } catch (error) {
    throw unreadable(id, rejectedRecord(record.raw, id, error).reason)
  }
}

async function checkConnection(shop: WishShop, client: WishClient, call: CallContext): Promise<ConnectCheck> {
  const account = await client.merchantId(call)
  const expected = shop.settings.merchantId
  if (expected !== undefined && expected !== account) {
    throw new SyncError(
      'config',
      `Wish shop "${shop.id}": the token belongs to merchant ${account}, settings.merchantId says ${expected}`,
      {
        code: 'wish-merchant-differs',
        context: { shop: shop.id },
      },
    )
  }
  return { account, warnings: [] }
}
