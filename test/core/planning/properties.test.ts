import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CargoClass } from '../../../core/model/catalog.ts'
import type { ShippingService } from '../../../core/model/warehouse.ts'
import { unitsOf } from '../../../core/planning/demand.ts'
import { keepsBack } from '../../../core/planning/holds.ts'
import { measureGoods } from '../../../core/planning/measure-goods.ts'
import type { Plan, PlanningInput } from '../../../core/planning/plan.ts'
import { planOrder } from '../../../core/planning/plan-order.ts'
import { limitProblem } from '../../../core/planning/service-limits.ts'
import { partOf, shipmentOf } from '../../../core/planning/shipment.ts'
import { stockWithout } from '../../../core/planning/stock-view.ts'
import { money } from '../../../core/value/money.ts'
import { orderLine } from '../../fakes/dossiers.ts'
import { mapping } from '../../fakes/test-operations.ts'
import { inputOf, line, type Situation, service, shippedTo, warehouse } from './planning-world.ts'

/** Now and then a figure is not known. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 30 })
const side = fc.integer({ min: 10, max: 400 })
const product: fc.Arbitrary<NonNullable<Situation['products']>[string]> = fc.record({
  weightGrams: maybe(fc.integer({ min: 1, max: 2_000 })),
  lengthMm: maybe(side),
  widthMm: side,
  heightMm: side,
  cargoClass: fc.constantFrom<CargoClass>('general', 'general', 'with-battery', 'liquid'),
})
const cents = fc.integer({ min: 100, max: 3_000 })
const limit: fc.Arbitrary<Partial<ShippingService>> = fc.oneof(
  fc.record({ countries: fc.subarray(['US', 'DE']) }),
  fc.record({ maxWeightGrams: fc.integer({ min: 500, max: 9_000 }) }),
  fc.record({ maxSidesMm: fc.constantFrom([900, 600, 600] as const, [400, 300, 200] as const) }),
  fc.record({ maxGirthMm: fc.integer({ min: 500, max: 2_000 }) }),
  fc.record({ maxValue: fc.record({ minorUnits: fc.integer({ min: 5_000, max: 20_000 }), currency: fc.constantFrom('USD', 'EUR') }) }),
  fc.record({ cargoClasses: fc.constantFrom<readonly CargoClass[]>(['general'], ['general', 'with-battery'], ['liquid']) }),
)
const limits: fc.Arbitrary<Partial<ShippingService>> = fc
  .record({
    limited: fc.array(limit, { maxLength: 2 }),
    volumetricDivisor: fc.constantFrom(5_000, 6_000),
    days: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 3, max: 9 })),
    price: fc.oneof(
      fc.record({ base: cents.map((amount) => money(amount, 'USD')) }),
      fc.record({ base: cents.map((amount) => money(amount, 'EUR')), perKg: cents.map((amount) => money(amount, 'EUR')) }),
      fc.record({ byZone: fc.record({ '2': fc.record({ base: cents.map((amount) => money(amount, 'USD')) }) }) }),
    ),
  })
  .map(({ limited, ...rest }) => Object.assign({ countries: [] }, rest, ...limited) as Partial<ShippingService>)
const free = fc.integer({ min: 0, max: 9 })
const shelf = fc.oneof(fc.record({ A: free, B: free, C: free }), fc.record({ A: free, B: free, C: free }, { requiredKeys: ['A'] }))
const codes = ['NJ', 'CA', 'DE'] as const

const splits = [
  '{ none: {} }',
  '{ byWarehouse: { maxParts: 3 } }',
  '{ inStockFirst: { maxParts: 2 } }',
  '{ byLimit: { maxWeightGrams: 3000, maxParts: 9 } }',
  '{ byLimit: { maxQuantity: 2, maxValue: { amount: "80.00", currency: USD }, maxParts: 9 } }',
  '{ byCargo: {} }',
  '{ byCargo: { apart: [with-battery] } }',
]
const scores = fc.subarray(['zone', 'cost', 'days', 'cover'], { minLength: 1 })
const rulesText = fc
  .record({
    split: fc.constantFrom(...splits),
    score: fc.option(scores, { nil: undefined }),
    rank: fc.option(fc.constantFrom('cost', 'speed', 'cost-within-promise'), { nil: undefined }),
  })
  .map(({ split, score, rank }) =>
    [
      `split: [{ name: Parts, then: [${split}] }]`,
      score &&
        `allocate: [{ name: Best, then: [{ candidates: [CA, DE, NJ], score: [${score.map((by) => `{ by: ${by} }`).join(', ')}] }] }]`,
      rank && `courier: [{ name: Ranked, then: [{ candidates: { rank: ${rank} } }] }]`,
      'options: [{ name: Signed, when: { field: zone, op: eq, value: 2 }, then: [{ signature: {} }] }]',
    ]
      .filter(Boolean)
      .join('\n'),
  )

const mappings = [mapping('SET', { A: 2, B: 1 }), mapping('TRIO', { A: 1, B: 1, C: 1 })]
const situations: fc.Arbitrary<Situation> = fc
  .record({
    shelves: fc.record({ NJ: shelf, CA: shelf, DE: shelf }),
    services: fc.tuple(limits, limits, limits, limits),
    products: fc.record({ A: product, B: product, C: product }),
    lines: fc.array(
      fc.tuple(fc.constantFrom('A', 'B', 'C', 'SET', 'TRIO'), fc.integer({ min: 1, max: 4 }), maybe(fc.integer({ min: 100, max: 3_000 }))),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    factor: fc.constantFrom(1, 1, 1, 1, 2, 3),
    rules: rulesText,
    zones: fc.subarray(['NJ,US,100,,2,', 'CA,US,100,,8,yes', 'DE,DE,,,1,']),
    rate: fc.option(fc.constant('1.1'), { nil: undefined, freq: 2 }),
    country: fc.constantFrom('US', 'DE'),
    partialShipmentAllowed: fc.constantFrom(true, true, true, false),
  })
  .map(({ shelves, services, lines, factor, rate, country, partialShipmentAllowed, ...rest }) => ({
    ...rest,
    shelves: { ...shelves, NJ: { B: 0, C: 0, ...shelves.NJ } },
    warehouses: codes.map((code, index) =>
      warehouse(code, [service('only', services[index] ?? {}), ...(code === 'CA' ? [service('other', services[3])] : [])], {
        country: code === 'DE' ? 'DE' : 'US',
      }),
    ),
    unitFactors: { C: factor },
    mappings,
    ...(rate !== undefined && { rates: { EUR: rate } }),
    order: {
      ...shippedTo({ country, postcode: country === 'US' ? '10001' : '10115' }),
      partialShipmentAllowed,
      lines: lines.map(([sku, quantity, price], index) => {
        const { unitPrice: _, ...bare } = orderLine(line(`L${index}`, quantity, sku))
        return { ...bare, ...(price !== undefined && { unitPrice: money(price, 'EUR') }) }
      }),
    },
  }))
const runs = { numRuns: 150 }

describe('whatever the goods, the services, the stock and the rules', () => {
  it('two looks plan the same', () => {
    fc.assert(
      fc.property(situations, (given) => {
        expect(planOrder(inputOf(given))).toEqual(planOrder(inputOf(given)))
      }),
      runs,
    )
  })

  it('every unit that goes was ordered, goes once and whole, and what does not go is held', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const { input, planned } = decided(given)
        const taken = sumOf(planned.parts.map(unitsOf))
        const goods = sumOf(
          planned.parts.map((part) => new Map(part.lines.map((item) => [String(item.sku), item.quantity * item.unitFactor]))),
        )
        const needed = new Map<string, number>()
        for (const { platformLineId, resolved } of planned.lines)
          for (const { sku, quantity } of resolved) {
            needed.set(sku, (needed.get(sku) ?? 0) + quantity * (taken.get(platformLineId) ?? 0))
          }

        for (const [id, units] of taken) expect(units).toBeLessThanOrEqual(input.units.get(id) ?? 0)
        expect(sorted(goods)).toEqual(sorted(new Map([...needed].filter(([, units]) => units > 0))))
        const isWhole = [...input.units].every(([id, units]) => taken.get(id) === units)
        expect(isWhole).toBe(planned.holds.length === 0 && planned.rest === undefined)
        expect(planned.parts.length > 0 && !isWhole).toBe(planned.rest !== undefined)
        if (planned.rest) expect(keepsBack(planned.rest)).toBe(false)
      }),
      runs,
    )
  })

  it('no service gets what it cannot take, no warehouse what it does not have, and no platform parts that it does not take', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const { input, planned } = decided(given)
        const country = input.order.personal.shipTo?.country ?? ''

        for (const part of planned.parts) {
          const inside = measureGoods(insideOf(input, planned, part), input.catalog)
          expect(part.warehouse.services).toContain(part.service)
          expect(part.service.countries.length === 0 || part.service.countries.includes(country)).toBe(true)
          expect(limitProblem(part.service, inside, input)).toBeUndefined()
        }
        const left = stockWithout(input.stock, planned.parts)
        for (const part of planned.parts)
          for (const item of part.lines) expect(left.free(part.warehouse.code, item.wmsSku)).toBeGreaterThanOrEqual(0)
        if (!input.order.partialShipmentAllowed) expect(planned.parts.length).toBeLessThanOrEqual(1)
      }),
      runs,
    )
  })

  it('parts keep the limit that divides them, unless a single unit is above it', () => {
    fc.assert(
      fc.property(situations, fc.integer({ min: 1, max: 4 }), (given, most) => {
        const rules = `split: [{ name: Parts, then: [{ byLimit: { maxQuantity: ${most}, maxParts: 20 } }] }]`
        const { input, planned } = decided({ ...given, rules, unitFactors: {} })

        for (const part of planned.parts) {
          const pieces = insideOf(input, planned, part).needs.reduce((sum, need) => sum + need.quantity, 0)
          const units = [...unitsOf(part).values()].reduce((sum, each) => sum + each, 0)
          expect(pieces <= most || units === 1).toBe(true)
        }
      }),
      runs,
    )
  })

  it('rules that have nothing to do with each other may stand in any order', () => {
    const elsewhere = ['x', 'y', 'z'].map(
      (shop) => `{ name: Shop ${shop}, when: { field: shop, op: eq, value: ${shop} }, then: [{ fixed: { warehouse: CA } }] }`,
    )
    const own = '{ name: Own, when: { field: shop, op: ne, value: x }, then: [{ candidates: [DE, NJ] }] }'
    const orders = fc.shuffledSubarray([...elsewhere, own], { minLength: 4 })

    fc.assert(
      fc.property(situations, orders, (given, rules) => {
        const under = (list: readonly string[]): Plan => {
          const { trace: _, ...planned } = planOrder(inputOf({ ...given, rules: `allocate: [${list.join(', ')}]` }))
          return { ...planned, trace: [] }
        }

        expect(under(rules)).toEqual(under([own, ...elsewhere]))
      }),
      runs,
    )
  })

  it('what is left of an order is planned as if nothing else had been ordered', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const { input, planned } = decided(given)
        if (!planned.rest) return
        const taken = sumOf(planned.parts.map(unitsOf))
        const left = [...input.units].map(([id, units]): [string, number] => [id, units - (taken.get(id) ?? 0)])
        const rest: PlanningInput = {
          ...input,
          units: new Map(left.filter(([, units]) => units > 0)),
          stock: stockWithout(input.stock, planned.parts),
          isBegun: true,
        }

        const again = planOrder(rest)

        // Whatever more can go, the hold of what is left keeps nothing back.
        expect(
          [...again.holds, ...(again.rest ? [again.rest] : [])]
            .filter((hold) => hold.reason === 'out-of-stock')
            .every((hold) => !keepsBack(hold)),
        ).toBe(true)
        for (const [id, units] of sumOf(again.parts.map(unitsOf))) expect(units).toBeLessThanOrEqual(rest.units.get(id) ?? 0)
      }),
      runs,
    )
  })
})

function decided(given: Situation) {
  const input = inputOf(given)
  return { input, planned: planOrder(input) }
}

function insideOf(input: PlanningInput, planned: Plan, part: Plan['parts'][number]) {
  const whole = shipmentOf({ ...input.order, lines: planned.lines }, input.units, undefined)
  if (!whole) throw new Error('the order has no address')
  return partOf(whole, unitsOf(part))
}

function sumOf(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [key, value] of maps.flatMap((map) => [...map])) sums.set(key, (sums.get(key) ?? 0) + value)
  return sums
}

function sorted(map: ReadonlyMap<string, number>) {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
