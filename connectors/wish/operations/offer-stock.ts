import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import { outcomesOfEach } from '../../shared/write-outcome.ts'
import type { WishClient } from '../client.ts'

/**
 * Sets the stock of one variation after the other. The shape comes from a published client (github.com/EalenXie/sdk-all, wish-sdk,
 * read 2026-11-22); whether Wish reviews such a change before it shows is not documented.
 */
export async function offerStock(client: WishClient, offers: readonly StockOffer[], call: CallContext): Promise<readonly WriteOutcome[]> {
  const warehouse = client.shop.settings.warehouseId
  return outcomesOfEach(offers, async ({ channelSku, itemId, quantity }) => {
    if (warehouse === undefined || itemId === undefined) {
      const missing = warehouse === undefined ? 'settings.warehouseId of this shop' : `the Wish product id (item_id) of SKU ${channelSku}`
      return { result: 'rejected', code: 'wish-stock-target-missing', message: `to offer stock, enter ${missing}` }
    }
    const body = { variations: [{ sku: channelSku, inventories: [{ warehouse_id: warehouse, inventory: quantity }] }] }
    const written = await client.putStock(itemId, body, call)
    return written.result === 'done' ? { result: 'confirmed' } : written
  })
}
