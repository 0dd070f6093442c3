import { describe, expect, it } from 'vitest'
import { withListedCodes } from '../../../core/mapping/catalog-index.ts'
import type { Bundle, SkuMapping } from '../../../core/model/catalog.ts'
import type { OrderLine } from '../../../core/model/order.ts'
import { mapLines } from '../../../core/planning/map-lines.ts'
import { asSku } from '../../../core/value/ids.ts'
import { mapping } from '../../fakes/test-operations.ts'
import { holdsOf, inputOf, line, partsOf, plan, type Situation, service, warehouse } from './planning-world.ts'

const mapped = (situation: Situation) => {
  const input = inputOf(situation)
  return mapLines(input.order, input)
}
const details = (situation: Situation) => mapped(situation).trace[0]?.details ?? []
const goods = (lines: readonly OrderLine[]) => lines.map((each) => each.resolved.map((item) => `${item.quantity} ${item.sku}`).join(' + '))
const set: Bundle = {
  sku: asSku('SET'),
  components: [
    { sku: asSku('A'), quantity: 2 },
    { sku: asSku('B'), quantity: 1 },
  ],
}
const shelves = { NJ: { A: 9, B: 9 } }

describe('a bundle', () => {
  it('stands where a strategy gives a SKU, and the line keeps its parts', () => {
    const rules = 'mapping: [{ name: Any, then: [{ splitPattern: {} }] }]'

    const planned = plan({ shelves, bundles: [set], rules, order: { lines: [line('L1', 1, 'SET*2+A')] } })

    expect(goods(planned.lines)).toEqual(['5 A + 2 B'])
    expect(partsOf(planned)).toEqual(['NJ by ground: 5 A, 2 B'])
  })

  it('is a SKU that a strategy knows only when it is one', () => {
    const rules = 'mapping: [{ name: Any, then: [{ stripPrefix: X- }] }]'

    expect(holdsOf(plan({ shelves, bundles: [set], rules, order: { lines: [line('L1', 1, 'X-SETS')] } }))).toEqual(['unmapped-sku X-SETS'])
  })
})

describe('a line without SKU and item', () => {
  const custom = { lines: [{ ...line('L1', 1, ''), title: 'Engraved mug' }] }

  it('is named by its title, and a rule is what can map it', () => {
    const [hold] = mapped({ shelves, order: custom }).holds

    expect(hold).toMatchObject({ reason: 'unmapped-sku', subject: 'Engraved mug' })
    expect(hold?.detail).toContain('add a mapping rule for its title to rules.yaml, such as regex: { pattern: ".*", sku: SKU }')
  })

  it('is mapped by such a rule', () => {
    const rules =
      'mapping: [{ name: Engraved, when: { field: title, op: eq, value: Engraved mug }, then: [{ regex: { pattern: ".*", sku: A } }] }]'

    expect(goods(mapped({ shelves, rules, order: custom }).lines)).toEqual(['1 A'])
  })
})

describe('a line', () => {
  it('keeps which mapping it was resolved by, and the trace shows it', () => {
    const [first] = mapped({ shelves, mappings: [mapping('X', { A: 1 })], order: { lines: [line('L1', 1, 'X')] } }).lines
    const [other] = mapped({ shelves, mappings: [mapping('X', { B: 1 })], order: { lines: [line('L1', 1, 'X')] } }).lines

    expect(first?.mappingRevision).toMatch(/^[0-9a-f]{8}$/)
    expect(other?.mappingRevision).not.toBe(first?.mappingRevision)
    expect(details({ shelves, mappings: [mapping('X', { A: 1 })], order: { lines: [line('L1', 1, 'X')] } })).toEqual([
      `X: 1 × A (mapping of SKU X for every shop, revision ${first?.mappingRevision})`,
    ])
  })

  it('without units to ship keeps what it was planned with', () => {
    const shipped = { ...line('L1', 1, 'X'), resolved: [{ sku: asSku('A'), quantity: 1 }], mappingRevision: '00000001' }
    const situation = { shelves, mappings: [mapping('X', { B: 1 })], order: { lines: [shipped, line('L2', 1, 'X')] } }

    const { lines } = mapped({ ...situation, more: { units: new Map([['L2', 1]]) } })

    expect(goods(lines)).toEqual(['1 A', '1 B'])
    expect(lines[0]?.mappingRevision).toBe('00000001')
  })

  it('that loses its mapping loses the revision, too', () => {
    const before = { ...line('L1', 1, 'X'), resolved: [{ sku: asSku('A'), quantity: 1 }], mappingRevision: '00000001' }

    const [after] = mapped({ shelves, order: { lines: [before] } }).lines

    expect(after).toMatchObject({ resolved: [] })
    expect(after).not.toHaveProperty('mappingRevision')
  })
})

describe('a mapping for a time', () => {
  it('counts by the time of the purchase, not by the time of planning', () => {
    const mappings = [mapping('X', { A: 1 }), { ...mapping('X', { B: 1 }), validFrom: '2026-11-24' }]
    const bought = (purchasedAt: string) =>
      goods(mapped({ shelves, mappings, order: { lines: [line('L1', 1, 'X')], purchasedAt: purchasedAt as never } }).lines)

    expect(bought('2026-11-23T23:59:59.000Z')).toEqual(['1 A'])
    expect(bought('2026-11-24T00:00:00.000Z')).toEqual(['1 B'])
  })
})

