import { z } from 'zod'
import type { HttpResponse } from '../../core/ports/transport.ts'
import { parseInstant } from '../../core/value/instant.ts'
import { parseJson } from '../shared/parse-json.ts'
import { absent, each, listOf, instant as requiredInstant } from '../shared/schema.ts'

/**
 * The answers of the Merchant API, only the fields that are used. Wish calls no field of an order required; unknown
 * words of an enumeration pass as text and are judged in map-order.ts.
 * Source: Wish Marketplace V3 API 3.0.65 (read 2026-11-22).
 */
const word = z.union([z.string(), z.number()]).transform(String)
const text = absent(word)
const instant = absent(requiredInstant)
const readableInstant = z.string().transform(parseInstant).optional().catch(undefined)
const wholeNumber = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
const block = <Shape extends z.ZodRawShape>(shape: Shape) => absent(z.object(shape))
/** A list by the schema; one text with commas by the prose beside it. */
const orderTypes = z.preprocess((value) => (typeof value === 'string' ? value.match(/[^\s,]+/g) : value), listOf(word))
/** `amount` is the number's own text when the body was read by `parseExactly`. */
const money = absent(
  z.object({ amount: word, currency_code: z.string() }).transform(({ amount, currency_code }) => ({ amount, currency: currency_code })),
)

const shippingDetail = block({
  ...each(text, 'name', 'street_address1', 'street_address2', 'street_address3', 'neighborhood'),
  ...each(text, 'city', 'state', 'region', 'zipcode', 'country_code'),
  phone_number: block(each(text, 'number', 'country_code')),
})

const paymentDetails = block({
  product_quantity: absent(wholeNumber.pipe(z.int().min(0))),
  ...each(money, 'product_price', 'discounted_price', 'product_shipping_price'),
})

const taxInformation = block({
  customer_identity_number: text,
  transaction_tax: listOf(z.object({ ...each(text, 'tax_type', 'remit_type'), tax_amount_in_merchant_currency: money })),
  vat_information: block({
    eu_vat_customs_declaration: block({ vat_payer: block({ ioss_number: text }) }),
    required_vat_numbers: block(each(block(each(text, 'number', 'entity')), 'vat', 'eori', 'voec')),
  }),
})

export const wishOrder = z.object({
  id: z.string().min(1),
  updated_at: requiredInstant,
  released_at: instant,
  ...each(text, 'transaction_id', 'state', 'processing_source', 'processing_status'),
  full_address: block({ shipping_detail: shippingDetail }),
  product_information: block(each(text, 'id', 'variation_id', 'sku', 'name', 'color', 'size')),
  order_payment: block({ general_payment_details: paymentDetails }),
  warehouse_information: block({ warehouse_id: text }),
  fulfillment_requirements: block(each(instant, 'expected_ship_time', 'expected_delivery_time')),
  fulfillment_order_types: orderTypes,
  fulfillment_records: listOf(z.object({ event_type: text, event_time: instant })),
  tracking_information: listOf(z.object({ tracking_number: text, shipping_provider: block({ name: text }) })),
  tax_information: taxInformation,
  refunds: listOf(z.object({ refund_source: text, refund_time: readableInstant })),
  special_programs: listOf(z.object(each(text, 'display_name', 'status'))),
})

export type WishOrder = z.infer<typeof wishOrder>

export const tokenAnswer = z.object({ access_token: z.string().min(1), refresh_token: text, expiry_time: readableInstant })

/** The names of the carriers. */
export const carriersAnswer = z.array(z.object({ name: text })).transform((carriers) => carriers.flatMap(({ name }) => name ?? []))

export const testAnswer = z.object({ merchant_id: word })

/** What the paging needs of a record, read from records that are otherwise unreadable too. */
const recordKeys = z
  .object({
    id: z.string().min(1).optional().catch(undefined),
    ...each(readableInstant, 'updated_at', 'released_at'),
  })
  .catch({})

export type RecordKeys = z.infer<typeof recordKeys>

/** One order as it came: untouched, with the exact text of its amounts, and with its keys. */
export interface WishRecord extends RecordKeys {
  readonly raw: unknown
  readonly exact: unknown
}

export function recordOf(raw: unknown, exact: unknown): WishRecord {
  return { raw, exact, ...recordKeys.parse(raw) }
}

/** `code` is typed as an integer and shown as text in the examples: both are read. */
const envelope = z.object({ code: wholeNumber, message: text, data: z.unknown().optional() })

/** Whose answer it was, for messages. */
export interface WishCaller {
  /** Undefined while a shop is being connected. */
  readonly shop?: string
  readonly account: string
  readonly doing: string
}

export type WishAnswer = ReturnType<typeof parseAnswer>

/** Opens the envelope of an answer, whatever its status. Without a `code` it was none in the documented form. */
export function parseAnswer({ status, body, headers }: HttpResponse, caller: WishCaller) {
  const plain = envelope.safeParse(parseJson(body)).data
  const exact = envelope.safeParse(parseJson(body, parseExactly)).data
  return {
    caller,
    status,
    code: plain?.code,
    message: plain?.message ?? '',
    data: plain?.data,
    exactData: exact?.data,
    /** The id that Wish asks for when one needs help. */
    requestId: headers['wish-request-id'],
  }
}

/**
 * JSON whose amounts keep the text they were sent with, so that money never passes through a float.
 * Throws SyntaxError when the text is not JSON.
 */
export function parseExactly(body: string): unknown {
  const keepAmounts = (key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    key === 'amount' && typeof value === 'number' ? (context?.source ?? String(value)) : value
  return JSON.parse(body, keepAmounts)
}
