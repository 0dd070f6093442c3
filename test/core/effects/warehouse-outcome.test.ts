import { describe, expect, it } from 'vitest'
import { cancelled, created, createdByReading, effectEvent } from '../../../core/effects/warehouse-outcome.ts'
import { cancelEffect, createEffect } from '../../fakes/dossiers.ts'
import { at, homeAddress, snapshot } from '../../fakes/order-snapshots.ts'
import { acceptedOutbound } from '../../fakes/scripted-warehouse.ts'
import { testWorld } from '../../fakes/test-world.ts'
import { effectOf, latestFulfillmentOrder, pushed, stateOf } from '../journey.ts'

describe('the outcome of an effect', () => {
  it('of an order that is not known changes nothing', async () => {
    const world = await testWorld()
    const now = world.clock.now()

    await world.write(async (stores) => {
      await created(stores, createEffect(1), createEffect(1, { state: 'inflight' }), now)
      await cancelled(stores, cancelEffect(1, { state: 'confirmed' }), now)
    })

    expect(await world.storage.read((stores) => stores.effects.inState(['planned', 'confirmed']))).toEqual([])
  })

  it('of a fulfillment order that is not known changes nothing', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const before = await world.dossier('1')
    const { orderNo } = before.order
    const stray = { foNo: 'Q-STRAY-9', orderNo }

    await world.write(async (stores) => {
      await created(stores, createEffect(1, stray), createEffect(1, { ...stray, state: 'inflight' }), world.clock.now())
      await cancelled(stores, cancelEffect(1, { ...stray, state: 'confirmed' }), world.clock.now())
    })

    expect(await world.dossier('1')).toEqual(before)
  })

  it('that only repeats a success changes no fulfillment order', async () => {
    const world = await testWorld()
    await pushed(world)
    const before = await latestFulfillmentOrder(world)
    const effect = await effectOf(world, 'wms-create')

    await world.write((stores) => created(stores, effect, effect, world.clock.now()))
    await world.write((stores) => created(stores, effect, { ...effect, state: 'unknown' }, world.clock.now()))

    expect(await latestFulfillmentOrder(world)).toEqual(before)
  })

  it('of a request to stop that is still open leaves the fulfillment order as it is', async () => {
    const world = await testWorld()
    await pushed(world)
    const before = await latestFulfillmentOrder(world)
    const { orderNo, foNo } = before

    await world.write((stores) => cancelled(stores, cancelEffect(1, { orderNo, foNo, state: 'unknown' }), world.clock.now()))

    expect(await latestFulfillmentOrder(world)).toEqual(before)
    expect(await stateOf(world)).toBe('in-fulfillment')
  })

  it('stops a fulfillment order once', async () => {
    const world = await testWorld()
    await pushed(world)
    const { orderNo, foNo } = await latestFulfillmentOrder(world)
    const stopped = cancelEffect(1, { orderNo, foNo, state: 'confirmed' })

    await world.write((stores) => cancelled(stores, stopped, world.clock.now()))
    const once = await latestFulfillmentOrder(world)
    await world.write((stores) => cancelled(stores, stopped, world.clock.now()))

    expect(once).toMatchObject({ status: 'cancelled' })
    expect(await latestFulfillmentOrder(world)).toEqual(once)
  })

  it('is a warehouse number only when the warehouse gave one', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push((_request, execute) => {
      execute()
      return { result: 'confirmed' }
    })
    await pushed(world)

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted' })
    expect(await latestFulfillmentOrder(world)).not.toHaveProperty('wmsOrderNo')
  })
})

describe('a reading without a create of ours', () => {
  it('proves nothing', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const item = { ...(await latestFulfillmentOrder(world)), reference: 'Q-STRAY-9' }
    const request = { reference: 'Q-STRAY-9', platform: '', warehouseCode: '', serviceCode: '', shipTo: homeAddress, lines: [], taxIds: {} }

    expect(await world.write((stores) => createdByReading(stores, item, acceptedOutbound(request), world.clock.now()))).toBeUndefined()
  })
})

describe('the event of an effect', () => {
  it('tells key, kind and try, and the words only when there are some', () => {
    expect(effectEvent(createEffect(1, { attempt: 2 }), at('09:00'))).toEqual({
      type: 'effect-confirmed',
      at: at('09:00'),
      data: { key: 'wms-create:Q000000000001-1', kind: 'wms-create', attempt: 2 },
    })
    const refused = createEffect(1, { state: 'rejected', errorCode: 'no-stock', errorMessage: 'there is none' })
    expect(effectEvent(refused, at('09:00'))).toMatchObject({
      type: 'effect-rejected',
      data: { code: 'no-stock', message: 'there is none' },
    })
  })
})
