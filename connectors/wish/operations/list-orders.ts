import type { CallContext, OrderListing, TimeWindow } from '../../../core/ports/connector.ts'
import { listedOrders, parsePage } from '../../shared/cursor.ts'
import type { WishClient } from '../client.ts'
import { readListing } from '../map-order.ts'
import { step, type Walk, type WalkOptions, walk, walkQuery } from './cursor.ts'

/** Lists orders by release time. Wish's bounds are inclusive, the window's end is not, so its own rows are picked. */
export async function listOrders(
  { shop, listOrders }: WishClient,
  window: TimeWindow,
  page: string | undefined,
  call: CallContext,
): Promise<OrderListing> {
  const place: Walk = parsePage(walk, page) ?? { from: window.from, seen: [] }
  const options: WalkOptions = { key: 'released_at', pageSize: shop.settings.pageSize, until: window.to }
  const { fresh, next } = step(place, await listOrders(walkQuery(place, options), call), options)
  const isOver = next === undefined || next.from >= window.to
  return { orders: listedOrders(fresh, readListing, { window, shop, call }), nextPage: isOver ? undefined : JSON.stringify(next) }
}
