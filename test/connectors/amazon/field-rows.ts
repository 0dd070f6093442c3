import type { OrderSnapshot } from '../../../core/model/order.ts'

export const dollars = (minorUnits: number) => ({ minorUnits, currency: 'USD' })

/** One field of `fullOrder`, as the snapshot shows it. */
export interface FieldRow {
  readonly id: string
  readonly field: string
  readonly read: (order: OrderSnapshot) => unknown
  readonly is: unknown
}

export const fieldRows: readonly FieldRow[] = [
  { id: '01', field: 'its id', read: ({ platformOrderId }) => platformOrderId, is: '113-1234567-7654321' },
  { id: '02', field: "the seller's own number", read: ({ displayNumber }) => displayNumber, is: 'WEB-4711' },
  { id: '03', field: 'its marketplace', read: ({ site }) => site, is: 'ATVPDKIKX0DER' },
  {
    id: '04',
    field: 'its times',
    read: ({ purchasedAt, updatedAt }) => [purchasedAt, updatedAt],
    is: ['2026-11-24T07:00:00.000Z', '2026-11-24T07:05:00.123Z'],
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
  },
  {
    id: '15',
    field: 'its programs, known and new',
    read: ({ tags }) => tags.filter((tag) => ['amazon-business', 'premium', 'a-new-program'].includes(tag)),
    is: ['amazon-business', 'premium', 'a-new-program'],
  },
  {
    id: '16',
    field: 'what it stands for',
    read: ({ tags }) => tags.filter((tag) => tag === 'replacement' || tag === 'exchange'),
    is: ['replacement', 'exchange'],
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
  { id: '28', field: "its buyer's tax number", read: ({ taxIds }) => taxIds.vat, is: 'DE222' },
  { id: '30', field: 'who cancelled', read: ({ tags }) => tags.includes('cancelled-by-buyer'), is: true },
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
  },
]
