import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { addMs } from '../../../core/value/instant.ts'
import { at, homeAddress, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import { settleMs, testShop } from '../../fakes/test-operations.ts'
import { testWorld } from '../../fakes/test-world.ts'
import { creates, effectOf, latestFulfillmentOrder, openHoldsOf, pushed, releaseHolds, settle, stateOf } from '../journey.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const cancelled = snapshot('1', { updatedAt: at('08:30'), status: 'cancelled', platformStatus: 'CANCELLED' })

describe('pushing', () => {
  it('gives the warehouse what was decided and takes note of its number', async () => {
    const world = await testWorld()
    const line = snapshotLine({ customization: 'for Ada' })
    await pushed(
      world,
      snapshot('1', {
        lines: [line],
        taxIds: { ioss: 'IM1' },
        personal: { shipTo: homeAddress, buyer: {}, notes: { gift: 'happy birthday', buyer: 'ring twice' } },
      }),
    )

    const { order } = await world.dossier('1')
    const reference = `${order.orderNo}-1`
    expect(world.warehouse.created).toEqual([
      {
        reference,
        platform: 'shopify',
        warehouseCode: 'USEA',
        serviceCode: 'FEDEX_GROUND',
        shipTo: homeAddress,
        lines: [{ wmsSku: 'GC-MUG', quantity: 2, declaredValue: { amount: '5.00', currency: 'USD' }, hsCode: '691110' }],
        taxIds: { ioss: 'IM1' },
        note: 'Gift message: happy birthday\nBuyer: ring twice\nCH-MUG: for Ada',
      },
    ])
    expect(await latestFulfillmentOrder(world)).toMatchObject({
      status: 'accepted',
      acceptedAt: world.clock.now(),
      wmsOrderNo: `W-${reference}`,
    })
    expect(await stateOf(world)).toBe('in-fulfillment')
    expect(world.wakes).toContain('track gc')
  })

  it('names the item and the transaction of an eBay order', async () => {
    const world = await testWorld({ operations: { shops: [{ ...testShop, platform: 'ebay' }] } })
    await pushed(world, snapshot('1', { lines: [snapshotLine({ itemId: 'I1' })] }))

    expect(world.warehouse.created[0]?.lines).toMatchObject([{ channelItemId: 'I1', channelTransactionId: 'L1' }])
  })

  it('has the reservation covered by the next snapshot that began after the acceptance', async () => {
    const world = await testWorld()
    const uncovered = () => world.storage.read((stores) => stores.stock.uncovered(['NJ']))
    await pushed(world)
    await world.run('stock')
    expect(await uncovered()).toHaveLength(1)

    world.clock.advance(1)
    await world.run('stock')

    expect(await uncovered()).toEqual([])
  })

  it('sends nothing while the write stop is on', async () => {
    const world = await testWorld({ operations: { writeStop: true } })
    await pushed(world)

    expect(world.warehouse.calls.filter((call) => !call.startsWith('inventory'))).toEqual([])

    world.reconfigure({ writeStop: false })
    await world.run('push')
    expect(creates(world)).toBe(1)
  })
})

describe('a refusal', () => {
  it('is a hold with the words of the warehouse; the goods are free; a release plans it anew', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => ({ result: 'rejected', code: 'address-not-found', message: 'the street is unknown' }))
    const reference = await pushed(world)

    expect(await openHoldsOf(world)).toEqual([`push-rejected ${reference}`])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'cancelled' })
    expect(await world.storage.read((stores) => stores.stock.uncovered(['NJ']))).toEqual([])
    expect(await stateOf(world)).toBe('open')
    await world.run('push')
    expect(creates(world)).toBe(1)

    await releaseHolds(world)
    await world.run('push')

    expect(world.warehouse.created.map((request) => request.reference)).toEqual([reference.replace(/1$/, '2')])
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('once more after a release is a hold once more', async () => {
    const world = await testWorld()
    const refuse = () => ({ result: 'rejected', code: 'no-funds', message: 'the balance is short' }) as const
    world.warehouse.next.create.push(refuse, refuse)
    await pushed(world)

    await releaseHolds(world)
    await world.run('push')

    expect(await openHoldsOf(world)).toEqual([`push-rejected ${(await latestFulfillmentOrder(world)).reference}`])
  })

  it('holds no order that was cancelled or shipped elsewhere meanwhile', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => ({ result: 'rejected', code: 'x', message: 'no' }))
    await pushed(world)

    await world.receive(snapshot('1', { updatedAt: at('08:30'), status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] }))

    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('completed')
  })
})

