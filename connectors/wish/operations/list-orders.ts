import type { CallContext, OrderListing, TimeWindow } from '../../../core/ports/connector.ts'
import { isWithin, parsePage } from '../../shared/cursor.ts'
import type { WishClient } from '../client.ts'
import { readListing } from '../map-order.ts'
import { keysOf, step, type Walk, type WalkOptions, walk, walkQuery } from './keyset.ts'

/** Lists orders by release time. Wish's bounds are inclusive, the window's end is not, so its own rows are picked. */
export async function listOrders(
  client: WishClient,
  window: TimeWindow,
  page: string | undefined,
  call: CallContext,
): Promise<OrderListing> {
  const place: Walk = parsePage(walk, page) ?? { from: window.from, seen: [] }
  const options: WalkOptions = { key: 'released_at', pageSize: client.shop.settings.pageSize, until: window.to }
  const records = await client.listOrders(walkQuery(place, options), call)
  const { fresh, next } = step(place, keysOf(records), options)
  const orders = fresh.flatMap((index) => {
    const listed = records[index] && readListing(records[index])
    return listed && isWithin(listed, window) ? [listed] : []
  })
  const isOver = next === undefined || next.from >= window.to
  return { orders, nextPage: isOver ? undefined : JSON.stringify(next) }
}
