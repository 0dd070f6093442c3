import { describe, expect, it } from 'vitest'
import { retried } from '../../../core/effects/transitions.ts'
import { SyncError } from '../../../core/errors.ts'
import { at, homeAddress, snapshot } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { settleMs } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, stateOf } from '../journey.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const cancelled = snapshot('1', { updatedAt: at('08:30'), status: 'cancelled', platformStatus: 'CANCELLED' })
const otherStreet = { shipTo: { ...homeAddress, line1: '2 Other Street' }, buyer: {}, notes: {} }
const creates = (world: TestWorld) => world.warehouse.calls.filter((call) => call.startsWith('create')).length

async function settle(world: TestWorld, passes = 1): Promise<void> {
  for (let pass = 0; pass < passes; pass += 1) {
    world.clock.advance(settleMs)
    await world.run('push')
  }
}

describe('a cancellation on the platform', () => {
  it('between plan and push lets no create begin', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    world.connector.put(cancelled)
    await world.run('poll')

    await world.run('push')
    expect(creates(world)).toBe(0)

    await world.run('plan')
    world.clock.advance(10_000)
    await world.run('push')
    expect(creates(world)).toBe(0)
    expect(await stateOf(world)).toBe('cancelled')
    expect((await effectOf(world, 'wms-create')).state).toBe('withdrawn')
    expect(await world.storage.read((stores) => stores.stock.uncovered(['NJ']))).toEqual([])
  })

  it('during the push ends in a request to stop', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    world.warehouse.next.create.push(async (request, execute) => {
      await world.receive(cancelled)
      execute()
      return { result: 'confirmed', remoteId: `W-${request.reference}` }
    })
    await world.run('push')
    const { reference } = await latestFulfillmentOrder(world)
    expect(await openHoldsOf(world)).toEqual([`cancel-pending ${reference}`])

    await world.run('push')

    expect(world.warehouse.calls).toContain(`cancel ${reference}`)
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'cancelled' })
    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('cancelled')
  })

  it('while the outcome is open is settled as soon as that is known: the order is there', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push((_request, execute) => {
      execute()
      throw noAnswer
    })
    const reference = await pushed(world)
    await world.receive(cancelled)
    await settle(world, 2)

    expect(world.warehouse.outbounds.get(reference)).toMatchObject({ status: 'cancelled' })
    expect(await stateOf(world)).toBe('cancelled')
  })

  it('while the outcome is open is settled as soon as that is known: the order is not there', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    await pushed(world)
    await world.receive(cancelled)
    await settle(world, 2)
    await world.run('push')
    await world.run('plan')
    world.clock.advance(10_000)
    await world.run('push')

    expect(creates(world)).toBe(1)
    expect(await stateOf(world)).toBe('cancelled')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('that the warehouse cannot follow is for a person, and the parcel is still tracked', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(() => ({ result: 'rejected', code: 'not-cancellable', message: 'it is being packed' }))
    await world.receive(cancelled)
    await world.run('push')
    expect(await openHoldsOf(world)).toEqual([`intercept-failed ${reference}`])

    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')
    await world.run('confirm')

    expect(await openHoldsOf(world)).toEqual([`intercept-failed ${reference}`])
    expect((await effectOf(world, 'confirm-shipment')).state).toBe('withdrawn')
    expect(world.connector.confirmations).toEqual([])
    expect(await stateOf(world)).toBe('completed')
    await releaseHolds(world)
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('whose request gets no answer is asked about, and asked again', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(() => Promise.reject(noAnswer))
    await world.receive(cancelled)
    await world.run('push')
    await settle(world, 2)
    await world.run('push')

    expect(world.warehouse.calls.filter((call) => call.startsWith('cancel'))).toHaveLength(2)
    expect(world.warehouse.outbounds.get(reference)).toMatchObject({ status: 'cancelled' })
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('that the warehouse only accepts to try waits for what comes of it', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(() => ({ result: 'accepted' }))
    await world.receive(cancelled)
    await world.run('push')
    await settle(world)
    expect((await effectOf(world, 'wms-cancel')).state).toBe('accepted')
    expect(await openHoldsOf(world)).toEqual([`cancel-pending ${reference}`])

    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X' })
    await settle(world)

    expect(await stateOf(world)).toBe('cancelled')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('that was carried out at the warehouse by hand needs no request', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    await world.receive(cancelled)
    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X' })
    await world.run('track')

    await world.run('push')

    expect(world.warehouse.calls.filter((call) => call.startsWith('cancel'))).toEqual([])
    expect((await effectOf(world, 'wms-cancel')).state).toBe('withdrawn')
    expect(await openHoldsOf(world)).toEqual([])
  })
})

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

describe('a push that was tried and that two looks have missed', () => {
  const held = [{ reason: 'platform-hold', detail: 'the platform looks into it' }] as const

  it('waits with its order and goes under the same reference: it may still come up there', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    const reference = await pushed(world)
    await world.receive(snapshot('1', { updatedAt: at('08:30'), holds: held }))
    await settle(world, 2)
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

  it('waits until its order is paid when the platform takes the payment back', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    const reference = await pushed(world)
    await world.receive(snapshot('1', { updatedAt: at('08:30'), status: 'awaiting-payment' }))
    await settle(world, 5)
    expect(creates(world)).toBe(1)

    await world.receive(snapshot('1', { updatedAt: at('08:40') }))
    await settle(world)

    expect(world.warehouse.created.map((request) => request.reference)).toEqual([reference])
  })

  it('is there when a reading shows it, also after a person had it asked for again', async () => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    const reference = await pushed(world)
    const create = await effectOf(world, 'wms-create')
    await world.write((stores) => stores.effects.save(retried(create, world.clock.now())))
    await world.receive(snapshot('1', { updatedAt: at('08:30'), holds: held }))
    await settle(world, 2)
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
    await settle(world, 2)
    await world.receive(cancelled)
    expect((await effectOf(world, 'wms-create')).state).toBe('withdrawn')

    comeUp()
    world.warehouse.change(reference, {})
    await world.run('track')
    await world.run('push')

    expect(world.warehouse.calls).toContain(`cancel ${reference}`)
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
    await settle(world, 2)
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

  it('is stopped there when it comes up after it was refused', async () => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    world.warehouse.next.create.push(() => ({ result: 'rejected', code: 'no-capacity', message: 'we are full' }))
    const reference = await pushed(world)
    await settle(world, 2)
    await world.run('push')
    expect((await effectOf(world, 'wms-create')).state).toBe('rejected')

    comeUp()
    world.warehouse.change(reference, {})
    await world.run('track')
    await world.run('push')

    expect(world.warehouse.outbounds.get(reference)?.status).toBe('cancelled')
    expect(await openHoldsOf(world)).toEqual([`push-rejected ${reference}`])
  })

  it('is stopped once, however often it is read', async () => {
    const world = await testWorld()
    const comeUp = leaveQueued(world)
    const reference = await pushed(world)
    await settle(world, 2)
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
