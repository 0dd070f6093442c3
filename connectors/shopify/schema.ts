import { z } from 'zod'
import { absent, instant, text } from '../shared/schema.ts'

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

export const fulfillmentOrderShape = z.object({
  id: z.string(),
  status: z.string(),
  requestStatus: text,
  updatedAt: text,
  fulfillAt: text,
  fulfillBy: text,
  assignedLocation: absent(
    z.object({
      location: absent(z.object({ id: z.string(), isFulfillmentService: z.boolean().nullish() })),
    }),
  ),
  deliveryMethod: absent(z.object({ methodType: z.string(), presentedName: text, maxDeliveryDateTime: text })),
  fulfillmentHolds: z.array(z.object({ reason: z.string() })),
  destination: absent(
    z.object({
      firstName: text,
      lastName: text,
      company: text,
      address1: text,
      address2: text,
      city: text,
      province: text,
      zip: text,
      countryCode: text,
      phone: text,
      email: text,
    }),
  ),
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
  cancelReason: text,
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  displayFinancialStatus: text,
  displayFulfillmentStatus: text,
  email: text,
  phone: text,
  note: text,
  tags: z.array(z.string()),
  customAttributes: attributes,
  totalPriceSet: moneyBag,
  totalShippingPriceSet: absent(moneyBag),
  totalTaxSet: absent(moneyBag),
  totalDiscountsSet: absent(moneyBag),
  shippingAddress: absent(
    z.object({
      name: text,
      company: text,
      address1: text,
      address2: text,
      city: text,
      province: text,
      provinceCode: text,
      zip: text,
      countryCodeV2: text,
      phone: text,
    }),
  ),
  shippingLine: absent(z.object({ title: text })),
  risk: absent(z.object({ recommendation: text, assessments: z.array(z.object({ riskLevel: z.string() })) })),
  lineItems: connectionOf(lineShape),
})

export type ShopifyOrder = z.output<typeof orderShape>
export type ShopifyLine = z.output<typeof lineShape>
export type ShopifyWork = z.output<typeof workShape>
export type ShopifyFulfillmentOrder = z.output<typeof fulfillmentOrderShape>
export type ShopifyFulfillment = z.output<typeof fulfillmentShape>

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
  listed: z.object({
    orders: connectionOf(
      z.object({
        id: z.string(),
        createdAt: z.string(),
        cancelledAt: text,
        displayFinancialStatus: text,
        displayFulfillmentStatus: text,
      }),
    ),
  }),
  fulfillmentCreate: z.object({
    fulfillmentCreate: absent(
      z.object({
        fulfillment: absent(z.object({ id: z.string(), status: text })),
        userErrors: z.array(z.object({ message: z.string() })),
      }),
    ),
  }),
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

/** The connections of a raw order that may have to be read on; everything else passes through. */
const openConnection = z.looseObject({ pageInfo: pageInfoShape, nodes: z.array(z.unknown()) })
export const openOrder = z.looseObject({
  id: z.string(),
  lineItems: openConnection.optional(),
  fulfillmentOrders: openConnection,
  fulfillments: z.array(z.unknown()),
})
export const openFulfillmentOrder = z.looseObject({ id: z.string(), lineItems: openConnection })
export const openFulfillment = z.looseObject({ id: z.string(), fulfillmentLineItems: openConnection })

/** What comes beside the data of an answer, and the answer to a grant. */
export const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().optional() })

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

export const errorBodyShape = z.object({
  data: z.unknown().optional(),
  extensions: z.unknown().optional(),
  errors: z.object({ graphQLErrors: z.array(graphqlErrorShape).min(1) }),
})

export const costShape = z.object({
  cost: z.object({
    requestedQueryCost: z.number(),
    throttleStatus: z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number() }),
  }),
})
