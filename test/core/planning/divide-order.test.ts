import { describe, expect, it } from 'vitest'
import { money } from '../../../core/value/money.ts'
import { orderLine } from '../../fakes/dossiers.ts'
import { mapping } from '../../fakes/test-operations.ts'
import { ground, holdsOf, line, partsOf, plan, type Situation, service, warehouse } from './planning-world.ts'

const split = (action: string) => `split: [{ name: Apart, then: [{ ${action} }] }]`
const stocked = { NJ: { A: 50, B: 50, C: 50 } }
const of = (action: string, lines: NonNullable<Situation['order']>['lines'], more: Partial<Situation> = {}): Situation => ({
  shelves: stocked,
  rules: split(action),
  ...more,
  order: { ...(lines && { lines }), ...more.order },
})
const goodsOf = (situation: Situation) => partsOf(plan(situation)).map((part) => part.replace(/^.*: /, ''))
const splitStep = (situation: Situation) => plan(situation).trace.find((step) => step.stage === 'split')?.result

describe('an order divided by a limit', () => {
  it('of weight leaves in parts that are no heavier, although one warehouse has everything', () => {
    const situation = of('byLimit: { maxWeightGrams: 1000 }', [line('L1', 7, 'A')], { weights: { A: 400 } })

    expect(goodsOf(situation)).toEqual(['2 A', '2 A', '2 A', '1 A'])
    expect(splitStep(situation)).toBe('4 parts, by the rule "Apart"')
  })

  it('of pieces counts what is in a bundle, and never tears one', () => {
    const mappings = [mapping('SET', { A: 2, B: 1 })]

    expect(goodsOf(of('byLimit: { maxQuantity: 7 }', [line('L1', 4, 'SET')], { mappings }))).toEqual(['4 A, 2 B', '4 A, 2 B'])
  })

  it('of value counts what the buyer pays, at the rate of today', () => {
    const paid = orderLine({ ...line('L1', 3, 'A'), unitPrice: money(2000, 'EUR') })
    const situation = of('byLimit: { maxValue: { amount: "45.00", currency: USD } }', [paid], { rates: { EUR: '1.1' } })

    expect(goodsOf(situation)).toEqual(['2 A', '1 A'])
    expect(holdsOf(plan({ ...situation, rates: {} }))).toEqual(['fx-missing'])
  })

  it('keeps lines whole, and fills the parts there are', () => {
    const lines = [line('L1', 3, 'A'), line('L2', 3, 'B'), line('L3', 2, 'C')]

    expect(goodsOf(of('byLimit: { maxQuantity: 5 }', lines))).toEqual(['3 A, 2 C', '3 B'])
  })

  it('takes whole warehouse units', () => {
    const situation = of('byLimit: { maxQuantity: 10 }', [line('L1', 18, 'A')], { unitFactors: { A: 6 } })

    expect(goodsOf(situation)).toEqual(['1 A', '1 A', '1 A'])
  })

  it('sends what is too much by itself alone, and the services say whether they take it', () => {
    const lines = [line('L1', 2, 'A'), line('L2', 1, 'B')]
    const situation = of('byLimit: { maxWeightGrams: 500 }', lines, { weights: { A: 900, B: 300 } })
    const small = [warehouse('NJ', [service('small', { maxWeightGrams: 800 })])]

    expect(goodsOf(situation)).toEqual(['1 A', '1 A', '1 B'])
    expect(holdsOf(plan({ ...situation, warehouses: small }))).toEqual(['no-route NJ'])
  })

  it('finds a service for each part where none takes the whole', () => {
    const small = [warehouse('NJ', [service('small', { maxWeightGrams: 800 })])]
    const situation = of('byLimit: { maxWeightGrams: 800 }', [line('L1', 3, 'A')], { weights: { A: 400 }, warehouses: small })

    expect(partsOf(plan(situation))).toEqual(['NJ by small: 2 A', 'NJ by small: 1 A'])
  })

  it('gives no two parts the same stock', () => {
    const situation = of('byLimit: { maxQuantity: 2 }', [line('L1', 4, 'A')])

    expect(partsOf(plan({ ...situation, shelves: { NJ: { A: 3 }, CA: { A: 2 } } }))).toEqual(['NJ by ground: 2 A', 'CA by ground: 2 A'])
    expect(holdsOf(plan({ ...situation, shelves: { NJ: { A: 3 } } }))).toEqual(['out-of-stock'])
  })

  it('leaves behind what a rule for a part leaves behind, and says so', () => {
    const big = '{ name: Big, when: { field: totalQuantity, op: gt, value: 2 }, then: [{ byLimit: { maxQuantity: 2 } }] }'
    const rules = `split: [${big}, { name: Others, then: [{ inStockFirst: { maxParts: 1 } }] }]`
    const planned = plan({ shelves: { NJ: { A: 1, B: 1 } }, rules, order: { lines: [line('L1', 2, 'A'), line('L2', 2, 'B')] } })

    expect(partsOf(planned)).toEqual(['NJ by ground: 1 A', 'NJ by ground: 1 B'])
    expect(planned.rest).toMatchObject({ reason: 'out-of-stock', subject: 'rest', detail: expect.stringContaining('1 × A + 1 × B wait') })
  })

  it('waits where the platform takes no part shipments, where it makes too many parts, and where a weight is not known', () => {
    const three = of('byLimit: { maxQuantity: 1, maxParts: 2 }', [line('L1', 3, 'A')])
    const whole = { ...three, order: { ...three.order, partialShipmentAllowed: false } }
    const vague = of('byLimit: { maxWeightGrams: 500 }', [line('L1', 3, 'A')], { products: { A: { weightGrams: undefined } } })

    expect(plan(three).holds).toMatchObject([
      { reason: 'split-not-allowed', detail: 'the rule "Apart" makes 3 parts of the order and allows 2' },
    ])
    expect(plan({ ...whole, rules: split('byLimit: { maxQuantity: 1 }') }).holds).toMatchObject([
      {
        reason: 'split-not-allowed',
        detail: 'the rule "Apart" makes 3 parts of the order, and the platform takes no part shipments of it',
      },
    ])
    expect(plan(vague).holds).toMatchObject([
      {
        reason: 'no-route',
        detail: 'the rule "Apart" divides the order by what is not known, the weight of SKU A: import its weight_g with products.csv',
      },
    ])
  })

  it('that it does not reach stays whole, on any platform', () => {
    const situation = of('byLimit: { maxQuantity: 9 }', [line('L1', 3, 'A'), line('L2', 1, 'B')], {
      order: { partialShipmentAllowed: false },
    })

    expect(goodsOf(situation)).toEqual(['3 A, 1 B'])
    expect(splitStep(situation)).toBe('not split')
  })

  it('leaves from the warehouse that a person chose', () => {
    const situation = of('byLimit: { maxQuantity: 2 }', [line('L1', 3, 'A')], { order: { edits: { warehouse: 'CA' } } })

    expect(partsOf(plan({ ...situation, shelves: { NJ: { A: 9 }, CA: { A: 9 } } }))).toEqual(['CA by ground: 2 A', 'CA by ground: 1 A'])
  })
})

