import { normalTrackingNumber } from '../../core/effects/verify.ts'
import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation, ShipmentCorrection } from '../../core/ports/connector.ts'
import { parseInstant } from '../../core/value/instant.ts'
import { defined } from '../shared/defined.ts'
import { othersReason } from './mapping/work.ts'
import type { ShopifyFulfillment, ShopifyFulfillmentOrder, ShopifyWork } from './schema.ts'

/** Lines of one fulfillment order, always spelled out. */
interface WorkInput {
  readonly fulfillmentOrderId: string
  readonly fulfillmentOrderLineItems: readonly { readonly id: string; readonly quantity: number }[]
}

/** The `fulfillment` variable of one fulfillmentCreate call: one order, one location. */
interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: readonly WorkInput[]
  readonly trackingInfo: TrackingInput
  readonly notifyCustomer: boolean
}

/** `url` belongs to `number`, and none to `numbers`: Shopify then makes the links itself. */
type TrackingInput =
  | { readonly company: string; readonly number: string; readonly url?: string }
  | { readonly company: string; readonly numbers: readonly string[] }

type ShipmentPlan =
  | { readonly kind: 'reported'; readonly remoteId: string }
  | { readonly kind: 'calls'; readonly calls: readonly FulfillmentInput[] }
  | { readonly kind: 'impossible'; readonly code: string; readonly message: string }

const noShipment = new Set(['CANCELLED', 'ERROR', 'FAILURE'])

/**
 * Whether a fulfillment is a shipment (SUCCESS), or becomes one (OPEN, PENDING and what nobody knows).
 * Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/FulfillmentStatus (read 2026-11-22).
 */
export function stands({ status }: { readonly status: string }): boolean {
  return !noShipment.has(status)
}

/**
 * What has to be called to report a package, given the order as it stands now. Quantities are clipped to what
 * remains, and lines are always named: without them Shopify would ship the whole fulfillment order. A package
 * that spans locations takes one call each; the buyer hears of it once.
 */
export function planShipment(work: ShopifyWork, confirmation: ShipmentConfirmation): ShipmentPlan {
  const standing = work.fulfillments.filter((fulfillment) => stands(fulfillment) && carries(fulfillment, confirmation.trackingNumber))
  const reported = shippedByLine(standing)
  const wanted = new Map<string, number>()
  for (const { platformLineId, quantity } of confirmation.lines) {
    const missing = quantity - (reported.get(platformLineId) ?? 0)
    if (missing > 0) wanted.set(platformLineId, (wanted.get(platformLineId) ?? 0) + missing)
  }
  const groups = takeFrom(work.fulfillmentOrders.nodes, wanted)
  const first = standing[0]
  if (groups.length === 0) return first ? { kind: 'reported', remoteId: first.id } : impossible(work)
  const calls = groups.map((lineItemsByFulfillmentOrder, index) => ({
    lineItemsByFulfillmentOrder,
    trackingInfo: trackingOf(confirmation, [confirmation.trackingNumber]),
    notifyCustomer: confirmation.notifyBuyer && index === 0 && !first,
  }))
  return { kind: 'calls', calls }
}

interface TrackingUpdate {
  readonly id: string
  readonly tracking: TrackingInput
  readonly notify: boolean
}

/** What puts the new number in the place of the old on every fulfillment that shows it. The buyer hears of it once. */
export function planCorrection(work: ShopifyWork, correction: ShipmentCorrection): readonly TrackingUpdate[] {
  const isOld = (number: string) => normalTrackingNumber(number) === normalTrackingNumber(correction.replacedTrackingNumber)
  const wrong = work.fulfillments.filter((fulfillment) => stands(fulfillment) && carries(fulfillment, correction.replacedTrackingNumber))
  return wrong.map(({ id, trackingInfo }, index) => {
    const numbers = trackingInfo.flatMap(({ number }) => number ?? []).map((number) => (isOld(number) ? correction.trackingNumber : number))
    return { id, tracking: trackingOf(correction, [...new Set(numbers)]), notify: correction.notifyBuyer && index === 0 }
  })
}

