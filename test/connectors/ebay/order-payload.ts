import { mapOrder, type Reading } from '../../../connectors/ebay/map-order.ts'
import { orderSchema } from '../../../connectors/ebay/schema.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import { type Instant, parseInstant } from '../../../core/value/instant.ts'

export function instant(text: string): Instant {
  const parsed = parseInstant(text)
  if (!parsed) throw new Error(`"${text}" is not an instant`)
  return parsed
}

/** An order in the form of the documentation's samples: getOrders with TAX_BREAKDOWN. Source: Fulfillment API 1.20.7 (read 2026-11-22). */
export function orderPayload(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    orderId: '12-15199-57289',
    creationDate: '2026-11-20T10:15:27.000Z',
    lastModifiedDate: '2026-11-20T10:16:02.512Z',
    orderFulfillmentStatus: 'NOT_STARTED',
    orderPaymentStatus: 'PAID',
    sellerId: 'lampenladen',
    buyer: { username: 'buyer_77', taxAddress: { city: 'Berlin', postalCode: '10115', countryCode: 'DE' } },
    buyerCheckoutNotes: 'Bitte nicht klingeln',
    pricingSummary: {
      priceSubtotal: { value: '30.0', currency: 'EUR' },
      priceDiscount: { value: '-3.5', currency: 'EUR' },
      deliveryCost: { value: '4.9', currency: 'EUR' },
      deliveryDiscount: { value: '-4.9', currency: 'EUR' },
      total: { value: '26.5', currency: 'EUR' },
    },
    cancelStatus: { cancelState: 'NONE_REQUESTED', cancelRequests: [] },
    paymentSummary: {
      totalDueSeller: { value: '26.5', currency: 'EUR' },
      refunds: [],
      payments: [
        {
          paymentMethod: 'EBAY',
          paymentReferenceId: '77',
          paymentDate: '2026-11-20T10:15:28.112Z',
          paymentStatus: 'PAID',
          amount: { value: '26.5', currency: 'EUR' },
        },
      ],
    },
    fulfillmentStartInstructions: [shipTo()],
    fulfillmentHrefs: [],
    lineItems: [
      lineItem({}),
      lineItem({ lineItemId: '10085146243213', sku: 'BULB', quantity: 1, lineItemCost: { value: '10.0', currency: 'EUR' } }),
    ],
    salesRecordReference: '1042',
    ...changes,
  }
}

export function lineItem(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    lineItemId: '10085146243212',
    legacyItemId: '110012345678',
    legacyVariationId: '410099',
    sku: 'LAMP-RED',
    title: 'Lampe, rot',
    lineItemCost: { value: '20.0', currency: 'EUR' },
    quantity: 2,
    listingMarketplaceId: 'EBAY_DE',
    purchaseMarketplaceId: 'EBAY_AT',
    lineItemFulfillmentStatus: 'NOT_STARTED',
    lineItemFulfillmentInstructions: {
      shipByDate: '2026-11-23T22:59:59.000Z',
      minEstimatedDeliveryDate: '2026-11-24T23:00:00.000Z',
      maxEstimatedDeliveryDate: '2026-11-26T23:00:00.000Z',
    },
    appliedPromotions: [],
    taxes: [],
    refunds: [],
    ...changes,
  }
}

export function shipTo(
  contact: Readonly<Record<string, unknown>> = {},
  instruction: Readonly<Record<string, unknown>> = {},
  step: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    fulfillmentInstructionsType: 'SHIP_TO',
    shippingStep: {
      shippingServiceCode: 'DE_DPDClassic',
      shipTo: {
        fullName: 'Erika Mustermann',
        contactAddress: { addressLine1: 'Heidestr. 17', addressLine2: '2. OG', city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
        primaryPhone: { phoneNumber: '030 1234567' },
        email: 'abc@members.ebay.com',
        ...contact,
      },
      ...step,
    },
    ...instruction,
  }
}

/** What the connector makes of a payload; read at 2026-11-24T08:00:00Z unless told. */
export function mapped(payload: Readonly<Record<string, unknown>>, reading: Partial<Reading> = {}): OrderSnapshot {
  return mapOrder(orderSchema.parse(payload), { raw: payload, now: instant('2026-11-24T08:00:00Z'), ...reading })
}
