import type { OrderLineSnapshot, OrderSnapshot, SnapshotStatus, TaxIds } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { defined } from '../shared/defined.ts'
import { type Doubts, holdOfDoubts } from '../shared/doubts.ts'
import { readMoney } from '../shared/money.ts'
import { mapPackages } from './map-shipment.ts'
import { addressOf } from './mapping/address.ts'
import { holdsBeforeShipping } from './mapping/holds.ts'
import { totalsOf } from './mapping/totals.ts'
import { type AmazonItem, type AmazonOrder, amazonOrder } from './schema.ts'

/** `INVOICE_UNCONFIRMED` stands in Amazon's migration data only; it comes after shipping. */
const statuses = new Map<string, SnapshotStatus>([
  ['PENDING_AVAILABILITY', 'awaiting-payment'],
  ['PENDING', 'awaiting-payment'],
  ['UNSHIPPED', 'open'],
  ['PARTIALLY_SHIPPED', 'partially-shipped'],
  ['SHIPPED', 'shipped'],
  ['INVOICE_UNCONFIRMED', 'shipped'],
  ['CANCELLED', 'cancelled'],
])

/**
 * Reads one record of the 2026-01-01 shape; `raw` is what Amazon sent, when that differs. Throws a ZodError or
 * `invalid-data` when it cannot become an order. Pure.
 */
export function readOrder(record: unknown, raw: unknown = record): OrderSnapshot {
  const order = amazonOrder.parse(record)
  const doubts: Doubts = []
  const platformStatus = order.fulfillment?.fulfillmentStatus ?? ''
  const status = mapStatus(platformStatus, doubts)
  const ignoredReason = reasonToIgnore(order)
  const isOursToShip = ignoredReason === undefined && (status === 'open' || status === 'partially-shipped')
  const shipTo = addressOf(order, doubts)
  const sellerNumber = order.orderAliases?.find((alias) => alias.aliasType === 'SELLER_ORDER_ID')?.aliasId
  const snapshot = {
    platformOrderId: order.orderId,
    ...defined({ displayNumber: sellerNumber === order.orderId ? undefined : sellerNumber }),
    status,
    platformStatus,
    ...defined({ ignoredReason }),
    fulfilledBy: order.fulfillment?.fulfilledBy === 'AMAZON' ? ('platform' as const) : ('seller' as const),
    paymentState: status === 'awaiting-payment' || status === 'cancelled' ? ('pending' as const) : ('paid' as const),
    ...defined({ site: order.salesChannel.marketplaceId }),
    purchasedAt: order.createdTime,
    updatedAt: order.lastUpdatedTime,
    ...defined({
      shipBy: order.fulfillment?.shipByWindow?.latestDateTime,
      deliverBy: order.fulfillment?.deliverByWindow?.latestDateTime,
      releaseNotBefore: order.fulfillment?.labelPrintingWindow?.earliestDateTime,
      promisedService: order.fulfillment?.fulfillmentServiceLevel,
    }),
    personal: {
      ...defined({ shipTo }),
      buyer: defined({ name: order.buyer?.buyerName, email: order.buyer?.buyerEmail }),
      notes: mapNotes(order),
    },
    ...defined({ personalWithheld: shipTo === undefined ? true : undefined }),
    lines: order.orderItems.map((item, index) => mapLine(item, index, status === 'cancelled', doubts)),
    ...defined({ totals: totalsOf(order, doubts) }),
    taxIds: mapTaxIds(order),
    tags: mapTags(order),
    partialShipmentAllowed: true,
    ...defined({ shipments: order.packages === undefined ? undefined : mapPackages(order.packages) }),
    raw,
  }
  const holds = isOursToShip ? holdsBeforeShipping(order, shipTo, doubts) : []
  return { ...snapshot, holds: ignoredReason === undefined ? [...holds, ...holdOfDoubts(doubts)] : [] }
}

/** The id of a record of any form. */
export function idOf(record: unknown): string | undefined {
  return amazonOrder.pick({ orderId: true }).safeParse(record).data?.orderId
}

/** Undefined for a word that is not known here. */
export function statusOf(platformStatus: string): SnapshotStatus | undefined {
  return statuses.get(platformStatus)
}

