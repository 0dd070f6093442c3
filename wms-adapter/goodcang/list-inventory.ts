import type { CallContext, RejectedRecord } from '../../core/ports/connector.ts'
import type { StockPage, WmsStockRow } from '../../core/ports/wms-adapter.ts'
import { type GoodcangClient, stockPageSize } from './client.ts'
import { readRows } from './list-changes.ts'
import { mapStock } from './map-snapshot.ts'

const path = 'inventory/get_product_inventory'

/**
 * One page of stock. An empty page before the announced end throws: products that a snapshot does not
 * name count as sold out, so a failure must not look like one.
 */
export async function listInventory(
  client: GoodcangClient,
  warehouseCodes: readonly string[],
  page: string | undefined,
  call: CallContext,
): Promise<StockPage> {
  const number = page === undefined ? 1 : Number(page)
  const { rows, count } = await readRows(client, await client.inventory(warehouseCodes, number, call), path, call)
  const total = count ?? (rows.length < stockPageSize ? (number - 1) * stockPageSize + rows.length : undefined)
  if (total === undefined) throw client.garbled(path, 'a full page without a count', call)
  if (rows.length === 0 && total > (number - 1) * stockPageSize) throw client.garbled(path, 'an empty page before the end', call)
  const levels: WmsStockRow[] = []
  const rejected: RejectedRecord[] = []
  for (const row of rows) {
    const reading = mapStock(row)
    if ('rejected' in reading) rejected.push(reading.rejected)
    else levels.push(reading.value)
  }
  return { levels, rejected, nextPage: number * stockPageSize < total ? String(number + 1) : undefined }
}
