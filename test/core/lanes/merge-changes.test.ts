import { describe, expect, it } from 'vitest'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { orderDocument } from '../../../core/model/document.ts'
import { decideOrder } from '../../../core/planning/decide-order.ts'
import { at, homeAddress } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import type { TestWorld } from '../../fakes/test-world.ts'
import { openHoldsOf, releaseHolds, stateOf, stopSeen } from '../journey.ts'
import { bought, merged, mergingWorld, mugs, planDueOf, referencesOf, waitUntil } from './merging.ts'

const cancelledOrder = (id: string) =>
  bought(id, '08:20', { status: 'cancelled', updatedAt: at('09:05'), lines: mugs(2).map((line) => ({ ...line, cancelledQuantity: 2 })) })
const moved = (id: string) =>
  bought(id, '08:10', {
    updatedAt: at('09:05'),
    personal: { shipTo: { ...homeAddress, line1: '2 Other Street' }, buyer: { id: 'ada' }, notes: {} },
  })
const created = (world: TestWorld) => world.warehouse.created.map((request) => request.reference)
const unitsIn = (world: TestWorld, reference: string | undefined) =>
  world.warehouse.created.find((request) => request.reference === reference)?.lines.map((line) => `${line.quantity} ${line.wmsSku}`)
const reservedOf = async (world: TestWorld) => {
  const rows = await world.storage.read((stores) => stores.stock.uncovered(['NJ']))
  return rows.map((row) => `${row.quantity} ${row.wmsSku}`)
}

describe('a member that changes before the push', () => {
  it.each([
    ['is cancelled', cancelledOrder('3'), '2'],
    ['moves', moved('2'), '3'],
  ])('%s: all are decided again, and the rest travel together', async (_what, change, other) => {
    const world = await mergingWorld()
    await merged(world)
    const [before] = await referencesOf(world, '1')

    await world.receive(change)
    await world.run('plan')
    await world.run('push')

    const [lead, rest] = await referencesOf(world, '1', other)
    expect(lead).not.toBe(before)
    expect(rest).toBe(lead)
    expect(created(world)).not.toContain(before)
    expect(unitsIn(world, lead)).toEqual(['4 GC-MUG'])
  })

  it('that leads is cancelled: the others go without it when the window of the next has passed, and nobody keeps its stock', async () => {
    const world = await mergingWorld()
    await merged(world)

    await world.receive(cancelledOrder('1'))
    await world.run('plan')
    const due = await planDueOf(world, '2')
    waitUntil(world, '09:10')
    await world.run('plan')
    await world.run('push')

    const [second, third] = await referencesOf(world, '2', '3')
    expect(due).toBe(at('09:10'))
    expect(third).toBe(second)
    expect(created(world)).toEqual([second])
    expect(await stateOf(world, '1')).toBe('cancelled')
    expect(await reservedOf(world)).toEqual(['4 GC-MUG'])
  })

  it('is held by its platform: the others go, and it goes alone when the hold ends', async () => {
    const world = await mergingWorld()
    await merged(world)

    await world.receive(bought('2', '08:10', { updatedAt: at('09:05'), holds: [{ reason: 'risk-flagged', detail: 'HIGH' }] }))
    await world.run('plan')
    await world.run('push')
    const [first, , third] = await referencesOf(world, '1', '2', '3')
    await world.receive(bought('2', '08:10', { updatedAt: at('09:06') }))
    waitUntil(world, '09:10')
    await world.run('plan')
    await world.run('push')

    const [second] = await referencesOf(world, '2')
    expect(third).toBe(first)
    expect(created(world)).toEqual([first, second])
    expect(unitsIn(world, second)).toEqual(['2 GC-MUG'])
  })

  it('is noticed in the last moment before the call', async () => {
    const world = await mergingWorld()
    await merged(world)
    world.connector.put(cancelledOrder('3'))
    await world.run('poll')

    await world.run('push')

    expect(world.warehouse.created).toEqual([])
  })
})

