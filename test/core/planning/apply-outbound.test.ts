import { describe, expect, it } from 'vitest'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { testWorld } from '../../fakes/test-world.ts'
import { latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, shipped, stateOf, stopSeen } from '../journey.ts'

describe('a state of the warehouse', () => {
  it('that is older and arrives late never moves anything back', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    const old = { ...world.warehouse.outbounds.get(reference), parked: true, wmsStatus: 'H' }
    world.warehouse.change(reference, { status: 'processing', wmsStatus: 'W' })
    await world.run('track')
    world.warehouse.tell(old as never)

    await world.run('track')

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'processing', wmsStatus: 'W', parked: false })
    expect(await openHoldsOf(world)).toEqual([])
  })

  it.each(['cancelled', 'wms-exception', 'processing', 'accepted'] as const)('never undoes a shipment: %s', async (status) => {
    const world = await testWorld()
    const reference = await shipped(world)

    world.warehouse.change(reference, { status, wmsStatus: '?', problem: 'what?' })
    await world.run('track')

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'shipped', shippedAt: at('10:00') })
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('that is not known here holds the order, with the word', async () => {
    const world = await testWorld()
    const reference = await pushed(world)

    world.warehouse.change(reference, { status: undefined, wmsStatus: 'Z9' })
    await world.run('track')

    expect(await openHoldsOf(world)).toEqual([`wms-exception ${reference}`])
    const { holds } = await world.dossier('1')
    expect(holds[0]?.detail).toContain('"Z9", a state that is not known here')
  })

  it('of trouble holds the order, tells the latest words, and goes', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.change(reference, { status: 'wms-exception', wmsStatus: 'N', problem: 'address not found' })
    await world.run('track')
    world.warehouse.change(reference, { problem: 'still not found' })
    await world.run('track')

    expect((await world.dossier('1')).holds).toMatchObject([
      { reason: 'wms-exception', detail: expect.stringContaining('still not found') },
    ])

    world.warehouse.change(reference, { status: 'processing', wmsStatus: 'W' })
    await world.run('track')
    expect(await openHoldsOf(world)).toEqual([])
    expect(await latestFulfillmentOrder(world)).not.toHaveProperty('problem')
  })

  it('of a draft holds the order until it is released there', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.change(reference, { parked: true, wmsStatus: 'H' })
    await world.run('track')
    expect(await openHoldsOf(world)).toEqual([`wms-parked ${reference}`])

    world.warehouse.change(reference, { parked: false, status: 'processing', wmsStatus: 'W' })
    await world.run('track')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('shipped without a tracking number is not shipped yet', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.ship(reference, parcel('', at('10:00')))
    await world.run('track')
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'processing', packages: [] })
    expect(await stateOf(world)).toBe('in-fulfillment')

    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')
    expect(await stateOf(world)).toBe('shipped')
  })

  it('shipped without a tracking number is told as that, and after a day a person is', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    const old = { ...world.warehouse.outbounds.get(reference), status: 'processing', wmsStatus: 'W' }
    world.warehouse.ship(reference)
    await world.run('track')
    const since = world.clock.now()
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'processing', wmsStatus: 'D', unnumberedSince: since })
    world.clock.advance(60_000)
    world.warehouse.tell(old as never)
    await world.run('track')
    expect(await latestFulfillmentOrder(world)).toMatchObject({ unnumberedSince: since })
    for (let hour = 0; hour < 23; hour += 1) {
      world.clock.advance(3_600_000)
      await world.run('track')
    }
    expect(await openHoldsOf(world)).toEqual([])

    for (let hour = 0; hour < 7; hour += 1) {
      world.clock.advance(3_600_000)
      await world.run('track')
    }
    expect(await openHoldsOf(world)).toEqual([`wms-exception ${reference}`])
    const [hold] = (await world.dossier('1')).holds
    expect(hold?.detail).toContain('without a tracking number: ask it for the number')
    expect(hold?.detail).toContain('npm run orders -- mark-shipped')

    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')
    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('shipped')
    expect(await latestFulfillmentOrder(world)).not.toHaveProperty('unnumberedSince')
  })

  it('shipped without a tracking number is done when a person declares it shipped, and the warehouse is not asked to stop it', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.ship(reference)
    await world.run('track')
    const since = world.clock.now()
    const { order } = await world.dossier('1')
    const edits = { closed: { as: 'shipped', reason: 'the number came by mail' } as const }
    await world.write((stores) => stores.orders.save({ ...order, edits, planDueAt: since, version: order.version + 1 }))
    await world.run('plan')
    await world.run('push')

    expect(world.warehouse.reasons).toEqual([])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'shipped', shippedAt: since })
    expect(await stateOf(world)).toBe('completed')
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('shipped in two parcels, learned one by one, is reported one by one', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.change(reference, {
      status: 'partially-shipped',
      wmsStatus: 'D',
      packages: [parcel('9400', at('10:00'), { 'GC-MUG': 1 })],
    })
    await world.run('track')
    expect(await stateOf(world)).toBe('partially-shipped')

    world.warehouse.ship(reference, parcel('9401', at('11:00'), { 'GC-MUG': 1 }))
    await world.run('track')

    const { effects } = await world.dossier('1')
    expect(effects.filter((effect) => effect.kind === 'confirm-shipment').map((effect) => effect.payload)).toMatchObject([
      { packageOrdinal: 1, trackingNumber: '9400', lines: [{ platformLineId: 'L1', quantity: 1 }] },
      { packageOrdinal: 2, trackingNumber: '9401', lines: [{ platformLineId: 'L1', quantity: 1 }] },
    ])
    expect(await stateOf(world)).toBe('shipped')
  })
})

