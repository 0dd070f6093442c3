import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertMoney, indexRates } from '../../../core/rules/fx.ts'
import type { Instant } from '../../../core/value/instant.ts'
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

describe('dated rates', () => {
  const rates = indexRates([
    { date: '2026-11-20', from: 'EUR', to: 'USD', rate: '1.10' },
    { date: '2026-11-23', from: 'EUR', to: 'USD', rate: '1.20' },
    { date: '2026-11-20', from: 'USD', to: 'JPY', rate: '150' },
  ])
  const euros = (at: string) => convertMoney(money(10_000, 'EUR'), 'USD', `${at}T12:00:00.000Z` as Instant, rates)?.minorUnits

  it('hold until the next one of their pair, and not before their day', () => {
    expect([euros('2026-11-19'), euros('2026-11-20'), euros('2026-11-22'), euros('2026-11-23'), euros('2026-12-01')]).toEqual([
      undefined,
      11_000,
      11_000,
      12_000,
      12_000,
    ])
  })

  it('are too old after a month', () => {
    expect([euros('2026-12-24'), euros('2026-12-25')]).toEqual([12_000, undefined])
  })

  it('divide where only the opposite direction is known, exactly', () => {
    expect(convertMoney(money(1_000, 'JPY'), 'USD', now, rates)).toEqual(money(667, 'USD'))
    expect(convertMoney(money(75, 'JPY'), 'USD', now, rates)).toEqual(money(50, 'USD'))
    expect(convertMoney(money(-1_000, 'JPY'), 'USD', now, rates)).toEqual(money(-667, 'USD'))
    expect(convertMoney(money(1_000, 'GBP'), 'USD', now, rates)).toBeUndefined()
  })
})
