import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext, ShipmentConfirmation, ShipmentCorrection } from '../../../core/ports/connector.ts'
import { readOne } from '../../shared/read-records.ts'
import { outcomeOfError } from '../../shared/write-outcome.ts'
import { type AmazonClient, parseAnswer } from '../client.ts'
import { readError, shipmentOutcome } from '../map-error.ts'
import { readOrder } from '../map-order.ts'
import { mapShipment } from '../map-shipment.ts'
import { orderAnswer } from '../schema.ts'
import { getOrder } from './fetch-orders.ts'

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
    return { result: 'rejected', code: 'amazon-site-missing', message: 'the marketplace of the order is not known; read the order again' }
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

/** The same reference edits the package that was reported under it. */
export async function correctShipment(client: AmazonClient, correction: ShipmentCorrection, call: CallContext): Promise<WriteOutcome> {
  return confirmShipment(client, correction, call)
}

/** Always with 2026-01-01: v0 does not show packages. */
export async function readShipments(
  { shop, send }: AmazonClient,
  orderId: string,
  call: CallContext,
): Promise<readonly ReportedShipment[]> {
  const response = await send(getOrder(orderId, ['PACKAGES', 'FULFILLMENT']), call)
  if (response.status === 404) return []
  if (response.status !== 200) throw readError(shop, 'getOrder', response, call.now())
  const { order } = parseAnswer(shop, 'getOrder', orderAnswer, response)
  const { shipments } = await readOne('Amazon', orderId, () => readOrder(order))
  return shipments ?? []
}
