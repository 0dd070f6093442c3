import { SyncError } from '../../core/errors.ts'
import type { Address, OrderLineSnapshot, OrderSnapshot, PlatformHold, SnapshotStatus, TaxIds } from '../../core/model/order.ts'
import type { RejectedRecord } from '../../core/ports/connector.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { isCountry } from '../shared/country.ts'
import { type Doubts, mapTotals, readMoney } from './map-money.ts'
import { mapPackages } from './map-shipment.ts'
import { type AmazonAddress, type AmazonItem, type AmazonOrder, amazonOrder } from './schema.ts'

/** What one record of an answer became. */
export type Reading = { readonly order: OrderSnapshot } | { readonly rejected: RejectedRecord }

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

/** Programmes whose parcels Amazon wants labeled or collected through itself. */
const amazonLabelPrograms = ['PRIME', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON']

/** Reads one record; what cannot become an order is rejected with its place and reason. `raw` is what Amazon sent, when that differs. Pure. */
export function readOrder(record: unknown, raw: unknown = record): Reading {
  const parsed = amazonOrder.safeParse(record)
  if (!parsed.success) {
    const reasons = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    return { rejected: rejection(record, reasons.join('; '), raw) }
  }
  try {
    return { order: mapOrder(parsed.data, raw) }
  } catch (error) {
    if (error instanceof SyncError && error.kind === 'invalid-data') return { rejected: rejection(record, error.message, raw) }
    throw error
  }
}

function rejection(record: unknown, reason: string, payload: unknown): RejectedRecord {
  const { orderId }: { orderId?: unknown } = typeof record === 'object' && record !== null ? record : {}
  return { ...(typeof orderId === 'string' ? { platformOrderId: orderId } : {}), reason, payload }
}

/** An order of the 2026-01-01 shape to the canonical one. Throws `invalid-data` for an amount that is none. */
function mapOrder(order: AmazonOrder, raw: unknown): OrderSnapshot {
  const doubts: Doubts = []
  const platformStatus = order.fulfillment?.fulfillmentStatus ?? ''
  const status = mapStatus(platformStatus, doubts)
  const ignoredReason = reasonToIgnore(order)
  const isOursToShip = ignoredReason === undefined && (status === 'open' || status === 'partially-shipped')
  const shipTo = mapAddress(order, doubts)
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
    ...defined({ totals: mapTotals(order, doubts) }),
    taxIds: mapTaxIds(order),
    tags: mapTags(order),
    partialShipmentAllowed: true,
    ...defined({ shipments: order.packages === undefined ? undefined : mapPackages(order.packages) }),
    raw,
  }
  const holds = isOursToShip ? holdsBeforeShipping(order, shipTo, doubts) : []
  return { ...snapshot, holds: ignoredReason === undefined ? [...holds, ...holdOfDoubts(doubts)] : [] }
}

/** One hold for all doubts: at most one is open per order and reason. */
function holdOfDoubts(doubts: Doubts): readonly PlatformHold[] {
  return doubts.length === 0 ? [] : [{ reason: 'unknown-value', detail: [...new Set(doubts)].join('; ') }]
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

function holdsBeforeShipping(order: AmazonOrder, shipTo: Address | undefined, doubts: Doubts): readonly PlatformHold[] {
  const holds: PlatformHold[] = []
  const channel = order.salesChannel.channelName
  if (channel !== 'AMAZON') doubts.push(`Amazon names the sales channel "${channel}", which is not known here`)
  const fulfilledBy = order.fulfillment?.fulfilledBy
  if (fulfilledBy !== 'MERCHANT')
    doubts.push(`Amazon does not say that the seller fulfills this order (fulfilledBy "${fulfilledBy ?? ''}")`)
  if (order.orderItems.length === 0) doubts.push('Amazon lists no items on this order')
  if (shipTo === undefined) {
    const detail =
      'Amazon sent no delivery address: give the application the role Direct-to-Consumer Delivery (Restricted) and authorize it again'
    holds.push({ reason: 'pii-missing', detail })
  }
  const request = order.orderItems.find((item) => item.cancellation?.cancellationRequest !== undefined)
  if (request) holds.push({ reason: 'cancel-pending', detail: cancelDetail(request) })
  const program = order.programs?.find((name) => amazonLabelPrograms.includes(name))
  if (program !== undefined) {
    holds.push({
      reason: 'platform-hold',
      detail: `${program} orders expect a label bought through Amazon; release it to ship it by the warehouse all the same`,
    })
  }
  return holds
}

function cancelDetail(item: AmazonItem): string {
  const reason = item.cancellation?.cancellationRequest?.cancelReason ?? ''
  // The reason may be a person's own words; only codes are repeated.
  const code = /^[A-Z][A-Z0-9_]{0,60}$/.test(reason) ? ` (${reason})` : ''
  return `the buyer asks to cancel item ${item.orderItemId}${code}: cancel the order in Seller Central, or release it to ship it`
}

/** Undefined when Amazon withheld it: without its role an application sees city and country, but no street. */
function mapAddress(order: AmazonOrder, doubts: Doubts): Address | undefined {
  const address = order.recipient?.deliveryAddress
  if (address === undefined || !hasStreet(address)) return undefined
  const country = address.countryCode ?? ''
  if (!isCountry(country)) doubts.push(`Amazon gives the delivery country "${country}", which is not a country code known here`)
  const extended = address.extendedFields
  const street = [extended?.streetName, extended?.streetNumber].filter(Boolean).join(', ')
  return {
    ...defined({
      name: address.name,
      company: address.companyName ?? order.buyer?.buyerCompanyName,
      phone: address.phone,
      email: order.buyer?.buyerEmail,
      line1: address.addressLine1 ?? (street === '' ? undefined : street),
      line2: address.addressLine2 ?? extended?.complement,
      line3: address.addressLine3,
      city: address.city ?? address.municipality,
      district: address.districtOrCounty ?? extended?.neighborhood,
      state: address.stateOrRegion,
      postcode: address.postalCode,
    }),
    country,
  }
}

function hasStreet(address: AmazonAddress): boolean {
  return Boolean(address.addressLine1 || address.addressLine2 || address.addressLine3 || address.extendedFields?.streetName)
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

type Defined<Fields> = { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> }

/** Leaves out what is undefined or empty text, which both mean absent. */
function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(entries) as Defined<Fields>
}
