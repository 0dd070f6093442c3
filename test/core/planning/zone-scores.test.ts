import { describe, expect, it } from 'vitest'
import { money } from '../../../core/value/money.ts'
import { ground, partsOf, plan, type Situation, saver, service, shippedTo, warehouse } from './planning-world.ts'

const shelves = { CA: { A: 9 }, NJ: { A: 9 } }
const zones = ['CA,US,100,,8,', 'NJ,US,100,,2,', 'CA,US,505,,6,', 'NJ,US,505,,6,', 'CA,US,103,,8,', 'NJ,US,10307,,2,yes']
const rules = `allocate:
  - { name: Islands keep, when: { field: shipTo.postcode, op: zip-in, value: us_no_reroute }, then: [{ fixed: { warehouse: CA } }] }
  - { name: US by zone, when: { field: shipTo.country, op: eq, value: US }, then: [{ candidates: [CA, NJ], score: [{ by: zone }], tie: CA, require: full-stock }] }
lists: { us_no_reroute: { kind: zip, values: ["00601-00988", "96701-96898"] } }`
const to = (postcode: string, more: Partial<Situation> = {}): Situation => ({
  shelves,
  zones,
  rules,
  order: shippedTo({ postcode }),
  warehouses: [warehouse('NJ'), warehouse('CA')],
  ...more,
})

describe('allocation by zone', () => {
  it.each([
    ['10001', 'NJ, the nearer zone', 'NJ by ground: 1 A'],
    ['50510', 'CA, the tie of equal zones', 'CA by ground: 1 A'],
    ['00601', 'CA, which is fixed for the islands', 'CA by ground: 1 A'],
    ['99999', 'CA, the tie where no zone is known', 'CA by ground: 1 A'],
  ])('sends %s from %s', (postcode, _why, part) => {
    expect(partsOf(plan(to(postcode)))).toEqual([part])
  })

  it('takes a known zone before an unknown one, however far it is', () => {
    expect(partsOf(plan(to('10001', { zones: ['NJ,US,100,,40,'] })))).toEqual(['NJ by ground: 1 A'])
  })

  it('is told in the trace', () => {
    expect(plan(to('10307')).trace.find((step) => step.stage === 'allocate')?.details).toEqual([
      'CA by ground: 6.10 USD, at most 3 days, zone 8',
      'NJ by ground: 6.10 USD, at most 3 days, zone 2 (remote)',
    ])
  })
})

describe('rules after allocation', () => {
  const courier = (field: string, op: string, value: string) =>
    `courier: [{ name: Asked, when: { field: ${field}, op: ${op}, value: ${value} }, then: [{ fixed: { service: ground } }] }]`
  const both = [warehouse('NJ', [saver, ground])]

  it('can ask for the zone, and for remote areas', () => {
    const sent = (postcode: string, asked: string) =>
      partsOf(plan({ ...to(postcode), shelves: { NJ: { A: 9 } }, warehouses: both, rules: asked }))

    expect(sent('10001', courier('zone', 'lte', '2'))).toEqual(['NJ by ground: 1 A'])
    expect(sent('50510', courier('zone', 'lte', '2'))).toEqual(['NJ by saver: 1 A'])
    expect(sent('10307', courier('remote', 'eq', 'true'))).toEqual(['NJ by ground: 1 A'])
    expect(sent('10001', courier('remote', 'eq', 'true'))).toEqual(['NJ by saver: 1 A'])
    expect(sent('99999', courier('zone', 'exists', 'false'))).toEqual(['NJ by ground: 1 A'])
  })
})

describe('a price by zone', () => {
  const zoned = service('zoned', {
    price: { base: money(900, 'USD'), byZone: { '2': { base: money(400, 'USD'), perKg: money(1000, 'USD') } }, remote: money(350, 'USD') },
  })
  const priced = (postcode: string, more = zoned) =>
    plan({ ...to(postcode), rules: '', shelves: { NJ: { A: 9 } }, warehouses: [warehouse('NJ', [more])] }).parts[0]?.price

  it('holds in its zone; elsewhere the general one does', () => {
    expect(priced('10001')).toEqual(money(500, 'USD'))
    expect(priced('50510')).toEqual(money(900, 'USD'))
  })

  it('is more in a remote area', () => {
    expect(priced('10307')).toEqual(money(850, 'USD'))
  })

  it('is not known where the zone is not, when only zones have one or remote areas cost more', () => {
    const onlyZones = service('only', { price: { byZone: { '2': { base: money(400, 'USD') } } } })

    expect(priced('10001', onlyZones)).toEqual(money(400, 'USD'))
    expect(priced('50510', onlyZones)).toBeUndefined()
    expect(priced('99999')).toBeUndefined()
  })
})
