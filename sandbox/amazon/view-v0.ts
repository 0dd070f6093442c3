import { formatAmount, money } from '../../core/value/money.ts'
import { marketplaceOf } from './marketplaces.ts'
import { type OrderLine, type SellerOrder, shippedOf, statusOf } from './state.ts'
import { deliverByOf, lineTotal, shipByOf } from './view-order.ts'

/** Which personal data the token of a request opens. */
export interface V0Sight {
  readonly buyerInfo: boolean
  readonly shippingAddress: boolean
}

/** v0 spells Canceled with one l. */
export const v0Statuses = {
  PENDING: 'Pending',
  UNSHIPPED: 'Unshipped',
  PARTIALLY_SHIPPED: 'PartiallyShipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Canceled',
} as const

const seconds = (text: string): string => text.replace(/\.\d+Z$/, 'Z')

function amount(order: SellerOrder, minorUnits: number): unknown {
  return { Amount: formatAmount(money(minorUnits, order.currency)), CurrencyCode: order.currency }
}

/** An order as v0 lists it. Source: Order in ordersV0.json (read 2026-11-22). */
export function viewV0Order(order: SellerOrder, sees: V0Sight): unknown {
  const status = v0Statuses[statusOf(order)]
  const total = order.lines.reduce((sum, line) => sum + lineTotal(order, line), 0)
  const view = {
    AmazonOrderId: order.id,
    PurchaseDate: seconds(order.createdAt),
    LastUpdateDate: seconds(order.updatedAt),
    OrderStatus: status,
    FulfillmentChannel: order.fulfilledBy === 'MERCHANT' ? 'MFN' : 'AFN',
    SalesChannel: marketplaceOf(order.marketplaceId).domain.replace('www.amazon.', 'Amazon.'),
    MarketplaceId: order.marketplaceId,
    ShipmentServiceLevelCategory: 'Standard',
    OrderType: 'StandardOrder',
    EarliestShipDate: seconds(order.createdAt),
    LatestShipDate: seconds(shipByOf(order)),
    LatestDeliveryDate: seconds(deliverByOf(order)),
    IsPrime: order.programs.includes('PRIME'),
    IsBusinessOrder: false,
    IsPremiumOrder: false,
    IsISPU: order.programs.includes('IN_STORE_PICK_UP'),
    IsReplacementOrder: false,
    ...(status === 'Pending' ? {} : { OrderTotal: amount(order, total) }),
    ...viewV0Address(order, sees),
    ...(sees.buyerInfo && status !== 'Pending' ? { BuyerInfo: viewV0BuyerInfo(order, sees) } : {}),
  }
  return corruptV0(view, order.corruptions)
}

/** Only in these states; without the restricted token no more than the region. */
export function viewV0Address(order: SellerOrder, sees: V0Sight): object {
  if (order.fulfilledBy === 'AMAZON' || !['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED'].includes(statusOf(order))) return {}
  const to = order.shipTo
  const region = { City: to.city, County: to.district, StateOrRegion: to.state, PostalCode: to.postcode, CountryCode: to.country }
  if (!sees.shippingAddress) return { ShippingAddress: region }
  const lines = { AddressLine1: to.line1, AddressLine2: to.line2, AddressLine3: to.line3 }
  const type = to.company ? 'Commercial' : 'Residential'
  return { ShippingAddress: { Name: to.name, CompanyName: to.company, ...lines, ...region, Phone: to.phone, AddressType: type } }
}

export function viewV0BuyerInfo(order: SellerOrder, sees: V0Sight): object {
  if (!sees.buyerInfo) return {}
  return { BuyerName: order.buyer.name, ...(order.fulfilledBy === 'MERCHANT' ? { BuyerEmail: order.buyer.email } : {}) }
}

/** Prices are for the line, and absent while the order is pending. Some booleans are text. */
export function viewV0Item(order: SellerOrder, line: OrderLine, sees: V0Sight): unknown {
  const isPending = statusOf(order) === 'PENDING'
  const prices = {
    ItemPrice: amount(order, line.unitPrice * line.quantity),
    ...(line.shipping === 0 ? {} : { ShippingPrice: amount(order, line.shipping) }),
    ...(line.tax === 0 ? {} : { ItemTax: amount(order, line.tax) }),
    ...(line.discount === 0 ? {} : { PromotionDiscount: amount(order, line.discount) }),
  }
  return {
    ASIN: line.asin,
    ...(line.sku === '' ? {} : { SellerSKU: line.sku }),
    OrderItemId: line.id,
    Title: line.title,
    // A cancelled order shows no units at all.
    QuantityOrdered: line.quantity - line.cancelled,
    QuantityShipped: shippedOf(order, line),
    IsTransparency: order.itemPrograms.includes('TRANSPARENCY'),
    ...(order.programs.includes('FBM_SHIP_PLUS') ? { AmazonPrograms: { Programs: ['FBM_SHIP_PLUS'] } } : {}),
    IsGift: order.giftMessage === undefined ? 'false' : 'true',
    ...(order.ioss === undefined ? {} : { IossNumber: order.ioss }),
    ...(isPending ? {} : prices),
    ...(line.cancelRequested ? { BuyerRequestedCancel: { IsBuyerRequestedCancel: 'true', BuyerCancelReason: 'BUYER_CANCELLED' } } : {}),
    ...(sees.buyerInfo && !isPending ? { BuyerInfo: viewV0ItemBuyerInfo(order, line, sees) } : {}),
  }
}

export function viewV0ItemBuyerInfo(order: SellerOrder, line: OrderLine, sees: V0Sight): object {
  if (!sees.buyerInfo) return {}
  return {
    ...(order.giftMessage === undefined ? {} : { GiftMessageText: order.giftMessage }),
    ...(line.customization ? { BuyerCustomizedInfo: { CustomizedURL: `https://zme-caps.amazon.com/t/${line.id}` } } : {}),
  }
}

/** v0 knows few of the ways to break a record; the others are about the new shape. */
function corruptV0(view: object, ways: readonly string[]): unknown {
  return {
    ...view,
    ...(ways.includes('bad-time') ? { LastUpdateDate: 'yesterday' } : {}),
    ...(ways.includes('no-grand-total') ? { OrderTotal: undefined } : {}),
    ...(ways.includes('no-marketplace-id') ? { MarketplaceId: undefined } : {}),
  }
}
