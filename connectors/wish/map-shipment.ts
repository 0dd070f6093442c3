import { normalTrackingNumber } from '../../core/effects/verify.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../core/ports/connector.ts'
import { defined } from '../shared/defined.ts'
import { rejected } from '../shared/write-outcome.ts'
import { historyOf } from './mapping/history.ts'
import type { WishOrder } from './schema.ts'

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

/** Body of PUT /api/v3/orders/{id}/tracking. */
export function trackingRequest(confirmation: ShipmentConfirmation, trackingNumber: string) {
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

const closed: Readonly<Record<string, WriteOutcome>> = {
  REFUNDED: rejected('wish-order-refunded', 'the order is refunded at Wish and takes no tracking number'),
  DECLINED: rejected('wish-order-declined', 'the payment of the order was declined at Wish'),
}
const takenByAnother = rejected(
  'wish-one-tracking',
  'Wish shows one tracking number per order and this order already has another; change it in the Wish dashboard if it is wrong',
)
const failed = rejected(
  'wish-tracking-failed',
  'Wish could not set the tracking number and gives no reason; check number and carrier in the Wish dashboard',
)
/** It may be ours or another's: only a later look tells. */
const updateInProgress: WriteOutcome = {
  result: 'unknown',
  code: 'wish-tracking-in-progress',
  message: 'Wish is still working on a tracking number for this order; nothing was sent now',
}

/**
 * What to do about a package: `send` it, wait while Wish is `busy` with the order, or what it has come to already.
 * Wish keeps no key for a write and a repeat changes the tracking, so the order is looked at first.
 */
export function nextStep(order: WishOrder, trackingNumber: string): 'send' | 'busy' | WriteOutcome {
  const progress = progressOf(order, trackingNumber)
  const state = order.state ?? ''
  if (progress === 'stands') return { result: 'confirmed', remoteId: trackingNumber }
  if (closed[state]) return closed[state]
  if (progress === 'pending') return { result: 'accepted', remoteId: trackingNumber }
  if (order.processing_status === 'IN_PROGRESS') return updateOf(order) ? updateInProgress : 'busy'
  return state === 'SHIPPED' && order.tracking_information.length > 0 ? takenByAnother : 'send'
}

/**
 * The outcome by the order that a successful PUT answers with. The write is asynchronous: code 0 means accepted;
 * it is done only when the order says so. A failure that stood there `before` is that of an earlier write.
 * Source: Wish Marketplace V3 API 3.0.65, ShipOrder (read 2026-11-22).
 */
export function outcomeOfTracking(order: WishOrder | undefined, trackingNumber: string, before: WishOrder): WriteOutcome {
  if (order && progressOf(order, trackingNumber) === 'stands') return { result: 'confirmed', remoteId: trackingNumber }
  if (order && updateOf(order) === 'FAILED' && order.updated_at !== before.updated_at) return failed
  return { result: 'accepted', remoteId: trackingNumber }
}

/** The tracking numbers that Wish lists, newest first, at most two. Wish ships an order whole, so no lines are named. */
export function reportedShipments(order: WishOrder): readonly ReportedShipment[] {
  const { shippedAt, isReReleased } = historyOf(order)
  const newest = progressOfNewest(order)
  const listed = order.tracking_information.map(({ tracking_number, shipping_provider }, index): ReportedShipment => {
    const progress = index === 0 ? newest : isReReleased ? 'failed' : undefined
    return {
      shipmentId: tracking_number ?? `${order.id}-${index + 1}`,
      ...defined({
        trackingNumber: tracking_number,
        carrier: shipping_provider?.name,
        shippedAt: index === 0 && progress === undefined ? shippedAt : undefined,
        progress,
      }),
      lines: [],
    }
  })
  // An update that Wish works on, or gave up, may not show its number. What a second release cancelled is not its number.
  const update = updateProgress[updateOf(order) ?? '']
  const isListed = listed[0]?.progress === update && !isReReleased
  return update === undefined || isListed ? listed : [...listed, { shipmentId: `${order.id}-update`, lines: [], progress: update }]
}

const updateProgress: Readonly<Record<string, 'pending' | 'failed'>> = { IN_PROGRESS: 'pending', FAILED: 'failed' }

/** Wish's word for how far the last change of the order is; undefined when that was no change of its tracking. */
function updateOf(order: WishOrder): string | undefined {
  return order.processing_source === 'UPDATE_TRACKING' ? order.processing_status : undefined
}

/** How far a number is; undefined when another one, or none, is the newest. */
function progressOf(order: WishOrder, trackingNumber: string): 'stands' | 'pending' | 'failed' | undefined {
  const newest = order.tracking_information[0]?.tracking_number
  const isNewest = newest !== undefined && normalTrackingNumber(newest) === normalTrackingNumber(trackingNumber)
  return isNewest ? (progressOfNewest(order) ?? 'stands') : undefined
}

/** Undefined: it stands. A number that Wish cancelled by releasing the order again counts as failed. */
function progressOfNewest(order: WishOrder): 'pending' | 'failed' | undefined {
  if (order.state === 'SHIPPED' || order.state === 'REFUNDED') return undefined
  const update = updateOf(order)
  if (update === 'IN_PROGRESS') return 'pending'
  if (update === 'FAILED' || historyOf(order).isReReleased) return 'failed'
  return update === 'SUCCEEDED' ? undefined : 'pending'
}
