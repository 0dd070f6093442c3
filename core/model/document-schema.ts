import { z } from 'zod'
import { effectStates } from './effect.ts'
import { fulfillmentOrderStatuses } from './fulfillment-order.ts'
import { holdReasons } from './hold.ts'
import { orderStates, paymentStates, platforms } from './order.ts'

const instant = z.iso.datetime({ precision: 3 }).describe('UTC, ISO 8601 with milliseconds')
const quantity = z.int().nonnegative()
const money = z.strictObject({
  amount: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .describe('decimal text, never a float'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .describe('ISO 4217'),
})
const maskable = z.string().describe('masked unless personal data is asked for; empty when absent')

const address = z.strictObject({
  name: maskable,
  company: maskable,
  phone: maskable,
  email: maskable,
  line1: maskable,
  line2: maskable,
  line3: maskable,
  city: z.string(),
  state: z.string(),
  postcode: maskable,
  country: z.string().describe('ISO 3166-1 alpha-2; empty while there is no address'),
})

const line = z.strictObject({
  platformLineId: z.string(),
  channelSku: z.string().describe('empty when the listing carries no SKU'),
  title: z.string(),
  quantity: quantity.describe('as ordered; never shrinks'),
  cancelledQuantity: quantity,
  shippedQuantity: quantity.describe('as the platform or our packages count, whichever is more'),
  unitPrice: money.nullable().describe('per unit, before discounts'),
  resolved: z
    .array(z.strictObject({ sku: z.string(), quantity: z.int().positive() }))
    .describe('goods for one unit; empty while not mapped'),
})

const totals = z.strictObject({
  items: money.nullable(),
  shipping: money.nullable(),
  tax: money.nullable(),
  discount: money.nullable(),
  grand: money.nullable(),
})

const shippedPackage = z.strictObject({
  trackingNumber: z.string(),
  carrier: z.string().nullable().describe("our carrier code, else the warehouse's own word"),
  shippedAt: instant,
})

const taxIds = z.strictObject({
  ioss: z.string().nullable(),
  vat: z.string().nullable(),
  voec: z.string().nullable(),
  identityNumber: z.string().nullable().describe('of the buyer; masked like the address'),
})

const fulfillmentOrder = z.strictObject({
  foNo: z.string().describe('the same in every order of a merged parcel'),
  warehouse: z.string(),
  service: z.string(),
  status: z.enum(fulfillmentOrderStatuses),
  reference: z.string().describe('what the warehouse knows it by'),
  wmsOrderNo: z.string().nullable(),
  packages: z.array(shippedPackage),
})

/** The order as it stands outside; `docs/order.schema.json` is made from it. */
export const orderDocumentSchema = z.strictObject({
  orderNo: z.string(),
  shop: z.string(),
  platform: z.enum(platforms),
  platformOrderId: z.string(),
  state: z.enum(orderStates),
  platformStatus: z.string().describe("the platform's own words"),
  ignoredReason: z.string().nullable().describe('why it is not ours to ship'),
  fulfilledBy: z.enum(['seller', 'platform']),
  paymentState: z.enum(paymentStates),
  purchasedAt: instant,
  updatedAt: instant.describe('when the platform last changed it'),
  shipBy: instant.nullable(),
  promisedService: z.string().nullable(),
  shipTo: address,
  lines: z.array(line),
  totals,
  taxIds,
  holds: z.array(z.strictObject({ reason: z.enum(holdReasons), detail: z.string(), since: instant })).describe('open holds only'),
  fulfillmentOrders: z.array(fulfillmentOrder),
  writebacks: z.array(z.strictObject({ trackingNumber: z.string(), state: z.enum(effectStates), confirmedAt: instant.nullable() })),
})

/** The JSON Schema of the order document, as text. */
export function orderDocumentJsonSchema(): string {
  const schema = z.toJSONSchema(orderDocumentSchema, { target: 'draft-2020-12' })
  return `${JSON.stringify({ ...schema, title: 'Quayside order document' }, null, 2)}\n`
}
