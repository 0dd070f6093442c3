import { describe, expect, it } from 'vitest'
import { readOrder } from '../../../connectors/amazon/map-order.ts'
import { readV0Order } from '../../../connectors/amazon/operations/v0/map-order.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import { addMoney, subtractMoney } from '../../../core/value/money.ts'
import { fullOrder } from './full-order.ts'
import { item, orderDocument, usd } from './order-document.ts'
import { fullV0Record } from './v0-documents.ts'

const order = readOrder(fullOrder)
const fromV0 = readV0Order(fullV0Record)
const dollars = (minorUnits: number) => ({ minorUnits, currency: 'USD' })

interface FieldRow {
  readonly id: string
  readonly field: string
  readonly read: (order: OrderSnapshot) => unknown
  readonly is: unknown
  /** What v0 gives, where it is not the same. */
  readonly v0?: unknown
}

const rows: readonly FieldRow[] = [
  { id: '01', field: 'its id', read: ({ platformOrderId }) => platformOrderId, is: '113-1234567-7654321' },
  { id: '02', field: "the seller's own number", read: ({ displayNumber }) => displayNumber, is: 'WEB-4711' },
  { id: '03', field: 'its marketplace', read: ({ site }) => site, is: 'ATVPDKIKX0DER' },
  {
    id: '04',
    field: 'its times',
    read: ({ purchasedAt, updatedAt }) => [purchasedAt, updatedAt],
    is: ['2026-11-24T07:00:00.000Z', '2026-11-24T07:05:00.123Z'],
    v0: ['2026-11-24T07:00:00.000Z', '2026-11-24T07:05:00.000Z'],
  },
  {
    id: '05',
    field: 'its status',
    read: ({ status, platformStatus }) => [status, platformStatus],
    is: ['partially-shipped', 'PARTIALLY_SHIPPED'],
  },
  { id: '06', field: 'who fulfills it', read: ({ fulfilledBy, ignoredReason }) => [fulfilledBy, ignoredReason], is: ['seller', undefined] },
  { id: '07', field: 'its service level', read: ({ promisedService }) => promisedService, is: 'STANDARD' },
  { id: '08', field: 'its ship-by', read: ({ shipBy }) => shipBy, is: '2026-11-26T07:59:59.000Z' },
  { id: '09', field: 'its deliver-by', read: ({ deliverBy }) => deliverBy, is: '2026-12-02T07:59:59.000Z' },
  {
    id: '10',
    field: 'when its label may be printed',
    read: ({ releaseNotBefore }) => releaseNotBefore,
    is: '2026-11-24T18:00:00.000Z',
    v0: undefined,
  },
  {
    id: '11',
    field: 'its buyer',
    read: ({ personal }) => personal.buyer,
    is: { name: 'Ann Buyer', email: 'x1@marketplace.amazon.com' },
  },
  {
    id: '12',
    field: 'company and purchase order number',
    read: ({ personal }) => [personal.shipTo?.company, personal.notes.buyer?.split('; ').at(-1)],
    is: ['Recipient Ltd', 'purchase order PO-77'],
  },
  {
    id: '13',
    field: 'its address',
    read: ({ personal }) => personal.shipTo,
    is: {
      name: 'Ann Buyer',
      company: 'Recipient Ltd',
      phone: '+1 201 555 0100',
      email: 'x1@marketplace.amazon.com',
      line1: '1 Main Street',
      line2: 'Floor 2',
      line3: 'Door 3',
      city: 'Newark',
      district: 'Essex',
      state: 'NJ',
      postcode: '07102',
      country: 'US',
    },
  },
  {
    id: '14',
    field: 'its delivery notes',
    read: ({ personal, tags }) => [personal.notes.buyer, tags.includes('pallet-disabled')],
    is: ['Porch; Ring twice; purchase order PO-77', true],
    v0: ['purchase order PO-77', false],
  },
  {
    id: '15',
    field: 'its programs, known and new',
    read: ({ tags }) => tags.filter((tag) => ['amazon-business', 'premium', 'a-new-program'].includes(tag)),
    is: ['amazon-business', 'premium', 'a-new-program'],
    v0: ['amazon-business', 'premium'],
  },
  {
    id: '16',
    field: 'what it stands for',
    read: ({ tags }) => tags.filter((tag) => tag === 'replacement' || tag === 'exchange'),
    is: ['replacement', 'exchange'],
    v0: ['replacement'],
  },
  { id: '17', field: 'its grand total', read: ({ totals }) => totals?.grand, is: dollars(3488) },
  {
    id: '18',
    field: 'what its line sells',
    read: ({ lines }) => lines.map(({ platformLineId, channelSku, itemId, title }) => [platformLineId, channelSku, itemId, title]),
    is: [['00123456789012', 'LAMP-RED', 'B000000001', 'Lamp']],
  },
  {
    id: '19',
    field: 'units ordered, shipped and cancelled',
    read: ({ lines }) => lines.map(({ quantity, shippedQuantity, cancelledQuantity }) => [quantity, shippedQuantity, cancelledQuantity]),
    is: [[5, 2, 1]],
    v0: [[5, 2, 0]],
  },
  { id: '20', field: 'the price of a unit', read: ({ lines }) => lines[0]?.unitPrice, is: dollars(600) },
  {
    id: '21',
    field: 'shipping with gift wrap, and discount',
    read: ({ totals }) => [totals?.items, totals?.shipping, totals?.discount],
    is: [dollars(3000), dollars(590), dollars(200)],
  },
  { id: '22', field: 'the tax that comes on top', read: ({ totals }) => totals?.tax, is: dollars(98) },
  {
    id: '24',
    field: 'its gift message and wrap',
    read: ({ personal, tags }) => [personal.notes.gift, tags.includes('gift'), tags.includes('gift-wrap')],
    is: ['Happy birthday', true, true],
  },
  { id: '25', field: 'its IOSS number', read: ({ taxIds }) => taxIds.ioss, is: 'IM1234567890' },
  { id: '26', field: 'its reporting scheme', read: ({ tags }) => tags.includes('ioss'), is: true },
  { id: '27', field: 'who collects its tax', read: ({ tags }) => tags.includes('marketplace-facilitator'), is: true },
  { id: '28', field: "its buyer's tax number", read: ({ taxIds }) => taxIds.vat, is: 'DE222', v0: undefined },
  { id: '30', field: 'who cancelled', read: ({ tags }) => tags.includes('cancelled-by-buyer'), is: true, v0: false },
  { id: '31', field: 'serial numbers', read: ({ tags }) => tags.includes('serial-number'), is: true },
  {
    id: '32',
    field: 'what its carrier must do',
    read: ({ tags }) => tags.filter((tag) => /signature|verification|pallet-delivery/.test(tag)),
    is: ['signature-confirmation', 'recipient-age-verification'],
  },
  {
    id: '33',
    field: 'that it is customized',
    read: ({ lines }) => lines[0]?.customization,
    is: 'Amazon Custom: see the order in Seller Central',
  },
  {
    id: '34',
    field: 'its packages',
    read: ({ shipments }) => shipments,
    is: [
      {
        shipmentId: '1',
        trackingNumber: '1Z999AA10123456784',
        carrier: 'UPS',
        shippedAt: '2026-11-24T10:00:00.000Z',
        lines: [{ platformLineId: '00123456789012', quantity: 2 }],
      },
      { shipmentId: '2', lines: [], progress: 'failed' },
    ],
    v0: undefined,
  },
]

