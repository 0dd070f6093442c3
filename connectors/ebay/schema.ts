import { z } from 'zod'
import { absent, each, instant, listOf, part, text } from '../shared/schema.ts'

/** A word of an enumeration, with what its absence means. */
const word = (ifMissing: string) => text.transform((value) => value ?? ifMissing)

/** An amount, and what it was converted from; the order may be counted in that currency. */
const amount = z
  .object({ value: z.string(), currency: z.string(), ...each(text, 'convertedFromValue', 'convertedFromCurrency') })
  .transform(({ value, currency, convertedFromValue = '', convertedFromCurrency = '' }) => {
    return { amount: value, currency, from: { amount: convertedFromValue, currency: convertedFromCurrency } }
  })
export type EbayAmount = z.infer<typeof amount>

const contact = part({
  ...each(text, 'fullName', 'companyName', 'email'),
  primaryPhone: part({ phoneNumber: text }),
  contactAddress: part(each(text, 'addressLine1', 'addressLine2', 'city', 'county', 'stateOrProvince', 'postalCode', 'countryCode')),
})
export type EbayContact = z.infer<typeof contact>

const instruction = z.object({
  ...each(text, 'fulfillmentInstructionsType', 'maxEstimatedDeliveryDate'),
  ebaySupportedFulfillment: absent(z.boolean()),
  pickupStep: absent(z.unknown()),
  shippingStep: part({ ...each(text, 'shippingServiceCode', 'shipToReferenceId'), shipTo: contact }),
})
export type EbayInstruction = z.infer<typeof instruction>

const lineItem = z.object({
  lineItemId: z.string().min(1),
  quantity: z.int().positive(),
  ...each(text, 'legacyItemId', 'legacyVariationId', 'sku', 'title', 'purchaseMarketplaceId'),
  lineItemFulfillmentStatus: word('NOT_STARTED'),
  ...each(absent(amount), 'lineItemCost', 'discountedLineItemCost'),
  deliveryCost: part({ shippingCost: absent(amount) }),
  lineItemFulfillmentInstructions: part(each(text, 'shipByDate', 'maxEstimatedDeliveryDate')),
  ebayCollectAndRemitTaxes: listOf(z.object({ ebayReference: part(each(text, 'name', 'value')) })),
  giftDetails: part({ message: text }),
  properties: part(each(absent(z.boolean()), 'fromBestOffer', 'soldViaAdCampaign')),
  refunds: listOf(z.object({ amount: absent(amount) })),
})
export type EbayLineItem = z.infer<typeof lineItem>

/** Source: Fulfillment API 1.20.7, getOrders and getOrder, type Order (read 2026-11-22). */
export const orderSchema = z.object({
  orderId: z.string().min(1),
  ...each(instant, 'creationDate', 'lastModifiedDate'),
  ...each(text, 'salesRecordReference', 'sellerId', 'buyerCheckoutNotes'),
  ...each(word('(missing)'), 'orderFulfillmentStatus', 'orderPaymentStatus'),
  cancelStatus: part({
    cancelState: word('NONE_REQUESTED'),
    cancelRequests: listOf(z.object({ cancelRequestState: word('(missing)') })),
  }),
  buyer: part({ username: text, buyerRegistrationAddress: contact }),
  fulfillmentHrefs: absent(z.array(z.string())),
  fulfillmentStartInstructions: listOf(instruction),
  lineItems: z.array(lineItem).min(1),
  ebayCollectAndRemitTax: absent(z.boolean()),
  paymentSummary: part({
    payments: listOf(z.object(each(text, 'paymentDate', 'paymentStatus'))),
    refunds: listOf(z.object({ amount: absent(amount), refundStatus: text })),
  }),
  pricingSummary: part(each(absent(amount), 'priceSubtotal', 'adjustment', 'deliveryCost', 'deliveryDiscount', 'priceDiscount', 'total')),
  program: part({
    ...each(absent(z.unknown()), 'authenticityVerification', 'ebayInternationalShipping'),
    ebayShipping: part({ shippingLabelProvidedBy: text }),
    ebayVault: absent(z.object({ fulfillmentType: text })),
    fulfillmentProgram: part({ fulfilledBy: text }),
  }),
})
export type EbayOrder = z.infer<typeof orderSchema>

const head = z
  .object({
    ...each(z.string().min(1).optional().catch(undefined), 'orderId', 'sellerId'),
    ...each(instant.optional().catch(undefined), 'creationDate', 'lastModifiedDate'),
  })
  .partial()
  .catch({})

/** What can be read of a record of any form; `order` when all of it can. */
export const recordSchema = z.unknown().transform((raw) => ({ raw, ...head.parse(raw), order: orderSchema.safeParse(raw).data }))
export type EbayRecord = z.infer<typeof recordSchema>

/** An entry of an error body or of a page's warnings. */
const notice = z
  .object({ errorId: z.number(), ...each(text, 'domain', 'message', 'longMessage') })
  .transform(({ errorId, domain, message, longMessage }) => ({ errorId, domain, message: (longMessage ?? message ?? '').slice(0, 200) }))

/** A record that comes twice counts once: its double would shift the offset. */
export const orderPageSchema = z.object({
  total: z.int().nonnegative(),
  orders: listOf(recordSchema).transform((records) => [...new Map(records.map((one, index) => [one.orderId ?? index, one])).values()]),
  warnings: listOf(notice),
})

const fulfillment = z.object({
  fulfillmentId: z.string(),
  ...each(text, 'shipmentTrackingNumber', 'shippingCarrierCode', 'shippedDate'),
  lineItems: listOf(z.object({ lineItemId: z.string(), quantity: absent(z.int().nonnegative()) })),
})
export type EbayFulfillment = z.infer<typeof fulfillment>

/** Source: Fulfillment API 1.20.7, getShippingFulfillments (read 2026-11-22). */
export const fulfillmentsSchema = z.object({ fulfillments: listOf(fulfillment) })

/** The entries of an API's error body, in eBay's order, or the one word of the token endpoint; empty for any other body. */
export const refusalsSchema = z
  .union([
    z.object({ errors: z.array(notice).min(1) }).transform(({ errors }) => errors),
    z.object({ error: z.string() }).transform(({ error }) => [{ errorId: error, domain: undefined, message: '' }]),
  ])
  .catch([])

/** A rate with gaps says nothing. Source: Analytics API v1_beta, getUserRateLimits and getRateLimits (read 2026-11-22). */
const rate = z
  .object({ ...each(z.number(), 'limit', 'remaining', 'timeWindow'), reset: instant })
  .transform(({ reset, ...numbers }) => ({ ...numbers, resetsAt: reset }))
const resource = z.object({ name: text, rates: listOf(rate.optional().catch(undefined)) })
export const quotaSchema = z.object({ rateLimits: listOf(z.object({ apiName: text, resources: listOf(resource) })) })

/** Source: https://developer.ebay.com/api-docs/static/oauth-refresh-token-request.html (read 2026-11-22). */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: text,
  refresh_token_expires_in: absent(z.number().positive()),
})

/** Source: Inventory API 1.18.4, bulkUpdatePriceQuantity (read 2026-11-22). */
export const stockAnswerSchema = z.object({
  responses: listOf(z.object({ sku: text, statusCode: z.int(), errors: listOf(notice) })),
})
