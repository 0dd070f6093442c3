import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { addMs } from '../../../core/value/instant.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { settleMs, testCarrier, testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, openHoldsOf, pushed, releaseHolds, shipped, stateOf } from '../journey.ts'

const _noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const confirms = (world: TestWorld) => world.connector.calls.filter((call) => call.startsWith('confirm'))
const _reads = (world: TestWorld) => world.connector.calls.filter((call) => call.startsWith('read'))

async function _settle(world: TestWorld, passes = 1): Promise<void> {
  for (let pass = 0; pass < passes; pass += 1) {
    world.clock.advance(settleMs)
    await world.run('confirm')
  }
}

describe('a carrier that has no word on the platform', () => {
  async function unmapped() {
    const world = await testWorld({ operations: { carriers: [{ ...testCarrier, words: { ebay: 'FedEx' } }] } })
    await shipped(world)
    await world.run('confirm')
    const { key } = await effectOf(world, 'confirm-shipment')
    return { world, key }
  }

  it('holds the order and is looked at again every minute, quietly', async () => {
    const { world, key } = await unmapped()
    const before = await world.dossier('1')
    expect(await openHoldsOf(world)).toEqual([`carrier-unmapped ${key}`])
    expect(before.holds[0]?.detail).toContain('carrier "fedex" has no word for shopify: add it to carriers.yaml')

    world.clock.advance(60_000)
    expect((await world.run('confirm')).nextDueAt).toBe(addMs(world.clock.now(), 60_000))

    expect((await world.dossier('1')).order).toEqual(before.order)
    expect(confirms(world)).toEqual([])
  })

  it('is reported once it has one, and the hold goes', async () => {
    const { world } = await unmapped()
    world.reconfigure({ carriers: [testCarrier] })
    world.clock.advance(60_000)

    await world.run('confirm')

    expect(confirms(world)).toEqual(['confirm 1 9400'])
    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
  })

  it('does not vanish from sight when a person releases the hold', async () => {
    const { world, key } = await unmapped()

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual([`carrier-unmapped ${key}`])
  })

  it('is found again when the service it came with is configured again', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.reconfigure({ warehouses: [{ ...testWarehouse, services: [] }] })
    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')
    await world.run('confirm')
    expect(await openHoldsOf(world)).toEqual([`carrier-unmapped ${(await effectOf(world, 'confirm-shipment')).key}`])
    expect((await world.dossier('1')).holds[0]?.detail).toContain('carrier "FEDEX"')

    world.reconfigure({ warehouses: [testWarehouse] })
    world.clock.advance(60_000)
    await world.run('confirm')

    expect(confirms(world)).toEqual(['confirm 1 9400'])
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('is named unknown when nobody named it', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.reconfigure({ warehouses: [] })
    world.warehouse.ship(reference, { trackingNumber: '9400', shippedAt: at('10:00') })
    await world.run('track')

    await world.run('confirm')

    expect((await world.dossier('1')).holds[0]?.detail).toContain('carrier "unknown"')
  })
})
