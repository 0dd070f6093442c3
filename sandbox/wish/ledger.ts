import type { LedgerOrder, MarketplaceLedger } from '../../core/audit/ledger.ts'
import type { Account, OrderRecord } from './state.ts'

export function ledgerOf(account: Account): MarketplaceLedger {
  return {
    platform: 'wish',
    account: account.name,
    orders: [...account.orders.values()].map(ledgerOrder),
    requests: account.requests.entries(),
  }
}

function ledgerOrder(order: OrderRecord): LedgerOrder {
  const { document } = order
  const status = statusOf(order)
  const quantity = document.order_payment.general_payment_details.product_quantity
  return {
    platformOrderId: document.id,
    createdAt: order.createdAt,
    status,
    oursToShip: order.oursToShip,
    visible: order.visible,
    lines: [
      {
        platformLineId: document.id,
        channelSku: document.product_information.sku,
        quantity,
        cancelledQuantity: status === 'cancelled' ? quantity : 0,
      },
    ],
    shipments: order.shipments,
  }
}

/** A refund after shipping leaves the parcel shipped; before, it is what Wish has for a cancellation. */
function statusOf(order: OrderRecord): LedgerOrder['status'] {
  const { state } = order.document
  if (state === 'DECLINED') return 'cancelled'
  if (state === 'SHIPPED') return 'shipped'
  if (state === 'REFUNDED') return order.shipments.length > 0 ? 'shipped' : 'cancelled'
  return 'open'
}
