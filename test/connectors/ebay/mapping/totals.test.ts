import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMoney, multiplyMoney, subtractMoney } from '../../../../core/value/money.ts'
import { lineItem, mapped, orderPayload } from '../order-payload.ts'

const reasons = (payload: Readonly<Record<string, unknown>>) => mapped(payload).holds.map((hold) => hold.reason)

const eur = (minorUnits: number) => ({ minorUnits, currency: 'EUR' })

describe('taxes', () => {
  test('count what eBay collects, which the total includes [ebay-trap-08]', () => {
    const pricingSummary = {
      priceSubtotal: { value: '30.0', currency: 'EUR' },
      deliveryCost: { value: '4.9', currency: 'EUR' },
      total: { value: '40.57', currency: 'EUR' },
    }

    expect(mapped(orderPayload({ pricingSummary })).totals).toEqual({
      items: eur(3_000),
      shipping: eur(490),
      tax: eur(567),
      discount: eur(0),
      grand: eur(4_057),
    })
  })
})

describe('totals', () => {
  test('read the negative discounts of the summary', () => {
    expect(mapped(orderPayload()).totals).toEqual({
      items: eur(3_000),
      shipping: eur(490),
      tax: eur(0),
      discount: eur(840),
      grand: eur(2_650),
    })
  })

  test.each([
    ['5.0', { items: eur(3_500), discount: eur(840) }],
    ['-5.0', { items: eur(3_000), discount: eur(1_340) }],
  ])('an adjustment of %s goes where its sign says', (value, parts) => {
    const summary = orderPayload()['pricingSummary'] as Record<string, unknown>
    const total = { value: String(26.5 + Number(value)), currency: 'EUR' }

    expect(mapped(orderPayload({ pricingSummary: { ...summary, adjustment: { value, currency: 'EUR' }, total } })).totals).toMatchObject(
      parts,
    )
  })

  test('always add up, whatever the summary says [ebay-field-15]', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(fc.record({ subtotal: amount, delivery: amount, discount: amount, total: amount }), (summary) => {
        const text = (units: number) => ({ value: (units / 100).toFixed(2), currency: 'EUR' })
        const pricingSummary = {
          priceSubtotal: text(summary.subtotal),
          deliveryCost: text(summary.delivery),
          priceDiscount: text(-summary.discount),
          total: text(summary.total),
        }

        const totals = mapped(orderPayload({ pricingSummary })).totals
        if (!totals) throw new Error('there are totals')

        expect(totals.grand).toEqual(subtractMoney(addMoney(addMoney(totals.items, totals.shipping), totals.tax), totals.discount))
        expect(totals.tax.minorUnits).toBeGreaterThanOrEqual(0)
        expect(totals.discount.minorUnits).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('never charge more for the units than for the line [ebay-field-11]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 999 }), (units, quantity) => {
        const lineItems = [lineItem({ quantity, lineItemCost: { value: (units / 100).toFixed(2), currency: 'EUR' } })]

        const price = mapped(orderPayload({ lineItems })).lines[0]?.unitPrice
        if (!price) throw new Error('there is a price')
        const rest = units - multiplyMoney(price, quantity).minorUnits

        expect(rest).toBeGreaterThanOrEqual(0)
        expect(rest).toBeLessThan(quantity)
      }),
    )
  })

  test('are left out, with a hold, when an amount cannot be read', () => {
    const summary = orderPayload()['pricingSummary'] as Record<string, unknown>
    const garbled = orderPayload({ pricingSummary: { ...summary, deliveryCost: { value: '4,90', currency: 'EUR' } } })

    expect(mapped(garbled)).not.toHaveProperty('totals')
    expect(reasons(garbled)).toEqual(['unknown-value'])
  })

  test('are left out, with a hold, when the currency is unknown or several are mixed', () => {
    const strange = orderPayload({ pricingSummary: { total: { value: '1.0', currency: 'XQQ' } } })
    const mixed = orderPayload({ pricingSummary: { total: { value: '1.0', currency: 'USD' } } })

    expect(mapped(strange)).not.toHaveProperty('totals')
    expect(reasons(strange)).toEqual(['unknown-value'])
    expect(mapped(mixed)).not.toHaveProperty('totals')
    expect(reasons(mixed)).toEqual(['unknown-value'])
  })
})
