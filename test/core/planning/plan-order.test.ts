import { describe, expect, it } from 'vitest'
import type { SkuMapping } from '../../../core/model/catalog.ts'
import { planningReasons } from '../../../core/planning/plan-order.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'
import { mapping } from '../../fakes/test-operations.ts'
import { ground, holdsOf, line, partsOf, plan, type Situation, saver, service, warehouse } from './planning-world.ts'

const stocked = { NJ: { A: 99, B: 99, 'MUG-XL': 99, CASE: 3 } }
const stagesOf = (situation: Situation) => plan(situation).trace.map((step) => step.stage)
const stepOf = (situation: Situation, stage: string) => plan(situation).trace.find((step) => step.stage === stage)

describe('a plain order', () => {
  it('goes as a whole, with one fulfillment order', () => {
    const planned = plan({ shelves: stocked })

    expect(planned.holds).toEqual([])
    expect(partsOf(planned)).toEqual(['NJ by ground: 1 A'])
    expect(planned.lines).toMatchObject([{ resolved: [{ sku: 'A', quantity: 1 }] }])
    expect(planned.ruled).toBeUndefined()
  })

  it('is told step by step, and stages without rules are silent', () => {
    expect(stagesOf({ shelves: stocked })).toEqual(['mapping', 'review', 'address', 'allocate', 'courier'])
  })

  it('has only the units planned that nobody has yet', () => {
    const situation = {
      shelves: stocked,
      order: { lines: [line('L1', 5, 'A'), line('L2', 2, 'B')] },
      more: { units: new Map([['L1', 2]]) },
    }

    expect(partsOf(plan(situation))).toEqual(['NJ by ground: 2 A'])
  })

  it('waits without an address for the platform to give one', () => {
    const planned = plan({ shelves: stocked, order: { personal: { buyer: {}, notes: {} } } })

    expect(planned.holds).toEqual([])
    expect(planned.parts).toEqual([])
  })

  it('is told all its obstacles at once', () => {
    const rules = 'review: [{ name: Look, then: [{ hold: {} }] }]'
    const planned = plan({
      shelves: { NJ: { A: 0 } },
      rules,
      order: { personal: { shipTo: { ...homeAddress, city: '' }, buyer: {}, notes: {} } },
    })

    expect(holdsOf(planned)).toEqual(['review-rule Look', 'address-invalid', 'out-of-stock'])
    for (const hold of planned.holds) expect(planningReasons).toContain(hold.reason)
  })

  it('waits when the warehouse does not take a field of it', () => {
    const checkFields = () => [{ field: 'line1', reason: 'too-long' as const, message: 'the street has more than 35 signs' }]
    const planned = plan({ shelves: stocked, more: { checkFields } })

    expect(planned.holds).toMatchObject([
      { reason: 'field-too-long', subject: 'line1', detail: 'warehouse NJ does not take it: the street has more than 35 signs' },
    ])
  })
})

describe('a hold that a person may release', () => {
  it('leaves the parts planned, so that the order can go once it is released', () => {
    const planned = plan({ shelves: stocked, rules: 'review: [{ name: Look, then: [{ hold: {} }] }]' })

    expect(holdsOf(planned)).toEqual(['review-rule Look'])
    expect(partsOf(planned)).toEqual(['NJ by ground: 1 A'])
  })
})

