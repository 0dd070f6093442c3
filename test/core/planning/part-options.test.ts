import { describe, expect, it } from 'vitest'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { outboundRequest } from '../../../core/planning/make-fulfillment-order.ts'
import { money } from '../../../core/value/money.ts'
import { order, orderLine } from '../../fakes/dossiers.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'
import { testCatalog } from '../../fakes/test-operations.ts'
import { ground, holdsOf, line, plan, type Situation, saver, warehouse } from './planning-world.ts'

const paid = (id: string, sku: string, cents: number) => orderLine({ ...line(id, 1, sku), unitPrice: money(cents, 'EUR') })
const asked = (rules: string, more: Partial<Situation> = {}): Situation => ({
  shelves: { NJ: { A: 9, B: 9 } },
  rules: `options:\n${rules}`,
  ...more,
  order: { lines: [paid('L1', 'A', 10_000), paid('L2', 'B', 2_000)], ...more.order },
})
const optionsOf = (situation: Situation) => plan(situation).parts.map((part) => part.options)

describe('options', () => {
  it('of every rule that matches go along; the lower of two that say the same counts', () => {
    const rules = `
  - { name: All, then: [{ signature: {} }, { packaging: carton }] }
  - { name: Dear, when: { field: amounts.total, op: gte, value: 1 }, then: [{ ageCheck: 16 }] }
  - { name: From NJ, when: { field: warehouse, op: eq, value: NJ }, then: [{ packaging: eco-bag }, { ageCheck: 18 }] }
  - { name: Elsewhere, when: { field: warehouse, op: eq, value: CA }, then: [{ packaging: bubble-bag }] }`

    expect(optionsOf(asked(rules, { warehouses: [warehouse('NJ'), warehouse('CA')] }))).toEqual([
      { signature: true, packaging: 'eco-bag', ageCheck: 18 },
    ])
  })

  it('can hang on the service that was chosen', () => {
    const rules = '  - { name: Saver, when: { field: service, op: eq, value: saver }, then: [{ signature: {} }] }'

    expect(optionsOf(asked(rules, { warehouses: [warehouse('NJ', [saver, ground])] }))).toEqual([{ signature: true }])
    expect(optionsOf(asked(rules, { warehouses: [warehouse('NJ', [ground]), warehouse('CA', [saver])] }))).toEqual([undefined])
  })

  it('insure a fixed amount, or what the goods of each part are worth', () => {
    const fixed = '  - { name: Fixed, then: [{ insurance: { amount: "50.00", currency: USD } }] }'
    const worth = '  - { name: Worth, then: [{ insurance: { currency: USD } }] }'
    const apart = { shelves: { NJ: { A: 9 }, CA: { B: 9 } }, rates: { EUR: '1.1' } }
    const split = '\nsplit: [{ name: Two, then: [{ byWarehouse: {} }] }]'

    expect(optionsOf(asked(fixed))).toEqual([{ insurance: { amount: '50.00', currency: 'USD' } }])
    expect(optionsOf(asked(worth + split, apart))).toEqual([
      { insurance: { amount: '110.00', currency: 'USD' } },
      { insurance: { amount: '22.00', currency: 'USD' } },
    ])
  })

  it('that cannot be told hold the order', () => {
    const worth = '  - { name: Worth, then: [{ insurance: { currency: USD } }] }'

    expect(holdsOf(plan(asked(worth)))).toEqual(['fx-missing'])
    const { unitPrice: _, ...unpriced } = line('L1', 1, 'A')
    expect(holdsOf(plan(asked(worth, { order: { lines: [unpriced] } })))).toEqual(['no-route'])
  })

  it('are told in the trace', () => {
    const rules = '  - { name: All, then: [{ signature: {} }, { insurance: { amount: "50", currency: USD } }] }'

    expect(plan(asked(rules)).trace.find((step) => step.stage === 'options')).toMatchObject({
      result: 'NJ: signature, insurance of 50.00 USD',
      rules: [{ rule: 'All', result: 'matched' }],
    })
  })

  it('stand in the request to the warehouse', () => {
    const [part] = plan(asked('  - { name: All, then: [{ signature: {} }] }')).parts
    if (!part) throw new Error('nothing was planned')
    const catalog = indexCatalog({ ...testCatalog, revision: 1 })

    expect(outboundRequest(order(), part, homeAddress, 1, catalog)).toMatchObject({ options: { signature: true } })
  })
})