describe('a cancellation by the warehouse itself', () => {
  async function stoppedThere() {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X' })
    await world.run('track')
    await world.run('plan')
    return { world, reference }
  }

  it('is a hold for a person, never a silent second order', async () => {
    const { world, reference } = await stoppedThere()
    await world.run('push')

    expect(await openHoldsOf(world)).toEqual([`wms-exception ${reference}`])
    expect(world.warehouse.created).toHaveLength(1)
  })

  it('is planned again under the next reference once a person says so', async () => {
    const { world, reference } = await stoppedThere()

    await releaseHolds(world)
    await world.run('push')

    expect(world.warehouse.created.map((request) => request.reference)).toEqual([reference, reference.replace(/1$/, '2')])
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('gives its goods back, and orders that waited for them go on', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 2 } })
    const reference = await pushed(world, snapshot('1'))
    await world.receive(snapshot('2'))
    expect(await openHoldsOf(world, '2')).toEqual(['out-of-stock'])

    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X' })
    await world.run('track')
    await world.run('plan')

    expect(await openHoldsOf(world, '2')).toEqual([])
    expect(await latestFulfillmentOrder(world, '2')).toMatchObject({ status: 'planned' })
  })

  it('after one parcel leaves only the rest to be planned', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    const packages = [parcel('9400', at('10:00'), { 'GC-MUG': 1 })]
    world.warehouse.change(reference, { status: 'cancelled', wmsStatus: 'X', packages })
    await world.run('track')
    expect(await stateOf(world)).toBe('partially-shipped')

    await releaseHolds(world)
    await world.run('push')

    expect(world.warehouse.created.map((request) => request.lines[0]?.quantity)).toEqual([2, 1])
  })
})

describe('a fulfillment order closed with too little in its parcels', () => {
  it('is a hold, and its rest is planned again once a person says so', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00'), { 'GC-MUG': 1 }))
    await world.run('track')
    await world.run('confirm')
    expect(await openHoldsOf(world)).toEqual([`wms-exception ${reference}`])

    await releaseHolds(world)
    await world.run('push')

    expect(world.warehouse.created.at(-1)?.lines).toMatchObject([{ wmsSku: 'GC-MUG', quantity: 1 }])
  })

  it('needs nobody any more when the other parcel turns up', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00'), { 'GC-MUG': 1 }))
    await world.run('track')

    world.warehouse.ship(reference, parcel('9401', at('11:00'), { 'GC-MUG': 1 }))
    await world.run('track')
    await world.run('confirm')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
    expect((await latestFulfillmentOrder(world)).shippedAt).toBe(at('10:00'))
  })
})

describe('a parcel that leaves although it was stopped', () => {
  it('is learned, and a person is told', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    await world.receive(snapshot('1', { updatedAt: at('08:30'), status: 'cancelled' }))
    await stopSeen(world)
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'cancelled' })
    await world.run('track')

    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'shipped', packages: [{ trackingNumber: '9400' }] })
    expect(await openHoldsOf(world)).toEqual([`intercept-failed ${reference}`])
  })

  it('stops the fulfillment order that was made in its place', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    const moved = { ...snapshot('1').personal, shipTo: { ...snapshot('1').personal.shipTo, line1: '2 Other Street', country: 'US' } }
    await world.receive(snapshot('1', { updatedAt: at('08:30'), personal: moved }))
    await stopSeen(world)
    await world.run('plan')
    await world.run('push')
    expect(world.warehouse.created).toHaveLength(2)

    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')
    await world.run('plan')

    expect((await world.dossier('1')).fulfillmentOrders[1]).toMatchObject({ cancelRequestedAt: world.clock.now() })
  })

  it('is no news when the warehouse repeats that it is stopped', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    await world.receive(snapshot('1', { updatedAt: at('08:30'), status: 'cancelled' }))
    await stopSeen(world)
    await world.run('track')
    const before = await world.dossier('1')

    world.warehouse.change(reference, { wmsStatus: 'X2' })
    await world.run('track')

    expect(await world.dossier('1')).toEqual(before)
  })
})

it('reports a bundle in two parcels once, with the first', async () => {
  const world = await testWorld()
  const reference = await pushed(world, snapshot('1', { lines: [snapshotLine({ channelSku: 'CH-GIFT', quantity: 1 })] }))
  world.warehouse.ship(reference, parcel('9400', at('10:00'), { 'GC-MUG': 2 }), parcel('9401', at('10:05'), { 'GC-BOX': 1 }))

  await world.run('track')
  await world.run('confirm')

  expect(world.connector.confirmations).toMatchObject([{ trackingNumber: '9400', lines: [{ platformLineId: 'L1', quantity: 1 }] }])
  expect(await stateOf(world)).toBe('completed')
})
