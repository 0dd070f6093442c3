import { z } from 'zod'
import type { Shop } from '../../../core/model/shop.ts'
import type { CallContext, Cursor } from '../../../core/ports/connector.ts'
import { addMs, type Instant, instantFromMs, instantToMs } from '../../../core/value/instant.ts'
import { parseCursor } from '../../shared/cursor.ts'
import { instant } from '../../shared/schema.ts'

/**
 * Where the reading stands, in a window whose ends are frozen. `orders` is read first, then `work`: fulfillment orders
 * that changed without their order; `done` waits for the next window.
 */
const readingShape = z.object({
  from: instant,
  to: instant,
  stream: z.enum(['orders', 'work', 'done']),
  /** Shopify's page token. */
  after: z.string().optional(),
  /** Orders asked for at once, which follow the cost that Shopify reports, and what they never grow beyond. */
  pageSize: z.int().min(1),
  largestPage: z.int().min(1),
  /** Records read in this stream of this window. */
  read: z.int(),
  /** Pages in a row without a record. */
  empty: z.int(),
  /** How often this window began again. */
  restarts: z.int(),
})
export type Reading = z.output<typeof readingShape>

/** Small enough for the strictest way of counting points. */
const firstSizes = { pageSize: 10, largestPage: 50 }

/**
 * The reading that a stored cursor continues, or the next window when the last one is finished. Shopify counts in whole
 * seconds: a window ends with the next one, so that this second's orders are read now too, and the next reads it again.
 */
export function readCursor(shop: Shop, cursor: Cursor | undefined, call: CallContext): Reading {
  const last = parseCursor(readingShape, cursor, { shop, call })
  if (last && last.stream !== 'done') return last
  const now = wholeSecond(call.now())
  const start = wholeSecond(addMs(last ? addMs(last.to, -1_000) : shop.since, -shop.overlapMs))
  const window = { from: start <= now ? start : now, to: addMs(now, 1_000) }
  const { pageSize, largestPage } = last ?? firstSizes
  return { ...window, stream: 'orders', pageSize, largestPage, read: 0, empty: 0, restarts: 0 }
}

function wholeSecond(value: Instant): Instant {
  return instantFromMs(Math.floor(instantToMs(value) / 1_000) * 1_000)
}

/** Another stream or window from its first page on. */
export function atBeginning({ after: _after, ...reading }: Reading, change: Partial<Reading>): Reading {
  return { ...reading, read: 0, empty: 0, ...change }
}

/** Dates must stand in quotes (https://shopify.dev/docs/api/usage/search-syntax, read 2026-11-22). */
export function timeFilter(field: string, { from, to }: { readonly from: Instant; readonly to: Instant }): string {
  return `${field}:>='${seconds(from)}' AND ${field}:<'${seconds(to)}'`
}

function seconds(value: Instant): string {
  return value.replace(/\.\d{3}Z$/, 'Z')
}
