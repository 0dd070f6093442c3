import { z } from 'zod'
import { orderStates, orderTypeFilters, refundReasons } from './document.ts'

/**
 * What requests may carry: the parameters and properties of the document and no others. Whether Wish refuses
 * unknown ones is not documented; here it does, so that a wrong name shows.
 * Source: Wish Marketplace V3 API 3.0.65 (read 2026-11-22).
 */
const dateTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/, 'not a date-time with a zone')
const objectIdText = z.string().regex(/^[0-9a-f]{24}$/, 'not an object id')
const country = z.string().regex(/^[A-Z]{2}$/, 'not a country code of ISO 3166')
const one = <Item extends z.ZodType>(item: Item) =>
  z
    .array(z.unknown())
    .length(1, 'given more than once')
    .transform((values) => values[0])
    .pipe(item)

export const listQuery = z.strictObject({
  limit: one(z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(500))).optional(),
  states: z.array(z.enum(orderStates)).min(1).max(5).optional(),
  updated_at_min: one(dateTime).optional(),
  updated_at_max: one(dateTime).optional(),
  released_at_min: one(dateTime).optional(),
  released_at_max: one(dateTime).optional(),
  sort_by: one(z.string().regex(/^(updated_at|released_at)(\.(asc|desc))?$/)).optional(),
  order_type: one(z.enum(orderTypeFilters)).optional(),
  fields: one(z.string()).optional(),
})
export type ListQuery = z.infer<typeof listQuery>

export const fieldsQuery = z.strictObject({ fields: one(z.string()).optional() })

export const carriersQuery = z.strictObject({
  order_type: one(z.enum(['GENERAL', 'CONFIRMED_DELIVERY'])),
  dest_country_code: one(country).optional(),
  fields: one(z.string()).optional(),
})

export const noQuery = z.strictObject({})

export const refreshQuery = z.strictObject({
  client_id: one(objectIdText),
  client_secret: one(z.string().min(1)),
  refresh_token: one(z.string().min(1)),
  grant_type: one(z.literal('refresh_token', "grant_type must be set to 'refresh_token'")),
})

export const accessTokenBody = z.strictObject({
  client_id: objectIdText,
  client_secret: z.string().min(1),
  code: z.string().min(1),
  grant_type: z.literal('authorization_code', "grant_type must be set to 'authorization_code'"),
  redirect_uri: z.string().min(1),
})
export type AccessTokenBody = z.infer<typeof accessTokenBody>

export const accessTokenQuery = z.strictObject({
  client_id: one(objectIdText),
  client_secret: one(z.string().min(1)),
  code: one(z.string().min(1)),
  grant_type: one(z.literal('authorization_code')),
  redirect_uri: one(z.string().min(1)),
})

export const trackingBody = z.strictObject({
  tracking_number: z.string().regex(/^[A-Za-z0-9]+$/, 'should only contain alphanumeric characters with no space between them'),
  origin_country: country,
  ship_note: z.string().min(1).max(500).optional(),
  shipping_provider: z.string().min(1),
})

export const refundBody = z.strictObject({ refund_reason: z.enum(refundReasons), refund_reason_note: z.string().min(1).optional() })

export const addressBody = z.strictObject({
  street_address1: z.string().min(1),
  street_address2: z.string().optional(),
  street_address3: z.string().optional(),
  city: z.string().min(1),
  state: z.string().min(1),
  region: z.string().optional(),
  zipcode: z.string().min(1),
  country: z.string().optional(),
  country_code: country,
  phone_number: z.strictObject({ number: z.string(), country_code: z.string().optional() }).optional(),
})

/** The part of a product that stock is offered by; the shape is known from published clients only. */
export const stockBody = z.strictObject({
  variations: z
    .array(
      z.strictObject({
        id: z.string().optional(),
        sku: z.string().optional(),
        inventories: z.array(z.strictObject({ warehouse_id: z.string().min(1), inventory: z.int().min(0) })).min(1),
      }),
    )
    .min(1),
})

/** Every parameter with all its values. */
export function queryRecord(url: URL): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]))
}

/** What is wrong, in a line. */
export function problemOf(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? 'invalid parameter' : `${issue.path.join('.') || 'request'}: ${issue.message}`
}
