import { describe, expect, it } from 'vitest'
import type { ShippingService } from '../../../core/model/warehouse.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { money } from '../../../core/value/money.ts'
import { orderLine } from '../../fakes/dossiers.ts'
import { ground, holdsOf, line, partsOf, plan, type Situation, saver, service, warehouse } from './planning-world.ts'

/** 480 g in a box of 30 × 20 × 10 cm. */
const box = { weightGrams: 480, lengthMm: 100, widthMm: 300, heightMm: 200 }
const limited = (limits: Partial<ShippingService>, more: Partial<Situation> = {}): Situation => ({
  shelves: { NJ: { A: 99 } },
  products: { A: box },
  warehouses: [warehouse('NJ', [service('small', limits)])],
  ...more,
})
const whyNot = (situation: Situation): string =>
  plan(situation)
    .holds.map(({ reason, detail }) => `${reason}: ${detail}`)
    .join('\n')

describe('the expected result of the sheet', () => {
  const volumetric = [
    warehouse(
      'NJ',
      [ground, saver].map((each) => ({ ...each, volumetricDivisor: 5000 })),
    ),
  ]
  const rules = 'courier: [{ name: As promised, then: [{ candidates: { rank: cost-within-promise } }] }]'
  const situation = limited({}, { warehouses: volumetric, rules })

  it('is Ground with four days to deliver, Saver without a date', () => {
    const inFourDays = { deliverBy: '2026-11-28T08:00:00.000Z' as Instant }

    expect(partsOf(plan({ ...situation, order: inFourDays }))).toEqual(['NJ by ground: 1 A'])
    expect(partsOf(plan(situation))).toEqual(['NJ by saver: 1 A'])
  })

  it('charges 1200 g for 480 g in 6 liters', () => {
    const byWeight = service('air', { volumetricDivisor: 5000, price: { base: money(0, 'USD'), perKg: money(1000, 'USD') } })

    expect(plan({ ...situation, rules: '', warehouses: [warehouse('NJ', [byWeight])] }).parts[0]?.price).toEqual(money(1200, 'USD'))
  })
})

describe('a price', () => {
  const priceFor = (price: NonNullable<ShippingService['price']>, product: object, quantity = 1) =>
    plan(limited({ price }, { products: { A: product }, order: { lines: [line('L1', quantity, 'A')] } })).parts[0]?.price

  it('counts kilograms by the gram, or each one that has begun', () => {
    expect(priceFor({ base: money(100, 'USD'), perKg: money(333, 'USD') }, { weightGrams: 500 }, 3)).toEqual(money(600, 'USD'))
    expect(priceFor({ base: money(100, 'USD'), perStartedKg: money(333, 'USD') }, { weightGrams: 500 }, 3)).toEqual(money(766, 'USD'))
    expect(priceFor({ base: money(100, 'USD'), perStartedKg: money(333, 'USD') }, { weightGrams: 500 }, 2)).toEqual(money(433, 'USD'))
  })

  it('by weight is not known where the weight is not', () => {
    expect(priceFor({ base: money(100, 'USD'), perKg: money(333, 'USD') }, { weightGrams: undefined })).toBeUndefined()
    expect(priceFor({ base: money(100, 'USD') }, { weightGrams: undefined })).toEqual(money(100, 'USD'))
  })
})

