import { fulfillment, item, orderDocument, usd } from './order-document.ts'

/** An order in which every part that the official model describes is filled. Field names: orders_2026-01-01.json (read 2026-11-22). */
export const fullOrder = orderDocument({
  programs: ['AMAZON_BUSINESS', 'PREMIUM', 'A_NEW_PROGRAM'],
  associatedOrders: [
    { orderId: '113-0000000-0000001', associationType: 'REPLACEMENT_ORIGINAL_ID' },
    { orderId: '113-0000000-0000002', associationType: 'EXCHANGE_ORIGINAL_ID' },
  ],
  buyer: {
    buyerName: 'Ann Buyer',
    buyerEmail: 'x1@marketplace.amazon.com',
    buyerCompanyName: 'Buyer Ltd',
    buyerPurchaseOrderNumber: 'PO-77',
  },
  recipient: {
    deliveryAddress: {
      name: 'Ann Buyer',
      companyName: 'Recipient Ltd',
      addressLine1: '1 Main Street',
      addressLine2: 'Floor 2',
      addressLine3: 'Door 3',
      city: 'Newark',
      districtOrCounty: 'Essex',
      stateOrRegion: 'NJ',
      municipality: 'Newark Township',
      postalCode: '07102',
      countryCode: 'US',
      phone: '+1 201 555 0100',
      addressType: 'COMMERCIAL',
    },
    deliveryPreference: {
      dropOffLocation: 'Porch',
      addressInstruction: 'Ring twice',
      deliveryTime: { businessHours: [{ dayOfWeek: 'MON' }] },
      deliveryCapabilities: ['PALLET_DISABLED'],
    },
  },
  proceeds: { grandTotal: usd('34.88') },
  tax: {
    taxRegistrations: [
      { entityType: 'MERCHANT', taxRegistrationType: 'VAT', taxRegistrationNumber: 'DE111' },
      { entityType: 'BUYER', taxRegistrationType: 'BUSINESS', taxRegistrationNumber: 'B-1' },
      { entityType: 'BUYER', taxRegistrationType: 'VAT', taxRegistrationNumber: 'DE222', legalName: 'Buyer Ltd' },
    ],
  },
  fulfillment: fulfillment({
    fulfillmentStatus: 'PARTIALLY_SHIPPED',
    labelPrintingWindow: { earliestDateTime: '2026-11-24T18:00:00Z' },
  }),
  orderItems: [
    item({
      quantityOrdered: 5,
      product: {
        asin: 'B000000001',
        title: 'Lamp',
        sellerSku: 'LAMP-RED',
        price: { unitPrice: usd('6.00') },
        customization: { customizedUrl: 'https://zme-caps.amazon.com/t/1' },
      },
      proceeds: {
        proceedsTotal: usd('34.88'),
        breakdowns: [
          { type: 'ITEM', subtotal: usd('30.00') },
          { type: 'SHIPPING', subtotal: usd('4.90') },
          { type: 'GIFT_WRAP', subtotal: usd('1.00') },
          { type: 'DISCOUNT', subtotal: usd('2.00'), detailedBreakdowns: [{ subtype: 'ITEM', value: usd('2.00') }] },
          { type: 'TAX', subtotal: usd('0.98'), detailedBreakdowns: [{ subtype: 'ITEM', value: usd('0.98') }] },
        ],
      },
      tax: {
        taxCalculationBreakdowns: [{ reportingScheme: 'IOSS' }],
        taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }],
      },
      cancellation: { cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'NO_LONGER_NEEDED' } },
      fulfillment: {
        quantityFulfilled: 2,
        quantityUnfulfilled: 2,
        packing: {
          giftOption: { giftMessage: 'Happy birthday', giftWrapLevel: 'Premium' },
          serialNumberRequirement: { requirementType: 'REQUIRED' },
        },
        shipping: {
          shippingConstraints: { signatureConfirmation: 'MANDATORY', recipientAgeVerification: 'MANDATORY', palletDelivery: null },
          internationalShipping: { iossNumber: 'IM1234567890' },
        },
      },
    }),
  ],
  packages: [
    {
      packageReferenceId: '1',
      createdTime: '2026-11-24T09:00:00Z',
      carrier: 'UPS',
      shippingService: 'Ground',
      shipTime: '2026-11-24T10:00:00Z',
      trackingNumber: '1Z999AA10123456784',
      packageStatus: { status: 'DELIVERED', detailedStatus: 'DELIVERED' },
      packageItems: [{ orderItemId: '00123456789012', quantity: 2 }],
    },
    { packageReferenceId: '2', packageStatus: { status: 'CANCELLED' } },
  ],
})
