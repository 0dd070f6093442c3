import { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import { applySnapshot, snapshotHash } from '../../core/intake/apply-snapshot.ts'
import { storeSnapshots } from '../../core/intake/store-snapshots.ts'
import type { OrderSnapshot } from '../../core/model/order.ts'
import { parseInstant } from '../../core/value/instant.ts'
import type { ShopDesk } from '../../core/world.ts'
import type { Runtime } from '../compose.ts'
import type { Command } from './command.ts'

const instant = z.string().transform((text, context) => {
  const parsed = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (parsed === undefined)
    context.addIssue({ code: 'custom', message: `"${text}" is not a time with a zone, such as 2026-11-24T00:00:00Z` })
  return parsed ?? z.NEVER
})
const argumentsSchema = z.object({
  shop: z.string(),
  order: z.string().optional(),
  since: instant.optional(),
  until: instant.optional(),
  dryRun: z.boolean().default(false),
})

export interface ResyncResult {
  readonly read: number
  readonly new: readonly string[]
  readonly changed: readonly string[]
  readonly unchanged: number
  readonly missing: readonly string[]
  /** What the platform has and nobody can read; what is stored of it stays. */
  readonly unreadable: readonly { readonly id: string; readonly reason: string }[]
  readonly dryRun: boolean
}

/** Reads orders again by id or by creation time and changes only what differs; a dry run changes nothing. */
export const resync: Command = async (runtime, args, signal): Promise<ResyncResult> => {
  const { shop, order, since, until, dryRun } = argumentsSchema.parse(args)
  const desk = runtime.world.shop(shop)
  if (order === undefined && since === undefined) {
    throw new SyncError('config', 'name an order (--order ID) or a time (--since T)', { code: 'usage' })
  }
  const window = { from: since ?? desk.shop.since, to: until ?? runtime.world.clock.now() }
  if (order === undefined && window.to <= window.from)
    throw new SyncError('config', '--until must be later than --since', { code: 'usage' })
  const ids = order === undefined ? await listIds(desk, window, signal) : [await platformIdOf(runtime, shop, order)]
  const unreadable: ResyncResult['unreadable'][number][] = []
  const result = { read: 0, new: [] as string[], changed: [] as string[], unchanged: 0, missing: [] as string[], unreadable, dryRun }
  for (const id of ids) {
    const snapshot = await readOrder(desk, id, signal)
    if (snapshot && 'reason' in snapshot) {
      unreadable.push(snapshot)
      continue
    }
    if (!snapshot) {
      result.missing.push(id)
      continue
    }
    result.read += 1
    const difference = await compare(runtime, desk, snapshot)
    if (difference === 'unchanged') result.unchanged += 1
    else result[difference].push(id)
    if (difference !== 'unchanged' && !dryRun) await store(runtime, desk, snapshot)
  }
  if (!dryRun) runtime.world.wake('plan', desk.shop.clientId)
  return result
}

/** One bad order does not keep the others from being read. */
async function readOrder(
  desk: ShopDesk,
  id: string,
  signal: AbortSignal,
): Promise<OrderSnapshot | ResyncResult['unreadable'][number] | undefined> {
  try {
    return await desk.connector.fetchOrder(id, desk.call(signal))
  } catch (error) {
    if (error instanceof SyncError && error.kind === 'invalid-data') return { id, reason: error.message }
    throw error
  }
}

/** An order number of ours stands for the platform's id; what is not known here may be known there. */
async function platformIdOf(runtime: Runtime, shop: string, id: string): Promise<string> {
  const known = await runtime.world.storage.read((stores) => stores.orders.lookUp(id))
  return known.find((order) => order.shop === shop)?.platformOrderId ?? id
}

async function listIds(
  desk: ShopDesk,
  window: { from: ReturnType<typeof parseInstant> & string; to: ReturnType<typeof parseInstant> & string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids = new Set<string>()
  let page: string | undefined
  do {
    const listing = await desk.connector.listOrders(window, page, desk.call(signal))
    for (const listed of listing.orders) ids.add(listed.platformOrderId)
    page = listing.nextPage
  } while (page !== undefined)
  return [...ids]
}

async function compare(runtime: Runtime, desk: ShopDesk, snapshot: OrderSnapshot): Promise<'new' | 'changed' | 'unchanged'> {
  const stored = await runtime.world.storage.read((stores) => stores.orders.find(desk.shop.id, snapshot.platformOrderId))
  if (!stored) return 'new'
  if (stored.contentHash === snapshotHash(snapshot)) return 'unchanged'
  const intake = applySnapshot(stored, [], snapshot, { shop: desk.shop, now: runtime.world.clock.now() })
  return intake.result === 'changed' ? 'changed' : 'unchanged'
}

async function store(runtime: Runtime, desk: ShopDesk, snapshot: OrderSnapshot): Promise<void> {
  const now = runtime.world.clock.now()
  await runtime.world.storage.write((stores) => storeSnapshots(stores, [snapshot], { shop: desk.shop, now }))
}
