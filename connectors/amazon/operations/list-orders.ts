import { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { CallContext, ListedOrder, OrderListing, TimeWindow } from '../../../core/ports/connector.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { isWithin, parsePage } from '../../shared/cursor.ts'
import type { AmazonClient } from '../client.ts'
import { statusOf } from '../map-order.ts'
import { listedOrder } from '../schema.ts'
import { blindZoneMs } from './cursor.ts'
import { isTokenRefused, searchOrders, v0ReadsForMs } from './search-orders.ts'
import { v0StatusOf } from './v0/map-order.ts'
import { listV0Orders } from './v0/read-orders.ts'
import { listedV0Order } from './v0/schema.ts'

/** A page token is only good with the parameters it was made for, so they travel with it. */
const pageSchema = z.object({ api: z.enum(['2026-01-01', 'v0']), createdBefore: z.string().optional(), token: z.string() })
type ListPage = z.output<typeof pageSchema>

/**
 * Lists orders by creation time. Each 100 orders cost one call of searchOrders, whose bucket the poll needs as
 * well: about 484 calls a day in all. An upper bound within the last two minutes would be refused, so Amazon then
 * takes its own. A refused page token starts the list again, so ids may come twice.
 */
export async function listOrders(
  client: AmazonClient,
  window: TimeWindow,
  page: string | undefined,
  call: CallContext,
): Promise<OrderListing> {
  const isPast = window.to <= addMs(call.now(), -blindZoneMs)
  const api = client.shop.settings.ordersApi === 'v0' ? 'v0' : '2026-01-01'
  const first: ListPage = { api, ...(isPast ? { createdBefore: window.to } : {}), token: '' }
  const wanted = parsePage(pageSchema, page) ?? first
  try {
    return await fetchList(client, window, wanted, call)
  } catch (error) {
    if (wanted.token !== '' && isTokenRefused(error)) return fetchList(client, window, { ...wanted, token: '' }, call)
    if (v0ReadsForMs(client.shop, error, call) === undefined) throw error
    return fetchList(client, window, { ...first, api: 'v0' }, call)
  }
}

async function fetchList(client: AmazonClient, window: TimeWindow, page: ListPage, call: CallContext): Promise<OrderListing> {
  const { records, nextToken } = await (page.api === 'v0' ? listWithV0 : listWithSearch)(client, window, page, call)
  const read = page.api === 'v0' ? readListedV0Order : readListedOrder
  const orders: ListedOrder[] = []
  for (const record of records) {
    const listed = read(record)
    if (listed === undefined) call.log.warn('amazon listed an order that cannot be read', { shop: client.shop.id })
    else if (isWithin(listed, window)) orders.push(listed)
  }
  if (nextToken !== undefined && nextToken === page.token) {
    throw new SyncError('transient', `shop ${client.shop.id}: Amazon's list of orders does not end; it is tried again`, {
      code: 'amazon-endless-pages',
    })
  }
  return { orders, nextPage: nextToken === undefined ? undefined : JSON.stringify({ ...page, token: nextToken }) }
}

async function listWithSearch(client: AmazonClient, window: TimeWindow, { createdBefore, token }: ListPage, call: CallContext) {
  const bounds = { createdAfter: window.from, ...(createdBefore === undefined ? {} : { createdBefore }) }
  return searchOrders(client, bounds, { includedData: ['FULFILLMENT'], token }, call)
}

async function listWithV0(client: AmazonClient, window: TimeWindow, { createdBefore, token }: ListPage, call: CallContext) {
  const bounds = { CreatedAfter: window.from, ...(createdBefore === undefined ? {} : { CreatedBefore: createdBefore }) }
  return listV0Orders(client, bounds, token, call)
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
