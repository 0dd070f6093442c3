import { z } from 'zod'

/**
 * What we ask Shopify for and how the answers look: selections of Admin API 2026-10 and, beside them, the
 * shapes. Unknown enum values pass as text; null means absent. Sizes of inner lists are chosen so that a
 * page of ten orders costs less than 1,000 points when every listed object counts; longer ones are read on.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10 (schema read 2026-11-22).
 */

/** A named document and the points that it may cost until an answer says better. */
export interface Operation {
  readonly name: string
  readonly document: string
  readonly cost: number
}

const money = 'shopMoney { amount currencyCode }'
const pageInfo = 'pageInfo { hasNextPage endCursor }'

const lineFields = `id sku name quantity currentQuantity unfulfilledQuantity requiresShipping variant { id } product { id }
  originalUnitPriceSet { ${money} } customAttributes { key value }`
const workLineFields = 'id remainingQuantity lineItem { id }'
const shippedLineFields = 'quantity lineItem { id }'

function fulfillmentOrderFields(lines: number): string {
  return `id status requestStatus fulfillAt fulfillBy assignedLocation { location { id isFulfillmentService } }
    deliveryMethod { methodType presentedName maxDeliveryDateTime } fulfillmentHolds { reason }
    destination { firstName lastName company address1 address2 city province zip countryCode phone email }
    lineItems(first: ${lines}) { ${pageInfo} nodes { ${workLineFields} } }`
}

function workSelection(fulfillmentOrders: number, lines: number): string {
  return `fulfillmentOrders(first: ${fulfillmentOrders}) { ${pageInfo} nodes { ${fulfillmentOrderFields(lines)} } }
    fulfillments { id status createdAt trackingInfo { company number }
      fulfillmentLineItems(first: ${lines}) { ${pageInfo} nodes { ${shippedLineFields} } } }`
}

function orderSelection(lines: number, fulfillmentOrders: number): string {
  return `id name createdAt processedAt updatedAt cancelledAt cancelReason test taxesIncluded
    displayFinancialStatus displayFulfillmentStatus email phone note tags customAttributes { key value }
    totalPriceSet { ${money} } totalShippingPriceSet { ${money} } totalTaxSet { ${money} } totalDiscountsSet { ${money} }
    shippingAddress { name company address1 address2 city province provinceCode zip countryCodeV2 phone }
    shippingLine { title } risk { recommendation assessments { riskLevel } }
    lineItems(first: ${lines}) { ${pageInfo} nodes { ${lineFields} } }
    ${workSelection(fulfillmentOrders, lines)}`
}

export const operations = {
  changedOrders: {
    name: 'ChangedOrders',
    document: `query ChangedOrders($first: Int!, $after: String, $query: String!) {
      orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { ${pageInfo} nodes { ${orderSelection(4, 2)} } } }`,
    cost: 920,
  },
  changedWork: {
    name: 'ChangedWork',
    document: `query ChangedWork($first: Int!, $after: String, $query: String!) {
      fulfillmentOrders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT, includeClosed: true) {
        ${pageInfo} nodes { id orderId updatedAt order { updatedAt } } } }`,
    cost: 210,
  },
  ordersById: {
    name: 'OrdersById',
    document: `query OrdersById($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { ${orderSelection(4, 2)} } } }`,
    cost: 920,
  },
  orderById: {
    name: 'OrderById',
    document: `query OrderById($id: ID!) { order(id: $id) { ${orderSelection(40, 5)} } }`,
    cost: 920,
  },
  orderWork: {
    name: 'OrderWork',
    document: `query OrderWork($id: ID!) { order(id: $id) { id cancelledAt ${workSelection(5, 30)} } }`,
    cost: 480,
  },
  listedOrders: {
    name: 'ListedOrders',
    document: `query ListedOrders($first: Int!, $after: String, $query: String!) {
      orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
        ${pageInfo} nodes { id createdAt cancelledAt displayFinancialStatus displayFulfillmentStatus } } }`,
    cost: 110,
  },
  restOfLines: rest('RestOfLines', 'order', `lineItems(first: 100, after: $after) { ${pageInfo} nodes { ${lineFields} } }`, 710),
  restOfWork: rest(
    'RestOfWork',
    'order',
    `fulfillmentOrders(first: 5, after: $after) { ${pageInfo} nodes { ${fulfillmentOrderFields(50)} } }`,
    560,
  ),
  restOfWorkLines: rest(
    'RestOfWorkLines',
    'fulfillmentOrder',
    `lineItems(first: 200, after: $after) { ${pageInfo} nodes { ${workLineFields} } }`,
    410,
  ),
  restOfShippedLines: rest(
    'RestOfShippedLines',
    'fulfillment',
    `fulfillmentLineItems(first: 200, after: $after) { ${pageInfo} nodes { ${shippedLineFields} } }`,
    410,
  ),
  createFulfillment: {
    name: 'CreateFulfillment',
    document: `mutation CreateFulfillment($fulfillment: FulfillmentInput!) {
      fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status } userErrors { field message } } }`,
    cost: 12,
  },
  connection: {
    name: 'Connection',
    document: `query Connection { shop { name myshopifyDomain } publicApiVersions { handle supported }
      currentAppInstallation { accessScopes { handle } } }`,
    cost: 5,
  },
  stockedItems: {
    name: 'StockedItems',
    document: `query StockedItems($query: String!) { inventoryItems(first: 2, query: $query) { nodes { id sku
      inventoryLevels(first: 10) { ${pageInfo} nodes { location { id } quantities(names: ["available"]) { name quantity } } } } } }`,
    cost: 80,
  },
  setQuantities: {
    name: 'SetQuantities',
    document: `mutation SetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
      inventorySetQuantities(input: $input) @idempotent(key: $key) {
        inventoryAdjustmentGroup { id } userErrors { field message code } } }`,
    cost: 12,
  },
} as const satisfies Record<string, Operation>

