import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMoney,
  allocateMoney,
  currencyDigits,
  formatAmount,
  isCurrency,
  money,
  moneyDocument,
  multiplyMoney,
  parseMoney,
  subtractMoney,
  sumMoney,
  zero,
} from '../../../core/value/money.ts'

/** Currencies of none, two, three and four decimal digits. */
const currency = fc.constantFrom('JPY', 'USD', 'KWD', 'CLF')
const minorUnits = fc.maxSafeInteger()

describe('money', () => {
  it('knows how many decimal digits a currency has', () => {
    expect(['JPY', 'USD', 'EUR', 'KWD', 'CLF'].map(currencyDigits)).toEqual([0, 2, 2, 3, 4])
  })

  it('is the same amount after it was written and read, in currencies of 0, 2, 3 and 4 digits', () => {
    fc.assert(
      fc.property(minorUnits, currency, (units, code) => {
        const value = money(units, code)

        expect(parseMoney(formatAmount(value), code)).toEqual(value)
      }),
    )
  })

  it.each([
    ['12.34', 'USD', 1_234],
    ['-0.05', 'USD', -5],
    ['+1.5', 'USD', 150],
    ['12.', 'USD', 1_200],
    [' 7 ', 'USD', 700],
    ['12.3400', 'USD', 1_234],
    ['0012.30', 'USD', 1_230],
    ['1200', 'JPY', 1_200],
    ['1200.00', 'JPY', 1_200],
    ['1.234', 'KWD', 1_234],
    ['1.2345', 'CLF', 12_345],
    ['-0.00', 'USD', 0],
  ])('reads "%s" %s as %i minor units', (amount, code, units) => {
    expect(parseMoney(amount, code)).toStrictEqual({ minorUnits: units, currency: code })
  })

  it('keeps an amount exact that a float would bend', () => {
    expect(parseMoney('90071992547409.91', 'USD').minorUnits).toBe(9_007_199_254_740_991)
    expect(parseMoney('0.29', 'USD').minorUnits).toBe(29)
  })

  it.each(['', '.5', '1,5', '1e3', '12.345', '0x1', 'NaN', '1 2', '--1', '90071992547409.92'])('refuses the amount "%s"', (amount) => {
    expect(() => parseMoney(amount, 'USD')).toThrow(expect.objectContaining({ kind: 'invalid-data', code: 'amount-invalid' }))
  })

  it.each(['', 'US', 'usd', 'ABC', 'DOLLAR'])('refuses the currency "%s" instead of guessing', (code) => {
    expect(() => parseMoney('1.00', code)).toThrow(expect.objectContaining({ kind: 'invalid-data', code: 'currency-unknown' }))
    expect(isCurrency(code)).toBe(false)
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is never made of %d minor units', (units) => {
    expect(() => money(units, 'USD')).toThrow(expect.objectContaining({ kind: 'invalid-data', code: 'amount-invalid' }))
  })

  it('has no negative zero', () => {
    expect(Object.is(money(-0, 'USD').minorUnits, 0)).toBe(true)
  })

  it.each([
    [1_234, 'USD', '12.34'],
    [-5, 'USD', '-0.05'],
    [1_200, 'JPY', '1200'],
    [-7, 'JPY', '-7'],
    [5, 'KWD', '0.005'],
    [10_000, 'CLF', '1.0000'],
  ])('writes %i minor units of %s as %s', (units, code, amount) => {
    expect(moneyDocument(money(units, code))).toEqual({ amount, currency: code })
  })
})

describe('arithmetic with money', () => {
  const usd = (units: number) => money(units, 'USD')

  it('adds, subtracts, multiplies and sums', () => {
    expect(addMoney(usd(1), usd(2))).toEqual(usd(3))
    expect(subtractMoney(usd(1), usd(2))).toEqual(usd(-1))
    expect(multiplyMoney(usd(250), 3)).toEqual(usd(750))
    expect(sumMoney([usd(1), usd(2), usd(3)], 'USD')).toEqual(usd(6))
    expect(sumMoney([], 'JPY')).toEqual(zero('JPY'))
  })

  it('never combines two currencies', () => {
    expect(() => addMoney(usd(1), money(1, 'EUR'))).toThrow('cannot combine USD with EUR')
    expect(() => subtractMoney(usd(1), money(1, 'EUR'))).toThrow('cannot combine USD with EUR')
    expect(() => sumMoney([usd(1)], 'EUR')).toThrow('cannot combine EUR with USD')
  })

  it('refuses a result that is not exact any more', () => {
    expect(() => addMoney(usd(Number.MAX_SAFE_INTEGER), usd(1))).toThrow(expect.objectContaining({ code: 'amount-invalid' }))
    expect(() => multiplyMoney(usd(Number.MAX_SAFE_INTEGER), 2)).toThrow(expect.objectContaining({ code: 'amount-invalid' }))
  })
})

describe('allocating money', () => {
  const weights = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 20 }).filter((parts) => parts.some((part) => part > 0))

  it('gives every minor unit away, once', () => {
    fc.assert(
      fc.property(minorUnits, currency, weights, (units, code, parts) => {
        const value = money(units, code)

        const shares = allocateMoney(value, parts)

        expect(sumMoney(shares, code)).toEqual(value)
        expect(shares).toHaveLength(parts.length)
      }),
    )
  })

  it('gives each part its exact share, give or take one minor unit', () => {
    fc.assert(
      fc.property(minorUnits, weights, (units, parts) => {
        const whole = BigInt(parts.reduce((sum, part) => sum + part, 0))

        const shares = allocateMoney(money(units, 'USD'), parts)

        for (const [index, share] of shares.entries()) {
          const exact = (BigInt(units) * BigInt(parts[index] ?? 0)) / whole
          const difference = BigInt(share.minorUnits) - exact
          expect(difference >= -1n && difference <= 1n).toBe(true)
        }
      }),
    )
  })

  it('gives nothing to a part without weight', () => {
    fc.assert(
      fc.property(minorUnits, weights, (units, parts) => {
        const shares = allocateMoney(money(units, 'USD'), [0, ...parts, 0])

        expect(shares[0]).toEqual(zero('USD'))
        expect(shares.at(-1)).toEqual(zero('USD'))
      }),
    )
  })

  it('gives the remainder to the first parts', () => {
    expect(allocateMoney(money(100, 'USD'), [1, 1, 1]).map((part) => part.minorUnits)).toEqual([34, 33, 33])
    expect(allocateMoney(money(-100, 'USD'), [1, 1, 1]).map((part) => part.minorUnits)).toEqual([-34, -33, -33])
  })

  it('needs a weight', () => {
    expect(() => allocateMoney(money(1, 'USD'), [])).toThrow('at least one positive weight')
    expect(() => allocateMoney(money(1, 'USD'), [0, 0])).toThrow('at least one positive weight')
  })
})
