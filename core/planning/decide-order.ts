import type { CatalogIndex } from '../mapping/catalog-index.ts'
import { resolveLine } from '../mapping/resolve-line.ts'
import type { Hold } from '../model/hold.ts'
import { type Address, effectiveShipTo, type Order, reasonNotToShip } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Stores } from '../ports/storage.ts'
import type { FieldProblem, OutboundRequest } from '../ports/wms-adapter.ts'
import { earliest, type Instant } from '../value/instant.ts'
import type { Operations } from '../world.ts'
import { unplannedUnits } from './demand.ts'
import { type Dossier, gather, openHolds } from './dossier.ts'
import { systemHold } from './holds.ts'
import { makeFulfillmentOrder, outboundRequest } from './make-fulfillment-order.ts'
import type { Plan } from './plan.ts'
import { planningReasons, planOrder } from './plan-order.ts'
import { revise } from './revise.ts'
import { applyHolds, settleOrder } from './settle-order.ts'
import { loadStockView } from './stock-view.ts'

export interface DecisionContext {
  readonly operations: Operations
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
  const dossier = await takeBack(stores, await gather(stores, order), context.now)
  const units = unplannedUnits(dossier)
  if (!isToShip(dossier.order) || units.size === 0) return finish(stores, dossier, [], context.now)

  const plan = planOrder({
    order: dossier.order,
    units,
    catalog: context.catalog,
    stock: await stockFor(stores, dossier.order, context),
    warehouses: context.operations.warehouses,
    rules: context.operations.rules,
    checkFields: (part, shipTo) =>
      context.checkOutbound(part.warehouse.account, outboundRequest(dossier.order, part, shipTo, longestSequence, context.catalog)),
    now: context.now,
  })
  await stores.traces.save(orderNo, context.now, { version: context.operations.version, steps: plan.trace })
  const mapped = { ...dossier, order: { ...dossier.order, lines: plan.lines } }
  return finish(stores, mapped, wantedHolds(mapped, plan), context.now, (held) => release(stores, held, plan, context))
}

/** A reference with the longest suffix there can be, so that a field limit is met whatever the sequence. */
const longestSequence = 9999

/** Only these the platform lets us ship now. */
function isToShip(order: Order): boolean {
  return reasonNotToShip(order) === undefined && (order.platformState === 'open' || order.platformState === 'partially-shipped')
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
  if (revision.fulfillmentOrders.length === 0) return dossier
  for (const fulfillmentOrder of revision.fulfillmentOrders) await stores.fulfillmentOrders.save(fulfillmentOrder)
  for (const effect of revision.effects) await stores.effects.save(effect)
  for (const foNo of revision.withdrawn) await stores.stock.release(foNo)
  const events = [
    ...revision.withdrawn.map((reference) => ({ type: 'withdrawn', at: now, data: { reference } })),
    ...revision.intercepted.map((reference) => ({ type: 'intercept-requested', at: now, data: { reference } })),
  ]
  await stores.events.append(dossier.order.orderNo, events)
  if (revision.withdrawn.length > 0) await stores.orders.wakePlan({ clientId: dossier.order.clientId, holdReasons: ['out-of-stock'] }, now)
  return gather(stores, dossier.order)
}

async function stockFor(stores: Stores, order: Order, { catalog, operations }: DecisionContext) {
  const warehouses = operations.warehouses.map((warehouse) => warehouse.code)
  const resolutions = order.lines.map((line) => resolveLine(line, order, catalog))
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
