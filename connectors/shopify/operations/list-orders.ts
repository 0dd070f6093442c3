import { SyncError } from '../../../core/errors.ts'
import type { SnapshotStatus } from '../../../core/model/order.ts'
import type { CallContext, ListedOrder, OrderListing, TimeWindow } from '../../../core/ports/connector.ts'
import { parseInstant } from '../../../core/value/instant.ts'
import { isWithin } from '../../shared/cursor.ts'
import type { ShopifyClient } from '../client.ts'
import { paymentStateOf } from '../mapping/words.ts'
import { answers, type ListedNode } from '../schema.ts'
import { timeFilter } from './cursor.ts'
import { documents } from './documents.ts'
import { read } from './read.ts'

/** The most that a list gives at once; four fields of an order cost few points. */
const pageSize = 250

/** Orders by creation time; states as Shopify displays them. */
export async function listOrders(
  client: ShopifyClient,
  window: TimeWindow,
  page: string | undefined,
  call: CallContext,
): Promise<OrderListing> {
  const variables = { first: pageSize, after: page, query: timeFilter('created_at', window.from, window.to) }
  const { data } = await read(client, documents.listedOrders, variables, answers.listed, call)
  const { hasNextPage, endCursor } = data.orders.pageInfo
  if (hasNextPage && (endCursor === undefined || endCursor === page)) {
    throw new SyncError('invalid-data', 'Shopify promises one more page of the listing without end', { code: 'shopify-page-token-stuck' })
  }
  const orders = data.orders.nodes.map(mapListed).filter((order) => isWithin(order, window))
  return { orders, nextPage: hasNextPage ? endCursor : undefined }
}

function mapListed(order: ListedNode): ListedOrder {
  const createdAt = parseInstant(order.createdAt)
  if (!createdAt) {
    throw new SyncError('invalid-data', `order ${order.id} has no readable creation time`, { code: 'shopify-instant-invalid' })
  }
  return { platformOrderId: order.id, createdAt, status: listedStatus(order) }
}

function listedStatus(order: ListedNode): SnapshotStatus {
  if (order.cancelledAt) return 'cancelled'
  if (order.displayFulfillmentStatus === 'FULFILLED') return 'shipped'
  const payment = paymentStateOf(order.displayFinancialStatus)
  if (payment === 'pending' || payment === 'failed') return 'awaiting-payment'
  return order.displayFulfillmentStatus === 'PARTIALLY_FULFILLED' ? 'partially-shipped' : 'open'
}
