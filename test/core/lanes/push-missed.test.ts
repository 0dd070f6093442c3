import { describe, expect, it } from 'vitest'
import { retried } from '../../../core/effects/transitions.ts'
import { SyncError } from '../../../core/errors.ts'
import { at, homeAddress, snapshot } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { creates, effectOf, latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, settle, stateOf } from '../journey.ts'
import { bought, merged, mergingWorld, waitUntil } from './merging.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const cancelled = snapshot('1', { updatedAt: at('08:30'), status: 'cancelled', platformStatus: 'CANCELLED' })
const otherStreet = { shipTo: { ...homeAddress, line1: '2 Other Street' }, buyer: {}, notes: {} }

/** The warehouse does not answer the next create and keeps it in a queue; the result executes it. */
function leaveQueued(world: TestWorld): () => void {
  const queued: (() => void)[] = []
  world.warehouse.next.create.push((_request, execute) => {
    queued.push(execute)
    throw noAnswer
  })
  return () => {
    for (const execute of queued.splice(0)) execute()
  }
}

/** The warehouse refuses the create, and has it in a queue all the same. */
async function refusedAndQueued() {
  const world = await testWorld()
  const queued: (() => void)[] = []
  world.warehouse.next.create.push((_request, execute) => {
    queued.push(execute)
    return { result: 'rejected', code: 'no-capacity', message: 'we are full' }
  })
  const reference = await pushed(world)
  expect(await openHoldsOf(world)).toEqual([`push-rejected ${reference}`])
  return { world, reference, comeUp: () => queued[0]?.() }
}