describe('an answer that was lost', () => {
  it('is looked up by the reference, and never sent twice', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push((_request, execute) => {
      execute()
      throw noAnswer
    })
    const reference = await pushed(world)
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })

    await settle(world, 'push')

    expect(creates(world)).toBe(1)
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted', wmsOrderNo: `W-${reference}` })
    expect(await openHoldsOf(world)).toEqual([])
  })

  it('is sent again under the same reference only after two looks have missed it', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    const reference = await pushed(world)
    await settle(world, 'push')
    expect(creates(world)).toBe(1)
    await settle(world, 'push')
    await world.run('push')

    expect(world.warehouse.created.map((request) => request.reference)).toEqual([reference])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted' })
  })

  it('brings with it what happened at the warehouse while nobody knew of the order', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push((request, execute) => {
      execute()
      world.warehouse.ship(request.reference, parcel('9400', at('10:00')))
      throw noAnswer
    })
    await world.receive(snapshot('1'))
    await world.run('push')
    // The change is listed to somebody who cannot yet tell that the order is his.
    world.warehouse.next.page.push(() => ({ outbounds: [], rejected: [], nextCursor: '1', hasMore: false }))
    await world.run('track')

    await settle(world, 'push')

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'shipped', packages: [{ trackingNumber: '9400' }] })
    expect(world.wakes).toContain('confirm brand')
    expect(await stateOf(world)).toBe('shipped')
  })

  it('that turns out to be another order is a conflict, which a person solves and asks about again', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push((_request, execute) => {
      execute()
      return { result: 'unknown', code: 'reference-exists', message: 'the reference is taken' }
    })
    const reference = await pushed(world)
    world.warehouse.change(reference, { lines: [{ wmsSku: asWmsSku('GC-BOX'), quantity: 1 }] })
    await settle(world, 'push')
    expect(await openHoldsOf(world)).toEqual([`reference-conflict ${reference}`])

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual([`reference-conflict ${reference}`])
    expect(creates(world)).toBe(1)
  })

  it('that nobody gives is a hold after some reads, while reading goes on', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push((_request, execute) => {
      execute()
      throw noAnswer
    })
    const reference = await pushed(world)
    for (let read = 0; read < 6; read += 1) {
      world.warehouse.next.find.push(() => Promise.reject(noAnswer))
      world.clock.advance(64 * settleMs)
      await world.run('push')
    }
    expect(await openHoldsOf(world)).toEqual([`push-unknown ${reference}`])

    world.clock.advance(64 * settleMs)
    await world.run('push')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted' })
  })

  it('is not asked for again by itself when the warehouse cannot be asked', async () => {
    const world = await testWorld({ create: { key: 'none', readBack: 'none', readBackLagMs: 0 } })
    world.warehouse.next.create.push(() => Promise.reject(noAnswer))
    const reference = await pushed(world)
    await settle(world, 'push', 5)

    expect(creates(world)).toBe(1)
    expect(await openHoldsOf(world)).toEqual([`push-unknown ${reference}`])
  })
})

describe('the death of the process', () => {
  it.each(['push.before-intent', 'push.after-intent', 'push.answered'] as const)(
    'at %s ends in one order at the warehouse',
    async (point) => {
      const world = await testWorld()
      await world.receive(snapshot('1'))
      world.atFailpoint.set(point, () => {
        throw new Error('the process ends here')
      })
      expect(await world.pass('push')).toMatchObject({ problem: { kind: 'bug' } })
      world.atFailpoint.clear()
      await world.restart()

      world.clock.advance(10_000)
      await world.run('push')
      await settle(world, 'push', 3)

      expect(world.warehouse.created).toHaveLength(1)
      expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted' })
    },
  )
})

describe('the last look before a create', () => {
  it('waits for the decision that is due, and lets it go when that changes nothing', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    world.connector.put(snapshot('1', { updatedAt: at('08:30'), tags: ['vip'] }))
    await world.run('poll')

    expect(await world.run('push')).toMatchObject({ nextDueAt: addMs(world.clock.now(), 1_000), more: false })
    expect(creates(world)).toBe(0)

    await world.run('plan')
    world.clock.advance(1_000)
    await world.run('push')
    expect(creates(world)).toBe(1)
  })

  it('takes a hold that appeared since to be decided on, and nothing is sent while it is open', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const { order } = await world.dossier('1')
    const hold = {
      orderNo: order.orderNo,
      clientId: 'default',
      reason: 'review-rule',
      source: 'user',
      subject: '',
      detail: 'wait',
      release: { mode: 'manual' },
      placedAt: world.clock.now(),
    } as const
    await world.write((stores) => stores.holds.save(hold))

    await world.run('push')
    expect((await world.dossier('1')).order.planDueAt).toBe(world.clock.now())
    await world.run('plan')
    world.clock.advance(10_000)
    await world.run('push')

    expect(creates(world)).toBe(0)
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'cancelled' })
  })

  it('withdraws what has no fulfillment order any more', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const item = await latestFulfillmentOrder(world)
    await world.write((stores) => stores.fulfillmentOrders.save({ ...item, status: 'cancelled', version: item.version + 1 }))

    await world.run('push')

    expect(creates(world)).toBe(0)
    expect((await effectOf(world, 'wms-create')).state).toBe('withdrawn')
  })
})

describe('refused credentials', () => {
  it('stop the account and nothing counts as sent; the next pass sends it', async () => {
    const world = await testWorld()
    world.warehouse.next.create.push(() => Promise.reject(new SyncError('auth', 'the token is revoked', { code: 'token-revoked' })))
    await world.receive(snapshot('1'))

    expect(await world.pass('push')).toMatchObject({ problem: { kind: 'auth' } })
    expect(await openHoldsOf(world)).toEqual([])

    world.clock.advance(900_000)
    await world.run('push')
    expect(creates(world)).toBe(2)
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted' })
  })
})

describe('a warehouse that is read to verify a create', () => {
  it('does not move a fulfillment order back when the create is confirmed once more', async () => {
    const world = await testWorld({ create: { key: 'enforced', readBack: 'by-order', readBackLagMs: 1_000 } })
    const reference = await pushed(world)
    await world.receive(cancelled)
    world.warehouse.next.cancel.push(() => ({ result: 'rejected', code: 'not-cancellable', message: 'too late' }))
    await world.run('push')
    world.warehouse.change(reference, { status: 'processing', wmsStatus: 'W' })
    await world.run('track')
    world.warehouse.next.find.push(() => undefined)
    await settle(world, 'push', 3)

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'processing' })
    expect(world.warehouse.calls.filter((call) => call.startsWith('cancel'))).toHaveLength(1)
  })
})
