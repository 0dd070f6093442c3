import { describe, expect, it } from 'vitest'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import { snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { mapping } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { openHoldsOf } from '../journey.ts'
import { merged, mergingWorld, referencesOf } from '../lanes/merging.ts'

const changeMapping = (world: TestWorld, targets: Readonly<Record<string, number>>): Promise<void> =>
  world.write(async (stores) => {
    await stores.catalog.saveMappings([mapping('CH-MUG', targets)])
    await stores.orders.wakePlan({}, world.clock.now())
  })
const fulfillmentOrdersOf = async (world: TestWorld) =>
  (await world.dossier('1')).fulfillmentOrders.map(
    ({ sequence, status, lines }) => `${sequence} ${status}: ${lines.map((each) => `${each.quantity} ${each.wmsSku}`).join(', ')}`,
  )

describe('a mapping that changes', () => {
  it('takes back what was planned and not sent, and plans it anew in one step', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    expect(await fulfillmentOrdersOf(world)).toEqual(['1 planned: 2 GC-MUG'])

    await changeMapping(world, { BOX: 3 })
    await world.run('plan')

    expect(await fulfillmentOrdersOf(world)).toEqual(['1 cancelled: 2 GC-MUG', '2 planned: 6 GC-BOX'])
    expect((await world.dossier('1')).order.lines[0]?.resolved).toEqual([{ sku: 'BOX', quantity: 3 }])
    const uncovered = await world.storage.read((stores) => stores.stock.uncovered(['NJ']))
    expect(uncovered).toEqual([{ warehouse: 'NJ', wmsSku: 'GC-BOX', quantity: 6 }])
  })

  it('leaves what was sent as it is: the line keeps the goods and the revision it was sent with', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    await world.run('push')
    const before = (await world.dossier('1')).order.lines

    await changeMapping(world, { BOX: 3 })
    await world.run('plan')

    expect(await fulfillmentOrdersOf(world)).toEqual([expect.stringMatching(/^1 (planned|accepted): 2 GC-MUG$/)])
    expect((await world.dossier('1')).order.lines).toEqual(before)
    expect(before[0]?.mappingRevision).toMatch(/^[0-9a-f]{8}$/)
  })

  it('leaves what was tried and not seen at the warehouse: it may still come up there under its reference', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const [create] = (await world.dossier('1')).effects
    if (create) await world.write((stores) => stores.effects.save({ ...create, attempt: 1, armedAt: world.clock.now() }))

    await changeMapping(world, { BOX: 3 })
    await world.run('plan')

    expect(await fulfillmentOrdersOf(world)).toEqual(['1 planned: 2 GC-MUG'])
  })

  it('leaves orders with other listings as they were decided', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1', { lines: [snapshotLine({ channelSku: 'CH-BOX' })] }))

    await changeMapping(world, { BOX: 3 })
    await world.run('plan')

    expect(await fulfillmentOrdersOf(world)).toEqual(['1 planned: 2 GC-BOX'])
  })

  it('takes back what goes under another code of the warehouse by now', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))

    await world.write(async (stores) => {
      await stores.catalog.saveWarehouseSkus([{ warehouse: 'NJ', sku: asSku('MUG'), wmsSku: asWmsSku('GC-BOX'), unitFactor: 2 }])
      await stores.orders.wakePlan({}, world.clock.now())
    })
    await world.run('plan')

    expect(await fulfillmentOrdersOf(world)).toEqual(['1 cancelled: 2 GC-MUG', '2 planned: 1 GC-BOX'])
  })

  it('changes a bundle that is in it', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))

    await world.write(async (stores) => {
      await stores.catalog.saveBundles([{ sku: asSku('MUG'), components: [{ sku: asSku('BOX'), quantity: 1 }] }])
      await stores.orders.wakePlan({}, world.clock.now())
    })
    await world.run('plan')

    expect(await fulfillmentOrdersOf(world)).toEqual(['1 cancelled: 2 GC-MUG', '2 planned: 2 GC-BOX'])
  })

  it('survives a reading of the platform: the line keeps goods and revision', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const before = (await world.dossier('1')).order.lines

    await world.receive(snapshot('1', { updatedAt: world.clock.now(), tags: ['vip'] }))

    expect((await world.dossier('1')).order.lines).toEqual(before)
  })
})

describe('a mapping that changes under a parcel of several orders', () => {
  it('takes the parcel back as long as it was not sent, and gathers it again', async () => {
    const world = await mergingWorld()
    await merged(world)
    expect(new Set(await referencesOf(world, '1', '2', '3')).size).toBe(1)

    await changeMapping(world, { BOX: 1 })
    await world.run('plan')
    await world.run('plan')
    await world.run('push')

    expect(world.warehouse.created.map((request) => request.lines.map((each) => `${each.quantity} ${each.wmsSku}`))).toEqual([['6 GC-BOX']])
  })
})

describe('a warehouse that names goods as we do', () => {
  const cup = { lines: [snapshotLine({ channelSku: 'CUP' })] }

  it('ships them without a row, and an order that waited goes on once the stock list has them', async () => {
    const world = await testWorld()
    await world.write((stores) => stores.catalog.saveProducts([{ sku: asSku('CUP'), name: 'Cup', cargoClass: 'general' }]))
    await world.receive(snapshot('1', cup))
    expect(await openHoldsOf(world)).toEqual(['unmapped-sku CUP'])

    world.warehouse.stock.push({ ...world.warehouse.stock[0], wmsSku: asWmsSku('CUP'), available: 5 } as never)
    await world.run('stock')
    await world.run('plan')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await fulfillmentOrdersOf(world)).toEqual(['1 planned: 2 CUP'])
  })

  it('gives way to a row that is imported later, as long as nothing was sent', async () => {
    const world = await testWorld({ stock: { CUP: 9, 'GC-MUG': 9 } })
    await world.write((stores) => stores.catalog.saveProducts([{ sku: asSku('CUP'), name: 'Cup', cargoClass: 'general' }]))
    await world.receive(snapshot('1', cup))
    expect(await fulfillmentOrdersOf(world)).toEqual(['1 planned: 2 CUP'])

    await world.write(async (stores) => {
      await stores.catalog.saveWarehouseSkus([{ warehouse: 'NJ', sku: asSku('CUP'), wmsSku: asWmsSku('GC-MUG'), unitFactor: 1 }])
      await stores.orders.wakePlan({}, world.clock.now())
    })
    await world.run('plan')

    expect(await fulfillmentOrdersOf(world)).toEqual(['1 cancelled: 2 CUP', '2 planned: 2 GC-MUG'])
  })
})
