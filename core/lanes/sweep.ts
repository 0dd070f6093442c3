import { z } from 'zod'
import { SyncError } from '../errors.ts'
import { storeSnapshots } from '../intake/store-snapshots.ts'
import type { ListedOrder, TimeWindow } from '../ports/connector.ts'
import type { SweepRow } from '../ports/storage.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Lane, ShopDesk, World } from '../world.ts'

/** How far back the completeness check looks, by creation time. */
const reachMs = 48 * 3_600_000

/** A list that was cut off is read on this long; then its page tokens are over, and it begins anew. */
const resumableMs = 20 * 3_600_000
const feed = 'sweep'

type Gap = SweepRow['gaps'][number]

/**
 * Completeness: what the platform lists as created in the last 48 hours against what we hold. What is
 * missing is fetched by its id and stored; what cannot be had is a gap with its reason. It works in the background:
 * the polls of a platform with narrow limits go first, and a list that is cut off by a limit goes on where it stood.
 */
export const sweep: Lane = async (world, shopId, signal) => {
  const desk = world.shop(shopId)
  const list = await openList(world, shopId)
  const { startedAt } = list
  const window = { from: addMs(startedAt, -reachMs), to: startedAt }
  const listed = await listAll(world, desk, window, list, signal)
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
  await world.storage.write(async (stores) => {
    await stores.sweeps.save(row)
    await stores.cursors.save(shopId, feed, '', row.finishedAt)
  })
  if (gaps.length > 0) world.log.warn('the sweep found orders that polling missed', { shop: shopId, count: gaps.length })
  if (gaps.length > 0) world.wake('plan', desk.shop.clientId)
  return {
    counts: { listed: listed.length, missing: missing.length, unexplained: gaps.filter((gap) => !gap.explained).length },
    more: false,
  }
}

/** What was listed so far, by id, and the page that comes next. */
const listSchema = z.object({ startedAt: z.string(), page: z.string().optional(), orders: z.array(z.tuple([z.string(), z.string()])) })
interface OpenList {
  readonly startedAt: Instant
  page: string | undefined
  readonly orders: Map<string, Listed>
}
type Listed = Pick<ListedOrder, 'platformOrderId' | 'createdAt'>

async function openList({ storage, clock }: World, shopId: string): Promise<OpenList> {
  const stored = await storage.read((stores) => stores.cursors.load(shopId, feed))
  const list = stored ? listSchema.parse(JSON.parse(stored)) : undefined
  const now = clock.now()
  if (!list || addMs(list.startedAt as Instant, resumableMs) < now) return { startedAt: now, page: undefined, orders: new Map() }
  const orders = list.orders.map(([platformOrderId, createdAt]): [string, Listed] => [
    platformOrderId,
    { platformOrderId, createdAt: createdAt as Instant },
  ])
  return { startedAt: list.startedAt as Instant, page: list.page, orders: new Map(orders) }
}

async function listAll(world: World, desk: ShopDesk, window: TimeWindow, list: OpenList, signal: AbortSignal): Promise<readonly Listed[]> {
  try {
    do {
      const listing = await desk.connector.listOrders(window, list.page, desk.call(signal, 'background'))
      for (const { platformOrderId, createdAt } of listing.orders) list.orders.set(platformOrderId, { platformOrderId, createdAt })
      if (listing.nextPage !== undefined && listing.nextPage === list.page) {
        throw new SyncError('transient', `shop ${desk.shop.id} lists the same page again and again`, { code: 'cursor-does-not-move' })
      }
      list.page = listing.nextPage
    } while (list.page !== undefined)
  } catch (error) {
    if (error instanceof SyncError && error.kind === 'rate-limit') await keepList(world, desk.shop.id, list)
    throw error
  }
  return [...list.orders.values()]
}

async function keepList({ storage, clock }: World, shopId: string, { startedAt, page, orders }: OpenList): Promise<void> {
  const rows = [...orders.values()].map(({ platformOrderId, createdAt }) => [platformOrderId, createdAt])
  await storage.write((stores) => stores.cursors.save(shopId, feed, JSON.stringify({ startedAt, page, orders: rows }), clock.now()))
}

async function heldIds(world: World, shopId: string, listed: readonly Listed[]): Promise<ReadonlySet<string>> {
  const ids = listed.map((order) => order.platformOrderId)
  const orders = await world.storage.read((stores) => stores.orders.findMany(shopId, ids))
  return new Set(orders.map((order) => order.platformOrderId))
}

/** Fetches one missing order, or says why it cannot be had. One bad order does not end the sweep. */
async function fill(world: World, desk: ShopDesk, order: Listed, signal: AbortSignal): Promise<Gap> {
  const gap = { platformOrderId: order.platformOrderId, createdAt: order.createdAt }
  try {
    const snapshot = await desk.connector.fetchOrder(order.platformOrderId, desk.call(signal, 'background'))
    if (!snapshot) return { ...gap, reason: 'listed by the platform, but not found by its id', explained: true }
    const now: Instant = world.clock.now()
    await world.storage.write((stores) => storeSnapshots(stores, [snapshot], { shop: desk.shop, now }))
    return { ...gap, reason: 'missed by polling, found and stored by the sweep', explained: true }
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'invalid-data') throw error
    return { ...gap, reason: `cannot be read: ${error.message}`, explained: false }
  }
}
