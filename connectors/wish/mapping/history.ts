import type { Instant } from '../../../core/value/instant.ts'
import type { WishOrder } from '../schema.ts'

/** The prose of the document says ORDER_DELIVERED, its enumeration CONFIRMED_DELIVERED. */
const shippingEvents = ['MARK_SHIPPED', 'CONFIRM_FULFILLED', 'CONFIRMED_DELIVERED', 'ORDER_DELIVERED']
const undoingEvents = ['TRACKING_CANCELLED', 'ORDER_RE_RELEASED']

/** What the history of an order says of its parcel. It may be missing, as every field; then numbers and refunds speak. */
export function historyOf(order: WishOrder) {
  const { state, released_at, tracking_information: numbers, refunds } = order
  const shipped = lastTime(order, shippingEvents)
  const undone = lastTime(order, undoingEvents)
  const wasShipped = shipped !== undefined || numbers.length > 0
  const isHandedOver = undone === undefined ? wasShipped : shipped !== undefined && undone < shipped
  const wasClosed = shipped !== undefined || undone !== undefined || refunds.length > 0 || (numbers.length > 0 && !isUnsettled(order))
  // When it was opened is not said without a history: at the earliest after the last that is known.
  const at = latestOf([released_at, shipped, undone, ...refunds.map(({ refund_time }) => refund_time)])
  return {
    /** A parcel left and still counts: nothing undid the shipping since. Wish may show a number without any history. */
    isHandedOver,
    shippedAt: shipped || undefined,
    /** Wish says that it undid the shipping, or the refund, and nothing was shipped since. */
    isReReleased: state === 'APPROVED' && undone !== undefined && !isHandedOver,
    /** It is open and was shipped or refunded before, whether or not Wish says so. `wasShipped`: a parcel may be under way. */
    openedAgain: state === 'APPROVED' && wasClosed ? { at, wasShipped } : undefined,
  }
}

/** A number that Wish still works on, or could not set, is no parcel. */
function isUnsettled({ processing_source, processing_status = '' }: WishOrder): boolean {
  return processing_source === 'UPDATE_TRACKING' && ['IN_PROGRESS', 'FAILED'].includes(processing_status)
}

/** Of the last such event: empty when it has no time, undefined when there is none. */
function lastTime(order: WishOrder, types: readonly string[]) {
  const events = order.fulfillment_records.filter(({ event_type }) => types.includes(event_type ?? ''))
  const times = events.map(({ event_time }) => event_time ?? '')
  return times.sort().at(-1)
}

function latestOf(times: readonly (Instant | '' | undefined)[]): Instant | undefined {
  const known = times.flatMap((time) => (time ? [time] : []))
  return known.sort().at(-1)
}
