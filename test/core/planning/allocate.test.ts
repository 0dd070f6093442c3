import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../core/value/instant.ts'
import { money } from '../../../core/value/money.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'
import { ground, holdsOf, partsOf, plan, type Situation, saver, service, warehouse } from './planning-world.ts'

const everywhere = { NJ: { A: 9 }, CA: { A: 9 } }

describe('without rules', () => {
  it('the cheapest service of the warehouses that have everything is taken', () => {
    const warehouses = [warehouse('NJ', [ground]), warehouse('CA', [ground, saver])]

    expect(partsOf(plan({ shelves: everywhere, warehouses }))).toEqual(['CA by saver: 1 A'])
    expect(partsOf(plan({ shelves: { ...everywhere, CA: { A: 0 } }, warehouses }))).toEqual(['NJ by ground: 1 A'])
  })

  it('equal prices go to the faster service, equal services to the warehouse listed first', () => {
    const slow = service('slow', { days: [5, 9], price: { base: money(610, 'USD') } })

    expect(partsOf(plan({ shelves: everywhere, warehouses: [warehouse('NJ', [slow]), warehouse('CA', [ground])] }))).toEqual([
      'CA by ground: 1 A',
    ])
    expect(partsOf(plan({ shelves: everywhere, warehouses: [warehouse('NJ'), warehouse('CA')] }))).toEqual(['NJ by ground: 1 A'])
  })

  it('prices of different currencies are not compared, unless a rate is known', () => {
    const cheapInEuros = service('eu', { price: { base: money(100, 'EUR') }, days: [1, 2] })
    const situation: Situation = { shelves: everywhere, warehouses: [warehouse('NJ', [ground]), warehouse('CA', [cheapInEuros])] }

    expect(partsOf(plan(situation))).toEqual(['NJ by ground: 1 A'])
    expect(partsOf(plan({ ...situation, more: { fx: { rate: () => '1.1' } } }))).toEqual(['CA by eu: 1 A'])
  })

  it('a price by weight counts the weight of the whole order', () => {
    const byWeight = service('light', { price: { base: money(100, 'USD'), perKg: money(1000, 'USD') } })
    const warehouses = [warehouse('NJ', [ground, byWeight])]

    expect(partsOf(plan({ shelves: everywhere, warehouses, weights: { A: 500 } }))).toEqual(['NJ by light: 1 A'])
    expect(partsOf(plan({ shelves: everywhere, warehouses, weights: { A: 600 } }))).toEqual(['NJ by ground: 1 A'])
  })

  it.each<[string, Situation, string]>([
    ['no warehouse is configured', { shelves: { NJ: { A: 9 } }, warehouses: [] }, 'no-route'],
    [
      'no service goes there',
      { shelves: everywhere, order: { personal: { shipTo: { ...homeAddress, country: 'FR' }, buyer: {}, notes: {} } } },
      'country-not-served FR',
    ],
    [
      'it is too heavy for every service',
      { shelves: { NJ: { A: 9 } }, warehouses: [warehouse('NJ', [service('light', { maxWeightGrams: 99 })])] },
      'no-route NJ',
    ],
    ['nobody has it', { shelves: { NJ: { A: 0 }, CA: { A: 0 } } }, 'out-of-stock'],
    ['a unit factor does not divide it', { shelves: { NJ: { A: 9 } }, unitFactors: { A: 6 } }, 'unit-factor-mismatch A'],
  ])('the order waits when %s', (_case, situation, hold) => {
    const planned = plan(situation)

    expect(holdsOf(planned)).toEqual([hold])
    expect(planned.parts).toEqual([])
  })

  it('the reason of the warehouse that came furthest is told', () => {
    const shelves = { NJ: { A: 0 }, CA: { B: 5 } }

    expect(holdsOf(plan({ shelves }))).toEqual(['out-of-stock'])
  })
})

describe('what a person chose', () => {
  it('goes before rules', () => {
    const rules =
      'allocate: [{ name: CA first, then: [{ fixed: { warehouse: CA } }] }]\ncourier: [{ name: Saver, then: [{ fixed: { service: saver } }] }]'
    const situation = { shelves: everywhere, rules, warehouses: [warehouse('NJ', [ground, saver]), warehouse('CA', [ground, saver])] }

    expect(partsOf(plan(situation))).toEqual(['CA by saver: 1 A'])
    expect(partsOf(plan({ ...situation, order: { edits: { warehouse: 'NJ' } } }))).toEqual(['NJ by saver: 1 A'])
    expect(partsOf(plan({ ...situation, order: { edits: { warehouse: 'NJ', service: 'ground' } } }))).toEqual(['NJ by ground: 1 A'])
  })

  it('waits when it is not there any more', () => {
    expect(holdsOf(plan({ shelves: everywhere, order: { edits: { warehouse: 'TX' } } }))).toEqual(['no-route TX'])
  })
})

