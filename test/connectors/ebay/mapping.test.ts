import { describe, expect, it } from 'vitest'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import { lineItem, mapped, orderPayload, shipTo } from './order-payload.ts'

const eur = (minorUnits: number) => ({ minorUnits, currency: 'EUR' })
const amount = (value: string, currency = 'EUR') => ({ value, currency })
const collected = (name: string, value?: string) => ({
  taxType: 'VAT',
  amount: amount('4.0'),
  collectionMethod: 'NET',
  ebayReference: value === undefined ? { name } : { name, value },
})

const hub = shipTo(
  {
    companyName: 'Global Shipping Program',
    contactAddress: {
      addressLine1: '1850 Airport Exchange Blvd',
      addressLine2: 'Suite 200',
      city: 'Erlanger',
      stateOrProvince: 'KY',
      county: 'Kenton',
      postalCode: '41025',
      countryCode: 'US',
    },
  },
  { ebaySupportedFulfillment: true, finalDestinationAddress: { addressLine1: 'Rue Secrète 1', city: 'Paris', countryCode: 'FR' } },
  { shipToReferenceId: '1234567890123456' },
)

interface FieldRow {
  readonly id: string
  readonly what: string
  readonly given?: Readonly<Record<string, unknown>>
  /** A part of the snapshot. */
  readonly becomes?: Readonly<Record<string, unknown>>
  /** Paths that the snapshot has not. */
  readonly lacks?: readonly string[]
}

