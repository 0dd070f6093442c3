import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext, Cursor, OrderPage, RejectedRecord } from '../../../core/ports/connector.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { readRecords } from '../../shared/read-records.ts'
import type { WishClient } from '../client.ts'
import { readOrder } from '../map-order.ts'
import { advanced, readCursor, step, type WalkOptions, walkQuery } from './cursor.ts'

/** Reads one page of changed orders, oldest change first. */
export async function fetchOrderChanges(client: WishClient, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const { watermark, walk } = readCursor(shop, since, call)
  const options: WalkOptions = { key: 'updated_at', pageSize: shop.settings.pageSize }
  const records = await client.listOrders(walkQuery(walk, options), call)
  const { fresh, next, incompleteAt } = step(walk, records, options)
  const page = await readRecords(fresh, { idOf: ({ id }) => id, read: readOrder, payloadOf: ({ raw }) => raw })
  return {
    orders: page.orders,
    rejected: [...page.rejected, ...(incompleteAt === undefined ? [] : [unlistable(incompleteAt, call)])],
    nextCursor: JSON.stringify({ watermark: advanced(watermark, records, call.now()), walk: next }),
    hasMore: next !== undefined,
  }
}

export async function fetchOrder(client: WishClient, id: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  return client.getOrder(id, readOrder, call)
}

function unlistable(moment: Instant, call: CallContext): RejectedRecord {
  const reason = `more orders share the time ${moment} than Wish lists in one page; compare with the Wish dashboard and resync what is missing`
  call.log.error('Wish cannot list all orders of one moment', { moment })
  return { reason, payload: { updated_at: moment } }
}
