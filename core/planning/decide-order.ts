import { type Address, effectiveShipTo, type Order } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Stores } from '../ports/storage.ts'
import { earliest, type Instant, latest } from '../value/instant.ts'
import type { Operations } from '../world.ts'
import { consider, isPlanningHold, isToShip, type PlanningContext, situationOf } from './consider-order.ts'
import type { Considered } from './considered.ts'
import { unplannedUnits } from './demand.ts'
import { type Dossier, gather, isHeldBack, openHolds } from './dossier.ts'
import { type GatherContext, type Gathered, gatherParcel, traceOf } from './gather-parcel.ts'
import { keepsBack } from './holds.ts'
import { makeFulfillmentOrder, makeMergedFulfillmentOrders, outboundRequest } from './make-fulfillment-order.ts'
import { takeBackCompanions } from './parcel.ts'
import type { Plan, TraceStep } from './plan.ts'
import type { Together } from './plan-together.ts'
import { remapping } from './remapping.ts'
import { revise } from './revise.ts'
import { applyHolds, applyProgressHolds, settleOrder } from './settle-order.ts'
import { isShopHold, shopHolds } from './shop-holds.ts'

export interface DecisionContext extends PlanningContext {
  readonly operations: Operations
}

/** What came of an order: `planned` a fulfillment order was made, `held` it waits, `settled` nothing to do now. */
export type Decided = 'planned' | 'held' | 'settled'

/** Decides about one order that is due, inside the transaction that holds everything it reads. */
export async function decideOrder(stores: Stores, orderNo: string, context: DecisionContext): Promise<Decided> {
  const order = await stores.orders.load(orderNo)
  if (order?.planDueAt === undefined || order.planDueAt > context.now) return 'settled'
  const revised = await takeBack(stores, await judgeShop(stores, await gather(stores, order), context), context)
  // A hold that ended with what was taken back must not keep the order from being decided now.
  const dossier = await applyProgressHolds(stores, revised, context.now)
  const units = unplannedUnits(dossier)
  if (!isToShip(dossier.order) || units.size === 0) return finish(stores, dossier, [], context.now)

  const considered = await consider(stores, dossier, context)
  const { plan, wanted, isLeftOut, dossier: mapped } = considered
  const gathered = isLeftOut ? leftOut(plan) : await gatherParcel(considered, gatherContext(stores, context))
  if (gathered.way === 'together') return sendTogether(stores, considered, gathered.parcel, context)
  await saveTrace(stores, orderNo, gathered.trace, context)
  if (isLeftOut) return finish(stores, mapped, [], context.now)
  // Where the rest of an order waits and nothing more of it can go, what is planned of it stays as it is.
  const isRestOnly = plan.parts.length === 0 && !plan.holds.every(keepsBack)
  const notBefore = gathered.way === 'wait' ? gathered.until : undefined
  const next = { notBefore, release: (held: Dossier) => release(stores, held, plan, context) }
  return finish(stores, mapped, wanted, context.now, isRestOnly ? undefined : next)
}

/** What has been sent to a warehouse goes on, whatever the shop has become. */
async function judgeShop(stores: Stores, dossier: Dossier, { operations, now }: DecisionContext): Promise<Dossier> {
  const wanted = isSent(dossier) ? [] : shopHolds(dossier.order, operations.shops)
  return applyHolds(stores, dossier, wanted, isShopHold, now)
}

function isSent({ effects }: Dossier): boolean {
  return effects.some(({ kind, state, armedAt }) => kind === 'wms-create' && state !== 'withdrawn' && armedAt !== undefined)
}

function leftOut({ trace }: Plan): Gathered {
  return { way: 'alone', trace: trace.filter((step) => step.stage === 'intake') }
}

async function saveTrace(
  stores: Stores,
  orderNo: string,
  steps: readonly TraceStep[],
  { operations, now }: DecisionContext,
): Promise<void> {
  await stores.traces.save(orderNo, now, { version: operations.version, steps })
}

/** More orders of one buyer than this are never looked at together. */
const mostCompanions = 50

function gatherContext(stores: Stores, context: DecisionContext): GatherContext {
  return {
    ...context,
    async companionsOf(order) {
      const companions: Considered[] = []
      for (const other of await stores.orders.findCompanions(order, mostCompanions)) {
        const dossier = await gather(stores, other)
        if (isToShip(other) && unplannedUnits(dossier).size > 0) companions.push(await consider(stores, dossier, context))
      }
      return companions
    },
    situationOf: (order) => situationOf(stores, order, context),
  }
}

