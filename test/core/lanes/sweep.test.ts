import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { snapshot } from '../../fakes/order-snapshots.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'

const latest = (world: TestWorld) => world.storage.read((stores) => stores.sweeps.latest('brand'))

describe('a sweep', () => {
  it('finds nothing missing when polling missed nothing', async () => {
    const world = await testWorld()
    world.connector.put(snapshot('1'), snapshot('2'))
    await world.run('poll')

    expect(await world.run('sweep')).toEqual({ counts: { listed: 2, missing: 0, unexplained: 0 }, more: false })

    const now = world.clock.now()
    expect(await latest(world)).toEqual({
      shop: 'brand',
      from: addMs(now, -48 * 3_600_000),
      to: now,
      startedAt: now,
      finishedAt: now,
      listed: 2,
      held: 2,
      gaps: [],
    })
    expect(world.connector.calls).not.toContain('order 1')
  })

  it('fetches a missing order by its id, stores it, says so, and has it decided [amazon-trap-07] [amazon-read-12]', async () => {
    const world = await testWorld()
    world.connector.hide(snapshot('lost'))

    expect((await world.run('sweep')).counts).toEqual({ listed: 1, missing: 1, unexplained: 0 })

    expect((await world.dossier('lost')).order).toMatchObject({ platformOrderId: 'lost', planDueAt: world.clock.now() })
    expect((await latest(world))?.gaps).toMatchObject([
      { platformOrderId: 'lost', explained: true, reason: expect.stringContaining('missed by polling') },
    ])
    expect(world.wakes).toEqual(['plan default'])
    expect(world.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: { shop: 'brand', count: 1 } }))
  })

  it('looks 48 hours back and no further', async () => {
    const world = await testWorld()
    const edge = addMs(world.clock.now(), -48 * 3_600_000)
    world.connector.hide(snapshot('edge', { purchasedAt: edge }))
    world.connector.hide(snapshot('old', { purchasedAt: addMs(edge, -1) }))

    expect((await world.run('sweep')).counts).toMatchObject({ listed: 1, missing: 1 })
    await expect(world.dossier('old')).rejects.toThrow('not stored')
  })

  it('records an order from before the take-over, and holds it', async () => {
    const world = await testWorld()
    const since = addMs(world.clock.now(), -3_600_000)
    const [shop] = world.operations().shops
    if (shop) world.reconfigure({ shops: [{ ...shop, since }] })
    world.connector.hide(snapshot('old', { purchasedAt: '2026-11-24T06:00:00.000Z' as Instant }))

    await world.run('sweep')

    expect((await world.dossier('old')).holds).toMatchObject([{ reason: 'before-cutover' }])
  })

  it('explains an order that is listed and cannot be found', async () => {
    const world = await testWorld()
    world.connector.hide(snapshot('ghost'))
    world.connector.next.order.push(() => undefined)

    expect((await world.run('sweep')).counts).toEqual({ listed: 1, missing: 1, unexplained: 0 })
    expect((await latest(world))?.gaps).toMatchObject([
      { platformOrderId: 'ghost', explained: true, reason: expect.stringContaining('not found by its id') },
    ])
  })

  it('leaves a gap with its reason where an order cannot be read, and goes on', async () => {
    const world = await testWorld()
    world.connector.hide(snapshot('bad'))
    world.connector.hide(snapshot('good'))
    world.connector.next.order.push(() => Promise.reject(new SyncError('invalid-data', 'total: expected text', { code: 'unreadable' })))

    expect((await world.run('sweep')).counts).toEqual({ listed: 2, missing: 2, unexplained: 1 })
    expect((await latest(world))?.gaps).toMatchObject([
      { platformOrderId: 'bad', explained: false, reason: 'cannot be read: total: expected text' },
      { platformOrderId: 'good', explained: true },
    ])
  })

  it.each([
    ['the shop does not answer', () => Promise.reject(new SyncError('transient', 'no answer', { code: 'no-answer' })), 'transient'],
    ['there is a bug', () => Promise.reject(new TypeError('x is undefined')), 'bug'],
  ])('is not finished when %s', async (_case, failing, kind) => {
    const world = await testWorld()
    world.connector.hide(snapshot('1'))
    world.connector.next.order.push(failing)

    expect(await world.pass('sweep')).toMatchObject({ problem: { kind } })
    expect(await latest(world)).toBeUndefined()
  })

  it('reads every page and counts an order that is listed twice once', async () => {
    const world = await testWorld()
    world.connector.put(snapshot('1'), snapshot('2'))
    await world.run('poll')
    const listed = (id: string) => ({ platformOrderId: id, createdAt: world.clock.now(), status: 'open' }) as const
    world.connector.next.listing.push(
      () => ({ orders: [listed('1')], nextPage: 'b' }),
      () => ({ orders: [listed('1'), listed('2')], nextPage: undefined }),
    )

    expect((await world.run('sweep')).counts).toEqual({ listed: 2, missing: 0, unexplained: 0 })
  })

  it('goes on where a limit cut its list off, and ends with one result for all of it [amazon-limit-06]', async () => {
    const world = await testWorld()
    world.connector.put(snapshot('1'), snapshot('2'))
    await world.run('poll')
    const startedAt = world.clock.now()
    const listed = (id: string) => ({ platformOrderId: id, createdAt: startedAt, status: 'open' }) as const
    const usedUp = new SyncError('rate-limit', 'used up', { code: 'limit-used-up', retryAfterMs: 179_000 })
    const pages: (string | undefined)[] = []
    const page = (orders: string[], nextPage?: string) => () => ({ orders: orders.map(listed), nextPage })
    world.connector.next.listing.push(page(['1'], 'b'), () => Promise.reject(usedUp), page(['1', '2']))
    const { listOrders } = world.connector
    Object.assign(world.connector, {
      listOrders: (...parameters: Parameters<typeof listOrders>) => {
        pages.push(parameters[1])
        return listOrders(...parameters)
      },
    })

    expect(await world.pass('sweep')).toMatchObject({ problem: { kind: 'rate-limit' } })
    world.clock.advance(179_000)
    expect((await world.run('sweep')).counts).toEqual({ listed: 2, missing: 0, unexplained: 0 })

    expect(pages).toEqual([undefined, 'b', 'b'])
    expect(await latest(world)).toMatchObject({ startedAt, to: startedAt, listed: 2 })
  })

  it('begins anew when its list was cut off the day before, whose page tokens are over', async () => {
    const world = await testWorld()
    world.connector.next.listing.push(
      () => ({ orders: [], nextPage: 'b' }),
      () => Promise.reject(new SyncError('rate-limit', 'used up', { code: 'limit-used-up' })),
    )
    await world.pass('sweep')
    world.clock.advance(21 * 3_600_000)

    await world.run('sweep')

    expect(await latest(world)).toMatchObject({ startedAt: world.clock.now() })
  })

  it('refuses a listing that goes round in circles', async () => {
    const world = await testWorld()
    const page = () => ({ orders: [], nextPage: 'b' })
    world.connector.next.listing.push(page, page)

    expect(await world.pass('sweep')).toMatchObject({ problem: { kind: 'transient', code: 'cursor-does-not-move' } })
  })
})
