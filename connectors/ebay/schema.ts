import { z } from 'zod'
import { absent, instant, listOf, text } from '../shared/schema.ts'

/** Only the fields that are used. An amount that was converted says from what; the order may be counted in that currency. */
const amount = z
  .object({ value: z.string(), currency: z.string(), convertedFromValue: text, convertedFromCurrency: text })
  .transform(({ value, currency, convertedFromValue, convertedFromCurrency }) => {
    const hasOrigin = convertedFromValue !== undefined && convertedFromCurrency !== undefined
    return { amount: value, currency, ...(hasOrigin ? { from: { amount: convertedFromValue, currency: convertedFromCurrency } } : {}) }
  })
export type EbayAmount = z.infer<typeof amount>

const contact = z.object({
  fullName: text,
  companyName: text,
  email: text,
  primaryPhone: absent(z.object({ phoneNumber: text })),
  contactAddress: absent(
    z.object({
      addressLine1: text,
      addressLine2: text,
      city: text,
      county: text,
      stateOrProvince: text,
      postalCode: text,
      countryCode: text,
    }),
  ),
})

const instruction = z.object({
  fulfillmentInstructionsType: text,
  ebaySupportedFulfillment: absent(z.boolean()),
  maxEstimatedDeliveryDate: text,
  shippingStep: absent(z.object({ shippingServiceCode: text, shipToReferenceId: text, shipTo: absent(contact) })),
})
export type EbayInstruction = z.infer<typeof instruction>

const lineItem = z.object({
  lineItemId: z.string().min(1),
  legacyItemId: text,
  legacyVariationId: text,
  sku: text,
  title: text,
  quantity: z.int().positive(),
  lineItemCost: absent(amount),
  discountedLineItemCost: absent(amount),
  deliveryCost: absent(z.object({ shippingCost: absent(amount) })),
  lineItemFulfillmentStatus: text,
  purchaseMarketplaceId: text,
  lineItemFulfillmentInstructions: absent(z.object({ shipByDate: text, maxEstimatedDeliveryDate: text })),
  ebayCollectAndRemitTaxes: listOf(z.object({ ebayReference: absent(z.object({ name: text, value: text })) })),
  giftDetails: absent(z.object({ message: text })),
  properties: absent(z.object({ fromBestOffer: absent(z.boolean()), soldViaAdCampaign: absent(z.boolean()) })),
  refunds: listOf(z.object({ amount: absent(amount) })),
})
export type EbayLineItem = z.infer<typeof lineItem>

/** Source: Fulfillment API 1.20.7, getOrders and getOrder, type Order (read 2026-11-22). */
export const orderSchema = z.object({
  orderId: z.string().min(1),
  salesRecordReference: text,
  sellerId: text,
  creationDate: instant,
  lastModifiedDate: instant,
  orderFulfillmentStatus: text,
  orderPaymentStatus: text,
  cancelStatus: absent(z.object({ cancelState: text, cancelRequests: listOf(z.object({ cancelRequestState: text })) })),
  buyer: absent(z.object({ username: text, buyerRegistrationAddress: absent(contact) })),
  buyerCheckoutNotes: text,
  fulfillmentHrefs: absent(z.array(z.string())),
  fulfillmentStartInstructions: listOf(instruction),
  lineItems: z.array(lineItem).min(1),
  ebayCollectAndRemitTax: absent(z.boolean()),
  paymentSummary: absent(
    z.object({
      payments: listOf(z.object({ paymentDate: text, paymentStatus: text })),
      refunds: listOf(z.object({ amount: absent(amount), refundStatus: text })),
    }),
  ),
  pricingSummary: absent(
    z.object({
      priceSubtotal: absent(amount),
      adjustment: absent(amount),
      deliveryCost: absent(amount),
      deliveryDiscount: absent(amount),
      priceDiscount: absent(amount),
      total: absent(amount),
    }),
  ),
  program: absent(
    z.object({
      authenticityVerification: absent(z.object({ status: text })),
      ebayShipping: absent(z.object({ shippingLabelProvidedBy: text })),
      ebayVault: absent(z.object({ fulfillmentType: text })),
      ebayInternationalShipping: absent(z.object({ returnsManagedBy: text })),
      fulfillmentProgram: absent(z.object({ fulfilledBy: text })),
    }),
  ),
})
export type EbayOrder = z.infer<typeof orderSchema>

const readable = { text: z.string().min(1).optional().catch(undefined), moment: instant.optional().catch(undefined) }
const head = z
  .object({ orderId: readable.text, sellerId: readable.text, creationDate: readable.moment, lastModifiedDate: readable.moment })
  .catch({})

/** As much as can be read of a record of any form. */
export function headOf(record: unknown): z.infer<typeof head> {
  return head.parse(record)
}

const notice = z.object({ errorId: z.number(), domain: text, message: text, longMessage: text })

export const orderPageSchema = z.object({ total: z.int().nonnegative(), orders: listOf(z.unknown()), warnings: listOf(notice) })

const fulfillment = z.object({
  fulfillmentId: z.string(),
  shipmentTrackingNumber: text,
  shippingCarrierCode: text,
  shippedDate: text,
  lineItems: listOf(z.object({ lineItemId: z.string(), quantity: absent(z.int().nonnegative()) })),
})
export type EbayFulfillment = z.infer<typeof fulfillment>

/** Source: Fulfillment API 1.20.7, getShippingFulfillments (read 2026-11-22). */
export const fulfillmentsSchema = z.object({ fulfillments: listOf(fulfillment) })

export const errorsSchema = z.object({ errors: z.array(notice).min(1) })

/** Source: Analytics API v1_beta, getUserRateLimits and getRateLimits (read 2026-11-22). */
export const quotaSchema = z.object({
  rateLimits: listOf(
    z.object({
      apiName: text,
      resources: listOf(
        z.object({
          name: text,
          rates: listOf(
            z.object({ limit: absent(z.number()), remaining: absent(z.number()), reset: text, timeWindow: absent(z.number()) }),
          ),
        }),
      ),
    }),
  ),
})

/** Source: https://developer.ebay.com/api-docs/static/oauth-refresh-token-request.html (read 2026-11-22). */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: text,
  refresh_token_expires_in: absent(z.number().positive()),
})
export const tokenErrorSchema = z.object({ error: z.string(), error_description: text })

const stockEntry = z.object({ sku: text, statusCode: z.int(), errors: listOf(notice) })
export type EbayStockEntry = z.infer<typeof stockEntry>

/** Source: Inventory API 1.18.4, bulkUpdatePriceQuantity (read 2026-11-22). */
export const stockAnswerSchema = z.object({ responses: listOf(stockEntry) })
