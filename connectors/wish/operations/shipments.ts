import { SyncError } from '../../../core/errors.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { suggestion } from '../../../core/value/spelling.ts'
import { beforeWriting } from '../../shared/write-outcome.ts'
import type { WishClient } from '../client.ts'
import { nextStep, outcomeOfTracking, reportedShipments, trackingRequest, wishTrackingNumber } from '../map-shipment.ts'
import { type WishOrder, type WishRecord, wishOrder } from '../schema.ts'

type Refusal = Extract<WriteOutcome, { readonly result: 'rejected' }>

/** Reports one package: looks at the order first, because Wish keeps no key and a repeat changes the tracking. */
export async function confirmShipment(client: WishClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  const id = confirmation.platformOrderId
  const trackingNumber = wishTrackingNumber(confirmation.trackingNumber)
  if (trackingNumber === undefined) {
    return { result: 'rejected', code: 'wish-tracking-number-invalid', message: 'Wish takes tracking numbers of letters and digits only' }
  }
  const before = await beforeWriting(() => client.getOrder(id, parsed, call))
  if (before === undefined) {
    const message = `Wish does not know order ${id} (any more): look for it in the Wish dashboard`
    return { result: 'rejected', code: 'wish-order-unknown', message }
  }
  const next = nextStep(before, trackingNumber)
  if (next === 'busy') {
    const message = `Wish is still working on a change of order ${id}; its tracking number is sent afterwards`
    throw new SyncError('transient', message, { code: 'wish-order-busy', context: { order: id }, notSent: true })
  }
  if (next !== 'send') return next
  const written = await client.putTracking(id, trackingRequest(confirmation, trackingNumber), call)
  if (written.result === 'done') return outcomeOfTracking(wishOrder.safeParse(written.data).data, trackingNumber, before)
  return written.result === 'rejected' ? withCarrier(written, confirmation.carrierWord, client, call) : written
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
  const order = await client.getOrder(id, parsed, call)
  return order === undefined ? [] : reportedShipments(order)
}

function parsed({ exact }: WishRecord): WishOrder {
  return wishOrder.parse(exact)
}
