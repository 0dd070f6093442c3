import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../core/model/catalog.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import { snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { testOperations, testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { openHoldsOf, releaseHolds } from '../journey.ts'
import { rulesOf } from './rules-world.ts'

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
