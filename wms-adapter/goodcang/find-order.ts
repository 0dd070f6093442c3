import type { CallContext } from '../../core/ports/connector.ts'
import type { OutboundName, OutboundSnapshot } from '../../core/ports/wms-adapter.ts'
import type { GoodcangClient } from './client.ts'
import { type Answer, isEmptyData, saysNone } from './map-error.ts'
import { mapOrder } from './map-snapshot.ts'

const byReference = 'order/get_order_by_ref_code'
const byCode = 'order/get_order_by_code'

/** By the number where it is known: a discarded order may have lost its reference to another one. */
export async function findOrder(client: GoodcangClient, { reference, wmsOrderNo }: OutboundName, call: CallContext) {
  return wmsOrderNo ? findByCode(client, wmsOrderNo, call) : findByReference(client, reference, call)
}

/** The order with our reference; undefined when the warehouse answers that it has none. */
export async function findByReference(client: GoodcangClient, reference: string, call: CallContext) {
  const found = await readOrders(client, await client.orderByReference(reference, call), byReference, call)
  const ours = found.filter((order) => order.reference === reference)
  if (ours.length === 0 && found.length > 0) throw client.garbled(byReference, 'it shows another order than asked for', call)
  // A discarded order frees its reference, so a living one beside it is the one that counts.
  return ours.find((order) => order.status !== 'cancelled') ?? ours[0]
}

/** The order with the warehouse's own number, discarded ones included. */
export async function findByCode(client: GoodcangClient, orderCode: string, call: CallContext) {
  const found = await readOrders(client, await client.orderByCode(orderCode, call), byCode, call)
  const order = found.find((candidate) => candidate.wmsOrderNo === orderCode)
  if (!order && found.length > 0) throw client.garbled(byCode, 'it shows another order than asked for', call)
  return order
}

/**
 * How the warehouse says "none" is not documented. Success without data is taken for it, and so is a refusal without
 * data that says so, once another call has shown that our access is good. Anything else, such as a warehouse that is
 * busy, is not an absence.
 */
async function readOrders(client: GoodcangClient, answer: Answer, path: string, call: CallContext): Promise<readonly OutboundSnapshot[]> {
  const { data } = answer.envelope
  if (answer.ask === 'refused') {
    await client.warehouses(call)
    if (!saysNone(answer)) throw client.refusedRead(path, answer)
    return []
  }
  if (isEmptyData(data)) return []
  return (Array.isArray(data) ? data : [data]).map((record) => {
    const reading = mapOrder(record)
    if ('rejected' in reading) throw client.garbled(path, reading.rejected.reason, call)
    return reading.value
  })
}
