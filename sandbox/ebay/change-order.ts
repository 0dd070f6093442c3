import type { OrderChange } from '../simulated.ts'
import { type StoredOrder, shippedUnits, touch, type World } from './state.ts'

/** What happens to an order on the marketplace. eBay cancels whole orders, refunds lines, and lets nobody change an address. */
export function changeOrder(world: World, order: StoredOrder, change: OrderChange): void {
  const now = world.options.now()
  switch (change.type) {
    case 'pay':
      order.payment = 'PAID'
      order.paidAt = now
      break
    case 'cancel':
      order.cancelState = 'CANCELED'
      order.cancelledAt = now
      settleRequests(order, 'COMPLETED')
      refund(order, now)
      break
    case 'request-cancel':
      order.cancelState = 'IN_PROGRESS'
      order.cancelRequests.push({ id: String(5_000_000_000 + world.next()), state: 'REQUESTED', at: now, by: 'Buyer' })
      break
    case 'withdraw-cancel-request':
      order.cancelState = 'NONE_REQUESTED'
      settleRequests(order, 'REJECTED')
      break
    case 'refund':
      refund(order, now)
      break
    case 'hold':
      order.payoutHold = 'HELD'
      break
    case 'release-hold':
      order.payoutHold = 'RELEASED'
      break
    case 'ship-elsewhere':
      shipElsewhere(world, order, change)
      break
    case 'touch':
      break
    case 'vanish':
      order.isGone = true
      break
    case 'corrupt':
      order.corruption = change.how
      break
    case 'cancel-units':
      refundLine(order, change, now)
      break
    case 'uncancel':
    case 'change-address':
    case 'move':
    case 'split':
      throw new Error(`eBay has no such thing as "${change.type}"`)
    default:
      throw new Error(`unknown change ${JSON.stringify(change satisfies never)}`)
  }
  touch(world, order)
}

function settleRequests(order: StoredOrder, state: 'REJECTED' | 'COMPLETED'): void {
  for (const request of order.cancelRequests) if (request.state === 'REQUESTED') request.state = state
}

function refund(order: StoredOrder, at: StoredOrder['createdAt']): void {
  if (order.payment === 'PENDING') return
  order.payment = 'FULLY_REFUNDED'
  order.refundedAt = at
}

/** A line is given up by a refund of its whole price; single units are not cancelled. */
function refundLine(order: StoredOrder, change: { readonly line: number; readonly quantity: number }, at: StoredOrder['createdAt']): void {
  const line = order.lines[change.line]
  if (line?.quantity !== change.quantity) throw new Error('eBay refunds amounts: only all units of a line can be given up')
  order.refundedLines.set(line.lineItemId, at)
  order.payment = order.refundedLines.size === order.lines.length ? 'FULLY_REFUNDED' : 'PARTIALLY_REFUNDED'
}

/** Marked as shipped in Seller Hub: everything that is left, in one package. */
function shipElsewhere(world: World, order: StoredOrder, change: { readonly trackingNumber: string; readonly carrier: string }): void {
  const left = order.lines.map((line) => ({ lineItemId: line.lineItemId, quantity: line.quantity - shippedUnits(order, line.lineItemId) }))
  order.fulfillments.push({
    fulfillmentId: change.trackingNumber,
    trackingNumber: change.trackingNumber,
    carrier: change.carrier,
    shippedAt: world.options.now(),
    throughApi: false,
    lines: left.filter((line) => line.quantity > 0),
  })
}
