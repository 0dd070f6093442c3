import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { addMs } from '../../../core/value/instant.ts'
import { snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { noRules } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { openHoldsOf, stateOf } from '../journey.ts'

const one = (id: string) => snapshot(id, { lines: [snapshotLine({ quantity: 1 })] })

describe('a plan pass', () => {
  it('decides what is due and wakes the push of every account', async () => {
    const world = await testWorld()
    world.connector.put(
      one('1'),
      snapshot('2', { lines: [snapshotLine({ channelSku: 'CH-NEW' })] }),
      snapshot('3', { status: 'cancelled' }),
    )
    await world.run('poll')

    expect(await world.run('plan')).toEqual({ counts: { planned: 1, held: 1, settled: 1 }, more: false })
    expect(world.wakes).toContain('push gc')
  })

  it('has nothing to do and wakes nobody when nothing is due', async () => {
    const world = await testWorld()

    expect(await world.run('plan')).toEqual({ counts: { planned: 0, held: 0, settled: 0 }, more: false })
    expect(world.wakes.filter((wake) => wake.startsWith('push'))).toEqual([])
  })

  it('takes a batch, the most urgent first, and says that there is more', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 1_000 } })
    const urgent = snapshot('urgent', { shipBy: addMs(world.clock.now(), 3_600_000) })
    world.connector.put(...Array.from({ length: 100 }, (_, index) => one(String(index))), urgent)
    await world.run('poll')

    expect(await world.run('plan')).toMatchObject({ counts: { planned: 100 }, more: true })
    expect((await world.dossier('urgent')).fulfillmentOrders).toHaveLength(1)
    expect(await world.run('plan')).toMatchObject({ counts: { planned: 1 }, more: false })
  })

  it('leaves the orders of other clients alone', async () => {
    const world = await testWorld()
    world.connector.put(one('1'))
    await world.run('poll')

    expect((await world.run('plan', 'somebody-else')).counts).toEqual({ planned: 0, held: 0, settled: 0 })
  })
})

describe('the last piece', () => {
  const promised = async (world: TestWorld, ids: readonly string[]) => {
    const dossiers = await Promise.all(ids.map((id) => world.dossier(id)))
    return dossiers.flatMap((dossier) => dossier.fulfillmentOrders).reduce((sum, item) => sum + (item.lines[0]?.quantity ?? 0), 0)
  }

  it('is promised once, however many passes decide at the same time', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 3 } })
    const ids = Array.from({ length: 8 }, (_, index) => String(index))
    world.connector.put(...ids.map(one))
    await world.run('poll')

    await Promise.all([world.run('plan'), world.run('plan'), world.run('plan')])

    expect(await promised(world, ids)).toBe(3)
    const held = await Promise.all(ids.map((id) => openHoldsOf(world, id)))
    expect(held.filter((holds) => holds.includes('out-of-stock'))).toHaveLength(5)
  })

  it('is promised from the last set of a bundle as well', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 7, 'GC-BOX': 10 } })
    const gift = (id: string) => snapshot(id, { lines: [snapshotLine({ channelSku: 'CH-GIFT', quantity: 1 })] })
    await world.receive(gift('1'), gift('2'), gift('3'), gift('4'))

    const held = await Promise.all(['1', '2', '3', '4'].map((id) => openHoldsOf(world, id)))
    expect(held.filter((holds) => holds.length === 0)).toHaveLength(3)
  })

  it('is not promised while the stock was never read', async () => {
    const world = await testWorld({ stock: 'unread' })
    await world.receive(one('1'))

    expect(await openHoldsOf(world)).toEqual(['out-of-stock'])
  })
})

describe('an order that cannot be decided because of a bug', () => {
  const poisoned = () => ({
    ...noRules,
    review: ({ order }: { order: { platformOrderId: string } }) => {
      if (order.platformOrderId === 'poison') throw new TypeError('x is undefined')
      return []
    },
  })

  it('does not keep the others from being decided and sent', async () => {
    const world = await testWorld({ operations: { rules: poisoned() } })
    world.connector.put(one('poison'), one('1'))
    await world.run('poll')

    expect(await world.pass('plan')).toMatchObject({ problem: { kind: 'bug', message: 'x is undefined' } })

    expect((await world.dossier('1')).fulfillmentOrders).toHaveLength(1)
    expect(world.wakes).toContain('push gc')
  })

  it('steps back, so that a lane full of others is not slowed down by it', async () => {
    const world = await testWorld({ operations: { rules: poisoned() } })
    world.connector.put(one('poison'), one('1'))
    await world.run('poll')
    await world.pass('plan')

    expect(await world.pass('plan', 'default', { evenIfPaused: true })).toMatchObject({ report: { counts: { planned: 0 } } })
    const { order } = await world.dossier('poison')
    expect(order.planDueAt).toBe(addMs(world.clock.now(), 600_000))
    expect(world.lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ orderNo: order.orderNo }) }),
    )
  })

  it('does not step back for trouble of the database, which says nothing about it', async () => {
    const trouble = new SyncError('transient', 'the database cannot be used at present', { code: 'database-unavailable' })
    const review = () => {
      throw trouble
    }
    const world = await testWorld({ operations: { rules: { ...noRules, review } } })
    world.connector.put(one('1'))
    await world.run('poll')
    const { planDueAt } = (await world.dossier('1')).order

    expect(await world.pass('plan')).toMatchObject({ problem: { kind: 'transient', code: 'database-unavailable' } })

    expect((await world.dossier('1')).order.planDueAt).toBe(planDueAt)
  })

  it('is decided once the bug is gone', async () => {
    const world = await testWorld({ operations: { rules: poisoned() } })
    await world.receive(one('1'))
    world.connector.put(one('poison'))
    await world.run('poll')
    await world.pass('plan')

    world.reconfigure({ rules: noRules })
    world.clock.advance(600_000)
    await world.run('plan')

    expect((await world.dossier('poison')).fulfillmentOrders).toHaveLength(1)
    expect(await stateOf(world, 'poison')).toBe('open')
  })
})
