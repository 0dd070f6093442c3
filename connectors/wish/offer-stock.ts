import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../core/ports/connector.ts'
import type { WishClient, WishShop } from './client.ts'
import { write } from './confirm-shipment.ts'
import { isSuccess, outcomeOfFailure } from './map-error.ts'

/**
 * Sets the stock of one variation. The shape comes from a published client (github.com/EalenXie/sdk-all, wish-sdk,
 * read 2026-11-22); whether Wish reviews such a change before it shows is not documented.
 */
export async function offerStock(shop: WishShop, client: WishClient, offer: StockOffer, call: CallContext): Promise<WriteOutcome> {
  const warehouse = shop.settings.warehouseId
  if (warehouse === undefined || offer.itemId === undefined) {
    const missing =
      warehouse === undefined ? 'settings.warehouseId of this shop' : `the Wish product id (item_id) of SKU ${offer.channelSku}`
    return { result: 'rejected', code: 'wish-stock-target-missing', message: `to offer stock, enter ${missing}` }
  }
  const body = { variations: [{ sku: offer.channelSku, inventories: [{ warehouse_id: warehouse, inventory: offer.quantity }] }] }
  const itemId = offer.itemId
  const doing = `offering stock of product ${itemId}`
  return write(doing, async () => {
    const answer = await client.putStock(itemId, body, call)
    return isSuccess(answer) ? { result: 'confirmed' } : outcomeOfFailure(answer, { shop: shop.id, doing })
  })
}
