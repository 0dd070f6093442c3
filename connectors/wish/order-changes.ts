import { z } from 'zod'
import type { OrderSnapshot } from '../../core/model/order.ts'
import type { CallContext, Cursor, OrderPage, RejectedRecord } from '../../core/ports/connector.ts'
import { addMs, type Instant, latest } from '../../core/value/instant.ts'
import { rejectedRecord } from '../shared/read-records.ts'
import type { WishClient, WishShop } from './client.ts'
import { keysOf, latestOf, step, type Walk, type WalkOptions, walk, walkQuery } from './keyset.ts'
import { idOf, readOrder, type WishRecord } from './map-order.ts'
import type { RecordKeys } from './schema.ts'

/** Where the changes are read up to. Without `walk` the last reading came to the end of the list. */
const position = z.object({ watermark: z.string().transform((text) => text as Instant), walk: walk.optional() })

/**
 * Reads one page of changed orders, oldest change first. The watermark is the last time that Wish showed, never
 * a time of this machine, and each reading starts an overlap before it.
 */
export async function fetchOrderChanges(
  shop: WishShop,
  client: WishClient,
  since: Cursor | undefined,
  call: CallContext,
): Promise<OrderPage> {
  const { watermark, walk: unfinished } = startOf(shop, since, call)
  const place: Walk = unfinished ?? { from: addMs(watermark, -shop.overlapMs), seen: [] }
  const options: WalkOptions = { key: 'updated_at', pageSize: shop.settings.pageSize }
  const records = await client.listOrders(walkQuery(place, options), call)
  const keys = keysOf(records)
  const { fresh, next, incompleteAt } = step(place, keys, options)
  const page = readPage(fresh.flatMap((index) => records[index] ?? []))
  if (incompleteAt !== undefined) page.rejected.push(unlistable(incompleteAt, call))
  const cursor = { watermark: latest(watermark, latestBelieved(keys, call) ?? watermark), ...(next === undefined ? {} : { walk: next }) }
  return { ...page, nextCursor: JSON.stringify(cursor), hasMore: next !== undefined }
}

const dayMs = 86_400_000

/** A time more than a day ahead is not believed: it would carry the watermark past orders to come. */
function latestBelieved(keys: readonly RecordKeys[], call: CallContext): Instant | undefined {
  const limit = addMs(call.now(), dayMs)
  return latestOf(
    keys.filter((record) => record.updated_at !== undefined && record.updated_at <= limit),
    'updated_at',
  )
}

/** A cursor that cannot be read starts again at the beginning: reading twice does no harm, skipping does. */
function startOf(shop: WishShop, since: Cursor | undefined, call: CallContext): z.infer<typeof position> {
  if (since === undefined) return { watermark: shop.since }
  const parsed = position.safeParse(parsedJson(since))
  if (parsed.success) return parsed.data
  call.log.warn('the place up to which Wish orders were read is unreadable; reading starts again', { shop: shop.id })
  return { watermark: shop.since }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function readPage(records: readonly WishRecord[]): { readonly orders: OrderSnapshot[]; readonly rejected: RejectedRecord[] } {
  const orders: OrderSnapshot[] = []
  const rejected: RejectedRecord[] = []
  for (const record of records) {
    try {
      orders.push(readOrder(record))
    } catch (error) {
      rejected.push(rejectedRecord(record.raw, idOf(record), error))
    }
  }
  return { orders, rejected }
}

function unlistable(moment: Instant, call: CallContext): RejectedRecord {
  const reason = `more orders share the time ${moment} than Wish lists in one page; compare with the Wish dashboard and resync what is missing`
  call.log.error('Wish cannot list all orders of one moment', { moment })
  return { reason, payload: { updated_at: moment } }
}
