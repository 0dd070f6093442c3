import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import { outcomeOfError, outcomesOfEach } from '../../shared/write-outcome.ts'
import type { WishClient } from '../client.ts'
import { isSuccess, outcomeOfFailure } from '../map-error.ts'

/**
 * Sets the stock of one variation after the other. The shape comes from a published client (github.com/EalenXie/sdk-all, wish-sdk,
 * read 2026-11-22); whether Wish reviews such a change before it shows is not documented.
 */
export async function offerStock(client: WishClient, offers: readonly StockOffer[], call: CallContext): Promise<readonly WriteOutcome[]> {
  return outcomesOfEach(offers, (offer) => offerOne(client, offer, call))
}

async function offerOne(client: WishClient, offer: StockOffer, call: CallContext): Promise<WriteOutcome> {
  const warehouse = client.shop.settings.warehouseId
  if (warehouse === undefined || offer.itemId === undefined) {
    const missing =
      warehouse === undefined ? 'settings.warehouseId of this shop' : `the Wish product id (item_id) of SKU ${offer.channelSku}`
    return { result: 'rejected', code: 'wish-stock-target-missing', message: `to offer stock, enter ${missing}` }
  }
  const body = { variations: [{ sku: offer.channelSku, inventories: [{ warehouse_id: warehouse, inventory: offer.quantity }] }] }
  try {
    const answer = await client.putStock(offer.itemId, body, call)
    if (isSuccess(answer)) return { result: 'confirmed' }
    return outcomeOfFailure(answer, client.by(`offering stock of product ${offer.itemId}`))
  } catch (error) {
    return outcomeOfError(error, call)
  }
}
