import type { z } from 'zod'
import { type MapOptions, mapOrder } from '../../../connectors/shopify/map-order.ts'
import type { orderShape } from '../../../connectors/shopify/schema.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'

export type OrderJson = z.input<typeof orderShape>
type LineJson = OrderJson['lineItems']['nodes'][number]
type FulfillmentOrderJson = OrderJson['fulfillmentOrders']['nodes'][number]
type FulfillmentJson = OrderJson['fulfillments'][number]

/** The order of the fixture as the connector reads it. */
export function mapped(overrides: Partial<OrderJson> = {}, options: Partial<MapOptions> = {}): OrderSnapshot {
  return mapOrder(orderJson(overrides), { includeTestOrders: false, shipUnpaid: [], personalWithheld: false, ...options })
}

export function holdReasons(overrides: Partial<OrderJson>, options: Partial<MapOptions> = {}): readonly string[] {
  return mapped(overrides, options).holds.map((hold) => hold.reason)
}

const lastPage = { hasNextPage: false, endCursor: null }

export function bag(amount: string, currencyCode = 'USD') {
  return { shopMoney: { amount, currencyCode } }
}

/** Form of the fields: https://shopify.dev/docs/api/admin-graphql/2026-10/objects/Order (schema read 2026-11-22). */
export function orderJson(overrides: Partial<OrderJson> = {}): OrderJson {
  return {
    id: 'gid://shopify/Order/5001',
    name: '#1001',
    createdAt: '2026-11-24T07:00:00Z',
    processedAt: '2026-11-24T07:00:00Z',
    updatedAt: '2026-11-24T07:05:00Z',
    cancelledAt: null,
    cancelReason: null,
    test: false,
    taxesIncluded: false,
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: 'UNFULFILLED',
    returnStatus: 'NO_RETURN',
    email: 'ada@example.com',
    phone: null,
    note: null,
    tags: [],
    customAttributes: [],
    totalPriceSet: bag('30.78'),
    totalShippingPriceSet: bag('4.90'),
    totalTaxSet: bag('1.20'),
    totalDiscountsSet: bag('0.00'),
    shippingAddress: {
      name: 'Ada Lovelace',
      company: null,
      address1: '1 Main Street',
      address2: null,
      city: 'Newark',
      province: 'New Jersey',
      provinceCode: 'NJ',
      zip: '07102',
      countryCodeV2: 'US',
      phone: '+12015550100',
    },
    transactions: [{ kind: 'SALE', status: 'SUCCESS', processedAt: '2026-11-24T07:00:30Z' }],
    shippingLine: { title: 'Standard' },
    risk: { recommendation: 'ACCEPT', assessments: [{ riskLevel: 'LOW' }] },
    lineItems: { pageInfo: lastPage, nodes: [lineJson()] },
    fulfillmentOrders: { pageInfo: lastPage, nodes: [fulfillmentOrderJson()] },
    fulfillments: [],
    ...overrides,
  }
}

export function lineJson(overrides: Partial<LineJson> = {}): LineJson {
  return {
    id: 'gid://shopify/LineItem/1',
    sku: 'LAMP-RED',
    name: 'Lamp - red',
    quantity: 2,
    currentQuantity: 2,
    unfulfilledQuantity: 2,
    requiresShipping: true,
    variant: { id: 'gid://shopify/ProductVariant/71' },
    product: { id: 'gid://shopify/Product/70' },
    originalUnitPriceSet: bag('12.34'),
    customAttributes: [],
    ...overrides,
  }
}

/** `units` by the number of the order line. */
export function fulfillmentOrderJson(
  overrides: Partial<Omit<FulfillmentOrderJson, 'lineItems'>> = {},
  units: Readonly<Record<number, number>> = { 1: 2 },
): FulfillmentOrderJson {
  const { id = 'gid://shopify/FulfillmentOrder/900' } = overrides
  return {
    status: 'OPEN',
    requestStatus: 'UNSUBMITTED',
    fulfillAt: null,
    fulfillBy: null,
    assignedLocation: { name: 'Newark', location: { id: 'gid://shopify/Location/1', isFulfillmentService: false } },
    deliveryMethod: { methodType: 'SHIPPING', presentedName: 'Standard', maxDeliveryDateTime: null },
    fulfillmentHolds: [],
    destination: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      company: null,
      address1: '1 Main Street',
      address2: null,
      city: 'Newark',
      province: 'New Jersey',
      zip: '07102',
      countryCode: 'US',
      phone: '+12015550100',
      email: 'ada@example.com',
    },
    ...overrides,
    id,
    lineItems: {
      pageInfo: lastPage,
      nodes: Object.entries(units).map(([line, remainingQuantity]) => ({
        id: `gid://shopify/FulfillmentOrderLineItem/${id.replace(/\D/g, '')}0${line}`,
        remainingQuantity,
        lineItem: { id: `gid://shopify/LineItem/${line}` },
      })),
    },
  }
}

export function fulfillmentJson(
  overrides: Partial<Omit<FulfillmentJson, 'fulfillmentLineItems'>> = {},
  units: Readonly<Record<number, number>> = { 1: 2 },
): FulfillmentJson {
  return {
    id: 'gid://shopify/Fulfillment/300',
    status: 'SUCCESS',
    createdAt: '2026-11-24T09:00:00Z',
    trackingInfo: [{ company: 'UPS', number: '1Z1' }],
    ...overrides,
    fulfillmentLineItems: {
      pageInfo: lastPage,
      nodes: Object.entries(units).map(([line, quantity]) => ({ quantity, lineItem: { id: `gid://shopify/LineItem/${line}` } })),
    },
  }
}

export function listOf<T>(...nodes: readonly T[]) {
  return { pageInfo: lastPage, nodes: [...nodes] }
}
