import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { OutboundRequest, OutboundSnapshot } from '../../core/ports/wms-adapter.ts'
import type { GoodcangClient } from './client.ts'
import { findByCode, findByReference } from './find-order.ts'
import { type Answer, outcomeOfFailedWrite, saysTaken, withoutPersonalData } from './map-error.ts'
import { buildCreateOrder, checkOutbound } from './map-outbound.ts'
import { type Envelope, orderCodeSchema } from './schema.ts'

/**
 * Creates and approves an order. A refusal is believed only after a look-up shows that the reference does not
 * exist, and only if it does not say that it does: duplicates are refused too, and no text is documented.
 */
export async function createOrder(client: GoodcangClient, request: OutboundRequest, call: CallContext): Promise<WriteOutcome> {
  const [problem] = checkOutbound(request)
  if (problem) return { result: 'rejected', code: 'validation', message: problem.message }
  const answer = await tryWrite(() => client.createOrder(buildCreateOrder(request), call), call)
  if ('result' in answer) return answer
  if (answer.ask === 'success') return createdOutcome(answer.envelope)
  const found = await lookUp(() => findByReference(client, request.reference, call))
  if (found === 'unproven') return unknown('wms-refusal-unproven', 'the order was refused and a look-up by reference did not succeed')
  if (found) return unknown('reference-exists', `the warehouse has an order with reference ${request.reference}: ${found.wmsOrderNo}`)
  const said = withoutPersonalData(answer.message, personalTexts(request))
  // An order that no look-up shows yet may have it.
  return saysTaken(answer) ? unknown('reference-exists', said) : { result: 'rejected', code: 'wms-refused', message: said }
}

/** As the order has it and as it was sent; country and state would hit codes of warehouses and services. */
function personalTexts(request: OutboundRequest): readonly (string | undefined)[] {
  const { name, company, phone, email, line1, line2, line3, district, postcode } = request.shipTo
  const sent = buildCreateOrder(request)
  const words = [name, sent.name, sent.last_name].flatMap((text) => [text, ...(text ?? '').split(/\s+/)])
  return [...words, company, phone, sent.phone, email, line1, line2, line3, sent.address1, sent.address2, district, postcode]
}

function createdOutcome(envelope: Envelope): WriteOutcome {
  const orderCode = envelope.order_code ?? inData(envelope)?.order_code
  return orderCode
    ? { result: 'confirmed', remoteId: orderCode }
    : unknown('order-code-missing', 'the warehouse answered Success without an order_code')
}

/**
 * cancel_status: 1 under way, 2 done, 3 failed; 4 done without a refund is documented for the same software at
 * other warehouses (read 2026-11-24). What the answer leaves open is decided by reading the order.
 */
export async function cancelOrder(
  client: GoodcangClient,
  order: { readonly reference: string; readonly wmsOrderNo: string },
  reason: string,
  call: CallContext,
): Promise<WriteOutcome> {
  const answer = await tryWrite(() => client.cancelOrder(order.wmsOrderNo, reason, call), call)
  if ('result' in answer) return answer
  const cancelStatus = answer.envelope.cancel_status ?? inData(answer.envelope)?.cancel_status
  const confirmed: WriteOutcome = { result: 'confirmed', remoteId: order.wmsOrderNo }
  if (answer.ask === 'success') {
    if (cancelStatus === '2' || cancelStatus === '4') return confirmed
    if (cancelStatus === '1') return { result: 'accepted', remoteId: order.wmsOrderNo }
    if (cancelStatus === '3') return notCancellable(order.wmsOrderNo)
  }
  const found = await lookUp(() => findByCode(client, order.wmsOrderNo, call))
  if (found === 'unproven' || !found)
    return unknown('wms-cancel-unproven', `what became of cancelling ${order.wmsOrderNo} could not be read`)
  if (found.status === 'cancelled') return confirmed
  if (answer.ask === 'refused' || found.status === 'shipped') return notCancellable(order.wmsOrderNo)
  return unknown('cancel-status-unknown', `the warehouse answered Success for ${order.wmsOrderNo} without a cancel_status that is known`)
}

function notCancellable(orderCode: string): WriteOutcome {
  return { result: 'rejected', code: 'not-cancellable', message: `the warehouse could not stop ${orderCode}` }
}

async function tryWrite(write: () => Promise<Answer>, call: CallContext): Promise<Answer | WriteOutcome> {
  try {
    return await write()
  } catch (error) {
    return outcomeOfFailedWrite(error, call.signal)
  }
}

/** A look-up after a refused write. Refused access is thrown on: then the write was not executed either. */
async function lookUp(find: () => Promise<OutboundSnapshot | undefined>): Promise<OutboundSnapshot | undefined | 'unproven'> {
  try {
    return await find()
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind === 'auth') throw error
    return 'unproven'
  }
}

function inData(envelope: Envelope) {
  return orderCodeSchema.safeParse(envelope.data).data
}

function unknown(code: string, message: string): WriteOutcome {
  return { result: 'unknown', code, message }
}
