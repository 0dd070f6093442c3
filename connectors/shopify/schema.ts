import { z } from 'zod'
import { absent, instant, listOf, text } from '../shared/schema.ts'

/**
 * How the answers look, as far as we use them. Unknown enum values pass as text; null means absent.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10 (schema read 2026-11-22).
 */

const pageInfoShape = z.object({ hasNextPage: z.boolean(), endCursor: text })
const attributes = z.array(z.object({ key: z.string(), value: text }))
const moneyBag = z
  .object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })
  .transform(({ shopMoney }) => ({ amount: shopMoney.amount, currency: shopMoney.currencyCode }))
const quantity = z.int().min(0)

function connectionOf<T extends z.ZodType>(node: T) {
  return z.object({ pageInfo: pageInfoShape, nodes: z.array(node) })
}

/** Fields of text, each of which may be missing. */
function texts<Name extends string>(...names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, text])) as Record<Name, typeof text>
}

const addressFields = ['company', 'address1', 'address2', 'city', 'province', 'zip', 'phone'] as const

export const fulfillmentOrderShape = z.object({
  id: z.string(),
  status: z.string(),
  ...texts('requestStatus', 'updatedAt', 'fulfillAt', 'fulfillBy'),
  assignedLocation: absent(
    z.object({ name: text, location: absent(z.object({ id: z.string(), isFulfillmentService: z.boolean().nullish() })) }),
  ),
  deliveryMethod: absent(z.object({ methodType: z.string(), presentedName: text, maxDeliveryDateTime: text })),
  fulfillmentHolds: z.array(z.object({ reason: z.string() })),
  destination: absent(z.object(texts(...addressFields, 'firstName', 'lastName', 'countryCode', 'email'))),
  lineItems: connectionOf(z.object({ id: z.string(), remainingQuantity: quantity, lineItem: z.object({ id: z.string() }) })),
})

export const fulfillmentShape = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: text,
  trackingInfo: z.array(z.object({ company: text, number: text })),
  fulfillmentLineItems: connectionOf(z.object({ quantity: quantity.nullish(), lineItem: z.object({ id: z.string() }) })),
})

export const workShape = z.object({
  id: z.string(),
  cancelledAt: text,
  fulfillmentOrders: connectionOf(fulfillmentOrderShape),
  fulfillments: z.array(fulfillmentShape),
})

export const lineShape = z.object({
  id: z.string(),
  sku: text,
  name: z.string(),
  quantity,
  currentQuantity: quantity,
  unfulfilledQuantity: quantity,
  requiresShipping: z.boolean(),
  variant: absent(z.object({ id: z.string() })),
  product: absent(z.object({ id: z.string() })),
  originalUnitPriceSet: moneyBag,
  customAttributes: attributes,
})

export const orderShape = workShape.extend({
  name: z.string(),
  createdAt: instant,
  processedAt: absent(instant),
  updatedAt: instant,
  ...texts('cancelReason', 'displayFinancialStatus', 'displayFulfillmentStatus', 'returnStatus', 'email', 'phone', 'note'),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  tags: z.array(z.string()),
  customAttributes: attributes,
  totalPriceSet: moneyBag,
  totalShippingPriceSet: absent(moneyBag),
  totalTaxSet: absent(moneyBag),
  totalDiscountsSet: absent(moneyBag),
  shippingAddress: absent(z.object(texts(...addressFields, 'name', 'provinceCode', 'countryCodeV2'))),
  shippingLine: absent(z.object({ title: text })),
  risk: absent(z.object({ recommendation: text, assessments: z.array(z.object({ riskLevel: z.string() })) })),
  transactions: listOf(z.object(texts('kind', 'status', 'processedAt'))),
  lineItems: connectionOf(lineShape),
})

