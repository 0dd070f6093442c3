import type { LedgerOrder, MarketplaceLedger } from '../../core/audit/ledger.ts'
import { type Account, isVisible, type StoredOrder, shippedUnits, type World } from './state.ts'

/** What is true on the marketplace, whatever was answered. */
export function ledgerOf(world: World, account: Account): MarketplaceLedger {
  return {
    platform: 'ebay',
    account: account.name,
    orders: [...account.orders.values()].map((order) => ledgerOrder(world, order)),
    requests: account.log.entries(),
  }
}

function ledgerOrder(world: World, order: StoredOrder): LedgerOrder {
  const isCancelled = order.cancelState === 'CANCELED'
  const notOurs = ['platform-fulfilled', 'digital', 'pickup']
  return {
    platformOrderId: order.orderId,
    createdAt: order.createdAt,
    status: statusOf(order),
    oursToShip: !notOurs.includes(order.placed.kind ?? 'ordinary'),
    visible: isVisible(world, order),
    lines: order.lines.map((line) => ({
      platformLineId: line.lineItemId,
      channelSku: line.sku,
      quantity: line.quantity,
      cancelledQuantity: isCancelled || order.refundedLines.has(line.lineItemId) ? line.quantity : 0,
    })),
    shipments: order.fulfillments.map((entry) => ({
      trackingNumber: entry.trackingNumber ?? entry.fulfillmentId,
      ...(entry.carrier ? { carrier: entry.carrier } : {}),
      at: entry.shippedAt,
      throughApi: entry.throughApi,
      lines: entry.lines.map((line) => ({ platformLineId: line.lineItemId, quantity: line.quantity })),
    })),
  }
}

/** By units, whatever words eBay has for it. */
function statusOf(order: StoredOrder): LedgerOrder['status'] {
  if (order.cancelState === 'CANCELED') return 'cancelled'
  if (order.payment === 'PENDING') return 'awaiting-payment'
  if (order.lines.every((line) => shippedUnits(order, line.lineItemId) >= line.quantity)) return 'shipped'
  return order.fulfillments.length > 0 ? 'partially-shipped' : 'open'
}
