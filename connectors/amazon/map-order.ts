import type { OrderLineSnapshot, OrderSnapshot, SnapshotStatus, TaxIds } from '../../core/model/order.ts'
import type { ListedOrder } from '../../core/ports/connector.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { defined } from '../shared/defined.ts'
import { type Doubts, holdOfDoubts } from '../shared/doubts.ts'
import { readMoney } from '../shared/money.ts'
import { mapCounts, mapPackages } from './map-shipment.ts'
import { addressOf } from './mapping/address.ts'
import { holdsBeforeShipping } from './mapping/holds.ts'
import { totalsOf } from './mapping/totals.ts'
import { type AmazonItem, type AmazonOrder, amazonOrder, listedOrder } from './schema.ts'
import { marketplaceNamed } from './settings.ts'
import { inPresentShape } from './v0/map-order.ts'

/** `INVOICE_UNCONFIRMED` stands in Amazon's migration data only; it comes after shipping. */
const statuses = new Map<string | undefined, SnapshotStatus>([
  ['PENDING_AVAILABILITY', 'awaiting-payment'],
  ['PENDING', 'awaiting-payment'],
  ['UNSHIPPED', 'open'],
  ['PARTIALLY_SHIPPED', 'partially-shipped'],
  ['SHIPPED', 'shipped'],
  ['INVOICE_UNCONFIRMED', 'shipped'],
  ['CANCELLED', 'cancelled'],
])
/** An unknown state is stored and nothing more: it is never taken for open. */
const statusOf = (word: string | undefined): SnapshotStatus => statuses.get(word) ?? 'awaiting-payment'

/** Reads one record as Amazon sent it. Throws a ZodError or `invalid-data` when it cannot become an order. Pure. */
export function readOrder(raw: unknown): OrderSnapshot {
  const record = inPresentShape(raw)
  const order = amazonOrder.parse(record)
  const { orderId, salesChannel, fulfillment, buyer, packages } = order
  const doubts: Doubts = []
  const platformStatus = fulfillment.fulfillmentStatus ?? ''
  if (!statuses.has(platformStatus) && platformStatus !== 'UNFULFILLABLE')
    doubts.push(`Amazon gives the fulfillment status "${platformStatus}", which is not known here`)
  const status = statusOf(platformStatus)
  const ignoredReason = reasonToIgnore(order)
  const isOursToShip = ignoredReason === undefined && (status === 'open' || status === 'partially-shipped')
  const shipTo = addressOf(order, doubts)
  // v0 knows no packages, tax numbers and delivery notes, so those that are stored stay.
  const isOfV0 = record !== raw
  const isOver = status === 'shipped' || status === 'cancelled'
  // Without its roles an application sees less, and after shipping Amazon leaves out more and more, the telephone first.
  const isWithheld = isOver || shipTo === undefined || buyer.buyerName === undefined || isOfV0
  const sellerNumber = order.orderAliases.find((alias) => alias.aliasType === 'SELLER_ORDER_ID')?.aliasId
  const snapshot = {
    platformOrderId: orderId,
    status,
    platformStatus,
    fulfilledBy: fulfillment.fulfilledBy === 'AMAZON' ? ('platform' as const) : ('seller' as const),
    paymentState: status === 'awaiting-payment' || status === 'cancelled' ? ('pending' as const) : ('paid' as const),
    purchasedAt: order.createdTime,
    updatedAt: order.lastUpdatedTime,
    ...defined({
      displayNumber: sellerNumber === orderId ? undefined : sellerNumber,
      ignoredReason,
      noWriteBackReason: reasonForNoWriteBack(order),
      site: salesChannel.marketplaceId ?? marketplaceNamed(salesChannel.marketplaceName ?? ''),
      shipBy: fulfillment.shipByWindow.latestDateTime,
      deliverBy: fulfillment.deliverByWindow.latestDateTime,
      releaseNotBefore: fulfillment.labelPrintingWindow.earliestDateTime,
      promisedService: fulfillment.fulfillmentServiceLevel,
      personalWithheld: isWithheld || undefined,
      totals: totalsOf(order, doubts),
      shipments: isOfV0 ? mapCounts(order.orderItems) : packages && mapPackages(packages),
    }),
    personal: {
      ...defined({ shipTo }),
      buyer: defined({ name: buyer.buyerName, email: buyer.buyerEmail }),
      notes: mapNotes(order),
    },
    lines: order.orderItems.map((item) => mapLine(item, status === 'cancelled', doubts)),
    taxIds: mapTaxIds(order),
    tags: mapTags(order),
    partialShipmentAllowed: true,
    raw,
  }
  const holds = isOursToShip ? holdsBeforeShipping(order, shipTo, doubts) : []
  return { ...snapshot, holds: ignoredReason === undefined ? [...holds, ...holdOfDoubts(doubts)] : [] }
}

/** The id of a record of any form. */
export function idOf(record: unknown): string | undefined {
  return amazonOrder.pick({ orderId: true }).safeParse(inPresentShape(record)).data?.orderId
}

/** A record of a list, which holds the status and little more; undefined when id or date cannot be read. */
export function readListed(record: unknown): ListedOrder | undefined {
  const { data } = listedOrder.safeParse(inPresentShape(record))
  return data && { platformOrderId: data.orderId, createdAt: data.createdTime, status: statusOf(data.fulfillment.fulfillmentStatus) }
}