describe('allocate rules', () => {
  const islands = `allocate:
  - { name: Islands keep, when: { field: shipTo.postcode, op: zip-in, value: us_no_reroute }, then: [{ fixed: { warehouse: CA } }] }
  - { name: US, when: { field: shipTo.country, op: eq, value: US }, then: [{ candidates: [CA, NJ], score: [{ by: cost }], tie: CA, require: full-stock }] }
lists: { us_no_reroute: { kind: zip, values: ["00601-00988", "96701-96898"] } }`
  const to = (postcode: string): NonNullable<Situation['order']> => ({
    personal: { shipTo: { ...homeAddress, postcode }, buyer: {}, notes: {} },
  })
  const twoCoasts = [warehouse('NJ', [ground]), warehouse('CA', [ground])]

  it('send 00601 from CA whatever it costs, and others by their score, then the tie', () => {
    const cheapNj = [warehouse('NJ', [saver]), warehouse('CA', [ground])]

    expect(partsOf(plan({ shelves: everywhere, rules: islands, warehouses: cheapNj, order: to('00601') }))).toEqual(['CA by ground: 1 A'])
    expect(partsOf(plan({ shelves: everywhere, rules: islands, warehouses: cheapNj, order: to('10001') }))).toEqual(['NJ by saver: 1 A'])
    expect(partsOf(plan({ shelves: everywhere, rules: islands, warehouses: twoCoasts, order: to('50510') }))).toEqual(['CA by ground: 1 A'])
  })

  it('take the tied warehouse only when it has everything', () => {
    const shelves = { NJ: { A: 1 }, CA: { A: 0 } }

    expect(partsOf(plan({ shelves, rules: islands, warehouses: twoCoasts, order: to('50510') }))).toEqual(['NJ by ground: 1 A'])
  })

  it('that fix a warehouse wait for it', () => {
    const shelves = { NJ: { A: 9 }, CA: { A: 0 } }

    expect(holdsOf(plan({ shelves, rules: islands, warehouses: twoCoasts, order: to('00601') }))).toEqual(['out-of-stock'])
  })

  it('that fix a service use no other', () => {
    const rules = 'allocate: [{ name: Fix, then: [{ fixed: { warehouse: NJ, service: ground } }] }]'

    expect(partsOf(plan({ shelves: everywhere, rules, warehouses: [warehouse('NJ', [ground, saver])] }))).toEqual(['NJ by ground: 1 A'])
  })

  it('score by the first that tells two warehouses apart', () => {
    const warehouses = [warehouse('NJ', [saver]), warehouse('CA', [ground])]
    const by = (...scores: readonly string[]) => {
      const rules = `allocate: [{ name: Score, then: [{ candidates: [NJ, CA], score: [${scores.map((score) => `{ by: ${score} }`).join(', ')}] }] }]`
      return partsOf(plan({ shelves: everywhere, rules, warehouses }))
    }

    expect(by('cost')).toEqual(['NJ by saver: 1 A'])
    expect(by('days')).toEqual(['CA by ground: 1 A'])
    expect(by('cover', 'days')).toEqual(['CA by ground: 1 A'])
  })

  it('without need of full stock wait at the best warehouse', () => {
    const rules = 'allocate: [{ name: Near, then: [{ candidates: [NJ, CA], score: [{ by: days }], require: none }] }]'
    const shelves = { NJ: { A: 0 }, CA: { A: 9 } }

    expect(plan({ shelves, rules, warehouses: twoCoasts }).holds).toMatchObject([
      { reason: 'out-of-stock', detail: expect.stringContaining('NJ has 0 of NJ-A free') },
    ])
  })

  it('leave out what they exclude', () => {
    expect(partsOf(plan({ shelves: everywhere, rules: 'allocate: [{ name: Not NJ, then: [{ exclude: [NJ] }] }]' }))).toEqual([
      'CA by ground: 1 A',
    ])
  })

  it('that cannot be told hold the order', () => {
    const rules = 'allocate: [{ name: Dear, when: { field: amounts.totalUsd, op: gte, value: 300 }, then: [{ fixed: { warehouse: CA } }] }]'
    const none = money(0, 'EUR')
    const totals = { items: none, shipping: none, tax: none, discount: none, grand: money(100, 'EUR') }

    expect(holdsOf(plan({ shelves: everywhere, rules, order: { totals } }))).toEqual(['fx-missing Dear'])
  })

  it('are told in the trace with what they compared', () => {
    const planned = plan({ shelves: everywhere, rules: islands, warehouses: twoCoasts, order: to('50510') })

    expect(planned.trace.find((step) => step.stage === 'allocate')).toEqual({
      stage: 'allocate',
      result: 'CA, by the rule "US"',
      details: ['CA by ground: 6.10 USD, at most 3 days', 'NJ by ground: 6.10 USD, at most 3 days'],
      rules: [
        {
          rule: 'Islands keep',
          result: 'not-matched',
          compared: [{ asked: 'shipTo.postcode zip-in us_no_reroute', found: '(personal)', verdict: false }],
        },
        { rule: 'US', result: 'matched', compared: [{ asked: 'shipTo.country eq US', found: 'US', verdict: true }] },
      ],
    })
  })
})

