import { describe, expect, it } from 'vitest'
import { retried } from '../../../core/effects/transitions.ts'
import { SyncError } from '../../../core/errors.ts'
import { at, homeAddress, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { testWorld } from '../../fakes/test-world.ts'
import { creates, effectOf, latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, settle, stateOf } from '../journey.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const cancelled = snapshot('1', { updatedAt: at('08:30'), status: 'cancelled', platformStatus: 'CANCELLED' })
const otherStreet = { shipTo: { ...homeAddress, line1: '2 Other Street' }, buyer: {}, notes: {} }

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
    await settle(world, 'push')

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
    await settle(world, 'push', 3)

    expect(world.warehouse.outbounds.get(reference)).toMatchObject({ status: 'cancelled' })
    expect(await stateOf(world)).toBe('cancelled')
  })

  it('while the outcome is open is settled as soon as that is known: the order is not there', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    await pushed(world)
    await world.receive(cancelled)
    await settle(world, 'push', 2)
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
    await settle(world, 'push', 2)
    await world.run('push')
    await settle(world, 'push')

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
    await settle(world, 'push')
    expect((await effectOf(world, 'wms-cancel')).state).toBe('accepted')
    expect(await openHoldsOf(world)).toEqual([`cancel-pending ${reference}`])

    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X' })
    await settle(world, 'push')

    expect(await stateOf(world)).toBe('cancelled')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('that the warehouse says it has carried out counts when a look at the order, by its number, has shown it', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(() => ({ result: 'confirmed' }))
    await world.receive(cancelled)
    await world.run('push')
    await settle(world, 'push')

    expect(world.warehouse.calls.at(-1)).toBe(`find W-${reference}`)
    expect(await openHoldsOf(world)).toEqual([`cancel-pending ${reference}`])
    expect(await stateOf(world)).toBe('in-fulfillment')

    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X' })
    await settle(world, 'push')

    expect(await effectOf(world, 'wms-cancel')).toMatchObject({ state: 'confirmed', verifiedAt: world.clock.now() })
    expect(await stateOf(world)).toBe('cancelled')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('that the warehouse only says it has carried out is asked for again, and is for a person when the order stays', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(() => ({ result: 'confirmed' }))
    await world.receive(cancelled)
    const asked = () => world.warehouse.calls.filter((call) => call.startsWith('cancel')).length
    world.warehouse.next.cancel.push(...Array.from({ length: 5 }, () => () => ({ result: 'confirmed' }) as const))
    await world.run('push')
    await settle(world, 'push', 6)
    expect(asked()).toBe(1)
    await settle(world, 'push', 3)
    expect(asked()).toBe(2)
    await settle(world, 'push', 40)

    expect(asked()).toBe(5)
    expect(await openHoldsOf(world)).toEqual([`cancel-pending ${reference}`, `push-unknown wms-cancel:${reference}`])

    const open = await effectOf(world, 'wms-cancel')
    await world.write((stores) => stores.effects.save(retried(open, world.clock.now())))
    world.warehouse.next.cancel.length = 0
    await settle(world, 'push', 5)
    expect(await stateOf(world)).toBe('cancelled')
  })

  it('that the warehouse only says it has carried out is for a person when the parcel leaves', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(() => ({ result: 'confirmed' }))
    await world.receive(cancelled)
    await world.run('push')
    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await settle(world, 'push')

    expect(await openHoldsOf(world)).toEqual([`intercept-failed ${reference}`])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'shipped', packages: [{ trackingNumber: '9400' }] })
  })

  it.each([
    ['left', 'shipped', 'rejected', 'intercept-failed'],
    ['been stopped', 'cancelled', 'confirmed', undefined],
  ] as const)('whose outcome was left to a person is settled when a reading shows that it has %s', async (_what, status, state, reason) => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(...Array.from({ length: 5 }, () => () => ({ result: 'confirmed' }) as const))
    await world.receive(cancelled)
    await world.run('push')
    await settle(world, 'push', 50)
    expect((await effectOf(world, 'wms-cancel')).nextAttemptAt).toBeUndefined()

    world.warehouse.change(reference, { status, wmsStatus: '!', ...(status === 'shipped' && { packages: [parcel('9400', at('10:00'))] }) })
    await world.run('track')
    await world.run('push')

    expect((await effectOf(world, 'wms-cancel')).state).toBe(state)
    expect(await openHoldsOf(world)).toEqual(reason ? [`${reason} ${reference}`] : [])
  })

  it('is not proven by a look that finds no such order', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.next.cancel.push(() => Promise.reject(noAnswer))
    world.warehouse.next.find.push(() => undefined)
    await world.receive(cancelled)
    await world.run('push')
    await settle(world, 'push')

    expect(await openHoldsOf(world)).toEqual([`cancel-pending ${reference}`])
    expect(await stateOf(world)).toBe('in-fulfillment')
  })

  it('is taken at the word of a warehouse that cannot be read', async () => {
    const world = await testWorld({ cancel: { key: 'none', readBack: 'none', readBackLagMs: 0 } })
    await pushed(world)
    await world.receive(cancelled)
    await world.run('push')

    expect(await stateOf(world)).toBe('cancelled')
  })

  it('that was carried out is for a person when the order comes to life again', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    await world.receive(cancelled)
    await world.run('push')
    world.warehouse.change(reference, { updatedAt: at('09:00') })
    await settle(world, 'push')
    expect(await stateOf(world)).toBe('cancelled')
    const old = { ...world.warehouse.outbounds.get(reference), status: 'processing', wmsStatus: 'W', updatedAt: at('08:59') } as const
    world.warehouse.tell(old as never)
    await world.run('track')
    expect(await openHoldsOf(world)).toEqual([])

    world.warehouse.change(reference, { status: 'processing', wmsStatus: 'W', updatedAt: at('09:10') })
    await world.run('track')

    expect(await openHoldsOf(world)).toEqual([`intercept-failed ${reference}`])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'processing' })

    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X', updatedAt: at('09:20') })
    await world.run('track')
    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('cancelled')
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

describe('the reason of a request to stop', () => {
  const shippedThere = snapshot('1', { updatedAt: at('08:30'), lines: [snapshotLine({ shippedQuantity: 2 })] })

  it.each([
    ['a cancellation', cancelled, 'the order was cancelled on the platform'],
    ['another address', snapshot('1', { updatedAt: at('08:30'), personal: otherStreet }), 'the address of the order was changed'],
    ['goods that somebody else shipped', shippedThere, 'its pieces are not wanted any more'],
  ])('is told to the warehouse as it is: %s', async (_what, change, reason) => {
    const world = await testWorld()
    await pushed(world)
    await world.receive(change)
    await world.run('push')

    expect(world.warehouse.reasons).toEqual([reason])
  })

  it.each([
    ['shipped', 'the order was shipped elsewhere'],
    ['given-up', 'the seller does not ship the order any more'],
  ] as const)('is what a person did, without what that person wrote: %s', async (as, reason) => {
    const world = await testWorld()
    await pushed(world)
    const { order } = await world.dossier('1')
    const now = world.clock.now()
    const edits = { closed: { as, reason: 'Ada Example called' } }
    await world.write((stores) => stores.orders.save({ ...order, edits, planDueAt: now, version: order.version + 1 }))
    await world.run('plan')
    await world.run('push')

    expect(world.warehouse.reasons).toEqual([reason])
  })
})
