import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { isOrderMissing } from '../map-error.ts'
import { mapFulfillment } from '../map-shipment.ts'
import { type EbayFulfillment, fulfillmentsSchema } from '../schema.ts'

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
