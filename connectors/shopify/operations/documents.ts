import { z } from 'zod'
import { absent, text } from '../../shared/schema.ts'
import { anyPage, moment, pageOf, withId } from '../schema.ts'

/** A named document with the form of its answer, as far as every record can still be taken by itself. */
export interface Operation<Answer> {
  readonly name: string
  readonly document: string
  readonly answer: z.ZodType<Answer>
  /** Points that it may cost until an answer says better. */
  readonly cost: number
}

/** `head` is the name with the variables, `answer` has the fields of `body`. */
function query<Answer extends z.ZodRawShape>(cost: number, head: string, body: string, answer: Answer, kind = 'query') {
  return { name: head.replace(/\(.*/, ''), document: `${kind} ${head} { ${body} }`, answer: z.object(answer), cost }
}

function mutation<Answer extends z.ZodRawShape>(head: string, body: string, answer: Answer) {
  return query(12, head, body, answer, 'mutation')
}

function list(head: string, fields: string): string {
  return `${head} { pageInfo { hasNextPage endCursor } nodes { ${fields} } }`
}

const money = '{ shopMoney { amount currencyCode } }'
const lineFields = `id sku name quantity currentQuantity unfulfilledQuantity requiresShipping variant { id } product { id }
  originalUnitPriceSet ${money} customAttributes { key value }`
const workLineFields = 'id remainingQuantity lineItem { id }'
const shippedLineFields = 'quantity lineItem { id }'

const fulfillmentOrderFields = (lines: number) => `id status requestStatus updatedAt fulfillAt fulfillBy
  assignedLocation { name location { id isFulfillmentService } }
  deliveryMethod { methodType presentedName maxDeliveryDateTime } fulfillmentHolds { reason }
  destination { firstName lastName company address1 address2 city province zip countryCode phone email }
  ${list(`lineItems(first: ${lines})`, workLineFields)}`

const workFields = (fulfillmentOrders: number, lines: number) => `
  ${list(`fulfillmentOrders(first: ${fulfillmentOrders})`, fulfillmentOrderFields(lines))}
  fulfillments { id status createdAt trackingInfo { company number }
    ${list(`fulfillmentLineItems(first: ${lines})`, shippedLineFields)} }`

const orderFields = (lines: number, fulfillmentOrders: number) => `
  id name createdAt processedAt updatedAt cancelledAt cancelReason test taxesIncluded
  displayFinancialStatus displayFulfillmentStatus returnStatus email phone note tags customAttributes { key value }
  totalPriceSet ${money} totalShippingPriceSet ${money} totalTaxSet ${money} totalDiscountsSet ${money}
  shippingAddress { name company address1 address2 city province provinceCode zip countryCodeV2 phone }
  transactions(first: 3) { kind status processedAt } shippingLine { title } risk { recommendation assessments { riskLevel } }
  ${list(`lineItems(first: ${lines})`, lineFields)} ${workFields(fulfillmentOrders, lines)}`

const page = '$first: Int!, $after: String, $query: String!'
const ofPage = 'first: $first, after: $after, query: $query'

const changedWorkShape = z.object({ orderId: z.string(), updatedAt: z.string(), order: absent(z.object({ updatedAt: moment })) })

const written = z.object({
  fulfillment: absent(withId.extend({ status: text })),
  userErrors: z.array(z.object({ message: z.string() })),
})
const writtenShape = { fulfillmentCreate: absent(written), fulfillmentTrackingInfoUpdate: absent(written) }

const stockedItemShape = withId.extend({
  sku: text,
  tracked: z.boolean().nullish(),
  inventoryLevels: pageOf(z.object({ location: withId, quantities: z.array(z.object({ name: z.string(), quantity: z.int() })) })),
})

const stockWritten = z.object({
  inventoryAdjustmentGroup: absent(withId),
  userErrors: z.array(z.object({ message: z.string(), code: text })),
})

/**
 * What we ask Shopify for, of Admin API 2026-10. Sizes of inner lists are chosen so that a page of ten orders costs
 * less than 1,000 points even when every object counts that a list may hold; longer lists are read on.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10 (schema read 2026-11-22).
 */
export const documents = {
  changedOrders: query(930, `ChangedOrders(${page})`, list(`orders(${ofPage}, sortKey: UPDATED_AT)`, orderFields(4, 2)), {
    orders: anyPage,
  }),
  changedWork: query(
    210,
    `ChangedWork(${page})`,
    list(`fulfillmentOrders(${ofPage}, sortKey: UPDATED_AT, includeClosed: true)`, 'id orderId updatedAt order { updatedAt }'),
    { fulfillmentOrders: pageOf(changedWorkShape) },
  ),
  ordersById: query(930, 'OrdersById($ids: [ID!]!)', `nodes(ids: $ids) { ... on Order { ${orderFields(4, 2)} } }`, {
    nodes: z.array(z.unknown()),
  }),
  orderById: query(930, 'OrderById($id: ID!)', `order(id: $id) { ${orderFields(40, 5)} }`, { order: z.unknown() }),
  oneOrder: query(80, 'OneOrder', list('orders(first: 1)', orderFields(1, 1)), { orders: anyPage }),
  orderWork: query(480, 'OrderWork($id: ID!)', `work: order(id: $id) { id cancelledAt ${workFields(5, 30)} }`, { work: z.unknown() }),
  listedOrders: query(
    260,
    `ListedOrders(${page})`,
    list(`orders(${ofPage}, sortKey: CREATED_AT)`, 'id createdAt cancelledAt displayFinancialStatus displayFulfillmentStatus'),
    { orders: anyPage },
  ),
  createFulfillment: mutation(
    'CreateFulfillment($fulfillment: FulfillmentInput!)',
    'fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status } userErrors { field message } }',
    writtenShape,
  ),
  updateTracking: mutation(
    'UpdateTracking($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean)',
    `fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
      fulfillment { id status } userErrors { field message } }`,
    writtenShape,
  ),
  connection: query(
    5,
    'Connection',
    'shop { name myshopifyDomain } publicApiVersions { handle supported } currentAppInstallation { accessScopes { handle } }',
    {
      shop: z.object({ name: z.string(), myshopifyDomain: z.string() }),
      publicApiVersions: z.array(z.object({ handle: z.string(), supported: z.boolean() })),
      currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
    },
  ),
  stockedItems: query(
    80,
    'StockedItems($query: String!)',
    `inventoryItems(first: 2, query: $query) { nodes { id sku tracked
      ${list('inventoryLevels(first: 10)', 'location { id } quantities(names: ["available"]) { name quantity }')} } }`,
    { inventoryItems: z.object({ nodes: z.array(stockedItemShape) }) },
  ),
  setQuantities: mutation(
    'SetQuantities($input: InventorySetQuantitiesInput!, $key: String!)',
    `inventorySetQuantities(input: $input) @idempotent(key: $key) {
      inventoryAdjustmentGroup { id } userErrors { field message code } }`,
    { inventorySetQuantities: stockWritten },
  ),
}

/** One more page of a list within a record. */
function rest(cost: number, owner: string, name: string, first: number, fields: string) {
  const body = `owner: ${owner}(id: $id) { page: ${list(`${name}(first: ${first}, after: $after)`, fields)} }`
  return query(cost, `Rest_${owner}_${name}($id: ID!, $after: String)`, body, { owner: absent(z.object({ page: anyPage })) })
}

/** How a list that is longer than a page is read on, by the kind of its owner, which stands in the id, and its name. */
export const restOf: Readonly<Record<string, ReturnType<typeof rest>>> = {
  'Order.lineItems': rest(710, 'order', 'lineItems', 100, lineFields),
  'Order.fulfillmentOrders': rest(560, 'order', 'fulfillmentOrders', 5, fulfillmentOrderFields(50)),
  'FulfillmentOrder.lineItems': rest(410, 'fulfillmentOrder', 'lineItems', 200, workLineFields),
  'Fulfillment.fulfillmentLineItems': rest(410, 'fulfillment', 'fulfillmentLineItems', 200, shippedLineFields),
}
