import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../core/model/catalog.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { at, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { inStock } from '../../fakes/scripted-warehouse.ts'
import { testOperations, testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { latestFulfillmentOrder, openHoldsOf, releaseHolds, stateOf } from '../journey.ts'
import { rulesOf, totalsOf } from './rules-world.ts'

const warehouses = [testWarehouse, { ...testWarehouse, code: 'CA', wmsCode: 'USWE' }]
const under = (rules: string, stock?: Readonly<Record<string, number>>) =>
  testWorld({ operations: { ...testOperations, warehouses, rules: rulesOf(rules, { warehouses }) }, ...(stock && { stock }) })
const madeFor = async (world: TestWorld) =>
  (await world.dossier('1')).fulfillmentOrders.map(
    (item) => `${item.warehouse}: ${item.lines.map((line) => `${line.quantity} ${line.sku}`).join(', ')}`,
  )

describe('an order that a rule holds', () => {
  it('is made once a person releases the hold, and is not held again', async () => {
    const world = await under('review: [{ name: Look, then: [{ hold: {} }] }]')
    await world.receive(snapshot('1'))
    expect(await openHoldsOf(world)).toEqual(['review-rule Look'])
    expect(await madeFor(world)).toEqual([])

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual([])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG'])
  })

  it.each([
    [
      'by a cool-off',
      'review: [{ name: Wait, when: { field: ageSincePaidMin, op: lt, value: 30 }, then: [{ hold: { reason: cool-off, release: when-condition } }] }]',
    ],
    ['until a time', 'review: [{ name: Wait, then: [{ hold: { reason: cool-off, release: { at: "paidAt + 30m" } } }] }]'],
    ['before its push', 'push: [{ name: Wait, then: [{ delay: 30m }] }]'],
  ])('%s goes on by itself when it is time, and not before', async (_case, rules) => {
    const world = await under(rules)
    await world.receive(snapshot('1', { paidAt: world.clock.now() }))

    world.clock.advance(29 * 60_000)
    await world.run('plan')
    expect(await openHoldsOf(world)).toEqual(['cool-off Wait'])
    world.clock.advance(60_000)
    await world.run('plan')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG'])
  })
})

describe('an order that is split', () => {
  const boxesInCalifornia = async (world: TestWorld) => {
    const rows: Catalog['warehouseSkus'] = [{ warehouse: 'CA', sku: asSku('BOX'), wmsSku: asWmsSku('CA-BOX'), unitFactor: 1 }]
    const now = world.clock.now()
    const level = {
      warehouse: 'CA',
      wmsSku: asWmsSku('CA-BOX'),
      available: 5,
      reserved: 0,
      pendingPutaway: 0,
      inTransit: 0,
      defective: 0,
      asOf: now,
    }
    await world.write(async (stores) => {
      await stores.catalog.saveWarehouseSkus(rows)
      await stores.stock.saveSnapshot('CA', [level], now)
    })
  }

  it('gets one fulfillment order a warehouse, which together have every unit once', async () => {
    const world = await under('split: [{ name: Two, then: [{ byWarehouse: {} }] }]', { 'GC-MUG': 5, 'GC-BOX': 0 })
    await boxesInCalifornia(world)

    await world.receive(
      snapshot('1', { lines: [snapshotLine(), snapshotLine({ platformLineId: 'L2', channelSku: 'CH-BOX', quantity: 3 })] }),
    )

    expect(await openHoldsOf(world)).toEqual([])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG', 'CA: 3 BOX'])
    expect(await world.run('plan')).toMatchObject({ counts: { planned: 0, held: 0, settled: 0 } })
  })
})

describe('an order of which a part is in stock', () => {
  const rule = 'split: [{ name: Ahead, then: [{ inStockFirst: {} }] }]'
  const lines = [snapshotLine(), snapshotLine({ platformLineId: 'L2', channelSku: 'CH-BOX', quantity: 3 })]
  const restocked = async (world: TestWorld, boxes: number) => {
    world.clock.advance(1_000)
    world.warehouse.stock.splice(0, world.warehouse.stock.length, inStock('GC-MUG', 3), inStock('GC-BOX', boxes))
    await world.run('stock')
    await world.run('plan')
  }

  it('sends it while the rest waits, and the rest by itself when there is stock', async () => {
    const world = await under(rule, { 'GC-MUG': 5, 'GC-BOX': 1 })
    await world.receive(snapshot('1', { lines }))
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG, 1 BOX'])
    expect(await openHoldsOf(world)).toEqual(['out-of-stock rest'])

    await world.run('push')
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted' })
    await restocked(world, 2)

    expect(await openHoldsOf(world)).toEqual([])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG, 1 BOX', 'NJ: 2 BOX'])
  })

  it('keeps what was planned of it when it is looked at again before the push and nothing more is there', async () => {
    const world = await under(rule, { 'GC-MUG': 5, 'GC-BOX': 1 })
    await world.receive(snapshot('1', { lines }))

    world.clock.advance(1_000)
    await world.write((stores) => stores.orders.wakePlan({ holdReasons: ['out-of-stock'] }, world.clock.now()))
    await world.run('plan')
    await world.run('push')

    expect(await madeFor(world)).toEqual(['NJ: 2 MUG, 1 BOX'])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'accepted' })
    expect(await openHoldsOf(world)).toEqual(['out-of-stock rest'])
    expect(await stateOf(world)).toBe('in-fulfillment')
  })

  it('stays as it is when it is looked at again after a person released what a rule held', async () => {
    const world = await under(`review: [{ name: Look, then: [{ hold: {} }] }]\n${rule}`, { 'GC-MUG': 5, 'GC-BOX': 1 })
    await world.receive(snapshot('1', { lines }))
    await releaseHolds(world)
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG, 1 BOX'])

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual(['out-of-stock rest'])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG, 1 BOX'])
  })

  it('does not forget the rest when a person releases its hold', async () => {
    const world = await under(rule, { 'GC-MUG': 5, 'GC-BOX': 1 })
    await world.receive(snapshot('1', { lines }))

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual(['out-of-stock rest'])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG, 1 BOX'])
  })
})

