import { describe, expect, it } from 'vitest'
import { retried } from '../../../core/effects/transitions.ts'
import { SyncError } from '../../../core/errors.ts'
import type { ShipmentCorrection } from '../../../core/ports/connector.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, settle, shipped, stateOf } from '../journey.ts'

/** A platform that lets a reported number be changed, and remembers what it was asked. */
function correctable(world: TestWorld): readonly ShipmentCorrection[] {
  const corrections: ShipmentCorrection[] = []
  Object.assign(world.connector, {
    correctShipment: async (correction: ShipmentCorrection) => {
      corrections.push(correction)
      const { platformOrderId, replacedTrackingNumber, trackingNumber } = correction
      const shown = world.connector.shipments.get(platformOrderId) ?? []
      const isOld = (number: string | undefined) => number === replacedTrackingNumber
      world.connector.shipments.set(
        platformOrderId,
        shown.map((shipment) => (isOld(shipment.trackingNumber) ? { ...shipment, trackingNumber } : shipment)),
      )
      return { result: 'confirmed' as const }
    },
  })
  return corrections
}

/** The warehouse changes the number of the one parcel. */
async function renumber(world: TestWorld, reference: string, trackingNumber: string): Promise<void> {
  world.warehouse.change(reference, { packages: [parcel(trackingNumber, at('10:00'))] })
  await world.run('track')
}

const told = (world: TestWorld) => world.connector.confirmations.map(({ trackingNumber }) => trackingNumber)
const shown = (world: TestWorld) => world.connector.shipments.get('1')?.map(({ trackingNumber }) => trackingNumber)

describe('a tracking number that the warehouse changes', () => {
  it('is corrected on the platform that has the old one, and read back', async () => {
    const world = await testWorld()
    const corrections = correctable(world)
    const reference = await shipped(world)
    await world.run('confirm')

    await renumber(world, reference, '9500')
    await settle(world, 'confirm', 4)

    expect(corrections).toMatchObject([
      { replacedTrackingNumber: '9400', trackingNumber: '9500', packageOrdinal: 1, trackingUrl: 'https://track.example/?n=9500' },
    ])
    expect(shown(world)).toEqual(['9500'])
    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'confirmed', verifiedAt: expect.any(String) })
    expect(await latestFulfillmentOrder(world)).toMatchObject({
      packages: [{ ordinal: 1, trackingNumber: '9500', formerNumbers: ['9400'], orderLines: [{ platformLineId: 'L1', quantity: 2 }] }],
    })
    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
  })

  it.each([
    ['under the id that the package was reported with', (payload: object) => payload, 7_001],
    [
      'under its ordinal, where an earlier version reported it',
      ({ packageReference: _, ...rest }: { packageReference?: number }) => rest,
      undefined,
    ],
  ])('is corrected %s [amazon-write-15]', async (_case, asReported, packageReference) => {
    const world = await testWorld()
    const corrections = correctable(world)
    const reference = await shipped(world)
    const report = await effectOf(world, 'confirm-shipment')
    await world.write((stores) => stores.effects.save({ ...report, payload: asReported(report.payload as object) }))
    await world.run('confirm')

    await renumber(world, reference, '9500')
    await settle(world, 'confirm', 4)

    expect(corrections.map((correction) => correction.packageReference)).toEqual([packageReference])
  })

  it('is told in the place of the old one when nothing was told yet', async () => {
    const world = await testWorld()
    const corrections = correctable(world)
    const reference = await shipped(world)

    await renumber(world, reference, '9500')
    await settle(world, 'confirm', 3)

    expect(told(world)).toEqual(['9500'])
    expect(corrections).toEqual([])
  })

  it('is told by the retry when the old one was refused', async () => {
    const world = await testWorld()
    const reference = await shipped(world)
    world.connector.next.confirm.push(() => ({ result: 'rejected', code: 'bad-number', message: 'not valid' }))
    await world.run('confirm')

    await renumber(world, reference, '9500')
    await releaseHolds(world)
    const again = retried(await effectOf(world, 'confirm-shipment'), world.clock.now())
    await world.write((stores) => stores.effects.save(again))
    await settle(world, 'confirm')

    expect(told(world)).toEqual(['9500'])
  })

  it('waits until it is known whether the old one was told', async () => {
    const world = await testWorld()
    const corrections = correctable(world)
    const reference = await shipped(world)
    world.connector.next.confirm.push((_confirmation, execute) => {
      execute()
      throw new SyncError('transient', 'no answer', { code: 'no-answer' })
    })
    await world.run('confirm')

    await renumber(world, reference, '9500')
    await world.run('confirm')
    expect(corrections).toEqual([])

    await settle(world, 'confirm', 5)
    expect(shown(world)).toEqual(['9500'])
    expect(told(world)).toEqual(['9400'])
  })

  it('is a hold where the platform lets nothing be changed, until a person has done it', async () => {
    const world = await testWorld()
    const reference = await shipped(world)
    await world.run('confirm')

    await renumber(world, reference, '9500')
    await settle(world, 'confirm', 3)

    expect(await openHoldsOf(world)).toEqual([expect.stringMatching(/^writeback-rejected confirm-shipment:.*:1:2$/)])
    expect(told(world)).toEqual(['9400'])
    await releaseHolds(world)
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('may change again', async () => {
    const world = await testWorld()
    const corrections = correctable(world)
    const reference = await shipped(world)
    await world.run('confirm')

    for (const number of ['9500', '9600']) {
      await renumber(world, reference, number)
      await settle(world, 'confirm', 4)
    }

    expect(corrections.map(({ replacedTrackingNumber }) => replacedTrackingNumber)).toEqual(['9400', '9500'])
    expect(shown(world)).toEqual(['9600'])
  })

  it('does not come back with an old reading', async () => {
    const world = await testWorld()
    const corrections = correctable(world)
    const reference = await shipped(world)
    await renumber(world, reference, '9500')

    await renumber(world, reference, '9400')
    await settle(world, 'confirm', 3)

    expect(corrections).toEqual([])
    expect((await latestFulfillmentOrder(world)).packages).toMatchObject([{ trackingNumber: '9500' }])
  })
})

describe('what is no correction', () => {
  it('is a second parcel, while goods remain', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.change(reference, { status: 'partially-shipped', packages: [parcel('9400', at('10:00'), { 'GC-MUG': 1 })] })
    await world.run('track')

    world.warehouse.change(reference, { status: 'shipped', packages: [parcel('9401', at('10:00'), { 'GC-MUG': 1 })] })
    await world.run('track')

    expect((await latestFulfillmentOrder(world)).packages.map(({ trackingNumber }) => trackingNumber)).toEqual(['9400', '9401'])
  })
})
