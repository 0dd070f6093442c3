import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitsOf } from '../../../core/planning/demand.ts'
import { planOrder } from '../../../core/planning/plan-order.ts'
import { mapping } from '../../fakes/test-operations.ts'
import { ground, holdsOf, inputOf, line, partsOf, plan, type Shelves, type Situation, saver, service, warehouse } from './planning-world.ts'

const split = (maxParts = 2) => `split: [{ name: Two, then: [{ byWarehouse: { maxParts: ${maxParts} } }] }]`
const twoLines = [line('L1', 2, 'A'), line('L2', 1, 'B')]
const apart: Shelves = { NJ: { A: 5 }, CA: { B: 5 } }

describe('an order that no single warehouse can ship', () => {
  it('goes from two when a rule says so and the platform takes part shipments', () => {
    const planned = plan({ shelves: apart, rules: split(), order: { lines: twoLines } })

    expect(partsOf(planned)).toEqual(['NJ by ground: 2 A', 'CA by ground: 1 B'])
    expect(planned.holds).toEqual([])
    expect(planned.trace.find((step) => step.stage === 'split')).toMatchObject({
      result: '2 × A from NJ by ground; 1 × B from CA by ground (12.20 USD in all)',
      rules: [{ rule: 'Two', result: 'matched' }],
    })
  })

  it('waits when the platform does not take part shipments', () => {
    const planned = plan({ shelves: apart, rules: split(), order: { lines: twoLines, partialShipmentAllowed: false } })

    expect(holdsOf(planned)).toEqual(['split-not-allowed'])
    expect(planned.parts).toEqual([])
  })

  it('waits for stock without a rule, with one that does not match, and with one that says no', () => {
    const stocked = { NJ: { A: 5, B: 0 }, CA: { A: 0, B: 5 } }
    const held = (rules: string) => holdsOf(plan({ shelves: stocked, rules, order: { lines: twoLines } }))

    expect(held('')).toEqual(['out-of-stock'])
    expect(held(split().replace('name: Two', 'name: Two, when: { field: shop, op: eq, value: x }'))).toEqual(['out-of-stock'])
    expect(held('split: [{ name: No, then: [{ none: {} }] }]')).toEqual(['out-of-stock'])
  })

  it('waits for stock when all of them together lack something, whatever the platform takes', () => {
    const shelves = { NJ: { A: 1, B: 0 }, CA: { A: 0, B: 5 } }

    expect(holdsOf(plan({ shelves, rules: split(), order: { lines: twoLines, partialShipmentAllowed: false } }))).toEqual(['out-of-stock'])
  })

  it('is not spread over more warehouses than the rule allows', () => {
    const shelves = { NJ: { A: 1, B: 0, C: 0 }, CA: { A: 0, B: 1, C: 0 }, TX: { A: 0, B: 0, C: 1 } }
    const order = { lines: [line('L1', 1, 'A'), line('L2', 1, 'B'), line('L3', 1, 'C')] }

    expect(holdsOf(plan({ shelves, rules: split(2), order }))).toEqual(['out-of-stock'])
    expect(plan({ shelves, rules: split(3), order }).parts).toHaveLength(3)
  })

  it('is not split when one warehouse has everything', () => {
    expect(partsOf(plan({ shelves: { ...apart, TX: { A: 2, B: 1 } }, rules: split(), order: { lines: twoLines } }))).toEqual([
      'TX by ground: 2 A, 1 B',
    ])
  })

  it('is not split away from the warehouse that a person chose', () => {
    expect(holdsOf(plan({ shelves: apart, rules: split(), order: { lines: twoLines, edits: { warehouse: 'NJ' } } }))).toEqual([
      'unmapped-sku B',
    ])
  })

  it('is spread over the candidates of the allocate rule only', () => {
    const rules = `${split()}\nallocate: [{ name: Not CA, then: [{ exclude: [CA] }] }]`
    const shelves = { ...apart, TX: { B: 1 } }

    expect(partsOf(plan({ shelves, rules, order: { lines: twoLines } }))).toEqual(['NJ by ground: 2 A', 'TX by ground: 1 B'])
  })

  it('keeps lines whole where it can, and the parts cheap', () => {
    const shelves = { NJ: { A: 3, B: 1 }, CA: { A: 4, B: 1 }, TX: { A: 0, B: 2 } }
    const warehouses = [warehouse('NJ', [ground]), warehouse('CA', [saver]), warehouse('TX', [saver])]

    expect(partsOf(plan({ shelves, warehouses, rules: split(), order: { lines: [line('L1', 4, 'A'), line('L2', 2, 'B')] } }))).toEqual([
      'CA by saver: 4 A',
      'TX by saver: 2 B',
    ])
  })

  it('has a line taken from two warehouses unit by unit when it must', () => {
    const shelves = { NJ: { A: 3 }, CA: { A: 2 } }

    expect(partsOf(plan({ shelves, rules: split(), order: { lines: [line('L1', 5, 'A')] } }))).toEqual([
      'NJ by ground: 3 A',
      'CA by ground: 2 A',
    ])
  })

  it('keeps the parts of a bundle together', () => {
    const mappings = [mapping('SET', { A: 2, B: 1 })]
    const held = { shelves: { NJ: { A: 4, B: 0 }, CA: { A: 0, B: 2 } }, mappings, rules: split(), order: { lines: [line('L1', 2, 'SET')] } }
    const torn = { ...held, shelves: { NJ: { A: 3, B: 1 }, CA: { A: 2, B: 2 } } }

    expect(holdsOf(plan(held))).toEqual(['out-of-stock'])
    expect(partsOf(plan(torn))).toEqual(['NJ by ground: 2 A, 1 B', 'CA by ground: 2 A, 1 B'])
  })

  it('takes whole warehouse units', () => {
    const shelves = { NJ: { A: 1 }, CA: { A: 2 } }
    const situation = { shelves, unitFactors: { A: 6 }, rules: split() }

    expect(partsOf(plan({ ...situation, order: { lines: [line('L1', 18, 'A')] } }))).toEqual(['NJ by ground: 1 A', 'CA by ground: 2 A'])
    expect(holdsOf(plan({ ...situation, order: { lines: [line('L1', 20, 'A')] } }))).toEqual(['unit-factor-mismatch A'])
  })

  it('takes as many units of a bundle as make whole warehouse units', () => {
    const situation = {
      shelves: { NJ: { A: 6 }, CA: { A: 6 } },
      unitFactors: { A: 6 },
      mappings: [mapping('FIVE', { A: 5 })],
      rules: split(),
    }

    expect(partsOf(plan({ ...situation, order: { lines: [line('L1', 12, 'FIVE')] } }))).toEqual(['NJ by ground: 5 A', 'CA by ground: 5 A'])
  })

  it('chooses the service of each part by what is in it', () => {
    const rules = `${split()}
courier:
  - { name: Heavy, when: { field: weightGrams, op: gt, value: 1000 }, then: [{ fixed: { service: ground } }] }
  - { name: Light, then: [{ fixed: { service: saver } }] }`
    const warehouses = [warehouse('NJ', [ground, saver]), warehouse('CA', [ground, saver])]

    expect(partsOf(plan({ shelves: apart, warehouses, rules, weights: { A: 900, B: 100 }, order: { lines: twoLines } }))).toEqual([
      'NJ by ground: 2 A',
      'CA by saver: 1 B',
    ])
  })
})