describe('an order divided by cargo class', () => {
  const products = { B: { cargoClass: 'with-battery' as const }, C: { cargoClass: 'liquid' as const } }
  const lines = [line('L1', 1, 'A'), line('L2', 2, 'B'), line('L3', 1, 'C')]

  it('has each class in a part of its own, or only those that are named', () => {
    expect(goodsOf(of('byCargo: {}', lines, { products }))).toEqual(['1 A', '2 B', '1 C'])
    expect(goodsOf(of('byCargo: { apart: [with-battery] }', lines, { products }))).toEqual(['1 A, 1 C', '2 B'])
  })

  it('finds each part a service that takes it', () => {
    const warehouses = [warehouse('NJ', [service('air', { cargoClasses: ['general'], price: { base: money(100, 'USD') } }), ground])]

    expect(partsOf(plan(of('byCargo: {}', lines.slice(0, 2), { products, warehouses })))).toEqual(['NJ by air: 1 A', 'NJ by ground: 2 B'])
  })

  it('waits where a product is not known', () => {
    const mappings = [mapping('GHOST', { X: 1 })]

    expect(plan(of('byCargo: {}', [line('L1', 1, 'GHOST')], { mappings })).holds).toMatchObject([
      {
        reason: 'no-route',
        detail: 'the rule "Apart" divides the order by what is not known, the cargo class of SKU X: import the product with products.csv',
      },
    ])
  })

  it('keeps a bundle with a battery whole, among the batteries', () => {
    const mappings = [mapping('SET', { A: 1, B: 1 })]
    const withSet = [line('L1', 1, 'SET'), line('L2', 1, 'A'), line('L3', 1, 'B')]

    expect(goodsOf(of('byCargo: {}', withSet, { products, mappings }))).toEqual(['1 A, 2 B', '1 A'])
  })
})

