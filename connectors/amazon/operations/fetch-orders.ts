import { SyncError } from '../../../core/errors.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext, Cursor, OrderPage } from '../../../core/ports/connector.ts'
import { readOne, readRecords } from '../../shared/read-records.ts'
import type { AmazonClient } from '../client.ts'
import { isPageTokenRefused } from '../map-error.ts'
import { idOf, readOrder } from '../map-order.ts'
import { includedData } from '../schema.ts'
import { type ChangesCursor, nextRun, type Run, readCursor, restartRun, startRun } from './cursor.ts'

/**
 * One page of the orders changed since the watermark, minus the overlap. The search has no upper bound: Amazon
 * answers the one it used, and the first page's becomes the next watermark. A refused page token restarts the window.
 */
export async function fetchOrderChanges(client: AmazonClient, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const cursor = readCursor(shop, since, call)
  const run = cursor.run ?? startRun(shop, cursor, call.now())
  try {
    return await fetchPage(client, cursor, run, call)
  } catch (error) {
    if (run.token === '' || !isPageTokenRefused(error)) throw error
    const pages = run.seen.length
    call.log.warn('amazon refused a page token; the window is read again from its beginning', { shop: shop.id, pages })
    return fetchPage(client, cursor, restartRun(shop, cursor, run, call.now()), call)
  }
}

async function fetchPage(client: AmazonClient, cursor: ChangesCursor, run: Run, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const search = { bounds: { lastUpdatedAfter: run.after }, includedData, token: run.token, v0Until: cursor.v0Until }
  const { records, nextToken, answeredBefore, v0Until } = await client.searchOrders(search, call)
  const { orders, rejected } = await readRecords(records, { idOf, read: readOrder })
  const upper = run.token === '' ? (answeredBefore ?? run.upper) : run.upper
  const ids = [...orders, ...rejected].map(({ platformOrderId }) => platformOrderId ?? '')
  const place =
    nextToken === undefined ? { watermark: upper } : { watermark: cursor.watermark, run: nextRun(shop, { ...run, upper }, nextToken, ids) }
  const nextCursor = JSON.stringify({ ...place, marketplaceIds: shop.settings.marketplaceIds, v0Until } satisfies ChangesCursor)
  return { orders, rejected, nextCursor, hasMore: nextToken !== undefined }
}

/** Undefined when Amazon does not know the order. `data` may be less than a snapshot needs, where only a part is wanted. */
export async function fetchOrder(
  client: AmazonClient,
  orderId: string,
  call: CallContext,
  data: readonly string[] = includedData,
): Promise<OrderSnapshot | undefined> {
  try {
    const order = await client.getOrder(orderId, data, call)
    return await readOne('Amazon', orderId, () => readOrder(order))
  } catch (error) {
    if (error instanceof SyncError && error.code === 'amazon-not-found') return undefined
    throw error
  }
}
