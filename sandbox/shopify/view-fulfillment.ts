import { type PageArguments, paginateList } from './connection.ts'
import { gid } from './ids.ts'
import { moneyBag } from './money.ts'
import type { Fulfillment, FulfillmentOrder, FulfillmentOrderLine, ShopOrder } from './state.ts'
import { requireProtectedData, showTime, type View } from './view.ts'
import { destination } from './view-address.ts'
import { lineView } from './view-line.ts'
import { locationView } from './view-stock.ts'

/** A FulfillmentOrder. */
export function fulfillmentOrderView(order: ShopOrder, entry: FulfillmentOrder, view: View) {
  const location = view.shop.locations.find(({ id }) => id === entry.locationId)
  return {
    __typename: 'FulfillmentOrder',
    id: gid('FulfillmentOrder', entry.id),
    status: entry.status,
    requestStatus: 'UNSUBMITTED',
    createdAt: showTime(entry.createdAt),
    updatedAt: showTime(entry.updatedAt),
    fulfillAt: showTime(entry.createdAt),
    fulfillBy: null,
    orderId: gid('Order', order.id),
    orderName: `#${order.number}`,
    orderProcessedAt: showTime(order.createdAt),
    order: () => view.show.order(order),
    assignedLocation: {
      name: location?.name ?? '',
      countryCode: 'US',
      location: location ? locationView(location, view.shop, view) : null,
    },
    deliveryMethod: deliveryMethod(entry),
    destination: () => {
      requireProtectedData(view, 'destination')
      return entry.methodType === 'SHIPPING' ? destination(order.shipTo, entry.id) : null
    },
    fulfillmentHolds: entry.holds.map((hold) => ({
      id: gid('FulfillmentHold', hold.id),
      reason: hold.reason,
      reasonNotes: hold.notes ?? null,
      displayReason: hold.reason.toLowerCase().replaceAll('_', ' '),
      handle: hold.handle,
      heldByRequestingApp: hold.byApp,
    })),
    supportedActions: supportedActions(entry).map((action) => ({ action, externalUrl: null })),
    lineItems: (page: PageArguments) =>
      paginateList(entry.lines, page, (line) => workLineView(order, line, view), `work lines ${entry.id}`),
    fulfillments: (page: PageArguments) =>
      paginateList(
        order.fulfillments.filter((fulfillment) => fulfillment.fulfillmentOrderIds.includes(entry.id)),
        page,
        (fulfillment) => fulfillmentView(order, fulfillment, view),
        `work fulfillments ${entry.id}`,
      ),
  }
}

/** A Fulfillment. */
export function fulfillmentView(order: ShopOrder, fulfillment: Fulfillment, view: View) {
  const location = view.shop.locations.find(({ id }) => id === fulfillment.locationId)
  const cancelled = fulfillment.status === 'CANCELLED'
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', fulfillment.id),
    legacyResourceId: fulfillment.id,
    name: fulfillment.name,
    status: fulfillment.status,
    displayStatus: cancelled ? 'CANCELED' : 'FULFILLED',
    createdAt: showTime(fulfillment.createdAt),
    updatedAt: showTime(fulfillment.updatedAt),
    deliveredAt: null,
    estimatedDeliveryAt: null,
    inTransitAt: null,
    requiresShipping: true,
    totalQuantity: fulfillment.lines.reduce((sum, line) => sum + line.quantity, 0),
    location: location ? locationView(location, view.shop, view) : null,
    order: () => view.show.order(order),
    trackingInfo: ({ first }: { first?: number }) => fulfillment.tracking.slice(0, first ?? fulfillment.tracking.length),
    fulfillmentLineItems: (page: PageArguments) =>
      paginateList(fulfillment.lines, page, (line) => shippedLineView(order, line, view), `shipped ${fulfillment.id}`),
    fulfillmentOrders: (page: PageArguments) =>
      paginateList(
        order.fulfillmentOrders.filter(({ id }) => fulfillment.fulfillmentOrderIds.includes(id)),
        page,
        (entry) => fulfillmentOrderView(order, entry, view),
        `shipped work ${fulfillment.id}`,
      ),
  }
}

function workLineView(order: ShopOrder, entry: FulfillmentOrderLine, view: View) {
  const line = order.lines.find(({ id }) => id === entry.lineId)
  const variant = line ? view.shop.variants.get(line.variantKey) : undefined
  return {
    __typename: 'FulfillmentOrderLineItem',
    id: gid('FulfillmentOrderLineItem', entry.id),
    totalQuantity: entry.total,
    remainingQuantity: entry.remaining,
    requiresShipping: line?.requiresShipping ?? true,
    sku: line?.sku || null,
    productTitle: line?.title ?? '',
    variantTitle: null,
    vendor: 'Sandbox',
    inventoryItemId: variant ? gid('InventoryItem', variant.inventoryItemId) : null,
    variant: () => (variant ? view.show.variant(variant) : null),
    lineItem: () => (line ? lineView(order, line, view) : null),
  }
}

function shippedLineView(order: ShopOrder, shipped: Fulfillment['lines'][number], view: View) {
  const line = order.lines.find(({ id }) => id === shipped.lineId)
  const total = moneyBag((line?.unitPrice ?? 0) * shipped.quantity, order, view.shop.currency)
  return {
    __typename: 'FulfillmentLineItem',
    id: gid('FulfillmentLineItem', shipped.id),
    quantity: shipped.quantity,
    lineItem: () => (line ? lineView(order, line, view) : null),
    originalTotalSet: total,
    discountedTotalSet: total,
  }
}

function deliveryMethod(entry: FulfillmentOrder) {
  const names = { SHIPPING: 'Standard', PICK_UP: 'Pick up in store', NONE: null } as const
  return {
    id: gid('DeliveryMethod', entry.id),
    methodType: entry.methodType,
    presentedName: names[entry.methodType],
    serviceCode: entry.methodType === 'SHIPPING' ? 'STANDARD' : null,
    sourceReference: null,
    minDeliveryDateTime: null,
    maxDeliveryDateTime: null,
  }
}

function supportedActions(entry: FulfillmentOrder): readonly string[] {
  if (entry.status === 'ON_HOLD') return ['RELEASE_HOLD', 'HOLD', 'MOVE']
  if (entry.status === 'OPEN' || entry.status === 'IN_PROGRESS') return ['CREATE_FULFILLMENT', 'MOVE', 'HOLD', 'SPLIT']
  return []
}
