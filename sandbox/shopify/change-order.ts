import type { OrderChange } from '../simulated.ts'
import { cancelOrder, refundLines, removeUnits } from './cancel-order.ts'
import { corruptionNames } from './corrupt.ts'
import { shipRemaining } from './fulfill.ts'
import { openFulfillmentOrders, type ShopOrder, type ShopWorld } from './state.ts'

/** The enum FulfillmentHoldReason of the Admin API 2026-10. */
const holdReasons = [
  'AWAITING_PAYMENT',
  'AWAITING_RETURN_ITEMS',
  'HIGH_RISK_OF_FRAUD',
  'INCORRECT_ADDRESS',
  'INVENTORY_OUT_OF_STOCK',
  'ONLINE_STORE_POST_PURCHASE_CROSS_SELL',
  'UNKNOWN_DELIVERY_DATE',
]

/** Lets something happen to an order in the shop's admin. Whatever it is, it moves `updatedAt`. */
export function changeOrder(order: ShopOrder, change: OrderChange, world: ShopWorld): void {
  apply(order, change, world)
  order.updatedAt = world.now
}

function apply(order: ShopOrder, change: OrderChange, world: ShopWorld): void {
  switch (change.type) {
    case 'pay':
      order.payment = 'paid'
      break
    case 'cancel':
      cancelOrder(order, world)
      break
    case 'cancel-units':
      removeUnits(order, change.line, change.quantity, world)
      break
    case 'refund':
      refundLines(order, world)
      break
    case 'change-address':
      order.shipTo = change.shipTo
      touchWork(order, world)
      break
    case 'hold':
      hold(order, change.reason, world)
      break
    case 'release-hold':
      releaseHolds(order, world)
      break
    case 'move':
      move(order, world)
      break
    case 'split':
      split(order, world)
      break
    case 'ship-elsewhere':
      shipRemaining(order, { company: change.carrier, number: change.trackingNumber, url: null }, world)
      break
    case 'touch':
      break
    case 'vanish':
      order.visible = false
      break
    case 'corrupt':
      if (!corruptionNames().includes(change.how))
        throw new Error(`Shopify orders cannot be corrupted by "${change.how}": ${corruptionNames().join(', ')}`)
      order.corruptions.push(change.how)
      world.shop.corrupted.add(order)
      break
    case 'uncancel':
    case 'request-cancel':
    case 'withdraw-cancel-request':
      throw new Error(`Shopify has no "${change.type}"`)
  }
}

function touchWork(order: ShopOrder, world: ShopWorld): void {
  for (const entry of openFulfillmentOrders(order)) entry.updatedAt = world.now
}

function hold(order: ShopOrder, reason: string | undefined, world: ShopWorld): void {
  const known = reason !== undefined && holdReasons.includes(reason)
  if (reason === 'HIGH_RISK_OF_FRAUD') order.risk = 'investigate'
  for (const entry of openFulfillmentOrders(order)) {
    const placed = { id: world.ids.next(), reason: known ? reason : 'OTHER', notes: known ? undefined : reason, handle: '', byApp: false }
    entry.holds = [...entry.holds, placed]
    entry.status = 'ON_HOLD'
    entry.updatedAt = world.now
  }
}

function releaseHolds(order: ShopOrder, world: ShopWorld): void {
  order.risk = 'none'
  for (const entry of openFulfillmentOrders(order)) {
    entry.holds = []
    entry.status = entry.lines.some((line) => line.remaining < line.total) ? 'IN_PROGRESS' : 'OPEN'
    entry.updatedAt = world.now
  }
}

/** The first open fulfillment order closes; its work goes on under a new id at another location. */
function move(order: ShopOrder, world: ShopWorld): void {
  const [entry] = openFulfillmentOrders(order)
  const other = world.shop.locations.find((location) => location.id !== entry?.locationId)
  if (!entry || !other) throw new Error(`order ${order.id} has nothing to move, or the shop no second location`)
  const moved = entry.lines.filter((line) => line.remaining > 0)
  order.fulfillmentOrders.push({
    ...entry,
    id: world.ids.next(),
    locationId: other.id,
    createdAt: world.now,
    updatedAt: world.now,
    lines: moved.map((line) => ({ id: world.ids.next(), lineId: line.lineId, total: line.remaining, remaining: line.remaining })),
  })
  for (const line of entry.lines) line.remaining = 0
  entry.status = 'CLOSED'
  entry.holds = []
  entry.updatedAt = world.now
}

/** Half of the first line that has two units or more, or else the last line, goes into a fulfillment order of its own. */
function split(order: ShopOrder, world: ShopWorld): void {
  const entry = openFulfillmentOrders(order).find((candidate) => candidate.lines.reduce((sum, line) => sum + line.remaining, 0) > 1)
  if (!entry) throw new Error(`order ${order.id} has no fulfillment order with two units; nothing can be split`)
  const line = entry.lines.find((candidate) => candidate.remaining > 1) ?? entry.lines.filter((candidate) => candidate.remaining > 0).at(-1)
  if (!line) throw new Error(`fulfillment order ${entry.id} has nothing left`)
  const taken = Math.ceil(line.remaining / 2)
  line.remaining -= taken
  line.total -= taken
  if (line.total === 0) entry.lines.splice(entry.lines.indexOf(line), 1)
  entry.updatedAt = world.now
  order.fulfillmentOrders.push({
    ...entry,
    id: world.ids.next(),
    createdAt: world.now,
    lines: [{ id: world.ids.next(), lineId: line.lineId, total: taken, remaining: taken }],
  })
}
