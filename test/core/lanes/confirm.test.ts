import { describe, expect, it } from 'vitest'
import { retried } from '../../../core/effects/transitions.ts'
import { SyncError } from '../../../core/errors.ts'
import { contentHash } from '../../../core/value/hash.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { testCarrier, testShop } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, settle, shipped, stateOf } from '../journey.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const confirms = (world: TestWorld) => world.connector.calls.filter((call) => call.startsWith('confirm'))
const reads = (world: TestWorld) => world.connector.calls.filter((call) => call.startsWith('read'))

describe('confirming a shipment', () => {
  it('tells the platform what left, in its own words', async () => {
    const world = await testWorld()
    await shipped(world, snapshot('1', { site: 'US' }))

    await world.run('confirm')

    expect(world.connector.confirmations).toEqual([
      {
        platformOrderId: '1',
        site: 'US',
        packageOrdinal: 1,
        packageReference: 7_001,
        trackingNumber: '9400',
        carrierWord: 'FedEx',
        carrierName: 'FedEx',
        trackingUrl: 'https://track.example/?n=9400',
        shippedAt: at('10:00'),
        originCountry: 'US',
        lines: [{ platformLineId: 'L1', quantity: 2 }],
        notifyBuyer: true,
      },
    ])
    expect(await stateOf(world)).toBe('completed')
    const effect = await effectOf(world, 'confirm-shipment')
    expect(effect.payload).toEqual(world.connector.confirmations[0])
    expect(effect.payloadHash).toBe(contentHash(effect.payload))
  })

  it('leaves the tracking address out when the carrier has none', async () => {
    const { trackingUrl: _, ...carrier } = testCarrier
    const world = await testWorld({ operations: { carriers: [carrier] } })
    await shipped(world)
    await world.run('confirm')

    expect(world.connector.confirmations[0]).not.toHaveProperty('trackingUrl')
  })

  it('is verified by reading it back, once', async () => {
    const world = await testWorld()
    await shipped(world)
    await world.run('confirm')
    expect(reads(world)).toEqual([])

    await settle(world, 'confirm', 3)

    expect(reads(world)).toEqual(['read 1'])
    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'confirmed', verifiedAt: expect.any(String) })
  })

  it('reports each of several packages', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00'), { 'GC-MUG': 1 }), parcel('9401', at('10:00'), { 'GC-MUG': 1 }))
    await world.run('track')

    await world.run('confirm')

    expect(world.connector.confirmations.map((item) => [item.packageOrdinal, item.trackingNumber, item.lines[0]?.quantity])).toEqual([
      [1, '9400', 1],
      [2, '9401', 1],
    ])
    expect(await stateOf(world)).toBe('completed')
  })

  it('reports the first package alone where an order takes only one number', async () => {
    const world = await testWorld({ severalPackages: false })
    const reference = await pushed(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00'), { 'GC-MUG': 1 }), parcel('9401', at('10:00'), { 'GC-MUG': 1 }))
    await world.run('track')

    await world.run('confirm')

    expect(confirms(world)).toEqual(['confirm 1 9400'])
    expect(world.connector.confirmations[0]?.otherTrackingNumbers).toEqual(['9401'])
    expect((await effectOf(world, 'confirm-shipment')).state).toBe('withdrawn')
    expect(await stateOf(world)).toBe('completed')
  })

  it('does not stop the second parcel when the platform calls the whole order shipped after the first', async () => {
    const world = await testWorld({ severalPackages: false })
    const reference = await pushed(world)
    world.warehouse.change(reference, { status: 'partially-shipped', packages: [parcel('9400', at('10:00'), { 'GC-MUG': 1 })] })
    await world.run('track')
    await world.run('confirm')
    await world.receive(snapshot('1', { updatedAt: at('10:30'), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] }))

    await world.run('push')

    expect(world.warehouse.calls.filter((call) => call.startsWith('cancel'))).toEqual([])
    expect(await latestFulfillmentOrder(world)).not.toHaveProperty('cancelRequestedAt')
  })

  it('tells nothing about an order that is cancelled on the platform', async () => {
    const world = await testWorld()
    await shipped(world)
    await world.receive(snapshot('1', { updatedAt: at('10:30'), status: 'cancelled' }))

    await world.run('confirm')

    expect(confirms(world)).toEqual([])
    expect((await effectOf(world, 'confirm-shipment')).state).toBe('withdrawn')
  })

  it('tells it after all when the cancellation is taken back', async () => {
    const world = await testWorld()
    await shipped(world)
    await world.receive(snapshot('1', { updatedAt: at('10:30'), status: 'cancelled' }))
    await world.run('confirm')
    await world.receive(snapshot('1', { updatedAt: at('10:40') }))
    expect(await stateOf(world)).toBe('shipped')

    await world.run('confirm')

    expect(confirms(world)).toEqual(['confirm 1 9400'])
    expect(await stateOf(world)).toBe('completed')
  })

  it('does not tell it again for anything else that happens to the order', async () => {
    const world = await testWorld({ severalPackages: false })
    const reference = await pushed(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00'), { 'GC-MUG': 1 }), parcel('9401', at('10:00'), { 'GC-MUG': 1 }))
    await world.run('track')
    await world.run('confirm')
    await world.receive(snapshot('1', { updatedAt: at('10:40'), tags: ['vip'] }))
    await world.run('confirm')

    expect(confirms(world)).toEqual(['confirm 1 9400'])
  })

  it('tells nothing while the write stop is on', async () => {
    const world = await testWorld()
    await shipped(world)
    world.reconfigure({ writeStop: true })

    await world.run('confirm')

    expect(confirms(world)).toEqual([])
  })
})