function reasonToIgnore({ salesChannel, fulfillment, programs }: AmazonOrder): string | undefined {
  if (salesChannel.channelName === 'NON_AMAZON') return 'multi-channel fulfillment order placed outside Amazon'
  if (fulfillment.fulfilledBy === 'AMAZON') return 'fulfilled by Amazon'
  if (fulfillment.fulfillmentStatus === 'UNFULFILLABLE') return 'unfulfillable at Amazon'
  if (programs.includes('IN_STORE_PICK_UP')) return 'picked up in the store'
  return undefined
}

/**
 * Programs whose labels come from Amazon, which records the shipment with the label and answers a confirmation with 400.
 * Source: https://developer-docs.amazon.com/sp-api/docs/confirm-the-shipment-status (read 2026-11-24).
 */
const selfRecordingPrograms = ['FBM_SHIP_PLUS', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON']

function reasonForNoWriteBack(order: AmazonOrder): string | undefined {
  const programs = [...order.programs, ...order.orderItems.flatMap((item) => item.programs)]
  const program = programs.find((name) => selfRecordingPrograms.includes(name))
  return program && `Amazon records shipments of ${program} by itself, with the label that is bought there, and takes no confirmation`
}

function mapNotes({ recipient, buyer, orderItems }: AmazonOrder): OrderSnapshot['personal']['notes'] {
  const { dropOffLocation, addressInstruction } = recipient.deliveryPreference
  const number = buyer.buyerPurchaseOrderNumber
  const words = [dropOffLocation, addressInstruction, number && `purchase order ${number}`]
  const gifts = orderItems.map((item) => item.fulfillment.packing.giftOption?.giftMessage)
  return defined({ buyer: words.filter(Boolean).join('; '), gift: [...new Set(gifts)].filter(Boolean).join('\n') })
}

function mapLine(item: AmazonItem, isCancelled: boolean, doubts: Doubts): OrderLineSnapshot {
  const { orderItemId, product, quantityOrdered: ordered } = item
  const { quantityFulfilled: shipped = 0, quantityUnfulfilled: open = ordered - shipped } = item.fulfillment
  if (shipped + Math.max(open, 0) > ordered)
    doubts.push(`item ${orderItemId} counts ${shipped} fulfilled and ${open} unfulfilled of ${ordered} ordered units`)
  return {
    platformLineId: orderItemId,
    channelSku: asChannelSku(product.sellerSku ?? ''),
    title: product.title ?? '',
    quantity: ordered,
    cancelledQuantity: Math.max(0, ordered - shipped - (isCancelled ? 0 : open)),
    shippedQuantity: Math.min(shipped, ordered),
    ...defined({
      itemId: product.asin,
      unitPrice: readMoney(product.price.unitPrice, `item ${orderItemId}, unitPrice`, doubts),
      // The file behind the URL names the buyer, so the line only says that it exists.
      customization: product.customization.customizedUrl && 'Amazon Custom: see the order in Seller Central',
    }),
  }
}

/** The numbers of the buyer that customs want: that for VAT or of a company, and in Brazil that of a person. */
function mapTaxIds({ orderItems, tax }: AmazonOrder): TaxIds {
  const ioss = orderItems.map((item) => item.fulfillment.shipping.internationalShipping.iossNumber).find(Boolean)
  const ofBuyer = tax.taxRegistrations.filter(({ entityType }) => entityType === 'BUYER')
  const numberOf = (type: string) => ofBuyer.find((one) => one.taxRegistrationType === type)?.taxRegistrationNumber
  return defined({ ioss, vat: numberOf('VAT') ?? numberOf('CNPJ'), identityNumber: numberOf('CPF') })
}

function mapTags({ programs, associatedOrders, recipient, orderItems }: AmazonOrder): readonly string[] {
  const words = [
    ...programs,
    ...associatedOrders.map(({ associationType }) => associationType?.replace('_ORIGINAL_ID', '')),
    recipient.deliveryAddress?.addressType,
    ...recipient.deliveryPreference.deliveryCapabilities,
    ...orderItems.flatMap(wordsOfItem),
  ]
  return [...new Set(words.flatMap((word) => (word ? [word.toLowerCase().replaceAll('_', '-')] : [])))]
}

function wordsOfItem({ programs, fulfillment, cancellation, tax }: AmazonItem): readonly (string | undefined)[] {
  const { packing, shipping } = fulfillment
  const constraints = Object.entries(shipping.shippingConstraints ?? {}).filter(([, value]) => value !== null)
  const { cancelledBy } = cancellation.cancellationExecution
  return [
    ...programs,
    ...constraints.map(([name]) => name.replace(/[A-Z]/g, (letter) => `_${letter}`)),
    packing.giftOption && 'gift',
    packing.giftOption?.giftWrapLevel && 'gift_wrap',
    packing.serialNumberRequirement && 'serial_number',
    cancelledBy && `cancelled_by_${cancelledBy}`,
    ...tax.taxCalculationBreakdowns.map(({ reportingScheme }) => reportingScheme),
    ...tax.taxCollections.map(({ model }) => model),
  ]
}
