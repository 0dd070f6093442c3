import { z } from 'zod'
import { retried, withdrawn } from '../../core/effects/transitions.ts'
import { SyncError } from '../../core/errors.ts'
import type { Effect } from '../../core/model/effect.ts'
import { type Hold, holdReasons } from '../../core/model/hold.ts'
import { type Address, effectiveShipTo, type Order } from '../../core/model/order.ts'
import { isOpen, releasedHold, withChanges } from '../../core/model/reconcile-holds.ts'
import { type Dossier, effectKey, gather, loadDossier } from '../../core/planning/dossier.ts'
import { settleOrder } from '../../core/planning/settle-order.ts'
import type { Storage, Stores } from '../../core/ports/storage.ts'
import type { Instant } from '../../core/value/instant.ts'
import type { Runtime } from '../compose.ts'
import type { Command } from './command.ts'

const text = z.string().trim().min(1)
const addressSchema = z.strictObject({
  name: text.optional(),
  company: text.optional(),
  phone: text.optional(),
  email: text.optional(),
  line1: text.optional(),
  line2: text.optional(),
  line3: text.optional(),
  city: text.optional(),
  state: text.optional(),
  postcode: text.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters, such as US')
    .optional(),
})
const editSchema = z.object({ id: text, reason: text, user: text, address: addressSchema })
const assignSchema = z.object({ id: text, reason: text, user: text, warehouse: text.optional(), service: text.optional() })
const markShippedSchema = z.object({ id: text, reason: text, user: text })

/** Changes the address of an order by hand. The platform's own address is kept and never overwrites the edit. */
export const editOrder: Command = async (runtime, args) => {
  const { id, reason, user, address } = editSchema.parse(args)
  if (Object.keys(withoutUndefined(address)).length === 0)
    throw new SyncError('config', 'name what to change, such as --line1 "STREET" or --postcode CODE', { code: 'usage' })
  return changeOrder(runtime, id, async (stores, dossier, now) => {
    const before = effectiveShipTo(dossier.order)
    const country = address.country ?? before?.country
    if (country === undefined)
      throw new SyncError('config', `order ${id} has no address yet: give the country too (--country US)`, { code: 'usage' })
    const shipTo = { ...before, ...withoutUndefined(address), country }
    const order = { ...dossier.order, edits: { ...dossier.order.edits, shipTo } }
    await settleOrder(stores, { ...dossier, order }, now, now, [
      { type: 'edited', at: now, data: { user, reason, fields: Object.keys(address) } },
    ])
  })
}

/** Chooses warehouse or service by hand; both are checked against the configuration. */
export const assignOrder: Command = async (runtime, args) => {
  const { id, reason, user, warehouse, service } = assignSchema.parse(args)
  refuseUnknownRoute(runtime, warehouse, service)
  return changeOrder(runtime, id, async (stores, dossier, now) => {
    const edits = { ...dossier.order.edits, ...(warehouse !== undefined && { warehouse }), ...(service !== undefined && { service }) }
    const data = { user, reason, ...(warehouse !== undefined && { warehouse }), ...(service !== undefined && { service }) }
    await settleOrder(stores, { ...dossier, order: { ...dossier.order, edits } }, now, now, [{ type: 'assigned', at: now, data }])
  })
}

/** Declares what is still open as shipped outside: nothing more is pushed for it. */
export const markShipped: Command = async (runtime, args) => {
  const { id, reason, user } = markShippedSchema.parse(args)
  return changeOrder(runtime, id, async (stores, dossier, now) => {
    if (dossier.order.edits.closed?.as === 'shipped') return
    const closed = { as: 'shipped', reason: `shipped outside: ${reason}` } as const
    const order: Order = { ...dossier.order, edits: { ...dossier.order.edits, closed } }
    // Intake placed them, and it may never read the order again.
    const ended = dossier.holds.filter((hold) => isOpen(hold) && (hold.source === 'platform' || hold.reason === 'before-cutover'))
    const released = ended.map((hold) => releasedHold(hold, user, now))
    for (const hold of released) await stores.holds.save(hold)
    const holds = withChanges(dossier.holds, released)
    await settleOrder(stores, { ...dossier, order, holds }, now, now, [{ type: 'marked-shipped', at: now, data: { user, reason } }])
  })
}

const holdsSchema = z.object({
  action: z.enum(['release', 'retry', 'cancel']),
  user: text,
  reason: z.enum(holdReasons).optional(),
  subject: z.string().optional(),
  order: text.optional(),
  dryRun: z.boolean().default(false),
})

/** Works on open holds, one order's or all of a reason: release them, retry what failed, or give the fulfillment up. */
export const workOnHolds: Command = async (runtime, args) => {
  const { action, user, reason, subject, order, dryRun } = holdsSchema.parse(args)
  if (reason === undefined && order === undefined)
    throw new SyncError('config', 'name an order (--order ID) or a reason (--reason unmapped-sku)', { code: 'usage' })
  const orderNo = order === undefined ? undefined : (await findOrder(runtime, order)).orderNo
  const open = await runtime.world.storage.read(async (stores) =>
    orderNo === undefined ? stores.holds.openByReason(reason) : stores.holds.forOrders([orderNo]),
  )
  const chosen = open.filter(
    (hold) => isOpen(hold) && (reason === undefined || hold.reason === reason) && (subject === undefined || hold.subject === subject),
  )
  const orderNos = [...new Set(chosen.map((hold) => hold.orderNo))]
  const result = { holds: 0, orders: [] as string[], skipped: 0, dryRun }
  for (const affected of orderNos) {
    const named = chosen.filter((hold) => hold.orderNo === affected)
    const work = (stores: Stores) => workOnOrder(stores, affected, { action, user, named, dryRun, now: runtime.world.clock.now() })
    const { worked, left } = await (dryRun ? runtime.world.storage.read(work) : runtime.world.storage.write(work))
    result.holds += worked
    result.skipped += left
    if (worked > 0) result.orders.push(affected)
  }
  if (!dryRun) wakeAll(runtime)
  return result
}

