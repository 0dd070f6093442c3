import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import { outcomeOfError, outcomesOfBatches } from '../../shared/write-outcome.ts'
import type { EbayClient } from '../client.ts'
import { checkAccess, type EbayAnswer, type Refusal, refusalsOf, unknownOutcome } from '../map-error.ts'
import { stockAnswerSchema } from '../schema.ts'

/** Entries of one call. Source: Inventory API 1.18.4, bulkUpdatePriceQuantity (read 2026-11-22). */
const entriesPerCall = 25

/**
 * Sets the quantities of inventory items, absolute values, 25 a call; outcomes in the order of the offers.
 * Works only for listings made with the Inventory API: others are refused by eBay. A listing takes 250
 * revisions a day. A SKU may stand once among the offers.
 */
export async function offerStock(client: EbayClient, offers: readonly StockOffer[], call: CallContext): Promise<readonly WriteOutcome[]> {
  return outcomesOfBatches(offers, entriesPerCall, async (batch) => {
    const requests = batch.map((offer) => ({ sku: offer.channelSku, shipToLocationAvailability: { quantity: offer.quantity } }))
    try {
      const answer = await client.updateStock(requests, call)
      return requests.map(({ sku }) => stockOutcome(answer, sku))
    } catch (error) {
      const outcome = outcomeOfError(error, call)
      return requests.map(() => outcome)
    }
  })
}

function stockOutcome(answer: EbayAnswer, sku: string): WriteOutcome {
  checkAccess(answer)
  const [refusal] = refusalsOf(answer)
  if (answer.status === 400 && refusal) return refused(refusal)
  const body = [200, 207].includes(answer.status) ? stockAnswerSchema.safeParse(answer.json).data : undefined
  if (!body) return unknownOutcome(answer)
  const entry = body.responses.find((response) => response.sku === sku)
  if (entry?.statusCode === 200) return { result: 'confirmed' }
  const [error] = entry?.errors ?? []
  if (entry && entry.statusCode >= 400 && entry.statusCode < 500 && error) return refused(error)
  const said = entry ? `eBay answered ${entry.statusCode} for this SKU` : 'eBay did not answer for this SKU'
  return { result: 'unknown', code: 'ebay-outcome-unknown', message: said }
}

function refused({ errorId, message }: Refusal): WriteOutcome {
  return { result: 'rejected', code: 'ebay-stock-refused', message: `${message} (${errorId})` }
}
