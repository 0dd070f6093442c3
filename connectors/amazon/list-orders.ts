import { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { CallContext, ListedOrder, OrderListing, TimeWindow } from '../../core/ports/connector.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { blindZoneMs, isSearchDenied, isTokenRefused, type Reader } from './fetch-order-changes.ts'
import { statusOf } from './map-order.ts'
import { listedOrder, searchAnswer } from './schema.ts'
import { v0StatusOf } from './v0/map-order.ts'
import { hasV0Ended, listV0Orders } from './v0/read-orders.ts'
import { listedV0Order } from './v0/schema.ts'

/** A page token is only good with the parameters it was made for, so they travel with it. */
const pageSchema = z.object({ api: z.enum(['2026-01-01', 'v0']), createdBefore: z.string().optional(), token: z.string() })
type ListPage = z.output<typeof pageSchema>
interface Answer {
  readonly records: readonly unknown[]
  readonly nextToken: string | undefined
}

/**
 * Lists orders by creation time. Each 100 orders cost one call of searchOrders, whose bucket the poll needs as
 * well: about 484 calls a day in all. An upper bound within the last two minutes would be refused, so Amazon then
 * takes its own. A refused page token starts the list again, so ids may come twice.
 */
export async function listOrders(reader: Reader, window: TimeWindow, page: string | undefined, call: CallContext): Promise<OrderListing> {
  const isPast = window.to <= addMs(call.now(), -blindZoneMs)
  const api = reader.shop.settings.ordersApi === 'v0' ? 'v0' : '2026-01-01'
  const first: ListPage = { api, ...(isPast ? { createdBefore: window.to } : {}), token: '' }
  const wanted = page === undefined ? first : pageSchema.parse(JSON.parse(page))
  try {
    return await fetchList(reader, window, wanted, call)
  } catch (error) {
    if (wanted.token !== '' && isTokenRefused(error)) return fetchList(reader, window, { ...wanted, token: '' }, call)
    const mayUseV0 = reader.shop.settings.ordersApi === 'auto' && isSearchDenied(error) && !hasV0Ended(call.now())
    if (!mayUseV0) throw error
    return fetchList(reader, window, { ...first, api: 'v0' }, call)
  }
}

async function fetchList(reader: Reader, window: TimeWindow, page: ListPage, call: CallContext): Promise<OrderListing> {
  const answer = page.api === 'v0' ? await listV0(reader, window, page, call) : await search(reader, window, page, call)
  const read = page.api === 'v0' ? readListedV0Order : readListedOrder
  const orders: ListedOrder[] = []
  for (const record of answer.records) {
    const listed = read(record)
    if (listed === undefined) call.log.warn('amazon listed an order that cannot be read', { shop: reader.shop.id })
    // Amazon's upper bound is inclusive, the window's is not.
    else if (listed.createdAt < window.to) orders.push(listed)
  }
  const { nextToken } = answer
  if (nextToken !== undefined && nextToken === page.token) {
    const message = `shop ${reader.shop.id}: Amazon answers the same page token again and again; the list is tried again later`
    throw new SyncError('transient', message, { code: 'amazon-endless-pages' })
  }
  return { orders, nextPage: nextToken === undefined ? undefined : JSON.stringify({ ...page, token: nextToken }) }
}

async function search({ shop, client }: Reader, window: TimeWindow, page: ListPage, call: CallContext): Promise<Answer> {
  const query = {
    createdAfter: window.from,
    ...(page.createdBefore === undefined ? {} : { createdBefore: page.createdBefore }),
    marketplaceIds: shop.settings.marketplaceIds,
    includedData: ['FULFILLMENT'],
    maxResultsPerPage: 100,
    ...(page.token === '' ? {} : { paginationToken: page.token }),
  }
  const request = { operation: 'searchOrders', sdkOperation: 'orders.searchOrders', version: '2026-01-01', query } as const
  const answer = await client.read(request, searchAnswer, call)
  return { records: answer.orders, nextToken: answer.pagination?.nextToken || undefined }
}

async function listV0(reader: Reader, window: TimeWindow, page: ListPage, call: CallContext): Promise<Answer> {
  const bounds = { CreatedAfter: window.from, ...(page.createdBefore === undefined ? {} : { CreatedBefore: page.createdBefore }) }
  return listV0Orders(reader, bounds, page.token === '' ? undefined : page.token, call)
}

function readListedOrder(record: unknown): ListedOrder | undefined {
  const parsed = listedOrder.safeParse(record)
  return parsed.success ? listed(parsed.data.orderId, parsed.data.createdTime, parsed.data.fulfillment?.fulfillmentStatus ?? '') : undefined
}

function readListedV0Order(record: unknown): ListedOrder | undefined {
  const parsed = listedV0Order.safeParse(record)
  return parsed.success ? listed(parsed.data.AmazonOrderId, parsed.data.PurchaseDate, v0StatusOf(parsed.data.OrderStatus)) : undefined
}

function listed(platformOrderId: string, createdAt: Instant, platformStatus: string): ListedOrder {
  return { platformOrderId, createdAt, status: statusOf(platformStatus) ?? 'awaiting-payment' }
}
