import { array, assert, constantFrom, integer, nat, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOrder } from '../../../../connectors/amazon/map-order.ts'
import type { OrderTotals } from '../../../../core/model/order.ts'
import { addMoney, formatAmount, money, subtractMoney } from '../../../../core/value/money.ts'
import { item, orderDocument, usd } from '../order-document.ts'

const totalsOf = (document: unknown): OrderTotals | undefined => readOrder(document).totals

const minor = (totals: OrderTotals | undefined) =>
  totals && Object.fromEntries(Object.entries(totals).map(([name, value]) => [name, value.minorUnits]))

function document(grandTotal: string, parts: Readonly<Record<string, string>>): unknown {
  const breakdowns = Object.entries(parts).map(([type, amount]) => ({ type, subtotal: usd(amount) }))
  return orderDocument({ proceeds: { grandTotal: usd(grandTotal) }, orderItems: [item({ proceeds: { breakdowns } })] })
}

describe('totals', () => {
  test('add the tax where it comes on top of the prices [amazon-field-22]', () => {
    const totals = totalsOf(document('35.00', { ITEM: '30.00', SHIPPING: '4.00', TAX: '3.00', DISCOUNT: '2.00' }))

    expect(minor(totals)).toEqual({ items: 3000, shipping: 400, tax: 300, discount: 200, grand: 3500 })
  })

  test('leave the tax out where the prices hold it [amazon-field-22]', () => {
    const totals = totalsOf(document('32.00', { ITEM: '30.00', SHIPPING: '4.00', TAX: '3.00', DISCOUNT: '2.00' }))

    expect(minor(totals)).toEqual({ items: 3000, shipping: 400, tax: 0, discount: 200, grand: 3200 })
  })

  test('read a discount the same with either sign', () => {
    const totals = totalsOf(document('28.00', { ITEM: '30.00', DISCOUNT: '-2.00' }))

    expect(minor(totals)).toEqual({ items: 3000, shipping: 0, tax: 0, discount: 200, grand: 2800 })
  })

  test('take the sums of the order before those of its items', () => {
    const breakdowns = [
      { type: 'ITEM', subtotal: usd('40.00') },
      { type: 'DELIVERY_TIP', subtotal: usd('1.00'), status: 'FINALIZED' },
    ]

    const totals = totalsOf(orderDocument({ proceeds: { grandTotal: usd('41.00'), breakdowns } }))

    expect(minor(totals)).toMatchObject({ items: 4000, shipping: 100, grand: 4100 })
  })

  test('are the items added up when Amazon gives no grand total [amazon-field-23]', () => {
    const one = item({
      orderItemId: '1',
      proceeds: { proceedsTotal: usd('10.00'), breakdowns: [{ type: 'ITEM', subtotal: usd('10.00') }] },
    })
    const two = item({ orderItemId: '2', proceeds: { proceedsTotal: usd('5.00'), breakdowns: [{ type: 'ITEM', subtotal: usd('5.00') }] } })

    expect(minor(totalsOf(orderDocument({ proceeds: undefined, orderItems: [one, two] })))).toMatchObject({ items: 1500, grand: 1500 })
  })

  test.each([
    {
      source: 'the breakdowns of the order',
      changes: {
        proceeds: {
          breakdowns: [
            { type: 'ITEM', subtotal: usd('30.00') },
            { type: 'DELIVERY_TIP', subtotal: usd('2.00') },
            { type: 'TAX', subtotal: usd('3.00') },
            { type: 'DISCOUNT', subtotal: usd('1.00') },
          ],
        },
      },
      is: { items: 3000, shipping: 200, tax: 300, discount: 100, grand: 3400 },
    },
    {
      source: 'the breakdowns of the items',
      changes: {
        proceeds: {},
        orderItems: [
          item({
            proceeds: {
              breakdowns: [
                { type: 'ITEM', subtotal: usd('30.00') },
                { type: 'DISCOUNT', subtotal: usd('-1.00') },
              ],
            },
          }),
        ],
      },
      is: { items: 3000, shipping: 0, tax: 0, discount: 100, grand: 2900 },
    },
    {
      source: 'unit prices',
      changes: { proceeds: undefined, orderItems: [item({ proceeds: undefined }), item({ proceeds: undefined, quantityOrdered: 1 })] },
      is: { items: 4000, shipping: 0, tax: 0, discount: 0, grand: 4000 },
    },
    {
      source: 'what each item gives',
      changes: { proceeds: undefined, orderItems: [item({ proceeds: undefined }), item({ proceeds: { proceedsTotal: usd('5.00') } })] },
      is: { grand: 3500 },
    },
    {
      source: 'the items, where the grand total is none',
      changes: { proceeds: { grandTotal: usd('much') } },
      is: { items: 3000, grand: 3578 },
    },
  ])('come from $source where Amazon gives no grand total [amazon-field-23]', ({ changes, is }) => {
    expect(minor(totalsOf(orderDocument(changes)))).toMatchObject(is)
  })

  test('are unknown where one item has no amount: a sum of the others would be too low [amazon-field-23]', () => {
    const orderItems = [item(), item({ proceeds: undefined, product: { title: 'Lamp' } })]

    expect(totalsOf(orderDocument({ proceeds: undefined, orderItems }))).toBeUndefined()
  })

  test('in several currencies are a doubt', () => {
    const euros = { proceedsTotal: { amount: '5.00', currencyCode: 'EUR' } }
    const order = readOrder(orderDocument({ proceeds: undefined, orderItems: [item(), item({ proceeds: euros })] }))

    expect(order.totals).toBeUndefined()
    expect(order.holds).toMatchObject([{ reason: 'unknown-value', detail: expect.stringContaining('several currencies') }])
  })

  test('are rounded where Amazon gives more decimals than the currency has, exponents included [amazon-field-36]', () => {
    const product = { title: 'Lamp', price: { unitPrice: usd('4.166667') } }
    const order = readOrder(orderDocument({ proceeds: { grandTotal: usd('1.25E1') }, orderItems: [item({ product })] }))

    expect(order.totals?.grand.minorUnits).toBe(1250)
    expect(order.lines[0]?.unitPrice).toEqual(money(417, 'USD'))
    expect(order.holds).toEqual([])
  })

  test('are exact where floats are not [amazon-field-36]', () => {
    const parts = { ITEM: '0.10', SHIPPING: '0.20' }

    expect(minor(totalsOf(document('0.30', parts)))).toMatchObject({ items: 10, shipping: 20, grand: 30 })
  })

  test('read a JSON number by its decimal text', () => {
    const proceeds = { grandTotal: { amount: 1234.56, currencyCode: 'USD' } }

    expect(minor(totalsOf(orderDocument({ proceeds })))).toMatchObject({ grand: 123456 })
  })

  test('have no decimals in yen [amazon-field-36]', () => {
    const yen = (amount: string) => ({ amount, currencyCode: 'JPY' })
    const breakdowns = [{ type: 'ITEM', subtotal: yen('1200') }]
    const product = { title: 'Lamp', price: { unitPrice: yen('1200') } }

    const order = orderDocument({ proceeds: { grandTotal: yen('1200') }, orderItems: [item({ product, proceeds: { breakdowns } })] })

    expect(totalsOf(order)?.grand).toEqual({ minorUnits: 1200, currency: 'JPY' })
  })

  test('always add up to what Amazon calls the grand total', () => {
    const part = record({
      type: constantFrom('ITEM', 'SHIPPING', 'GIFT_WRAP', 'TAX', 'DISCOUNT', 'OTHER', 'SOMETHING_NEW'),
      units: nat(1_000_000),
    })
    const amount = (units: number) => usd(formatAmount(money(units, 'USD')))

    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property gives no promise
    assert(
      property(integer({ min: 0, max: 5_000_000 }), array(part, { maxLength: 8 }), (grand, parts) => {
        const breakdowns = parts.map(({ type, units }) => ({ type, subtotal: amount(units) }))
        const totals = totalsOf(
          orderDocument({ proceeds: { grandTotal: amount(grand) }, orderItems: [item({ proceeds: { breakdowns } })] }),
        )
        if (!totals) throw new Error('there are totals')
        const sum = subtractMoney(addMoney(addMoney(totals.items, totals.shipping), totals.tax), totals.discount)
        expect(totals.grand.minorUnits).toBe(grand)
        expect(sum).toEqual(totals.grand)
        expect(totals.discount.minorUnits).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
