import { findShipment } from '../../../core/effects/verify.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { beforeWriting, outcomeOfError } from '../../shared/write-outcome.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { isOrderMissing, shipmentOutcome } from '../map-error.ts'
import { hasOtherCarrier, mapFulfillment, mapShipment, plainTrackingNumber } from '../map-shipment.ts'
import { type EbayFulfillment, fulfillmentsSchema } from '../schema.ts'

/** Looks first: eBay documents no idempotency, but the tracking number is the id of the shipment it makes. */
export async function confirmShipment(client: EbayClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  if (plainTrackingNumber(confirmation.trackingNumber) === '') {
    return { result: 'rejected', code: 'ebay-tracking-refused', message: 'the tracking number holds no letter or digit' }
  }
  const shipments = await beforeWriting(() => readShipments(client, confirmation.platformOrderId, call))
  const existing = findShipment(confirmation, shipments)
  if (existing.found === 'different' || hasOtherCarrier(confirmation, shipments)) {
    const message =
      'eBay has this tracking number on the order with another carrier or other lines, and cannot be told otherwise by an API: correct it in Seller Hub'
    return { result: 'unknown', code: 'ebay-shipment-differs', message }
  }
  if (existing.found === 'equal') return { result: 'confirmed', ...(existing.remoteId ? { remoteId: existing.remoteId } : {}) }
  try {
    const answer = await client.createFulfillment(confirmation.platformOrderId, mapShipment(confirmation, call.now()), call)
    return shipmentOutcome(answer, client.subject('report a shipment'), call.now())
  } catch (error) {
    return outcomeOfError(error, call)
  }
}

export async function readShipments(client: EbayClient, platformOrderId: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  return (await readFulfillments(client, platformOrderId, call)).map(mapFulfillment)
}

/** None when eBay does not know the order. */
export async function readFulfillments(
  client: EbayClient,
  platformOrderId: string,
  call: CallContext,
): Promise<readonly EbayFulfillment[]> {
  const answer = await client.getFulfillments(platformOrderId, call)
  if (isOrderMissing(answer)) return []
  return dataOf(answer, fulfillmentsSchema, client.subject('read the shipments of an order'), call.now()).fulfillments
}
