import { findShipment } from '../../../core/effects/verify.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { defined } from '../../shared/defined.ts'
import { beforeWriting, outcomeOfError } from '../../shared/write-outcome.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { isOrderMissing, shipmentOutcome } from '../map-error.ts'
import { mapFulfillment, mapShipment, plainTrackingNumber } from '../map-shipment.ts'
import { fulfillmentsSchema } from '../schema.ts'

/** Looks first: eBay documents no idempotency, but the tracking number is the id of the shipment it makes. */
export async function confirmShipment(client: EbayClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  const { platformOrderId, trackingNumber, carrierWord } = confirmation
  if (plainTrackingNumber(trackingNumber) === '') {
    return { result: 'rejected', code: 'ebay-tracking-refused', message: 'the tracking number holds no letter or digit' }
  }
  const shipments = await beforeWriting(() => readShipments(client, platformOrderId, call))
  const existing = findShipment(confirmation, shipments)
  if (existing.found === 'equal') {
    // What eBay does not show cannot differ.
    const { carrier = carrierWord } = shipments.find(({ shipmentId }) => shipmentId === existing.remoteId) ?? {}
    if (carrier.toLowerCase() === carrierWord.toLowerCase()) return { result: 'confirmed', ...defined({ remoteId: existing.remoteId }) }
  }
  if (existing.found !== 'absent') {
    const message =
      'eBay has this tracking number on the order with another carrier or other lines, and cannot be told otherwise by an API: correct it in Seller Hub'
    return { result: 'unknown', code: 'ebay-shipment-differs', message }
  }
  try {
    return shipmentOutcome(await client.createFulfillment(platformOrderId, mapShipment(confirmation, call.now()), call))
  } catch (error) {
    return outcomeOfError(error, call)
  }
}

export async function readShipments(client: EbayClient, platformOrderId: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  return (await readFulfillments(client, platformOrderId, call)).map(mapFulfillment)
}

/** None when eBay does not know the order. */
export async function readFulfillments(client: EbayClient, platformOrderId: string, call: CallContext) {
  const answer = await client.getFulfillments(platformOrderId, call)
  return isOrderMissing(answer) ? [] : dataOf(answer, fulfillmentsSchema).fulfillments
}