describe('an order of which a part is in stock', () => {
  const lines = [line('L1', 2, 'A'), line('L2', 3, 'B')]
  const short = { NJ: { A: 5, B: 1 }, CA: { A: 0, B: 0 } }
  const first = (more: Partial<Situation> = {}) => of('inStockFirst: {}', lines, { shelves: short, ...more })

  it('sends it ahead, and says what waits', () => {
    const planned = plan(first())

    expect(partsOf(planned)).toEqual(['NJ by ground: 2 A, 1 B'])
    expect(planned.holds).toEqual([])
    expect(planned.rest).toMatchObject({
      reason: 'out-of-stock',
      subject: 'rest',
      detail: 'a part of the order goes ahead; 2 × B wait for stock: goes on by itself when there is stock',
    })
    expect(splitStep(first())).toBe('2 × A + 1 × B from NJ by ground (6.10 USD in all); 2 × B left behind')
  })

  it('sends it from as many warehouses as the rule allows, the one that has most first', () => {
    const shelves = { NJ: { A: 1, B: 1 }, CA: { A: 1, B: 1, C: 9 }, TX: { A: 0, B: 2 } }
    const four = { lines: [line('L1', 2, 'A'), line('L2', 5, 'B')] }

    expect(partsOf(plan(first({ shelves, order: four })))).toEqual(['NJ by ground: 1 A, 1 B', 'CA by ground: 1 A, 1 B'])
    expect(partsOf(plan(first({ shelves, order: four, rules: split('inStockFirst: { maxParts: 1 }') })))).toEqual([
      'NJ by ground: 1 A, 1 B',
    ])
  })

  it('waits whole when more than stock is missing: the rest would wait for nothing', () => {
    const unknown = { NJ: { A: 5 }, CA: { A: 0 } }
    const packs = first({ shelves: { NJ: { A: 5, B: 1 } }, unitFactors: { B: 6 } })

    expect(holdsOf(plan(first({ shelves: unknown })))).toEqual(['unmapped-sku B'])
    expect(holdsOf(plan(packs))).toEqual(['unit-factor-mismatch B'])
  })

  it('is sent whole where several warehouses together have it', () => {
    const planned = plan(first({ shelves: { NJ: { A: 2, B: 0 }, CA: { A: 0, B: 3 } } }))

    expect(partsOf(planned)).toEqual(['NJ by ground: 2 A', 'CA by ground: 3 B'])
    expect(planned.rest).toBeUndefined()
  })

  it('waits whole where the platform takes no part shipments, and where nothing of it is there', () => {
    const nothing = { NJ: { A: 0, B: 0 } }

    expect(holdsOf(plan(first({ order: { partialShipmentAllowed: false } })))).toEqual(['split-not-allowed'])
    expect(holdsOf(plan(first({ shelves: nothing })))).toEqual(['out-of-stock'])
    expect(holdsOf(plan(first({ shelves: nothing, more: { isBegun: true } })))).toEqual(['out-of-stock rest'])
  })
})
