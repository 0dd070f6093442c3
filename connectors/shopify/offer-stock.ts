import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../core/ports/connector.ts'
import type { ShopifyClient } from './client.ts'
import { failedWrite } from './map-error.ts'
import { numericId } from './map-order.ts'
import { operations } from './operations.ts'
import { read } from './read-orders.ts'
import { answers } from './schema.ts'
import type { ShopifySettings } from './settings.ts'

interface StockPlace {
  readonly inventoryItemId: string
  readonly locationId: string
  readonly quantity: number
}

/**
 * Sets the available quantity of each SKU at one location, one call per offer so that each has its own key.
 * A quantity that changed since it was read is refused (CHANGE_FROM_QUANTITY_STALE), never overwritten.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10/mutations/inventorySetQuantities (read 2026-11-22).
 */
export async function offerStock(
  client: ShopifyClient,
  settings: ShopifySettings,
  offers: readonly StockOffer[],
  call: CallContext,
): Promise<readonly WriteOutcome[]> {
  const outcomes: WriteOutcome[] = []
  for (const offer of offers) {
    try {
      outcomes.push(await offerOne(client, settings, offer, call))
    } catch (error) {
      // What an earlier offer of the batch achieved must not be lost with a later one.
      if (outcomes.length === 0 || !(error instanceof SyncError)) throw error
      outcomes.push({ result: 'unknown', code: error.code, message: error.message })
    }
  }
  return outcomes
}

async function offerOne(client: ShopifyClient, settings: ShopifySettings, offer: StockOffer, call: CallContext): Promise<WriteOutcome> {
  const place = await findPlace(client, settings, offer.channelSku, call)
  if ('result' in place) return place
  if (place.quantity === offer.quantity) return { result: 'confirmed' }
  const input = {
    name: 'available',
    reason: 'correction',
    quantities: [
      {
        inventoryItemId: place.inventoryItemId,
        locationId: place.locationId,
        quantity: offer.quantity,
        changeFromQuantity: place.quantity,
      },
    ],
  }
  try {
    const answer = await client.request(operations.setQuantities, { input, key: offer.idempotencyKey }, call)
    const parsed = answer.kind === 'graphql' && answer.errors.length === 0 ? answers.setQuantities.safeParse(answer.data).data : undefined
    const payload = parsed?.inventorySetQuantities
    if (!payload) return failedWrite(answer, client.place(call))
    const [refusal] = payload.userErrors
    if (!refusal)
      return { result: 'confirmed', ...(payload.inventoryAdjustmentGroup ? { remoteId: payload.inventoryAdjustmentGroup.id } : {}) }
    // Another request with this key is still at work; only a read can tell how it ends.
    if (refusal.code === 'IDEMPOTENCY_CONCURRENT_REQUEST') return { result: 'unknown', code: kebab(refusal.code), message: refusal.message }
    return { result: 'rejected', code: kebab(refusal.code), message: refusal.message }
  } catch (error) {
    const isCertain = !(error instanceof SyncError) || error.kind === 'auth' || error.kind === 'rate-limit' || error.notSent
    if (isCertain) throw error
    return { result: 'unknown', code: error.code, message: error.message }
  }
}

async function findPlace(
  client: ShopifyClient,
  settings: ShopifySettings,
  channelSku: string,
  call: CallContext,
): Promise<StockPlace | WriteOutcome> {
  const quoted = channelSku.replace(/["\\]/g, '\\$&')
  const { data } = await read(client, operations.stockedItems, { query: `sku:"${quoted}"` }, answers.stockedItems, call)
  const items = data.inventoryItems.nodes.filter((item) => item.sku === channelSku)
  const [item] = items
  if (!item) return rejected('unknown-sku', `Shopify has no item with the SKU ${channelSku}`)
  if (items.length > 1) return rejected('sku-not-unique', `several items on Shopify carry the SKU ${channelSku}`)
  const levels = item.inventoryLevels.nodes.filter(
    (level) => settings.stockLocation === undefined || numericId(level.location.id) === settings.stockLocation,
  )
  const [level] = levels
  if (!level) return rejected('not-stocked-at-location', `${channelSku} is not stocked at the location; stock it there on Shopify`)
  if (levels.length > 1 || item.inventoryLevels.pageInfo.hasNextPage) {
    return rejected('stock-location-missing', `${channelSku} is stocked at several locations; set stockLocation in the shop's settings`)
  }
  const quantity = level.quantities.find((one) => one.name === 'available')?.quantity ?? 0
  return { inventoryItemId: item.id, locationId: level.location.id, quantity }
}

function rejected(code: string, message: string): WriteOutcome {
  return { result: 'rejected', code, message }
}

function kebab(code: string | undefined): string {
  return `shopify-${(code ?? 'stock-refused').toLowerCase().replaceAll('_', '-')}`
}
