import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { outcomeOfError } from '../../shared/write-outcome.ts'
import type { AmazonClient } from '../client.ts'
import { shipmentOutcome } from '../map-error.ts'
import { mapShipment } from '../map-shipment.ts'
import { fetchOrder } from './fetch-orders.ts'

/** Reports one package, without a look before: the same reference edits the same package. */
export async function confirmShipment(
  { shop, send }: AmazonClient,
  confirmation: ShipmentConfirmation,
  call: CallContext,
): Promise<WriteOutcome> {
  call.signal.throwIfAborted()
  const [onlySite, another] = shop.settings.marketplaceIds
  const marketplaceId = confirmation.site ?? (another === undefined ? onlySite : undefined)
  if (marketplaceId === undefined) {
    return { result: 'rejected', code: 'amazon-site-missing', message: siteMissing }
  }
  const body = mapShipment(confirmation, marketplaceId, call.now())
  const path = { orderId: confirmation.platformOrderId }
  try {
    const request = { operation: 'confirmShipment', sdkOperation: 'orders.confirmShipment', version: 'v0', path, body } as const
    return shipmentOutcome(shop, await send(request, call), body.packageDetail.packageReferenceId, call.now())
  } catch (error) {
    return outcomeOfError(error, call)
  }
}

const siteMissing =
  'Amazon does not name the marketplace of this order, and the shop has several: enter the parcel in Seller Central, then release the hold'

/** Where Amazon refuses 2026-01-01, v0 shows how many units have left, and no packages. */
export async function readShipments(client: AmazonClient, orderId: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  const order = await fetchOrder(client, orderId, call, ['PACKAGES', 'FULFILLMENT'])
  return order?.shipments ?? []
}
