import { describe, expect, it } from 'vitest'
import { addMs } from '../../../core/value/instant.ts'
import { snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { testShop } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { creates, openHoldsOf, pushed } from '../journey.ts'

const order = snapshot('1', { lines: [snapshotLine({ quantity: 1 })] })

/** What the daemon does when the files have changed. */
async function reconfigured(world: TestWorld, shops: readonly (typeof testShop)[]): Promise<void> {
  world.reconfigure({ shops })
  await world.storage.write((stores) => stores.orders.wakePlan({}, world.clock.now()))
  await world.run('plan')
  await world.run('push')
}

describe('an order that was planned', () => {
  it('is not sent when its shop is taken over later than it was bought, and is when that is put back', async () => {
    const world = await testWorld()
    await world.receive(order)
    const later = { ...testShop, since: addMs(order.purchasedAt, 1) }

    await reconfigured(world, [later])
    expect(await openHoldsOf(world)).toEqual(['before-cutover'])
    expect(creates(world)).toBe(0)

    await reconfigured(world, [testShop])
    expect(await openHoldsOf(world)).toEqual([])
    expect(creates(world)).toBe(1)
  })

  it('is not sent while its shop is not configured', async () => {
    const world = await testWorld()
    await world.receive(order)

    await reconfigured(world, [])
    expect(await openHoldsOf(world)).toEqual(['platform-hold shop'])
    expect(creates(world)).toBe(0)

    await reconfigured(world, [testShop])
    expect(await openHoldsOf(world)).toEqual([])
    expect(creates(world)).toBe(1)
  })

  it('goes on when it was sent before its shop changed', async () => {
    const world = await testWorld()
    await pushed(world, order)

    await reconfigured(world, [])

    expect(await openHoldsOf(world)).toEqual([])
    expect(world.warehouse.calls.filter((call) => call.startsWith('cancel'))).toEqual([])
  })
})
