import { warehouseLines } from '../mapping/warehouse-lines.ts'
import type { Order, OrderTotals } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { FieldProblem, OutboundRequest } from '../ports/wms-adapter.ts'
import { earliest, type Instant } from '../value/instant.ts'
import { addMoney } from '../value/money.ts'
import { allocate } from './allocate.ts'
import type { Considered } from './considered.ts'
import { mergedRequest, outboundRequest } from './make-fulfillment-order.ts'
import type { Mergeable } from './merge-group.ts'
import type { MergeWish, PlannedPart, PlanningInput, TraceStep } from './plan.ts'
import { pushTiming } from './push-timing.ts'
import { type Shipment, shipmentOf } from './shipment.ts'

/** An order that may travel with others now. */
export interface Member extends Mergeable {
  readonly considered: Considered
  readonly wish: MergeWish
  readonly shipment: Shipment
}

/** One parcel for several orders. */
export interface Together {
  /** The lead first; each with the part of the parcel that is its own. */
  readonly members: readonly (Member & { readonly part: PlannedPart; readonly sequence: number })[]
  /** What the warehouse is asked for, of all of them. */
  readonly request: OutboundRequest
  /** What still keeps the push back. */
  readonly timing: readonly WantedHold[]
  readonly trace: readonly TraceStep[]
}

export type Situation = Omit<PlanningInput, 'order' | 'units' | 'twin' | 'checkFields'>

/**
 * Plans several orders as if they were one: one warehouse, one service, one push. The lead is the order that was paid
 * first: where a rule looks at the order, it looks at the lead with the lines and sums of all. A text instead says what stands in the way.
 */
export function planTogether(
  members: readonly Member[],
  situation: Situation,
  checkOutbound: (account: string, request: OutboundRequest) => readonly FieldProblem[],
): Together | string {
  const [lead] = members
  const order = lead && combined(lead, members)
  const units = new Map(order?.lines.map((line) => [line.platformLineId, line.quantity]))
  const shipment = order && shipmentOf(order, units, lead.wish.level)
  if (!order || !shipment) return 'there is no address'
  const input: PlanningInput = { ...situation, order, units, checkFields: () => [] }
  const allocation = allocate(input, shipment)
  if ('hold' in allocation) return allocation.hold.detail
  const [whole, ...others] = allocation.parts
  if (!whole || others.length > 0 || allocation.rest) return 'no single warehouse has everything for all of them'
  const parts = members.map((member) => partOf(member, whole, situation))
  const shares = parts.filter((part) => part !== undefined)
  if (shares.length < parts.length) return 'its units cannot be taken from the warehouse one order at a time'
  const travelling = members.map((member, index) => ({ ...member, part: shares[index] ?? whole, sequence: nextSequence(member) }))
  const requests = travelling.map(({ considered, part, sequence }) =>
    outboundRequest(considered.dossier.order, part, shipment.shipTo, sequence, situation.catalog),
  )
  const request = mergedRequest(requests)
  const problems = checkOutbound(whole.warehouse.account, request)
  if (problems.length > 0) return problems.map((problem) => problem.message).join('; ')
  const timing = pushTiming(input, shipment, [whole])
  return { members: travelling, request, timing: timing.holds, trace: [...allocation.trace, ...timing.trace] }
}

/** The order that all of them would be. Its line ids name their order, because platforms count lines from one. */
export function combined(lead: Member, members: readonly Member[]): Order {
  const orders = members.map((member) => member.wish.order)
  const shipBy = orders.flatMap((order) => order.shipBy ?? []).reduce<Instant | undefined>(earlier, undefined)
  const deliverBy = orders.flatMap((order) => order.deliverBy ?? []).reduce<Instant | undefined>(earlier, undefined)
  const totals = orders.map((order) => order.totals).reduce((a, b) => a && b && addTotals(a, b))
  return {
    ...lead.wish.order,
    lines: members.flatMap(({ orderNo, shipment }) =>
      shipment.order.lines.map((line) => ({ ...line, platformLineId: `${orderNo}/${line.platformLineId}` })),
    ),
    ...(shipBy !== undefined && { shipBy }),
    ...(deliverBy !== undefined && { deliverBy }),
    ...(totals && { totals }),
  }
}

function earlier(a: Instant | undefined, b: Instant): Instant {
  return a === undefined ? b : earliest(a, b)
}

function addTotals(a: OrderTotals, b: OrderTotals): OrderTotals {
  if (a.grand.currency !== b.grand.currency) return a
  return {
    items: addMoney(a.items, b.items),
    shipping: addMoney(a.shipping, b.shipping),
    tax: addMoney(a.tax, b.tax),
    discount: addMoney(a.discount, b.discount),
    grand: addMoney(a.grand, b.grand),
  }
}

/** What of the parcel is one order's own; undefined when its units do not make whole units of the warehouse. */
function partOf({ shipment }: Member, whole: PlannedPart, { catalog }: Situation): PlannedPart | undefined {
  const stocked = warehouseLines(whole.warehouse.code, shipment.needs, catalog)
  return 'problem' in stocked ? undefined : { ...whole, lines: stocked.lines }
}

function nextSequence({ considered }: Member): number {
  return Math.max(0, ...considered.dossier.fulfillmentOrders.map((item) => item.sequence)) + 1
}
