import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { defined } from '../../shared/defined.ts'
import { parseJson } from '../../shared/parse-json.ts'
import { outcomeOfError, outcomesOfEach } from '../../shared/write-outcome.ts'
import type { AmazonClient } from '../client.ts'
import { failedWrite } from '../map-error.ts'
import { listingAnswer } from '../schema.ts'
import type { AmazonShop } from '../settings.ts'

const operation = 'patchListingsItem'

/**
 * Sets the seller's own quantity of each listing, one outcome per offer in their order. `merge` leaves lead time and
 * restock date alone. The first marketplace is patched: the quantity of a SKU is shared within a region.
 * Source: https://developer-docs.amazon.com/sp-api/docs/merge-a-listing (read 2026-11-22).
 */
export async function offerStock(client: AmazonClient, offers: readonly StockOffer[], call: CallContext): Promise<readonly WriteOutcome[]> {
  call.signal.throwIfAborted()
  return outcomesOfEach(offers, (offer) => offerOne(client, offer, call))
}

async function offerOne({ shop, send }: AmazonClient, offer: StockOffer, call: CallContext): Promise<WriteOutcome> {
  if (offer.channelSku === '') return { result: 'rejected', code: 'amazon-sku-missing', message: 'the listing carries no seller SKU' }
  const { sellerId, marketplaceIds, productType } = shop.settings
  // DEFAULT is the seller's own stock; channels that begin with AMAZON_ are Amazon's.
  const value = [{ fulfillment_channel_code: 'DEFAULT', quantity: offer.quantity }]
  const request = {
    operation,
    sdkOperation: `listingsItems.${operation}`,
    version: '2021-08-01',
    path: { sellerId, sku: offer.channelSku },
    query: { marketplaceIds: marketplaceIds.slice(0, 1) },
    body: { productType, patches: [{ op: 'merge', path: '/attributes/fulfillment_availability', value }] },
  } as const
  try {
    return stockOutcome(shop, await send(request, call), call.now())
  } catch (error) {
    return outcomeOfError(error, call)
  }
}

/** A 200 is no success by itself: ACCEPTED means that Amazon works on it. */
function stockOutcome(shop: AmazonShop, response: HttpResponse, now: Instant): WriteOutcome {
  const listing = response.status === 200 ? listingAnswer.safeParse(parseJson(response.body)).data : undefined
  const errors = (listing?.issues ?? []).filter((issue) => issue.severity === 'ERROR')
  if (listing?.status === 'INVALID' || errors.length > 0) {
    const message = errors.map(({ code, message: text }) => [code, text].filter(Boolean).join(' ')).join('; ')
    return { result: 'rejected', code: 'amazon-listing-invalid', message: message.slice(0, 300) }
  }
  if (listing?.status === 'ACCEPTED') return { result: 'accepted', ...defined({ remoteId: listing.submissionId }) }
  return failedWrite(shop, operation, response, now)
}
