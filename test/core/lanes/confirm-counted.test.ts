import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, openHoldsOf, pushed, settle, shipped, stateOf } from '../journey.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const counted = (quantity: number): ReportedShipment[] => [
  { shipmentId: '', progress: 'counted', lines: [{ platformLineId: 'L1', quantity }] },
]

/** The platform shows how many units have left, and nothing else. */
function show(world: TestWorld, quantity: number): void {
  world.connector.next.read.push(...Array.from({ length: 10 }, () => () => counted(quantity)))
}

describe('a platform that counts shipped units and shows no packages', () => {
  it('proves a report that it has taken', async () => {
    const world = await testWorld()
    await shipped(world)
    show(world, 2)
    await world.run('confirm')

    await settle(world, 'confirm', 3)

    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'confirmed', verifiedAt: expect.any(String) })
    expect(world.connector.confirmations).toHaveLength(1)
  })

  it('proves it by a page of changes, without a call', async () => {
    const world = await testWorld()
    await shipped(world)
    await world.run('confirm')
    await world.receive(
      snapshot('1', { updatedAt: at('10:30'), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })], shipments: counted(2) }),
    )

    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'confirmed', verifiedAt: expect.any(String) })
  })

  it('does not prove a report that it has taken, while the count is too low for all of them', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00'), { 'GC-MUG': 1 }), parcel('9401', at('10:00'), { 'GC-MUG': 1 }))
    await world.run('track')
    await world.run('confirm')
    show(world, 1)

    await settle(world, 'confirm')

    const effects = (await world.dossier('1')).effects.filter(({ kind }) => kind === 'confirm-shipment')
    expect(effects.map(({ state }) => state)).toEqual(['unknown', 'unknown'])
  })

  it('does not prove a report without an answer: it is told again, although its units are counted', async () => {
    const world = await testWorld({ confirmShipment: { key: 'enforced', readBack: 'by-order', readBackLagMs: 0 } })
    await shipped(world)
    world.connector.next.confirm.push((_confirmation, execute) => {
      execute()
      throw noAnswer
    })
    await world.run('confirm')
    show(world, 2)
    await world.receive(snapshot('1', { updatedAt: at('10:30'), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] }))

    await settle(world, 'confirm', 2)
    await world.run('confirm')
    await settle(world, 'confirm', 3)

    expect(world.connector.confirmations.map(({ packageReference }) => packageReference)).toEqual([7_001, 7_001])
    expect(await stateOf(world)).toBe('completed')
    expect(await openHoldsOf(world)).toEqual([])
    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'confirmed', verifiedAt: expect.any(String) })
  })

  it('leaves to a person what it goes on to refuse as shipped already', async () => {
    const world = await testWorld()
    await shipped(world)
    const refuse = () => ({ result: 'unknown', code: 'amazon-already-fulfilled', message: '400 already fulfilled' }) as const
    world.connector.next.confirm.push(...Array.from({ length: 10 }, () => refuse))
    await world.run('confirm')
    for (let round = 0; round < 4; round += 1) show(world, 2)

    await settle(world, 'confirm', 25)

    const effect = await effectOf(world, 'confirm-shipment')
    expect(effect).toMatchObject({ state: 'unknown', errorCode: 'never-seen', errorMessage: expect.stringContaining('already fulfilled') })
    expect(await openHoldsOf(world)).toEqual([`writeback-unknown ${effect.key}`])
  })
})
