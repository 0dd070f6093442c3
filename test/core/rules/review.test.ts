import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../core/value/instant.ts'
import { facts, now, rulesOf, totalsOf } from './rules-world.ts'

const coolOff = `review:
  - name: { en: Cool-off, zh: 冷静期 }
    when: { field: ageSincePaidMin, op: lt, value: 30 }
    then: [{ hold: { reason: cool-off, release: { at: "paidAt + 30m" } } }]`
const paid = (time: string) => facts({ paidAt: `2026-11-24T${time}:00.000Z` as Instant })

describe('a review rule', () => {
  it('holds what it matches, and says which rule and what to do', () => {
    const rules = rulesOf(`review:
      - name: High value
        when: { field: amounts.totalUsd, op: gte, value: 300 }
        then: [{ hold: { reason: high-value, release: manual } }]`)

    expect(rules.review(facts())).toEqual([
      {
        rule: 'High value',
        reason: 'high-value',
        detail: 'the rule "High value" holds it (amounts.totalUsd gte 300): look at it, then release the hold',
        release: { mode: 'manual' },
      },
    ])
    expect(rules.review(facts({ totals: totalsOf('299.99', 'USD') }))).toEqual([])
  })

  it('waits for a person and gives a plain reason when it says nothing else', () => {
    expect(rulesOf('review: [{ name: All, then: [{ hold: {} }] }]').review(facts())).toEqual([
      {
        rule: 'All',
        reason: 'review-rule',
        detail: 'the rule "All" holds every order: look at it, then release the hold',
        release: { mode: 'manual' },
      },
    ])
  })

  it('keeps an order for a while and then lets it go', () => {
    const rules = rulesOf(coolOff)

    expect(rules.review(paid('07:45'))).toEqual([
      expect.objectContaining({ reason: 'cool-off', release: { mode: 'at-time', at: '2026-11-24T08:15:00.000Z' } }),
    ])
    expect(rules.review(paid('07:30'))).toEqual([])
  })

  it('has no effect after its time, even if its condition is still met', () => {
    const rules = rulesOf('review: [{ name: Wait, then: [{ hold: { release: { at: "purchasedAt + 30m" } } }] }]')

    expect(rules.review(facts())).toEqual([])
    expect(rules.review(facts({ purchasedAt: now }))).toHaveLength(1)
  })

  it('waits for a person when the order lacks the time that it names', () => {
    const [hold] = rulesOf('review: [{ name: Wait, then: [{ hold: { release: { at: "paidAt + 30m" } } }] }]').review(facts())

    expect(hold).toMatchObject({ release: { mode: 'manual' }, detail: expect.stringContaining('the order has no time for paidAt + 30m') })
  })

  describe('that ends with its condition', () => {
    const until = (condition: string) =>
      rulesOf(`review: [{ name: Until, when: ${condition}, then: [{ hold: { release: when-condition } }] }]`)

    it('is looked at again when something changes', () => {
      expect(until('{ field: shop, op: eq, value: brand }').review(facts())).toMatchObject([{ release: { mode: 'when-condition' } }])
    })

    it('is looked at again when the clock alone may end it', () => {
      const rules = until('{ all: [{ field: shop, op: eq, value: brand }, { field: ageSincePaidMin, op: lt, value: 30 }] }')
      const [hold] = rules.review(paid('07:45'))

      expect(hold?.release).toEqual({ mode: 'at-time', at: '2026-11-24T08:15:00.000Z' })
      expect(rules.review({ ...paid('07:45'), now: '2026-11-24T08:14:59.999Z' as Instant })).toHaveLength(1)
      expect(rules.review({ ...paid('07:45'), now: '2026-11-24T08:15:00.000Z' as Instant })).toEqual([])
    })

    it('is looked at again as the deadline comes nearer', () => {
      const rules = until('{ field: hoursToShipBy, op: gte, value: 4 }')
      const about = facts({ shipBy: '2026-11-24T13:00:00.000Z' as Instant })
      const [hold] = rules.review(about)

      expect(hold?.release).toEqual({ mode: 'at-time', at: '2026-11-24T09:00:00.001Z' })
      expect(rules.review({ ...about, now: '2026-11-24T09:00:00.000Z' as Instant })).toHaveLength(1)
      expect(rules.review({ ...about, now: '2026-11-24T09:00:00.001Z' as Instant })).toEqual([])
    })
  })

  it('that approves keeps the rules below it from being tried, and leaves what is above it', () => {
    const rules = rulesOf(`review:
      - { name: First, then: [{ hold: {} }] }
      - { name: Trusted, when: { field: shop, op: eq, value: brand }, then: [{ approve: {} }] }
      - { name: Last, then: [{ hold: {} }] }`)

    expect(rules.review(facts()).map((hold) => hold.rule)).toEqual(['First'])
    expect(rules.review(facts({ shop: 'other' })).map((hold) => hold.rule)).toEqual(['First', 'Last'])
  })

  it('that cannot be told for want of a rate holds the order for that', () => {
    const rules = rulesOf(`review:
      - { name: High value, when: { field: amounts.totalUsd, op: gte, value: 300 }, then: [{ hold: { reason: high-value } }] }
      - { name: Other, when: { field: shop, op: eq, value: brand }, then: [{ hold: {} }] }`)

    expect(rules.review(facts({ totals: totalsOf('10.00', 'EUR') })).map((hold) => [hold.rule, hold.reason, hold.release.mode])).toEqual([
      ['High value', 'fx-missing', 'when-condition'],
      ['Other', 'review-rule', 'manual'],
    ])
  })
})

describe('the trace of the review', () => {
  it('names every rule that was tried, the values compared and the result', () => {
    const rules = rulesOf(`${coolOff}
  - name: High value
    when: { all: [{ field: amounts.totalUsd, op: gte, value: 300 }, { field: shipTo.city, op: eq, value: Trenton }] }
    then: [{ hold: { reason: high-value } }]`)

    expect(rules.reviewTrials?.(paid('07:45'))).toEqual([
      {
        rule: 'Cool-off',
        ruleZh: '冷静期',
        result: 'matched',
        compared: [{ asked: 'ageSincePaidMin lt 30', found: '15', verdict: true }],
      },
      {
        rule: 'High value',
        result: 'matched',
        compared: [
          { asked: 'amounts.totalUsd gte 300', found: '350.00 USD', verdict: true },
          { asked: 'shipTo.city eq (personal)', found: '(personal)', verdict: true },
        ],
      },
    ])
  })

  it('shows no word of what buyers wrote or where they live', () => {
    const secret = { name: 'Zebedee', line1: 'Zebra Street 7', city: 'Zebraville', postcode: '08601', country: 'US' }
    const asked = ['shipTo.name', 'shipTo.line1', 'shipTo.city', 'buyerNote', 'buyer.id', 'shipTo.postcode']
    const rules = rulesOf(
      `review: [${asked.map((field) => `{ name: ${field}, when: { field: ${field}, op: contains, value: zeb }, then: [{ hold: {} }] }`).join(', ')}]`,
    )
    const about = facts({ personal: { shipTo: secret, buyer: { id: 'zebra-9' }, notes: { buyer: 'zebras please' } } })

    const told = JSON.stringify([rules.review(about), rules.reviewTrials?.(about)])

    expect(rules.review(about)).toHaveLength(5)
    expect(told).not.toMatch(/zeb/i)
    expect(told).not.toContain('08601')
  })
})
