import { z } from 'zod'

/** Numbers arrive as text or number, absence as null, empty text or the word `null` (read 2026-11-22). */
const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => {
    const words = value === undefined || value === null ? '' : String(value).trim()
    return words === '' || words === 'null' ? undefined : words
  })

const requiredText = text.refine((value) => value !== undefined, 'missing').transform((value) => value ?? '')

const wholeNumber = z
  .union([z.number(), z.string()])
  .transform((value) => (typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)))
  .refine((value) => Number.isSafeInteger(value), 'expected a whole number')

const quantity = wholeNumber.refine((value) => value >= 0, 'expected zero or more')

/** A bucket that an answer leaves out is empty. */
const bucket = z
  .union([z.number(), z.string(), z.null()])
  .optional()
  .transform((value) => (value === undefined || value === null || value === '' ? 0 : Number(value)))
  .refine((value) => Number.isSafeInteger(value), 'expected a whole number')

const fault = z.object({ errCode: text, errMessage: text }).partial()

/** The frame of every V1 answer. `order_code` and `cancel_status` stand beside `data` or inside it. */
export const envelopeSchema = z.looseObject({
  ask: text,
  message: text,
  errCode: text,
  /** The other calls of the same host (V2) and its gateway answer with a number instead of `ask`. */
  code: text,
  Error: fault.nullish().catch(undefined),
  count: text,
  data: z.unknown().optional(),
  order_code: text.catch(undefined),
  cancel_status: text.catch(undefined),
})
export type Envelope = z.infer<typeof envelopeSchema>

export const orderCodeSchema = z.object({ order_code: text, cancel_status: text })

const itemSchema = z.object({ product_sku: requiredText, quantity })

const boxSchema = z.object({
  box_no: text,
  tracking_number: text,
  /** Customer code, hyphen, SKU. */
  product_barcode: text,
  ob_qty: quantity.nullish(),
  ob_add_time: text,
})
export type GoodcangBox = z.infer<typeof boxSchema>

/** Lists come as null or empty text when they are empty. */
function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess((value) => (value === null || value === '' || value === undefined ? [] : value), z.array(item))
}

/** One order of get_order_by_code, get_order_by_ref_code, get_order_list and get_draft_order_list. */
export const orderSchema = z.object({
  order_code: requiredText,
  reference_no: text,
  order_status: requiredText,
  abnormal_problem_reason: text,
  shipping_method: text,
  tracking_no: text,
  warehouse_code: text,
  date_shipping: text,
  date_modify: text,
  consignee_country_code: text,
  consignee_zipcode: text,
  /** The same field as the detail calls spell it. */
  consigne_zipcode: text,
  consignee_name: text,
  consignee_last_name: text,
  consignee_company: text,
  consignee_address1: text,
  consignee_address2: text,
  consignee_phone: text,
  consignee_email: text,
  items: listOf(itemSchema),
  orderBoxInfo: listOf(boxSchema),
})
export type GoodcangOrder = z.infer<typeof orderSchema>

export const stockSchema = z.object({
  product_sku: requiredText,
  warehouse_code: requiredText,
  sellable: wholeNumber,
  reserved: bucket,
  pending: bucket,
  onway: bucket,
  unsellable: bucket,
})
