import { describe, expect, it } from 'vitest'
import { money } from '../../../core/value/money.ts'
import { line, partsOf, plan, type Situation, service, shippedTo, warehouse } from './planning-world.ts'

const inDollars = service('world', { countries: [], price: { base: money(1000, 'USD') }, days: [7, 14] })
const inEuros = service('paket', { countries: ['DE'], price: { base: money(600, 'EUR') }, days: [1, 3] })
const german: Situation = {
  shelves: { CA: { A: 9 }, DE: { A: 9 } },
  warehouses: [warehouse('CA', [inDollars]), warehouse('DE', [inEuros], { country: 'DE' })],
  order: shippedTo({ country: 'DE', postcode: '10115' }),
}
const note = (situation: Situation) =>
  plan(situation)
    .trace.find((step) => step.stage === 'allocate')
    ?.details?.at(-1)

describe('prices in two currencies without a rate', () => {
  it('let the warehouse in the country of the address go first, and the trace says so', () => {
    expect(partsOf(plan(german))).toEqual(['DE by paket: 1 A'])
    expect(note(german)).toBe('prices are not compared, no rate between USD and EUR is known: warehouses in DE go first')
  })

  it('let the first listed go first where none is in that country', () => {
    const austrian = {
      ...german,
      order: shippedTo({ country: 'AT', postcode: '1010' }),
      warehouses: [warehouse('DE', [{ ...inEuros, countries: [] }]), warehouse('CA', [inDollars])],
    }

    expect(partsOf(plan(austrian))).toEqual(['DE by paket: 1 A'])
    expect(note(austrian)).toBe('prices are not compared, no rate between EUR and USD is known: the first listed goes first')
  })

  it('are still compared among the warehouses that go first', () => {
    const dear = warehouse('HH', [{ ...inEuros, price: { base: money(700, 'EUR') } }], { country: 'DE' })
    const situation = { ...german, shelves: { ...german.shelves, HH: { A: 9 } }, warehouses: [dear, ...(german.warehouses ?? [])] }

    expect(partsOf(plan(situation))).toEqual(['DE by paket: 1 A'])
  })

  it('are compared as soon as a rate is known', () => {
    expect(partsOf(plan({ ...german, rates: { EUR: '1.7' } }))).toEqual(['CA by world: 1 A'])
    expect(partsOf(plan({ ...german, rates: { EUR: '1.6' } }))).toEqual(['DE by paket: 1 A'])
  })

  it('of split orders let those with most parts from that country go first', () => {
    const hamburg = warehouse('HH', [inEuros], { country: 'DE' })
    const situation: Situation = {
      ...german,
      shelves: { CA: { A: 0, B: 9 }, DE: { A: 9, B: 0 }, HH: { A: 0, B: 9 } },
      warehouses: [...(german.warehouses ?? []), hamburg],
      rules: 'split: [{ name: Two, then: [{ byWarehouse: {} }] }]',
      order: { ...german.order, lines: [line('L1', 1, 'A'), line('L2', 1, 'B')] },
    }

    expect(partsOf(plan(situation))).toEqual(['DE by paket: 1 A', 'HH by paket: 1 B'])
    expect(partsOf(plan({ ...situation, rates: { EUR: '1.7' } }))).toEqual(['CA by world: 1 B', 'DE by paket: 1 A'])
  })

  it('of one warehouse leave the service listed first, unless a rate is known', () => {
    const both = [warehouse('DE', [{ ...inDollars, price: { base: money(650, 'USD') } }, inEuros], { country: 'DE' })]
    const situation = { ...german, shelves: { DE: { A: 9 } }, warehouses: both }

    expect(partsOf(plan(situation))).toEqual(['DE by world: 1 A'])
    expect(plan(situation).trace.find((step) => step.stage === 'courier')?.result).toBe(
      'world from DE: the cheapest of those whose prices can be compared',
    )
    expect(partsOf(plan({ ...situation, rates: { EUR: '1.05' } }))).toEqual(['DE by paket: 1 A'])
  })
})
