import { SyncError } from '../../../core/errors.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { suggestion } from '../../../core/value/spelling.ts'
import { readOne } from '../../shared/read-records.ts'
import { beforeWriting, outcomeOfError } from '../../shared/write-outcome.ts'
import type { WishClient } from '../client.ts'
import { isSuccess, outcomeOfFailure } from '../map-error.ts'
import { nextStep, outcomeOfTracking, reportedShipments, trackingRequest, wishTrackingNumber } from '../map-shipment.ts'
import { type WishOrder, wishOrder } from '../schema.ts'

type Refusal = Extract<WriteOutcome, { readonly result: 'rejected' }>

/** Reports one package: looks at the order first, because Wish keeps no key and a repeat changes the tracking. */
export async function confirmShipment(client: WishClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  const id = confirmation.platformOrderId
  const trackingNumber = wishTrackingNumber(confirmation.trackingNumber)
  if (trackingNumber === undefined) {
    return { result: 'rejected', code: 'wish-tracking-number-invalid', message: 'Wish takes tracking numbers of letters and digits only' }
  }
  const before = await beforeWriting(() => orderOf(client, id, call))
  if (before === undefined) {
    const message = `Wish does not know order ${id} (any more): look for it in the Wish dashboard`
    return { result: 'rejected', code: 'wish-order-unknown', message }
  }
  const next = nextStep(before, trackingNumber)
  if (next === 'busy') {
    throw new SyncError('transient', `Wish is still working on a change of order ${id}; its tracking number is sent afterwards`, {
      code: 'wish-order-busy',
      context: { order: id },
      notSent: true,
    })
  }
  if (next !== 'send') return next
  try {
    const answer = await client.putTracking(id, trackingRequest(confirmation, trackingNumber), call)
    if (isSuccess(answer)) return outcomeOfTracking(wishOrder.safeParse(answer.exactData).data, trackingNumber, before)
    const failure = outcomeOfFailure(answer, client.by(`shipping order ${id}`))
    return failure.result === 'rejected' ? await withCarrier(failure, confirmation.carrierWord, client, call) : failure
  } catch (error) {
    return outcomeOfError(error, call)
  }
}

/** A carrier that Wish does not list is the usual cause of a refusal, and Wish's own words may not say so. */
async function withCarrier(refusal: Refusal, carrier: string, client: WishClient, call: CallContext): Promise<WriteOutcome> {
  try {
    const carriers = await client.carriers(call)
    if (carriers.length === 0 || carriers.includes(carrier)) return refusal
    const message = `${refusal.message}; Wish has no carrier "${carrier}"${suggestion(carrier, carriers)}: correct it in carriers.yaml`
    return { result: 'rejected', code: 'wish-carrier-unknown', message }
  } catch (error) {
    call.log.warn('the carriers of Wish could not be compared', { shop: client.shop.id, error: String(error) })
    return refusal
  }
}

/** None when Wish does not know the order. */
export async function readShipments(client: WishClient, id: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  const order = await orderOf(client, id, call)
  return order === undefined ? [] : reportedShipments(order)
}

/** Undefined when Wish does not know the order. */
async function orderOf(client: WishClient, id: string, call: CallContext): Promise<WishOrder | undefined> {
  const record = await client.getOrder(id, call)
  return record && readOne('Wish', id, () => wishOrder.parse(record.exact))
}