/** Makes what was planned for all of a parcel: in this one transaction, or, while the push has to wait, not yet. */
async function sendTogether(stores: Stores, self: Considered, parcel: Together, context: DecisionContext): Promise<Decided> {
  const { now } = context
  const { members, request, timing } = parcel
  const own = members.find((member) => member.considered === self)
  if (own) await saveTrace(stores, own.orderNo, traceOf(parcel, own), context)
  const held = await applyHolds(stores, self.dossier, [...withoutWaits(self), ...timing], isPlanningHold, now)
  if (openHolds(held).length > 0) {
    await settleOrder(stores, held, now, earliestRelease(timing) ?? 'never')
    return 'held'
  }
  const parts = members.map(({ considered, part, sequence }) => ({ order: considered.dossier.order, part, sequence }))
  const { fulfillmentOrders, create, reservations } = makeMergedFulfillmentOrders(parts, request, now)
  for (const fulfillmentOrder of fulfillmentOrders) await stores.fulfillmentOrders.save(fulfillmentOrder)
  await stores.effects.save(create)
  await stores.stock.reserve(reservations)
  for (const member of members) {
    const { considered, orderNo, part } = member
    if (member !== own) await saveTrace(stores, orderNo, traceOf(parcel, member), context)
    const free = member === own ? held : await applyHolds(stores, considered.dossier, withoutWaits(considered), isPlanningHold, now)
    if (openHolds(free).length > 0) throw new Error(`order ${orderNo} has a hold and was to travel with another order`)
    const others = members.filter((other) => other !== member).map((other) => other.orderNo)
    const data = { reference: request.reference, warehouse: part.warehouse.code, service: part.service.code, with: others.join(', ') }
    await settleOrder(stores, await gather(stores, free.order), now, 'never', [{ type: 'planned', at: now, data }])
  }
  return 'planned'
}

/** What an order alone waits for, without what keeps its push back: a parcel has a time of its own. */
function withoutWaits({ wanted, plan }: Considered): readonly WantedHold[] {
  return wanted.filter((hold) => !plan.waits.includes(hold))
}

async function takeBack(stores: Stores, dossier: Dossier, { catalog, operations, now }: PlanningContext): Promise<Dossier> {
  const revision = revise(dossier, now, remapping(dossier.order, { catalog, rules: operations.rules, fx: catalog.fx, now }))
  if (revision.fulfillmentOrders.length === 0 && revision.effects.length === 0) return dossier
  for (const fulfillmentOrder of revision.fulfillmentOrders) await stores.fulfillmentOrders.save(fulfillmentOrder)
  for (const effect of revision.effects) await stores.effects.save(effect)
  for (const foNo of revision.withdrawn) await stores.stock.release(foNo)
  const events = [
    ...revision.fulfillmentOrders
      .filter((item) => revision.withdrawn.includes(item.foNo))
      .map(({ reference }) => ({ type: 'withdrawn', at: now, data: { reference } })),
    ...revision.intercepted.map((reference) => ({ type: 'intercept-requested', at: now, data: { reference } })),
  ]
  await stores.events.append(dossier.order.orderNo, events)
  await takeBackCompanions(stores, revision, now)
  if (revision.withdrawn.length > 0)
    await stores.orders.wakePlan({ clientId: dossier.order.clientId, holdReasons: ['out-of-stock', 'split-not-allowed'] }, now)
  return gather(stores, dossier.order)
}

async function finish(
  stores: Stores,
  dossier: Dossier,
  wanted: Plan['holds'],
  now: Instant,
  next?: { readonly notBefore: Instant | undefined; release(held: Dossier): Promise<Dossier> },
): Promise<Decided> {
  const held = await applyHolds(stores, dossier, wanted, isPlanningHold, now)
  if (isHeldBack(held) || !next) {
    const settled = await settleOrder(stores, held, now, earliestRelease(wanted) ?? 'never')
    return openHolds(settled).length > 0 ? 'held' : 'settled'
  }
  const notBefore = latest(held.order.releaseNotBefore ?? now, next.notBefore ?? now)
  if (notBefore > now) {
    await settleOrder(stores, held, now, notBefore)
    return 'settled'
  }
  await settleOrder(stores, await next.release(held), now, 'never')
  return 'planned'
}

async function release(stores: Stores, dossier: Dossier, plan: Plan, { catalog, now }: DecisionContext): Promise<Dossier> {
  const { order } = dossier
  if (plan.parts.length === 0) throw new Error(`order ${order.orderNo} has no hold, and planning found no way to ship it`)
  let sequence = Math.max(0, ...dossier.fulfillmentOrders.map((fulfillmentOrder) => fulfillmentOrder.sequence))
  for (const part of plan.parts) {
    sequence += 1
    const request = outboundRequest(order, part, shipToOf(order), sequence, catalog)
    const decision = makeFulfillmentOrder(order, part, request, sequence, now)
    await stores.fulfillmentOrders.save(decision.fulfillmentOrder)
    await stores.effects.save(decision.create)
    await stores.stock.reserve(decision.reservations)
    const data = { reference: request.reference, warehouse: part.warehouse.code, service: part.service.code }
    await stores.events.append(order.orderNo, [{ type: 'planned', at: now, data }])
  }
  return gather(stores, order)
}

/** Planning gives no parts without an address. */
function shipToOf(order: Order): Address {
  const shipTo = effectiveShipTo(order)
  if (!shipTo) throw new Error(`order ${order.orderNo} was planned without an address`)
  return shipTo
}

function earliestRelease(holds: Plan['holds']): Instant | undefined {
  const times = holds.flatMap((hold) => (hold.release.mode === 'at-time' ? [hold.release.at] : []))
  return times.reduce<Instant | undefined>((a, b) => (a === undefined ? b : earliest(a, b)), undefined)
}