interface HoldWork {
  readonly action: 'release' | 'retry' | 'cancel'
  readonly user: string
  /** The holds as they were chosen; they may have ended since. */
  readonly named: readonly Hold[]
  readonly dryRun: boolean
  readonly now: Instant
}

/** How many holds of an order were worked on, and how many of those named were left. */
async function workOnOrder(stores: Stores, orderNo: string, { action, user, named, dryRun, now }: HoldWork) {
  const dossier = await loadDossier(stores, orderNo)
  if (!dossier) return { worked: 0, left: 0 }
  const isNamed = (hold: Hold) => named.some(({ reason, subject }) => hold.reason === reason && hold.subject === subject)
  const meant = dossier.holds.filter((hold) => isOpen(hold) && isNamed(hold))
  const holds = action === 'retry' ? meant.filter((hold) => effectToRetry(hold, dossier.effects)) : meant
  const counts = { worked: holds.length, left: meant.length - holds.length }
  if (holds.length === 0 || dryRun) return counts
  for (const hold of holds) {
    await stores.holds.save(releasedHold(hold, user, now))
    const effect = effectOf(hold, dossier.effects)
    // A refused push is planned anew, under another reference.
    const isPlannedAnew = effect?.kind === 'wms-create' && effect.state === 'rejected'
    if (action === 'retry' && effect && !isPlannedAnew) await stores.effects.save(retried(effect, now))
    if (action === 'cancel' && effect?.state === 'planned') await stores.effects.save(withdrawn(effect, now))
  }
  const events = holds.map((hold) => ({ type: `hold-${action}`, at: now, data: { user, reason: hold.reason, subject: hold.subject } }))
  const fresh = await gather(stores, dossier.order)
  const closed = { as: 'given-up', reason: `given up by ${user}` } as const
  const order = action === 'cancel' ? { ...fresh.order, edits: { ...fresh.order.edits, closed } } : fresh.order
  await settleOrder(stores, { ...fresh, order }, now, now, events)
  return counts
}

/** The write to the outside that a hold is about: of a parcel that was not stopped the request to stop it, else the push. */
function effectOf({ reason, subject }: Hold, effects: readonly Effect[]): Effect | undefined {
  const key = reason === 'intercept-failed' ? effectKey.cancel(subject) : effectKey.create(subject)
  return effects.find((effect) => effect.key === subject || effect.key === key)
}

/** What can be sent or asked again for a hold; a hold without it, such as one of a rule, only ends by being released. */
function effectToRetry(hold: Hold, effects: readonly Effect[]): Effect | undefined {
  const effect = effectOf(hold, effects)
  return effect && ['planned', 'accepted', 'unknown', 'rejected'].includes(effect.state) ? effect : undefined
}

/** The one order that an id names. Throws `config` (`order-not-found`, `order-ambiguous`). */
export async function findOrder(runtime: { readonly world: { readonly storage: Storage } }, id: string): Promise<Order> {
  const found = await runtime.world.storage.read((stores) => stores.orders.lookUp(id))
  const order = found[0]
  if (!order)
    throw new SyncError('config', `no order ${id} is known: give an order number, a platform order id or SHOP/PLATFORM_ORDER_ID`, {
      code: 'order-not-found',
    })
  if (found.length > 1) {
    const names = found.map((candidate) => `${candidate.shop}/${candidate.platformOrderId}`).join(', ')
    throw new SyncError('config', `${id} names several orders: ${names}`, { code: 'order-ambiguous' })
  }
  return order
}

async function changeOrder(
  runtime: Runtime,
  id: string,
  change: (stores: Stores, dossier: Dossier, now: Instant) => Promise<void>,
): Promise<unknown> {
  const { orderNo } = await findOrder(runtime, id)
  await runtime.world.storage.write(async (stores) => {
    const order = await stores.orders.load(orderNo)
    if (order) await change(stores, await gather(stores, order), runtime.world.clock.now())
  })
  wakeAll(runtime)
  return { orderNo }
}

function refuseUnknownRoute(runtime: Runtime, warehouse: string | undefined, service: string | undefined): void {
  const { warehouses } = runtime.world.operations()
  if (warehouse === undefined && service === undefined)
    throw new SyncError('config', 'give --warehouse, --service or both', { code: 'usage' })
  const candidates = warehouses.filter((candidate) => warehouse === undefined || candidate.code === warehouse)
  if (candidates.length === 0)
    throw new SyncError('config', `warehouse ${warehouse} is not configured; there are ${warehouses.map((item) => item.code).join(', ')}`, {
      code: 'usage',
    })
  const services = candidates.flatMap((candidate) => candidate.services.map((item) => item.code))
  if (service !== undefined && !services.includes(service))
    throw new SyncError('config', `service ${service} is not configured there; there are ${services.join(', ')}`, { code: 'usage' })
}

function wakeAll(runtime: Runtime): void {
  for (const lane of ['plan', 'push', 'confirm'] as const) for (const account of runtime.accounts(lane)) runtime.world.wake(lane, account)
}

function withoutUndefined(address: z.infer<typeof addressSchema>): Partial<Address> {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined))
}