describe('a listing that a mapping rule reads', () => {
  it('ships from the stock of the product that it leads to', async () => {
    const world = await under('mapping: [{ name: US, then: [{ stripPrefix: US- }] }]')
    await world.receive(snapshot('1', { lines: [snapshotLine({ channelSku: 'US-MUG' })] }))

    expect(await openHoldsOf(world)).toEqual([])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG'])
  })
})

describe('an order that an intake rule leaves to somebody else', () => {
  const factory =
    'intake: [{ name: Factory, when: { field: tags, op: contains, value: factory }, then: [{ ignore: { reason: factory } }] }]'
  const tagged = (tags: readonly string[], more: Partial<OrderSnapshot> = {}) => snapshot('1', { tags, ...more })
  const decideAgain = async (world: TestWorld, rules: string) => {
    world.reconfigure({ rules: rulesOf(rules, { warehouses }) })
    world.clock.advance(1_000)
    await world.write((stores) => stores.orders.wakePlan({}, world.clock.now()))
    await world.run('plan')
  }

  it('is ignored without a hold, says why, and stays so when it is read again', async () => {
    const world = await under(factory)
    await world.receive(tagged(['factory']))
    await world.receive(tagged(['factory', 'gift'], { updatedAt: at('09:00') }))

    const { order, holds, fulfillmentOrders } = await world.dossier('1')
    expect(order).toMatchObject({ state: 'ignored', ruled: { ignoredReason: 'factory' }, tags: ['factory', 'gift'] })
    expect({ holds, fulfillmentOrders }).toEqual({ holds: [], fulfillmentOrders: [] })
  })

  it.each([
    ['the rule goes', (world: TestWorld) => decideAgain(world, '')],
    ['the platform takes the tag away', (world: TestWorld) => world.receive(tagged([], { updatedAt: at('09:00') }))],
  ])('is shipped after all when %s', async (_case, change) => {
    const world = await under(factory)
    await world.receive(tagged(['factory']))

    await change(world)

    expect(await stateOf(world)).toBe('open')
    expect((await world.dossier('1')).order.ruled).toBeUndefined()
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG'])
  })

  it('still waits for what the platform has against it when the rule goes', async () => {
    const world = await under(factory)
    await world.receive(tagged(['factory']))
    await world.receive(tagged(['factory'], { updatedAt: at('09:00'), holds: [{ reason: 'risk-flagged', detail: 'fraud check' }] }))

    await decideAgain(world, '')

    expect(await openHoldsOf(world)).toEqual(['risk-flagged'])
    expect(await madeFor(world)).toEqual([])
  })

  it('is not torn from a warehouse that has begun: a person looks at what is left', async () => {
    const world = await under('split: [{ name: Two, then: [{ byWarehouse: {} }] }]')
    await world.receive(tagged([]))
    const lines = [snapshotLine(), snapshotLine({ platformLineId: 'L2', channelSku: 'CH-BOX', quantity: 3 })]

    world.reconfigure({ rules: rulesOf(factory, { warehouses }) })
    await world.receive(tagged(['factory'], { lines, updatedAt: at('09:00') }))

    expect(await madeFor(world)).toEqual(['NJ: 2 MUG'])
    expect(await openHoldsOf(world)).toEqual(['review-rule Factory'])
  })
})

