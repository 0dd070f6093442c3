import { normalTrackingNumber } from '../../core/effects/verify.ts'
import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../core/ports/connector.ts'
import { parseInstant } from '../../core/value/instant.ts'
import { defined } from '../shared/defined.ts'
import type { ShopifyFulfillment, ShopifyFulfillmentOrder, ShopifyWork } from './schema.ts'

/** The `fulfillment` variable of one fulfillmentCreate call: one order, one location, its lines spelled out. */
export interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: readonly {
    readonly fulfillmentOrderId: string
    readonly fulfillmentOrderLineItems: readonly { readonly id: string; readonly quantity: number }[]
  }[]
  readonly trackingInfo: { readonly company: string; readonly number: string; readonly url?: string }
  readonly notifyCustomer: boolean
}

export type ShipmentPlan =
  | { readonly kind: 'reported'; readonly remoteId: string }
  | { readonly kind: 'calls'; readonly calls: readonly FulfillmentInput[] }
  | { readonly kind: 'impossible'; readonly code: string; readonly message: string }

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/FulfillmentStatus (read 2026-11-22). */
const stands = 'SUCCESS'
const failed = new Set(['ERROR', 'FAILURE'])

/**
 * What has to be called to report a package, given the order as it stands now. Quantities are clipped to what
 * remains, and lines are always named: without them Shopify would ship the whole fulfillment order. A package
 * that spans locations takes one call each; the buyer hears of it once.
 */
export function planShipment(work: ShopifyWork, confirmation: ShipmentConfirmation): ShipmentPlan {
  const standing = work.fulfillments.filter((fulfillment) => fulfillment.status === stands && carries(fulfillment, confirmation))
  const reported = shippedByLine(standing)
  const wanted = new Map<string, number>()
  for (const { platformLineId, quantity } of confirmation.lines) {
    const missing = quantity - (reported.get(platformLineId) ?? 0)
    if (missing > 0) wanted.set(platformLineId, (wanted.get(platformLineId) ?? 0) + missing)
  }
  const groups = groupByLocation(takeFrom(work.fulfillmentOrders.nodes, wanted))
  const first = standing[0]
  if (groups.length === 0) return first ? { kind: 'reported', remoteId: first.id } : impossible(work)
  const calls = groups.map((lineItemsByFulfillmentOrder, index) => ({
    lineItemsByFulfillmentOrder,
    trackingInfo: {
      company: confirmation.carrierWord || confirmation.carrierName,
      number: confirmation.trackingNumber,
      ...(confirmation.trackingUrl === undefined ? {} : { url: confirmation.trackingUrl }),
    },
    notifyCustomer: confirmation.notifyBuyer && index === 0 && !first,
  }))
  return { kind: 'calls', calls }
}

/** Shipments that stand or have failed; one entry per tracking number, the lines on the first. */
export function mapShipments(fulfillments: readonly ShopifyFulfillment[]): readonly ReportedShipment[] {
  return fulfillments
    .filter((fulfillment) => fulfillment.status === stands || failed.has(fulfillment.status))
    .flatMap((fulfillment) => {
      const numbers = fulfillment.trackingInfo.length > 0 ? fulfillment.trackingInfo : [{ number: undefined, company: undefined }]
      return numbers.map(({ number, company }, index) => shipment(fulfillment, number, company, index))
    })
}

/** Units by order line in the fulfillments that stand. */
export function shippedByLine(fulfillments: readonly ShopifyFulfillment[]): ReadonlyMap<string, number> {
  const shipped = new Map<string, number>()
  for (const fulfillment of fulfillments) {
    if (fulfillment.status !== stands) continue
    for (const { lineItem, quantity } of fulfillment.fulfillmentLineItems.nodes) {
      shipped.set(lineItem.id, (shipped.get(lineItem.id) ?? 0) + (quantity ?? 0))
    }
  }
  return shipped
}

