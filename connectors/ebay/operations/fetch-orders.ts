import { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { CallContext, Cursor, OrderPage } from '../../../core/ports/connector.ts'
import { instantFromMs } from '../../../core/value/instant.ts'
import { readOne, readRecords } from '../../shared/read-records.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { isFuture, isOffsetRefused, isOrderMissing } from '../map-error.ts'
import { mapOrder, needsShipments } from '../map-order.ts'
import { mayBeCancelling } from '../mapping/words.ts'
import { headOf, orderPageSchema, orderSchema } from '../schema.ts'
import { checkSeller, checkWhenDue } from './check-connection.ts'
import { advance, narrow, openWindow, pageSize, type ReadingWindow, readCursor, restart, stepBack, withoutWindow } from './cursor.ts'
import { readFulfillments } from './shipments.ts'

/** Halving the longest window down to the shortest takes fewer. */
const mostTries = 40

/**
 * One page of a window of `lastmodifieddate`. Windows are cut so that a page holds them, because offsets
 * shift when an order changes. `creationdate` beside it would win silently, so it is never sent.
 * Source: Fulfillment API 1.20.7, getOrders (read 2026-11-22).
 */
export async function fetchOrderChanges(client: EbayClient, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const stored = readCursor(shop, since, call)
  const state = { ...stored, quotaReadAt: await checkWhenDue(client, stored.quotaReadAt, call) }
  let window = state.window ?? openWindow(state, { since: shop.since, overlapMs: shop.overlapMs, now: call.now() })
  for (let tries = 0; window && tries < mostTries; tries += 1) {
    const filter = `lastmodifieddate:[${window.from}..${window.to}]`
    const answer = await client.searchOrders(filter, { offset: window.offset, limit: pageSize }, call)
    if (isFuture(answer)) {
      call.log.warn('the clock of this machine runs ahead of eBay', { shop: shop.id })
      window = stepBack(window, serverTime(answer.headers['date']))
      continue
    }
    if (isOffsetRefused(answer) && window.offset > 0) {
      const { state: again, hasMore } = restart(state, window)
      return { orders: [], rejected: [], nextCursor: JSON.stringify(again), hasMore }
    }
    const page = dataOf(answer, orderPageSchema, client.subject('read changed orders'), call.now())
    const heads = page.orders.map(headOf)
    const changes = heads.flatMap((order) => order.lastModifiedDate ?? [])
    const shorter: ReadingWindow | undefined = narrow(window, page.total, changes)
    if (shorter) {
      window = shorter
      continue
    }
    for (const warning of page.warnings) {
      call.log.warn('eBay warns about a page of orders', { shop: shop.id, errorId: warning.errorId, said: warning.message })
    }
    checkSeller(client, heads.find((order) => order.sellerId)?.sellerId)
    const records = distinct(page.orders)
    const next = advance(state, window, { total: page.total, records: records.length })
    return { ...(await readPage(client, records, call)), nextCursor: JSON.stringify(next.state), hasMore: next.hasMore }
  }
  if (!window) return { orders: [], rejected: [], nextCursor: JSON.stringify(withoutWindow(state)), hasMore: false }
  throw new SyncError('transient', `shop ${shop.id}: eBay accepted no window of changed orders; it is tried again`, {
    code: 'ebay-window-unsettled',
  })
}

function serverTime(date: string | undefined) {
  const ms = Date.parse(date ?? '')
  return Number.isNaN(ms) ? undefined : instantFromMs(ms)
}

/** Lists never show cancel requests, nor how much of a line has gone: such orders are read by themselves. */
async function readPage(client: EbayClient, records: readonly unknown[], call: CallContext) {
  const payloads: unknown[] = []
  for (const listed of records) {
    const order = orderSchema.safeParse(listed).data
    const isDoubtful = order !== undefined && mayBeCancelling(order)
    payloads.push(isDoubtful ? ((await readPayload(client, order.orderId, call)) ?? listed) : listed)
  }
  return readRecords(payloads, { idOf: (payload) => headOf(payload).orderId, read: (payload) => snapshotOf(client, payload, call) })
}

/** A record that comes twice would shift the offset. */
export function distinct(records: readonly unknown[]): readonly unknown[] {
  return [...new Map(records.map((record, index) => [headOf(record).orderId ?? index, record])).values()]
}

export async function fetchOrder(client: EbayClient, platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const payload = await readPayload(client, platformOrderId, call)
  return payload === undefined ? undefined : readOne('eBay', platformOrderId, () => snapshotOf(client, payload, call))
}

/** The order as eBay sends it; undefined when eBay does not know it. */
async function readPayload(client: EbayClient, platformOrderId: string, call: CallContext): Promise<unknown> {
  const answer = await client.getOrder(platformOrderId, call)
  if (isOrderMissing(answer)) return undefined
  return dataOf(answer, z.record(z.string(), z.unknown()), client.subject('read an order'), call.now())
}

/** Throws a ZodError or `invalid-data` when the payload is no order that can be read. */
async function snapshotOf(client: EbayClient, payload: unknown, call: CallContext): Promise<OrderSnapshot> {
  const order = orderSchema.parse(payload)
  const fulfillments = needsShipments(order) ? await readFulfillments(client, order.orderId, call) : undefined
  return mapOrder(order, { raw: payload, now: call.now(), ...(fulfillments ? { fulfillments } : {}) })
}
