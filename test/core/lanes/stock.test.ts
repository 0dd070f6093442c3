import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { inStock } from '../../fakes/scripted-warehouse.ts'
import { testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { openHoldsOf } from '../journey.ts'

const levelsOf = async (world: TestWorld, warehouse = 'NJ') =>
  (await world.storage.read((stores) => stores.stock.levels([warehouse]))).map((level) => [level.wmsSku, level.available])

describe('a stock pass', () => {
  it('takes a snapshot of every warehouse of the account, over all pages', async () => {
    const warehouses = [
      testWarehouse,
      { ...testWarehouse, code: 'CA', wmsCode: 'USWE' },
      { ...testWarehouse, code: 'DE', account: 'other' },
    ]
    const world = await testWorld({ operations: { warehouses }, stock: 'unread' })
    world.warehouse.next.inventory.push(
      () => ({ levels: [inStock('GC-MUG', 5), inStock('GC-MUG', 7, 'USWE')], rejected: [], nextPage: '2' }),
      () => ({ levels: [inStock('GC-BOX', 3), inStock('GC-X', 1, 'ELSEWHERE')], rejected: [], nextPage: undefined }),
    )

    expect(await world.run('stock')).toEqual({ counts: { warehouses: 2, products: 4, increased: 3 }, more: false })

    expect(await levelsOf(world)).toEqual([
      ['GC-BOX', 3],
      ['GC-MUG', 5],
    ])
    expect(await levelsOf(world, 'CA')).toEqual([['GC-MUG', 7]])
    expect(await world.storage.read((stores) => stores.stock.asOf('DE'))).toBeUndefined()
  })

  it('takes a product that is not listed any more for gone', async () => {
    const world = await testWorld()
    world.warehouse.stock.splice(0)
    await world.run('stock')

    expect(await levelsOf(world)).toEqual([])
  })

  it('is dated when it began, not when it ended', async () => {
    const world = await testWorld()
    const began = world.clock.now()
    world.warehouse.next.inventory.push(() => {
      world.clock.advance(30_000)
      return { levels: [inStock('GC-MUG', 5)], rejected: [], nextPage: undefined }
    })
    await world.run('stock')

    expect(await world.storage.read((stores) => stores.stock.asOf('NJ'))).toBe(began)
  })

  it('says which row could not be read and takes the rest', async () => {
    const world = await testWorld()
    const rejected = [{ reason: 'available: expected number', payload: {} }]
    world.warehouse.next.inventory.push(() => ({ levels: [inStock('GC-MUG', 5)], rejected, nextPage: undefined }))
    await world.run('stock')

    expect(await levelsOf(world)).toEqual([['GC-MUG', 5]])
    expect(world.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: { account: 'gc', reason: 'available: expected number' } }),
    )
  })
})

describe('a scan that does not reach its end', () => {
  it.each([
    ['it fails', () => Promise.reject(new SyncError('transient', 'no answer', { code: 'no-answer' })), 'no-answer'],
    ['it goes round in circles', () => ({ levels: [], rejected: [], nextPage: '2' }), 'cursor-does-not-move'],
  ])('changes nothing when %s', async (_case, second, code) => {
    const world = await testWorld()
    const before = await levelsOf(world)
    world.warehouse.next.inventory.push(() => ({ levels: [], rejected: [], nextPage: '2' }), second)

    expect(await world.pass('stock')).toMatchObject({ problem: { kind: 'transient', code } })

    expect(await levelsOf(world)).toEqual(before)
    expect(before).not.toEqual([])
  })
})

describe('orders that wait for stock', () => {
  it('are decided again when more of something has come in', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 1 } })
    await world.receive(snapshot('1'))
    expect(await openHoldsOf(world)).toEqual(['out-of-stock'])

    world.warehouse.stock[0] = inStock('GC-MUG', 2)
    expect((await world.run('stock')).counts['increased']).toBe(1)
    expect(world.wakes.filter((wake) => wake === 'plan default')).toHaveLength(2)
    await world.run('plan')

    expect(await openHoldsOf(world)).toEqual([])
  })

  it('wait on when nothing has', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 1 } })
    await world.receive(snapshot('1'))

    await world.run('stock')

    expect((await world.dossier('1')).order).not.toHaveProperty('planDueAt')
  })

  it('wake nobody when there are none', async () => {
    const world = await testWorld()
    world.warehouse.stock[0] = inStock('GC-MUG', 1_000)
    await world.run('stock')

    expect(world.wakes).toEqual([])
  })
})

describe('a reservation', () => {
  const free = async (world: TestWorld) => {
    const { levels, uncovered } = await world.storage.read(async (stores) => ({
      levels: await stores.stock.levels(['NJ'], [asWmsSku('GC-MUG')]),
      uncovered: await stores.stock.uncovered(['NJ']),
    }))
    return (levels[0]?.available ?? 0) - (uncovered[0]?.quantity ?? 0)
  }

  it('is counted once: by us until the warehouse counts it, by the warehouse from then on', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 10 } })
    await world.receive(snapshot('1', { lines: [snapshotLine({ quantity: 4 })] }))
    expect(await free(world)).toBe(6)

    await world.run('push')
    await world.run('stock')
    expect(await free(world)).toBe(6)

    world.clock.advance(1_000)
    world.warehouse.stock[0] = inStock('GC-MUG', 6)
    await world.run('stock')
    expect(await free(world)).toBe(6)
  })
})
