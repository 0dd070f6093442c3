import { z } from 'zod'
import { parseInstant } from '../../core/value/instant.ts'
import { absent, listOf, instant as requiredInstant } from '../shared/schema.ts'

/**
 * The answers of the Merchant API, only the fields that are used. Wish calls no field of an order required; unknown
 * words of an enumeration pass as text and are judged in map-order.ts.
 * Source: Wish Marketplace V3 API 3.0.65 (read 2026-11-22).
 */
const word = z.union([z.string(), z.number()]).transform(String)
const text = absent(word)
const instant = absent(requiredInstant)
const count = absent(z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(0)))
/** `amount` is the number's own text when the body was read by `parseExactly`. */
const money = absent(
  z.object({ amount: word, currency_code: z.string() }).transform(({ amount, currency_code }) => ({ amount, currency: currency_code })),
)

const taxNumber = absent(z.object({ number: text }))

const trackingInformation = z.object({
  tracking_number: text,
  shipping_provider: absent(z.object({ name: text })),
})

const shippingDetail = z.object({
  name: text,
  street_address1: text,
  street_address2: text,
  street_address3: text,
  neighborhood: text,
  city: text,
  state: text,
  region: text,
  zipcode: text,
  country_code: text,
  phone_number: absent(z.object({ number: text, country_code: text })),
})

const paymentDetails = z.object({
  product_quantity: count,
  product_price: money,
  discounted_price: money,
  product_shipping_price: money,
})

const taxInformation = z.object({
  customer_identity_number: text,
  transaction_tax: listOf(z.object({ tax_type: text, remit_type: text, tax_amount_in_merchant_currency: money })),
  vat_information: absent(
    z.object({
      eu_vat_customs_declaration: absent(z.object({ vat_payer: absent(z.object({ ioss_number: text })) })),
      required_vat_numbers: absent(z.object({ vat: taxNumber, eori: taxNumber, voec: taxNumber })),
    }),
  ),
})

export const wishOrder = z.object({
  id: z.string().min(1),
  updated_at: requiredInstant,
  released_at: instant,
  transaction_id: text,
  state: text,
  processing_source: text,
  processing_status: text,
  full_address: absent(z.object({ shipping_detail: absent(shippingDetail) })),
  product_information: absent(z.object({ id: text, variation_id: text, sku: text, name: text, color: text, size: text })),
  order_payment: absent(z.object({ general_payment_details: absent(paymentDetails) })),
  warehouse_information: absent(z.object({ warehouse_id: text })),
  fulfillment_requirements: absent(z.object({ expected_ship_time: instant, expected_delivery_time: instant })),
  fulfillment_order_types: listOf(word),
  fulfillment_records: listOf(z.object({ event_type: text, event_time: instant })),
  tracking_information: listOf(trackingInformation),
  tax_information: absent(taxInformation),
  refunds: listOf(z.object({ refund_source: text })),
  special_programs: listOf(z.object({ display_name: text, status: text })),
})

export type WishOrder = z.infer<typeof wishOrder>

/** `code` is typed as an integer and shown as text in the examples: both are read. */
export const envelope = z.object({
  code: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]),
  message: text,
  data: z.unknown().optional(),
})

/** `expiry_time` is a date-time; access tokens live 30 days. */
export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: text,
  expiry_time: text,
  merchant_id: text,
  scopes: listOf(z.string()),
})

export const carriersAnswer = z.array(z.object({ name: text }))

export const testAnswer = z.object({ merchant_id: word })

/** What the paging needs of a record, read from records that are otherwise unreadable too. */
export const recordKeys = z.object({
  id: z.string().min(1).optional().catch(undefined),
  updated_at: z.string().transform(parseInstant).optional().catch(undefined),
  released_at: z.string().transform(parseInstant).optional().catch(undefined),
})

export type RecordKeys = z.infer<typeof recordKeys>

interface ReviverContext {
  readonly source?: string
}

/**
 * JSON whose amounts keep the text they were sent with, so that money never passes through a float.
 * Throws SyntaxError when the text is not JSON.
 */
export function parseExactly(body: string): unknown {
  const keepAmounts = (key: string, value: unknown, context?: ReviverContext): unknown =>
    key === 'amount' && typeof value === 'number' ? plainDecimal(context?.source ?? String(value)) : value
  return JSON.parse(body, keepAmounts)
}

function plainDecimal(source: string): string {
  return /[eE]/.test(source) ? String(Number(source)) : source
}