export type ShopifyOrder = z.output<typeof orderShape>
export type ShopifyLine = z.output<typeof lineShape>
export type ShopifyWork = z.output<typeof workShape>
export type ShopifyFulfillmentOrder = z.output<typeof fulfillmentOrderShape>
export type ShopifyFulfillment = z.output<typeof fulfillmentShape>

const writtenShape = z.object({
  fulfillment: absent(z.object({ id: z.string(), status: text })),
  userErrors: z.array(z.object({ message: z.string() })),
})

const listedShape = z.object({
  id: z.string(),
  createdAt: z.string(),
  ...texts('cancelledAt', 'displayFinancialStatus', 'displayFulfillmentStatus'),
})
export type ListedNode = z.output<typeof listedShape>

/** Answers as far as every record can still be taken by itself. */
export const answers = {
  orders: z.object({ orders: connectionOf(z.unknown()) }),
  work: z.object({
    fulfillmentOrders: connectionOf(
      z.object({ orderId: z.string(), updatedAt: z.string(), order: absent(z.object({ updatedAt: z.string() })) }),
    ),
  }),
  nodes: z.object({ nodes: z.array(z.unknown()) }),
  order: z.object({ order: z.unknown() }),
  rest: z.object({ owner: absent(z.object({ page: connectionOf(z.unknown()) })) }),
  listed: z.object({ orders: connectionOf(listedShape) }),
  fulfillmentWrite: z.object({ fulfillmentCreate: absent(writtenShape), fulfillmentTrackingInfoUpdate: absent(writtenShape) }),
  connection: z.object({
    shop: z.object({ name: z.string(), myshopifyDomain: z.string() }),
    publicApiVersions: z.array(z.object({ handle: z.string(), supported: z.boolean() })),
    currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
  }),
  stockedItems: z.object({
    inventoryItems: z.object({
      nodes: z.array(
        z.object({
          id: z.string(),
          sku: text,
          tracked: z.boolean().nullish(),
          inventoryLevels: connectionOf(
            z.object({
              location: z.object({ id: z.string() }),
              quantities: z.array(z.object({ name: z.string(), quantity: z.int() })),
            }),
          ),
        }),
      ),
    }),
  }),
  setQuantities: z.object({
    inventorySetQuantities: absent(
      z.object({
        inventoryAdjustmentGroup: absent(z.object({ id: z.string() })),
        userErrors: z.array(z.object({ message: z.string(), code: text })),
      }),
    ),
  }),
}

/** A list of a raw record that may have to be read on. */
export const openList = connectionOf(z.unknown())
export type OpenList = z.output<typeof openList>

/** What comes beside the data of an answer, and the answer to a grant. */
export const tokenShape = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().optional(),
  refresh_token: z.string().min(1).optional(),
})

/** A word such as `invalid_client`; other texts could hold anything. */
export const grantRefusalShape = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) })

const graphqlErrorShape = z
  .object({
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])).nullish(),
    extensions: z.object({ code: z.string().nullish(), requiredAccess: z.string().nullish() }).nullish(),
  })
  .transform(({ message, path, extensions }) => ({
    message,
    path: path ?? [],
    code: extensions?.code ?? undefined,
    requiredAccess: extensions?.requiredAccess ?? undefined,
  }))
export type GraphqlError = z.output<typeof graphqlErrorShape>

/** An answer of status 200. */
export const answerShape = z.object({
  data: z.unknown().optional(),
  errors: listOf(graphqlErrorShape),
  extensions: z.unknown().optional(),
})

/** `extensions.cost` of an answer (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits, read 2026-11-24). */
export const costShape = z
  .object({
    cost: z.object({
      requestedQueryCost: z.number(),
      throttleStatus: z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number() }),
    }),
  })
  .transform(({ cost: { requestedQueryCost: requested, throttleStatus } }) => {
    const { currentlyAvailable: available, maximumAvailable: maximum, restoreRate } = throttleStatus
    return { requested, available, maximum, restoreRate }
  })
export type QueryCost = z.output<typeof costShape>
