import { normalTrackingNumber } from '../../core/effects/verify.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../core/ports/connector.ts'
import { defined } from '../shared/defined.ts'
import type { WishOrder } from './schema.ts'

/** Body of PUT /api/v3/orders/{id}/tracking. */
export interface TrackingRequest {
  readonly shipping_provider: string
  readonly tracking_number: string
  readonly origin_country: string
}

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
  }
}

/** What to do about a package, seen from the order as Wish shows it now. `busy`: nothing may be sent yet. */
export type NextStep = { readonly step: 'send' } | { readonly step: 'busy' } | { readonly step: 'done'; readonly outcome: WriteOutcome }

/** Wish keeps no key for a write and a repeat changes the tracking, so the order is looked at first. */
export function nextStep(order: WishOrder, trackingNumber: string): NextStep {
  const closed = closedReason(order)
  if (stands(order, trackingNumber)) return done({ result: 'confirmed', remoteId: trackingNumber })
  if (closed) return done({ result: 'rejected', code: closed.code, message: closed.message })
  if (isNewest(order, trackingNumber) && progressOfNewest(order) === 'pending') {
    return done({ result: 'accepted', remoteId: trackingNumber })
  }
  if (order.processing_status === 'IN_PROGRESS') return stepWhileBusy(order)
  if (order.state !== 'SHIPPED' || order.tracking_information.length === 0) return { step: 'send' }
  return done({
    result: 'rejected',
    code: 'wish-one-tracking',
    message: 'Wish shows one tracking number per order and this order already has another; change it in the Wish dashboard if it is wrong',
  })
}

/** A write in progress without our number may be ours or another's: only a later look tells. */
function stepWhileBusy(order: WishOrder): NextStep {
  if (order.processing_source !== 'UPDATE_TRACKING') return { step: 'busy' }
  return done({
    result: 'unknown',
    code: 'wish-tracking-in-progress',
    message: 'Wish is still working on a tracking number for this order; nothing was sent now',
  })
}

function closedReason(order: WishOrder): { readonly code: string; readonly message: string } | undefined {
  if (order.state === 'REFUNDED')
    return { code: 'wish-order-refunded', message: 'the order is refunded at Wish and takes no tracking number' }
  if (order.state === 'DECLINED') return { code: 'wish-order-declined', message: 'the payment of the order was declined at Wish' }
  return undefined
}

function done(outcome: WriteOutcome): NextStep {
  return { step: 'done', outcome }
}

/**
 * The outcome by the order that a successful PUT answers with. The write is asynchronous: code 0 means accepted;
 * it is done only when the order says so. Source: Wish Marketplace V3 API 3.0.65, ShipOrder (read 2026-11-22).
 */
export function outcomeOfTracking(order: WishOrder | undefined, trackingNumber: string): WriteOutcome {
  if (order && stands(order, trackingNumber)) return { result: 'confirmed', remoteId: trackingNumber }
  if (order?.processing_status === 'FAILED' && order.processing_source === 'UPDATE_TRACKING') {
    return {
      result: 'rejected',
      code: 'wish-tracking-failed',
      message: 'Wish could not set the tracking number and gives no reason; check number and carrier in the Wish dashboard',
    }
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
    const inProgress = index === 0 ? progress : isReReleased(order) ? 'failed' : undefined
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
  return listed.length === 0 ? unlistedUpdate(order) : listed
}

/** An update that Wish works on, or gave up, without showing its number yet. */
function unlistedUpdate(order: WishOrder): readonly ReportedShipment[] {
  if (order.processing_source !== 'UPDATE_TRACKING') return []
  const id = `${order.id}-update`
  if (order.processing_status === 'IN_PROGRESS') return [{ shipmentId: id, lines: [], progress: 'pending' }]
  return order.processing_status === 'FAILED' ? [{ shipmentId: id, lines: [], progress: 'failed' }] : []
}

/** Undefined: it stands. A number that Wish cancelled by releasing the order again counts as failed. */
function progressOfNewest(order: WishOrder): 'pending' | 'failed' | undefined {
  if (order.state === 'SHIPPED' || order.state === 'REFUNDED') return undefined
  const updating = order.processing_source === 'UPDATE_TRACKING' ? order.processing_status : undefined
  if (updating === 'IN_PROGRESS') return 'pending'
  if (updating === 'FAILED' || isReReleased(order)) return 'failed'
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

/** Whether Wish released the order a second time and nothing was shipped since. */
export function isReReleased(order: WishOrder): boolean {
  const again = lastEvent(order, (event) => event.event_type === 'ORDER_RE_RELEASED')
  return again !== undefined && order.state === 'APPROVED' && !handedOver(order)
}
