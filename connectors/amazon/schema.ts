import { z } from 'zod'
import type { Instant } from '../../core/value/instant.ts'
import { absent, instant, text } from '../shared/schema.ts'

const texts = absent(z.array(z.string()))
const quantity = z.int().min(0).max(1e12)
/** Decimal text by the model; a number is read by its shortest decimal text. */
const money = z
  .object({ amount: z.union([z.string(), z.number().transform(String)]), currencyCode: z.string() })
  .transform(({ amount, currencyCode }) => ({ amount, currency: currencyCode }))
const timeRange = absent(z.object({ earliestDateTime: absent(instant), latestDateTime: absent(instant) }))
const breakdowns = absent(z.array(z.object({ type: z.string(), subtotal: money })))

const address = z.object({
  name: text,
  companyName: text,
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  city: text,
  districtOrCounty: text,
  stateOrRegion: text,
  municipality: text,
  postalCode: text,
  countryCode: text,
  phone: text,
  addressType: text,
  extendedFields: absent(z.object({ streetName: text, streetNumber: text, complement: text, neighborhood: text })),
})

const item = z.object({
  orderItemId: z.string().min(1),
  quantityOrdered: quantity,
  programs: texts,
  product: z.object({
    asin: text,
    title: text,
    sellerSku: text,
    price: absent(z.object({ unitPrice: absent(money) })),
    customization: absent(z.object({ customizedUrl: text })),
  }),
  proceeds: absent(z.object({ proceedsTotal: absent(money), breakdowns })),
  cancellation: absent(
    z.object({
      cancellationRequest: absent(z.object({ cancelReason: text })),
      cancellationExecution: absent(z.object({ cancelledBy: text })),
    }),
  ),
  tax: absent(
    z.object({
      taxCalculationBreakdowns: absent(z.array(z.object({ reportingScheme: text }))),
      taxCollections: absent(z.array(z.object({ model: text }))),
    }),
  ),
  fulfillment: absent(
    z.object({
      quantityFulfilled: absent(quantity),
      quantityUnfulfilled: absent(quantity),
      packing: absent(
        z.object({
          giftOption: absent(z.object({ giftMessage: text, giftWrapLevel: text })),
          serialNumberRequirement: absent(z.object({ requirementType: text })),
        }),
      ),
      shipping: absent(
        z.object({
          shippingConstraints: absent(z.record(z.string(), z.unknown())),
          internationalShipping: absent(z.object({ iossNumber: text })),
        }),
      ),
    }),
  ),
})

const parcel = z.object({
  packageReferenceId: z.string(),
  carrier: text,
  trackingNumber: text,
  shipTime: absent(instant),
  packageStatus: absent(z.object({ status: text })),
  packageItems: absent(z.array(z.object({ orderItemId: z.string(), quantity }))),
})

/**
 * One order of the Orders API 2026-01-01, as far as it is used here. Lists of values are open: Amazon adds to them.
 * Source: orders_2026-01-01.json of https://github.com/amzn/selling-partner-api-models (read 2026-11-22).
 */
export const amazonOrder = z.object({
  orderId: z.string().min(1),
  createdTime: instant,
  lastUpdatedTime: instant,
  orderAliases: absent(z.array(z.object({ aliasId: z.string(), aliasType: z.string() }))),
  programs: texts,
  associatedOrders: absent(z.array(z.object({ orderId: text, associationType: text }))),
  salesChannel: z.object({ channelName: z.string(), marketplaceId: text }),
  buyer: absent(z.object({ buyerName: text, buyerEmail: text, buyerCompanyName: text, buyerPurchaseOrderNumber: text })),
  recipient: absent(
    z.object({
      deliveryAddress: absent(address),
      deliveryPreference: absent(z.object({ dropOffLocation: text, addressInstruction: text, deliveryCapabilities: texts })),
    }),
  ),
  proceeds: absent(z.object({ grandTotal: absent(money), breakdowns })),
  tax: absent(
    z.object({
      taxRegistrations: absent(z.array(z.object({ entityType: text, taxRegistrationType: text, taxRegistrationNumber: text }))),
    }),
  ),
  fulfillment: absent(
    z.object({
      fulfillmentStatus: z.string(),
      fulfilledBy: text,
      fulfillmentServiceLevel: text,
      shipByWindow: timeRange,
      deliverByWindow: timeRange,
      labelPrintingWindow: timeRange,
    }),
  ),
  orderItems: z.array(item),
  packages: absent(z.array(parcel)),
})

export type AmazonOrder = z.output<typeof amazonOrder>
export type AmazonItem = AmazonOrder['orderItems'][number]
export type AmazonAddress = z.output<typeof address>

/** Everything that a snapshot needs. Without FULFILLMENT there is no status, without CANCELLATION no buyer's request. */
export const includedData = ['BUYER', 'RECIPIENT', 'FULFILLMENT', 'PROCEEDS', 'CANCELLATION', 'PACKAGES', 'TAX'] as const

/** Records stay unknown here, so that one bad order does not lose its page. */
export const searchAnswer = z.object({
  orders: z.array(z.unknown()),
  pagination: absent(z.object({ nextToken: text })),
  lastUpdatedBefore: absent(instant),
  createdBefore: absent(instant),
})

/** One page of a list, whichever API gave it. */
export interface SearchPage {
  readonly records: readonly unknown[]
  readonly nextToken: string | undefined
  /** The upper bound that Amazon used. */
  readonly answeredBefore: Instant | undefined
}

export const orderAnswer = z.object({ order: z.looseObject({}) })

/** What the completeness sweep needs of a listed order. */
export const listedOrder = z.object({
  orderId: z.string().min(1),
  createdTime: instant,
  fulfillment: absent(z.object({ fulfillmentStatus: text })),
})

/** Login with Amazon: https://developer-docs.amazon.com/sp-api/docs/connect-to-the-selling-partner-api (read 2026-11-22). */
export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: text,
})
export const tokenRefusal = z.object({ error: z.string() })

export const participationsAnswer = z.object({
  payload: z.array(
    z.object({
      marketplace: z.object({ id: z.string() }),
      participation: z.object({ isParticipating: z.boolean(), hasSuspendedListings: absent(z.boolean()) }),
      storeName: text,
    }),
  ),
})

export const listingAnswer = z.object({
  status: z.string(),
  submissionId: text,
  issues: absent(z.array(z.object({ code: text, message: text, severity: text }))),
})

/** Both error forms of the Selling Partner API; `details` is often an empty text. */
export const errorAnswer = z.object({
  errors: z.array(z.object({ code: text, message: text, details: text })).min(1),
})
