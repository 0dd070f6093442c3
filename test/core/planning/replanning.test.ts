import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { testOperations, testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { rulesOf } from '../rules/rules-world.ts'

const warehouses = [testWarehouse]
const splits = [
  'none: {}',
  'inStockFirst: {}',
  'byLimit: { maxQuantity: 2 }',
  'byLimit: { maxWeightGrams: 700, maxParts: 9 }',
  'byCargo: {}',
]
const situation = fc.record({
  split: fc.constantFrom(...splits),
  mugs: fc.integer({ min: 0, max: 9 }),
  boxes: fc.integer({ min: 0, max: 3 }),
  lines: fc.array(fc.tuple(fc.constantFrom('CH-MUG', 'CH-BOX', 'CH-GIFT', 'CH-CASE', 'CH-NEW'), fc.integer({ min: 1, max: 7 })), {
    minLength: 1,
    maxLength: 3,
  }),
  isPushed: fc.boolean(),
})

/** Everything but when it was last looked at. */
const contentOf = ({ order, ...rest }: Dossier) => {
  const { version: _, changedAt: __, ...content } = order
  return { ...rest, order: content }
}

async function lookAgain(world: TestWorld): Promise<void> {
  world.clock.advance(1_000)
  const { order } = await world.dossier('1')
  await world.write((stores) => stores.orders.save({ ...order, planDueAt: world.clock.now(), version: order.version + 1 }))
  await world.run('plan')
}

describe('an order that is looked at again although nothing has changed', () => {
  it('keeps its fulfillment orders, calls, holds and state, before the push and after it', async () => {
    await fc.assert(
      fc.asyncProperty(situation, async ({ split, mugs, boxes, lines, isPushed }) => {
        const rules = rulesOf(`split: [{ name: Parts, then: [{ ${split} }] }]`, { warehouses })
        const world = await testWorld({
          operations: { ...testOperations, warehouses, rules },
          stock: { 'GC-MUG': mugs, 'GC-BOX': boxes, 'GC-CASE6': 2 },
        })
        const bought = lines.map(([channelSku, quantity], index) => snapshotLine({ platformLineId: `L${index}`, channelSku, quantity }))
        await world.receive(snapshot('1', { lines: bought }))
        if (isPushed) await world.run('push')
        const before = contentOf(await world.dossier('1'))

        await lookAgain(world)

        expect(contentOf(await world.dossier('1'))).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})
