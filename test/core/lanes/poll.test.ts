import { describe, expect, it } from 'vitest'
import { poll } from '../../../core/lanes/poll.ts'
import { snapshot } from '../../fakes/order-snapshots.ts'
import { scriptedConnector } from '../../fakes/scripted-connector.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'

const cursorOf = (world: TestWorld) => world.storage.read((stores) => stores.cursors.load('brand', 'orders'))
const countOf = async (world: TestWorld) => (await world.storage.read((stores) => stores.orders.countByState('brand'))).open ?? 0

describe('a poll pass', () => {
  it('reads page after page from where it was, and wakes the plan', async () => {
    const world = await testWorld({ connector: scriptedConnector(2) })
    world.connector.put(snapshot('1'), snapshot('2'), snapshot('3'))

    expect(await world.run('poll')).toEqual({ counts: { pages: 2, new: 3, changed: 0, rejected: 0 }, more: false })
    await world.run('poll')

    expect(world.connector.calls).toEqual(['page from the start', 'page 2', 'page 3'])
    expect(await cursorOf(world)).toBe('3')
    expect(world.wakes).toEqual(['plan default', 'plan default'])
  })

  it('wakes nobody when nothing changed', async () => {
    const world = await testWorld()
    world.connector.put(snapshot('1'))
    await world.run('poll')
    const before = world.wakes.length
    world.connector.put(snapshot('1'))

    expect((await world.run('poll')).counts).toEqual({ pages: 1, new: 0, changed: 0, rejected: 0 })
    expect(world.wakes).toHaveLength(before)
  })

  it('takes an empty page with more behind it', async () => {
    const world = await testWorld()
    world.connector.next.page.push(() => ({ orders: [], rejected: [], nextCursor: 'a', hasMore: true }))
    world.connector.next.page.push(() => ({ orders: [snapshot('1')], rejected: [], nextCursor: 'b', hasMore: false }))

    expect((await world.run('poll')).counts).toMatchObject({ pages: 2, new: 1 })
  })

  it('stops between two pages when it is told to', async () => {
    const world = await testWorld({ connector: scriptedConnector(1) })
    world.connector.put(snapshot('1'), snapshot('2'))
    const stopping = new AbortController()
    world.atFailpoint.set('poll.page-stored', () => stopping.abort())

    expect((await poll(world, 'brand', stopping.signal)).counts['pages']).toBe(1)
    expect(await cursorOf(world)).toBe('1')
  })
})

describe('a page and its cursor', () => {
  it.each([
    ['the first page', 1],
    ['a later page', 2],
  ])('commit together or not at all, at %s', async (_case, failing) => {
    const world = await testWorld({ connector: scriptedConnector(1) })
    world.connector.put(snapshot('1'), snapshot('2'))
    let page = 0
    world.atFailpoint.set('poll.page-stored', () => {
      page += 1
      if (page === failing) throw new Error('the process ends here')
    })

    expect(await world.pass('poll')).toMatchObject({ problem: { kind: 'bug', message: 'the process ends here' } })
    expect(await cursorOf(world)).toBe(failing === 1 ? undefined : '1')
    expect(await countOf(world)).toBe(failing - 1)

    await world.pass('poll', 'brand', { evenIfPaused: true })
    expect(await countOf(world)).toBe(2)
    expect(await cursorOf(world)).toBe('2')
  })
})

describe('records that cannot be read', () => {
  it('are set aside with their payload, and the rest of the page is taken', async () => {
    const world = await testWorld()
    world.connector.put(snapshot('1'))
    world.connector.spoil(
      { platformOrderId: '2', reason: 'total: expected text', payload: { id: '2' } },
      { reason: 'no id', payload: 'junk' },
    )

    expect((await world.run('poll')).counts).toMatchObject({ new: 1, rejected: 2 })

    const rejected = await world.storage.read((stores) => stores.rejected.list())
    expect(rejected.map((row) => [row.account, row.platformOrderId, row.reason])).toEqual([
      ['brand', '2', 'total: expected text'],
      ['brand', undefined, 'no id'],
    ])
    expect(world.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: { shop: 'brand', count: 2 } }))
  })
})

describe('an order that was read and cannot be stored', () => {
  it('is set aside with its payload and the reason, and its neighbors are taken', async () => {
    const world = await testWorld()
    const broken = { ...snapshot('2'), lines: undefined } as unknown as ReturnType<typeof snapshot>
    world.connector.put(snapshot('1'), broken, snapshot('3'))

    expect((await world.run('poll')).counts).toMatchObject({ new: 2, rejected: 1 })

    expect(await cursorOf(world)).toBe('3')
    expect(await world.storage.read((stores) => stores.rejected.list())).toMatchObject([
      {
        account: 'brand',
        platformOrderId: '2',
        reason: expect.stringContaining('could not be made part of the order'),
        payload: { id: '2' },
      },
    ])
  })

  it('is no longer set aside when a later reading can be stored', async () => {
    const world = await testWorld()
    world.connector.put({ ...snapshot('2'), lines: undefined } as unknown as ReturnType<typeof snapshot>)
    await world.run('poll')
    world.connector.put(snapshot('2'))
    await world.run('poll')

    expect(await world.storage.read((stores) => stores.rejected.list())).toEqual([])
    expect(await countOf(world)).toBe(1)
  })
})

describe('a platform that does not move on', () => {
  it('with more promised is an error, and what it gave is not stored', async () => {
    const world = await testWorld()
    const page = { orders: [snapshot('1')], rejected: [], nextCursor: '7', hasMore: true }
    world.connector.next.page.push(
      () => page,
      () => ({ ...page, orders: [snapshot('2')] }),
    )

    expect(await world.pass('poll')).toMatchObject({ problem: { kind: 'transient', code: 'cursor-does-not-move' } })

    expect(await countOf(world)).toBe(1)
    expect(await cursorOf(world)).toBe('7')
  })

  it('is fine when it has no more', async () => {
    const world = await testWorld()
    const page = () => ({ orders: [], rejected: [], nextCursor: '7', hasMore: false })
    world.connector.next.page.push(page, page)

    await world.run('poll')
    await world.run('poll')

    expect(await cursorOf(world)).toBe('7')
  })
})
