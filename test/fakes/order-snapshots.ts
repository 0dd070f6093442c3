import type { Address, OrderLineSnapshot, OrderSnapshot } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import type { Instant } from '../../core/value/instant.ts'
import { money } from '../../core/value/money.ts'

/** An instant of 24 November 2026, such as `at('08:00')`. */
export function at(time: string): Instant {
  return `2026-11-24T${time}:00.000Z` as Instant
}

export const homeAddress: Address = {
  name: 'Ada Example',
  phone: '+1 609 555 0100',
  line1: '1 Canary Street',
  city: 'Trenton',
  state: 'NJ',
  postcode: '08601',
  country: 'US',
}

/** One line of an order: two mugs when nothing else is said. */
export function snapshotLine(changes: Partial<Omit<OrderLineSnapshot, 'channelSku'>> & { readonly channelSku?: string } = {}) {
  const { channelSku = 'CH-MUG', ...rest } = changes
  const line: OrderLineSnapshot = {
    platformLineId: 'L1',
    channelSku: asChannelSku(channelSku),
    title: 'A mug',
    quantity: 2,
    cancelledQuantity: 0,
    shippedQuantity: 0,
    unitPrice: money(1_234, 'USD'),
    ...rest,
  }
  return line
}

/** An order that is paid, complete and ours to ship. */
export function snapshot(platformOrderId: string, changes: Partial<OrderSnapshot> = {}): OrderSnapshot {
  return {
    platformOrderId,
    status: 'open',
    platformStatus: 'PAID / UNFULFILLED',
    fulfilledBy: 'seller',
    paymentState: 'paid',
    purchasedAt: at('07:00'),
    updatedAt: at('07:00'),
    personal: { shipTo: homeAddress, buyer: { name: 'Ada Example' }, notes: {} },
    lines: [snapshotLine()],
    taxIds: {},
    tags: [],
    holds: [],
    partialShipmentAllowed: true,
    raw: { id: platformOrderId },
    ...changes,
  }
}