function shipment(
  fulfillment: ShopifyFulfillment,
  number: string | undefined,
  company: string | undefined,
  index: number,
): ReportedShipment {
  const lines = index > 0 ? [] : fulfillment.fulfillmentLineItems.nodes
  return {
    shipmentId: fulfillment.id,
    ...defined({ trackingNumber: number, carrier: company, shippedAt: parseInstant(fulfillment.createdAt ?? '') }),
    lines: lines.map((line) => ({ platformLineId: line.lineItem.id, quantity: line.quantity ?? 0 })),
    ...(failed.has(fulfillment.status) ? { progress: 'failed' as const } : {}),
  }
}

function carries(fulfillment: ShopifyFulfillment, confirmation: ShipmentConfirmation): boolean {
  const wanted = normalTrackingNumber(confirmation.trackingNumber)
  return fulfillment.trackingInfo.some(({ number }) => normalTrackingNumber(number ?? '') === wanted)
}

interface Taken {
  readonly fulfillmentOrderId: string
  readonly location: string
  readonly lines: readonly { readonly id: string; readonly quantity: number }[]
}

/** Only these can be fulfilled; held and scheduled ones refuse. */
const fulfillable = new Set(['OPEN', 'IN_PROGRESS'])

/** Takes the wanted units from the fulfillment orders, those that cover most lines first, so that calls stay few. */
function takeFrom(fulfillmentOrders: readonly ShopifyFulfillmentOrder[], wanted: Map<string, number>): readonly Taken[] {
  const covered = (candidate: ShopifyFulfillmentOrder) => candidate.lineItems.nodes.filter((line) => wanted.has(line.lineItem.id)).length
  const candidates = fulfillmentOrders.filter((candidate) => fulfillable.has(candidate.status)).sort((a, b) => covered(b) - covered(a))
  const taken: Taken[] = []
  for (const candidate of candidates) {
    const lines: { id: string; quantity: number }[] = []
    for (const { id, lineItem, remainingQuantity } of candidate.lineItems.nodes) {
      const quantity = Math.min(wanted.get(lineItem.id) ?? 0, remainingQuantity)
      if (quantity === 0) continue
      lines.push({ id, quantity })
      wanted.set(lineItem.id, (wanted.get(lineItem.id) ?? 0) - quantity)
    }
    const location = candidate.assignedLocation?.location?.id ?? candidate.id
    if (lines.length > 0) taken.push({ fulfillmentOrderId: candidate.id, location, lines })
  }
  return taken
}

function groupByLocation(taken: readonly Taken[]): readonly FulfillmentInput['lineItemsByFulfillmentOrder'][] {
  const groups = new Map<string, FulfillmentInput['lineItemsByFulfillmentOrder']>()
  for (const { fulfillmentOrderId, location, lines } of taken) {
    groups.set(location, [...(groups.get(location) ?? []), { fulfillmentOrderId, fulfillmentOrderLineItems: lines }])
  }
  return [...groups.values()]
}

function impossible(work: ShopifyWork): ShipmentPlan {
  const statuses = new Set(work.fulfillmentOrders.nodes.map((candidate) => candidate.status))
  if (work.cancelledAt) return refusal('order-cancelled', 'the order is cancelled on Shopify')
  if (statuses.has('ON_HOLD')) return refusal('fulfillment-order-on-hold', 'Shopify holds these units; release the hold there')
  if (statuses.has('SCHEDULED'))
    return refusal('fulfillment-order-scheduled', 'Shopify has these units scheduled for later; open them there')
  if (statuses.size === 0) return refusal('fulfillment-orders-invisible', 'Shopify shows no fulfillment order; check the scopes of the app')
  return refusal('nothing-to-fulfill', 'Shopify has no open units for these lines; they are shipped, refunded or removed')
}

function refusal(code: string, message: string): ShipmentPlan {
  return { kind: 'impossible', code, message }
}