describe('units that the platform shows as shipped by somebody else', () => {
  async function shippedTwice() {
    const world = await testWorld()
    await shipped(world)
    await world.receive(snapshot('1', { updatedAt: at('10:30'), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] }))
    await world.run('confirm')
    return { world, key: (await effectOf(world, 'confirm-shipment')).key }
  }

  it('are not told again, and a person learns that a parcel of ours has left as well [amazon-state-05]', async () => {
    const { world, key } = await shippedTwice()

    expect(confirms(world)).toEqual([])
    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'withdrawn', errorCode: 'shipped-elsewhere' })
    expect(await openHoldsOf(world)).toEqual([`writeback-rejected ${key}`])
  })

  it('are settled when that person says so', async () => {
    const { world } = await shippedTwice()

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
  })

  it('may be of a line that the order does not have any more', async () => {
    const world = await testWorld()
    await shipped(world)
    await world.receive(snapshot('1', { updatedAt: at('10:30'), lines: [snapshotLine({ platformLineId: 'L9' })] }))

    await world.run('confirm')

    expect(confirms(world)).toEqual([])
    expect((await effectOf(world, 'confirm-shipment')).errorCode).toBe('shipped-elsewhere')
  })
})

describe('a platform that refuses', () => {
  async function refused() {
    const world = await testWorld()
    await shipped(world)
    const refuse = () => ({ result: 'rejected', code: 'bad-number', message: 'the number is not valid' }) as const
    world.connector.next.confirm.push(refuse)
    await world.run('confirm')
    const effect = await effectOf(world, 'confirm-shipment')
    return { world, effect, refuse }
  }

  it('is a hold with its words, and is not asked again by itself', async () => {
    const { world, effect } = await refused()
    await settle(world, 'confirm', 3)

    expect(await openHoldsOf(world)).toEqual([`writeback-rejected ${effect.key}`])
    expect((await world.dossier('1')).holds[0]?.detail).toContain('the number is not valid')
    expect(confirms(world)).toHaveLength(1)
    expect(await stateOf(world)).toBe('shipped')
  })

  it('is asked again when a person says so, and a second refusal is seen as well', async () => {
    const { world, effect, refuse } = await refused()
    const retry = async () => {
      await releaseHolds(world)
      const again = retried(await effectOf(world, 'confirm-shipment'), world.clock.now())
      await world.write((stores) => stores.effects.save(again))
      world.clock.advance(1_000)
      await world.run('confirm')
    }
    world.connector.next.confirm.push(refuse)

    await retry()
    expect(await openHoldsOf(world)).toEqual([`writeback-rejected ${effect.key}`])

    await retry()
    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
  })

  it('is over when a person has told the platform by other means', async () => {
    const { world } = await refused()

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
  })
})

