import { SyncError } from '../../../core/errors.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { beforeWriting, outcomeOfError } from '../../shared/write-outcome.ts'
import type { ShopifyClient } from '../client.ts'
import { failedWrite } from '../map-error.ts'
import { type FulfillmentInput, planShipment } from '../map-shipment.ts'
import { answers } from '../schema.ts'
import { documents } from './documents.ts'
import { readWork } from './read-shipments.ts'

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/FulfillmentStatus (read 2026-11-22). */
const doesNotStand = new Set(['ERROR', 'FAILURE', 'CANCELLED'])

/**
 * Reports one package. What already stands on Shopify under its tracking number is not written again, which
 * makes a repeat harmless; fulfillmentCreate itself has no key and ships once more while units remain.
 */
export async function confirmShipment(client: ShopifyClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  const work = await beforeWriting(() => readWork(client, confirmation.platformOrderId, call))
  if (!work) return { result: 'rejected', code: 'order-not-found', message: 'Shopify does not know this order (any more)' }
  const plan = planShipment(work, confirmation)
  if (plan.kind === 'reported') return { result: 'confirmed', remoteId: plan.remoteId }
  if (plan.kind === 'impossible') return { result: 'rejected', code: plan.code, message: plan.message }
  let outcome: WriteOutcome = { result: 'unknown', code: 'shopify-nothing-sent', message: 'no call was made' }
  for (const [index, fulfillment] of plan.calls.entries()) {
    outcome = await createFulfillment(client, fulfillment, call, index > 0)
    if (outcome.result !== 'confirmed') break
  }
  return outcome.result === 'rejected' ? decideByReading(client, confirmation, outcome, call) : outcome
}

/** `isLater`: an earlier call of the same package went through, so a failure may not claim that nothing was executed. */
async function createFulfillment(
  client: ShopifyClient,
  fulfillment: FulfillmentInput,
  call: CallContext,
  isLater: boolean,
): Promise<WriteOutcome> {
  try {
    const answer = await client.request(documents.createFulfillment, { fulfillment }, call)
    const parsed =
      answer.kind === 'graphql' && answer.errors.length === 0 ? answers.fulfillmentCreate.safeParse(answer.data).data : undefined
    const payload = parsed?.fulfillmentCreate
    if (payload?.fulfillment && payload.userErrors.length === 0) return fulfillmentOutcome(payload.fulfillment)
    if (payload && payload.userErrors.length > 0) {
      const message = payload.userErrors.map((error) => error.message).join('; ')
      return { result: 'rejected', code: 'shopify-fulfillment-refused', message }
    }
    return failedWrite(answer, client.place(call))
  } catch (error) {
    if (isLater && error instanceof SyncError) return { result: 'unknown', code: error.code, message: error.message }
    return outcomeOfError(error, call)
  }
}

function fulfillmentOutcome({ id, status }: { readonly id: string; readonly status?: string | undefined }): WriteOutcome {
  if (status !== undefined && doesNotStand.has(status)) {
    return { result: 'rejected', code: 'shopify-fulfillment-failed', message: `Shopify made fulfillment ${id} with the status ${status}` }
  }
  return { result: 'confirmed', remoteId: id }
}

/** A refusal has no code and its wording changes; what stands on the order decides. */
async function decideByReading(
  client: ShopifyClient,
  confirmation: ShipmentConfirmation,
  refusal: WriteOutcome,
  call: CallContext,
): Promise<WriteOutcome> {
  try {
    const work = await readWork(client, confirmation.platformOrderId, call)
    const plan = work && planShipment(work, confirmation)
    return plan?.kind === 'reported' ? { result: 'confirmed', remoteId: plan.remoteId } : refusal
  } catch (error) {
    if (error instanceof SyncError) return { result: 'unknown', code: error.code, message: error.message }
    throw error
  }
}