/** One row for each field of an order, as the documentation's sample has it unless the row changes it. */
const rows: readonly FieldRow[] = [
  { id: 'field-01', what: 'orderId', becomes: { platformOrderId: '12-15199-57289' } },
  { id: 'field-02', what: 'salesRecordReference', becomes: { displayNumber: '1042' } },
  { id: 'field-02', what: 'a sales record number of 0', given: { salesRecordReference: '0' }, lacks: ['displayNumber'] },
  { id: 'field-02', what: 'no sales record number', given: { salesRecordReference: null }, lacks: ['displayNumber'] },
  { id: 'field-03', what: 'a listing of EBAY_DE bought on EBAY_AT', becomes: { site: 'EBAY_AT' } },
  {
    id: 'field-04',
    what: 'creationDate and lastModifiedDate',
    becomes: { purchasedAt: '2026-11-20T10:15:27.000Z', updatedAt: '2026-11-20T10:16:02.512Z' },
  },
  { id: 'field-05', what: 'buyer.username', becomes: { personal: { buyer: { id: 'buyer_77' } } } },
  {
    id: 'trap-01',
    what: 'an opaque buyer id',
    given: { buyer: { username: 'k3XbT9qLRm2' } },
    becomes: { personal: { buyer: { id: 'k3XbT9qLRm2', name: 'Erika Mustermann' }, shipTo: { name: 'Erika Mustermann' } } },
  },
  {
    id: 'field-06',
    what: 'shipTo',
    becomes: {
      personal: {
        shipTo: {
          name: 'Erika Mustermann',
          phone: '030 1234567',
          email: 'abc@members.ebay.com',
          line1: 'Heidestr. 17',
          line2: '2. OG',
          city: 'Berlin',
          postcode: '10115',
          country: 'DE',
        },
      },
    },
  },
  {
    id: 'field-06',
    what: 'company, county and state',
    given: {
      fulfillmentStartInstructions: [
        shipTo({
          companyName: 'Bar Ltd',
          contactAddress: { addressLine1: '1 High St', county: 'Kent', stateOrProvince: 'England', countryCode: 'GB' },
        }),
      ],
    },
    becomes: { personal: { shipTo: { company: 'Bar Ltd', district: 'Kent', state: 'England', country: 'GB' } } },
  },
  {
    id: 'field-06',
    what: 'a telephone that is an empty object',
    given: { fulfillmentStartInstructions: [shipTo({ primaryPhone: {} })] },
    becomes: { holds: [] },
    lacks: ['personal.shipTo.phone'],
  },
  {
    id: 'field-07',
    what: 'an address that is for tax only',
    given: { fulfillmentStartInstructions: [shipTo({ contactAddress: {} })] },
    becomes: { holds: [{ reason: 'pii-missing' }] },
    lacks: ['personal.shipTo'],
  },
  { id: 'field-08', what: 'shippingServiceCode', becomes: { promisedService: 'DE_DPDClassic' } },
  {
    id: 'field-09',
    what: 'the dates of shipping and delivery',
    becomes: { shipBy: '2026-11-23T22:59:59.000Z', deliverBy: '2026-11-26T23:00:00.000Z' },
  },
  {
    id: 'field-09',
    what: 'no shipByDate',
    given: {
      lineItems: [lineItem({ lineItemFulfillmentInstructions: undefined })],
      fulfillmentStartInstructions: [shipTo({}, { maxEstimatedDeliveryDate: '2026-11-28T23:00:00.000Z' })],
    },
    becomes: { deliverBy: '2026-11-28T23:00:00.000Z' },
    lacks: ['shipBy'],
  },
  {
    id: 'field-10',
    what: 'line, SKU, item and variation ids',
    becomes: {
      lines: [
        { platformLineId: '10085146243212', channelSku: 'LAMP-RED', itemId: '110012345678', variantId: '410099' },
        { platformLineId: '10085146243213', channelSku: 'BULB' },
      ],
    },
  },
  {
    id: 'trap-13',
    what: 'a listing with neither SKU nor title',
    given: { lineItems: [lineItem({ sku: undefined, title: '110012345678' })] },
    becomes: { lines: [{ channelSku: '', itemId: '110012345678', variantId: '410099', title: '110012345678' }], holds: [] },
  },
  { id: 'field-11', what: 'lineItemCost of 20.0 for 2', becomes: { lines: [{ quantity: 2, unitPrice: eur(1_000) }, { quantity: 1 }] } },
  {
    id: 'field-11',
    what: 'a cost that units do not divide',
    given: {
      lineItems: [lineItem({ quantity: 3, lineItemCost: amount('10.0') })],
      pricingSummary: { priceSubtotal: amount('10.0'), total: amount('10.0') },
    },
    becomes: { lines: [{ unitPrice: eur(333) }], totals: { items: eur(1_000) } },
  },
  {
    id: 'field-12',
    what: 'discounts of the summary and of a line',
    given: { lineItems: [lineItem({ discountedLineItemCost: amount('16.5'), appliedPromotions: [{ discountAmount: amount('3.5') }] })] },
    becomes: { totals: { discount: eur(840) }, lines: [{ unitPrice: eur(1_000) }] },
  },
  {
    id: 'field-13',
    what: 'the delivery cost before its discount',
    becomes: { totals: { shipping: eur(490), discount: eur(840), grand: eur(2_650) } },
  },
  {
    id: 'field-13',
    what: 'delivery costs of the lines alone',
    given: {
      lineItems: [
        lineItem({ deliveryCost: { shippingCost: amount('4.9') } }),
        lineItem({ lineItemId: '2', deliveryCost: { shippingCost: amount('0.0') } }),
      ],
      pricingSummary: { priceSubtotal: amount('40.0'), total: amount('44.9') },
    },
    becomes: { totals: { items: eur(4_000), shipping: eur(490), tax: eur(0), grand: eur(4_490) } },
  },
  ...['IOSS', 'OSS', 'ABN', 'IRD', 'VOEC', 'SST'].map(taxRow),
  {
    id: 'field-14',
    what: 'DDG, which has no number',
    given: { lineItems: [lineItem({ ebayCollectAndRemitTaxes: [collected('DDG')] })] },
    becomes: { tags: [] },
    lacks: ['taxIds.ioss', 'taxIds.vat'],
  },
  { id: 'field-15', what: 'decimal text such as 26.5', becomes: { totals: { grand: eur(2_650) } } },
  {
    id: 'field-15',
    what: 'amounts that were converted',
    given: {
      lineItems: [
        lineItem({ quantity: 1, lineItemCost: { ...amount('22.0', 'USD'), convertedFromValue: '20.0', convertedFromCurrency: 'EUR' } }),
      ],
      pricingSummary: {
        priceSubtotal: { ...amount('22.0', 'USD'), convertedFromValue: '20.0', convertedFromCurrency: 'EUR' },
        total: amount('20.0'),
      },
    },
    becomes: { totals: { items: eur(2_000), grand: eur(2_000) }, lines: [{ unitPrice: eur(2_000) }], holds: [] },
  },
  { id: 'field-16', what: 'paymentDate', becomes: { paymentState: 'paid', paidAt: '2026-11-20T10:15:28.112Z' } },
  {
    id: 'field-16',
    what: 'a payout that is held',
    given: {
      paymentSummary: { payments: [{ paymentStatus: 'PAID', paymentHolds: [{ holdReason: 'new seller', holdState: 'HELD' }] }] },
    },
    becomes: { paymentState: 'paid', holds: [] },
  },
  {
    id: 'field-17',
    what: 'a refund of a part, net of tax',
    given: {
      orderPaymentStatus: 'PARTIALLY_REFUNDED',
      paymentSummary: { payments: [], refunds: [{ amount: amount('5.0'), refundStatus: 'REFUNDED' }] },
    },
    becomes: { paymentState: 'partially-refunded', status: 'open', holds: [], totals: { grand: eur(2_650) } },
  },
  {
    id: 'field-18',
    what: 'programmes and properties',
    given: {
      program: {
        authenticityVerification: { status: 'PENDING' },
        ebayInternationalShipping: { returnsManagedBy: 'EBAY' },
        ebayVault: { fulfillmentType: 'SELLER_TO_VAULT' },
      },
      fulfillmentStartInstructions: [hub],
      lineItems: [lineItem({ properties: { buyerProtection: true, fromBestOffer: true, soldViaAdCampaign: true } })],
    },
    becomes: {
      tags: [
        'ebay-supported-fulfillment',
        'authenticity-guarantee',
        'ebay-international-shipping',
        'ebay-vault',
        'best-offer',
        'ad-campaign',
      ],
    },
  },
  { id: 'field-19', what: 'buyerCheckoutNotes', becomes: { personal: { notes: { buyer: 'Bitte nicht klingeln' } } } },
  { id: 'field-19', what: 'no note', given: { buyerCheckoutNotes: undefined }, lacks: ['personal.notes.buyer'] },
  {
    id: 'field-20',
    what: 'a hub with its reference',
    given: { fulfillmentStartInstructions: [hub] },
    becomes: {
      personal: {
        shipTo: {
          company: 'Global Shipping Program',
          line1: 'Reference #1234567890123456',
          line2: '1850 Airport Exchange Blvd',
          line3: 'Suite 200',
          city: 'Erlanger',
          state: 'KY',
          postcode: '41025',
          country: 'US',
        },
        notes: { seller: 'eBay shipping reference 1234567890123456' },
      },
    },
  },
  {
    id: 'field-25',
    what: 'a label that eBay provides',
    given: { program: { ebayShipping: { shippingLabelProvidedBy: 'EBAY' } } },
    becomes: { tags: ['ebay-shipping-label'], holds: [{ reason: 'platform-hold', detail: expect.stringContaining('Seller Hub') }] },
  },
]

