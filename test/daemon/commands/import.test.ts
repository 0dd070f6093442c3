import { describe, expect, it } from 'vitest'
import type { CatalogKind } from '../../../daemon/catalog-files.ts'
import { importCatalog } from '../../../daemon/commands/import.ts'
import type { Runtime } from '../../../daemon/compose.ts'
import { snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'

const mappings = (...rows: readonly string[]): string => ['platform,shop,channel_sku,item_id,variant_id,sku,quantity', ...rows].join('\n')

function importing(world: TestWorld, kind: CatalogKind, text: string): Promise<unknown> {
  const runtime = { world, accounts: () => ['default'] } as unknown as Runtime
  return importCatalog(runtime, { kind, file: `${kind}.csv`, text }, new AbortController().signal)
}

/** Which orders the plan lane has to look at. */
async function due(world: TestWorld): Promise<readonly string[]> {
  const orders = await world.storage.read((stores) => stores.orders.dueForPlan('default', world.clock.now(), 100))
  return orders.map((order) => order.platformOrderId).sort()
}

const listing = (channelSku: string) => ({ lines: [snapshotLine({ channelSku })] })

describe('an import', () => {
  it('lets every order be decided that waits for it or was not sent yet, and no other', async () => {
    const world = await testWorld()
    await world.receive(snapshot('sent', listing('CH-MUG')))
    await world.run('push')
    await world.receive(
      snapshot('waits', listing('CH-NEW')),
      snapshot('planned', listing('CH-BOX')),
      snapshot('cancelled', { ...listing('CH-NEW'), status: 'cancelled' }),
      snapshot('elsewhere', { ...listing('CH-NEW'), ignoredReason: 'digital' }),
    )
    await world.run('track')
    expect(await due(world)).toEqual([])

    await importing(world, 'sku-mappings', mappings(',,CH-NEW,,,MUG,1'))

    expect(await due(world)).toEqual(['planned', 'waits'])
    await world.run('plan')
    expect((await world.dossier('waits')).fulfillmentOrders).toHaveLength(1)
    expect((await world.dossier('planned')).fulfillmentOrders).toHaveLength(1)
    expect((await world.dossier('sent')).fulfillmentOrders).toHaveLength(1)
  })

  it('that changes nothing wakes nothing', async () => {
    const world = await testWorld()
    await world.receive(snapshot('planned', listing('CH-BOX')))

    const counts = await importing(world, 'sku-mappings', mappings(',,CH-BOX,,,BOX,1'))

    expect(counts).toEqual({ rows: 1, added: 0, changed: 0, same: 1 })
    expect(await due(world)).toEqual([])
  })

  it('of a bundle ends the wait of a listing that carries its SKU', async () => {
    const world = await testWorld()
    await world.receive(snapshot('waits', listing('CH-NEW')))

    await importing(world, 'bundles', 'bundle_sku,component_sku,quantity,value_share\nCH-NEW,MUG,2,\n')
    await world.run('plan')

    expect((await world.dossier('waits')).order.lines[0]?.resolved).toEqual([{ sku: 'MUG', quantity: 2 }])
  })
})
