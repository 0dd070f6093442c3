import { SyncError } from '../../../core/errors.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { readOne } from '../../shared/read-records.ts'
import type { AmazonClient, AmazonRequest } from '../client.ts'
import { readOrder } from '../map-order.ts'
import { includedData, orderAnswer } from '../schema.ts'
import { readV0Order } from './v0/map-order.ts'
import { fetchV0Order, hasV0Ended } from './v0/read-orders.ts'

/** Undefined when Amazon does not know the order. */
export async function fetchOrder(client: AmazonClient, orderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  try {
    return await fetchWithEither(client, orderId, call)
  } catch (error) {
    if (error instanceof SyncError && error.code === 'amazon-not-found') return undefined
    throw error
  }
}

/** getOrder of 2026-01-01 often works where searchOrders is refused, so each call finds out for itself. */
async function fetchWithEither(client: AmazonClient, orderId: string, call: CallContext): Promise<OrderSnapshot> {
  const { ordersApi } = client.shop.settings
  if (ordersApi === 'v0') return fetchWithV0(client, orderId, call)
  try {
    const { order } = await client.read(getOrder(orderId, includedData), orderAnswer, call)
    return await readOne('Amazon', orderId, () => readOrder(order))
  } catch (error) {
    const isDenied = error instanceof SyncError && error.code === 'amazon-access-denied' && error.context['operation'] === 'getOrder'
    if (!isDenied || ordersApi !== 'auto' || hasV0Ended(call.now())) throw error
    return fetchWithV0(client, orderId, call)
  }
}

async function fetchWithV0(client: AmazonClient, orderId: string, call: CallContext): Promise<OrderSnapshot> {
  const record = await fetchV0Order(client, orderId, call)
  return readOne('Amazon', orderId, () => readV0Order(record))
}

export function getOrder(orderId: string, data: readonly string[]): AmazonRequest {
  const query = { includedData: data }
  return { operation: 'getOrder', sdkOperation: 'orders.getOrder', version: '2026-01-01', path: { orderId }, query }
}
