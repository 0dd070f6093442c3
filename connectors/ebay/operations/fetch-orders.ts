import { z } from 'zod'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext, Cursor, OrderPage } from '../../../core/ports/connector.ts'
import { addMs } from '../../../core/value/instant.ts'
import { readOne, readRecords } from '../../shared/read-records.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { isFuture, isOffsetRefused, isOrderMissing } from '../map-error.ts'
import { mapOrder, needsShipments } from '../map-order.ts'
import { mayBeCancelling } from '../mapping/words.ts'
import { type EbayRecord, orderPageSchema, orderSchema, recordSchema } from '../schema.ts'
import { checkSeller, checkWhenDue } from './check-connection.ts'
import { advance, narrow, openWindow, pageSize, readCursor, remember, restart, type Step, stepBack } from './cursor.ts'
import { readFulfillments } from './shipments.ts'

/**
 * One search in a window of `lastmodifieddate`. Windows are cut so that a page holds them, because offsets shift when
 * an order changes: a page that is refused or does not fit gives no orders, and another window to go on with.
 * `creationdate` beside it would win silently, so it is never sent.
 * Source: Fulfillment API 1.20.7, getOrders (read 2026-11-22).
 */
export async function fetchOrderChanges(client: EbayClient, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const stored = readCursor(shop, since, call)
  const state = { ...stored, quotaReadAt: await checkWhenDue(client, stored.quotaReadAt, call) }
  const window = state.window ?? openWindow(state, { ...shop, now: call.now() })
  if (!window) return pageOf({ state, hasMore: false })
  const filter = `lastmodifieddate:[${window.from}..${window.to}]`
  const answer = await client.searchOrders({ filter, offset: window.offset, limit: pageSize }, call)
  if (isFuture(answer)) {
    call.log.warn('the clock of this machine runs ahead of eBay', { shop: shop.id })
    return pageOf(restart(state, stepBack(window, answer.headers['date'])))
  }
  if (isOffsetRefused(answer) && window.offset > 0) return pageOf(restart(state, window))
  const { orders, total, warnings } = dataOf(answer, orderPageSchema)
  const moments = orders.flatMap((order) => order.lastModifiedDate ?? [])
  const shorter = narrow(window, total, moments)
  if (shorter) return pageOf({ state: { ...state, window: shorter }, hasMore: true })
  for (const { errorId, message } of warnings) {
    call.log.warn('eBay warns about a page of orders', { shop: shop.id, errorId, said: message })
  }
  checkSeller(client, orders)
  const fresh = orders.filter(({ orderId = '', lastModifiedDate }) => !lastModifiedDate || state.counted?.[orderId] !== lastModifiedDate)
  const read = await readOrders(client, fresh, call)
  const counted = fresh.flatMap(({ order }) => (order && needsShipments(order) ? [[order.orderId, order.lastModifiedDate] as const] : []))
  const remembered = remember(state, counted, addMs(window.end, -shop.overlapMs))
  return pageOf(advance(remembered, window, { total, records: orders.length }), read)
}

function pageOf({ state, hasMore }: Step, read: Pick<OrderPage, 'orders' | 'rejected'> = { orders: [], rejected: [] }): OrderPage {
  return { ...read, nextCursor: JSON.stringify(state), hasMore }
}

/** Lists never show cancel requests, nor how much of a line has gone: such orders are read by themselves. */
async function readOrders(client: EbayClient, listed: readonly EbayRecord[], call: CallContext) {
  const records: EbayRecord[] = []
  for (const record of listed) {
    const { order } = record
    const alone = order && mayBeCancelling(order) ? await readOrder(client, order.orderId, call) : undefined
    records.push(alone ?? record)
  }
  return readRecords(records, {
    idOf: (record) => record.orderId,
    read: (record) => snapshotOf(client, record, call),
    payloadOf: (record) => record.raw,
  })
}

export async function fetchOrder(client: EbayClient, platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const record = await readOrder(client, platformOrderId, call)
  return record && readOne('eBay', platformOrderId, () => snapshotOf(client, record, call))
}

/** Undefined when eBay does not know the order. */
async function readOrder(client: EbayClient, platformOrderId: string, call: CallContext): Promise<EbayRecord | undefined> {
  const answer = await client.getOrder(platformOrderId, call)
  return isOrderMissing(answer) ? undefined : recordSchema.parse(dataOf(answer, z.record(z.string(), z.unknown())))
}

/** Throws a ZodError or `invalid-data` when the payload is no order that can be read. */
async function snapshotOf(client: EbayClient, record: EbayRecord, call: CallContext): Promise<OrderSnapshot> {
  const order = record.order ?? orderSchema.parse(record.raw)
  const fulfillments = needsShipments(order) ? await readFulfillments(client, order.orderId, call) : undefined
  return mapOrder(order, { raw: record.raw, now: call.now(), fulfillments })
}
