/** A merchant-fulfilled order as Amazon sends it. Field names: orders_2026-01-01.json of the official models (read 2026-11-22). */
export function orderDocument(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    orderId: '113-1234567-7654321',
    orderAliases: [{ aliasId: 'WEB-4711', aliasType: 'SELLER_ORDER_ID' }],
    createdTime: '2026-11-24T07:00:00Z',
    lastUpdatedTime: '2026-11-24T07:05:00.123Z',
    programs: ['AMAZON_BUSINESS'],
    salesChannel: { channelName: 'AMAZON', marketplaceId: 'ATVPDKIKX0DER', marketplaceName: 'Amazon.com' },
    buyer: { buyerName: 'Ann Buyer', buyerEmail: 'x1@marketplace.amazon.com', buyerCompanyName: 'Buyer Ltd' },
    recipient: {
      deliveryAddress: {
        name: 'Ann Buyer',
        addressLine1: '1 Main Street',
        addressLine2: 'Floor 2',
        city: 'Newark',
        districtOrCounty: 'Essex',
        stateOrRegion: 'NJ',
        postalCode: '07102',
        countryCode: 'US',
        phone: '+1 201 555 0100',
        addressType: 'RESIDENTIAL',
      },
      deliveryPreference: { dropOffLocation: 'Porch', addressInstruction: 'Ring twice' },
    },
    proceeds: { grandTotal: { amount: '35.78', currencyCode: 'USD' } },
    fulfillment: fulfillment(),
    orderItems: [item()],
    packages: [],
    ...changes,
  }
}

export function fulfillment(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    fulfillmentStatus: 'UNSHIPPED',
    fulfilledBy: 'MERCHANT',
    fulfillmentServiceLevel: 'STANDARD',
    shipByWindow: { earliestDateTime: '2026-11-24T08:00:00Z', latestDateTime: '2026-11-26T07:59:59Z' },
    deliverByWindow: { earliestDateTime: '2026-11-28T08:00:00Z', latestDateTime: '2026-12-02T07:59:59Z' },
    ...changes,
  }
}

export function item(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    orderItemId: '00123456789012',
    quantityOrdered: 3,
    programs: ['SUBSCRIBE_AND_SAVE'],
    product: { asin: 'B000000001', title: 'Lamp', sellerSku: 'LAMP-RED', price: { unitPrice: usd('10.00') } },
    proceeds: {
      proceedsTotal: usd('35.78'),
      breakdowns: [
        { type: 'ITEM', subtotal: usd('30.00') },
        { type: 'SHIPPING', subtotal: usd('4.90') },
        { type: 'GIFT_WRAP', subtotal: usd('1.00') },
        { type: 'DISCOUNT', subtotal: usd('2.00') },
        { type: 'TAX', subtotal: usd('1.88'), detailedBreakdowns: [{ subtype: 'ITEM', value: usd('1.88') }] },
      ],
    },
    fulfillment: {
      quantityFulfilled: 0,
      quantityUnfulfilled: 3,
      packing: { giftOption: { giftMessage: 'Happy birthday', giftWrapLevel: 'Premium' } },
      shipping: { shippingConstraints: { signatureConfirmation: 'MANDATORY' }, internationalShipping: { iossNumber: 'IM1234567890' } },
    },
    ...changes,
  }
}

export function usd(amount: string): { readonly amount: string; readonly currencyCode: string } {
  return { amount, currencyCode: 'USD' }
}
