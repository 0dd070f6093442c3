import { z } from 'zod'
import type { CallContext, ListedOrder, OrderListing, TimeWindow } from '../../../core/ports/connector.ts'
import { addMs, earliest } from '../../../core/value/instant.ts'
import { parsePage } from '../../shared/cursor.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { statusOf } from '../mapping/words.ts'
import { headOf, orderPageSchema, orderSchema } from '../schema.ts'
import { blindZoneMs, pageSize } from './cursor.ts'
import { distinct } from './fetch-orders.ts'

const pageSchema = z.strictObject({ offset: z.int().nonnegative(), total: z.int().nonnegative() })

/** By creation date, whose set only grows: a smaller total means that rows have moved up, so the page goes back by as many. */
export async function listOrders(
  client: EbayClient,
  window: TimeWindow,
  page: string | undefined,
  call: CallContext,
): Promise<OrderListing> {
  const to = earliest(addMs(window.to, -1), addMs(call.now(), -blindZoneMs))
  if (to < window.from) return { orders: [], nextPage: undefined }
  const last = parsePage(pageSchema, page)
  const offset = last?.offset ?? 0
  const answer = await client.searchOrders(`creationdate:[${window.from}..${to}]`, { offset, limit: pageSize }, call)
  const data = dataOf(answer, orderPageSchema, client.subject('list orders'), call.now())
  const records = distinct(data.orders)
  const lost = Math.max(0, (last?.total ?? data.total) - data.total)
  const next = lost > 0 ? Math.max(0, offset - lost) : offset + records.length
  const isLast = lost === 0 && (records.length === 0 || next >= data.total)
  return {
    orders: records.flatMap((record) => listedOrder(record, call) ?? []),
    nextPage: isLast ? undefined : JSON.stringify({ offset: next, total: data.total }),
  }
}

function listedOrder(record: unknown, call: CallContext): ListedOrder | undefined {
  const order = orderSchema.safeParse(record)
  const { orderId, creationDate } = headOf(record)
  if (orderId !== undefined && creationDate !== undefined) {
    return { platformOrderId: orderId, createdAt: creationDate, status: order.success ? statusOf(order.data) : 'open' }
  }
  call.log.warn('an eBay order in the list has no readable id and date', {})
  return undefined
}
