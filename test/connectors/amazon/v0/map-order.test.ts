import { describe, expect, test } from 'vitest'
import { idOf, readOrder } from '../../../../connectors/amazon/map-order.ts'
import { readRecords } from '../../../../connectors/shared/read-records.ts'
import { addMoney, money, subtractMoney } from '../../../../core/value/money.ts'
import { fieldRows } from '../field-rows.ts'
import { dollars, fullV0Record } from './v0-documents.ts'

/** What v0 gives, by the id of the row, where it is not the same. */
const different: Readonly<Record<string, unknown>> = {
  '04': ['2026-11-24T07:00:00.000Z', '2026-11-24T07:05:00.000Z'],
  '10': undefined,
  '14': ['purchase order PO-77', false],
  '15': ['amazon-business', 'premium'],
  '16': ['replacement'],
  '19': [[5, 2, 0]],
  '28': undefined,
  '30': false,
  '34': [{ shipmentId: '', progress: 'counted', lines: [{ platformLineId: '00123456789012', quantity: 2 }] }],
}
const fromV0 = readOrder(fullV0Record)

describe('of an order of v0 is read', () => {
  test.each(fieldRows)('$field [amazon-field-$id]', ({ id, read, is }) => {
    expect(read(fromV0)).toEqual(id in different ? different[id] : is)
  })
})

describe('totals of an order of v0', () => {
  test('add up in minor units [amazon-field-36]', () => {
    const { totals } = fromV0
    if (!totals) throw new Error('there are totals')

    expect(subtractMoney(addMoney(addMoney(totals.items, totals.shipping), totals.tax), totals.discount)).toEqual(totals.grand)
  })
})

describe('a v0 record', () => {
  const order = {
    AmazonOrderId: '113-1234567-7654321',
    PurchaseDate: '2026-11-24T07:00:00Z',
    LastUpdateDate: '2026-11-24T07:05:00Z',
    OrderStatus: 'PartiallyShipped',
    FulfillmentChannel: 'MFN',
    SalesChannel: 'Amazon.com',
    ShipmentServiceLevelCategory: 'NextDay',
    IsPrime: 'true',
    IsBusinessOrder: true,
    IsReplacementOrder: 'true',
    ReplacedOrderId: '113-0000000-0000001',
    ShippingAddress: { AddressLine1: '1 Road', City: 'Newark', CountryCode: 'US', AddressType: 'Commercial' },
  }
  const item = {
    OrderItemId: '007',
    ASIN: 'B1',
    QuantityOrdered: 3,
    QuantityShipped: 1,
    ItemPrice: { Amount: '10.00', CurrencyCode: 'USD' },
  }
  const read = (changes: object, ...items: object[]) => readOrder({ order: { ...order, ...changes }, items })

  test('reads flags that are text, and words in v0’s spelling [amazon-read-18]', () => {
    const snapshot = read({}, item)

    expect(snapshot).toMatchObject({ status: 'partially-shipped', promisedService: 'NEXT_DAY' })
    expect(snapshot.tags).toEqual(['prime', 'amazon-business', 'replacement', 'commercial'])
  })

  test.each([
    ['Pending', 'awaiting-payment', '01'],
    ['PendingAvailability', 'awaiting-payment', '01'],
    ['Unshipped', 'open', '02'],
    ['PartiallyShipped', 'partially-shipped', '04'],
    ['Shipped', 'shipped', '05'],
    ['InvoiceUnconfirmed', 'shipped', '05'],
    ['Canceled', 'cancelled', '06'],
  ])('in status %s is %s [amazon-state-%s]', (OrderStatus, status) => {
    expect(read({ OrderStatus }, item).status).toBe(status)
  })

  test('gives a unit price only when the price of the line divides evenly [amazon-field-20]', () => {
    const even = { ...item, OrderItemId: '008', QuantityOrdered: 4 }

    const lines = read({}, item, even).lines

    expect(lines.map((line) => line.unitPrice)).toEqual([undefined, { minorUnits: 250, currency: 'USD' }])
  })

  test('asks for the cancellation of a line in text [amazon-field-29] [amazon-read-18]', () => {
    const asked = { ...item, BuyerRequestedCancel: { IsBuyerRequestedCancel: 'true' } }
    const notAsked = { ...item, BuyerRequestedCancel: { IsBuyerRequestedCancel: 'false' } }

    expect(read({ IsPrime: false }, asked).holds.map((hold) => hold.reason)).toEqual(['cancel-pending'])
    expect(read({ IsPrime: false }, notAsked).holds).toEqual([])
  })

  test.each([
    ['fulfilled by Amazon', { FulfillmentChannel: 'AFN' }],
    ['placed outside Amazon', { SalesChannel: 'Non-Amazon US' }],
    ['picked up', { IsISPU: 'true' }],
  ])('is ignored when %s', (reason, changes) => {
    expect(read(changes, item).ignoredReason).toContain(reason)
  })

  test('that cannot be read is set aside with both parts', async () => {
    const record = { order, items: [{ ...item, QuantityOrdered: 'many' }] }

    const { rejected } = await readRecords([record], { idOf, read: readOrder })

    expect(rejected).toEqual([
      { platformOrderId: '113-1234567-7654321', reason: expect.stringContaining('orderItems.0.quantityOrdered'), payload: record },
    ])
  })

  test('with a price that is none waits for a person, and is not lost', () => {
    const { holds, totals, lines } = read({ IsPrime: false, OrderTotal: dollars('12.50') }, { ...item, ItemPrice: dollars('12,50') })

    expect(holds).toMatchObject([{ reason: 'unknown-value', detail: expect.stringContaining('proceeds.breakdowns.ITEM: "12,50"') }])
    expect(totals?.grand).toEqual(money(1_250, 'USD'))
    expect(lines[0]?.unitPrice).toBeUndefined()
  })

  test('without a total is summed up from its items [amazon-field-23]', () => {
    const priced = { ...item, ItemPrice: dollars('30.00'), ShippingPrice: dollars('5.00'), PromotionDiscount: dollars('2.00') }

    expect(read({}, priced).totals).toMatchObject({ items: money(3_000, 'USD'), grand: money(3_300, 'USD') })
  })

  test('is of the marketplace of its sales channel where v0 gives no id [amazon-field-03]', () => {
    expect(read({ SalesChannel: 'Amazon.ca' }, item).site).toBe('A2EUQ1WTGCTBG2')
  })

  test.each([null, 'text', 42, { order: null, items: [null] }, { order: 'text', items: ['text'] }])(
    'is set aside even when it is %j',
    async (record) => {
      const { rejected } = await readRecords([record], { idOf, read: readOrder })

      expect(rejected).toMatchObject([{ payload: record }])
    },
  )
})
