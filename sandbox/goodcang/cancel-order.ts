import { type Building, moveStock } from './create-order.ts'
import { Refusal } from './envelope.ts'
import { type Customer, type Outbound, unitsOf } from './state.ts'

/** 1 under way, 2 done, 3 failed. */
export type CancelStatus = 1 | 2 | 3

/**
 * Asks to discard an order. What is not being picked yet goes at once; an order on the floor is stopped later,
 * when the building goes on; a parcel that left is not stopped.
 */
export function cancelOrder(customer: Customer, outbound: Outbound, building: Building): CancelStatus {
  if (outbound.state === 'cancelled') throw new Refusal(`订单 ${outbound.orderCode} 已废弃`)
  if (outbound.state === 'shipped' || outbound.state === 'partially-shipped') return 3
  // The answer says done, and the order ships all the same.
  if (building.switches['cancel-lies']) return 2
  if (outbound.state === 'processing' || building.switches['cancel-takes-time']) {
    outbound.cancelAsked = true
    return 1
  }
  discard(customer, outbound, building)
  return 2
}

/** Discards the order: its reference is free again, its stock too. */
export function discard(customer: Customer, outbound: Outbound, building: Building): void {
  if (outbound.hasReserved) {
    for (const [sku, quantity] of unitsOf(outbound)) {
      moveStock(customer, outbound.request.warehouse_code, sku, { sellable: quantity, reserved: -quantity })
    }
  }
  outbound.hasReserved = false
  outbound.state = 'cancelled'
  outbound.cancelAsked = false
  outbound.modifiedAt = building.now
}