describe('of an order of Amazon is read', () => {
  it.each(rows)('$field [amazon-field-$id]', ({ read, is }) => {
    expect(read(order)).toEqual(is)
  })
})

describe('of an order of v0 is read', () => {
  it.each(rows)('$field [amazon-field-$id]', (row) => {
    expect(row.read(fromV0)).toEqual('v0' in row ? row.v0 : row.is)
  })
})

describe('totals of an order', () => {
  it('are those of its items where Amazon gives none [amazon-field-23]', () => {
    const single = orderDocument({ proceeds: undefined, orderItems: [item({ proceeds: { proceedsTotal: usd('9.99') } })] })

    expect(readOrder(single).totals?.grand).toEqual(dollars(999))
  })

  it.each([
    ['2026-01-01', order],
    ['v0', fromV0],
  ])('of %s add up in minor units [amazon-field-36]', (_api, { totals }) => {
    if (!totals) throw new Error('there are totals')

    expect(subtractMoney(addMoney(addMoney(totals.items, totals.shipping), totals.tax), totals.discount)).toEqual(totals.grand)
  })
})

describe('an order to Brazil', () => {
  it('has street and number in fields of their own, and the number of a person for customs [amazon-field-13] [amazon-field-28]', () => {
    const extendedFields = { streetName: 'Rua Azul', streetNumber: '12', complement: 'Apto 3', neighborhood: 'Centro' }
    const taxRegistrations = [{ entityType: 'BUYER', taxRegistrationType: 'CPF', taxRegistrationNumber: '123.456.789-09' }]

    const brazilian = readOrder(
      orderDocument({ recipient: { deliveryAddress: { extendedFields, city: 'Recife', countryCode: 'BR' } }, tax: { taxRegistrations } }),
    )

    expect(brazilian.personal.shipTo).toMatchObject({ line1: 'Rua Azul, 12', line2: 'Apto 3', district: 'Centro', country: 'BR' })
    expect(brazilian.taxIds.vat).toBe('123.456.789-09')
  })
})
