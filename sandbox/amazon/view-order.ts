import { addMs } from '../../core/value/instant.ts'
import { formatAmount, money } from '../../core/value/money.ts'
import { corrupt } from './corrupt.ts'
import { marketplaceOf } from './marketplaces.ts'
import { type OrderLine, openOf, type Package, type Seller, type SellerOrder, shippedOf, statusOf } from './state.ts'

/** The data sets of `includedData`: orders_2026-01-01.json (read 2026-11-22). */
export const dataSets = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
  'PAYMENT',
  'FULFILLMENT_ORDERS',
] as const
export type DataSet = (typeof dataSets)[number]

const dayMs = 86_400_000

/** An order as 2026-01-01 shows it: only the data sets asked for, and personal data only with the roles for it. */
export function viewOrder(order: SellerOrder, seller: Seller, wanted: ReadonlySet<DataSet>): unknown {
  const status = statusOf(order)
  const isPending = status === 'PENDING'
  const sees = { wanted, isPending, buyer: seller.personalData === 'granted', address: seller.personalData !== 'denied' }
  const view = {
    orderId: order.id,
    createdTime: order.createdAt,
    lastUpdatedTime: order.updatedAt,
    ...(order.programs.length > 0 ? { programs: order.programs } : {}),
    salesChannel: {
      channelName: 'AMAZON',
      marketplaceId: order.marketplaceId,
      marketplaceName: marketplaceOf(order.marketplaceId).domain.replace('www.amazon.', 'Amazon.'),
    },
    ...(wanted.has('BUYER') && !isPending ? { buyer: viewBuyer(order, sees) } : {}),
    ...(wanted.has('RECIPIENT') && !isPending && order.fulfilledBy === 'MERCHANT' ? { recipient: viewRecipient(order, sees) } : {}),
    ...(wanted.has('PROCEEDS') && !isPending ? { proceeds: viewProceeds(order) } : {}),
    ...(wanted.has('FULFILLMENT') ? { fulfillment: viewFulfillment(order) } : {}),
    orderItems: order.lines.map((line) => viewItem(order, line, sees)),
    ...(wanted.has('PACKAGES') && order.fulfilledBy === 'MERCHANT' ? { packages: order.packages.map(viewPackage) } : {}),
  }
  return corrupt(view, order.corruptions)
}

interface Sight {
  readonly wanted: ReadonlySet<DataSet>
  readonly isPending: boolean
  readonly buyer: boolean
  readonly address: boolean
}

function viewBuyer(order: SellerOrder, sees: Sight): unknown {
  if (!sees.buyer) return {}
  // The e-mail exists for orders that the merchant fulfills only.
  return { buyerName: order.buyer.name, ...(order.fulfilledBy === 'MERCHANT' ? { buyerEmail: order.buyer.email } : {}) }
}

/** Without the role the address is no more than the region; which fields those are: access-orders-pii (read 2026-11-22). */
function viewRecipient(order: SellerOrder, sees: Sight): unknown {
  const to = order.shipTo
  const region = { city: to.city, districtOrCounty: to.district, stateOrRegion: to.state, countryCode: to.country }
  if (!sees.address) return { deliveryAddress: region }
  const address = {
    name: to.name,
    companyName: to.company,
    addressLine1: to.line1,
    addressLine2: to.line2,
    addressLine3: to.line3,
    ...region,
    postalCode: to.postcode,
    phone: to.phone,
    addressType: to.company ? 'COMMERCIAL' : 'RESIDENTIAL',
  }
  return { deliveryAddress: address, ...(order.buyerNote ? { deliveryPreference: { addressInstruction: order.buyerNote } } : {}) }
}

/** Prices hold the tax in Europe and Japan, and do not in America: the grand total differs. */
function isTaxIncluded(order: SellerOrder): boolean {
  return marketplaceOf(order.marketplaceId).region !== 'na'
}

export function lineTotal(order: SellerOrder, line: OrderLine): number {
  return line.unitPrice * line.quantity + line.shipping - line.discount + (isTaxIncluded(order) ? 0 : line.tax)
}

function viewMoney(order: SellerOrder, minorUnits: number): unknown {
  return { amount: formatAmount(money(minorUnits, order.currency)), currencyCode: order.currency }
}

const sum = (lines: readonly OrderLine[], part: (line: OrderLine) => number): number => lines.reduce((total, line) => total + part(line), 0)