describe('a member that changes after the push', () => {
  it('stops the whole parcel; once it is stopped the others are sent again, together', async () => {
    const world = await mergingWorld()
    await merged(world)
    await world.run('push')
    const [before] = await referencesOf(world, '1')

    await world.receive(cancelledOrder('3'))
    const waiting = await openHoldsOf(world, '1')
    await stopSeen(world)
    await world.run('plan')
    await world.run('push')

    const [lead, second] = await referencesOf(world, '1', '2')
    expect(waiting).toEqual([`cancel-pending ${before}`])
    expect(world.warehouse.calls).toContain(`cancel ${before}`)
    expect(created(world)).toEqual([before, lead])
    expect(second).toBe(lead)
    expect(unitsIn(world, lead)).toEqual(['4 GC-MUG'])
    expect(await openHoldsOf(world, '1')).toEqual([])
    expect(await stateOf(world, '3')).toBe('cancelled')
  })

  it('is too late: the parcel goes on, the others are reported, and the cancelled order waits for a person', async () => {
    const world = await mergingWorld()
    await merged(world)
    await world.run('push')
    const [reference = ''] = await referencesOf(world, '1')
    world.warehouse.next.cancel.push(() => ({ result: 'rejected', code: 'not-cancellable', message: 'it is packed' }))

    await world.receive(cancelledOrder('3'))
    await world.run('push')
    world.warehouse.ship(reference, parcel('9400', at('09:30')))
    await world.run('track')
    await world.run('confirm')

    expect(await openHoldsOf(world, '1')).toEqual([])
    expect(await openHoldsOf(world, '2')).toEqual([])
    expect(await openHoldsOf(world, '3')).toEqual([`intercept-failed ${reference}`])
    expect(await stateOf(world, '1')).toBe('completed')
    expect(await stateOf(world, '2')).toBe('completed')
    expect([...world.connector.shipments.keys()].toSorted()).toEqual(['1', '2'])
  })

  it('stops what has not left yet: who lacks goods has them sent again, and nobody else has to look', async () => {
    const world = await mergingWorld()
    await merged(world)
    await world.run('push')
    const [reference = ''] = await referencesOf(world, '1')
    const packages = [parcel('9400', at('09:04'), { 'GC-MUG': 3 })]
    world.warehouse.change(reference, { status: 'partially-shipped', wmsStatus: 'D1', packages })
    await world.run('track')

    await world.receive(cancelledOrder('3'))
    await stopSeen(world)
    await world.run('plan')
    waitUntil(world, '09:10')
    await world.run('plan')
    await world.run('push')

    const [again] = await referencesOf(world, '2')
    expect(await openHoldsOf(world, '1')).toEqual([])
    expect(await openHoldsOf(world, '2')).toEqual([])
    expect(created(world)).toEqual([reference, again])
    expect(unitsIn(world, again)).toEqual(['1 GC-MUG'])
  })

  it('is followed by another one: it has a hold of its own when the warehouse does not stop', async () => {
    const world = await mergingWorld()
    await merged(world)
    await world.run('push')
    const [reference] = await referencesOf(world, '1')
    world.warehouse.next.cancel.push(() => ({ result: 'rejected', code: 'not-cancellable', message: 'it is packed' }))
    await world.receive(cancelledOrder('3'))
    await world.run('push')

    await world.receive(cancelledOrder('2'))
    await world.run('push')

    expect(await openHoldsOf(world, '2')).toEqual([`intercept-failed ${reference}`])
    expect(world.warehouse.calls.filter((call) => call.startsWith('cancel'))).toHaveLength(1)
  })
})

