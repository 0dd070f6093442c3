import { z } from 'zod'
import { parseInstant } from '../../core/value/instant.ts'
import { absent, each, instant, listOf, text } from '../shared/schema.ts'

/**
 * How records look, as far as we use them; `operations/documents.ts` has the answers that hold them. Unknown enum
 * values pass as text; null means absent. Source: https://shopify.dev/docs/api/admin-graphql/2026-10 (schema read 2026-11-22).
 */

/** Less than nothing is nothing: https://community.shopify.dev/t/27826 shows an unfulfilledQuantity of -1 (read 2026-11-25). */
const quantity = z.int().transform((units) => Math.max(0, units))
export const withId = z.object({ id: z.string() })
const attributes = z.array(z.object({ key: z.string(), value: text }))
const moneyBag = z
  .object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })
  .transform(({ shopMoney }) => ({ amount: shopMoney.amount, currency: shopMoney.currencyCode }))

/** A moment that an order can do without; one that cannot be read is absent. */
export const moment = text.transform((value) => parseInstant(value ?? ''))

/** A page of a list. */
export function pageOf<Node extends z.ZodType>(node: Node) {
  return z.object({ pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: text }), nodes: z.array(node) })
}
export const anyPage = pageOf(z.unknown())
export type Page = z.output<typeof anyPage>

/** A list within a record, which was read to its end. */
function whole<Node extends z.ZodType>(node: Node) {
  return pageOf(node).transform(({ nodes }) => nodes)
}

const addressFields = each(text, 'company', 'address1', 'address2', 'city', 'province', 'zip', 'phone')

const fulfillmentOrderShape = z.object({
  id: z.string(),
  status: z.string(),
  requestStatus: text,
  ...each(moment, 'updatedAt', 'fulfillAt', 'fulfillBy'),
  assignedLocation: absent(z.object({ name: text, location: absent(withId.extend({ isFulfillmentService: z.boolean().nullish() })) })),
  deliveryMethod: absent(z.object({ methodType: z.string(), presentedName: text, maxDeliveryDateTime: moment })),
  fulfillmentHolds: z.array(z.object({ reason: z.string() })),
  destination: absent(z.object({ ...addressFields, ...each(text, 'firstName', 'lastName', 'countryCode', 'email') })),
  lineItems: whole(
    withId
      .extend({ remainingQuantity: quantity, lineItem: withId })
      .transform(({ id, remainingQuantity, lineItem }) => ({ id, platformLineId: lineItem.id, quantity: remainingQuantity })),
  ),
})

const fulfillmentShape = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: moment,
  trackingInfo: z.array(z.object(each(text, 'company', 'number'))),
  fulfillmentLineItems: whole(
    z
      .object({ quantity: absent(quantity), lineItem: withId })
      .transform((line) => ({ platformLineId: line.lineItem.id, quantity: line.quantity ?? 0 })),
  ),
})

export const workShape = z.object({
  id: z.string(),
  cancelledAt: text,
  fulfillmentOrders: whole(fulfillmentOrderShape),
  fulfillments: z.array(fulfillmentShape),
})

const lineShape = z.object({
  id: z.string(),
  sku: text,
  name: z.string(),
  ...each(quantity, 'quantity', 'currentQuantity', 'unfulfilledQuantity'),
  requiresShipping: z.boolean(),
  ...each(absent(withId), 'variant', 'product'),
  originalUnitPriceSet: moneyBag,
  customAttributes: attributes,
})

export const orderShape = workShape.extend({
  name: z.string(),
  ...each(instant, 'createdAt', 'updatedAt'),
  processedAt: absent(instant),
  ...each(text, 'cancelReason', 'displayFinancialStatus', 'displayFulfillmentStatus', 'returnStatus', 'email', 'phone', 'note'),
  ...each(z.boolean(), 'test', 'taxesIncluded'),
  tags: z.array(z.string()),
  customAttributes: attributes,
  totalPriceSet: moneyBag,
  ...each(absent(moneyBag), 'totalShippingPriceSet', 'totalTaxSet', 'totalDiscountsSet'),
  shippingAddress: absent(z.object({ ...addressFields, ...each(text, 'name', 'provinceCode', 'countryCodeV2') })),
  shippingLine: absent(z.object({ title: text })),
  risk: absent(z.object({ recommendation: text, assessments: z.array(z.object({ riskLevel: z.string() })) })),
  transactions: listOf(z.object({ ...each(text, 'kind', 'status'), processedAt: moment })),
  lineItems: whole(lineShape),
})

export type ShopifyOrder = z.output<typeof orderShape>
export type ShopifyWork = z.output<typeof workShape>
export type ShopifyFulfillmentOrder = z.output<typeof fulfillmentOrderShape>
export type ShopifyFulfillment = z.output<typeof fulfillmentShape>

const graphqlErrorShape = z.object({
  message: z.string(),
  path: listOf(z.union([z.string(), z.number()])),
  extensions: absent(z.object({ code: text })),
})
export type GraphqlError = z.output<typeof graphqlErrorShape>

/** Points of a query (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits, read 2026-11-24). */
const costShape = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object(each(z.number(), 'maximumAvailable', 'currentlyAvailable', 'restoreRate')),
})
export type QueryCost = z.output<typeof costShape>

/** An answer of status 200. */
export const bodyShape = z.object({
  data: z.unknown().optional(),
  errors: listOf(graphqlErrorShape),
  extensions: absent(z.object({ cost: costShape })).catch(undefined),
})
export type GraphqlBody = z.output<typeof bodyShape>

/** The answer to a grant. */
export const tokenShape = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().optional(),
  refresh_token: z.string().min(1).optional(),
})

/** A word such as `invalid_client`; other texts could hold anything. */
export const grantRefusalShape = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) })
