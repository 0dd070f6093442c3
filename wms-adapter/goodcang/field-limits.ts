import type { FieldProblem } from '../../core/ports/wms-adapter.ts'

/** One field of order/create_order: its longest text, and our field that fills it. */
interface FieldLimit {
  readonly max: number
  readonly field: string
  readonly required?: true
}

/**
 * Text fields of order/create_order with their longest values. `address1` and `address2` are laid out
 * together and checked there. Source: the field tables of order/create_order (read 2026-11-22).
 */
export const orderFieldLimits = {
  reference_no: { max: 50, field: 'reference', required: true },
  platform: { max: 20, field: 'platform' },
  shipping_method: { max: 32, field: 'serviceCode', required: true },
  warehouse_code: { max: 32, field: 'warehouseCode', required: true },
  country_code: { max: 2, field: 'shipTo.country', required: true },
  province: { max: 20, field: 'shipTo.state', required: true },
  city: { max: 32, field: 'shipTo.city', required: true },
  company: { max: 50, field: 'shipTo.company' },
  address1: { max: 50, field: 'shipTo.line1', required: true },
  address2: { max: 50, field: 'shipTo.line2' },
  zipcode: { max: 20, field: 'shipTo.postcode', required: true },
  name: { max: 48, field: 'shipTo.name', required: true },
  last_name: { max: 48, field: 'shipTo.name' },
  cell_phone: { max: 8, field: 'shipTo.phone' },
  phone: { max: 20, field: 'shipTo.phone' },
  email: { max: 100, field: 'shipTo.email' },
  order_desc: { max: 500, field: 'note' },
} as const satisfies Readonly<Record<string, FieldLimit>>

export const itemFieldLimits = {
  product_sku: { max: 24, field: 'wmsSku', required: true },
  transaction_id: { max: 50, field: 'channelTransactionId' },
  item_id: { max: 50, field: 'channelItemId' },
} as const satisfies Readonly<Record<string, FieldLimit>>

export const taxFieldLimits = {
  ioss_number: { max: 100, field: 'taxIds.ioss' },
  pid_number: { max: 100, field: 'taxIds.identityNumber' },
  recipient_vat: { max: 100, field: 'taxIds.vat' },
  recipient_eori: { max: 100, field: 'taxIds.eori' },
} as const satisfies Readonly<Record<string, FieldLimit>>

/** The problems of the named fields of `body`; `within` is put before our field names. */
export function checkTexts(body: object, limits: Readonly<Record<string, FieldLimit>>, within = ''): FieldProblem[] {
  const texts = body as Readonly<Record<string, unknown>>
  return Object.entries(limits).flatMap(([name, limit]) => {
    const value = texts[name]
    return checkText(typeof value === 'string' ? value : '', { ...limit, field: within + limit.field })
  })
}

function checkText(value: string, limit: FieldLimit): FieldProblem[] {
  if (value === '' && limit.required) return [missing(limit.field)]
  return value.length > limit.max ? [tooLong(limit.field, value.length, limit.max)] : []
}

export function missing(field: string): FieldProblem {
  return { field, reason: 'missing', message: `Goodcang needs ${field}, which is empty; fill it in` }
}

export function tooLong(field: string, length: number, max: number): FieldProblem {
  return { field, reason: 'too-long', message: `${field} has ${length} signs and Goodcang takes ${max}; shorten it` }
}

export function notAllowed(field: string, rule: string): FieldProblem {
  return { field, reason: 'not-allowed', message: `${field} ${rule}; correct it` }
}
