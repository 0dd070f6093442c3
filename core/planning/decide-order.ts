import type { CatalogIndex } from '../mapping/catalog-index.ts'
import type { Hold } from '../model/hold.ts'
import { type Address, effectiveShipTo, type Order, reasonToLeaveRules } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Stores } from '../ports/storage.ts'
import type { FieldProblem, OutboundRequest } from '../ports/wms-adapter.ts'
import { addMs, earliest, type Instant } from '../value/instant.ts'
import type { Operations } from '../world.ts'
import { unplannedUnits } from './demand.ts'
import { type Dossier, gather, openHolds } from './dossier.ts'
import { systemHold } from './holds.ts'
import { makeFulfillmentOrder, outboundRequest } from './make-fulfillment-order.ts'
import { resolveLines } from './map-lines.ts'
import type { Plan } from './plan.ts'
import { planningReasons, planOrder } from './plan-order.ts'
import { revise } from './revise.ts'
import { applyHolds, applyProgressHolds, settleOrder } from './settle-order.ts'
import { loadStockView } from './stock-view.ts'

export interface DecisionContext extends PlanningContext {
  readonly operations: Operations
}

export interface PlanningContext {
  readonly operations: Pick<Operations, 'warehouses' | 'rules'>
  readonly catalog: CatalogIndex
  readonly now: Instant
  /** The field limits of the warehouse system behind an account. */
  checkOutbound(account: string, request: OutboundRequest): readonly FieldProblem[]
}

/** What came of an order: `planned` a fulfillment order was made, `held` it waits, `settled` nothing to do now. */
export type Decided = 'planned' | 'held' | 'settled'

/** Decides about one order that is due, inside the transaction that holds everything it reads. */
export async function decideOrder(stores: Stores, orderNo: string, context: DecisionContext): Promise<Decided> {
  const order = await stores.orders.load(orderNo)
  if (order?.planDueAt === undefined || order.planDueAt > context.now) return 'settled'
  const revised = await takeBack(stores, await gather(stores, order), context.now)
  // A hold that ended with what was taken back must not keep the order from being decided now.
  const dossier = await applyProgressHolds(stores, revised, context.now)
  const units = unplannedUnits(dossier)
  if (!isToShip(dossier.order) || units.size === 0) return finish(stores, dossier, [], context.now)

  const plan = await planAsItStands(stores, dossier, context)
  const isLeftOut = plan.ruled?.ignoredReason !== undefined && !isWorkedOn(dossier)
  const steps = isLeftOut ? plan.trace.filter((step) => step.stage === 'intake') : plan.trace
  await stores.traces.save(orderNo, context.now, { version: context.operations.version, steps })
  const mapped = { ...dossier, order: ruledOrder(dossier.order, plan, isLeftOut) }
  if (isLeftOut) return finish(stores, mapped, [], context.now)
  return finish(stores, mapped, wantedHolds(mapped, plan), context.now, (held) => release(stores, held, plan, context))
}

/** Who buys the same twice within a day may have meant it once. */
export const twinMs = 86_400_000

/** The plan for the units that nobody has yet, with the stock of this moment. Changes nothing. */
export async function planAsItStands(stores: Stores, dossier: Dossier, context: PlanningContext): Promise<Plan> {
  const { catalog, operations, now } = context
  const { order } = dossier
  const twin = operations.rules.asksForTwins ? await stores.orders.findTwin(order, addMs(order.purchasedAt, -twinMs)) : undefined
  return planOrder({
    order,
    units: unplannedUnits(dossier),
    catalog,
    stock: await stockFor(stores, order, context),
    warehouses: operations.warehouses,
    rules: operations.rules,
    fx: catalog.fx,
    ...(twin && { twin }),
    checkFields: (part, shipTo) =>
      context.checkOutbound(part.warehouse.account, outboundRequest(order, part, shipTo, longestSequence, catalog)),
    now,
  })
}

/** What a warehouse has begun, no rule leaves to somebody else: a person looks at it. */
function isWorkedOn({ fulfillmentOrders }: Dossier): boolean {
  return fulfillmentOrders.some((item) => item.status !== 'cancelled' || item.packages.length > 0)
}

function ruledOrder({ ruled: _, ...order }: Order, { lines, ruled }: Plan, isLeftOut: boolean): Order {
  const { ignoredReason, ...enriched } = ruled ?? {}
  const now = isLeftOut && ignoredReason !== undefined ? { ...enriched, ignoredReason } : enriched
  return { ...order, lines, ...(Object.keys(now).length > 0 && { ruled: now }) }
}

