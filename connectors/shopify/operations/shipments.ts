import { SyncError } from '../../../core/errors.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation, ShipmentCorrection } from '../../../core/ports/connector.ts'
import { beforeWriting, outcomeOfError } from '../../shared/write-outcome.ts'
import type { ShopifyClient } from '../client.ts'
import { failedWrite } from '../map-error.ts'
import { carries, mapShipments, planCorrection, planShipment, stands } from '../map-shipment.ts'
import { answers, type ShopifyWork, workShape } from '../schema.ts'
import { documents, type Operation } from './documents.ts'
import { fetchNode } from './read.ts'

interface Write {
  readonly operation: Operation
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * Reports one package. What already stands on Shopify under its tracking number is not written again, which
 * makes a repeat harmless; fulfillmentCreate itself has no key and ships once more while units remain.
 */
export async function confirmShipment(client: ShopifyClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  const work = await beforeWriting(() => readWork(client, confirmation.platformOrderId, call))
  if (!work) return orderNotFound
  const plan = planShipment(work, confirmation)
  if (plan.kind === 'reported') return { result: 'confirmed', remoteId: plan.remoteId }
  if (plan.kind === 'impossible') return { result: 'rejected', code: plan.code, message: plan.message }
  const writes = plan.calls.map((fulfillment) => ({ operation: documents.createFulfillment, variables: { fulfillment } }))
  const outcome = await writeAll(client, writes, call)
  return outcome.result === 'rejected' ? decideByReading(client, confirmation, outcome, call) : outcome
}

/** Replaces a tracking number; the same call twice leaves the same state, and what is right already is not written. */
export async function correctShipment(client: ShopifyClient, correction: ShipmentCorrection, call: CallContext): Promise<WriteOutcome> {
  const work = await beforeWriting(() => readWork(client, correction.platformOrderId, call))
  if (!work) return orderNotFound
  const updates = planCorrection(work, correction)
  if (updates.length > 0) {
    return writeAll(
      client,
      updates.map((update) => ({ operation: documents.updateTracking, variables: { ...update } })),
      call,
    )
  }
  const right = work.fulfillments.find((fulfillment) => stands(fulfillment) && carries(fulfillment, correction.trackingNumber))
  if (right) return { result: 'confirmed', remoteId: right.id }
  const message = `Shopify shows no shipment with the number ${correction.replacedTrackingNumber}; enter the new one in its admin`
  return { result: 'rejected', code: 'shipment-not-found', message }
}

const orderNotFound: WriteOutcome = {
  result: 'rejected',
  code: 'order-not-found',
  message: 'Shopify shows no such order: it is deleted, or older than 60 days while the app lacks the scope read_all_orders',
}

/** One after the other, up to the first that does not succeed. */
async function writeAll(client: ShopifyClient, writes: readonly Write[], call: CallContext): Promise<WriteOutcome> {
  let outcome: WriteOutcome = { result: 'unknown', code: 'shopify-nothing-sent', message: 'no call was made' }
  for (const [index, write] of writes.entries()) {
    outcome = await writeOne(client, write, call, index > 0)
    if (outcome.result !== 'confirmed') break
  }
  return outcome
}

/** `isLater`: an earlier call of the same package went through, so a failure may not claim that nothing was executed. */
async function writeOne(
  client: ShopifyClient,
  { operation, variables }: Write,
  call: CallContext,
  isLater: boolean,
): Promise<WriteOutcome> {
  try {
    const answer = await client.request(operation, variables, call)
    const parsed =
      answer.kind === 'graphql' && answer.errors.length === 0 ? answers.fulfillmentWrite.safeParse(answer.data).data : undefined
    const payload = parsed?.fulfillmentCreate ?? parsed?.fulfillmentTrackingInfoUpdate
    if (!payload) return failedWrite(answer, client.place(call))
    const { fulfillment, userErrors } = payload
    if (userErrors.length > 0) {
      return { result: 'rejected', code: 'shopify-fulfillment-refused', message: userErrors.map(({ message }) => message).join('; ') }
    }
    if (!fulfillment) return failedWrite(answer, client.place(call))
    const { id, status = 'SUCCESS' } = fulfillment
    if (stands({ status })) return { result: 'confirmed', remoteId: id }
    return { result: 'rejected', code: 'shopify-fulfillment-failed', message: `Shopify made fulfillment ${id} with the status ${status}` }
  } catch (error) {
    if (isLater && error instanceof SyncError) return { result: 'unknown', code: error.code, message: error.message }
    return outcomeOfError(error, call)
  }
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

/** None when Shopify does not know the order. */
export async function readShipments(
  client: ShopifyClient,
  platformOrderId: string,
  call: CallContext,
): Promise<readonly ReportedShipment[]> {
  return mapShipments((await readWork(client, platformOrderId, call))?.fulfillments ?? [])
}

/** What is to be shipped of an order, and what was; undefined when Shopify does not know it. */
async function readWork(client: ShopifyClient, platformOrderId: string, call: CallContext): Promise<ShopifyWork | undefined> {
  const { node } = await fetchNode(client, documents.orderWork, platformOrderId, call)
  return node === undefined ? undefined : workShape.parse(node)
}
