import type { LedgerOrder, MarketplaceLedger } from '../../core/audit/ledger.ts'
import { gid } from './ids.ts'
import { fulfilledOf, type Shop, type ShopOrder, unfulfilledOf } from './state.ts'

export function ledgerOf(shop: Shop): MarketplaceLedger {
  return {
    platform: 'shopify',
    account: shop.account,
    orders: [...shop.orders.values()].map(ledgerOrder),
    requests: shop.requests.entries(),
  }
}

function ledgerOrder(order: ShopOrder): LedgerOrder {
  return {
    platformOrderId: gid('Order', order.id),
    createdAt: order.createdAt,
    status: statusOf(order),
    oursToShip: order.kind === 'ordinary' && !order.test && order.lines.some((line) => line.requiresShipping),
    visible: order.visible,
    lines: order.lines.map((line) => ({
      platformLineId: gid('LineItem', line.id),
      channelSku: line.sku,
      quantity: line.quantity,
      // A refund after shipping gives money back and cancels nothing.
      cancelledQuantity: line.quantity - Math.max(line.currentQuantity, fulfilledOf(order, line)),
    })),
    shipments: order.fulfillments
      .filter((fulfillment) => fulfillment.status === 'SUCCESS')
      .flatMap((fulfillment) =>
        (fulfillment.tracking.length > 0 ? fulfillment.tracking : [{ company: null, number: null }]).map((tracking) => ({
          trackingNumber: tracking.number ?? '',
          ...(tracking.company === null ? {} : { carrier: tracking.company }),
          at: fulfillment.createdAt,
          throughApi: fulfillment.throughApi,
          lines: fulfillment.lines.map((line) => ({ platformLineId: gid('LineItem', line.lineId), quantity: line.quantity })),
        })),
      ),
  }
}

function statusOf(order: ShopOrder): LedgerOrder['status'] {
  const physical = order.lines.filter((line) => line.requiresShipping)
  const lines = physical.length > 0 ? physical : order.lines
  const shipped = lines.some((line) => fulfilledOf(order, line) > 0)
  const remaining = lines.some((line) => unfulfilledOf(order, line) > 0)
  if (order.cancelledAt || (!shipped && !remaining)) return 'cancelled'
  if (shipped) return remaining ? 'partially-shipped' : 'shipped'
  return order.payment === 'pending' ? 'awaiting-payment' : 'open'
}
