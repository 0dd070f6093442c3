import { z } from 'zod'
import type { SnapshotStatus } from '../../../core/model/order.ts'
import type { CallContext, ListedOrder, TimeWindow } from '../../../core/ports/connector.ts'
import { listedOrders } from '../../shared/cursor.ts'
import type { ShopifyClient } from '../client.ts'
import { paymentStateOf } from '../mapping/words.ts'
import { orderShape } from '../schema.ts'
import { timeFilter } from './cursor.ts'
import { documents } from './documents.ts'
import { nextPage } from './read.ts'

/** The most that a list gives at once; four fields of an order cost few points. */
const pageSize = 250

const { id, createdAt, cancelledAt, displayFinancialStatus, displayFulfillmentStatus } = orderShape.shape
const listedShape = z.object({ id, createdAt, cancelledAt, displayFinancialStatus, displayFulfillmentStatus })

/** Orders by creation time; states as Shopify displays them. */
export async function listOrders(client: ShopifyClient, window: TimeWindow, page: string | undefined, call: CallContext) {
  const variables = { first: pageSize, after: page, query: timeFilter('created_at', window) }
  const { orders } = (await client.request(documents.listedOrders, variables, call)).data
  return { orders: listedOrders(orders.nodes, readListed, { window, shop: client.shop, call }), nextPage: nextPage(orders, page) }
}

function readListed(record: unknown): ListedOrder | undefined {
  const order = listedShape.safeParse(record).data
  return order && { platformOrderId: order.id, createdAt: order.createdAt, status: listedStatus(order) }
}

function listedStatus(order: z.output<typeof listedShape>): SnapshotStatus {
  if (order.cancelledAt) return 'cancelled'
  if (order.displayFulfillmentStatus === 'FULFILLED') return 'shipped'
  const payment = paymentStateOf(order.displayFinancialStatus)
  if (payment === 'pending' || payment === 'failed') return 'awaiting-payment'
  return order.displayFulfillmentStatus === 'PARTIALLY_FULFILLED' ? 'partially-shipped' : 'open'
}
