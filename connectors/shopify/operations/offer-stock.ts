import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import { defined } from '../../shared/defined.ts'
import { beforeWriting, outcomesOfEach, rejected } from '../../shared/write-outcome.ts'
import type { ShopifyClient } from '../client.ts'
import { outcomeOfWrite } from '../map-error.ts'
import { numericId } from '../map-order.ts'
import { documents } from './documents.ts'

/**
 * Sets the available quantity of each SKU at one location, one call per offer so that each has its own key.
 * A quantity that changed since it was read is refused (CHANGE_FROM_QUANTITY_STALE), never overwritten.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10/mutations/inventorySetQuantities (read 2026-11-22).
 */
export async function offerStock(client: ShopifyClient, offers: readonly StockOffer[], call: CallContext) {
  return outcomesOfEach(offers, (offer) => offerOne(client, offer, call))
}

async function offerOne(client: ShopifyClient, offer: StockOffer, call: CallContext): Promise<WriteOutcome> {
  const { channelSku, quantity, idempotencyKey: key } = offer
  const place = await beforeWriting(() => findPlace(client, channelSku, call))
  if ('result' in place) return place
  if (place.changeFromQuantity === quantity) return { result: 'confirmed' }
  const input = { name: 'available', reason: 'correction', quantities: [{ ...place, quantity }] }
  try {
    const { data } = await client.request(documents.setQuantities, { input, key }, call)
    const { inventoryAdjustmentGroup, userErrors } = data.inventorySetQuantities
    const [refusal] = userErrors
    if (!refusal) return { result: 'confirmed', ...defined({ remoteId: inventoryAdjustmentGroup?.id }) }
    const { code = 'stock-refused', message } = refusal
    // Another request with this key is still at work; only a read can tell how it ends.
    const result = code === 'IDEMPOTENCY_CONCURRENT_REQUEST' ? 'unknown' : 'rejected'
    return { result, code: `shopify-${code.toLowerCase().replaceAll('_', '-')}`, message }
  } catch (error) {
    return outcomeOfWrite(error, call)
  }
}

/** Where the quantity of a SKU is set, and which one is expected there; or why it cannot be set. */
async function findPlace(client: ShopifyClient, channelSku: string, call: CallContext) {
  const { stockLocation } = client.shop.settings
  const query = `sku:"${channelSku.replace(/["\\]/g, '\\$&')}"`
  const { inventoryItems } = (await client.request(documents.stockedItems, { query }, call)).data
  const [item, ...others] = inventoryItems.nodes.filter(({ sku }) => sku === channelSku)
  if (!item) return rejected('unknown-sku', `Shopify has no item with the SKU ${channelSku}`)
  if (item.tracked === false)
    return rejected('stock-not-tracked', `Shopify does not track the quantity of ${channelSku}; switch it on there`)
  if (others.length > 0) return rejected('sku-not-unique', `several items on Shopify carry the SKU ${channelSku}`)
  const { nodes, pageInfo } = item.inventoryLevels
  const [level, ...elsewhere] = nodes.filter(({ location }) => stockLocation === undefined || numericId(location.id) === stockLocation)
  if (!level) return rejected('not-stocked-at-location', `${channelSku} is not stocked at the location; stock it there on Shopify`)
  if (elsewhere.length > 0 || pageInfo.hasNextPage) {
    return rejected('stock-location-missing', `${channelSku} is stocked at several locations; set stockLocation in the shop's settings`)
  }
  const available = level.quantities.find(({ name }) => name === 'available')
  return { inventoryItemId: item.id, locationId: level.location.id, changeFromQuantity: available?.quantity ?? 0 }
}
