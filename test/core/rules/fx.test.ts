import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertMoney } from '../../../core/rules/fx.ts'
import { money } from '../../../core/value/money.ts'
import { now } from './rules-world.ts'

const at = (rate: string | undefined) => ({ rate: () => rate })

describe('an amount in another currency', () => {
  it.each([
    [money(1000, 'EUR'), '1.0842', 1084],
    [money(1005, 'EUR'), '1.1', 1106],
    [money(-1005, 'EUR'), '1.1', -1106],
    [money(1200, 'JPY'), '0.0066', 792],
    [money(1234, 'KWD'), '3.25', 401],
    [money(1, 'EUR'), '0.4', 0],
  ])('%j at %s is %i cents', (value, rate, cents) => {
    expect(convertMoney(value, 'USD', now, at(rate))).toEqual(money(cents, 'USD'))
  })

  it('is not known without a rate, and is itself in its own currency', () => {
    expect(convertMoney(money(1, 'EUR'), 'USD', now, undefined)).toBeUndefined()
    expect(convertMoney(money(1, 'EUR'), 'USD', now, at(undefined))).toBeUndefined()
    expect(convertMoney(money(1, 'EUR'), 'USD', now, at('about 1'))).toBeUndefined()
    expect(convertMoney(money(1, 'USD'), 'USD', now, undefined)).toEqual(money(1, 'USD'))
  })

  it('is exact for amounts that a float could not multiply', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e14 }), (cents) => {
        expect(convertMoney(money(cents, 'EUR'), 'USD', now, at('1.000000'))).toEqual(money(cents, 'USD'))
      }),
    )
  })
})