describe('a service takes', () => {
  const dear = {
    order: { lines: [orderLine({ quantity: 1, channelSku: line('L1', 1, 'A').channelSku, resolved: [], unitPrice: money(2201, 'EUR') })] },
  }

  it.each<[string, Situation]>([
    ['a product as long as its longest side, however it lies', limited({ maxSidesMm: [300, 200, 100] })],
    ['length and girth up to its limit', limited({ maxGirthMm: 900 })],
    ['goods of its cargo classes', limited({ cargoClasses: ['general'] })],
    ['goods up to its value, at the rate of today', limited({ maxValue: money(2421, 'USD') }, { ...dear, rates: { EUR: '1.1' } })],
    ['a weight that nobody entered', limited({ maxWeightGrams: 500 }, { products: { A: { weightGrams: undefined } } })],
    ['what is not known as long as it is not limited', limited({ maxWeightGrams: 500 }, { products: { A: { weightGrams: 480 } } })],
  ])('%s', (_case, situation) => {
    expect(partsOf(plan(situation))).toHaveLength(1)
  })

  it.each<[string, Situation, string]>([
    [
      'a longer product',
      limited({ maxSidesMm: [299, 200, 100] }),
      'small does not take it: 300 × 200 × 100 mm are more than its 299 × 200 × 100 mm',
    ],
    [
      'more than its largest parcel can hold',
      limited({ maxSidesMm: [300, 200, 100] }, { order: { lines: [line('L1', 2, 'A')] } }),
      'small does not take it: the goods have more volume than a parcel of 300 × 200 × 100 mm',
    ],
    ['more girth', limited({ maxGirthMm: 899 }), 'small does not take it: length and girth of 900 mm are more than its 899 mm'],
    [
      'goods of other classes',
      limited({ cargoClasses: ['general'] }, { products: { A: { cargoClass: 'with-battery' } } }),
      'small does not take it: it takes no with-battery goods, and SKU A is such',
    ],
    [
      'goods above its value',
      limited({ maxValue: money(2420, 'USD') }, { ...dear, rates: { EUR: '1.1' } }),
      'small does not take it: goods of 22.01 EUR are more than its 24.20 USD',
    ],
    [
      'goods whose value cannot be told',
      limited({ maxValue: money(2420, 'USD') }, dear),
      'small does not take it: the rate from EUR to USD is not known, and it is limited (import one with "npm run import -- fx FILE")',
    ],
    [
      'an unknown size, when it limits it',
      limited({ maxSidesMm: [300, 200, 100] }, { products: { A: { lengthMm: 10 } } }),
      'small does not take it: the size of SKU A is not known, and it is limited (import its length_mm, width_mm and height_mm with products.csv)',
    ],
  ])('but not %s, and says so', (_case, situation, said) => {
    expect(whyNot(situation)).toBe(`no-route: no service of warehouse NJ takes it; ${said}`)
  })

  it('and the next one goes, with the reason in the trace', () => {
    const planned = plan(limited({}, { warehouses: [warehouse('NJ', [service('small', { maxGirthMm: 500 }), ground])] }))

    expect(partsOf(planned)).toEqual(['NJ by ground: 1 A'])
    expect(planned.trace.find((step) => step.stage === 'courier')?.details).toEqual([
      'ground: 6.10 USD, at most 3 days',
      'small does not take it: length and girth of 900 mm are more than its 500 mm',
    ])
  })
})

describe('courier rules by feature', () => {
  const warehouses = [warehouse('NJ', [saver, { ...ground, features: ['ground', 'signature'] }])]
  const rules = (...features: readonly string[]) =>
    `courier: [{ name: Batteries ground, then: [{ candidates: { features: [${features.join(', ')}], rank: cost-within-promise } }] }]`

  it('leave the services that have all of them', () => {
    expect(partsOf(plan(limited({}, { warehouses, rules: rules('ground') })))).toEqual(['NJ by ground: 1 A'])
    expect(partsOf(plan(limited({}, { warehouses, rules: rules('ground', 'signature') })))).toEqual(['NJ by ground: 1 A'])
  })

  it('wait where none has them, and say which', () => {
    const other = [...warehouses, warehouse('CA', [saver])]
    const planned = plan(limited({}, { warehouses: other, rules: rules('ground'), shelves: { CA: { A: 1 } } }))

    expect(holdsOf(planned)).toEqual(['no-route CA'])
    expect(planned.holds[0]?.detail).toContain('allows only services with ground')
  })
})
