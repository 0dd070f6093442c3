import { SyncError } from '../errors.ts'
import { type StoredCounts, storeSnapshots } from '../intake/store-snapshots.ts'
import type { Cursor, OrderPage } from '../ports/connector.ts'
import type { Lane, World } from '../world.ts'

const feed = 'orders'

/**
 * Reads what changed on a shop since the last pass, page by page. A page and its cursor commit together,
 * so the cursor never passes an order that is not stored.
 */
export const poll: Lane = async (world, shopId, signal) => {
  const { connector, call } = world.shop(shopId)
  const counts = { pages: 0, new: 0, changed: 0, rejected: 0 }
  let cursor = await world.storage.read((stores) => stores.cursors.load(shopId, feed))
  let hasMore = true
  while (hasMore && !signal.aborted) {
    const page = await connector.fetchOrderChanges(cursor, call(signal))
    refuseEndlessLoop(shopId, cursor, page)
    const stored = await storePage(world, shopId, page)
    counts.pages += 1
    counts.new += stored.new
    counts.changed += stored.changed
    counts.rejected += stored.rejected
    cursor = page.nextCursor
    hasMore = page.hasMore
  }
  return { counts, more: false }
}

async function storePage(world: World, shopId: string, page: OrderPage): Promise<StoredCounts> {
  const { shop } = world.shop(shopId)
  const counts = await world.storage.write(async (stores) => {
    const now = world.clock.now()
    const stored = await storeSnapshots(stores, page.orders, { shop, now })
    for (const record of page.rejected) await stores.rejected.save({ account: shopId, ...record }, now)
    await stores.cursors.save(shopId, feed, page.nextCursor, now)
    await world.failpoint('poll.page-stored')
    return { ...stored, rejected: stored.rejected + page.rejected.length }
  })
  if (counts.rejected > 0) world.log.warn('orders that could not be read are set aside', { shop: shopId, count: counts.rejected })
  if (counts.new + counts.changed > 0) world.wake('plan', shop.clientId)
  return counts
}

function refuseEndlessLoop(shopId: string, cursor: Cursor | undefined, page: OrderPage): void {
  if (!page.hasMore || page.nextCursor !== cursor) return
  const message = `shop ${shopId} promises more pages but does not move on; the next pass tries again from the same place`
  throw new SyncError('transient', message, { code: 'cursor-does-not-move', context: { shop: shopId } })
}