function trackingOf({ carrierWord, carrierName, trackingUrl }: ShipmentConfirmation, numbers: readonly string[]): TrackingInput {
  const company = carrierWord || carrierName
  const [number = '', ...more] = numbers
  return more.length > 0 ? { company, numbers } : { company, number, ...(trackingUrl === undefined ? {} : { url: trackingUrl }) }
}

/** Shipments that stand or have failed; one entry per tracking number, the lines on the first. */
export function mapShipments(fulfillments: readonly ShopifyFulfillment[]): readonly ReportedShipment[] {
  return fulfillments
    .filter(({ status }) => status !== 'CANCELLED')
    .flatMap((fulfillment) => {
      const { id, status, createdAt = '', trackingInfo, fulfillmentLineItems } = fulfillment
      const lines = fulfillmentLineItems.nodes.map(({ lineItem, quantity }) => ({ platformLineId: lineItem.id, quantity: quantity ?? 0 }))
      const progress = status === 'SUCCESS' ? undefined : stands(fulfillment) ? 'pending' : 'failed'
      const numbers = trackingInfo.length > 0 ? trackingInfo : [{ number: undefined, company: undefined }]
      return numbers.map(({ number, company }, index) => ({
        shipmentId: id,
        ...defined({ trackingNumber: number, carrier: company, shippedAt: parseInstant(createdAt), progress } as const),
        lines: index === 0 ? lines : [],
      }))
    })
}

/** Units by order line in the fulfillments that stand. */
export function shippedByLine(fulfillments: readonly ShopifyFulfillment[]): ReadonlyMap<string, number> {
  const shipped = new Map<string, number>()
  for (const fulfillment of fulfillments) {
    if (!stands(fulfillment)) continue
    for (const { lineItem, quantity } of fulfillment.fulfillmentLineItems.nodes) {
      shipped.set(lineItem.id, (shipped.get(lineItem.id) ?? 0) + (quantity ?? 0))
    }
  }
  return shipped
}

export function carries(fulfillment: ShopifyFulfillment, trackingNumber: string): boolean {
  const wanted = normalTrackingNumber(trackingNumber)
  return fulfillment.trackingInfo.some(({ number }) => normalTrackingNumber(number ?? '') === wanted)
}

/** Only these can be fulfilled; held and scheduled ones refuse. */
const fulfillable = new Set(['OPEN', 'IN_PROGRESS'])

/**
 * Takes the wanted units from the fulfillment orders: from ours first, and from those that hold most, so that calls stay
 * few. One list for each location, because a call takes one.
 */
function takeFrom(fulfillmentOrders: readonly ShopifyFulfillmentOrder[], wanted: Map<string, number>): readonly (readonly WorkInput[])[] {
  const held = ({ lineItems }: ShopifyFulfillmentOrder) =>
    lineItems.nodes.reduce((sum, line) => sum + Math.min(wanted.get(line.lineItem.id) ?? 0, line.remainingQuantity), 0)
  const rank = (candidate: ShopifyFulfillmentOrder) => (othersReason(candidate) === undefined ? 1_000_000 : 0) + held(candidate)
  const candidates = fulfillmentOrders.filter(({ status }) => fulfillable.has(status)).toSorted((a, b) => rank(b) - rank(a))
  const groups = new Map<string, WorkInput[]>()
  for (const { id: fulfillmentOrderId, assignedLocation, lineItems } of candidates) {
    const fulfillmentOrderLineItems: { id: string; quantity: number }[] = []
    for (const { id, lineItem, remainingQuantity } of lineItems.nodes) {
      const quantity = Math.min(wanted.get(lineItem.id) ?? 0, remainingQuantity)
      if (quantity === 0) continue
      fulfillmentOrderLineItems.push({ id, quantity })
      wanted.set(lineItem.id, (wanted.get(lineItem.id) ?? 0) - quantity)
    }
    const location = assignedLocation?.location?.id ?? fulfillmentOrderId
    const group = groups.get(location) ?? []
    if (fulfillmentOrderLineItems.length > 0) groups.set(location, [...group, { fulfillmentOrderId, fulfillmentOrderLineItems }])
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
