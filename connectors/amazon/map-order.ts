import type { Address, OrderLineSnapshot, OrderSnapshot, SnapshotStatus, TaxIds } from '../../core/model/order.ts'
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
    ...defined({ ignoredReason, noWriteBackReason: reasonForNoWriteBack(order) }),
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
    ...defined({ personalWithheld: isWithheld(order, shipTo, status) ? true : undefined }),
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

/** Without its roles an application sees less, and after shipping Amazon leaves out more and more, the telephone first. */
function isWithheld({ buyer }: AmazonOrder, shipTo: Address | undefined, status: SnapshotStatus): boolean {
  return shipTo === undefined || buyer?.buyerName === undefined || status === 'shipped' || status === 'cancelled'
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

/**
 * Programs whose labels come from Amazon, which records the shipment with the label and answers a confirmation with 400.
 * Source: https://developer-docs.amazon.com/sp-api/docs/confirm-the-shipment-status (read 2026-11-24).
 */
const selfRecordingPrograms = ['FBM_SHIP_PLUS', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON']

function reasonForNoWriteBack(order: AmazonOrder): string | undefined {
  const programs = [...(order.programs ?? []), ...order.orderItems.flatMap((item) => item.programs ?? [])]
  const program = programs.find((name) => selfRecordingPrograms.includes(name))
  return program && `Amazon records shipments of ${program} by itself, with the label that is bought there, and takes no confirmation`
}

function mapNotes(order: AmazonOrder): OrderSnapshot['personal']['notes'] {
  const preference = order.recipient?.deliveryPreference
  const number = order.buyer?.buyerPurchaseOrderNumber
  const words = [preference?.dropOffLocation, preference?.addressInstruction, number && `purchase order ${number}`]
  const buyer = words.filter(Boolean).join('; ')
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

/** The number of the buyer that customs want: that for VAT, or in Brazil the one of a person or a company. */
function mapTaxIds(order: AmazonOrder): TaxIds {
  const ioss = order.orderItems.map((item) => item.fulfillment?.shipping?.internationalShipping?.iossNumber).find(Boolean)
  const ofBuyer = (order.tax?.taxRegistrations ?? []).filter((tax) => tax.entityType === 'BUYER')
  const [number] = ['VAT', 'CPF', 'CNPJ'].flatMap((type) => ofBuyer.filter((tax) => tax.taxRegistrationType === type))
  return defined({ ioss, vat: number?.taxRegistrationNumber })
}

function mapTags(order: AmazonOrder): readonly string[] {
  const { deliveryAddress, deliveryPreference } = order.recipient ?? {}
  const relations = order.associatedOrders?.map(({ associationType }) => associationType?.replace('_ORIGINAL_ID', ''))
  const words = [
    ...(order.programs ?? []),
    ...(relations ?? []),
    deliveryAddress?.addressType,
    ...(deliveryPreference?.deliveryCapabilities ?? []),
    ...order.orderItems.flatMap(wordsOfItem),
  ]
  return [...new Set(words.flatMap((word) => (word ? [word.toLowerCase().replaceAll('_', '-')] : [])))]
}

function wordsOfItem({ programs, fulfillment, cancellation, tax }: AmazonItem): readonly (string | undefined)[] {
  const constraints = Object.entries(fulfillment?.shipping?.shippingConstraints ?? {}).filter(([, value]) => value !== null)
  const gift = fulfillment?.packing?.giftOption
  const cancelledBy = cancellation?.cancellationExecution?.cancelledBy
  return [
    ...(programs ?? []),
    ...constraints.map(([name]) => name.replace(/[A-Z]/g, (letter) => `_${letter}`)),
    gift && 'gift',
    gift?.giftWrapLevel && 'gift_wrap',
    fulfillment?.packing?.serialNumberRequirement && 'serial_number',
    cancelledBy && `cancelled_by_${cancelledBy}`,
    ...(tax?.taxCalculationBreakdowns ?? []).map(({ reportingScheme }) => reportingScheme),
    ...(tax?.taxCollections ?? []).map(({ model }) => model),
  ]
}
