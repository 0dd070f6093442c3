import { z } from 'zod'

/** Only the fields that are used. Absent and null are the same; words of enumerations pass as text. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)
const list = <T extends z.ZodType>(schema: T) =>
  z
    .array(schema)
    .nullish()
    .transform((value) => value ?? [])
const text = optional(z.string())

const amount = z.object({ value: z.string(), currency: z.string() })
export type EbayAmount = z.infer<typeof amount>

const contact = z.object({
  fullName: text,
  companyName: text,
  email: text,
  primaryPhone: optional(z.object({ phoneNumber: text })),
  contactAddress: optional(
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
  ebaySupportedFulfillment: optional(z.boolean()),
  shippingStep: optional(
    z.object({ shippingCarrierCode: text, shippingServiceCode: text, shipToReferenceId: text, shipTo: optional(contact) }),
  ),
})
export type EbayInstruction = z.infer<typeof instruction>

const lineItem = z.object({
  lineItemId: z.string().min(1),
  legacyItemId: text,
  legacyVariationId: text,
  sku: text,
  title: text,
  quantity: z.int().positive(),
  lineItemCost: optional(amount),
  lineItemFulfillmentStatus: text,
  purchaseMarketplaceId: text,
  lineItemFulfillmentInstructions: optional(z.object({ shipByDate: text, maxEstimatedDeliveryDate: text })),
  ebayCollectAndRemitTaxes: list(z.object({ ebayReference: optional(z.object({ name: text, value: text })) })),
  giftDetails: optional(z.object({ message: text })),
})
export type EbayLineItem = z.infer<typeof lineItem>

/** Source: Fulfillment API 1.20.7, getOrders and getOrder, type Order (read 2026-11-22). */
export const orderSchema = z.object({
  orderId: z.string().min(1),
  salesRecordReference: text,
  sellerId: text,
  creationDate: z.string(),
  lastModifiedDate: z.string(),
  orderFulfillmentStatus: text,
  orderPaymentStatus: text,
  cancelStatus: optional(z.object({ cancelState: text, cancelRequests: list(z.object({ cancelRequestState: text })) })),
  buyer: optional(z.object({ username: text, buyerRegistrationAddress: optional(contact) })),
  buyerCheckoutNotes: text,
  fulfillmentHrefs: optional(z.array(z.string())),
  fulfillmentStartInstructions: list(instruction),
  lineItems: z.array(lineItem).min(1),
  ebayCollectAndRemitTax: optional(z.boolean()),
  paymentSummary: optional(z.object({ payments: list(z.object({ paymentDate: text, paymentStatus: text })) })),
  pricingSummary: optional(
    z.object({
      priceSubtotal: optional(amount),
      adjustment: optional(amount),
      deliveryCost: optional(amount),
      deliveryDiscount: optional(amount),
      priceDiscount: optional(amount),
      total: optional(amount),
    }),
  ),
  program: optional(
    z.object({
      authenticityVerification: optional(z.object({ status: text })),
      ebayShipping: optional(z.object({ shippingLabelProvidedBy: text })),
      ebayVault: optional(z.object({ fulfillmentType: text })),
      ebayInternationalShipping: optional(z.object({ returnsManagedBy: text })),
      fulfillmentProgram: optional(z.object({ fulfilledBy: text })),
    }),
  ),
})
export type EbayOrder = z.infer<typeof orderSchema>

export const orderPageSchema = z.object({ total: z.int().nonnegative(), orders: list(z.unknown()) })

/** What the sweep needs of a record; enough to name a record that cannot be read otherwise. */
export const orderIdSchema = z.object({ orderId: z.string().min(1) })

const fulfillment = z.object({
  fulfillmentId: z.string(),
  shipmentTrackingNumber: text,
  shippingCarrierCode: text,
  shippedDate: text,
  lineItems: list(z.object({ lineItemId: z.string(), quantity: optional(z.int().nonnegative()) })),
})
export type EbayFulfillment = z.infer<typeof fulfillment>

/** Source: Fulfillment API 1.20.7, getShippingFulfillments (read 2026-11-22). */
export const fulfillmentsSchema = z.object({ fulfillments: list(fulfillment) })

export const errorsSchema = z.object({
  errors: z.array(z.object({ errorId: z.number(), message: text, longMessage: text })).min(1),
})

/** Source: Analytics API v1_beta, getUserRateLimits and getRateLimits (read 2026-11-22). */
export const quotaSchema = z.object({
  rateLimits: list(
    z.object({
      apiName: text,
      resources: list(
        z.object({
          name: text,
          rates: list(z.object({ limit: z.number(), remaining: z.number(), reset: z.string(), timeWindow: z.number() })),
        }),
      ),
    }),
  ),
})

/** Source: https://developer.ebay.com/api-docs/static/oauth-refresh-token-request.html (read 2026-11-22). */
export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive(), refresh_token: text })
export const tokenErrorSchema = z.object({ error: z.string(), error_description: text })

/** Source: Inventory API 1.18.4, bulkUpdatePriceQuantity (read 2026-11-22). */
export const stockAnswerSchema = z.object({
  responses: list(
    z.object({ sku: text, statusCode: z.int(), errors: list(z.object({ errorId: z.number(), message: text, longMessage: text })) }),
  ),
})
