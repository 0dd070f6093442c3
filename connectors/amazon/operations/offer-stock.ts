import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import { parseJson } from '../../shared/parse-json.ts'
import { outcomeOfError, outcomesOfEach } from '../../shared/write-outcome.ts'
import type { AmazonClient } from '../client.ts'
import { readError, readFailure } from '../map-error.ts'
import { listingAnswer } from '../schema.ts'

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
  const { settings } = shop
  const request = {
    operation: 'patchListingsItem',
    sdkOperation: 'listingsItems.patchListingsItem',
    version: '2021-08-01',
    path: { sellerId: settings.sellerId, sku: offer.channelSku },
    query: { marketplaceIds: settings.marketplaceIds.slice(0, 1) },
    body: {
      productType: settings.productType,
      patches: [
        {
          op: 'merge',
          path: '/attributes/fulfillment_availability',
          // DEFAULT is the seller's own stock; channels that begin with AMAZON_ are Amazon's.
          value: [{ fulfillment_channel_code: 'DEFAULT', quantity: offer.quantity }],
        },
      ],
    },
  } as const
  try {
    const response = await send(request, call)
    if (response.status === 429 || response.status === 401 || response.status === 403) {
      throw readError(shop, 'patchListingsItem', response, call.now())
    }
    return stockOutcome(response)
  } catch (error) {
    return outcomeOfError(error, call)
  }
}

/** A 200 is no success by itself: ACCEPTED means that Amazon works on it. */
function stockOutcome(response: HttpResponse): WriteOutcome {
  const answer = listingAnswer.safeParse(parseJson(response.body))
  if (response.status === 200 && answer.success) {
    const { status, submissionId, issues } = answer.data
    const errors = (issues ?? []).filter((issue) => issue.severity === 'ERROR')
    if (status === 'ACCEPTED' && errors.length === 0) return { result: 'accepted', ...(submissionId ? { remoteId: submissionId } : {}) }
    const message = errors.map((issue) => `${issue.code ?? ''} ${issue.message ?? ''}`.trim()).join('; ')
    if (status === 'INVALID' || errors.length > 0)
      return { result: 'rejected', code: 'amazon-listing-invalid', message: message.slice(0, 300) }
  }
  const failure = readFailure(response)
  const message = `${response.status} ${failure.code}: ${failure.message}`
  const isRefusal = failure.code !== '' && [400, 404, 413, 415].includes(response.status)
  return { result: isRefusal ? 'rejected' : 'unknown', code: isRefusal ? 'amazon-stock-refused' : 'amazon-unclear-answer', message }
}
