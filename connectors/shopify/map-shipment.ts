import { normalTrackingNumber } from '../../core/effects/verify.ts'
import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation, ShipmentCorrection } from '../../core/ports/connector.ts'
import { defined } from '../shared/defined.ts'
import { othersReason, shippedByLine, stands, unitsByLine } from './mapping/work.ts'
import { mostEntriesOfOneInput } from './rate-limits.ts'
import type { ShopifyFulfillment, ShopifyFulfillmentOrder, ShopifyWork } from './schema.ts'

/** Shipments that stand or have failed; one entry per tracking number, the lines on the first. */
export function mapShipments(fulfillments: readonly ShopifyFulfillment[]): readonly ReportedShipment[] {
  return fulfillments
    .filter(({ status }) => status !== 'CANCELLED')
    .flatMap((fulfillment) => {
      const { id, status, createdAt, trackingInfo, fulfillmentLineItems } = fulfillment
      const progress = status === 'SUCCESS' ? undefined : stands(fulfillment) ? 'pending' : 'failed'
      const numbers = trackingInfo.length > 0 ? trackingInfo : [{ number: undefined, company: undefined }]
      return numbers.map(({ number, company }, index) => ({
        shipmentId: id,
        ...defined({ trackingNumber: number, carrier: company, shippedAt: createdAt, progress } as const),
        lines: index === 0 ? fulfillmentLineItems : [],
      }))
    })
}

/** The fulfillments that stand under a tracking number, however it is spelled. */
export function reportedUnder(trackingNumber: string, { fulfillments }: ShopifyWork): readonly ShopifyFulfillment[] {
  const shows = ({ trackingInfo }: ShopifyFulfillment) => trackingInfo.some(({ number = '' }) => isSame(number, trackingNumber))
  return fulfillments.filter((fulfillment) => stands(fulfillment) && shows(fulfillment))
}

function isSame(number: string, other: string): boolean {
  return normalTrackingNumber(number) === normalTrackingNumber(other)
}

/**
 * What has to be called to report a package, given the order as it stands now: `calls` are variables of
 * fulfillmentCreate. Quantities are clipped to what remains, and lines are always named: without them Shopify would
 * ship the whole fulfillment order. A package that spans locations, or has more lines than a call takes, takes several
 * calls; the buyer hears of it once.
 */
export function planShipment(work: ShopifyWork, confirmation: ShipmentConfirmation) {
  const { trackingNumber, lines, notifyBuyer } = confirmation
  const reported = reportedUnder(trackingNumber, work)
  const wanted = unitsByLine(lines)
  for (const [line, units] of shippedByLine(reported)) wanted.set(line, Math.max(0, (wanted.get(line) ?? 0) - units))
  const groups = takeFrom(work.fulfillmentOrders, wanted)
  const [first] = reported
  if (groups.length === 0) return first ? ({ kind: 'reported', remoteId: first.id } as const) : impossible(work)
  const calls = groups.map((lineItemsByFulfillmentOrder, index) => ({
    lineItemsByFulfillmentOrder,
    trackingInfo: trackingOf(confirmation, [trackingNumber]),
    notifyCustomer: notifyBuyer && index === 0 && !first,
  }))
  return { kind: 'calls', calls } as const
}

/** What puts the new number in the place of the old on every fulfillment that shows it. The buyer hears of it once. */
export function planCorrection(work: ShopifyWork, correction: ShipmentCorrection) {
  const { trackingNumber, replacedTrackingNumber, notifyBuyer } = correction
  return reportedUnder(replacedTrackingNumber, work).map(({ id, trackingInfo }, index) => {
    const shown = trackingInfo.flatMap(({ number }) => number ?? [])
    const numbers = new Set(shown.map((number) => (isSame(number, replacedTrackingNumber) ? trackingNumber : number)))
    return { id, tracking: trackingOf(correction, [...numbers]), notify: notifyBuyer && index === 0 }
  })
}

/** `url` belongs to `number`, and none to `numbers`: Shopify then makes the links itself. */
function trackingOf({ carrierWord, carrierName, trackingUrl }: ShipmentConfirmation, numbers: readonly string[]) {
  const company = carrierWord || carrierName
  const [number = '', ...more] = numbers
  return more.length > 0 ? { company, numbers } : { company, number, ...defined({ url: trackingUrl }) }
}

/** Only these can be fulfilled; held and scheduled ones refuse. */
const fulfillable = new Set(['OPEN', 'IN_PROGRESS'])

/**
 * Takes the wanted units from the fulfillment orders: from ours first, and from those that hold most, so that calls stay
 * few. One list for each call, which takes one location and so many lines.
 */
function takeFrom(fulfillmentOrders: readonly ShopifyFulfillmentOrder[], wanted: Map<string, number>) {
  const unitsFor = (line: ShopifyFulfillmentOrder['lineItems'][number]) => Math.min(wanted.get(line.platformLineId) ?? 0, line.quantity)
  const rank = (candidate: ShopifyFulfillmentOrder) =>
    (othersReason(candidate) === undefined ? 1_000_000 : 0) + candidate.lineItems.reduce((sum, line) => sum + unitsFor(line), 0)
  const candidates = fulfillmentOrders.filter(({ status }) => fulfillable.has(status)).toSorted((a, b) => rank(b) - rank(a))
  const taken = candidates.flatMap(({ id: fulfillmentOrderId, assignedLocation, lineItems }) => {
    const location = assignedLocation?.location?.id ?? fulfillmentOrderId
    return lineItems.flatMap((line) => {
      const quantity = unitsFor(line)
      wanted.set(line.platformLineId, (wanted.get(line.platformLineId) ?? 0) - quantity)
      return quantity > 0 ? [{ location, fulfillmentOrderId, line: { id: line.id, quantity } }] : []
    })
  })
  const calls = [...Map.groupBy(taken, ({ location }) => location).values()].flatMap((lines) => [
    ...Map.groupBy(lines, (_line, index) => Math.floor(index / mostEntriesOfOneInput)).values(),
  ])
  return calls.map((call) =>
    [...Map.groupBy(call, (entry) => entry.fulfillmentOrderId)].map(([fulfillmentOrderId, entries]) => ({
      fulfillmentOrderId,
      fulfillmentOrderLineItems: entries.map(({ line }) => line),
    })),
  )
}

/** Why nothing can be taken. */
function impossible({ cancelledAt, fulfillmentOrders }: ShopifyWork) {
  const statuses = new Set(fulfillmentOrders.map(({ status }) => status))
  const refusal = (code: string, message: string) => ({ kind: 'impossible', code, message }) as const
  if (cancelledAt) return refusal('order-cancelled', 'the order is cancelled on Shopify')
  if (statuses.has('ON_HOLD')) return refusal('fulfillment-order-on-hold', 'Shopify holds these units; release the hold there')
  if (statuses.has('SCHEDULED'))
    return refusal('fulfillment-order-scheduled', 'Shopify has these units scheduled for later; open them there')
  if (statuses.size === 0) return refusal('fulfillment-orders-invisible', 'Shopify shows no fulfillment order; check the scopes of the app')
  return refusal('nothing-to-fulfill', 'Shopify has no open units for these lines; they are shipped, refunded or removed')
}
