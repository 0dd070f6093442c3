import type { WishOrder } from '../schema.ts'

/** The prose of the document says ORDER_DELIVERED, its enumeration CONFIRMED_DELIVERED. */
const shippingEvents = ['MARK_SHIPPED', 'CONFIRM_FULFILLED', 'CONFIRMED_DELIVERED', 'ORDER_DELIVERED']
const undoingEvents = ['TRACKING_CANCELLED', 'ORDER_RE_RELEASED']

/** What the history of an order says of its parcel. */
export function historyOf(order: WishOrder) {
  const shipped = lastTime(order, shippingEvents)
  const undone = lastTime(order, undoingEvents)
  const wasShipped = shipped !== undefined || order.tracking_information.length > 0
  const isHandedOver = undone === undefined ? wasShipped : shipped !== undefined && undone < shipped
  const isReReleased = order.state === 'APPROVED' && undone !== undefined && !isHandedOver
  return {
    /** A parcel left and still counts: nothing undid the shipping since. Wish may show a number without any history. */
    isHandedOver,
    shippedAt: shipped || undefined,
    /** Wish opened the order again and nothing of it was shipped since. `wasShipped`: a parcel may be under way. */
    reRelease: isReReleased ? { at: undone || undefined, wasShipped } : undefined,
  }
}

/** Of the last such event: empty when it has no time, undefined when there is none. */
function lastTime(order: WishOrder, types: readonly string[]) {
  const events = order.fulfillment_records.filter(({ event_type }) => types.includes(event_type ?? ''))
  return events
    .map(({ event_time }) => event_time ?? '')
    .sort()
    .at(-1)
}
