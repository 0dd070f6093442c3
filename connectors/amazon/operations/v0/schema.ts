import { z } from 'zod'
import { absent, instant, text } from '../../../shared/schema.ts'

const money = absent(z.object({ Amount: z.union([z.string(), z.number().transform(String)]), CurrencyCode: z.string() }))
/** v0 sends some booleans as text. */
const flag = absent(z.union([z.boolean(), z.string()])).transform((value) => value === true || value === 'true')

/** Orders API v0, as far as it is used here. Source: ordersV0.json of the official models (read 2026-11-22). */
const v0Order = z.object({
  AmazonOrderId: z.string().min(1),
  SellerOrderId: text,
  PurchaseDate: text,
  LastUpdateDate: text,
  OrderStatus: text,
  FulfillmentChannel: text,
  SalesChannel: text,
  MarketplaceId: text,
  ShipmentServiceLevelCategory: text,
  EasyShipShipmentStatus: text,
  OrderType: text,
  LatestShipDate: text,
  LatestDeliveryDate: text,
  OrderTotal: money,
  IsPrime: flag,
  IsBusinessOrder: flag,
  IsPremiumOrder: flag,
  IsIBA: flag,
  IsISPU: flag,
  IsReplacementOrder: flag,
  ReplacedOrderId: text,
  BuyerInfo: absent(z.object({ BuyerName: text, BuyerEmail: text, PurchaseOrderNumber: text })),
  ShippingAddress: absent(
    z.object({
      Name: text,
      CompanyName: text,
      AddressLine1: text,
      AddressLine2: text,
      AddressLine3: text,
      City: text,
      County: text,
      District: text,
      StateOrRegion: text,
      Municipality: text,
      PostalCode: text,
      CountryCode: text,
      Phone: text,
      AddressType: text,
      ExtendedFields: absent(z.object({ StreetName: text, StreetNumber: text, Complement: text, Neighborhood: text })),
    }),
  ),
})

const v0Item = z.object({
  OrderItemId: text,
  ASIN: text,
  SellerSKU: text,
  Title: text,
  QuantityOrdered: z.number(),
  QuantityShipped: absent(z.number()),
  ItemPrice: money,
  ShippingPrice: money,
  ItemTax: money,
  ShippingTax: money,
  ShippingDiscount: money,
  PromotionDiscount: money,
  CODFee: money,
  CODFeeDiscount: money,
  IsGift: flag,
  IsTransparency: flag,
  SerialNumberRequired: flag,
  IossNumber: text,
  DeemedResellerCategory: text,
  TaxCollection: absent(z.object({ Model: text })),
  AmazonPrograms: absent(z.object({ Programs: absent(z.array(z.string())) })),
  ShippingConstraints: absent(z.record(z.string(), z.unknown())),
  BuyerInfo: absent(
    z.object({
      GiftWrapPrice: money,
      GiftWrapTax: money,
      GiftMessageText: text,
      GiftWrapLevel: text,
      BuyerCustomizedInfo: absent(z.object({ CustomizedURL: text })),
    }),
  ),
  BuyerRequestedCancel: absent(z.object({ IsBuyerRequestedCancel: flag, BuyerCancelReason: text })),
})

/** One order of v0 with its items, which come by calls of their own. */
export const v0Record = z.object({ order: v0Order, items: z.array(v0Item) })

export const v0Id = v0Order.pick({ AmazonOrderId: true })

export type V0Order = z.output<typeof v0Order>
export type V0Item = z.output<typeof v0Item>

export const restrictedTokenAnswer = z.object({ restrictedDataToken: z.string().min(1), expiresIn: z.number().positive() })

export const v0OrdersAnswer = z.object({
  payload: z.object({
    Orders: z.array(z.unknown()),
    NextToken: text,
    LastUpdatedBefore: absent(instant),
    CreatedBefore: absent(instant),
  }),
})
export const v0OrderAnswer = z.object({ payload: z.looseObject({}) })
export const v0ItemsAnswer = z.object({ payload: z.object({ OrderItems: z.array(z.unknown()), NextToken: text }) })

/** What the completeness sweep needs of a listed order. */
export const listedV0Order = z.object({ AmazonOrderId: z.string().min(1), PurchaseDate: instant, OrderStatus: z.string() })