describe('whatever the stock, the bundles and the rules', () => {
  const free = fc.integer({ min: 0, max: 8 })
  const shelf = fc.record({ A: free, B: free, C: free }, { requiredKeys: [] })
  const bundles = [mapping('SET', { A: 2, B: 1 }), mapping('TRIO', { A: 1, B: 1, C: 1 }), mapping('DOUBLE', { C: 2 })]
  const situation: fc.Arbitrary<Situation> = fc
    .record({
      shelves: fc.record({ NJ: shelf, CA: shelf, TX: shelf }),
      lines: fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C', 'SET', 'TRIO', 'DOUBLE'), fc.integer({ min: 1, max: 4 })), {
        minLength: 1,
        maxLength: 4,
      }),
      factor: fc.constantFrom(1, 1, 2, 3),
      rules: fc.subarray([
        split(3),
        'allocate: [{ name: Near, then: [{ candidates: [CA, TX, NJ], score: [{ by: cover }, { by: cost }], require: none }] }]',
        'courier: [{ name: Fast, then: [{ candidates: { rank: speed } }] }]',
      ]),
      maxWeightGrams: fc.constantFrom(500, 3000),
    })
    .map(({ shelves, lines, factor, rules, maxWeightGrams }) => ({
      shelves: { ...shelves, NJ: { A: 0, B: 0, C: 0, ...shelves.NJ } },
      warehouses: [
        warehouse('NJ', [service('only', { maxWeightGrams })]),
        warehouse('CA', [ground, saver]),
        warehouse('TX', [service('abroad', { countries: ['MX'] }), saver]),
      ],
      unitFactors: { C: factor },
      mappings: bundles,
      rules: rules.join('\n'),
      order: { lines: lines.map(([channelSku, quantity], index) => line(`L${index}`, quantity, channelSku)) },
    }))

  it('every ordered unit goes once, whole, and nothing else goes', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { units, planned } = decided(given)
        if (planned.parts.length === 0) return
        const taken = new Map<string, number>()
        for (const part of planned.parts) {
          for (const [id, quantity] of unitsOf(part)) taken.set(id, (taken.get(id) ?? 0) + quantity)
        }
        const goods = new Map<string, number>()
        for (const item of planned.parts.flatMap((part) => part.lines))
          goods.set(item.sku, (goods.get(item.sku) ?? 0) + item.quantity * item.unitFactor)
        const needed = new Map<string, number>()
        for (const each of planned.lines)
          for (const item of each.resolved)
            needed.set(item.sku, (needed.get(item.sku) ?? 0) + item.quantity * (units.get(each.platformLineId) ?? 0))

        expect(sorted(taken)).toEqual(sorted(units))
        expect(sorted(goods)).toEqual(sorted(needed))
        for (const part of planned.parts) expectWholeUnits(part, planned.lines)
      }),
      { numRuns: 300 },
    )
  })

  it('no warehouse gets more than it has, no service what it cannot take, and two looks decide the same', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { input, planned } = decided(given)

        expect(planOrder(input)).toEqual(planned)
        expect(planned.parts.length > 0).toBe(planned.holds.length === 0)
        for (const { warehouse: from, service: by, lines } of planned.parts) {
          const grams = lines.reduce((sum, item) => sum + item.quantity * item.unitFactor * 100, 0)
          expect(from.services).toContain(by)
          expect(by.countries).toContain('US')
          expect(grams).toBeLessThanOrEqual(by.maxWeightGrams ?? Number.POSITIVE_INFINITY)
          for (const item of lines) expect(item.quantity).toBeLessThanOrEqual(input.stock.free(from.code, item.wmsSku) ?? 0)
        }
      }),
      { numRuns: 300 },
    )
  })

  const decided = (given: Situation) => {
    const input = inputOf(given)
    return { input, units: input.units, planned: planOrder(input) }
  }
  const sorted = (map: ReadonlyMap<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  const expectWholeUnits = (
    part: { readonly lines: Parameters<typeof unitsOf>[0]['lines'] },
    lines: ReturnType<typeof decided>['planned']['lines'],
  ) => {
    for (const [id, quantity] of unitsOf(part)) {
      const resolved = lines.find((each) => each.platformLineId === id)?.resolved ?? []
      for (const item of resolved) {
        const inPart = part.lines.filter((each) => each.sku === item.sku).flatMap((each) => each.orderLines)
        expect(inPart).toContainEqual({ platformLineId: id, quantity, perUnit: item.quantity })
      }
    }
  }
})
