import { z } from 'zod'

const text = z.string()
const instant = z.iso.datetime()

const address = z.strictObject({
  name: text.optional(),
  company: text.optional(),
  phone: text.optional(),
  email: text.optional(),
  line1: text.optional(),
  line2: text.optional(),
  line3: text.optional(),
  city: text.optional(),
  district: text.optional(),
  state: text.optional(),
  postcode: text.optional(),
  country: text,
})

const line = z.strictObject({
  channelSku: text,
  itemId: text.optional(),
  variantId: text.optional(),
  title: text,
  quantity: z.int().positive(),
  unitPrice: text,
  customization: text.optional(),
})

const newOrder = z.strictObject({
  placedAt: instant.optional(),
  currency: text,
  shipTo: address,
  buyer: z.strictObject({ id: text, name: text, email: text.optional() }),
  lines: z.array(line).min(1),
  shipping: text.optional(),
  discount: text.optional(),
  tax: text.optional(),
  buyerNote: text.optional(),
  giftMessage: text.optional(),
  payment: z.enum(['paid', 'unpaid']).optional(),
  kind: z.enum(['ordinary', 'platform-fulfilled', 'digital', 'pickup', 'hub-forwarded', 'programme']).optional(),
  groupId: text.optional(),
  ioss: text.optional(),
  site: text.optional(),
})

const bare = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) })

const change = z.discriminatedUnion('type', [
  bare('pay'),
  bare('cancel'),
  bare('uncancel'),
  bare('request-cancel'),
  bare('withdraw-cancel-request'),
  z.strictObject({ type: z.literal('cancel-units'), line: z.int().nonnegative(), quantity: z.int().positive() }),
  bare('refund'),
  z.strictObject({ type: z.literal('change-address'), shipTo: address }),
  z.strictObject({ type: z.literal('hold'), reason: text.optional() }),
  bare('release-hold'),
  bare('move'),
  bare('split'),
  z.strictObject({ type: z.literal('ship-elsewhere'), trackingNumber: text, carrier: text }),
  bare('touch'),
  bare('vanish'),
  z.strictObject({ type: z.literal('corrupt'), how: text }),
])

const faultRule = z.strictObject({
  kind: z.enum([
    'H1-429-seconds',
    'H2-429-date',
    'H3-429-bare',
    'H4-429-absurd',
    'H5-5xx-before',
    'H5-5xx-after',
    'H6-timeout-before',
    'H6-timeout-after',
    'H7-reset-after',
    'H8-truncated-json',
    'H9-html-200',
    'H16-never-answered',
    'H17-200-error-body',
    'H20-read-lags-write',
    'G1-duplicate',
    'G2-reordered',
    'G5-page-shift',
    'G7-one-timestamp',
  ]),
  operations: z.array(text).optional(),
  probability: z.number().min(0).max(1).optional(),
  times: z.int().positive().optional(),
  skip: z.int().nonnegative().optional(),
})

const advanceOptions = z.strictObject({
  references: z.array(text).optional(),
  to: z.enum(['processing', 'partially-shipped', 'shipped', 'wms-exception', 'renumbered']).optional(),
})

/** The bodies of the control API, by the last part of their path. */
export const controlBodies = {
  accounts: z.strictObject({ account: text, options: z.record(text, z.unknown()).optional() }),
  orders: z.strictObject({ account: text, order: newOrder }),
  changes: z.strictObject({ account: text, platformOrderId: text, change }),
  faults: z.strictObject({ rules: z.array(faultRule) }),
  revoke: z.strictObject({ account: text }),
  restore: z.strictObject({ account: text }),
  advance: z.strictObject({ account: text, options: advanceOptions.optional() }),
  stock: z.strictObject({ account: text, warehouseCode: text, wmsSku: text, available: z.int() }),
}
