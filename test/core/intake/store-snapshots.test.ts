import { describe, expect, it } from 'vitest'
import { storeSnapshots } from '../../../core/intake/store-snapshots.ts'
import type { OrderSnapshot, ReportedShipment } from '../../../core/model/order.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { testShop } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'

const store = (world: TestWorld, ...snapshots: readonly OrderSnapshot[]) =>
  world.write((stores) => storeSnapshots(stores, snapshots, { shop: testShop, now: world.clock.now() }))

describe('storing a page of readings', () => {
  it('stores orders, payloads, holds and events together', async () => {
    const world = await testWorld()
    const risky = snapshot('1', { holds: [{ reason: 'risk-flagged', detail: 'the risk is HIGH' }] })

    expect(await store(world, risky, snapshot('2'))).toEqual({ new: 2, changed: 0, rejected: 0 })

    const { order, holds } = await world.dossier('1')
    expect(holds).toMatchObject([{ reason: 'risk-flagged' }])
    const { payloads, events } = await world.storage.read(async (stores) => ({
      payloads: await stores.payloads.list(order.orderNo),
      events: await stores.events.list(order.orderNo),
    }))
    expect(payloads).toMatchObject([{ payload: { id: '1' } }])
    expect(events.map((event) => event.type)).toEqual(['imported', 'hold-placed'])
  })

  it('takes the newer of two readings of one order in a page, whatever their order', async () => {
    const world = await testWorld()
    const [older, newer] = [snapshot('1'), snapshot('1', { updatedAt: at('07:30'), tags: ['vip'] })]

    expect(await store(world, newer, older)).toEqual({ new: 1, changed: 0, rejected: 0 })
    expect((await world.dossier('1')).order.tags).toEqual(['vip'])
  })

  it('takes the later of two readings of the same moment', async () => {
    const world = await testWorld()

    await store(world, snapshot('1'), snapshot('1', { tags: ['vip'] }))

    expect((await world.dossier('1')).order.tags).toEqual(['vip'])
  })

  it('changes nothing when the same page comes again', async () => {
    const world = await testWorld()
    const page = [snapshot('1'), snapshot('2')]
    await store(world, ...page)
    const before = await world.dossier('1')

    expect(await store(world, ...page)).toEqual({ new: 0, changed: 0, rejected: 0 })

    expect(await world.dossier('1')).toEqual(before)
  })

  it('makes what is planned of an order as urgent as its new ship-by', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1', { shipBy: at('20:00') }), snapshot('2', { shipBy: at('18:00') }))
    const next = async () => {
      const query = { account: 'gc', kinds: ['wms-create'] as const, now: at('09:00'), limit: 1 }
      return (await world.storage.read((stores) => stores.effects.due(query)))[0]?.orderNo
    }
    expect(await next()).toBe((await world.dossier('2')).order.orderNo)

    await store(world, snapshot('1', { shipBy: at('12:00'), updatedAt: at('07:30') }))

    expect(await next()).toBe((await world.dossier('1')).order.orderNo)
  })

  it('remembers a time that moved and nothing else', async () => {
    const world = await testWorld()
    await store(world, snapshot('1'))

    expect(await store(world, snapshot('1', { updatedAt: at('07:30') }))).toEqual({ new: 0, changed: 0, rejected: 0 })

    expect((await world.dossier('1')).order).toMatchObject({ updatedAt: at('07:30'), version: 2 })
  })

  it('lets a hold of the platform appear and go, each with its event', async () => {
    const world = await testWorld()
    await store(world, snapshot('1', { holds: [{ reason: 'risk-flagged', detail: 'the risk is HIGH' }] }))
    await store(world, snapshot('1', { updatedAt: at('07:30') }))

    const { order, holds } = await world.dossier('1')
    const events = await world.storage.read((stores) => stores.events.list(order.orderNo))
    expect(holds).toMatchObject([{ reason: 'risk-flagged', releasedBy: 'system' }])
    expect(events.map((event) => event.type)).toEqual(['imported', 'hold-placed', 'changed-on-platform', 'hold-released'])
    expect(events.at(-1)?.data).toMatchObject({ reason: 'risk-flagged', by: 'system' })
  })

  it('forgets that an order could not be read once it can', async () => {
    const world = await testWorld()
    await world.write((stores) =>
      stores.rejected.save({ account: 'brand', platformOrderId: '1', reason: 'no total', payload: {} }, world.clock.now()),
    )

    await store(world, snapshot('1'))

    expect(await world.storage.read((stores) => stores.rejected.list())).toEqual([])
  })

  it('keeps the same order id of two shops apart', async () => {
    const world = await testWorld()
    await store(world, snapshot('1'))
    const other = { ...testShop, id: 'other' }
    await world.write((stores) => storeSnapshots(stores, [snapshot('1')], { shop: other, now: world.clock.now() }))

    expect((await world.dossier('1', 'brand')).order.orderNo).not.toBe((await world.dossier('1', 'other')).order.orderNo)
  })
})

describe('a page that shows our write-back', () => {
  async function reported() {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    await world.run('push')
    world.warehouse.ship(world.warehouse.created[0]?.reference ?? '', parcel('9400', at('10:00')))
    await world.run('track')
    await world.run('confirm')
    return world
  }
  const shipped = (shipments: readonly ReportedShipment[], updatedAt = at('08:30')) =>
    snapshot('1', { status: 'shipped', updatedAt, shipments, lines: [snapshotLine({ shippedQuantity: 2 })] })
  const writeBack = async (world: TestWorld) => (await world.dossier('1')).effects.find((effect) => effect.kind === 'confirm-shipment')

  it('is its read-back: no call is spent on it', async () => {
    const world = await reported()

    await store(world, shipped([{ shipmentId: 'S1', trackingNumber: '9400', lines: [{ platformLineId: 'L1', quantity: 2 }] }]))

    const effect = await writeBack(world)
    expect(effect).toMatchObject({ state: 'confirmed', verifiedAt: world.clock.now() })
    expect(effect).not.toHaveProperty('nextAttemptAt')
    world.clock.advance(86_400_000)
    await world.run('confirm')
    expect(world.connector.calls.filter((call) => call.startsWith('read'))).toEqual([])
  })

  it.each([
    ['does not have it yet', []],
    ['has it with other lines', [{ shipmentId: 'S1', trackingNumber: '9400', lines: [{ platformLineId: 'L1', quantity: 1 }] }]],
  ])('proves nothing when it %s', async (_case, shipments) => {
    const world = await reported()

    await store(world, shipped(shipments))

    const effect = await writeBack(world)
    expect(effect).not.toHaveProperty('verifiedAt')
    expect(effect).toHaveProperty('nextAttemptAt')
  })

  it('proves nothing when it is older than what is stored', async () => {
    const world = await reported()
    const shipments = [{ shipmentId: 'S1', trackingNumber: '9400', lines: [] }]

    await store(world, shipped(shipments, at('06:00')))

    expect(await writeBack(world)).not.toHaveProperty('verifiedAt')
  })
})
