import { describe, expect, it } from 'vitest'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import { isOpen } from '../../../core/model/reconcile-holds.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { creates, openHoldsOf, pushed, releaseHolds, shipped, stateOf, stopSeen } from '../journey.ts'

/** As the connector of Wish reads it: open once more, and a person must look. */
function releasedAgain(causedAt: Instant): OrderSnapshot {
  return snapshot('1', { updatedAt: causedAt, holds: [{ reason: 'platform-hold', detail: `released again at ${causedAt}`, causedAt }] })
}
const cancelled = snapshot('1', { updatedAt: at('10:30'), status: 'cancelled', platformStatus: 'REFUNDED' })
const shippedThere = snapshot('1', { updatedAt: at('10:30'), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] })

const cancels = (world: TestWorld) => world.warehouse.calls.filter((call) => call.startsWith('cancel')).length

async function planAndPush(world: TestWorld): Promise<void> {
  await world.run('plan')
  await world.run('push')
}

describe('an order that its platform releases again', () => {
  it('after a cancellation waits for a person, and is then pushed anew under the next number [wish-trap-08]', async () => {
    const world = await testWorld()
    await pushed(world)
    await world.receive(cancelled)
    await stopSeen(world)
    await world.receive(releasedAgain(at('11:00')))
    await planAndPush(world)
    expect(await openHoldsOf(world)).toEqual(['platform-hold'])
    expect([creates(world), cancels(world)]).toEqual([1, 1])

    await releaseHolds(world)
    await world.run('push')

    const { fulfillmentOrders } = await world.dossier('1')
    expect(fulfillmentOrders.map(({ sequence, status }) => [sequence, status])).toEqual([
      [1, 'cancelled'],
      [2, 'accepted'],
    ])
    expect(creates(world)).toBe(2)
  })

  it('after our parcel has left shows a hold and sends no second parcel, not even when that is released [wish-trap-08]', async () => {
    const world = await testWorld({ severalPackages: false })
    await shipped(world)
    await world.run('confirm')
    await world.receive(shippedThere)
    await world.receive(releasedAgain(at('11:00')))
    await planAndPush(world)
    expect(await openHoldsOf(world)).toEqual(['platform-hold'])

    await releaseHolds(world)
    await planAndPush(world)

    expect(await openHoldsOf(world)).toEqual([])
    expect([creates(world), cancels(world)]).toEqual([1, 0])
    expect(await stateOf(world)).toBe('completed')
  })

  it('once more after a person has looked is held once more, and a mere change is not [wish-trap-08]', async () => {
    const world = await testWorld()
    await world.receive(releasedAgain(at('08:00')))
    await releaseHolds(world)
    await world.receive({ ...releasedAgain(at('08:00')), updatedAt: at('08:30'), tags: ['vip'] })
    expect(await openHoldsOf(world)).toEqual([])

    await world.receive(releasedAgain(at('23:00')))

    const { holds } = await world.dossier('1')
    expect(holds.filter(isOpen).map(({ detail }) => detail)).toEqual([`released again at ${at('23:00')}`])
  })
})
