/**
 * What we ask Shopify for: documents of Admin API 2026-10; `schema.ts` holds the shapes of the answers. Sizes
 * of inner lists are chosen so that a page of ten orders costs less than 1,000 points even when every object
 * counts that a list may hold; longer lists are read on.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10 (schema read 2026-11-22).
 */

/** A named document and the points that it may cost until an answer says better. */
export interface Operation {
  readonly name: string
  readonly document: string
  readonly cost: number
}

/** `head` is the name with the variables. */
function query(cost: number, head: string, body: string, kind = 'query'): Operation {
  return { name: head.replace(/\(.*/, ''), document: `${kind} ${head} { ${body} }`, cost }
}

function mutation(head: string, body: string): Operation {
  return query(12, head, body, 'mutation')
}

/** One more page of a list that a first answer showed only in part. */
function rest(cost: number, name: string, owner: string, list: string): Operation {
  return query(cost, `${name}($id: ID!, $after: String)`, `owner: ${owner}(id: $id) { page: ${list} }`)
}

const money = 'shopMoney { amount currencyCode }'
const pageInfo = 'pageInfo { hasNextPage endCursor }'

const lineFields = `id sku name quantity currentQuantity unfulfilledQuantity requiresShipping variant { id } product { id }
  originalUnitPriceSet { ${money} } customAttributes { key value }`
const workLineFields = 'id remainingQuantity lineItem { id }'
const shippedLineFields = 'quantity lineItem { id }'

function fulfillmentOrderFields(lines: number): string {
  return `id status requestStatus updatedAt fulfillAt fulfillBy assignedLocation { name location { id isFulfillmentService } }
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
    displayFinancialStatus displayFulfillmentStatus returnStatus email phone note tags customAttributes { key value }
    totalPriceSet { ${money} } totalShippingPriceSet { ${money} } totalTaxSet { ${money} } totalDiscountsSet { ${money} }
    shippingAddress { name company address1 address2 city province provinceCode zip countryCodeV2 phone }
    transactions(first: 3) { kind status processedAt } shippingLine { title } risk { recommendation assessments { riskLevel } }
    lineItems(first: ${lines}) { ${pageInfo} nodes { ${lineFields} } }
    ${workSelection(fulfillmentOrders, lines)}`
}

const page = '$first: Int!, $after: String, $query: String!'
const pageArguments = 'first: $first, after: $after, query: $query'

export const documents = {
  changedOrders: query(
    930,
    `ChangedOrders(${page})`,
    `orders(${pageArguments}, sortKey: UPDATED_AT) { ${pageInfo} nodes { ${orderSelection(4, 2)} } }`,
  ),
  changedWork: query(
    210,
    `ChangedWork(${page})`,
    `fulfillmentOrders(${pageArguments}, sortKey: UPDATED_AT, includeClosed: true) {
      ${pageInfo} nodes { id orderId updatedAt order { updatedAt } } }`,
  ),
  ordersById: query(930, 'OrdersById($ids: [ID!]!)', `nodes(ids: $ids) { ... on Order { ${orderSelection(4, 2)} } }`),
  orderById: query(930, 'OrderById($id: ID!)', `order(id: $id) { ${orderSelection(40, 5)} }`),
  orderWork: query(480, 'OrderWork($id: ID!)', `order(id: $id) { id cancelledAt ${workSelection(5, 30)} }`),
  listedOrders: query(
    260,
    `ListedOrders(${page})`,
    `orders(${pageArguments}, sortKey: CREATED_AT) {
      ${pageInfo} nodes { id createdAt cancelledAt displayFinancialStatus displayFulfillmentStatus } }`,
  ),
  restOfLines: rest(710, 'RestOfLines', 'order', `lineItems(first: 100, after: $after) { ${pageInfo} nodes { ${lineFields} } }`),
  restOfWork: rest(
    560,
    'RestOfWork',
    'order',
    `fulfillmentOrders(first: 5, after: $after) { ${pageInfo} nodes { ${fulfillmentOrderFields(50)} } }`,
  ),
  restOfWorkLines: rest(
    410,
    'RestOfWorkLines',
    'fulfillmentOrder',
    `lineItems(first: 200, after: $after) { ${pageInfo} nodes { ${workLineFields} } }`,
  ),
  restOfShippedLines: rest(
    410,
    'RestOfShippedLines',
    'fulfillment',
    `fulfillmentLineItems(first: 200, after: $after) { ${pageInfo} nodes { ${shippedLineFields} } }`,
  ),
  createFulfillment: mutation(
    'CreateFulfillment($fulfillment: FulfillmentInput!)',
    'fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status } userErrors { field message } }',
  ),
  updateTracking: mutation(
    'UpdateTracking($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean)',
    `fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
      fulfillment { id status } userErrors { field message } }`,
  ),
  connection: query(
    5,
    'Connection',
    `shop { name myshopifyDomain } publicApiVersions { handle supported }
    currentAppInstallation { accessScopes { handle } }`,
  ),
  stockedItems: query(
    80,
    'StockedItems($query: String!)',
    `inventoryItems(first: 2, query: $query) { nodes { id sku tracked
      inventoryLevels(first: 10) { ${pageInfo} nodes { location { id } quantities(names: ["available"]) { name quantity } } } } }`,
  ),
  setQuantities: mutation(
    'SetQuantities($input: InventorySetQuantitiesInput!, $key: String!)',
    `inventorySetQuantities(input: $input) @idempotent(key: $key) {
      inventoryAdjustmentGroup { id } userErrors { field message code } }`,
  ),
}
