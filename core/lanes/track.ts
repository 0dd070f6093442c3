import { askAgain, createdByReading, stopGhost } from '../effects/warehouse-outcome.ts'
import { SyncError } from '../errors.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { applyOutbound } from '../planning/apply-outbound.ts'
import type { Stores } from '../ports/storage.ts'
import type { OutboundPage, OutboundSnapshot } from '../ports/wms-adapter.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Lane, World } from '../world.ts'

const feed = 'outbounds'
/** How far back the first pass reads: nothing of ours is older than the first push. */
const firstReachMs = 86_400_000

/** After so long a silence an order is asked for by its number: whatever keeps its changes out of the lists, none is lost. */
const silentMs = 6 * 3_600_000
const lookUpsPerPass = 20

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
  for (const { changed, packages } of await lookUpSilent(world, accountId, signal)) {
    counts.changed += changed
    counts.shipped += packages
  }
  return { counts, more: false }
}

interface Applied {
  readonly changed: number
  readonly packages: number
}

async function lookUpSilent(world: World, accountId: string, signal: AbortSignal): Promise<readonly Applied[]> {
  const since = addMs(world.clock.now(), -silentMs)
  const silent = await world.storage.read((stores) => stores.fulfillmentOrders.unheard(accountId, since, lookUpsPerPass))
  const applied: Applied[] = []
  for (const item of silent) {
    if (signal.aborted) break
    const snapshot = await lookUp(world, accountId, item, signal)
    applied.push(await store(world, accountId, snapshot ? [snapshot] : [], (stores, now) => noteLookUp(stores, item, now)))
  }
  return applied
}

/** One that cannot be read keeps none of the others from being asked for; it has its turn again after as long a silence. */
async function lookUp(world: World, accountId: string, item: FulfillmentOrder, signal: AbortSignal): Promise<OutboundSnapshot | undefined> {
  const { adapter, call } = world.wmsAccount(accountId)
  try {
    return (await adapter.findOutbound(item, call(signal))) ?? goneOutbound(item)
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind === 'auth' || error.kind === 'config' || error.kind === 'rate-limit') throw error
    world.log.warn('an order that the warehouse is silent about could not be looked up', {
      reference: item.reference,
      reason: error.message,
    })
    return undefined
  }
}

/** The warehouse does not know its own number any more. */
function goneOutbound({ reference, wmsOrderNo = '', wmsStatus = '', parked }: FulfillmentOrder): OutboundSnapshot {
  const problem = `it has no order ${wmsOrderNo || reference} any more: ask it what became of that`
  return { reference, wmsOrderNo, status: 'wms-exception', wmsStatus, parked, problem, lines: [], packages: [] }
}

async function noteLookUp(stores: Stores, { foNo }: FulfillmentOrder, now: Instant): Promise<void> {
  const item = await stores.fulfillmentOrders.load(foNo)
  if (item) await stores.fulfillmentOrders.save({ ...item, lookedUpAt: now, version: item.version + 1 })
}

async function storePage(world: World, accountId: string, page: OutboundPage): Promise<Applied> {
  return store(world, accountId, page.outbounds, async (stores, now) => {
    for (const record of page.rejected) await stores.rejected.save({ account: accountId, ...record }, now)
    await stores.cursors.save(accountId, feed, page.nextCursor, now)
  })
}

/** Applies readings in one transaction with what is noted of them. */
async function store(
  world: World,
  accountId: string,
  outbounds: readonly OutboundSnapshot[],
  note: (stores: Stores, now: Instant) => Promise<void>,
): Promise<Applied> {
  const shops = new Set<string>()
  const counts = await world.storage.write(async (stores) => {
    const now = world.clock.now()
    const applied = { changed: 0, packages: 0 }
    await note(stores, now)
    for (const snapshot of outbounds.toSorted(livingFirst)) {
      const result = await applyOne(world, stores, accountId, snapshot, now)
      if (!result) continue
      applied.changed += 1
      applied.packages += result.packages
      if (result.packages > 0) shops.add(result.shop)
    }
    return applied
  })
  for (const shop of shops) world.wake('confirm', shop)
  return counts
}

/** A discarded order frees its reference, so a living one beside it is the one that counts. */
function livingFirst(a: OutboundSnapshot, b: OutboundSnapshot): number {
  return Number(a.status === 'cancelled') - Number(b.status === 'cancelled')
}

async function applyOne(world: World, stores: Stores, accountId: string, snapshot: OutboundSnapshot, now: Instant) {
  const found = await stores.fulfillmentOrders.byReferences(accountId, [snapshot.reference])
  if (found[0]) await stopGhost(stores, found[0], snapshot, now)
  if (found[0]) await askAgain(stores, found[0], snapshot, now)
  const rows = found[0]?.status === 'planned' ? await createdByReading(stores, found[0], snapshot, now) : found
  return rows && applyOutbound(stores, rows, snapshot, world.operations(), now)
}
