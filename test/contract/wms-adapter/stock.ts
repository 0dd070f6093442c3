import { expect, test } from 'vitest'
import { account, create, openWorld, range, sku, type WmsAdapterHarness } from './world.ts'

export function describeStock(harness: WmsAdapterHarness): void {
  test('reads every page of the stock', async () => {
    const world = openWorld(harness)
    const total = harness.stockPage + 20
    for (const number of range(2, total)) world.warehouse.setStock(account, harness.warehouseCode, `SKU-${number}`, number)
    const rows = []
    let page: string | undefined
    do {
      const answer = await world.adapter.listInventory([harness.warehouseCode], page, world.call)
      expect(answer.rejected).toEqual([])
      rows.push(...answer.levels)
      page = answer.nextPage
    } while (page !== undefined)

    expect(new Set(rows.map(({ wmsSku }) => wmsSku)).size).toBe(total)
    expect(rows.find(({ wmsSku }) => wmsSku === 'SKU-7')).toMatchObject({ warehouseCode: harness.warehouseCode, available: 7 })
  })

  test('counts what an order took as reserved', async () => {
    const world = openWorld(harness)
    await create(world, harness)

    const { levels } = await world.adapter.listInventory([harness.warehouseCode], undefined, world.call)

    expect(levels).toMatchObject([{ wmsSku: sku, available: 998, reserved: 2 }])
  })
}
