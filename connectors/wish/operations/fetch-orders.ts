import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext, Cursor, OrderPage, RejectedRecord } from '../../../core/ports/connector.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { readOne, readRecords } from '../../shared/read-records.ts'
import type { WishClient } from '../client.ts'
import { idOf, readOrder } from '../map-order.ts'
import { nextCursor, readCursor } from './cursor.ts'
import { keysOf, step, type WalkOptions, walkQuery } from './keyset.ts'

/** Reads one page of changed orders, oldest change first. */
export async function fetchOrderChanges(client: WishClient, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const reading = readCursor(shop, since, call)
  const options: WalkOptions = { key: 'updated_at', pageSize: shop.settings.pageSize }
  const records = await client.listOrders(walkQuery(reading.place, options), call)
  const keys = keysOf(records)
  const { fresh, next, incompleteAt } = step(reading.place, keys, options)
  const read = fresh.flatMap((index) => records[index] ?? [])
  const page = await readRecords(read, { idOf, read: readOrder, payloadOf: ({ raw }) => raw })
  return {
    orders: page.orders,
    rejected: [...page.rejected, ...(incompleteAt === undefined ? [] : [unlistable(incompleteAt, call)])],
    nextCursor: nextCursor(reading, keys, next, call.now()),
    hasMore: next !== undefined,
  }
}

export async function fetchOrder(client: WishClient, id: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const record = await client.getOrder(id, call)
  return record && readOne('Wish', id, () => readOrder(record))
}

function unlistable(moment: Instant, call: CallContext): RejectedRecord {
  const reason = `more orders share the time ${moment} than Wish lists in one page; compare with the Wish dashboard and resync what is missing`
  call.log.error('Wish cannot list all orders of one moment', { moment })
  return { reason, payload: { updated_at: moment } }
}