describe('a push that was tried and that two looks have missed', () => {
  const held = [{ reason: 'platform-hold', detail: 'the platform looks into it' }] as const

  it('waits with its order and goes under the same reference: it may still come up there', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    const reference = await pushed(world)
    await world.receive(snapshot('1', { updatedAt: at('08:30'), holds: held }))
    await settle(world, 'push', 2)
    for (let minute = 0; minute < 5; minute += 1) {
      world.clock.advance(60_000)
      await world.run('plan')
      await world.run('push')
    }
    expect(creates(world)).toBe(1)

    await world.receive(snapshot('1', { updatedAt: at('08:40') }))
    world.clock.advance(60_000)
    await world.run('push')

    expect(world.warehouse.created.map((request) => request.reference)).toEqual([reference])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ reference, status: 'accepted' })
  })

  it('of a parcel shows the others that they wait for the one to be paid, and goes when it is', async () => {
    const world = await mergingWorld()
    await merged(world)
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    await world.run('push')
    await world.receive(bought('1', '08:00', { updatedAt: at('09:01'), status: 'awaiting-payment' }))
    await settle(world, 'push', 3)
    const { order } = await world.dossier('1')
    const { holds } = await world.dossier('2')
    expect(await openHoldsOf(world, '1')).toEqual([])
    expect(await openHoldsOf(world, '2')).toEqual(['payment-pending parcel'])
    expect(holds[0]?.detail).toContain(`${order.orderNo}, in the same parcel, waits for its payment`)

    await world.receive(bought('1', '08:00', { updatedAt: at('09:20') }))
    await settle(world, 'push')

    expect(world.warehouse.created).toHaveLength(1)
    expect(await openHoldsOf(world, '2')).toEqual([])
    expect(await stateOf(world, '3')).toBe('in-fulfillment')
  })

  it('of a parcel lets the others go without the one that is cancelled instead of paid', async () => {
    const world = await mergingWorld()
    await merged(world)
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    await world.run('push')
    await world.receive(bought('1', '08:00', { updatedAt: at('09:01'), status: 'awaiting-payment' }))
    await settle(world, 'push', 3)

    await world.receive(bought('1', '08:00', { updatedAt: at('09:20'), status: 'cancelled' }))
    waitUntil(world, '09:10')
    await world.run('plan')
    await settle(world, 'push')

    expect(await openHoldsOf(world, '2')).toEqual([])
    expect(await stateOf(world, '2')).toBe('in-fulfillment')
    expect(await stateOf(world, '3')).toBe('in-fulfillment')
  })

  it('waits until its order is paid when the platform takes the payment back', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    const reference = await pushed(world)
    await world.receive(snapshot('1', { updatedAt: at('08:30'), status: 'awaiting-payment' }))
    await settle(world, 'push', 5)
    expect(creates(world)).toBe(1)

    await world.receive(snapshot('1', { updatedAt: at('08:40') }))
    await settle(world, 'push')

    expect(world.warehouse.created.map((request) => request.reference)).toEqual([reference])
  })

  it('is there when a reading shows it, also after a person had it asked for again', async () => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    const reference = await pushed(world)
    const create = await effectOf(world, 'wms-create')
    await world.write((stores) => stores.effects.save(retried(create, world.clock.now())))
    await world.receive(snapshot('1', { updatedAt: at('08:30'), holds: held }))
    await settle(world, 'push', 2)
    expect((await effectOf(world, 'wms-create')).state).toBe('planned')

    comeUp()
    world.warehouse.change(reference, {})
    await world.run('track')

    expect(await latestFulfillmentOrder(world)).toMatchObject({ reference, status: 'accepted' })
  })

  it('is stopped there when it comes up after it was taken back', async () => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    const reference = await pushed(world)
    await settle(world, 'push', 2)
    await world.receive(cancelled)
    expect((await effectOf(world, 'wms-create')).state).toBe('withdrawn')

    comeUp()
    world.warehouse.change(reference, {})
    await world.run('track')
    await world.run('push')
    await settle(world, 'push')

    expect(world.warehouse.calls).toContain(`cancel ${reference}`)
    expect(world.warehouse.reasons).toEqual(['its request had been taken back'])
    expect(world.warehouse.outbounds.get(reference)?.status).toBe('cancelled')
    expect(await stateOf(world)).toBe('cancelled')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it.each([
    ['its cancellation', cancelled],
    ['another address', snapshot('1', { updatedAt: at('08:30'), personal: otherStreet })],
  ])('is for a person when it comes up after %s and the warehouse does not stop it', async (_what, change) => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    const reference = await pushed(world)
    await settle(world, 'push', 2)
    await world.receive(change)
    world.warehouse.next.cancel.push(() => ({ result: 'rejected', code: 'not-cancellable', message: 'it is packed' }))

    comeUp()
    world.warehouse.change(reference, { status: 'processing', wmsStatus: 'W' })
    await world.run('track')
    await world.run('push')
    const before = await openHoldsOf(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')

    expect(before).toEqual([`intercept-failed ${reference}`])
    expect(await openHoldsOf(world)).toEqual([`intercept-failed ${reference}`])
  })

  it('is not refused by the refusal of its repeat: it comes up and is ours', async () => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    world.warehouse.next.create.push(() => ({ result: 'rejected', code: 'wms-refused', message: 'the reference exists' }))
    const reference = await pushed(world)
    await settle(world, 'push', 2)
    await world.run('push')
    expect((await effectOf(world, 'wms-create')).state).toBe('unknown')
    expect(await openHoldsOf(world)).toEqual([])

    comeUp()
    await settle(world, 'push')

    expect(await latestFulfillmentOrder(world)).toMatchObject({ reference, status: 'accepted', wmsOrderNo: `W-${reference}` })
    expect(world.warehouse.calls.filter((call) => call.startsWith('cancel'))).toEqual([])
  })

  it('is for a person with the words of the warehouse when its repeats are refused and no look shows it', async () => {
    const world = await testWorld()
    leaveQueued(world)
    const refuse = () => ({ result: 'rejected', code: 'wms-refused', message: 'the reference exists' }) as const
    world.warehouse.next.create.push(refuse, refuse, refuse, refuse)
    const reference = await pushed(world)
    for (let round = 0; round < 6; round += 1) {
      await settle(world, 'push', 2)
      await world.run('push')
    }

    expect(creates(world)).toBe(5)
    expect(await openHoldsOf(world)).toEqual([`push-unknown ${reference}`])
    expect((await world.dossier('1')).holds[0]?.detail).toContain('the reference exists')
  })

  it('is stopped there when it comes up after it was refused', async () => {
    const { world, reference, comeUp } = await refusedAndQueued()

    comeUp()
    world.warehouse.change(reference, {})
    await world.run('track')
    await world.run('push')
    await settle(world, 'push')

    expect(world.warehouse.outbounds.get(reference)?.status).toBe('cancelled')
    expect(await openHoldsOf(world)).toEqual([`push-rejected ${reference}`])
  })

  it('is for a person when it was refused, sent anew, and both have left', async () => {
    const { world, reference, comeUp } = await refusedAndQueued()
    await releaseHolds(world)
    await world.run('push')
    const second = (await latestFulfillmentOrder(world)).reference
    comeUp()
    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    world.warehouse.ship(second, parcel('9401', at('10:00')))
    await world.run('track')

    expect(await openHoldsOf(world)).toEqual([`intercept-failed ${reference}`])
    expect((await world.dossier('1')).holds.at(-1)?.detail).toContain('sent anew after a refusal')
  })

  it('is stopped once, however often it is read', async () => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    const reference = await pushed(world)
    await settle(world, 'push', 2)
    await world.receive(cancelled)
    comeUp()
    for (let reading = 0; reading < 3; reading += 1) {
      const seen = world.warehouse.outbounds.get(reference)
      if (seen) world.warehouse.tell({ ...seen, status: 'accepted' })
      await world.run('track')
      await world.run('push')
    }

    expect(world.warehouse.calls.filter((call) => call === `cancel ${reference}`)).toHaveLength(1)
  })
})
