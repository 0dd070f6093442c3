import { SyncError } from '../errors.ts'
import type { HoldReason } from '../model/hold.ts'
import type { StockLevel } from '../model/stock.ts'
import type { Warehouse } from '../model/warehouse.ts'
import type { WmsStockRow } from '../ports/wms-adapter.ts'
import type { Instant } from '../value/instant.ts'
import type { Lane, World } from '../world.ts'

/**
 * Takes a snapshot of what the warehouses of an account have. Only a snapshot that was read to its last
 * page counts; orders that waited for what has come in are decided again.
 */
export const stock: Lane = async (world, accountId, signal) => {
  const { adapter, call } = world.wmsAccount(accountId)
  const warehouses = world.operations().warehouses.filter((warehouse) => warehouse.account === accountId)
  // The figures may be older than the answer: only what was accepted before we asked is surely contained.
  const asOf = world.clock.now()
  const rows: WmsStockRow[] = []
  let page: string | undefined
  do {
    const answer = await adapter.listInventory(
      warehouses.map((warehouse) => warehouse.wmsCode),
      page,
      call(signal),
    )
    rows.push(...answer.levels)
    for (const record of answer.rejected) world.log.warn('a stock row could not be read', { account: accountId, reason: record.reason })
    if (answer.nextPage !== undefined && answer.nextPage === page) {
      throw new SyncError('transient', `warehouse account ${accountId} lists the same page of its stock again and again`, {
        code: 'cursor-does-not-move',
      })
    }
    page = answer.nextPage
  } while (page !== undefined)
  const counts = { warehouses: 0, products: rows.length, increased: 0 }
  for (const warehouse of warehouses) {
    counts.warehouses += 1
    counts.increased += await saveWarehouse(world, warehouse, rows, asOf)
  }
  return { counts, more: false }
}

/** A code that is new in the list may be that of goods without a row in warehouse-skus.csv. */
const endedByStock: readonly HoldReason[] = ['out-of-stock', 'split-not-allowed', 'unmapped-sku']

async function saveWarehouse(world: World, warehouse: Warehouse, rows: readonly WmsStockRow[], asOf: Instant): Promise<number> {
  const levels = rows.filter((row) => row.warehouseCode === warehouse.wmsCode).map((row) => levelOf(row, warehouse, asOf))
  const { increased, woken } = await world.storage.write(async (stores) => {
    const snapshot = await stores.stock.saveSnapshot(warehouse.code, levels, asOf)
    const count = snapshot.increased.length === 0 ? 0 : await stores.orders.wakePlan({ holdReasons: endedByStock }, asOf)
    return { increased: snapshot.increased.length, woken: count }
  })
  if (woken > 0) for (const shop of world.operations().shops) world.wake('plan', shop.clientId)
  return increased
}

function levelOf(row: WmsStockRow, warehouse: Warehouse, asOf: Instant): StockLevel {
  const { wmsSku, available, reserved, pendingPutaway, inTransit, defective } = row
  return { warehouse: warehouse.code, wmsSku, available, reserved, pendingPutaway, inTransit, defective, asOf }
}
