import { describe, expect, it } from 'vitest'
import { isOpen } from '../../../core/model/reconcile-holds.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, shipped, stateOf } from '../journey.ts'

const counted = (time: string) => snapshot('1', { updatedAt: at(time), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] })
const open = (time: string) => snapshot('1', { updatedAt: at(time) })
const cancelled = (time: string) =>
  snapshot('1', { updatedAt: at(time), status: 'cancelled', lines: [snapshotLine({ cancelledQuantity: 2 })] })
const asked = ['platform-hold opened-again']
const detailOf = async (world: TestWorld) => (await world.dossier('1')).holds.find(isOpen)?.detail

/** Shipped by us, reported, and counted as shipped by the platform. */
async function reported() {
  const world = await testWorld()
  const reference = await shipped(world)
  await world.run('confirm')
  await world.receive(counted('10:30'))
  expect(await stateOf(world)).toBe('completed')
  return { world, reference }
}

describe('an order that its platform opens again', () => {
  it('waits for a look when we had shipped it, and names what was sent', async () => {
    const { world, reference } = await reported()

    await world.receive(open('11:00'))

    expect(await openHoldsOf(world)).toEqual(asked)
    expect(await detailOf(world)).toContain(`opened the order again, and ${reference} (9400) was sent for it`)
  })

  it('waits for it through later readings, and no more once it is shipped again', async () => {
    const { world } = await reported()
    await world.receive(open('11:00'))

    await world.receive({ ...open('11:10'), tags: ['vip'] })
    expect(await openHoldsOf(world)).toEqual(asked)
    await world.receive(counted('11:20'))
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('asks anew each time, whatever a person said before', async () => {
    const { world } = await reported()
    await world.receive(open('11:00'))
    await releaseHolds(world)
    expect(await openHoldsOf(world)).toEqual([])

    world.clock.advance(60_000)
    await world.receive(counted('11:20'))
    await world.receive(open('11:30'))

    expect(await openHoldsOf(world)).toEqual(asked)
  })

  it('after a cancellation waits when a warehouse had it, and is sent anew when a person has looked', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    await world.receive(cancelled('09:00'))
    await world.run('push')
    world.clock.advance(120_000)
    await world.run('push')
    await world.receive(open('09:30'))
    expect(await openHoldsOf(world)).toEqual(asked)
    expect(await detailOf(world)).toContain(reference)

    await releaseHolds(world)
    await world.run('push')

    expect((await latestFulfillmentOrder(world)).reference).not.toBe(reference)
    expect(await stateOf(world)).toBe('in-fulfillment')
  })

  it('goes its way when nothing of ours was ever sent for it', async () => {
    const world = await testWorld()
    await world.receive(open('08:00'))
    await world.receive(cancelled('08:30'))

    await world.receive(open('09:00'))

    expect(await openHoldsOf(world)).toEqual([])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })
  })

  it('has one hold when its connector says the same', async () => {
    const { world } = await reported()

    await world.receive({ ...open('11:00'), holds: [{ reason: 'platform-hold', detail: 'opened again', causedAt: at('11:00') }] })

    expect(await openHoldsOf(world)).toEqual(['platform-hold'])
  })

  it('waits when a part that counted as shipped there does so no more', async () => {
    const { world } = await reported()

    const half = { status: 'partially-shipped', lines: [snapshotLine({ shippedQuantity: 1 })] } as const
    await world.receive({ ...open('11:00'), ...half })

    expect(await openHoldsOf(world)).toEqual(asked)
  })
})
