import { normalTrackingNumber } from '../../core/effects/verify.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../core/ports/connector.ts'
import type { Instant } from '../../core/value/instant.ts'
import { defined } from '../shared/defined.ts'
import type { WishOrder } from './schema.ts'

/** Body of PUT /api/v3/orders/{id}/tracking. */
export interface TrackingRequest {
  readonly shipping_provider: string
  readonly tracking_number: string
  readonly origin_country: string
  readonly ship_note?: string
}

/** Source: Wish Marketplace V3 API 3.0.65, schema TrackingInfo (read 2026-11-22). */
const longestNote = 500

/**
 * "Tracking number should only contain alphanumeric characters with no space between them": spaces and hyphens
 * that warehouses print are dropped; undefined when something else remains.
 * Source: Wish Marketplace V3 API 3.0.65, schema UpdateTracking (read 2026-11-22).
 */
export function wishTrackingNumber(text: string): string | undefined {
  const number = text.replaceAll(/[\s-]/g, '')
  return /^[A-Za-z0-9]+$/.test(number) ? number : undefined
}

export function trackingRequest(confirmation: ShipmentConfirmation, trackingNumber: string): TrackingRequest {
  return {
    shipping_provider: confirmation.carrierWord,
    tracking_number: trackingNumber,
    origin_country: confirmation.originCountry,
    ...defined({ ship_note: shipNote(confirmation.otherTrackingNumbers) }),
  }
}

/** Wish shows one number per order; the note names the others, as many as it takes. */
function shipNote(others: readonly string[] = []): string | undefined {
  if (others.length === 0) return undefined
  const note = `Further parcels: ${others.join(', ')}`
  return note.length <= longestNote ? note : note.slice(0, note.lastIndexOf(',', longestNote))
}

/** What to do about a package: `send` it, wait while Wish is `busy` with the order, or what it has come to already. */
export type NextStep = 'send' | 'busy' | WriteOutcome

const refused = (code: string, message: string): WriteOutcome => ({ result: 'rejected', code, message })
const closed: Readonly<Record<string, WriteOutcome>> = {
  REFUNDED: refused('wish-order-refunded', 'the order is refunded at Wish and takes no tracking number'),
  DECLINED: refused('wish-order-declined', 'the payment of the order was declined at Wish'),
}
const takenByAnother = refused(
  'wish-one-tracking',
  'Wish shows one tracking number per order and this order already has another; change it in the Wish dashboard if it is wrong',
)
/** It may be ours or another's: only a later look tells. */
const updateInProgress: WriteOutcome = {
  result: 'unknown',
  code: 'wish-tracking-in-progress',
  message: 'Wish is still working on a tracking number for this order; nothing was sent now',
}

/** Wish keeps no key for a write and a repeat changes the tracking, so the order is looked at first. */
export function nextStep(order: WishOrder, trackingNumber: string): NextStep {
  if (stands(order, trackingNumber)) return { result: 'confirmed', remoteId: trackingNumber }
  const end = closed[order.state ?? '']
  if (end) return end
  if (isNewest(order, trackingNumber) && progressOfNewest(order) === 'pending') return { result: 'accepted', remoteId: trackingNumber }
  if (order.processing_status === 'IN_PROGRESS') return order.processing_source === 'UPDATE_TRACKING' ? updateInProgress : 'busy'
  return order.state === 'SHIPPED' && order.tracking_information.length > 0 ? takenByAnother : 'send'
}

/**
 * The outcome by the order that a successful PUT answers with. The write is asynchronous: code 0 means accepted;
 * it is done only when the order says so. A failure that stood there `before` is that of an earlier write.
 * Source: Wish Marketplace V3 API 3.0.65, ShipOrder (read 2026-11-22).
 */
export function outcomeOfTracking(order: WishOrder | undefined, trackingNumber: string, before: WishOrder): WriteOutcome {
  if (order && stands(order, trackingNumber)) return { result: 'confirmed', remoteId: trackingNumber }
  const isNew = order?.updated_at !== before.updated_at
  if (isNew && order?.processing_status === 'FAILED' && order.processing_source === 'UPDATE_TRACKING') {
    return refused(
      'wish-tracking-failed',
      'Wish could not set the tracking number and gives no reason; check number and carrier in the Wish dashboard',
    )
  }
  return { result: 'accepted', remoteId: trackingNumber }
}