/** An unknown state is stored and nothing more: it is never taken for open. */
function mapStatus(platformStatus: string, doubts: Doubts): SnapshotStatus {
  const status = statusOf(platformStatus)
  if (status !== undefined) return status
  if (platformStatus !== 'UNFULFILLABLE') doubts.push(`Amazon gives the fulfillment status "${platformStatus}", which is not known here`)
  return 'awaiting-payment'
}

function reasonToIgnore(order: AmazonOrder): string | undefined {
  if (order.salesChannel.channelName === 'NON_AMAZON') return 'multi-channel fulfillment order placed outside Amazon'
  if (order.fulfillment?.fulfilledBy === 'AMAZON') return 'fulfilled by Amazon'
  if (order.fulfillment?.fulfillmentStatus === 'UNFULFILLABLE') return 'unfulfillable at Amazon'
  if (order.programs?.includes('IN_STORE_PICK_UP')) return 'picked up in the store'
  return undefined
}

function mapNotes(order: AmazonOrder): OrderSnapshot['personal']['notes'] {
  const preference = order.recipient?.deliveryPreference
  const buyer = [preference?.dropOffLocation, preference?.addressInstruction].filter(Boolean).join('; ')
  const gifts = order.orderItems.map((item) => item.fulfillment?.packing?.giftOption?.giftMessage).filter(Boolean)
  const gift = [...new Set(gifts)].join('\n')
  return defined({ buyer: buyer === '' ? undefined : buyer, gift: gift === '' ? undefined : gift })
}

function mapLine(item: AmazonItem, index: number, isCancelled: boolean, doubts: Doubts): OrderLineSnapshot {
  const ordered = item.quantityOrdered
  const shipped = item.fulfillment?.quantityFulfilled ?? 0
  const open = item.fulfillment?.quantityUnfulfilled ?? ordered - shipped
  if (shipped + Math.max(open, 0) > ordered) {
    doubts.push(`item ${item.orderItemId} counts ${shipped} fulfilled and ${open} unfulfilled of ${ordered} ordered units`)
  }
  return {
    platformLineId: item.orderItemId,
    ...defined({ itemId: item.product.asin }),
    channelSku: asChannelSku(item.product.sellerSku ?? ''),
    title: item.product.title ?? '',
    quantity: ordered,
    cancelledQuantity: Math.max(0, ordered - shipped - (isCancelled ? 0 : open)),
    shippedQuantity: Math.min(shipped, ordered),
    ...defined({
      unitPrice: readMoney(item.product.price?.unitPrice, `orderItems.${index}.product.price.unitPrice`, doubts),
      // The file behind the URL names the buyer, so the line only says that it exists.
      customization: item.product.customization?.customizedUrl ? 'Amazon Custom: see the order in Seller Central' : undefined,
    }),
  }
}

function mapTaxIds(order: AmazonOrder): TaxIds {
  const ioss = order.orderItems.map((item) => item.fulfillment?.shipping?.internationalShipping?.iossNumber).find(Boolean)
  const vat = order.tax?.taxRegistrations?.find((tax) => tax.entityType === 'BUYER' && tax.taxRegistrationType === 'VAT')
  return defined({ ioss, vat: vat?.taxRegistrationNumber })
}

function mapTags(order: AmazonOrder): readonly string[] {
  const words = [...(order.programs ?? [])]
  for (const associated of order.associatedOrders ?? []) {
    if (associated.associationType === 'REPLACEMENT_ORIGINAL_ID') words.push('replacement')
    if (associated.associationType === 'EXCHANGE_ORIGINAL_ID') words.push('exchange')
  }
  if (order.recipient?.deliveryAddress?.addressType) words.push(order.recipient.deliveryAddress.addressType)
  for (const item of order.orderItems) {
    words.push(...(item.programs ?? []))
    const constraints = Object.entries(item.fulfillment?.shipping?.shippingConstraints ?? {})
    for (const [name, value] of constraints) if (value !== null) words.push(name.replace(/[A-Z]/g, (letter) => `_${letter}`))
    if (item.fulfillment?.packing?.giftOption) words.push('gift')
  }
  return [...new Set(words.map((word) => word.toLowerCase().replaceAll('_', '-')))]
}
