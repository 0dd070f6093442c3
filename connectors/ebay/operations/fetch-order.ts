import { z } from 'zod'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { readOne } from '../../shared/read-records.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { isOrderMissing } from '../map-error.ts'
import { mapOrder, needsShipments } from '../map-order.ts'
import { orderSchema } from '../schema.ts'
import { readFulfillments } from './read-shipments.ts'

export async function fetchOrder(client: EbayClient, platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const payload = await readPayload(client, platformOrderId, call)
  return payload === undefined ? undefined : readOne('eBay', platformOrderId, () => snapshotOf(client, payload, call))
}

/** The order as eBay sends it; undefined when eBay does not know it. */
export async function readPayload(client: EbayClient, platformOrderId: string, call: CallContext): Promise<unknown> {
  const answer = await client.getOrder(platformOrderId, call)
  if (isOrderMissing(answer)) return undefined
  return dataOf(answer, z.record(z.string(), z.unknown()), client.subject('read an order'), call.now())
}

/** Throws a ZodError or `invalid-data` when the payload is no order that can be read. */
export async function snapshotOf(client: EbayClient, payload: unknown, call: CallContext): Promise<OrderSnapshot> {
  const order = orderSchema.parse(payload)
  const fulfillments = needsShipments(order) ? await readFulfillments(client, order.orderId, call) : undefined
  return mapOrder(order, { raw: payload, now: call.now(), ...(fulfillments ? { fulfillments } : {}) })
}
