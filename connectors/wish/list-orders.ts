import type { CallContext, OrderListing, TimeWindow } from '../../core/ports/connector.ts'
import type { WishClient, WishShop } from './client.ts'
import { keysOf, step, type Walk, type WalkOptions, walk, walkQuery } from './keyset.ts'
import { readListing } from './map-order.ts'

export interface ListingPlace {
  readonly window: TimeWindow
  readonly page: string | undefined
}

/** Lists orders by release time. Wish's bounds are inclusive, the window's end is not, so its own rows are picked. */
export async function listOrders(
  shop: WishShop,
  client: WishClient,
  { window, page }: ListingPlace,
  call: CallContext,
): Promise<OrderListing> {
  const place: Walk = page === undefined ? { from: window.from, seen: [] } : walk.parse(JSON.parse(page))
  const options: WalkOptions = { key: 'released_at', pageSize: shop.settings.pageSize, until: window.to }
  const records = await client.listOrders(walkQuery(place, options), call)
  const { fresh, next } = step(place, keysOf(records), options)
  const orders = fresh.flatMap((index) => {
    const listed = records[index] && readListing(records[index])
    return listed && listed.createdAt >= window.from && listed.createdAt < window.to ? [listed] : []
  })
  const isOver = next === undefined || next.from >= window.to
  return { orders, nextPage: isOver ? undefined : JSON.stringify(next) }
}
