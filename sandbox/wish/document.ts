/**
 * The documents of the Merchant API as the simulation sends them. Every property of an order is optional in
 * the vendor's schema. Source: Wish Marketplace V3 API 3.0.65 (read 2026-11-22).
 */
export const orderStates = ['APPROVED', 'SHIPPED', 'REFUNDED', 'REQUIRE_REVIEW', 'DECLINED'] as const
export type OrderState = (typeof orderStates)[number]

/** What `order_type` can filter by; orders can have more types than these. */
export const orderTypeFilters = [
  'WISH_EXPRESS',
  'FULFILLED_BY_WISH',
  'FULFILLED_BY_STORE',
  'LESS_THAN_TRUCKLOAD',
  'ADVANCED_LOGISTICS',
  'WISH_PLUS',
] as const

export interface AmountDocument {
  readonly amount: number
  readonly currency_code: string
}

export interface ShippingDetail {
  name?: string
  street_address1: string
  street_address2?: string
  street_address3?: string
  neighborhood?: string
  city: string
  state: string
  region?: string
  zipcode: string
  country?: string
  country_code: string
  phone_number?: { number: string; country_code?: string }
}

export interface TrackingDocument {
  readonly tracking_number: string
  readonly origin_country?: string
  readonly ship_note?: string
  readonly shipping_provider: { readonly name: string }
}

export interface OrderDocument {
  id: string
  transaction_id: string
  state: OrderState
  released_at: string
  updated_at: string
  processing_source?: 'UPDATE_TRACKING' | 'REFUND' | 'MODIFY_SHIPPING'
  processing_status?: 'IN_PROGRESS' | 'FAILED' | 'SUCCEEDED'
  full_address: { shipping_detail: ShippingDetail }
  product_information: { id?: string; variation_id?: string; sku: string; name: string }
  order_payment: {
    general_payment_details: {
      product_quantity: number
      product_price: AmountDocument
      discounted_price: AmountDocument
      product_shipping_price: AmountDocument
      payment_total: AmountDocument
    }
  }
  warehouse_information: { warehouse_type: 'PRIMARY'; warehouse_name: string; warehouse_id: string }
  fulfillment_requirements: { expected_ship_time: string; expected_delivery_time: string }
  fulfillment_order_types: string[]
  fulfillment_records: { event_type: string; event_time: string }[]
  /** Newest first, at most two. */
  tracking_information: TrackingDocument[]
  tax_information?: unknown
  refunds: { refund_source: string; refund_reason: string; refund_time: string; refund_reason_note?: string }[]
  special_programs: { display_name: string; status: 'PENDING' | 'SUCCEED' | 'FAILED' }[]
}

/**
 * Carriers of `GET /api/v3/orders/shipping_carriers`. The real list is longer and changes; `CONFIRMED_DELIVERY`
 * is a part of `GENERAL`.
 */
export const generalCarriers = [
  'FedEx',
  'UPS',
  'USPS',
  'DHL',
  'DHLeCommerce',
  'DHLParcelDE',
  'DPD',
  'GLS',
  'Hermes',
  'RoyalMail',
  'ColisPrive',
  'Colissimo',
  'LaserShip',
  'OnTrac',
  'UniUni',
  'YunExpress',
  'CanadaPost',
  'AustraliaPost',
  'InPost',
  'PostNL',
  'Amazon Logistics',
]
export const confirmedDeliveryCarriers = ['FedEx', 'UPS', 'USPS', 'DHL', 'DPD', 'GLS', 'RoyalMail']

export const refundReasons = [
  'UNABLE_TO_SHIP',
  'ITEM_RETURNED_TO_SENDER',
  'ITEM_IS_DAMAGED',
  'SHIPPING_TAKING_TOO_LONG',
  'ITEM_DOES_NOT_FIT',
  'RECEIVED_WRONG_ITEM',
  'ITEM_IS_COUNTERFEIT',
  'ITEM_DOES_NOT_WORK_AS_DESCRIBED',
  'ITEM_DOES_NOT_MATCH_LISTING',
  'ITEM_MARKED_DELIVERED_BUT_DID_NOT_ARRIVE',
  'MERCHANT_SENT_TO_WRONG_ADDRESS',
  'REPLACEMENT_NEVER_RECEIVED',
  'WRONG_COLOR',
  'ITEM_IS_POOR_QUALITY',
  'INCOMPLETE_ORDER',
  'MERCHANT_OUT_OF_STOCK',
  'EMPTY_PACKAGE',
  'PRODUCT_LISTING_MISSING_INFO',
  'ITEM_DID_NOT_MEET_EXPECTATIONS',
  'RECEIVED_NOTE_FROM_MERCHANT',
  'MERCHANT_REPORTED_ORDER',
  'MERCHANT_REPORTED_BUYER_FRAUD',
] as const

/** Which of the reasons hold before shipping is not documented; these are the ones that make sense then. */
export const reasonsBeforeShipping: readonly string[] = ['UNABLE_TO_SHIP', 'MERCHANT_OUT_OF_STOCK', 'MERCHANT_REPORTED_BUYER_FRAUD']