describe('a listing whose mapping does not count any more', () => {
  it('waits, and the hold says until when it counted', () => {
    const mappings = [{ ...mapping('X', { A: 1 }), validFrom: '2026-01-01', validTo: '2026-11-01' }]

    const { holds } = mapped({ shelves, mappings, order: { lines: [line('L1', 1, 'X')] } })

    expect(holds.map((hold) => hold.detail)).toEqual([
      expect.stringMatching(
        /^no SKU is known for channel SKU "X" of shop brand: its mapping counts from 2026-01-01 until 2026-11-01, and it was bought on 2026-\d\d-\d\d; add a row to sku-mappings.csv and import it$/,
      ),
    ])
  })
})

describe('what ships instead', () => {
  const either: SkuMapping = {
    ...mapping('X', { A: 1 }),
    alternatives: [[{ sku: asSku('B'), quantity: 2 }], [{ sku: asSku('C'), quantity: 1 }]],
  }
  const sold = (stock: Situation['shelves'], units = 1, more: Partial<Situation> = {}) =>
    goods(mapped({ shelves: stock, mappings: [either], order: { lines: [line('L1', units, 'X')] }, ...more }).lines)

  it('is the first of the alternatives that a warehouse has for all units', () => {
    expect(sold({ NJ: { A: 1, B: 9, C: 9 } })).toEqual(['1 A'])
    expect(sold({ NJ: { A: 0, B: 9, C: 9 } })).toEqual(['2 B'])
    expect(sold({ NJ: { A: 1, B: 3, C: 2 } }, 2)).toEqual(['1 C'])
  })

  it('is not asked for as long as any warehouse that ships there has the goods', () => {
    expect(sold({ NJ: { A: 0, B: 9, C: 9 }, CA: { A: 1, B: 0, C: 0 } })).toEqual(['1 A'])
  })

  it('counts when only a warehouse has the goods that does not ship there, or was not chosen by hand', () => {
    const warehouses = [warehouse('NJ'), warehouse('DE', [service('post', { countries: ['DE'] })])]
    const stock = { NJ: { A: 0, B: 9 }, DE: { A: 9, B: 9 } }

    expect(sold(stock, 1, { warehouses })).toEqual(['2 B'])
    expect(
      sold({ NJ: { A: 0, B: 9 }, CA: { A: 9, B: 0 } }, 1, { order: { lines: [line('L1', 1, 'X')], edits: { warehouse: 'NJ' } } }),
    ).toEqual(['2 B'])
  })

  it('leaves the order waiting for the goods themselves when nothing is there', () => {
    const planned = plan({ shelves: { NJ: { A: 0, B: 0, C: 0 } }, mappings: [either], order: { lines: [line('L1', 1, 'X')] } })

    expect(goods(planned.lines)).toEqual(['1 A'])
    expect(holdsOf(planned)).toEqual(['out-of-stock'])
  })

  it('is not guessed while the stock of a warehouse was never read', () => {
    expect(sold({ NJ: { A: 0, B: 9 } }, 1, { more: { stock: { free: () => undefined, lists: () => false } } })).toEqual(['1 A'])
  })

  it('counts what earlier lines of the order take', () => {
    const lines = [line('L1', 2, 'A'), line('L2', 1, 'X')]

    expect(sold({ NJ: { A: 2, B: 9, C: 9 } }, 1, { order: { lines } })).toEqual(['1 A', '2 B'])
  })

  it('does not count where packs do not come out even', () => {
    expect(sold({ NJ: { A: 9, B: 9, C: 9 } }, 2, { unitFactors: { A: 6 } })).toEqual(['2 B'])
  })

  it('is told in the trace, and does not change the revision', () => {
    const situation = (stock: number): Situation => ({
      shelves: { NJ: { A: stock, B: 9 } },
      mappings: [either],
      order: { lines: [line('L1', 1, 'X')] },
    })
    const revision = mapped(situation(1)).lines[0]?.mappingRevision

    expect(mapped(situation(0)).lines[0]?.mappingRevision).toBe(revision)
    expect(details(situation(0))).toEqual([
      `X: 2 × B (mapping of SKU X for every shop, revision ${revision}; instead of 1 × A, which no warehouse has)`,
    ])
  })
})

describe('goods without a row in warehouse-skus.csv', () => {
  const stock = { free: () => 9, lists: () => true }
  const without = inputOf({ shelves: { NJ: {}, CA: { A: 0 } }, order: { lines: [line('L1', 1, 'A')] } })
  const listed = { shelves: { NJ: {} }, more: { catalog: withListedCodes(without.catalog, stock), stock, order: without.order } }

  it('ship under their own SKU when the stock list of the warehouse names them so, and the trace says it', () => {
    const planned = plan(listed)

    expect(planned.parts[0]?.lines).toMatchObject([{ sku: 'A', wmsSku: 'A', quantity: 1, unitFactor: 1 }])
    expect(planned.trace).toContainEqual({
      stage: 'mapping',
      result: 'warehouse codes by the stock list',
      details: ['A has no row in warehouse-skus.csv; the stock list of NJ names it so: its code there, one piece a unit'],
    })
  })

  it('wait otherwise, and the hold says which row to add', () => {
    const planned = plan({ shelves: { NJ: {} }, more: { catalog: without.catalog, stock, order: without.order } })

    expect(holdsOf(planned)).toEqual(['unmapped-sku A'])
    expect(planned.holds[0]?.detail).toBe(
      'warehouse NJ has no code for SKU A: add the row NJ,A,CODE,1 to warehouse-skus.csv, with its code there for CODE, and import it',
    )
  })
})
