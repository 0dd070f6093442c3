import type { OrderSnapshot } from '../../../../core/model/order.ts'
import { readOrder } from '../../map-order.ts'
import { type V0Item, type V0Order, v0Id, v0Record } from './schema.ts'

/** A v0 order and its items, as they came. */
export interface V0Record {
  readonly order: unknown
  readonly items: readonly unknown[]
}

/**
 * A v0 order and its items to the snapshot that the 2026-01-01 reading gives. v0 knows no packages, tax numbers and
 * delivery notes, so those that are stored stay. Throws as `readOrder`. Pure.
 */
export function readV0Order(record: V0Record): OrderSnapshot {
  const { order, items } = v0Record.parse(record)
  return { ...readOrder(asNewOrder(order, items), record), personalWithheld: true }
}

/** The id of a record of any form. */
export function v0IdOf(order: unknown): string | undefined {
  return v0Id.safeParse(order).data?.AmazonOrderId
}

const channels = new Map([
  ['MFN', 'MERCHANT'],
  ['AFN', 'AMAZON'],
])

/** Field by field as in Amazon's migration guide (selling-partner-api-samples, orders-api-migration-data.json, read 2026-11-22). */
function asNewOrder(order: V0Order, items: readonly V0Item[]): unknown {
  return {
    orderId: order.AmazonOrderId,
    createdTime: order.PurchaseDate,
    lastUpdatedTime: order.LastUpdateDate,
    orderAliases: order.SellerOrderId ? [{ aliasId: order.SellerOrderId, aliasType: 'SELLER_ORDER_ID' }] : [],
    programs: programsOf(order),
    associatedOrders: order.IsReplacementOrder ? [{ orderId: order.ReplacedOrderId, associationType: 'REPLACEMENT_ORIGINAL_ID' }] : [],
    salesChannel: {
      channelName: /^non-amazon/i.test(order.SalesChannel ?? '') ? 'NON_AMAZON' : 'AMAZON',
      marketplaceId: order.MarketplaceId,
    },
    buyer: {
      buyerName: order.BuyerInfo?.BuyerName,
      buyerEmail: order.BuyerInfo?.BuyerEmail,
      buyerPurchaseOrderNumber: order.BuyerInfo?.PurchaseOrderNumber,
    },
    recipient: { deliveryAddress: addressOf(order) },
    proceeds: { grandTotal: moneyOf(order.OrderTotal) },
    fulfillment: {
      fulfillmentStatus: v0StatusOf(order.OrderStatus ?? ''),
      fulfilledBy: channels.get(order.FulfillmentChannel ?? '') ?? order.FulfillmentChannel,
      fulfillmentServiceLevel: upperWords(order.ShipmentServiceLevelCategory ?? ''),
      shipByWindow: { latestDateTime: order.LatestShipDate },
      deliverByWindow: { latestDateTime: order.LatestDeliveryDate },
    },
    orderItems: items.map(itemOf),
  }
}

/** v0's word for a status to that of 2026-01-01. */
export function v0StatusOf(status: string): string {
  return status === 'Canceled' ? 'CANCELLED' : upperWords(status)
}

function programsOf(order: V0Order): readonly string[] {
  const flags: readonly (readonly [boolean, string])[] = [
    [order.IsPrime, 'PRIME'],
    [order.IsBusinessOrder, 'AMAZON_BUSINESS'],
    [order.IsPremiumOrder, 'PREMIUM'],
    [order.OrderType === 'Preorder', 'PREORDER'],
    [order.IsISPU, 'IN_STORE_PICK_UP'],
    [order.IsIBA, 'INVOICE_BY_AMAZON'],
    [order.EasyShipShipmentStatus !== undefined, 'AMAZON_EASY_SHIP'],
  ]
  return flags.filter(([isSet]) => isSet).map(([, program]) => program)
}