describe('mapping', () => {
  const at = (place: Partial<SkuMapping>, sku: string): SkuMapping => ({ ...mapping('GIFT', { [sku]: 1 }), ...place })
  const strategy = 'mapping: [{ name: Any, then: [{ stripPrefix: GI }, { exact: {} }] }]'
  const shelves = { NJ: { A: 9, B: 9, C: 9, D: 9, FT: 9, GIFT: 9 } }
  const gift = (mappings: readonly SkuMapping[], rules = strategy) =>
    plan({ shelves, mappings, rules, order: { lines: [{ ...line('L1', 1, 'GIFT'), itemId: 'i-1' }] } })

  it('goes from the item of the shop to the shop, the platform, everywhere, then the strategies, then waits', () => {
    const item = at({ platform: 'shopify', shop: 'brand', channelSku: '', itemId: 'i-1' }, 'A')
    const shop = at({ platform: 'shopify', shop: 'brand' }, 'B')
    const platform = at({ platform: 'shopify' }, 'C')
    const client = at({}, 'D')

    expect(partsOf(gift([client, platform, shop, item]))).toEqual(['NJ by ground: 1 A'])
    expect(partsOf(gift([client, platform, shop]))).toEqual(['NJ by ground: 1 B'])
    expect(partsOf(gift([client, platform]))).toEqual(['NJ by ground: 1 C'])
    expect(partsOf(gift([client]))).toEqual(['NJ by ground: 1 D'])
    expect(partsOf(gift([]))).toEqual(['NJ by ground: 1 FT'])
    expect(holdsOf(gift([], 'mapping: [{ name: None, then: [{ hold: {} }] }]'))).toEqual(['unmapped-sku GIFT'])
  })

  it('falls back on the product of the same SKU where no rule is for the line', () => {
    expect(partsOf(gift([], ''))).toEqual(['NJ by ground: 1 GIFT'])
    expect(
      partsOf(gift([], 'mapping: [{ name: FBM, when: { field: channelSku, op: ends-with, value: FBM }, then: [{ hold: {} }] }]')),
    ).toEqual(['NJ by ground: 1 GIFT'])
  })

  it('tells which rule and which strategy it was', () => {
    const step = gift([]).trace[0]

    expect(step).toMatchObject({
      stage: 'mapping',
      details: [expect.stringMatching(/^GIFT: 1 × FT \(strip-prefix GI, revision [0-9a-f]{8}\)$/)],
      rules: [{ rule: 'Any', result: 'matched' }],
    })
  })

  it('makes a bundle of several SKUs, in one shop and not in another', () => {
    const set = { ...mapping('GIFT-SET', { A: 2, B: 1 }), platform: 'shopify', shop: 'brand' }
    const single = { ...mapping('GIFT-SET', { 'MUG-XL': 1 }), platform: 'shopify', shop: 'other' }
    const sold = (shop: string) =>
      partsOf(plan({ shelves: stocked, mappings: [set, single], order: { shop, lines: [line('L1', 3, 'GIFT-SET')] } }))

    expect(sold('brand')).toEqual(['NJ by ground: 6 A, 3 B'])
    expect(sold('other')).toEqual(['NJ by ground: 3 MUG-XL'])
  })

  it('counts in warehouse units: 18 pieces are 3 cases, 20 do not come out even', () => {
    const cases = (quantity: number) =>
      plan({ shelves: stocked, unitFactors: { CASE: 6 }, order: { lines: [line('L1', quantity, 'CASE')] } })

    expect(partsOf(cases(18))).toEqual(['NJ by ground: 3 CASE'])
    expect(holdsOf(cases(20))).toEqual(['unit-factor-mismatch CASE'])
  })

  it('holds a listing once, however many lines sell it, and no line that has nothing to ship', () => {
    const lines = [line('L1', 1, 'NEW'), line('L2', 1, 'NEW'), { ...line('L3', 1, 'OLD'), cancelledQuantity: 1 }, line('L4', 1, 'A')]

    expect(holdsOf(plan({ shelves: stocked, order: { lines } }))).toEqual(['unmapped-sku NEW'])
  })
})

describe('intake rules', () => {
  const intake = (then: string) => ({ shelves: stocked, rules: `intake: [{ name: In, then: [${then}] }]` })

  it('leave an order to somebody else: it is not shipped, and says so', () => {
    const planned = plan(intake('{ ignore: { reason: shipped by the factory } }'))

    expect(planned.ruled).toEqual({ ignoredReason: 'shipped by the factory' })
    expect(planned.holds).toMatchObject([{ reason: 'review-rule', subject: 'In', source: 'rule', release: { mode: 'manual' } }])
  })

  it('record an order and ship it only when a person says so', () => {
    const planned = plan(intake('{ recordOnly: {} }'))

    expect(planned.ruled).toBeUndefined()
    expect(holdsOf(planned)).toEqual(['review-rule In'])
    expect(partsOf(planned)).toHaveLength(1)
  })

  it('take an order', () => {
    expect(plan(intake('{ take: {} }')).holds).toEqual([])
    expect(stepOf(intake('{ take: {} }'), 'intake')).toMatchObject({ result: 'taken', rules: [{ rule: 'In', result: 'matched' }] })
  })
})

