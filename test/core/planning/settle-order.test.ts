import { describe, expect, it } from 'vitest'
import { loadDossier } from '../../../core/planning/dossier.ts'
import { settleOrder } from '../../../core/planning/settle-order.ts'
import { orderNumber } from '../../../core/value/ids.ts'
import { at, snapshot } from '../../fakes/order-snapshots.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'

const orderNo = orderNumber('brand', '1')

async function read(): Promise<TestWorld> {
  const world = await testWorld()
  world.connector.put(snapshot('1', { status: 'cancelled' }))
  await world.run('poll')
  return world
}

const settle = (world: TestWorld, ...rest: [planDue?: Parameters<typeof settleOrder>[3], events?: Parameters<typeof settleOrder>[4]]) =>
  world.write(async (stores) => {
    const dossier = await loadDossier(stores, orderNo)
    if (!dossier) throw new Error('the order is not stored')
    return settleOrder(stores, dossier, world.clock.now(), ...rest)
  })

const eventsOf = (world: TestWorld) => world.storage.read((stores) => stores.events.list(orderNo))

describe('settling an order', () => {
  it('writes the state that follows from the facts, and an event when it is another', async () => {
    const world = await read()
    const dossier = await settle(world)

    expect(dossier.order).toMatchObject({ state: 'cancelled', version: 2 })
    expect((await eventsOf(world)).at(-1)).toMatchObject({ type: 'state', data: { from: 'open', to: 'cancelled' } })

    await settle(world)
    expect((await eventsOf(world)).filter((event) => event.type === 'state')).toHaveLength(1)
  })

  it.each([
    ['as it stands', undefined, '2026-11-24T08:00:01.000Z'],
    ['at a time', at('12:00'), at('12:00')],
    ['not at all', 'never', undefined],
  ] as const)('makes it due %s', async (_case, planDue, expected) => {
    const world = await read()
    await settle(world, planDue)

    expect((await world.dossier('1')).order.planDueAt).toBe(expected)
  })

  it('appends the events it is handed before that of the state', async () => {
    const world = await read()
    await settle(world, 'as-is', [{ type: 'edited', at: world.clock.now(), data: {} }])

    expect((await eventsOf(world)).map((event) => event.type)).toEqual(['imported', 'edited', 'state'])
    expect(await world.storage.read((stores) => stores.events.isIntact(orderNo))).toBe(true)
  })
})
