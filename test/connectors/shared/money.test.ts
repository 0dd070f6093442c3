import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeTotals, parseRounded, readMoney } from '../../../connectors/shared/money.ts'
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

  test('that is none is a doubt, with its place', () => {
    const doubts: string[] = []

    expect(readMoney({ amount: '12,50', currency: 'USD' }, 'lines.0.price', doubts)).toBeUndefined()
    expect(doubts).toEqual([expect.stringContaining('lines.0.price: "12,50" is not an amount of USD')])
  })

  test.each([
    ['4.166667', 'USD', 417],
    ['12.989999771118164', 'USD', 1_299],
    ['1.005', 'USD', 101],
    ['-1.005', 'USD', -101],
    ['1.00499999999999999999', 'USD', 100],
    ['0.004', 'USD', 0],
    ['0.999', 'USD', 100],
    ['1199.5', 'JPY', 1_200],
    ['1.23456', 'KWD', 1_235],
    ['1.25E1', 'USD', 1_250],
    ['1e+3', 'JPY', 1_000],
    ['5e-3', 'USD', 1],
    ['4e-3', 'USD', 0],
    ['9e-9', 'USD', 0],
    ['12.3400', 'USD', 1_234],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  ])('%s %s is read exactly and rounded half up to the digits of its currency: %i', (amount, currency, minorUnits) => {
    expect(parseRounded(amount, currency)).toEqual(money(minorUnits, currency))
  })

  test.each(['', 'twelve', '1e', 'e5', '0x10', '1e999'])('"%s" is none', (amount) => {
    expect(() => parseRounded(amount, 'USD')).toThrow(expect.objectContaining({ kind: 'invalid-data', code: 'amount-invalid' }))
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
