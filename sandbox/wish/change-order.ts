import { type Instant, latest } from '../../core/value/instant.ts'
import type { OrderChange } from '../simulated.ts'
import { corruptions } from './corrupt.ts'
import type { TrackingDocument } from './document.ts'
import { shippingDetail } from './place-order.ts'
import { type OrderRecord, record } from './state.ts'

/** What buyers, Wish and the merchant in the dashboard do to an order. */
export function changeOrder(order: OrderRecord, change: OrderChange, now: Instant): void {
  apply(order, change, now)
  order.document.updated_at = latest(now, order.document.updated_at as Instant)
}

function apply(order: OrderRecord, change: OrderChange, now: Instant): void {
  const { document } = order
  switch (change.type) {
    case 'pay':
    case 'release-hold':
      expectState(order, ['REQUIRE_REVIEW'], change.type)
      document.state = 'APPROVED'
      return
    case 'hold':
      expectState(order, ['APPROVED'], change.type)
      document.state = 'REQUIRE_REVIEW'
      return
    case 'cancel':
      // After shipping a buyer's cancellation is a refund.
      expectState(order, ['APPROVED', 'REQUIRE_REVIEW', 'SHIPPED'], change.type)
      refund(order, { source: 'CUSTOMER', reason: 'CUSTOMER_CANCELLED', at: now })
      return
    case 'refund':
      expectState(order, ['APPROVED', 'REQUIRE_REVIEW', 'SHIPPED'], change.type)
      refund(order, { source: 'WISH', reason: 'SHIPPING_TAKING_TOO_LONG', at: now })
      return
    case 'uncancel':
      expectState(order, ['REFUNDED', 'SHIPPED'], change.type)
      reRelease(order, now)
      return
    case 'change-address':
      document.full_address = { shipping_detail: shippingDetail(change.shipTo) }
      return
    case 'ship-elsewhere':
      expectState(order, ['APPROVED', 'SHIPPED'], change.type)
      ship(order, { tracking_number: change.trackingNumber, shipping_provider: { name: change.carrier } }, { at: now, throughApi: false })
      return
    case 'touch':
      return
    case 'vanish':
      order.visible = false
      return
    case 'corrupt':
      if (!(change.how in corruptions))
        throw new Error(`no such corruption: ${change.how}; there are ${Object.keys(corruptions).join(', ')}`)
      order.corruption = change.how
      return
    default:
      throw new Error(`Wish orders know no ${change.type}`)
  }
}

function expectState(order: OrderRecord, states: readonly string[], what: string): void {
  if (states.includes(order.document.state)) return
  throw new Error(`a Wish order in state ${order.document.state} cannot ${what}`)
}

export function refund(order: OrderRecord, how: { readonly source: string; readonly reason: string; readonly at: Instant }): void {
  order.document.state = 'REFUNDED'
  order.document.refunds.push({ refund_source: how.source, refund_reason: how.reason, refund_time: how.at })
}

/** Wish gives the order to the merchant again: what was shipped no longer counts. */
function reRelease(order: OrderRecord, at: Instant): void {
  if (order.shipments.length > 0) record(order, 'TRACKING_CANCELLED', at)
  record(order, 'ORDER_RE_RELEASED', at)
  order.document.state = 'APPROVED'
  order.shipments = []
}

/** Sets a tracking number. The same number again changes nothing that a buyer could see. */
export function ship(order: OrderRecord, tracking: TrackingDocument, how: { readonly at: Instant; readonly throughApi: boolean }): void {
  const { document } = order
  const listed = document.tracking_information.filter((each) => each.tracking_number !== tracking.tracking_number)
  document.tracking_information = [tracking, ...listed].slice(0, 2)
  if (document.state !== 'SHIPPED') record(order, 'MARK_SHIPPED', how.at)
  document.state = 'SHIPPED'
  const known = order.shipments.some((shipment) => shipment.trackingNumber === tracking.tracking_number)
  if (known) return
  const { tracking_number: trackingNumber, shipping_provider } = tracking
  order.shipments.push({ trackingNumber, carrier: shipping_provider.name, at: how.at, throughApi: how.throughApi, lines: [] })
}