describe('an order that enrich rules describe', () => {
  it('keeps their tags and level apart from what the platform says', async () => {
    const world = await under('enrich: [{ name: Urgent, then: [{ addTag: urgent }, { setLevel: expedited }] }]')
    await world.receive(snapshot('1', { tags: ['gift'] }))

    const { order } = await world.dossier('1')
    expect(order.tags).toEqual(['gift'])
    expect(order.ruled).toEqual({ tags: ['gift', 'urgent'], level: 'expedited' })
  })
})

describe('an order whose amount cannot be told in dollars', () => {
  it('waits for the rate of its day, and goes on by itself when the rate is known', async () => {
    const world = await under(
      'review: [{ name: High, when: { field: amounts.totalUsd, op: gte, value: 300 }, then: [{ hold: { reason: high-value } }] }]',
    )
    await world.receive(snapshot('1', { totals: totalsOf('280.00', 'EUR') }))
    expect(await openHoldsOf(world)).toEqual(['fx-missing High'])

    world.clock.advance(1_000)
    await world.write(async (stores) => {
      await stores.catalog.saveFx([{ date: '2026-11-20', from: 'EUR', to: 'USD', rate: '1.05' }])
      await stores.orders.wakePlan({ holdReasons: ['fx-missing'] }, world.clock.now())
    })
    await world.run('plan')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG'])
  })
})

describe('an order that repeats another', () => {
  const twice =
    'review: [{ name: Twice, when: { field: duplicate, op: eq, value: true }, then: [{ hold: { reason: duplicate-suspected } }] }]'

  it('waits, names the first one, and goes when a person says that it was meant', async () => {
    const world = await under(twice)
    await world.receive(snapshot('0'), snapshot('1', { purchasedAt: at('07:20'), updatedAt: at('07:20') }))

    expect(await openHoldsOf(world, '0')).toEqual([])
    expect(await openHoldsOf(world)).toEqual(['duplicate-suspected Twice'])
    expect((await world.dossier('1')).holds[0]?.detail).toContain('like order brand/0 of 2026-11-24T07:00')
    await releaseHolds(world)
    expect(await madeFor(world)).toEqual(['NJ: 2 MUG'])
  })

  it.each([
    ['a day and more after it', { purchasedAt: at('07:00') }, { purchasedAt: '2026-11-23T06:59:59.000Z' as Instant }],
    ['with other goods', { lines: [snapshotLine({ quantity: 1 })] }, {}],
  ])('%s is no repetition', async (_case, one, other) => {
    const world = await under(twice)
    await world.receive(snapshot('0', other), snapshot('1', { purchasedAt: at('07:20'), ...one }))

    expect(await openHoldsOf(world)).toEqual([])
  })
})
