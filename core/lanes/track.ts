import { createdByReading, stopGhost } from '../effects/warehouse-outcome.ts'
import { SyncError } from '../errors.ts'
import { applyOutbound } from '../planning/apply-outbound.ts'
import type { Stores } from '../ports/storage.ts'
import type { OutboundPage, OutboundSnapshot } from '../ports/wms-adapter.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Lane, World } from '../world.ts'

const feed = 'outbounds'
/** How far back the first pass reads: nothing of ours is older than the first push. */
const firstReachMs = 86_400_000

/** Learns from a warehouse what became of our fulfillment orders: states, packages, problems. */
export const track: Lane = async (world, accountId, signal) => {
  const { adapter, call } = world.wmsAccount(accountId)
  const counts = { pages: 0, changed: 0, shipped: 0, rejected: 0 }
  let cursor = await world.storage.read((stores) => stores.cursors.load(accountId, feed))
  let hasMore = true
  while (hasMore && !signal.aborted) {
    const page = await adapter.listChangedOutbounds(cursor, addMs(world.clock.now(), -firstReachMs), call(signal))
    if (page.hasMore && page.nextCursor === cursor) {
      throw new SyncError('transient', `warehouse account ${accountId} promises more pages but does not move on`, {
        code: 'cursor-does-not-move',
      })
    }
    const stored = await storePage(world, accountId, page)
    counts.pages += 1
    counts.changed += stored.changed
    counts.shipped += stored.packages
    counts.rejected += page.rejected.length
    cursor = page.nextCursor
    hasMore = page.hasMore
  }
  return { counts, more: false }
}

async function storePage(
  world: World,
  accountId: string,
  page: OutboundPage,
): Promise<{ readonly changed: number; readonly packages: number }> {
  const shops = new Set<string>()
  const counts = await world.storage.write(async (stores) => {
    const now = world.clock.now()
    const applied = { changed: 0, packages: 0 }
    for (const snapshot of page.outbounds) {
      const result = await applyOne(world, stores, accountId, snapshot, now)
      if (!result) continue
      applied.changed += 1
      applied.packages += result.packages
      if (result.packages > 0) shops.add(result.shop)
    }
    for (const record of page.rejected) await stores.rejected.save({ account: accountId, ...record }, now)
    await stores.cursors.save(accountId, feed, page.nextCursor, now)
    return applied
  })
  for (const shop of shops) world.wake('confirm', shop)
  return counts
}

async function applyOne(world: World, stores: Stores, accountId: string, snapshot: OutboundSnapshot, now: Instant) {
  const found = await stores.fulfillmentOrders.byReferences(accountId, [snapshot.reference])
  if (found[0]) await stopGhost(stores, found[0], snapshot, now)
  const rows = found[0]?.status === 'planned' ? await createdByReading(stores, found[0], snapshot, now) : found
  return rows && applyOutbound(stores, rows, snapshot, world.operations(), now)
}