/** One more page of a connection that a first answer showed only in part. */
function rest(name: string, owner: string, connection: string, cost: number): Operation {
  return { name, document: `query ${name}($id: ID!, $after: String) { owner: ${owner}(id: $id) { page: ${connection} } }`, cost }
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined)
const pageInfoShape = z.object({ hasNextPage: z.boolean(), endCursor: text })
const attributes = z.array(z.object({ key: z.string(), value: text }))
const moneyBag = z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })
const quantity = z.int().min(0)

function connectionOf<T extends z.ZodType>(node: T) {
  return z.object({ pageInfo: pageInfoShape, nodes: z.array(node) })
}

function orAbsent<T extends z.ZodType>(shape: T) {
  return shape.nullish().transform((value) => value ?? undefined)
}

export const fulfillmentOrderShape = z.object({
  id: z.string(),
  status: z.string(),
  requestStatus: text,
  fulfillAt: text,
  fulfillBy: text,
  assignedLocation: orAbsent(
    z.object({
      location: orAbsent(z.object({ id: z.string(), isFulfillmentService: z.boolean().nullish() })),
    }),
  ),
  deliveryMethod: orAbsent(z.object({ methodType: z.string(), presentedName: text, maxDeliveryDateTime: text })),
  fulfillmentHolds: z.array(z.object({ reason: z.string() })),
  destination: orAbsent(
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
  variant: orAbsent(z.object({ id: z.string() })),
  product: orAbsent(z.object({ id: z.string() })),
  originalUnitPriceSet: moneyBag,
  customAttributes: attributes,
})

export const orderShape = workShape.extend({
  name: z.string(),
  createdAt: z.string(),
  processedAt: text,
  updatedAt: z.string(),
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
  totalShippingPriceSet: orAbsent(moneyBag),
  totalTaxSet: orAbsent(moneyBag),
  totalDiscountsSet: orAbsent(moneyBag),
  shippingAddress: orAbsent(
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
  shippingLine: orAbsent(z.object({ title: text })),
  risk: orAbsent(z.object({ recommendation: text, assessments: z.array(z.object({ riskLevel: z.string() })) })),
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
      z.object({ orderId: z.string(), updatedAt: z.string(), order: orAbsent(z.object({ updatedAt: z.string() })) }),
    ),
  }),
  nodes: z.object({ nodes: z.array(z.unknown()) }),
  order: z.object({ order: z.unknown() }),
  rest: z.object({ owner: orAbsent(z.object({ page: connectionOf(z.unknown()) })) }),
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
    fulfillmentCreate: orAbsent(
      z.object({
        fulfillment: orAbsent(z.object({ id: z.string(), status: text })),
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
    inventorySetQuantities: orAbsent(
      z.object({
        inventoryAdjustmentGroup: orAbsent(z.object({ id: z.string() })),
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