function taxRow(name: string): FieldRow {
  const kind = { IOSS: 'ioss', VOEC: 'voec' }[name]
  return {
    id: 'field-14',
    what: `a tax collected under ${name}`,
    given: { ebayCollectAndRemitTax: true, lineItems: [lineItem({ ebayCollectAndRemitTaxes: [collected(name, 'NUMBER-1')] })] },
    becomes: { taxIds: kind ? { [kind]: 'NUMBER-1' } : {}, tags: ['tax-collected-by-ebay', `tax-id-${name.toLowerCase()}`] },
    lacks: ['ioss', 'voec', 'vat'].filter((other) => other !== kind).map((other) => `taxIds.${other}`),
  }
}

describe('the fields of an eBay order', () => {
  it.each(rows)('read $what [ebay-$id]', ({ given = {}, becomes = {}, lacks = [] }) => {
    const payload = orderPayload(given)

    const order: OrderSnapshot = mapped(payload)

    expect(order).toMatchObject(becomes)
    for (const path of lacks) expect(order).not.toHaveProperty(path)
    expect(order.raw).toBe(payload)
  })

  it('never read the final destination behind a hub [ebay-field-20]', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [hub] }))

    expect(JSON.stringify(order.personal)).not.toContain('Paris')
    expect(order).not.toHaveProperty('ignoredReason')
  })
})
