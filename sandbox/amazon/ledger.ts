import type { LedgerOrder, MarketplaceLedger } from '../../core/audit/ledger.ts'
import { type Seller, type SellerOrder, statusOf } from './state.ts'

const statuses = {
  PENDING: 'awaiting-payment',
  UNSHIPPED: 'open',
  PARTIALLY_SHIPPED: 'partially-shipped',
  SHIPPED: 'shipped',
  CANCELLED: 'cancelled',
} as const

export function ledgerOf(seller: Seller): MarketplaceLedger {
  return {
    platform: 'amazon',
    account: seller.account,
    orders: [...seller.orders.values()].map(ledgerOrder),
    requests: seller.requests.entries(),
  }
}

function ledgerOrder(order: SellerOrder): LedgerOrder {
  return {
    platformOrderId: order.id,
    createdAt: order.createdAt,
    status: statuses[statusOf(order)],
    oursToShip: order.fulfilledBy === 'MERCHANT' && !order.programs.includes('IN_STORE_PICK_UP'),
    visible: order.visible,
    lines: order.lines.map((line) => ({
      platformLineId: line.id,
      channelSku: line.sku,
      quantity: line.quantity,
      cancelledQuantity: line.cancelled,
    })),
    shipments: order.packages.map((parcel) => ({
      trackingNumber: parcel.trackingNumber,
      carrier: parcel.carrier,
      at: parcel.shippedAt,
      throughApi: parcel.throughApi,
      lines: parcel.items.map((item) => ({ platformLineId: item.lineId, quantity: item.quantity })),
    })),
  }
}
