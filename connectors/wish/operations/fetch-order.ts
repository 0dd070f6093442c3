import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { readOne } from '../../shared/read-records.ts'
import type { WishClient } from '../client.ts'
import { readOrder } from '../map-order.ts'
import { type WishOrder, wishOrder } from '../schema.ts'

export async function fetchOrder(client: WishClient, id: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const record = await client.getOrder(id, call)
  return record && readOne('Wish', id, () => readOrder(record))
}

/** The order as Wish shows it, for those who look at its shipments only; undefined when Wish does not know it. */
export async function fetchParsed(client: WishClient, id: string, call: CallContext): Promise<WishOrder | undefined> {
  const record = await client.getOrder(id, call)
  return record && readOne('Wish', id, () => wishOrder.parse(record.exact))
}
