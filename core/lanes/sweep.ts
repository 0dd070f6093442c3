import { SyncError } from '../errors.ts'
import { storeSnapshots } from '../intake/store-snapshots.ts'
import type { ListedOrder, TimeWindow } from '../ports/connector.ts'
import type { SweepRow } from '../ports/storage.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Lane, ShopDesk, World } from '../world.ts'

/** How far back the completeness check looks, by creation time. */
const reachMs = 48 * 3_600_000

type Gap = SweepRow['gaps'][number]

/**
 * Completeness: what the platform lists as created in the last 48 hours against what we hold. What is
 * missing is fetched by its id and stored; what cannot be had is a gap with its reason.
 */
export const sweep: Lane = async (world, shopId, signal) => {
  const desk = world.shop(shopId)
  const startedAt = world.clock.now()
  const window = { from: addMs(startedAt, -reachMs), to: startedAt }
  const listed = await listAll(desk, window, signal)
  const held = await heldIds(world, shopId, listed)
  const missing = listed.filter((order) => !held.has(order.platformOrderId))
  const gaps: Gap[] = []
  for (const order of missing) gaps.push(await fill(world, desk, order, signal))
  const row: SweepRow = {
    shop: shopId,
    ...window,
    startedAt,
    finishedAt: world.clock.now(),
    listed: listed.length,
    held: listed.length - missing.length,
    gaps,
  }
  await world.storage.write((stores) => stores.sweeps.save(row))
  if (gaps.length > 0) world.log.warn('the sweep found orders that polling missed', { shop: shopId, count: gaps.length })
  if (gaps.length > 0) world.wake('plan', desk.shop.clientId)
  return {
    counts: { listed: listed.length, missing: missing.length, unexplained: gaps.filter((gap) => !gap.explained).length },
    more: false,
  }
}

async function listAll(desk: ShopDesk, window: TimeWindow, signal: AbortSignal): Promise<readonly ListedOrder[]> {
  const orders = new Map<string, ListedOrder>()
  let page: string | undefined
  do {
    const listing = await desk.connector.listOrders(window, page, desk.call(signal))
    for (const order of listing.orders) orders.set(order.platformOrderId, order)
    if (listing.nextPage !== undefined && listing.nextPage === page) {
      throw new SyncError('transient', `shop ${desk.shop.id} lists the same page again and again`, { code: 'cursor-does-not-move' })
    }
    page = listing.nextPage
  } while (page !== undefined)
  return [...orders.values()]
}

async function heldIds(world: World, shopId: string, listed: readonly ListedOrder[]): Promise<ReadonlySet<string>> {
  const ids = listed.map((order) => order.platformOrderId)
  const orders = await world.storage.read((stores) => stores.orders.findMany(shopId, ids))
  return new Set(orders.map((order) => order.platformOrderId))
}

/** Fetches one missing order, or says why it cannot be had. One bad order does not end the sweep. */
async function fill(world: World, desk: ShopDesk, order: ListedOrder, signal: AbortSignal): Promise<Gap> {
  const gap = { platformOrderId: order.platformOrderId, createdAt: order.createdAt }
  try {
    const snapshot = await desk.connector.fetchOrder(order.platformOrderId, desk.call(signal))
    if (!snapshot) return { ...gap, reason: 'listed by the platform, but not found by its id', explained: true }
    const now: Instant = world.clock.now()
    await world.storage.write((stores) => storeSnapshots(stores, [snapshot], { shop: desk.shop, now }))
    return { ...gap, reason: 'missed by polling, found and stored by the sweep', explained: true }
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'invalid-data') throw error
    return { ...gap, reason: `cannot be read: ${error.message}`, explained: false }
  }
}
