import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { readOne } from '../../shared/read-records.ts'
import { type AmazonClient, parseAnswer } from '../client.ts'
import { readError } from '../map-error.ts'
import { readOrder } from '../map-order.ts'
import { orderAnswer } from '../schema.ts'
import { getOrder } from './fetch-order.ts'

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
