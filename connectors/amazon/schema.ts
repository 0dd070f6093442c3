import { z } from 'zod'
import { absent, each, instant, listOf, part, text } from '../shared/schema.ts'

const quantity = z.int().min(0).max(1e12)
/** Text of nothing but blanks says nothing: Brazil's first address line is empty where `extendedFields` hold the street. */
const filled = text.transform((value) => value?.trim() || undefined)
/** Decimal text by the model; a number is read by its shortest decimal text. What is neither loses the amount, not the order. */
export const money = z
  .object({ amount: z.union([z.string(), z.number().transform(String)]).catch(''), currencyCode: z.string().catch('') })
  .transform(({ amount, currencyCode }) => ({ amount, currency: currencyCode }))
const timeRange = part(each(absent(instant), 'earliestDateTime', 'latestDateTime'))
const breakdowns = listOf(z.object({ type: z.string(), subtotal: money }))

const address = z.object({
  ...each(filled, 'name', 'companyName', 'phone', 'addressType'),
  ...each(filled, 'addressLine1', 'addressLine2', 'addressLine3'),
  ...each(filled, 'city', 'districtOrCounty', 'stateOrRegion', 'municipality', 'postalCode', 'countryCode'),
  extendedFields: part(each(filled, 'streetName', 'streetNumber', 'complement', 'neighborhood')),
})

const item = z.object({
  orderItemId: z.string().min(1),
  quantityOrdered: quantity,
  programs: listOf(z.string()),
  product: z.object({
    ...each(text, 'asin', 'title', 'sellerSku'),
    price: part({ unitPrice: absent(money) }),
    customization: part({ customizedUrl: text }),
  }),
  proceeds: part({ proceedsTotal: absent(money), breakdowns }),
  cancellation: part({
    cancellationRequest: absent(z.object({ cancelReason: text })),
    cancellationExecution: part({ cancelledBy: text }),
  }),
  tax: part({
    taxCalculationBreakdowns: listOf(z.object({ reportingScheme: text })),
    taxCollections: listOf(z.object({ model: text })),
  }),
  fulfillment: part({
    ...each(absent(quantity), 'quantityFulfilled', 'quantityUnfulfilled'),
    packing: part({
      giftOption: absent(z.object(each(text, 'giftMessage', 'giftWrapLevel'))),
      serialNumberRequirement: absent(z.object({})),
    }),
    shipping: part({
      shippingConstraints: absent(z.record(z.string(), z.unknown())),
      internationalShipping: part({ iossNumber: text }),
    }),
  }),
})

const parcel = z.object({
  packageReferenceId: z.string(),
  ...each(text, 'carrier', 'trackingNumber'),
  shipTime: absent(instant),
  packageStatus: part({ status: text }),
  packageItems: listOf(z.object({ orderItemId: z.string(), quantity })),
})

/**
 * One order of the Orders API 2026-01-01, as far as it is used here. Lists of values are open: Amazon adds to them.
 * Source: orders_2026-01-01.json of https://github.com/amzn/selling-partner-api-models (read 2026-11-22).
 */
export const amazonOrder = z.object({
  orderId: z.string().min(1),
  ...each(instant, 'createdTime', 'lastUpdatedTime'),
  orderAliases: listOf(z.object({ aliasId: z.string(), aliasType: z.string() })),
  programs: listOf(z.string()),
  associatedOrders: listOf(z.object({ associationType: text })),
  salesChannel: z.object({ channelName: z.string(), ...each(filled, 'marketplaceId', 'marketplaceName') }),
  buyer: part(each(filled, 'buyerName', 'buyerEmail', 'buyerCompanyName', 'buyerPurchaseOrderNumber')),
  recipient: part({
    deliveryAddress: absent(address),
    deliveryPreference: part({ ...each(text, 'dropOffLocation', 'addressInstruction'), deliveryCapabilities: listOf(z.string()) }),
  }),
  proceeds: part({ grandTotal: absent(money), breakdowns }),
  tax: part({ taxRegistrations: listOf(z.object(each(text, 'entityType', 'taxRegistrationType', 'taxRegistrationNumber'))) }),
  fulfillment: part({
    ...each(text, 'fulfillmentStatus', 'fulfilledBy', 'fulfillmentServiceLevel'),
    ...each(timeRange, 'shipByWindow', 'deliverByWindow', 'labelPrintingWindow'),
  }),
  orderItems: z.array(item),
  /** Absent when the reading does not ask for them. */
  packages: absent(z.array(parcel)),
})

export type AmazonOrder = z.output<typeof amazonOrder>
export type AmazonItem = AmazonOrder['orderItems'][number]

/** Everything that a snapshot needs. Without FULFILLMENT there is no status, without CANCELLATION no buyer's request. */
export const includedData = ['BUYER', 'RECIPIENT', 'FULFILLMENT', 'PROCEEDS', 'CANCELLATION', 'PACKAGES', 'TAX'] as const

/** Records stay unknown here, so that one bad order does not lose its page. */
export const searchAnswer = z.object({
  orders: z.array(z.unknown()),
  pagination: part({ nextToken: text }),
  lastUpdatedBefore: absent(instant),
})

export const orderAnswer = z.object({ order: z.looseObject({}) })

/** What the completeness sweep needs of a listed order. */
export const listedOrder = z.object({
  orderId: z.string().min(1),
  createdTime: instant,
  fulfillment: part({ fulfillmentStatus: text }),
})

/** Login with Amazon: https://developer-docs.amazon.com/sp-api/docs/connect-to-the-selling-partner-api (read 2026-11-22). */
export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive(), refresh_token: text })
export const tokenRefusal = z.object({ error: z.string() })

const participation = z.object({ isParticipating: z.boolean(), hasSuspendedListings: absent(z.boolean()) })
export const participationsAnswer = z.object({
  payload: z.array(z.object({ marketplace: z.object({ id: z.string() }), participation, storeName: text })),
})

export const listingAnswer = z.object({
  status: z.string(),
  submissionId: text,
  issues: listOf(z.object(each(text, 'code', 'message', 'severity'))),
})

/** Both error forms of the Selling Partner API; `details` is often an empty text. */
export const errorAnswer = z.object({ errors: z.array(z.object(each(text, 'code', 'message', 'details'))).min(1) })