describe('an outcome that is open', () => {
  it('is read back before anything is told again', async () => {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push((_confirmation, execute) => {
      execute()
      throw noAnswer
    })
    await world.run('confirm')
    expect(await stateOf(world)).toBe('shipped')

    await settle(world, 'confirm')

    expect(confirms(world)).toHaveLength(1)
    expect(reads(world)).toHaveLength(1)
    expect(await stateOf(world)).toBe('completed')
  })

  it('is told again after two reads have missed it', async () => {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push(() => Promise.reject(noAnswer))
    await world.run('confirm')
    await settle(world, 'confirm', 2)
    await world.run('confirm')

    expect(world.connector.confirmations).toHaveLength(1)
    expect(await stateOf(world)).toBe('completed')
  })

  it('is what becomes of a success that no read shows [amazon-trap-10]', async () => {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push(() => ({ result: 'confirmed' }))
    await world.run('confirm')
    expect(await stateOf(world)).toBe('completed')

    await settle(world, 'confirm')
    expect((await effectOf(world, 'confirm-shipment')).state).toBe('unknown')
    expect(await stateOf(world)).toBe('shipped')

    await settle(world, 'confirm')
    await world.run('confirm')
    expect(world.connector.confirmations).toHaveLength(1)
    expect(await stateOf(world)).toBe('completed')
  })

  it('with other lines on the platform is for a person', async () => {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push(() => Promise.reject(noAnswer))
    await world.run('confirm')
    world.connector.shipments.set('1', [{ shipmentId: 'S1', trackingNumber: '9400', lines: [{ platformLineId: 'L1', quantity: 1 }] }])

    await settle(world, 'confirm')

    expect(await openHoldsOf(world)).toEqual([`writeback-unknown ${(await effectOf(world, 'confirm-shipment')).key}`])
  })

  it('that the platform works on is never taken for done', async () => {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push(() => ({ result: 'accepted' }))
    await world.run('confirm')
    const shown = (progress?: 'pending' | 'failed') => [
      { shipmentId: 'S1', trackingNumber: '9400', lines: [], ...(progress && { progress }) },
    ]
    world.connector.shipments.set('1', shown('pending'))
    await settle(world, 'confirm', 2)
    expect((await effectOf(world, 'confirm-shipment')).state).toBe('accepted')
    expect(await stateOf(world)).toBe('shipped')

    world.connector.shipments.set('1', shown())
    await settle(world, 'confirm')
    expect(await stateOf(world)).toBe('completed')
  })

  it('that the platform works on without end is for a person, while reading goes on', async () => {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push(() => ({ result: 'accepted' }))
    await world.run('confirm')
    world.connector.shipments.set('1', [{ shipmentId: 'S1', trackingNumber: '9400', lines: [], progress: 'pending' }])
    await settle(world, 'confirm', 30)
    expect(await openHoldsOf(world)).toEqual([`writeback-unknown ${(await effectOf(world, 'confirm-shipment')).key}`])

    world.connector.shipments.set('1', [{ shipmentId: 'S1', trackingNumber: '9400', lines: [] }])
    await settle(world, 'confirm')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
  })

  it('that ends in a failure is a refusal', async () => {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push(() => ({ result: 'accepted' }))
    await world.run('confirm')
    world.connector.shipments.set('1', [{ shipmentId: 'S1', trackingNumber: '9400', lines: [], progress: 'failed' }])

    await settle(world, 'confirm')

    expect(await openHoldsOf(world)).toEqual([`writeback-rejected ${(await effectOf(world, 'confirm-shipment')).key}`])
  })
})

describe('one shop in trouble', () => {
  it('does not keep the reports of another', async () => {
    const world = await testWorld({ operations: { shops: [testShop, { ...testShop, id: 'other' }] } })
    await shipped(world)
    world.connector.put(snapshot('2'))
    await world.run('poll', 'other')
    await world.run('plan')
    await world.run('push')
    world.warehouse.ship(world.warehouse.created.at(-1)?.reference ?? '', parcel('9500', at('10:00')))
    await world.run('track')
    world.connector.next.confirm.push(() => Promise.reject(new SyncError('auth', 'the grant is revoked', { code: 'revoked' })))

    expect(await world.pass('confirm', 'brand')).toMatchObject({ problem: { kind: 'auth' } })
    await world.run('confirm', 'other')

    expect(world.connector.confirmations.map((item) => item.trackingNumber)).toEqual(['9500'])
    expect(await openHoldsOf(world)).toEqual([])
  })
})
