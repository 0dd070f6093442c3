import type { ReportedShipment } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import type { ShopifyClient } from '../client.ts'
import { mapShipments } from '../map-shipment.ts'
import { type ShopifyWork, workShape } from '../schema.ts'
import { documents } from './documents.ts'
import { fetchNode } from './read.ts'

/** None when Shopify does not know the order. */
export async function readShipments(
  client: ShopifyClient,
  platformOrderId: string,
  call: CallContext,
): Promise<readonly ReportedShipment[]> {
  return mapShipments((await readWork(client, platformOrderId, call))?.fulfillments ?? [])
}

/** What is to be shipped of an order, and what was; undefined when Shopify does not know it. */
export async function readWork(client: ShopifyClient, platformOrderId: string, call: CallContext): Promise<ShopifyWork | undefined> {
  const { node } = await fetchNode(client, documents.orderWork, platformOrderId, call)
  return node === undefined ? undefined : workShape.parse(node)
}