/** A reference with the longest suffix there can be, so that a field limit is met whatever the sequence. */
const longestSequence = 9999

/** Only these the platform lets us ship now. */
function isToShip(order: Order): boolean {
  return reasonToLeaveRules(order) === undefined && (order.platformState === 'open' || order.platformState === 'partially-shipped')
}

/** Where there is nothing that could be made, what stands in the way cannot be decided away by releasing it. */
function wantedHolds(dossier: Dossier, plan: Plan): readonly WantedHold[] {
  if (plan.parts.length > 0) return plan.holds
  const facts = plan.holds.map((hold): WantedHold => (hold.release.mode === 'when-condition' ? { ...hold, isFact: true } : hold))
  return [...facts, ...missingAddress(dossier)]
}

/** The platform's to give and to hold; where it does neither, or a person released its hold, the order still cannot go. */
function missingAddress(dossier: Dossier): readonly WantedHold[] {
  const isHeldByPlatform = openHolds(dossier).some((hold) => hold.reason === 'pii-missing' && hold.source === 'platform')
  if (effectiveShipTo(dossier.order) || isHeldByPlatform) return []
  const detail = 'the platform gave no address: read the order again, or give one with "npm run orders -- edit"'
  return [{ ...systemHold('pii-missing', 'address', detail), isFact: true }]
}

async function takeBack(stores: Stores, dossier: Dossier, now: Instant): Promise<Dossier> {
  const revision = revise(dossier, now)
  if (revision.fulfillmentOrders.length === 0 && revision.effects.length === 0) return dossier
  for (const fulfillmentOrder of revision.fulfillmentOrders) await stores.fulfillmentOrders.save(fulfillmentOrder)
  for (const effect of revision.effects) await stores.effects.save(effect)
  for (const foNo of revision.withdrawn) await stores.stock.release(foNo)
  const events = [
    ...revision.withdrawn.map((reference) => ({ type: 'withdrawn', at: now, data: { reference } })),
    ...revision.intercepted.map((reference) => ({ type: 'intercept-requested', at: now, data: { reference } })),
  ]
  await stores.events.append(dossier.order.orderNo, events)
  if (revision.withdrawn.length > 0)
    await stores.orders.wakePlan({ clientId: dossier.order.clientId, holdReasons: ['out-of-stock', 'split-not-allowed'] }, now)
  return gather(stores, dossier.order)
}

async function stockFor(stores: Stores, order: Order, { catalog, operations, now }: PlanningContext) {
  const warehouses = operations.warehouses.map((warehouse) => warehouse.code)
  const resolutions = resolveLines(order, { catalog, rules: operations.rules, fx: catalog.fx, now })
  const skus = resolutions.flatMap((resolution) => ('resolved' in resolution ? resolution.resolved.map((item) => item.sku) : []))
  const codes = skus.flatMap((sku) => warehouses.flatMap((warehouse) => catalog.warehouseSku(warehouse, sku)?.wmsSku ?? []))
  return loadStockView(stores, warehouses, [...new Set(codes)])
}

async function finish(
  stores: Stores,
  dossier: Dossier,
  wanted: Plan['holds'],
  now: Instant,
  release?: (held: Dossier) => Promise<Dossier>,
): Promise<Decided> {
  const held = await applyHolds(stores, dossier, wanted, isPlanningHold, now)
  if (openHolds(held).length > 0 || !release) {
    const settled = await settleOrder(stores, held, now, earliestRelease(wanted) ?? 'never')
    return openHolds(settled).length > 0 ? 'held' : 'settled'
  }
  const notBefore = held.order.releaseNotBefore
  if (notBefore !== undefined && notBefore > now) {
    await settleOrder(stores, held, now, notBefore)
    return 'settled'
  }
  await settleOrder(stores, await release(held), now, 'never')
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

function isPlanningHold(hold: Hold): boolean {
  if (hold.source === 'system') return planningReasons.has(hold.reason) || hold.reason === 'pii-missing'
  return hold.source === 'rule'
}

function earliestRelease(holds: Plan['holds']): Instant | undefined {
  const times = holds.flatMap((hold) => (hold.release.mode === 'at-time' ? [hold.release.at] : []))
  return times.reduce<Instant | undefined>((a, b) => (a === undefined ? b : earliest(a, b)), undefined)
}
