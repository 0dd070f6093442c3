import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import type { OutboundSnapshot } from '../../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { addMs } from '../../../core/value/instant.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { acceptedOutbound, parcel } from '../../fakes/scripted-warehouse.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, latestFulfillmentOrder, openHoldsOf, pushed, shipped, stateOf } from '../journey.ts'

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

describe('a fulfillment order that nothing was heard of for hours', () => {
  const hour = 3_600_000
  const looksOf = (world: TestWorld) => world.warehouse.calls.filter((call) => call.startsWith('find'))
  /** Something happens that no list ever shows. */
  function inSilence(world: TestWorld, reference: string, work: () => void): void {
    const page = { outbounds: [], rejected: [], nextCursor: '99', hasMore: false }
    work()
    world.warehouse.next.page.push(...Array.from({ length: 9 }, () => () => page))
    expect(world.warehouse.outbounds.has(reference)).toBe(true)
  }

  it('is asked for by its number, so that no change is lost', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    inSilence(world, reference, () => world.warehouse.ship(reference, parcel('9400', at('10:00'))))
    world.clock.advance(6 * hour - 1)
    await world.run('track')
    expect(looksOf(world)).toEqual([])

    world.clock.advance(1)
    const report = await world.run('track')

    expect(looksOf(world)).toEqual([`find W-${reference}`])
    expect(report.counts).toMatchObject({ changed: 1, shipped: 1 })
    expect(await stateOf(world)).toBe('shipped')
    expect(world.wakes.at(-1)).toBe('confirm brand')
  })

  it('is asked for again only after as long a silence', async () => {
    const world = await testWorld()
    await pushed(world)
    for (let pass = 0; pass < 13; pass += 1) {
      world.clock.advance(hour)
      await world.run('track')
    }

    expect(looksOf(world)).toHaveLength(2)
  })

  it('waits for its turn: a pass asks for few, those of the longest silence first', async () => {
    const world = await testWorld()
    await world.receive(
      ...Array.from({ length: 25 }, (_, index) => snapshot(String(index + 1), { lines: [snapshotLine({ quantity: 1 })] })),
    )
    await world.run('push')
    world.clock.advance(6 * hour)

    await world.run('track')
    expect(looksOf(world)).toHaveLength(20)
    await world.run('track')
    expect(new Set(looksOf(world)).size).toBe(25)
  })

  it('does not keep the others from being asked for when its look-up fails', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'), snapshot('2'))
    await world.run('push')
    world.clock.advance(6 * hour)
    world.warehouse.next.find.push(() => Promise.reject(noAnswer))

    await world.run('track')

    expect(looksOf(world)).toHaveLength(2)
    expect(world.lines).toContainEqual(expect.objectContaining({ level: 'warn' }))
  })

  it('stops the pass when the access is refused', async () => {
    const world = await testWorld()
    await pushed(world)
    world.clock.advance(6 * hour)
    world.warehouse.next.find.push(() => Promise.reject(new SyncError('auth', 'the token is revoked', { code: 'token-revoked' })))

    expect(await world.pass('track')).toMatchObject({ problem: { kind: 'auth' } })
  })

  it('is for a person when the warehouse has no such order', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.clock.advance(6 * hour)
    world.warehouse.next.find.push(() => undefined)
    await world.run('track')

    expect(await openHoldsOf(world)).toEqual([`wms-exception ${reference}`])
    expect((await world.dossier('1')).holds[0]?.detail).toContain(`no order W-${reference}`)

    world.warehouse.change(reference, { status: 'processing', wmsStatus: 'W' })
    await world.run('track')
    expect(await openHoldsOf(world)).toEqual([])
  })
})

describe('a reference that was given to another order after a discard', () => {
  const other = (world: TestWorld, reference: string) =>
    ({ ...world.warehouse.outbounds.get(reference), wmsOrderNo: 'W-NEW', status: 'processing', wmsStatus: 'W' }) as OutboundSnapshot
  const discarded = (world: TestWorld, reference: string) =>
    ({ ...world.warehouse.outbounds.get(reference), status: 'cancelled', wmsStatus: 'X' }) as OutboundSnapshot

  it.each([
    ['in one page, the discarded one first', (a: OutboundSnapshot, b: OutboundSnapshot) => [[a, b]]],
    ['in one page, the living one first', (a: OutboundSnapshot, b: OutboundSnapshot) => [[b, a]]],
    ['one after the other', (a: OutboundSnapshot, b: OutboundSnapshot) => [[a], [b]]],
    ['one after the other, the living one first', (a: OutboundSnapshot, b: OutboundSnapshot) => [[b], [a]]],
  ])('stands for the living one: %s', async (_how, pages) => {
    const world = await testWorld()
    const reference = await pushed(world)
    for (const page of pages(discarded(world, reference), other(world, reference))) {
      for (const outbound of page) world.warehouse.tell(outbound)
      await world.run('track')
    }

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'processing', wmsOrderNo: 'W-NEW' })
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('never makes a page place a hold for the discarded one', async () => {
    const world = await testWorld()
    const reference = await pushed(world)
    world.warehouse.tell(discarded(world, reference))
    world.warehouse.tell(other(world, reference))
    await world.run('track')

    expect((await world.dossier('1')).holds).toEqual([])
  })
})
