import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMs, type Instant, instantFromMs } from '../../../core/value/instant.ts'
import { money } from '../../../core/value/money.ts'
import { facts, isMet, now, rulesOf, totalsOf } from './rules-world.ts'

const leaf = fc.constantFrom(
  '{ field: shop, op: eq, value: brand }',
  '{ field: tags, op: contains, value: vip }',
  '{ field: amounts.totalUsd, op: gte, value: 100 }',
  '{ field: ageSincePaidMin, op: lt, value: 30 }',
  '{ anyLine: { field: quantity, op: gte, value: 2 } }',
)
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((parts) => `{ all: [${parts.join(', ')}] }`),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((parts) => `{ any: [${parts.join(', ')}] }`),
    tie('condition').map((part) => `{ not: ${part} }`),
  ),
}))
const about = fc
  .record({
    shop: fc.constantFrom('brand', 'other'),
    tags: fc.subarray(['vip', 'gift']),
    cents: fc.integer({ min: 0, max: 20_000 }),
    currency: fc.constantFrom('USD', 'EUR'),
    minutes: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ shop, tags, cents, currency, minutes }) =>
    facts({ shop, tags, totals: { ...totalsOf('0.00', currency), grand: money(cents, currency) }, paidAt: addMs(now, -minutes * 60_000) }),
  )

describe('conditions', () => {
  it('follow the laws of logic, also where a rate is missing', () => {
    const opposite = { true: false, false: true, 'fx-missing': 'fx-missing' } as const

    fc.assert(
      fc.property(condition, condition, about, (one, other, order) => {
        const [a, b] = [isMet(one, order), isMet(other, order)]

        expect(isMet(`{ not: ${one} }`, order)).toBe(opposite[`${a}`])
        expect(isMet(`{ all: [${one}, ${other}] }`, order)).toBe(isMet(`{ not: { any: [{ not: ${one} }, { not: ${other} }] } }`, order))
        expect(isMet(`{ any: [${one}, ${other}] }`, order)).toBe(
          a === true || b === true ? true : a === false && b === false ? false : 'fx-missing',
        )
      }),
    )
  })
})

describe('review rules', () => {
  const named = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(...'abcdef') }), condition), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 6,
  })
  const compiled = (rules: readonly (readonly [string, string])[]) =>
    rulesOf(
      `review:\n${rules.map(([name, when]) => `  - { name: r-${name}, when: ${when}, then: [{ hold: { release: when-condition } }] }`).join('\n')}`,
    )

  it('hold the same whatever their order, and the same each time', () => {
    const shuffled = named.chain((rules) => fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })))

    fc.assert(
      fc.property(shuffled, about, ([rules, others], order) => {
        const [first, second] = [compiled(rules), compiled(others)]
        const byRule = (holds: readonly { readonly rule: string }[]) => [...holds].sort((a, b) => (a.rule < b.rule ? -1 : 1))

        expect(byRule(second.review(order))).toEqual(byRule(first.review(order)))
        expect(first.review(order)).toEqual(first.review(order))
      }),
    )
  })

  it('that wait for the clock alone do not change before the moment they name', () => {
    fc.assert(
      fc.property(condition, about, fc.double({ min: 0, max: 1, noNaN: true }), (when, order, share) => {
        const rules = compiled([['a', when]])
        const [hold] = rules.review(order)
        if (hold?.release.mode !== 'at-time') return
        const until = Date.parse(hold.release.at)
        const between: Instant = instantFromMs(Math.min(until - 1, Math.floor(Date.parse(now) + (until - Date.parse(now)) * share)))

        expect(rules.review({ ...order, now: between })).toEqual([hold])
      }),
    )
  })
})