function addressOf(order: V0Order): unknown {
  const address = order.ShippingAddress
  if (address === undefined) return undefined
  const { StreetName, StreetNumber, Complement, Neighborhood } = address.ExtendedFields ?? {}
  return {
    name: address.Name,
    companyName: address.CompanyName,
    addressLine1: address.AddressLine1,
    addressLine2: address.AddressLine2,
    addressLine3: address.AddressLine3,
    city: address.City,
    districtOrCounty: [address.District, address.County].filter(Boolean).join(', '),
    stateOrRegion: address.StateOrRegion,
    municipality: address.Municipality,
    postalCode: address.PostalCode,
    countryCode: address.CountryCode,
    phone: address.Phone,
    addressType: address.AddressType?.toUpperCase(),
    extendedFields: { streetName: StreetName, streetNumber: StreetNumber, complement: Complement, neighborhood: Neighborhood },
  }
}

function itemOf(item: V0Item): unknown {
  const shipped = item.QuantityShipped ?? 0
  const parts = [
    ['ITEM', item.ItemPrice],
    ['SHIPPING', item.ShippingPrice],
    ['GIFT_WRAP', item.BuyerInfo?.GiftWrapPrice],
    ['COD_FEE', item.CODFee],
    ['TAX', item.ItemTax],
    ['TAX', item.ShippingTax],
    ['TAX', item.BuyerInfo?.GiftWrapTax],
    ['DISCOUNT', item.PromotionDiscount],
    ['DISCOUNT', item.ShippingDiscount],
    ['DISCOUNT', item.CODFeeDiscount],
  ] as const
  return {
    orderItemId: item.OrderItemId,
    quantityOrdered: item.QuantityOrdered,
    programs: [...(item.AmazonPrograms?.Programs ?? []), ...(item.IsTransparency ? ['TRANSPARENCY'] : [])],
    product: {
      asin: item.ASIN,
      title: item.Title,
      sellerSku: item.SellerSKU,
      price: { unitPrice: unitPriceOf(item) },
      customization: { customizedUrl: item.BuyerInfo?.BuyerCustomizedInfo?.CustomizedURL },
    },
    proceeds: { breakdowns: parts.flatMap(([type, value]) => (value ? [{ type, subtotal: moneyOf(value) }] : [])) },
    cancellation: item.BuyerRequestedCancel?.IsBuyerRequestedCancel
      ? { cancellationRequest: { requester: 'BUYER', cancelReason: item.BuyerRequestedCancel.BuyerCancelReason } }
      : undefined,
    fulfillment: {
      quantityFulfilled: shipped,
      quantityUnfulfilled: Math.max(0, item.QuantityOrdered - shipped),
      packing: {
        giftOption: item.IsGift
          ? { giftMessage: item.BuyerInfo?.GiftMessageText, giftWrapLevel: item.BuyerInfo?.GiftWrapLevel }
          : undefined,
        serialNumberRequirement: item.SerialNumberRequired ? { requirementType: 'REQUIRED' } : undefined,
      },
      shipping: {
        shippingConstraints: lowerFirst(item.ShippingConstraints ?? {}),
        internationalShipping: { iossNumber: item.IossNumber },
      },
    },
    tax: {
      taxCalculationBreakdowns: [{ reportingScheme: item.DeemedResellerCategory }],
      taxCollections: [{ model: upperWords(item.TaxCollection?.Model ?? '') }],
    },
  }
}

/** v0's ItemPrice is for the whole line; the price of one unit is known only when it divides evenly. */
function unitPriceOf(item: V0Item): unknown {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(item.ItemPrice?.Amount ?? '')
  if (!match || item.QuantityOrdered < 1) return undefined
  const fraction = match[2] ?? ''
  const units = BigInt(`${match[1]}${fraction}`)
  const quantity = BigInt(item.QuantityOrdered)
  if (units % quantity !== 0n) return undefined
  const text = String(units / quantity).padStart(fraction.length + 1, '0')
  const amount = fraction === '' ? text : `${text.slice(0, -fraction.length)}.${text.slice(-fraction.length)}`
  return { amount, currencyCode: item.ItemPrice?.CurrencyCode }
}

function moneyOf(value: V0Order['OrderTotal']): unknown {
  return value && { amount: value.Amount, currencyCode: value.CurrencyCode }
}

/** `PartiallyShipped` to `PARTIALLY_SHIPPED`. */
function upperWords(text: string): string {
  return text.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
}

/** `PalletDelivery` to `palletDelivery`. */
function lowerFirst(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]))
}
