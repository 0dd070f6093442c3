import { openFulfillmentOrders, type ShopOrder, type ShopWorld, unfulfilledOf } from './state.ts'

/** Cancels, refunds and restocks: what is not fulfilled leaves the order for good. */
export function cancelOrder(order: ShopOrder, world: ShopWorld): void {
  if (order.cancelledAt) throw new Error(`order ${order.id} is cancelled already`)
  if (order.fulfillments.some((entry) => entry.status === 'SUCCESS')) throw new Error(`order ${order.id} has been shipped in part`)
  const wasPaid = order.payment !== 'pending'
  if (wasPaid) addRefund(order, 'CANCEL', world)
  for (const line of order.lines) line.currentQuantity = 0
  for (const entry of openFulfillmentOrders(order)) {
    for (const line of entry.lines) line.remaining = 0
    entry.status = 'CANCELLED'
    entry.holds = []
    entry.updatedAt = world.now
  }
  order.payment = wasPaid ? 'refunded' : 'voided'
  order.cancelledAt = world.now
  order.closedAt = world.now
}

/** An order edit: units that were not fulfilled are taken off a line. */
export function removeUnits(order: ShopOrder, lineIndex: number, quantity: number, world: ShopWorld): void {
  const line = order.lines[lineIndex]
  if (!line || unfulfilledOf(order, line) < quantity) {
    throw new Error(`line ${lineIndex} of order ${order.id} has no ${quantity} unfulfilled units`)
  }
  line.currentQuantity -= quantity
  order.edited = true
  takeFromWork(order, line.id, quantity, world)
}

/** Gives all the money back: what is not fulfilled is removed, what was shipped stays with the buyer. */
export function refundLines(order: ShopOrder, world: ShopWorld): void {
  addRefund(order, 'NO_RESTOCK', world)
  for (const line of order.lines) {
    takeFromWork(order, line.id, unfulfilledOf(order, line), world)
    line.currentQuantity = 0
  }
  order.payment = 'refunded'
}

function addRefund(order: ShopOrder, restockOfShipped: string, world: ShopWorld): void {
  const lines = order.lines
    .filter((line) => line.currentQuantity > 0)
    .map((line) => ({
      id: world.ids.next(),
      lineId: line.id,
      quantity: line.currentQuantity,
      restockType: unfulfilledOf(order, line) > 0 ? 'CANCEL' : restockOfShipped,
    }))
  const items = order.lines.reduce((sum, line) => sum + line.currentQuantity * line.unitPrice, 0)
  const amount = Math.max(0, items + order.shipping + order.tax - order.discount)
  order.refunds.push({ id: world.ids.next(), createdAt: world.now, amount, lines })
}

function takeFromWork(order: ShopOrder, lineId: string, quantity: number, world: ShopWorld): void {
  let left = quantity
  for (const entry of openFulfillmentOrders(order)) {
    for (const line of entry.lines.filter((candidate) => candidate.lineId === lineId)) {
      const taken = Math.min(left, line.remaining)
      line.remaining -= taken
      line.total -= taken
      left -= taken
      if (taken > 0) entry.updatedAt = world.now
    }
    if (entry.lines.every((line) => line.remaining === 0)) entry.status = 'CLOSED'
  }
}
