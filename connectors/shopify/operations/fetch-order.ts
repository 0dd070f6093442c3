import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { readOne } from '../../shared/read-records.ts'
import type { ShopifyClient } from '../client.ts'
import { mapOrder } from '../map-order.ts'
import { documents } from './documents.ts'
import { fetchNode } from './read.ts'

export async function fetchOrder(client: ShopifyClient, platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const { node, personalWithheld } = await fetchNode(client, documents.orderById, platformOrderId, call)
  if (node === undefined) return undefined
  const { includeTestOrders } = client.shop.settings
  return readOne('Shopify', platformOrderId, () => mapOrder(node, { includeTestOrders, personalWithheld }))
}
