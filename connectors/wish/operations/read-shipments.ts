import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import type { WishClient } from '../client.ts'
import { reportedShipments } from '../map-shipment.ts'
import { fetchParsed } from './fetch-order.ts'

/** None when Wish does not know the order. */
export async function readShipments(client: WishClient, id: string, call: CallContext): Promise<readonly ReportedShipment[]> {
  const order = await fetchParsed(client, id, call)
  return order === undefined ? [] : reportedShipments(order)
}