describe('courier rules', () => {
  const warehouses = [warehouse('NJ', [ground, saver])]
  const shelves = { NJ: { A: 9 } }
  const within = 'courier: [{ name: In time, then: [{ candidates: { services: [ground, saver], rank: cost-within-promise } }] }]'
  const deliverBy = (day: number) => ({ deliverBy: `2026-11-${day}T08:00:00.000Z` as Instant })

  it('take the cheapest that keeps the promise, and the cheapest of all where none is made', () => {
    expect(partsOf(plan({ shelves, warehouses, rules: within, order: deliverBy(28) }))).toEqual(['NJ by ground: 1 A'])
    expect(partsOf(plan({ shelves, warehouses, rules: within }))).toEqual(['NJ by saver: 1 A'])
  })

  it('count a day more when the cut-off of today has passed', () => {
    const closed = [warehouse('NJ', [ground, saver], { cutoff: '02:30' })]
    const open = [warehouse('NJ', [ground, saver], { cutoff: '03:30' })]
    const step = (warehouses: Situation['warehouses']) => {
      const situation = { shelves, rules: within, order: deliverBy(27), ...(warehouses && { warehouses }) }
      return plan(situation).trace.find((each) => each.stage === 'courier')?.result
    }

    expect(step(open)).toBe('ground from NJ: the cheapest that arrives by 2026-11-27T08:00:00.000Z')
    expect(step(closed)).toBe('ground from NJ: the fastest, because none arrives by 2026-11-27T08:00:00.000Z')
  })

  it('take the fallback when no candidate keeps the promise or none can go', () => {
    const rank = 'courier: [{ name: In time, then: [{ candidates: { rank: cost-within-promise }, fallback: saver }] }]'
    const fixed = 'courier: [{ name: Air, then: [{ fixed: { service: air }, fallback: ground }] }]'

    expect(partsOf(plan({ shelves, warehouses, rules: rank, order: deliverBy(25) }))).toEqual(['NJ by saver: 1 A'])
    expect(partsOf(plan({ shelves, rules: fixed, ...air }))).toEqual(['NJ by ground: 1 A'])
  })

  const air = { warehouses: [warehouse('NJ', [ground, saver, service('air', { maxWeightGrams: 50 })])] }

  it('wait where they leave no service, and say which rule', () => {
    const planned = plan({ shelves, rules: 'courier: [{ name: Air, then: [{ fixed: { service: air } }] }]', ...air })

    expect(planned.holds).toMatchObject([{ reason: 'no-route', detail: expect.stringContaining('the rule "Air" allows only air') }])
  })

  it('take the fastest when they say speed', () => {
    expect(partsOf(plan({ shelves, warehouses, rules: 'courier: [{ name: Fast, then: [{ candidates: { rank: speed } }] }]' }))).toEqual([
      'NJ by ground: 1 A',
    ])
  })

  it('know the warehouse that they are asked for', () => {
    const rules = `courier:
      - { name: From CA, when: { field: warehouse, op: eq, value: CA }, then: [{ fixed: { service: ground } }] }
      - { name: Else, then: [{ fixed: { service: saver } }] }`
    const both = [warehouse('NJ', [ground, saver]), warehouse('CA', [ground, saver])]

    expect(partsOf(plan({ shelves: { CA: { A: 1 }, NJ: {} }, warehouses: both, rules }))).toEqual(['CA by ground: 1 A'])
    expect(partsOf(plan({ shelves: { NJ: { A: 1 }, CA: {} }, warehouses: both, rules }))).toEqual(['NJ by saver: 1 A'])
  })
})