function viewProceeds(order: SellerOrder): unknown {
  const parts = [
    ['ITEM', sum(order.lines, (line) => line.unitPrice * line.quantity)],
    ['SHIPPING', sum(order.lines, (line) => line.shipping)],
    ['DISCOUNT', sum(order.lines, (line) => line.discount)],
    ['TAX', sum(order.lines, (line) => line.tax)],
  ] as const
  return {
    grandTotal: viewMoney(
      order,
      sum(order.lines, (line) => lineTotal(order, line)),
    ),
    breakdowns: parts
      .filter(([type, units]) => type === 'ITEM' || units !== 0)
      .map(([type, units]) => ({ type, subtotal: viewMoney(order, units) })),
  }
}

function viewFulfillment(order: SellerOrder): unknown {
  const isOurs = order.fulfilledBy === 'MERCHANT'
  return {
    fulfillmentStatus: statusOf(order),
    fulfilledBy: order.fulfilledBy,
    fulfillmentServiceLevel: 'STANDARD',
    ...(isOurs ? { shipByWindow: { earliestDateTime: order.createdAt, latestDateTime: shipByOf(order) } } : {}),
    deliverByWindow: { earliestDateTime: addMs(order.createdAt, 3 * dayMs), latestDateTime: deliverByOf(order) },
  }
}

export function shipByOf(order: SellerOrder): string {
  return addMs(order.createdAt, 2 * dayMs)
}

export function deliverByOf(order: SellerOrder): string {
  return addMs(order.createdAt, 7 * dayMs)
}

function viewItem(order: SellerOrder, line: OrderLine, sees: Sight): unknown {
  const { wanted, isPending } = sees
  const price = isPending ? {} : { price: { unitPrice: viewMoney(order, line.unitPrice) } }
  const custom = line.customization && sees.buyer ? { customization: { customizedUrl: `https://zme-caps.amazon.com/t/${line.id}` } } : {}
  return {
    orderItemId: line.id,
    quantityOrdered: line.quantity,
    ...(order.itemPrograms.length > 0 ? { programs: order.itemPrograms } : {}),
    product: { asin: line.asin, title: line.title, ...(line.sku === '' ? {} : { sellerSku: line.sku }), ...price, ...custom },
    ...(wanted.has('PROCEEDS') && !isPending ? { proceeds: viewItemProceeds(order, line) } : {}),
    ...(wanted.has('CANCELLATION') && line.cancelRequested
      ? { cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'BUYER_CANCELLED' } } }
      : {}),
    ...(wanted.has('FULFILLMENT') ? { fulfillment: viewItemFulfillment(order, line, sees) } : {}),
  }
}

function viewItemProceeds(order: SellerOrder, line: OrderLine): unknown {
  const taxes = {
    type: 'TAX',
    subtotal: viewMoney(order, line.tax),
    detailedBreakdowns: [{ subtype: 'ITEM', value: viewMoney(order, line.tax) }],
  }
  return {
    proceedsTotal: viewMoney(order, lineTotal(order, line)),
    breakdowns: [
      { type: 'ITEM', subtotal: viewMoney(order, line.unitPrice * line.quantity) },
      ...(line.shipping === 0 ? [] : [{ type: 'SHIPPING', subtotal: viewMoney(order, line.shipping) }]),
      ...(line.discount === 0 ? [] : [{ type: 'DISCOUNT', subtotal: viewMoney(order, line.discount) }]),
      ...(line.tax === 0 ? [] : [taxes]),
    ],
  }
}

function viewItemFulfillment(order: SellerOrder, line: OrderLine, sees: Sight): unknown {
  const gift = order.giftMessage === undefined ? {} : { packing: { giftOption: sees.buyer ? { giftMessage: order.giftMessage } : {} } }
  const ioss = order.ioss === undefined ? {} : { shipping: { internationalShipping: { iossNumber: order.ioss } } }
  return { quantityFulfilled: shippedOf(order, line), quantityUnfulfilled: openOf(order, line), ...gift, ...ioss }
}

function viewPackage(parcel: Package): unknown {
  return {
    packageReferenceId: parcel.reference,
    createdTime: parcel.createdAt,
    packageStatus: { status: 'SHIPPED' },
    carrier: parcel.carrier,
    shipTime: parcel.shippedAt,
    trackingNumber: parcel.trackingNumber,
    packageItems: parcel.items.map((item) => ({ orderItemId: item.lineId, quantity: item.quantity })),
  }
}
