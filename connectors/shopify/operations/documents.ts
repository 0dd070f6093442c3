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

const money = 'shopMoney { amount currencyCode }'
const pageInfo = 'pageInfo { hasNextPage endCursor }'

const lineFields = `id sku name quantity currentQuantity unfulfilledQuantity requiresShipping variant { id } product { id }
  originalUnitPriceSet { ${money} } customAttributes { key value }`
const workLineFields = 'id remainingQuantity lineItem { id }'
const shippedLineFields = 'quantity lineItem { id }'

function fulfillmentOrderFields(lines: number): string {
  return `id status requestStatus updatedAt fulfillAt fulfillBy assignedLocation { location { id isFulfillmentService } }
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

export const documents = {
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
    cost: 260,
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
