import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { addMs } from '../../../core/value/instant.ts'
import { at, snapshot } from '../../fakes/order-snapshots.ts'
import { acceptedOutbound, parcel } from '../../fakes/scripted-warehouse.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, latestFulfillmentOrder, pushed, shipped, stateOf } from '../journey.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })

describe('tracking', () => {
  it('takes over states and wakes the write-back with the first parcel', async () => {
    const world = await testWorld()
    const reference = await pushed(world)

    world.warehouse.change(reference, { status: 'processing', wmsStatus: 'W' })
    expect((await world.run('track')).counts).toEqual({ pages: 1, changed: 1, shipped: 0, rejected: 0 })
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'processing', wmsStatus: 'W' })

    world.warehouse.ship(reference, parcel('9400', at('10:00')))
    expect((await world.run('track')).counts).toEqual({ pages: 1, changed: 1, shipped: 1, rejected: 0 })
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'shipped', shippedAt: at('10:00'), wmsOrderNo: `W-${reference}` })
    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'planned', foNo: reference, account: 'brand' })
    expect(world.wakes).toContain('confirm brand')
    expect(await stateOf(world)).toBe('shipped')
  })

  it('starts a day back and goes on from where it was', async () => {
    const world = await testWorld()
    const asked: unknown[] = []
    const { adapter } = world.wmsAccount('gc')
    const list = adapter.listChangedOutbounds.bind(adapter)
    adapter.listChangedOutbounds = (since, from, call) => {
      asked.push([since, from])
      return list(since, from, call)
    }

    await world.run('track')
    await world.run('track')

    const dayBack = addMs(world.clock.now(), -86_400_000)
    expect(asked).toEqual([
      [undefined, dayBack],
      ['0', dayBack],
    ])
  })

  it('changes nothing when a page comes again', async () => {
    const world = await testWorld()
    const reference = await shipped(world)
    const before = await world.dossier('1')
    const outbound = world.warehouse.outbounds.get(reference)
    if (outbound) world.warehouse.tell(outbound)

    expect((await world.run('track')).counts['changed']).toBe(0)
    expect(await world.dossier('1')).toEqual(before)
  })

  it('is not disturbed by outbounds that are not ours', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    const outbound = world.warehouse.outbounds.get(reference)
    if (outbound) world.warehouse.tell({ ...outbound, reference: 'SOMEBODY-ELSE' })

    expect((await world.run('track')).counts['changed']).toBe(0)
  })

  it('sets aside what cannot be read and takes the rest', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    const outbound = world.warehouse.outbounds.get(reference)
    world.warehouse.next.page.push(() => ({
      outbounds: outbound ? [{ ...outbound, status: 'processing', wmsStatus: 'W' }] : [],
      rejected: [{ platformOrderId: 'X1', reason: 'status: expected text', payload: { id: 'X1' } }],
      nextCursor: '1',
      hasMore: false,
    }))

    expect((await world.run('track')).counts).toMatchObject({ changed: 1, rejected: 1 })
    expect(await world.storage.read((stores) => stores.rejected.list())).toMatchObject([{ account: 'gc', reason: 'status: expected text' }])
  })

  it('reads on while there is more, and refuses a warehouse that promises more and does not move on', async () => {
    const world = await testWorld()
    const page = (nextCursor: string, hasMore: boolean) => () => ({ outbounds: [], rejected: [], nextCursor, hasMore })
    world.warehouse.next.page.push(page('1', true), page('2', false), page('2', true))

    expect((await world.run('track')).counts['pages']).toBe(2)
    expect(await world.pass('track')).toMatchObject({ problem: { kind: 'transient', code: 'cursor-does-not-move' } })
  })
})

describe('a reading of a create whose answer was lost', () => {
  async function lost(world: TestWorld): Promise<string> {
    world.warehouse.next.create.push((_request, execute) => {
      execute()
      throw noAnswer
    })
    const reference = await pushed(world)
    expect((await effectOf(world, 'wms-create')).state).toBe('unknown')
    return reference
  }

  it('is its read-back: state and parcel are learned at once', async () => {
    const world = await testWorld()
    const reference = await lost(world)
    world.warehouse.ship(reference, parcel('9400', at('10:00')))

    await world.run('track')

    expect(await effectOf(world, 'wms-create')).toMatchObject({ state: 'confirmed', remoteId: `W-${reference}` })
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'shipped', packages: [{ trackingNumber: '9400' }] })
    world.clock.advance(86_400_000)
    await world.run('push')
    expect(world.warehouse.calls.filter((call) => call.startsWith('create'))).toHaveLength(1)
  })

  it('that shows something else proves nothing', async () => {
    const world = await testWorld()
    const reference = await lost(world)
    world.warehouse.change(reference, { lines: [{ wmsSku: asWmsSku('GC-BOX'), quantity: 9 }] })

    await world.run('track')

    expect((await effectOf(world, 'wms-create')).state).toBe('unknown')
    expect((await latestFulfillmentOrder(world)).status).toBe('planned')
  })

  it('spares the second call when it comes after two reads have missed it', async () => {
    const world = await testWorld()
    const reference = await lost(world)
    world.warehouse.next.find.push(
      () => undefined,
      () => undefined,
    )
    for (let read = 0; read < 2; read += 1) {
      world.clock.advance(120_000)
      await world.run('push')
    }
    expect((await effectOf(world, 'wms-create')).state).toBe('planned')
    const outbound = world.warehouse.outbounds.get(reference)
    if (outbound) world.warehouse.tell(outbound)

    await world.run('track')
    await world.run('push')

    expect((await effectOf(world, 'wms-create')).state).toBe('confirmed')
    expect(world.warehouse.calls.filter((call) => call.startsWith('create'))).toHaveLength(1)
  })

  it('of what was never sent proves nothing', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const { payload } = await effectOf(world, 'wms-create')
    world.warehouse.tell(acceptedOutbound(payload as never))

    await world.run('track')

    expect((await effectOf(world, 'wms-create')).state).toBe('planned')
  })
})
