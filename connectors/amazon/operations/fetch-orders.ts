import { SyncError } from '../../../core/errors.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext, Cursor, OrderPage } from '../../../core/ports/connector.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { readOne, readRecords } from '../../shared/read-records.ts'
import type { AmazonClient, AmazonRequest } from '../client.ts'
import { idOf, readOrder } from '../map-order.ts'
import { includedData, orderAnswer } from '../schema.ts'
import type { AmazonShop } from '../settings.ts'
import { type ChangesCursor, countRestart, nextRun, type Run, readCursor, startRun } from './cursor.ts'
import { isTokenRefused, searchOrders, v0ReadsForMs } from './search-orders.ts'
import { readV0Order, type V0Record, v0IdOf } from './v0/map-order.ts'
import { completeV0Order, fetchV0Order, listV0Orders } from './v0/read-orders.ts'

interface ChangesPage extends Pick<OrderPage, 'orders' | 'rejected'> {
  readonly nextToken: string | undefined
  readonly answeredBefore: Instant | undefined
}

/**
 * One page of the orders changed since the watermark, minus the overlap. The search has no upper bound: Amazon
 * answers the one it used, and the first page's becomes the next watermark. A refused page token restarts the window.
 */
export async function fetchOrderChanges(client: AmazonClient, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const cursor = readCursor(shop, since, call)
  const { run } = cursor
  if (run === undefined) return startWindow(client, cursor, 0, call)
  try {
    return toOrderPage(shop, cursor, run, await fetchPage(client, cursor, run, call))
  } catch (error) {
    if (!isTokenRefused(error) && fallbackMs(shop, cursor, error, call) === undefined) throw error
    const restarts = countRestart(shop, run, call.now())
    call.log.warn('amazon refused a page token; the window is read again from its beginning', { shop: shop.id, page: run.page })
    return startWindow(client, cursor, restarts, call)
  }
}

async function startWindow(client: AmazonClient, cursor: ChangesCursor, restarts: number, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const start = startRun(shop, cursor, call.now(), restarts)
  try {
    const page = await fetchPage(client, cursor, start, call)
    return toOrderPage(shop, cursor, { ...start, upper: page.answeredBefore ?? start.upper }, page)
  } catch (error) {
    const forMs = fallbackMs(shop, cursor, error, call)
    if (forMs === undefined) throw error
    const v0Until = addMs(start.startedAt, forMs)
    const reason = error instanceof Error ? error.message : ''
    call.log.warn('amazon refuses searchOrders; orders are read with v0, which ends on 2027-03-27', { shop: shop.id, v0Until, reason })
    return startWindow(client, { ...cursor, v0Until }, restarts, call)
  }
}

/** Undefined when v0 reads already, or would be no way out. */
function fallbackMs(shop: AmazonShop, cursor: ChangesCursor, error: unknown, call: CallContext): number | undefined {
  return cursor.v0Until === undefined ? v0ReadsForMs(shop, error, call) : undefined
}

async function fetchPage(client: AmazonClient, cursor: ChangesCursor, run: Run, call: CallContext): Promise<ChangesPage> {
  if (client.shop.settings.ordersApi === 'v0' || cursor.v0Until !== undefined) return fetchV0Page(client, run, call)
  const { records, ...page } = await searchOrders(client, { lastUpdatedAfter: run.after }, { includedData, token: run.token }, call)
  return { ...page, ...(await readRecords(records, { idOf, read: (record) => readOrder(record) })) }
}

async function fetchV0Page(client: AmazonClient, run: Run, call: CallContext): Promise<ChangesPage> {
  const { records, sight, ...page } = await listV0Orders(client, { LastUpdatedAfter: run.after }, run.token, call)
  const complete: V0Record[] = []
  for (const record of records) complete.push(await completeV0Order(client, record, sight, call))
  return { ...page, ...(await readRecords(complete, { idOf: ({ order }) => v0IdOf(order), read: readV0Order })) }
}

function toOrderPage(shop: AmazonShop, cursor: ChangesCursor, run: Run, page: ChangesPage): OrderPage {
  const { orders, rejected, nextToken } = page
  const ids = [...orders, ...rejected].map((record) => record.platformOrderId ?? '')
  const next =
    nextToken === undefined ? { ...cursor, watermark: run.upper, run: undefined } : { ...cursor, run: nextRun(shop, run, nextToken, ids) }
  const nextCursor = JSON.stringify({ ...next, marketplaceIds: shop.settings.marketplaceIds })
  return { orders, rejected, nextCursor, hasMore: nextToken !== undefined }
}

/** Undefined when Amazon does not know the order. */
export async function fetchOrder(client: AmazonClient, orderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  try {
    return await fetchWithEither(client, orderId, call)
  } catch (error) {
    if (error instanceof SyncError && error.code === 'amazon-not-found') return undefined
    throw error
  }
}

/** getOrder often works where searchOrders is refused, so each call finds out for itself. */
async function fetchWithEither(client: AmazonClient, orderId: string, call: CallContext): Promise<OrderSnapshot> {
  const { ordersApi } = client.shop.settings
  if (ordersApi === 'v0') return fetchWithV0(client, orderId, call)
  try {
    const { order } = await client.read(getOrder(orderId, includedData), orderAnswer, call)
    return await readOne('Amazon', orderId, () => readOrder(order))
  } catch (error) {
    if (v0ReadsForMs(client.shop, error, call) === undefined) throw error
    return fetchWithV0(client, orderId, call)
  }
}

async function fetchWithV0(client: AmazonClient, orderId: string, call: CallContext): Promise<OrderSnapshot> {
  const record = await fetchV0Order(client, orderId, call)
  return readOne('Amazon', orderId, () => readV0Order(record))
}

export function getOrder(orderId: string, data: readonly string[]): AmazonRequest {
  const query = { includedData: data }
  return { operation: 'getOrder', sdkOperation: 'orders.getOrder', version: '2026-01-01', path: { orderId }, query }
}
