import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { OrderSnapshot, ReportedShipment } from '../../core/model/order.ts'
import type { CallContext, ConnectCheck, ConnectorDefinition, ShipmentConfirmation } from '../../core/ports/connector.ts'
import { instantToMs } from '../../core/value/instant.ts'
import { createClient, parseAnswer, tokenKey } from './client.ts'
import { amazonConsent } from './consent.ts'
import { fetchOrderChanges, includedData, type Reader } from './fetch-order-changes.ts'
import { listOrders } from './list-orders.ts'
import { readError, shipmentOutcome, unclearOutcome } from './map-error.ts'
import { type Reading, readOrder } from './map-order.ts'
import { buildConfirmShipment } from './map-shipment.ts'
import { offerStock } from './offer-stock.ts'
import { rateLimits } from './rate-limits.ts'
import { orderAnswer, participationsAnswer } from './schema.ts'
import { type AmazonSettings, type AmazonShop, amazonSettings } from './settings.ts'
import { fetchV0Order, hasV0Ended } from './v0/read-orders.ts'

/**
 * One seller account in one region of Amazon's Selling Partner API. Orders are read with 2026-01-01 and, where Amazon
 * refuses it, with v0; tracking is written with v0, which has no successor (official models, read 2026-11-22).
 */
export const amazon: ConnectorDefinition<AmazonSettings> = {
  platform: 'amazon',
  settings: amazonSettings,
  secrets: ['clientSecret', 'refreshToken'],
  rateLimits,
  capabilities: {
    // The same package reference edits the same package; the next page of changes shows it.
    confirmShipment: { key: 'enforced', readBack: 'with-poll', readBackLagMs: 5 * 60_000 },
    severalPackages: true,
  },
  limitScope: (shop) => tokenKey(shop.settings).scope,
  consent: amazonConsent,
  create(shop, transport) {
    const reader: Reader = { shop, client: createClient(shop, transport) }
    return {
      checkConnection: (call) => checkConnection(reader, call),
      fetchOrderChanges: (since, call) => fetchOrderChanges(reader, since, call),
      fetchOrder: (orderId, call) => fetchOrder(reader, orderId, call),
      listOrders: (window, page, call) => listOrders(reader, window, page, call),
      confirmShipment: (confirmation, call) => confirmShipment(reader, confirmation, call),
      readShipments: (orderId, call) => readShipments(reader, orderId, call),
      offerStock: (offers, call) => offerStock(reader, offers, call),
    }
  },
}

async function checkConnection({ shop, client }: Reader, call: CallContext): Promise<ConnectCheck> {
  const operation = 'getMarketplaceParticipations'
  const request = { operation, sdkOperation: `sellers.${operation}`, version: 'v1' } as const
  const { payload } = await client.read(request, participationsAnswer, call)
  const warnings = [...secretWarnings(shop, call), ...apiWarnings(shop, call)]
  for (const id of shop.settings.marketplaceIds) {
    const entry = payload.find(({ marketplace }) => marketplace.id === id)
    if (!entry?.participation.isParticipating)
      warnings.push(`seller ${shop.settings.sellerId} does not take part in marketplace ${id}; no orders come from it`)
    else if (entry.participation.hasSuspendedListings) warnings.push(`the listings in marketplace ${id} are suspended`)
  }
  return { account: payload.find((entry) => entry.storeName)?.storeName ?? shop.settings.sellerId, warnings }
}

/** Source: https://developer-docs.amazon.com/sp-api/docs/rotating-your-apps-lwa-credentials (read 2026-11-22). */
function secretWarnings(shop: AmazonShop, call: CallContext): readonly string[] {
  const { clientSecretIssuedAt } = shop.settings
  if (clientSecretIssuedAt === undefined) return []
  const days = Math.floor((instantToMs(call.now()) - Date.parse(clientSecretIssuedAt)) / 86_400_000)
  return days < 150 ? [] : [`the client secret is ${days} days old and stops working after 180: rotate it in Seller Central`]
}

function apiWarnings(shop: AmazonShop, call: CallContext): readonly string[] {
  if (shop.settings.ordersApi !== 'v0') return []
  const ended = hasV0Ended(call.now()) ? 'has removed' : 'removes'
  return [`Amazon ${ended} the order reads of v0 on 2027-03-27: set ordersApi to "auto" or "2026-01-01"`]
}

async function fetchOrder(reader: Reader, orderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const reading = await readOne(reader, orderId, call)
  if (reading === undefined) return undefined
  if ('order' in reading) return reading.order
  const message = `shop ${reader.shop.id}: order ${orderId} cannot be read: ${reading.rejected.reason}`
  throw new SyncError('invalid-data', message, { code: 'amazon-order-unreadable', context: { orderId } })
}

/** getOrder of 2026-01-01 often works where searchOrders is refused, so each call finds out for itself. */
async function readOne(reader: Reader, orderId: string, call: CallContext): Promise<Reading | undefined> {
  const { shop, client } = reader
  try {
    if (shop.settings.ordersApi === 'v0') return await fetchV0Order(client, orderId, call)
    const { order } = await client.read(getOrder(orderId, includedData), orderAnswer, call)
    return readOrder(order)
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    if (error.code === 'amazon-not-found') return undefined
    const mayUseV0 = shop.settings.ordersApi === 'auto' && error.context['operation'] === 'getOrder' && !hasV0Ended(call.now())
    if (error.code !== 'amazon-access-denied' || !mayUseV0) throw error
    return fetchV0Order(client, orderId, call)
  }
}

function getOrder(orderId: string, data: readonly string[]) {
  return {
    operation: 'getOrder',
    sdkOperation: 'orders.getOrder',
    version: '2026-01-01',
    path: { orderId },
    query: { includedData: data },
  } as const
}

/** Always with 2026-01-01: v0 does not show packages. */
async function readShipments({ shop, client }: Reader, orderId: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  const response = await client.send(getOrder(orderId, ['PACKAGES', 'FULFILLMENT']), call)
  if (response.status === 404) return []
  if (response.status !== 200) throw readError(shop, 'getOrder', response, call.now())
  const reading = readOrder(parseAnswer(shop, 'getOrder', orderAnswer, response).order)
  if ('order' in reading) return reading.order.shipments ?? []
  const message = `shop ${shop.id}: the packages of order ${orderId} cannot be read: ${reading.rejected.reason}`
  throw new SyncError('invalid-data', message, { code: 'amazon-order-unreadable', context: { orderId } })
}

async function confirmShipment({ shop, client }: Reader, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  call.signal.throwIfAborted()
  const onlySite = shop.settings.marketplaceIds.length === 1 ? shop.settings.marketplaceIds[0] : undefined
  const marketplaceId = confirmation.site ?? onlySite
  if (marketplaceId === undefined) {
    return { result: 'rejected', code: 'amazon-site-missing', message: 'the marketplace of the order is not known; read the order again' }
  }
  const body = buildConfirmShipment(confirmation, marketplaceId, call.now())
  const path = { orderId: confirmation.platformOrderId }
  const request = { operation: 'confirmShipment', sdkOperation: 'orders.confirmShipment', version: 'v0', path, body } as const
  try {
    const response = await client.send(request, call)
    return shipmentOutcome(shop, response, body.packageDetail.packageReferenceId, call.now())
  } catch (error) {
    return unclearOutcome(error, call)
  }
}
