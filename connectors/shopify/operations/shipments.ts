import { SyncError } from '../../../core/errors.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation, ShipmentCorrection } from '../../../core/ports/connector.ts'
import { beforeWriting, rejected } from '../../shared/write-outcome.ts'
import type { ShopifyClient, Variables } from '../client.ts'
import { outcomeOfWrite } from '../map-error.ts'
import { mapShipments, planCorrection, planShipment, reportedUnder } from '../map-shipment.ts'
import { stands } from '../mapping/work.ts'
import { type ShopifyWork, workShape } from '../schema.ts'
import { documents } from './documents.ts'
import { completed } from './read.ts'

/**
 * Reports one package. What already stands on Shopify under its tracking number is not written again, which
 * makes a repeat harmless; fulfillmentCreate itself has no key and ships once more while units remain.
 */
export async function confirmShipment(client: ShopifyClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  const work = await beforeWriting(() => readWork(client, confirmation.platformOrderId, call))
  if (!work) return orderNotFound
  const plan = planShipment(work, confirmation)
  if (plan.kind === 'reported') return { result: 'confirmed', remoteId: plan.remoteId }
  if (plan.kind === 'impossible') return rejected(plan.code, plan.message)
  const inputs = plan.calls.map((fulfillment) => ({ fulfillment }))
  const outcome = await writeAll(client, documents.createFulfillment, inputs, call)
  if (outcome.result !== 'rejected') return outcome
  return unknownWhenFailed(async () => {
    // A refusal has no code and its wording changes; what stands on the order decides.
    const after = await readWork(client, confirmation.platformOrderId, call)
    const now = after && planShipment(after, confirmation)
    return now?.kind === 'reported' ? { result: 'confirmed', remoteId: now.remoteId } : outcome
  })
}

/** Replaces a tracking number; the same call twice leaves the same state, and what is right already is not written. */
export async function correctShipment(client: ShopifyClient, correction: ShipmentCorrection, call: CallContext): Promise<WriteOutcome> {
  const work = await beforeWriting(() => readWork(client, correction.platformOrderId, call))
  if (!work) return orderNotFound
  const updates = planCorrection(work, correction)
  if (updates.length > 0) return writeAll(client, documents.updateTracking, updates, call)
  const [right] = reportedUnder(correction.trackingNumber, work)
  if (right) return { result: 'confirmed', remoteId: right.id }
  const message = `Shopify shows no shipment with the number ${correction.replacedTrackingNumber}; enter the new one in its admin`
  return rejected('shipment-not-found', message)
}

const orderNotFound = rejected(
  'order-not-found',
  'Shopify shows no such order: it is deleted, or older than 60 days while the app lacks the scope read_all_orders',
)

type FulfillmentWrite = typeof documents.createFulfillment

/** One after the other, up to the first that does not succeed. */
async function writeAll(client: ShopifyClient, write: FulfillmentWrite, inputs: readonly Variables[], call: CallContext) {
  let outcome: WriteOutcome = { result: 'unknown', code: 'shopify-nothing-sent', message: 'no call was made' }
  for (const [index, input] of inputs.entries()) {
    const one = () => writeOne(client, write, input, call)
    outcome = index === 0 ? await one() : await unknownWhenFailed(one)
    if (outcome.result !== 'confirmed') break
  }
  return outcome
}

async function writeOne(client: ShopifyClient, write: FulfillmentWrite, input: Variables, call: CallContext): Promise<WriteOutcome> {
  try {
    const { data } = await client.request(write, input, call)
    const { fulfillment, userErrors = [] } = data.fulfillmentCreate ?? data.fulfillmentTrackingInfoUpdate ?? {}
    if (userErrors.length > 0) return rejected('shopify-fulfillment-refused', userErrors.map(({ message }) => message).join('; '))
    if (!fulfillment) return { result: 'unknown', code: 'shopify-answer-incomplete', message: 'Shopify gave no fulfillment and no reason' }
    const { id, status = 'SUCCESS' } = fulfillment
    if (stands({ status })) return { result: 'confirmed', remoteId: id }
    return rejected('shopify-fulfillment-failed', `Shopify made fulfillment ${id} with the status ${status}`)
  } catch (error) {
    return outcomeOfWrite(error, call)
  }
}

/** After something was written, no failure may claim that nothing was. */
async function unknownWhenFailed(work: () => Promise<WriteOutcome>): Promise<WriteOutcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SyncError) return { result: 'unknown', code: error.code, message: error.message }
    throw error
  }
}

/** None when Shopify does not know the order. */
export async function readShipments(client: ShopifyClient, id: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  return mapShipments((await readWork(client, id, call))?.fulfillments ?? [])
}

/** What is to be shipped of an order, and what was; undefined when Shopify does not know it. */
async function readWork(client: ShopifyClient, id: string, call: CallContext): Promise<ShopifyWork | undefined> {
  const { work } = (await client.request(documents.orderWork, { id }, call)).data
  return work ? workShape.parse(await completed(client, work, call)) : undefined
}
