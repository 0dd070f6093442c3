import { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { OrderSnapshot, ReportedShipment } from '../../core/model/order.ts'
import type { Shop } from '../../core/model/shop.ts'
import type {
  CallContext,
  Connector,
  Cursor,
  ListedOrder,
  OrderListing,
  OrderPage,
  RejectedRecord,
  ShipmentConfirmation,
  TimeWindow,
} from '../../core/ports/connector.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { addMs, earliest, instantFromMs, parseInstant } from '../../core/value/instant.ts'
import { defineConnector } from '../shared/define-connector.ts'
import { rejectedRecord } from '../shared/read-records.ts'
import { checkConnection, readQuotaWhenDue } from './account.ts'
import { authorizeUrl, createClient, dataOf, type EbayClient, exchangeCode } from './client.ts'
import { isFuture, isOrderMissing, outcomeOrThrow, shipmentOutcome } from './map-error.ts'
import { mapOrder, mayBeCancelling, needsShipments, statusOf } from './map-order.ts'
import { findShipment, isSameShipment, mapFulfillment, mapShipment, plainTrackingNumber } from './map-shipment.ts'
import {
  advance,
  blindZoneMs,
  narrow,
  openWindow,
  pageSize,
  parseCursor,
  type ReadingWindow,
  stepBack,
  withoutWindow,
} from './order-windows.ts'
import { rateLimits } from './rate-limits.ts'
import { type EbayFulfillment, fulfillmentsSchema, orderIdSchema, orderPageSchema, orderSchema } from './schema.ts'
import { type EbaySettings, ebaySettings, tokenKey } from './settings.ts'
import { offerStock } from './stock.ts'

type EbayShop = Shop & { readonly settings: EbaySettings }

export const ebay = defineConnector<EbaySettings>({
  platform: 'ebay',
  settings: ebaySettings,
  secrets: ['certId', 'refreshToken'],
  rateLimits,
  capabilities: {
    // The tracking number is the shipment's id, so a repeat cannot make a second one. eBay documents no lag of reads.
    confirmShipment: { key: 'none', readBack: 'by-order', readBackLagMs: 10_000 },
    severalPackages: true,
  },
  // eBay counts calls by application: shops of the same keys share the day's quota.
  limitScope: (shop) => `ebay:${shop.settings.appId}`,
  consent: { authorizeUrl, exchange: exchangeCode, tokenKey },
  create,
})

function create(shop: EbayShop, transport: Transport): Connector {
  const client = createClient(shop, transport)
  return {
    checkConnection: (call) => checkConnection(client, shop.settings, call),
    fetchOrderChanges: (since, call) => fetchOrderChanges(shop, client, since, call),
    fetchOrder: (platformOrderId, call) => fetchOrder(client, platformOrderId, call),
    listOrders: (window, page, call) => listOrders(client, window, page, call),
    confirmShipment: (confirmation, call) => confirmShipment(client, confirmation, call),
    readShipments: async (platformOrderId, call) => (await readFulfillments(client, platformOrderId, call)).map(mapFulfillment),
    offerStock: (offers, call) => offerStock(client, offers, call),
  }
}

/** Halving the longest window down to the shortest takes fewer. */
const mostTries = 40

/**
 * One page of a window of `lastmodifieddate`. Windows are cut so that a page holds them, because offsets
 * shift when an order changes. `creationdate` beside it would win silently, so it is never sent.
 * Source: Fulfillment API 1.20.7, getOrders (read 2026-11-22).
 */
async function fetchOrderChanges(shop: EbayShop, client: EbayClient, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const stored = parseCursor(since)
  const state = { ...stored, quotaReadAt: await readQuotaWhenDue(client, stored.quotaReadAt, call) }
  const idle = { orders: [], rejected: [], nextCursor: JSON.stringify(withoutWindow(state)), hasMore: false }
  let window = state.window ?? openWindow(state, { since: shop.since, overlapMs: shop.overlapMs, now: call.now() })
  for (let tries = 0; window && tries < mostTries; tries += 1) {
    const answer = await client.searchOrders(
      `lastmodifieddate:[${window.from}..${window.to}]`,
      { offset: window.offset, limit: pageSize },
      call,
    )
    if (isFuture(answer)) {
      call.log.warn('the clock of this machine runs ahead of eBay', { shop: shop.id })
      window = stepBack(window, serverTime(answer.headers['date']))
      continue
    }
    const page = dataOf(answer, orderPageSchema, client.subject('read changed orders'), call.now())
    const shorter: ReadingWindow | undefined = narrow(window, page.total)
    if (shorter) {
      window = shorter
      continue
    }
    const records = distinct(page.orders)
    const { orders, rejected } = await readRecords(client, records, call)
    const next = advance(state, window, { total: page.total, records: records.length })
    return { orders, rejected, nextCursor: JSON.stringify(next.state), hasMore: next.hasMore }
  }
  if (!window) return idle
  throw new SyncError('transient', `shop ${shop.id}: eBay accepted no window of changed orders; it is tried again`, {
    code: 'ebay-window-unsettled',
  })
}

function serverTime(date: string | undefined) {
  const ms = Date.parse(date ?? '')
  return Number.isNaN(ms) ? undefined : instantFromMs(ms)
}

/** A record that comes twice would shift the offset. */
function distinct(records: readonly unknown[]): readonly unknown[] {
  const byId = new Map(records.map((record, index) => [orderIdSchema.safeParse(record).data?.orderId ?? index, record]))
  return [...byId.values()]
}

async function readRecords(client: EbayClient, records: readonly unknown[], call: CallContext) {
  const orders: OrderSnapshot[] = []
  const rejected: RejectedRecord[] = []
  for (const record of records) {
    const read = await readRecord(client, record, call)
    if ('reason' in read) rejected.push(read)
    else orders.push(read)
  }
  orders.sort((left, right) => (left.updatedAt < right.updatedAt ? -1 : 1))
  return { orders, rejected }
}

/** Lists never show cancel requests, nor how much of a line has gone: such orders are read by themselves. */
async function readRecord(client: EbayClient, listed: unknown, call: CallContext): Promise<OrderSnapshot | RejectedRecord> {
  const parsed = orderSchema.safeParse(listed)
  const isDoubtful = parsed.success && mayBeCancelling(parsed.data)
  const payload = isDoubtful ? ((await readOrder(client, parsed.data.orderId, call)) ?? listed) : listed
  try {
    return await snapshotOf(client, payload, call)
  } catch (error) {
    return rejectedRecord(payload, orderIdSchema.safeParse(payload).data?.orderId, error)
  }
}

/** Throws a ZodError or `invalid-data` when the payload is no order that can be read. */
async function snapshotOf(client: EbayClient, payload: unknown, call: CallContext): Promise<OrderSnapshot> {
  const order = orderSchema.parse(payload)
  const fulfillments = needsShipments(order) ? await readFulfillments(client, order.orderId, call) : undefined
  return mapOrder(order, { raw: payload, now: call.now(), ...(fulfillments ? { fulfillments } : {}) })
}

async function readOrder(client: EbayClient, platformOrderId: string, call: CallContext): Promise<unknown> {
  const answer = await client.getOrder(platformOrderId, call)
  if (isOrderMissing(answer)) return undefined
  return dataOf(answer, z.record(z.string(), z.unknown()), client.subject('read an order'), call.now())
}

async function fetchOrder(client: EbayClient, platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const payload = await readOrder(client, platformOrderId, call)
  if (payload === undefined) return undefined
  try {
    return await snapshotOf(client, payload, call)
  } catch (error) {
    const { reason } = rejectedRecord(payload, platformOrderId, error)
    const message = `eBay order ${platformOrderId} cannot be read: ${reason}; report it with the payload that is kept`
    throw new SyncError('invalid-data', message, { code: 'ebay-order-unreadable', cause: error })
  }
}

const pageToken = z.strictObject({ offset: z.int().nonnegative(), total: z.int().nonnegative() })

/** By creation date, whose set only grows: a smaller total means that rows have moved up, so the page goes back by as many. */
async function listOrders(client: EbayClient, window: TimeWindow, page: string | undefined, call: CallContext): Promise<OrderListing> {
  const to = earliest(addMs(window.to, -1), addMs(call.now(), -blindZoneMs))
  if (to < window.from) return { orders: [], nextPage: undefined }
  const token = page === undefined ? undefined : pageToken.parse(JSON.parse(page))
  const offset = token?.offset ?? 0
  const answer = await client.searchOrders(`creationdate:[${window.from}..${to}]`, { offset, limit: pageSize }, call)
  const data = dataOf(answer, orderPageSchema, client.subject('list orders'), call.now())
  const records = distinct(data.orders)
  const lost = Math.max(0, (token?.total ?? data.total) - data.total)
  const next = lost > 0 ? Math.max(0, offset - lost) : offset + records.length
  const isLast = lost === 0 && (records.length === 0 || next >= data.total)
  return {
    orders: records.flatMap((record) => listedOrder(record, call) ?? []),
    nextPage: isLast ? undefined : JSON.stringify({ offset: next, total: data.total }),
  }
}

function listedOrder(record: unknown, call: CallContext): ListedOrder | undefined {
  const order = orderSchema.safeParse(record)
  const head = orderSchema.pick({ orderId: true, creationDate: true }).safeParse(record)
  const createdAt = parseInstant(head.data?.creationDate ?? '')
  if (head.success && createdAt) {
    return { platformOrderId: head.data.orderId, createdAt, status: order.success ? statusOf(order.data) : 'open' }
  }
  call.log.warn('an eBay order in the list has no readable id and date', {})
  return undefined
}

async function readFulfillments(client: EbayClient, platformOrderId: string, call: CallContext): Promise<readonly EbayFulfillment[]> {
  const answer = await client.getFulfillments(platformOrderId, call)
  if (isOrderMissing(answer)) return []
  return dataOf(answer, fulfillmentsSchema, client.subject('read the shipments of an order'), call.now()).fulfillments
}

/** Looks first: eBay documents no idempotency, but the tracking number is the id of the shipment it makes. */
async function confirmShipment(client: EbayClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  if (plainTrackingNumber(confirmation.trackingNumber) === '') {
    return { result: 'rejected', code: 'ebay-tracking-refused', message: 'the tracking number holds no letter or digit' }
  }
  const existing = findShipment(await shipmentsBefore(client, confirmation.platformOrderId, call), confirmation.trackingNumber)
  if (existing && isSameShipment(existing, confirmation)) return { result: 'confirmed', remoteId: existing.shipmentId }
  if (existing) {
    const message = 'eBay has this tracking number on the order with another carrier or other lines, and REST cannot change it'
    return { result: 'unknown', code: 'ebay-shipment-differs', message }
  }
  try {
    const answer = await client.createFulfillment(confirmation.platformOrderId, mapShipment(confirmation, call.now()), call)
    return shipmentOutcome(answer, client.subject('report a shipment'), call.now())
  } catch (error) {
    return outcomeOrThrow(error)
  }
}

/** What fails here has written nothing. */
async function shipmentsBefore(client: EbayClient, platformOrderId: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  try {
    return (await readFulfillments(client, platformOrderId, call)).map(mapFulfillment)
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind === 'auth' || error.kind === 'rate-limit') throw error
    throw new SyncError('transient', error.message, { code: error.code, context: error.context, notSent: true, cause: error })
  }
}
