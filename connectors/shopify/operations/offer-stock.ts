import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import { defined } from '../../shared/defined.ts'
import { outcomeOfError, outcomesOfEach } from '../../shared/write-outcome.ts'
import type { ShopifyClient } from '../client.ts'
import { failedWrite } from '../map-error.ts'
import { numericId } from '../map-order.ts'
import { answers } from '../schema.ts'
import { documents } from './documents.ts'
import { read } from './read.ts'

/** Where a quantity is set, and which one is expected there. */
interface StockPlace {
  readonly inventoryItemId: string
  readonly locationId: string
  readonly changeFromQuantity: number
}

/**
 * Sets the available quantity of each SKU at one location, one call per offer so that each has its own key.
 * A quantity that changed since it was read is refused (CHANGE_FROM_QUANTITY_STALE), never overwritten.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10/mutations/inventorySetQuantities (read 2026-11-22).
 */
export async function offerStock(
  client: ShopifyClient,
  offers: readonly StockOffer[],
  call: CallContext,
): Promise<readonly WriteOutcome[]> {
  return outcomesOfEach(offers, (offer) => offerOne(client, offer, call))
}

async function offerOne(client: ShopifyClient, offer: StockOffer, call: CallContext): Promise<WriteOutcome> {
  const place = await findPlace(client, offer.channelSku, call)
  if ('result' in place) return place
  const { quantity, idempotencyKey: key } = offer
  if (place.changeFromQuantity === quantity) return { result: 'confirmed' }
  const input = { name: 'available', reason: 'correction', quantities: [{ ...place, quantity }] }
  try {
    const answer = await client.request(documents.setQuantities, { input, key }, call)
    const parsed = answer.kind === 'graphql' && answer.errors.length === 0 ? answers.setQuantities.safeParse(answer.data).data : undefined
    const payload = parsed?.inventorySetQuantities
    if (!payload) return failedWrite(answer, client.place(call))
    const [refusal] = payload.userErrors
    if (!refusal) return { result: 'confirmed', ...defined({ remoteId: payload.inventoryAdjustmentGroup?.id }) }
    const { code = 'stock-refused', message } = refusal
    // Another request with this key is still at work; only a read can tell how it ends.
    const result = code === 'IDEMPOTENCY_CONCURRENT_REQUEST' ? 'unknown' : 'rejected'
    return { result, code: `shopify-${code.toLowerCase().replaceAll('_', '-')}`, message }
  } catch (error) {
    return outcomeOfError(error, call)
  }
}

async function findPlace(client: ShopifyClient, channelSku: string, call: CallContext): Promise<StockPlace | WriteOutcome> {
  const { stockLocation } = client.shop.settings
  const quoted = channelSku.replace(/["\\]/g, '\\$&')
  const { data } = await read(client, documents.stockedItems, { query: `sku:"${quoted}"` }, answers.stockedItems, call)
  const items = data.inventoryItems.nodes.filter((item) => item.sku === channelSku)
  const [item] = items
  if (!item) return rejected('unknown-sku', `Shopify has no item with the SKU ${channelSku}`)
  if (item.tracked === false)
    return rejected('stock-not-tracked', `Shopify does not track the quantity of ${channelSku}; switch it on there`)
  if (items.length > 1) return rejected('sku-not-unique', `several items on Shopify carry the SKU ${channelSku}`)
  const levels = item.inventoryLevels.nodes.filter((level) => stockLocation === undefined || numericId(level.location.id) === stockLocation)
  const [level] = levels
  if (!level) return rejected('not-stocked-at-location', `${channelSku} is not stocked at the location; stock it there on Shopify`)
  if (levels.length > 1 || item.inventoryLevels.pageInfo.hasNextPage) {
    return rejected('stock-location-missing', `${channelSku} is stocked at several locations; set stockLocation in the shop's settings`)
  }
  const changeFromQuantity = level.quantities.find((one) => one.name === 'available')?.quantity ?? 0
  return { inventoryItemId: item.id, locationId: level.location.id, changeFromQuantity }
}

function rejected(code: string, message: string): WriteOutcome {
  return { result: 'rejected', code, message }
}