describe('the push of a parcel', () => {
  it('that gets no answer is read back, and every order follows from what is found', async () => {
    const world = await mergingWorld()
    await merged(world)
    world.warehouse.next.create.push((_request, execute) => {
      execute()
      return { result: 'unknown', code: 'timeout', message: 'no answer' }
    })

    await world.run('push')
    const open = (await world.dossier('2')).effects.map((effect) => effect.state)
    world.clock.advance(200_000)
    await world.run('push')

    expect(open).toEqual(['unknown'])
    expect(created(world)).toHaveLength(1)
    for (const id of ['1', '2', '3']) expect((await world.dossier(id)).fulfillmentOrders).toMatchObject([{ status: 'accepted' }])
  })

  it('that is refused holds every order; released, they go together again under another number', async () => {
    const world = await mergingWorld()
    await merged(world)
    world.warehouse.next.create.push(() => ({ result: 'rejected', code: 'no-capacity', message: 'we are full' }))
    await world.run('push')
    const held = await Promise.all(['1', '2', '3'].map((id) => openHoldsOf(world, id)))
    const now = world.clock.now()
    const others = [...(await world.dossier('2')).holds, ...(await world.dossier('3')).holds]
    await world.write(async (stores) => {
      for (const hold of others) await stores.holds.save({ ...hold, releasedAt: now, releasedBy: 'ada' })
    })

    await releaseHolds(world, '1')
    await world.run('push')

    const [first, second, third] = await referencesOf(world, '1', '2', '3')
    expect(new Set(held.flat()).size).toBe(1)
    expect(held).toHaveLength(3)
    expect([second, third]).toEqual([first, first])
    expect(created(world)).toEqual([first])
  })

  it('is one transaction: a failure in the middle leaves every order as it was', async () => {
    const world = await mergingWorld()
    await world.receive(bought('1', '08:00'), bought('2', '08:10'))
    waitUntil(world, '09:00')
    const { orderNo } = (await world.dossier('1')).order
    const reserve = async (): Promise<never> => {
      throw new Error('planted')
    }
    const context = { operations: world.operations(), now: world.clock.now(), checkOutbound: () => [] }

    const deciding = world.write(async (stores) => {
      const catalog = indexCatalog(await stores.catalog.load())
      await decideOrder({ ...stores, stock: { ...stores.stock, reserve } }, orderNo, { ...context, catalog })
    })

    await expect(deciding).rejects.toThrow('planted')
    for (const id of ['1', '2']) expect((await world.dossier(id)).fulfillmentOrders).toEqual([])
  })
})

describe('several packages of one parcel', () => {
  it('are reported for the orders whose goods are in them, and no unit twice', async () => {
    const world = await mergingWorld()
    await merged(world)
    await world.run('push')
    const [reference = ''] = await referencesOf(world, '1')

    world.warehouse.change(reference, {
      status: 'partially-shipped',
      wmsStatus: 'D1',
      packages: [parcel('9400', at('09:30'), { 'GC-MUG': 3 })],
    })
    await world.run('track')
    world.warehouse.ship(reference, parcel('9401', at('10:00'), { 'GC-MUG': 3 }))
    await world.run('track')
    await world.run('confirm')

    const reported = async (id: string) =>
      (world.connector.shipments.get(id) ?? []).map((shipment) => `${shipment.trackingNumber}: ${shipment.lines[0]?.quantity}`)
    expect(await reported('1')).toEqual(['9400: 2'])
    expect(await reported('2')).toEqual(['9400: 1', '9401: 1'])
    expect(await reported('3')).toEqual(['9401: 2'])
    expect(orderDocument(await world.dossier('3'), false).fulfillmentOrders).toMatchObject([{ status: 'shipped' }])
  })

  it('that close with less than was asked for hold the order that lacks it, and no other', async () => {
    const world = await mergingWorld()
    await merged(world)
    await world.run('push')
    const [reference = ''] = await referencesOf(world, '1')

    world.warehouse.ship(reference, parcel('9400', at('09:30'), { 'GC-MUG': 4 }))
    await world.run('track')
    await world.run('confirm')

    expect(await openHoldsOf(world, '1')).toEqual([])
    expect(await openHoldsOf(world, '2')).toEqual([])
    expect(await openHoldsOf(world, '3')).toEqual([`wms-exception ${reference}`])
  })
})
