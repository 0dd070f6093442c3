import { SyncError } from '../../../core/errors.ts'
import type { CallContext, Cursor, OrderPage } from '../../../core/ports/connector.ts'
import { instantFromMs } from '../../../core/value/instant.ts'
import { readRecords } from '../../shared/read-records.ts'
import { dataOf, type EbayClient } from '../client.ts'
import { isFuture } from '../map-error.ts'
import { idOf, mayBeCancelling, modifiedAtOf } from '../map-order.ts'
import { orderPageSchema, orderSchema } from '../schema.ts'
import { advance, narrow, openWindow, pageSize, type ReadingWindow, readCursor, stepBack, withoutWindow } from './cursor.ts'
import { readPayload, snapshotOf } from './fetch-order.ts'
import { distinct } from './list-orders.ts'
import { readQuotaWhenDue } from './quota.ts'

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
  const state = { ...stored, quotaReadAt: await readQuotaWhenDue(client, stored.quotaReadAt, call) }
  let window = state.window ?? openWindow(state, { since: shop.since, overlapMs: shop.overlapMs, now: call.now() })
  for (let tries = 0; window && tries < mostTries; tries += 1) {
    const filter = `lastmodifieddate:[${window.from}..${window.to}]`
    const answer = await client.searchOrders(filter, { offset: window.offset, limit: pageSize }, call)
    if (isFuture(answer)) {
      call.log.warn('the clock of this machine runs ahead of eBay', { shop: shop.id })
      window = stepBack(window, serverTime(answer.headers['date']))
      continue
    }
    const page = dataOf(answer, orderPageSchema, client.subject('read changed orders'), call.now())
    const shorter: ReadingWindow | undefined = narrow(
      window,
      page.total,
      page.orders.flatMap((record) => modifiedAtOf(record) ?? []),
    )
    if (shorter) {
      window = shorter
      continue
    }
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
  return readRecords(payloads, { idOf, read: (payload) => snapshotOf(client, payload, call) })
}
