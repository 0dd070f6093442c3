import { type CatalogIndex, withListedCodes } from '../mapping/catalog-index.ts'
import type { Hold } from '../model/hold.ts'
import { effectiveShipTo, type Order, reasonToLeaveRules } from '../model/order.ts'
import { isOpen, reconcileHolds, type WantedHold, withChanges } from '../model/reconcile-holds.ts'
import type { Stores } from '../ports/storage.ts'
import type { FieldProblem, OutboundRequest } from '../ports/wms-adapter.ts'
import { asWmsSku } from '../value/ids.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Operations } from '../world.ts'
import type { Considered } from './considered.ts'
import { unplannedUnits } from './demand.ts'
import { type Dossier, liveFulfillmentOrders, openHolds } from './dossier.ts'
import { systemHold } from './holds.ts'
import { outboundRequest } from './make-fulfillment-order.ts'
import { resolveLines } from './map-lines.ts'
import type { Plan } from './plan.ts'
import { planningReasons, planOrder } from './plan-order.ts'
import type { Situation } from './plan-together.ts'
import { loadStockView } from './stock-view.ts'

export interface PlanningContext {
  readonly operations: Pick<Operations, 'warehouses' | 'rules'>
  readonly catalog: CatalogIndex
  readonly now: Instant
  /** The field limits of the warehouse system behind an account. */
  checkOutbound(account: string, request: OutboundRequest): readonly FieldProblem[]
}

/** What planning makes of an order as it stands. Changes nothing. */
export async function consider(stores: Stores, dossier: Dossier, context: PlanningContext): Promise<Considered> {
  const plan = await planAsItStands(stores, dossier, context)
  const isLeftOut = plan.ruled?.ignoredReason !== undefined && !isWorkedOn(dossier)
  const mapped = { ...dossier, order: ruledOrder(dossier.order, plan, isLeftOut) }
  const wanted = isLeftOut ? [] : wantedHolds(mapped, plan)
  const { order, holds: existing } = mapped
  const changes = reconcileHolds({ order, existing, wanted, governs: isPlanningHold, now: context.now })
  return { dossier: mapped, plan, wanted, open: withChanges(existing, changes).filter(isOpen), isLeftOut }
}

/** Who buys the same twice within a day may have meant it once. */
export const twinMs = 86_400_000

/** The plan for the units that nobody has yet, with the stock of this moment. Changes nothing. */
export async function planAsItStands(stores: Stores, dossier: Dossier, context: PlanningContext): Promise<Plan> {
  const { catalog, operations } = context
  const { order } = dossier
  const twin = operations.rules.asksForTwins ? await stores.orders.findTwin(order, addMs(order.purchasedAt, -twinMs)) : undefined
  return planOrder({
    ...(await situationOf(stores, order, context)),
    order,
    units: unplannedUnits(dossier),
    isBegun: liveFulfillmentOrders(dossier).length > 0,
    ...(twin && { twin }),
    checkFields: (part, shipTo) =>
      context.checkOutbound(part.warehouse.account, outboundRequest(order, part, shipTo, longestSequence, catalog)),
  })
}

/** What an order is planned with beside itself: the goods, the stock and the rules of this moment. */
export async function situationOf(stores: Stores, order: Order, context: PlanningContext): Promise<Situation> {
  const { catalog, operations, now } = context
  const { warehouses, rules } = operations
  const stock = await stockFor(stores, order, context)
  return { catalog: withListedCodes(catalog, stock), stock, warehouses, rules, fx: catalog.fx, now }
}

async function stockFor(stores: Stores, order: Order, { catalog, operations, now }: PlanningContext) {
  const warehouses = operations.warehouses.map((warehouse) => warehouse.code)
  const resolutions = resolveLines(order, { catalog, rules: operations.rules, fx: catalog.fx, now })
  const goods = resolutions.flatMap((each) => ('resolved' in each ? [each.resolved, ...(each.alternatives ?? [])].flat() : []))
  const codes = goods.flatMap(({ sku }) => warehouses.map((warehouse) => catalog.warehouseSku(warehouse, sku)?.wmsSku ?? asWmsSku(sku)))
  return loadStockView(stores, warehouses, [...new Set(codes)])
}

/** Only these the platform lets us ship now. */
export function isToShip(order: Order): boolean {
  return reasonToLeaveRules(order) === undefined && (order.platformState === 'open' || order.platformState === 'partially-shipped')
}

/** Holds that planning places and takes away again. */
export function isPlanningHold(hold: Hold): boolean {
  if (hold.source === 'system') return planningReasons.has(hold.reason) || hold.reason === 'pii-missing'
  return hold.source === 'rule'
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

/** Where there is nothing that could be made, what stands in the way cannot be decided away by releasing it. */
function wantedHolds(dossier: Dossier, plan: Plan): readonly WantedHold[] {
  if (plan.parts.length > 0) return [...plan.holds, ...(plan.rest ? [plan.rest] : [])]
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
