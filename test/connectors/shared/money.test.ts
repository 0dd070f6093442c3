import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeTotals, readMoney } from '../../../connectors/shared/money.ts'
import { money } from '../../../core/value/money.ts'

const usd = (minorUnits: number) => money(minorUnits, 'USD')
const parts = (items: number, shipping: number, discount: number, grand: number) => ({
  items: usd(items),
  shipping: usd(shipping),
  discount: usd(discount),
  grand: usd(grand),
})

describe('an amount', () => {
  test('that is absent is no doubt', () => {
    const doubts: string[] = []

    expect(readMoney(undefined, 'total', doubts)).toBeUndefined()
    expect(doubts).toEqual([])
  })

  test('in a currency that nobody knows is a doubt', () => {
    const doubts: string[] = []

    expect(readMoney({ amount: '1.00', currency: 'XQQ' }, 'total', doubts)).toBeUndefined()
    expect(doubts).toEqual(['currency "XQQ"'])
  })

  test('that is none is invalid, with its place', () => {
    expect(() => readMoney({ amount: '12,50', currency: 'USD' }, 'lines.0.price', [])).toThrow(
      expect.objectContaining({ kind: 'invalid-data', code: 'amount-invalid', message: expect.stringContaining('lines.0.price') }),
    )
  })
})

describe('totals', () => {
  test('count as tax what the grand total holds beyond the named parts', () => {
    expect(closeTotals(parts(1_000, 200, 100, 1_250)).tax).toEqual(usd(150))
  })

  test('count as shipping what is more than the declared tax', () => {
    expect(closeTotals(parts(1_000, 200, 100, 1_250), { atMost: usd(90) })).toMatchObject({ tax: usd(90), shipping: usd(260) })
  })

  test('count as discount what is less than the declared tax', () => {
    expect(closeTotals(parts(1_000, 200, 100, 1_250), { atLeast: usd(180) })).toMatchObject({ tax: usd(180), discount: usd(130) })
  })

  test('always add up, and neither tax nor discount falls below zero', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(amount, amount, amount, amount, fc.option(amount), fc.option(amount), (items, shipping, discount, grand, least, most) => {
        const declared = { ...(least === null ? {} : { atLeast: usd(least) }), ...(most === null ? {} : { atMost: usd(most) }) }

        const totals = closeTotals(parts(items, shipping, discount, grand), least === null || most === null ? declared : {})

        const { minorUnits } = totals.items
        expect(minorUnits + totals.shipping.minorUnits + totals.tax.minorUnits - totals.discount.minorUnits).toBe(grand)
        expect(Math.min(totals.tax.minorUnits, totals.discount.minorUnits)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