/** Whether the number counts at Wish: it is the newest, and the order is shipped or its update has succeeded. */
function stands(order: WishOrder, trackingNumber: string): boolean {
  return isNewest(order, trackingNumber) && progressOfNewest(order) === undefined
}

function isNewest(order: WishOrder, trackingNumber: string): boolean {
  const newest = order.tracking_information[0]?.tracking_number
  return newest !== undefined && normalTrackingNumber(newest) === normalTrackingNumber(trackingNumber)
}

/** The tracking numbers that Wish lists, newest first, at most two. Wish ships an order whole, so no lines are named. */
export function reportedShipments(order: WishOrder): readonly ReportedShipment[] {
  const progress = progressOfNewest(order)
  const shippedAt = lastEvent(order, isShipping)?.event_time
  const listed = order.tracking_information.map((tracking, index): ReportedShipment => {
    const inProgress = index === 0 ? progress : reReleaseOf(order) ? 'failed' : undefined
    return {
      shipmentId: tracking.tracking_number ?? `${order.id}-${index + 1}`,
      ...defined({
        trackingNumber: tracking.tracking_number,
        carrier: tracking.shipping_provider?.name,
        shippedAt: index > 0 || inProgress ? undefined : shippedAt,
        progress: inProgress,
      }),
      lines: [],
    }
  })
  return [...listed, ...unlistedUpdate(order, listed[0])]
}

/** An update that Wish works on, or gave up, without showing its number. What a second release cancelled is not its number. */
function unlistedUpdate(order: WishOrder, newest: ReportedShipment | undefined): readonly ReportedShipment[] {
  if (order.processing_source !== 'UPDATE_TRACKING') return []
  const progress = order.processing_status === 'IN_PROGRESS' ? 'pending' : order.processing_status === 'FAILED' ? 'failed' : undefined
  const isListed = newest !== undefined && newest.progress === progress && reReleaseOf(order) === undefined
  return progress === undefined || isListed ? [] : [{ shipmentId: `${order.id}-update`, lines: [], progress }]
}

/** Undefined: it stands. A number that Wish cancelled by releasing the order again counts as failed. */
function progressOfNewest(order: WishOrder): 'pending' | 'failed' | undefined {
  if (order.state === 'SHIPPED' || order.state === 'REFUNDED') return undefined
  const updating = order.processing_source === 'UPDATE_TRACKING' ? order.processing_status : undefined
  if (updating === 'IN_PROGRESS') return 'pending'
  if (updating === 'FAILED' || reReleaseOf(order)) return 'failed'
  return updating === 'SUCCEEDED' ? undefined : 'pending'
}

type FulfillmentEvent = WishOrder['fulfillment_records'][number]

/** The prose of the document says ORDER_DELIVERED, its enumeration CONFIRMED_DELIVERED. */
function isShipping(event: FulfillmentEvent): boolean {
  return ['MARK_SHIPPED', 'CONFIRM_FULFILLED', 'CONFIRMED_DELIVERED', 'ORDER_DELIVERED'].includes(event.event_type ?? '')
}

function isUndoing(event: FulfillmentEvent): boolean {
  return ['TRACKING_CANCELLED', 'ORDER_RE_RELEASED'].includes(event.event_type ?? '')
}

function lastEvent(order: WishOrder, fits: (event: FulfillmentEvent) => boolean): FulfillmentEvent | undefined {
  let last: FulfillmentEvent | undefined
  for (const event of order.fulfillment_records) {
    if (fits(event) && (last === undefined || (event.event_time ?? '') >= (last.event_time ?? ''))) last = event
  }
  return last
}

/** Whether a parcel left and still counts: a shipping event that nothing undid, or a tracking number where Wish sent no history. */
export function handedOver(order: WishOrder): boolean {
  const shipping = lastEvent(order, isShipping)
  const undoing = lastEvent(order, isUndoing)
  if (shipping === undefined) return undoing === undefined && order.tracking_information.length > 0
  return undoing === undefined || (undoing.event_time ?? '') < (shipping.event_time ?? '')
}

/** When Wish opened an order again of which nothing was shipped since. `wasShipped`: a parcel may be under way. */
export function reReleaseOf(order: WishOrder): { readonly at: Instant | undefined; readonly wasShipped: boolean } | undefined {
  const again = lastEvent(order, isUndoing)
  if (again === undefined || order.state !== 'APPROVED' || handedOver(order)) return undefined
  return { at: again.event_time, wasShipped: order.fulfillment_records.some(isShipping) || order.tracking_information.length > 0 }
}
