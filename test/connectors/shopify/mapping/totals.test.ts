import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAmount, money } from '../../../../core/value/money.ts'
import { bag, lineJson, listOf, mapped } from '../order-fixture.ts'

describe('sums', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 })

  test('the grand total is always items plus shipping plus tax minus discount [shopify-field-11]', () => {
    const set = (minorUnits: number) => bag(formatAmount(money(minorUnits, 'USD')))
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, fc.boolean(), (unit, shipping, tax, discount, grand, taxesIncluded) => {
        const totals = mapped({
          taxesIncluded,
          lineItems: listOf(lineJson({ originalUnitPriceSet: set(unit) })),
          totalShippingPriceSet: set(shipping),
          totalTaxSet: set(tax),
          totalDiscountsSet: set(discount),
          totalPriceSet: set(grand),
        }).totals
        const sum = totals && totals.items.minorUnits + totals.shipping.minorUnits + totals.tax.minorUnits - totals.discount.minorUnits
        expect(sum).toBe(grand)
        expect(totals?.grand.minorUnits).toBe(grand)
      }),
    )
  })

  test('are taken as they stand when they add up [shopify-field-10]', () => {
    expect(mapped({ totalDiscountsSet: bag('3.00'), totalPriceSet: bag('27.78') }).totals).toEqual({
      items: money(2468, 'USD'),
      shipping: money(490, 'USD'),
      tax: money(120, 'USD'),
      discount: money(300, 'USD'),
      grand: money(2778, 'USD'),
    })
  })

  test('hold no tax when the prices include it [shopify-field-11]', () => {
    expect(mapped({ taxesIncluded: true, totalPriceSet: bag('29.58') }).totals).toMatchObject({
      tax: money(0, 'USD'),
      grand: money(2958, 'USD'),
    })
  })

  test('an order in a currency that nobody knows keeps its lines and loses only its sums', () => {
    const order = mapped({ totalPriceSet: bag('30.78', 'XXQ'), lineItems: listOf(lineJson({ originalUnitPriceSet: bag('12.34', 'XXQ') })) })

    expect(order.totals).toBeUndefined()
    expect(order.lines[0]).toMatchObject({ quantity: 2 })
    expect(order.lines[0]?.unitPrice).toBeUndefined()
  })

  test('hold duties and tips in tax, for the total holds them and nothing names them [shopify-field-11]', () => {
    expect(mapped({ totalPriceSet: bag('37.03') }).totals).toMatchObject({ tax: money(745, 'USD'), grand: money(3703, 'USD') })
  })

  test('amounts with more decimals than their currency are rounded [shopify-field-10]', () => {
    const order = mapped({
      lineItems: listOf(lineJson({ originalUnitPriceSet: bag('12.3366667') })),
      totalShippingPriceSet: bag('4.8999999'),
    })

    expect(order).toMatchObject({ holds: [], totals: { items: money(2468, 'USD'), shipping: money(490, 'USD') } })
    expect(order.lines[0]?.unitPrice).toEqual(money(1234, 'USD'))
  })

  test.each(['totalPriceSet', 'totalShippingPriceSet', 'totalTaxSet', 'totalDiscountsSet'])(
    '%s that is no amount is a hold, and loses no order',
    (place) => {
      const order = mapped({ [place]: bag('twelve') })

      expect(order.holds).toMatchObject([{ reason: 'unknown-value', detail: expect.stringContaining(place) }])
    },
  )
})
