import type { Hold } from '../model/hold.ts'
import { type Order, reasonToLeaveRules } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Shop } from '../model/shop.ts'

/** The subject of the hold for orders of a shop that is not configured. */
const unknownShop = 'shop'

/** What an order waits for because it was bought before its shop was taken over. It may be decided away for one order. */
export function cutoverHolds(order: Order, shop: Pick<Shop, 'id' | 'since'>): readonly WantedHold[] {
  if (!mayBeShipped(order) || order.purchasedAt >= shop.since) return []
  const detail = `bought ${order.purchasedAt}, before shop ${shop.id} was taken over (since ${shop.since}): recorded, not pushed`
  return [{ reason: 'before-cutover', source: 'system', subject: '', detail, release: { mode: 'manual' } }]
}

/**
 * What an order waits for because of its shop as it is configured now. Of a shop that is configured no more nobody
 * would see a cancellation, and nobody could be told of a parcel.
 */
export function shopHolds(order: Order, shops: readonly Shop[]): readonly WantedHold[] {
  const shop = shops.find((candidate) => candidate.id === order.shop)
  if (shop) return cutoverHolds(order, shop)
  if (!mayBeShipped(order)) return []
  const detail = `shop ${order.shop} is not in shops.yaml any more, so changes of the order are not seen: put the shop back, or release the hold to ship all the same`
  return [{ reason: 'platform-hold', source: 'system', subject: unknownShop, detail, release: { mode: 'manual' } }]
}

/** The holds that `shopHolds` answers for. */
export function isShopHold({ reason, source, subject }: Hold): boolean {
  return source === 'system' && (reason === 'before-cutover' || (reason === 'platform-hold' && subject === unknownShop))
}

/** Where nothing is left to ship, nothing has to wait. */
function mayBeShipped(order: Order): boolean {
  return reasonToLeaveRules(order) === undefined && order.platformState !== 'cancelled' && order.platformState !== 'shipped'
}