describe('enrich rules', () => {
  it('steer the rules of later stages', () => {
    const rules = `enrich: [{ name: Express, when: { field: promisedService, op: contains, value: express }, then: [{ addTag: fast }, { setLevel: expedited }] }]
review: [{ name: Fast, when: { field: tags, op: contains, value: fast }, then: [{ hold: {} }] }]
courier:
  - { name: Air, when: { field: promisedLevel, op: eq, value: expedited }, then: [{ candidates: { rank: speed } }] }
  - { name: Sea, then: [{ candidates: { rank: cost } }] }`
    const situation = { shelves: stocked, rules, warehouses: [warehouse('NJ', [ground, saver])] }

    expect(holdsOf(plan({ ...situation, order: { promisedService: 'DHL Express' } }))).toEqual(['review-rule Fast'])
    expect(partsOf(plan({ ...situation, order: { promisedService: 'DHL Express' } }))).toEqual(['NJ by ground: 1 A'])
    expect(partsOf(plan(situation))).toEqual(['NJ by saver: 1 A'])
  })

  it('give a date that the courier has to keep', () => {
    const rules = `enrich: [{ name: Four days, then: [{ setField: { field: deliverBy, value: "purchasedAt + 4d" } }] }]
courier: [{ name: In time, then: [{ candidates: { rank: cost-within-promise } }] }]`

    expect(partsOf(plan({ shelves: stocked, rules, warehouses: [warehouse('NJ', [ground, saver])] }))).toEqual(['NJ by ground: 1 A'])
  })
})

describe('push rules', () => {
  const push = (then: string, more: Partial<Situation> = {}): Situation => ({
    shelves: stocked,
    rules: `push: [{ name: Later, then: [${then}] }]`,
    ...more,
  })
  const paidAt = '2026-11-24T07:30:00.000Z' as Instant

  it('hold an order for a time after its payment, or its purchase', () => {
    expect(plan(push('{ delay: 1h }', { order: { paidAt } })).holds).toMatchObject([
      { reason: 'cool-off', source: 'rule', subject: 'Later', release: { mode: 'at-time', at: '2026-11-24T08:30:00.000Z' } },
    ])
    expect(plan(push('{ delay: 30m }', { order: { paidAt } })).holds).toEqual([])
    expect(plan(push('{ delay: 90m }')).holds).toMatchObject([{ release: { at: '2026-11-24T08:30:00.000Z' } }])
  })

  it('hold an order until shortly before the cut-off of its warehouse', () => {
    const warehouses = [warehouse('NJ', [ground], { cutoff: '15:00' })]

    expect(plan(push('{ beforeCutoff: 1h }', { warehouses })).holds).toMatchObject([
      { release: { mode: 'at-time', at: '2026-11-24T19:00:00.000Z' } },
    ])
    expect(plan(push('{ beforeCutoff: 13h }', { warehouses })).holds).toEqual([])
    expect(plan(push('{ beforeCutoff: 1h }')).holds).toEqual([])
  })

  it('leave the push to a person, who finds it planned', () => {
    const planned = plan(push('{ manual: {} }'))

    expect(planned.holds).toMatchObject([{ reason: 'review-rule', subject: 'Later', release: { mode: 'manual' } }])
    expect(partsOf(planned)).toEqual(['NJ by ground: 1 A'])
  })

  it('know warehouse and service', () => {
    const rules = `push:
  - { name: Wait, when: { all: [{ field: warehouse, op: eq, value: NJ }, { field: service, op: eq, value: ground }] }, then: [{ delay: 1d }] }
  - { name: Go, then: [{ now: {} }] }`

    expect(holdsOf(plan({ shelves: stocked, rules }))).toEqual(['cool-off Wait'])
    expect(holdsOf(plan({ shelves: stocked, rules, warehouses: [warehouse('NJ', [service('ground'), saver])] }))).toEqual([])
  })

  it('say nothing about an order that goes nowhere yet', () => {
    expect(holdsOf(plan(push('{ manual: {} }', { shelves: { NJ: { A: 0 } } })))).toEqual(['out-of-stock'])
  })
})

describe('the trace', () => {
  it('holds no personal data', () => {
    const secret = { ...homeAddress, name: 'Zebedee Zebra', line1: 'Zebra Street 7', city: 'Zebraville', postcode: '08699' }
    const rules = `review: [{ name: Zone, when: { field: shipTo.postcode, op: zip-in, value: "08600-08620" }, then: [{ hold: {} }] }]
allocate: [{ name: City, when: { field: shipTo.city, op: contains, value: zebra }, then: [{ candidates: [NJ] }] }]`
    const planned = plan({
      shelves: stocked,
      rules,
      order: { personal: { shipTo: secret, buyer: { id: 'zebra-1' }, notes: { buyer: 'zebra please' } } },
    })

    expect(partsOf(planned)).toHaveLength(1)
    expect(JSON.stringify([planned.trace, planned.holds])).not.toMatch(/zebra|08699/i)
  })
})
