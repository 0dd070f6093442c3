import { cancelOrder } from './cancel-order.ts'
import { gid } from './ids.ts'
import { openFulfillmentOrders, type ShopOrder } from './state.ts'
import { requireId, requireScope, type View } from './view.ts'
import { fulfillmentOrderView } from './view-fulfillment.ts'

interface HoldInput {
  readonly reason: string
  readonly reasonNotes?: string | null
  readonly handle?: string | null
}

/** Writes about an order as a whole and about holds on its fulfillment orders. */
export function orderMutations(view: View) {
  return {
    orderCancel: ({ orderId }: { orderId: string }) => {
      requireScope(view, 'orderCancel', 'write_orders')
      const order = view.shop.orders.get(requireId('Order', orderId))
      const refusal = refuseCancel(order)
      if (!order || refusal) return { job: null, orderCancelUserErrors: [refusal] }
      view.aboutToWrite(order)
      cancelOrder(order, view)
      order.updatedAt = view.now
      return { job: { id: gid('Job', view.ids.next()), done: false }, orderCancelUserErrors: [] }
    },
    fulfillmentOrderHold: ({ id, fulfillmentHold: input }: { id: string; fulfillmentHold: HoldInput }) => {
      requireScope(view, 'fulfillmentOrderHold', 'write_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders')
      const found = findWork(id, view)
      if (!found) return { fulfillmentOrder: null, fulfillmentHold: null, remainingFulfillmentOrder: null, userErrors: [notFound] }
      const { order, entry } = found
      const hold = {
        id: view.ids.next(),
        reason: input.reason,
        notes: input.reasonNotes ?? undefined,
        handle: input.handle ?? '',
        byApp: true,
      }
      view.aboutToWrite(order)
      entry.holds = [...entry.holds, hold]
      entry.status = 'ON_HOLD'
      entry.updatedAt = view.now
      order.updatedAt = view.now
      const shown = fulfillmentOrderView(order, entry, view)
      return {
        fulfillmentOrder: shown,
        fulfillmentHold: shown.fulfillmentHolds.at(-1) ?? null,
        remainingFulfillmentOrder: null,
        userErrors: [],
      }
    },
    fulfillmentOrderReleaseHold: ({ id, holdIds }: { id: string; holdIds?: readonly string[] | null }) => {
      requireScope(view, 'fulfillmentOrderReleaseHold', 'write_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders')
      const found = findWork(id, view)
      if (!found) return { fulfillmentOrder: null, userErrors: [notFound] }
      const { order, entry } = found
      const released = holdIds?.map((holdId) => requireId('FulfillmentHold', holdId))
      view.aboutToWrite(order)
      entry.holds = released ? entry.holds.filter((hold) => !released.includes(hold.id)) : []
      if (entry.holds.length === 0) entry.status = entry.lines.some((line) => line.remaining < line.total) ? 'IN_PROGRESS' : 'OPEN'
      entry.updatedAt = view.now
      order.updatedAt = view.now
      return { fulfillmentOrder: fulfillmentOrderView(order, entry, view), userErrors: [] }
    },
  }
}

const notFound = { field: ['id'], message: 'Fulfillment order not found.', code: 'FULFILLMENT_ORDER_NOT_FOUND' }

function refuseCancel(order: ShopOrder | undefined): { field: readonly string[]; message: string; code: string } | undefined {
  if (!order) return { field: ['orderId'], message: 'Order does not exist', code: 'NOT_FOUND' }
  if (order.cancelledAt) return { field: ['orderId'], message: 'Order has already been cancelled', code: 'INVALID' }
  if (order.fulfillments.some((entry) => entry.status === 'SUCCESS')) {
    return { field: ['orderId'], message: 'Cannot cancel an order with fulfillments', code: 'INVALID' }
  }
  return undefined
}

function findWork(id: string, view: View) {
  const wanted = requireId('FulfillmentOrder', id)
  for (const order of view.shop.orders.values()) {
    const entry = openFulfillmentOrders(order).find((candidate) => candidate.id === wanted)
    if (entry) return { order, entry }
  }
  return undefined
}
