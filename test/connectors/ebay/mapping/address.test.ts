import { describe, expect, test } from 'vitest'
import { mapped, orderPayload, shipTo } from '../order-payload.ts'

describe('eBay’s shipping programmes', () => {
  const hub = shipTo(
    {
      companyName: 'Global Shipping Program',
      contactAddress: {
        addressLine1: '1850 Airport Exchange Blvd',
        addressLine2: 'Suite 200',
        city: 'Erlanger',
        stateOrProvince: 'KY',
        postalCode: '41025',
        countryCode: 'US',
      },
    },
    { ebaySupportedFulfillment: true, finalDestinationAddress: { addressLine1: 'Rue Secrète 1', city: 'Paris', countryCode: 'FR' } },
    { shipToReferenceId: '1234567890123456' },
  )

  test('ship to the hub with the reference above its street, and never to the final destination', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [hub] }))

    expect(order.personal.shipTo).toMatchObject({
      line1: 'Reference #1234567890123456',
      line2: '1850 Airport Exchange Blvd',
      line3: 'Suite 200',
      city: 'Erlanger',
      country: 'US',
    })
    expect(order.personal.notes.seller).toBe('eBay shipping reference 1234567890123456')
    expect(JSON.stringify(order.personal)).not.toContain('Paris')
    expect(order.tags).toEqual(['ebay-supported-fulfillment'])
  })
})
