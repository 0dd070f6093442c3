import { describe, expect, it } from 'vitest'
import { explainOrder } from '../../../core/explain/index.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, openHoldsOf, pushed, shipped, stateOf } from '../journey.ts'

const noWriteBackReason = 'the platform records the shipments of this programme itself'
const told = (world: TestWorld) => world.connector.confirmations.map(({ trackingNumber }) => trackingNumber)

describe('a platform that records a shipment by itself', () => {
  it('is told nothing, and the order is complete with its parcel [amazon-state-12]', async () => {
    const world = await testWorld()
    await shipped(world, snapshot('1', { noWriteBackReason }))

    await world.run('confirm')

    expect(told(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('is the reason that "why" gives for the report that was not made [amazon-state-12]', async () => {
    const world = await testWorld()
    await shipped(world, snapshot('1', { noWriteBackReason }))

    const { outside } = explainOrder(await world.dossier('1'), { trace: undefined, events: [], now: world.clock.now(), lang: 'en' })

    expect(outside.flatMap(({ details }) => details).join('\n')).toContain(noWriteBackReason)
  })

  it('may do so before the parcel has left: the warehouse goes on with it [amazon-write-22]', async () => {
    const world = await testWorld()
    const order = snapshot('1', { noWriteBackReason })
    await pushed(world, order)
    await world.receive({ ...order, updatedAt: at('09:00'), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] })
    await world.run('push')

    const { order: stored, fulfillmentOrders } = await world.dossier('1')
    expect(fulfillmentOrders.map((item) => item.cancelRequestedAt)).toEqual([undefined])
    expect(stored.state).toBe('in-fulfillment')
  })

  it('is told all the same when it has left the programme before the report went out', async () => {
    const world = await testWorld()
    const order = snapshot('1', { noWriteBackReason })
    await shipped(world, order)
    const { noWriteBackReason: _, ...ordinary } = order
    await world.receive({ ...ordinary, updatedAt: at('10:30') })

    await world.run('confirm')

    expect(told(world)).toEqual(['9400'])
  })

  it('is not told what was planned before it said so', async () => {
    const world = await testWorld()
    await shipped(world)
    await world.receive(snapshot('1', { updatedAt: at('10:30'), noWriteBackReason }))

    await world.run('confirm')

    expect(told(world)).toEqual([])
    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'withdrawn', errorMessage: noWriteBackReason })
    expect(await stateOf(world)).toBe('completed')
  })
})
