import { readOrder } from '../../../connectors/wish/map-order.ts'
import { parseExactly, type WishOrder, wishOrder } from '../../../connectors/wish/schema.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../../core/ports/connector.ts'
import type { Instant } from '../../../core/value/instant.ts'

/** An order with every block that Wish documents (Wish Marketplace V3 API 3.0.65, schema Order, read 2026-11-22); people and numbers are made up. */
export function sampleOrder(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: '65a1b2c3d4e5f60718293a4b',
    transaction_id: '65a1b2c3d4e5f60718293a00',
    state: 'APPROVED',
    released_at: '2026-11-20T10:00:00.000Z',
    updated_at: '2026-11-21T18:30:00.125+08:00',
    full_address: {
      shipping_detail: {
        name: 'Maria Keller',
        street_address1: 'Hauptstr. 5',
        street_address2: '2. OG',
        city: 'Köln',
        state: 'NW',
        zipcode: '50667',
        country: 'Germany',
        country_code: 'DE',
        phone_number: { number: '2215550100', country_code: '49' },
      },
    },
    product_information: {
      id: '5d30f60e0a6fc464f4f376b0',
      variation_id: '5d30f60e0a6fc464f4f376b2',
      sku: 'LAMP-RED',
      name: 'Lamp',
      color: 'red',
      size: 'M',
    },
    order_payment: {
      general_payment_details: {
        product_quantity: 3,
        product_price: { amount: 12.34, currency_code: 'EUR' },
        original_product_price: { amount: 14.0, currency_code: 'EUR' },
        discounted_price: { amount: 11.34, currency_code: 'EUR' },
        product_shipping_price: { amount: 2.5, currency_code: 'EUR' },
        payment_total: { amount: 35.28, currency_code: 'EUR' },
      },
      rev_share: { rev_share: 0.15, merchant_commission_fees: { amount: 6.22, currency_code: 'EUR' } },
    },
    warehouse_information: { warehouse_type: 'PRIMARY', warehouse_name: 'STANDARD', warehouse_id: '5D30F60E0A6FC464F4F376C0' },
    fulfillment_requirements: { expected_ship_time: '2026-11-25T10:00:00Z', expected_delivery_time: '2026-12-10T10:00:00Z' },
    fulfillment_order_types: ['WISH_EXPRESS', 'PC-VAT'],
    fulfillment_records: [{ event_type: 'ORDER_RELEASED', event_time: '2026-11-20T10:00:00.000Z' }],
    tracking_information: [],
    tax_information: {
      customer_identity_number_type: 'PASSPORT',
      customer_identity_number: 'C01X00T47',
      transaction_tax: [
        {
          tax_type: 'TRANSACTION_TAX',
          remit_type: 'MERCHANT_REMIT',
          tax_amount_in_merchant_currency: { amount: 7.03, currency_code: 'EUR' },
        },
        { tax_type: 'TRANSACTION_TAX', remit_type: 'WISH_REMIT', tax_amount_in_merchant_currency: { amount: 1, currency_code: 'EUR' } },
      ],
      vat_information: {
        eu_vat_customs_declaration: { vat_payer: { ioss_number: 'IM3720000224', name: 'Wish' } },
        required_vat_numbers: {
          vat: { number: 'DE123456789', name: 'Wish', entity: 'WISH' },
          eori: { number: 'GB205672212000', entity: 'MERCHANT' },
          voec: { number: '2021440', entity: 'WISH' },
        },
      },
    },
    refunds: [],
    special_programs: [],
    ...changes,
  }
}

export function parsedOrder(changes: Readonly<Record<string, unknown>> = {}): WishOrder {
  return wishOrder.parse(JSON.parse(JSON.stringify(sampleOrder(changes))))
}

/** As the client hands it over: the payload, and the same text read with exact amounts. */
export function readSample(changes: Readonly<Record<string, unknown>> = {}): OrderSnapshot {
  const body = JSON.stringify(sampleOrder(changes))
  return readOrder({ raw: JSON.parse(body), exact: parseExactly(body) })
}

export function event(event_type: string, event_time: string) {
  return { event_type, event_time }
}

export function tracking(tracking_number: string, name = 'UPS') {
  return { tracking_number, origin_country: 'US', shipping_provider: { name } }
}

export function confirmationOf(platformOrderId: string, shippedAt = '2026-11-24T08:00:00.000Z' as Instant): ShipmentConfirmation {
  return {
    platformOrderId,
    packageOrdinal: 1,
    trackingNumber: '1Z999AA10123456784',
    carrierWord: 'UPS',
    carrierName: 'UPS',
    shippedAt,
    originCountry: 'US',
    lines: [{ platformLineId: platformOrderId, quantity: 2 }],
    notifyBuyer: true,
  }
}
