import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { mapFulfillment, mapFulfillmentHref, mapShipment } from '../../../connectors/ebay/map-shipment.ts'
import type { ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { instant } from './order-payload.ts'

const confirmation: ShipmentConfirmation = {
  platformOrderId: '12-15199-57289',
  packageOrdinal: 1,
  trackingNumber: '1Z-001',
  carrierWord: 'UPS',
  carrierName: 'UPS',
  shippedAt: instant('2026-11-24T08:00:00Z'),
  originCountry: 'US',
  lines: [
    { platformLineId: 'a', quantity: 1 },
    { platformLineId: 'b', quantity: 3 },
    { platformLineId: 'a', quantity: 1 },
  ],
  notifyBuyer: true,
}

describe('the report of a package', () => {
  test('names each line once with all its units [ebay-error-29] [ebay-write-04]', () => {
    expect(mapShipment(confirmation, confirmation.shippedAt).lineItems).toEqual([
      { lineItemId: 'a', quantity: 2 },
      { lineItemId: 'b', quantity: 3 },
    ])
  })

  test('finds a word for every carrier of the example, `Other` where eBay has none [ebay-write-11]', async () => {
    const { carriers } = parse(await readFile('config/example/carriers.yaml', 'utf8')) as { carriers: Record<string, { ebay?: string }> }

    for (const [code, { ebay }] of Object.entries(carriers)) expect(ebay, code).toMatch(/^[A-Za-z0-9_]+$/)
    expect(carriers['yunexpress']?.ebay).toBe('Other')
  })
})

describe('a shipment that eBay shows', () => {
  test('without a tracking number has only its id, and a line without quantity is one unit [ebay-write-02] [ebay-write-04]', () => {
    const shown = mapFulfillment({
      fulfillmentId: '999',
      shipmentTrackingNumber: undefined,
      shippingCarrierCode: undefined,
      shippedDate: undefined,
      lineItems: [{ lineItemId: 'a', quantity: undefined }],
    })

    expect(shown).toEqual({ shipmentId: '999', lines: [{ platformLineId: 'a', quantity: 1 }] })
  })

  test.each([
    ['https://api.ebay.com/sell/fulfillment/v1/order/1/shipping_fulfillment/1Z%2F001?x=1', '1Z/001'],
    ['https://api.ebay.com/sell/fulfillment/v1/order/1/shipping_fulfillment/100%', '100%'],
  ])('is known by the end of its link %s', (href, shipmentId) => {
    expect(mapFulfillmentHref(href)?.shipmentId).toBe(shipmentId)
  })
})
