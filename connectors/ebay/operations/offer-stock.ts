import { SyncError } from '../../../core/errors.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, StockOffer } from '../../../core/ports/connector.ts'
import { outcomeOfError } from '../../shared/write-outcome.ts'
import type { EbayClient } from '../client.ts'
import { isRefusedAccess, readFailure, refusalsOf } from '../map-error.ts'
import { type EbayStockEntry, stockAnswerSchema } from '../schema.ts'

/** Entries of one call. Source: Inventory API 1.18.4, bulkUpdatePriceQuantity (read 2026-11-22). */
const entriesPerCall = 25

/**
 * Sets the quantities of inventory items, absolute values, 25 a call; outcomes in the order of the offers.
 * Works only for listings made with the Inventory API: others are refused by eBay. A listing takes 250
 * revisions a day. A SKU may stand once among the offers.
 */
export async function offerStock(client: EbayClient, offers: readonly StockOffer[], call: CallContext): Promise<readonly WriteOutcome[]> {
  const outcomes: WriteOutcome[] = []
  while (outcomes.length < offers.length) {
    const batch = offers.slice(outcomes.length, outcomes.length + entriesPerCall)
    try {
      outcomes.push(...(await offerBatch(client, batch, call)))
    } catch (error) {
      // What earlier calls achieved is not lost with a later one.
      if (outcomes.length === 0 || !(error instanceof SyncError)) throw error
      const { code, message } = error
      outcomes.push(...batch.map((): WriteOutcome => ({ result: 'unknown', code, message })))
    }
  }
  return outcomes
}

async function offerBatch(client: EbayClient, offers: readonly StockOffer[], call: CallContext): Promise<readonly WriteOutcome[]> {
  const requests = offers.map((offer) => ({ sku: offer.channelSku, shipToLocationAvailability: { quantity: offer.quantity } }))
  try {
    const answer = await client.updateStock(requests, call)
    if (isRefusedAccess(answer)) throw readFailure(answer, client.subject('offer stock'), call.now())
    const [refusal] = refusalsOf(answer)
    if (answer.status === 400 && refusal) return offers.map(() => refused(refusal.errorId, refusal.message))
    const body = stockAnswerSchema.safeParse(answer.json)
    if (!body.success || ![200, 207].includes(answer.status)) {
      return offers.map(() => ({ result: 'unknown', code: 'ebay-outcome-unknown', message: `eBay answered ${answer.status}` }))
    }
    return offers.map((offer) => entryOutcome(body.data.responses.find((response) => response.sku === offer.channelSku)))
  } catch (error) {
    const outcome = outcomeOfError(error, call)
    return offers.map(() => outcome)
  }
}

function entryOutcome(entry: EbayStockEntry | undefined): WriteOutcome {
  if (!entry) return { result: 'unknown', code: 'ebay-outcome-unknown', message: 'eBay did not answer for this SKU' }
  if (entry.statusCode === 200) return { result: 'confirmed' }
  const [error] = entry.errors
  if (entry.statusCode >= 400 && entry.statusCode < 500 && error) return refused(error.errorId, error.longMessage ?? error.message ?? '')
  return { result: 'unknown', code: 'ebay-outcome-unknown', message: `eBay answered ${entry.statusCode} for this SKU` }
}

function refused(errorId: number, message: string): WriteOutcome {
  return { result: 'rejected', code: 'ebay-stock-refused', message: `${message.slice(0, 200)} (${errorId})` }
}
