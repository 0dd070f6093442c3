import type { CatalogIndex } from '../mapping/catalog-index.ts'
import { destinationOf } from '../model/likeness.ts'
import type { Order } from '../model/order.ts'
import type { FieldProblem, OutboundRequest } from '../ports/wms-adapter.ts'
import { canonicalJson } from '../value/hash.ts'
import type { Instant } from '../value/instant.ts'
import type { Operations } from '../world.ts'
import type { Considered } from './considered.ts'
import { unplannedUnits } from './demand.ts'
import { measureGoods } from './measure-goods.ts'
import { gatheredUntil, groupOf, obstacleOf } from './merge-group.ts'
import type { TraceStep } from './plan.ts'
import { combined, type Member, planTogether, type Situation, type Together } from './plan-together.ts'
import { shipmentOf } from './shipment.ts'

/** How an order goes on that a rule lets travel with others. */
export type Gathered =
  | { readonly way: 'alone'; readonly trace: readonly TraceStep[] }
  | { readonly way: 'wait'; readonly until: Instant; readonly trace: readonly TraceStep[] }
  | { readonly way: 'together'; readonly parcel: Together }

export interface GatherContext {
  readonly operations: Pick<Operations, 'warehouses'>
  readonly catalog: CatalogIndex
  readonly now: Instant
  checkOutbound(account: string, request: OutboundRequest): readonly FieldProblem[]
  /** The other open orders for the same buyer and address, as planning sees them now. */
  companionsOf(order: Order): Promise<readonly Considered[]>
  /** Stock and goods for an order. */
  situationOf(order: Order): Promise<Situation>
}

/**
 * Finds the orders that an order travels with. It waits as long as others may come; at the end of the window all that
 * may go together do, and when no warehouse takes them together, the youngest is left out first.
 */
export async function gatherParcel(self: Considered, context: GatherContext): Promise<Gathered> {
  if (!self.plan.merge || isHeld(self)) return { way: 'alone', trace: self.plan.trace }
  const member = memberOf(self, context)
  if (typeof member === 'string') return { way: 'alone', trace: withResult(self, `travels alone: ${member}`) }
  const companions = (await context.companionsOf(self.dossier.order)).map((each) => memberOf(each, context))
  const others = companions.filter((each) => typeof each !== 'string').filter((each) => mayShare(each, member))
  const { action, rule } = member.wish
  const group = groupOf(member, others, action)
  const until = gatheredUntil(group, action, { warehouses: context.operations.warehouses, now: context.now })
  if (until > context.now) {
    const so = group.length > 1 ? [`so far with ${namesOf(group, member)}`] : []
    return { way: 'wait', until, trace: withResult(self, `waits until ${until} for other orders of its buyer, by the rule "${rule}"`, so) }
  }
  return tryTogether(member, group, context)
}

async function tryTogether(self: Member, group: readonly Member[], context: GatherContext): Promise<Gathered> {
  const obstacles: string[] = []
  for (let size = group.length; size > 1; size -= 1) {
    const some = group.slice(0, size)
    const [lead] = some
    if (!lead || !some.includes(self)) break
    const parcel = planTogether(some, await context.situationOf(combined(lead, some)), context.checkOutbound)
    if (typeof parcel !== 'string') return { way: 'together', parcel }
    obstacles.push(`with ${namesOf(some, self)}: ${parcel}`)
  }
  const why = obstacles.length > 0 ? 'it cannot go together with the others' : 'no other order of its buyer is there'
  return { way: 'alone', trace: withResult(self.considered, `travels alone: ${why}`, obstacles) }
}

/** A text instead says why it travels alone. */
function memberOf(considered: Considered, { catalog, now }: GatherContext): Member | string {
  const { dossier, plan, isLeftOut } = considered
  const { order, fulfillmentOrders } = dossier
  const wish = plan.merge
  if (!wish || isLeftOut) return 'no rule lets it'
  if (isHeld(considered)) return 'it has to wait'
  if (plan.parts.length !== 1 || plan.rest) return 'it ships in parts'
  const isBegun = fulfillmentOrders.some((item) => item.status !== 'cancelled' || item.packages.length > 0)
  if (isBegun || order.platformState !== 'open') return 'a part of it is on its way'
  if (order.releaseNotBefore !== undefined && order.releaseNotBefore > now) return 'it must not go yet'
  if (order.noWriteBackReason !== undefined) return 'its platform records its shipment by itself'
  if (destinationOf(order) === undefined) return 'its buyer or its street is not known'
  const shipment = shipmentOf(wish.order, unplannedUnits(dossier), wish.level)
  if (!shipment) return 'there is no address'
  const { grams } = measureGoods(shipment, catalog)
  const member: Member = {
    considered,
    wish,
    shipment,
    orderNo: order.orderNo,
    paidAt: order.paidAt ?? order.purchasedAt,
    shipBy: wish.order.shipBy,
    grams: 'value' in grams ? grams.value : undefined,
    pieces: shipment.needs.reduce((sum, need) => sum + need.quantity, 0),
  }
  return obstacleOf(member, wish.action) ?? member
}

/** Has a reason to wait beside the time of its push, which is that of the parcel. */
function isHeld({ open, plan }: Considered): boolean {
  return !open.every((hold) => plan.waits.some((wait) => wait.reason === hold.reason && wait.subject === hold.subject))
}

/** Chosen by the same rule, for the same promise, customs and choices by hand. */
function mayShare(a: Member, b: Member): boolean {
  return sharingKey(a) === sharingKey(b)
}

function sharingKey({ wish, considered }: Member): string {
  const { clientId, edits, taxIds, site } = considered.dossier.order
  return canonicalJson([wish.rule, wish.level ?? '', clientId, site ?? '', edits.warehouse ?? '', edits.service ?? '', taxIds])
}

function namesOf(group: readonly Member[], self: Member): string {
  return group
    .filter((member) => member.orderNo !== self.orderNo)
    .map((member) => member.orderNo)
    .join(', ')
}

/** The trace of a plan with what became of merging. */
function withResult({ plan }: Considered, result: string, details: readonly string[] = []): readonly TraceStep[] {
  return plan.trace.map((step) => (step.stage === 'merge' ? { ...step, result, ...(details.length > 0 && { details }) } : step))
}

const ownStages: ReadonlySet<string> = new Set(['intake', 'enrich', 'mapping', 'review', 'address', 'merge'])

/** How a member of a parcel came to where it goes: its own steps as far as it went alone, then those of all. */
export function traceOf({ members, trace }: Together, self: Member): readonly TraceStep[] {
  const own = withResult(self.considered, `in one parcel with ${namesOf(members, self)}`)
  return [...own.filter((step) => ownStages.has(step.stage)), ...trace]
}
