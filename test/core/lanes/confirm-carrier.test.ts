import { describe, expect, it } from 'vitest'
import { wakeReports } from '../../../core/lanes/confirm.ts'
import type { Warehouse } from '../../../core/model/warehouse.ts'
import { addMs } from '../../../core/value/instant.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { testCarrier, testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, openHoldsOf, pushed, releaseHolds, shipped, stateOf } from '../journey.ts'

const confirms = (world: TestWorld) => world.connector.calls.filter((call) => call.startsWith('confirm'))

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
})

describe('a report whose warehouse or service is not configured any more', () => {
  const gone = 'is not in warehouses.yaml any more: put it back until its parcels are reported'

  async function left(warehouses: readonly Warehouse[]) {
    const world = await testWorld()
    const reference = await pushed(world)
    world.reconfigure({ warehouses })
    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    await world.run('track')
    await world.run('confirm')
    return world
  }

  it.each([
    ['service', [{ ...testWarehouse, services: [] }], `service ground of warehouse NJ ${gone}`],
    ['warehouse', [{ ...testWarehouse, code: 'NJX' }], `warehouse NJ ${gone}`],
  ])('waits and names the %s, and is whole when that is put back', async (_what, warehouses, detail) => {
    const world = await left(warehouses)
    expect(await openHoldsOf(world)).toEqual([`carrier-unmapped ${(await effectOf(world, 'confirm-shipment')).key}`])
    expect((await world.dossier('1')).holds[0]?.detail).toBe(detail)
    expect(confirms(world)).toEqual([])

    world.reconfigure({ warehouses: [testWarehouse] })
    world.clock.advance(60_000)
    await world.run('confirm')

    expect(world.connector.confirmations).toMatchObject([{ trackingNumber: '9400', carrierWord: 'FedEx', originCountry: 'US' }])
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('is made without them when they were known as the parcel left', async () => {
    const world = await testWorld()
    await shipped(world)
    world.reconfigure({ warehouses: [] })

    await world.run('confirm')

    expect(world.connector.confirmations).toMatchObject([{ carrierWord: 'FedEx', originCountry: 'US' }])
  })

  it('is looked at at once when another configuration is in force', async () => {
    const world = await left([])
    world.reconfigure({ warehouses: [testWarehouse] })

    expect(await world.write((stores) => wakeReports(stores, world.clock.now()))).toEqual(['brand'])
    await world.run('confirm')

    expect(confirms(world)).toEqual(['confirm 1 9400'])
  })
})
