import { z } from 'zod'
import type { CallContext, TimeWindow } from '../../../core/ports/connector.ts'
import { addMs, earliest } from '../../../core/value/instant.ts'
import { listedOrders, parsePage } from '../../shared/cursor.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { statusOf } from '../mapping/words.ts'
import { type EbayRecord, orderPageSchema } from '../schema.ts'
import { blindZoneMs, pageSize } from './cursor.ts'

const pageSchema = z.strictObject({ offset: z.int().nonnegative(), total: z.int().nonnegative() })

/** By creation date, whose set only grows: a smaller total means that rows have moved up, so the page goes back by as many. */
export async function listOrders(client: EbayClient, window: TimeWindow, page: string | undefined, call: CallContext) {
  const to = earliest(addMs(window.to, -1), addMs(call.now(), -blindZoneMs))
  if (to < window.from) return { orders: [], nextPage: undefined }
  const last = parsePage(pageSchema, page)
  const offset = last?.offset ?? 0
  const answer = await client.searchOrders({ filter: `creationdate:[${window.from}..${to}]`, offset, limit: pageSize }, call)
  const { orders: records, total } = dataOf(answer, orderPageSchema)
  const lost = Math.max(0, (last?.total ?? total) - total)
  const next = lost > 0 ? Math.max(0, offset - lost) : offset + records.length
  const isLast = lost === 0 && (records.length === 0 || next >= total)
  return {
    orders: listedOrders(records, listedOrder, { window, shop: client.shop, call }),
    nextPage: isLast ? undefined : JSON.stringify({ offset: next, total }),
  }
}

function listedOrder({ orderId, creationDate, order }: EbayRecord) {
  if (orderId === undefined || creationDate === undefined) return undefined
  return { platformOrderId: orderId, createdAt: creationDate, status: order ? statusOf(order) : ('open' as const) }
}
