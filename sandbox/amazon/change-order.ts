import type { OrderChange } from '../simulated.ts'
import { checkCorruption } from './corrupt.ts'
import { openOf, type SellerOrder, shippedOf, statusOf } from './state.ts'
import type { World } from './world.ts'

/** Lets something happen to an order outside the API. Whatever it is, it moves the time of the last update. */
export function changeOrder(order: SellerOrder, change: OrderChange, world: World): void {
  apply(order, change, world)
  order.updatedAt = world.now()
}

function apply(order: SellerOrder, change: OrderChange, world: World): void {
  switch (change.type) {
    case 'pay':
      if (order.stage === 'pending') order.stage = 'payable'
      return
    case 'cancel':
      cancel(order)
      return
    case 'request-cancel':
      for (const line of order.lines) line.cancelRequested = openOf(order, line) > 0
      return
    case 'withdraw-cancel-request':
      for (const line of order.lines) line.cancelRequested = false
      return
    case 'cancel-units':
      cancelUnits(order, change.line, change.quantity)
      return
    case 'change-address':
      order.shipTo = change.shipTo
      return
    case 'ship-elsewhere':
      shipElsewhere(order, change, world)
      return
    case 'vanish':
      order.visible = false
      return
    case 'corrupt':
      checkCorruption(change.how)
      order.corruptions.push(change.how)
      return
    case 'refund':
    case 'touch':
      return
    case 'uncancel':
    case 'hold':
    case 'release-hold':
    case 'move':
    case 'split':
      throw new Error(`Amazon has no "${change.type}"`)
  }
}

function cancel(order: SellerOrder): void {
  if (order.lines.some((line) => shippedOf(order, line) > 0)) throw new Error(`order ${order.id} is shipped and cannot be cancelled`)
  order.stage = 'cancelled'
  for (const line of order.lines) line.cancelled = line.quantity
}

function cancelUnits(order: SellerOrder, index: number, quantity: number): void {
  const line = order.lines[index]
  if (!line || openOf(order, line) < quantity) throw new Error(`order ${order.id} has no ${quantity} open units on line ${index}`)
  line.cancelled += quantity
}

/** Somebody confirms the rest of the order in Seller Central. */
function shipElsewhere(order: SellerOrder, change: { readonly trackingNumber: string; readonly carrier: string }, world: World): void {
  if (!['UNSHIPPED', 'PARTIALLY_SHIPPED'].includes(statusOf(order))) throw new Error(`order ${order.id} cannot be shipped now`)
  const items = order.lines.flatMap((line) => {
    const quantity = openOf(order, line)
    return quantity > 0 ? [{ lineId: line.id, quantity }] : []
  })
  order.packages.push({
    reference: String((world.switches.foreignReferencesFromOne ? 1 : 900_000) + order.packages.length),
    carrier: change.carrier,
    trackingNumber: change.trackingNumber,
    shippedAt: world.now(),
    createdAt: world.now(),
    throughApi: false,
    items,
  })
}
