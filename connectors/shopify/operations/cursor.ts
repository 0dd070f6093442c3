import { z } from 'zod'
import type { Shop } from '../../../core/model/shop.ts'
import type { CallContext, Cursor } from '../../../core/ports/connector.ts'
import { addMs, type Instant, instantFromMs, instantToMs } from '../../../core/value/instant.ts'
import { parseCursor } from '../../shared/cursor.ts'
import { instant } from '../../shared/schema.ts'

/** Orders asked for at once, which follow the cost that Shopify reports, and what they never grow beyond. */
const sizes = { pageSize: z.int().min(1), largestPage: z.int().min(1) }

const readingShape = z.object({
  from: instant,
  to: instant,
  stream: z.enum(['orders', 'work']),
  after: z.string().optional(),
  ...sizes,
  /** Records read in this stream of this window. */
  read: z.int(),
  /** Pages in a row without a record. */
  empty: z.int(),
  /** How often this window began again. */
  restarts: z.int(),
})

/**
 * Where the reading stands. Between windows only `watermark` counts; inside a window `from` and `to` are
 * frozen and `after` is Shopify's page token. `orders` is read first, then `work`: fulfillment orders that
 * changed without their order.
 */
export type Reading = z.output<typeof readingShape>

const restingShape = z.object({ watermark: instant, ...sizes })

/** Small enough for the strictest way of counting points. */
export const firstPageSize = 10

const firstSizes = { pageSize: firstPageSize, largestPage: 50 }

/** The reading that a stored cursor continues, or the next window when the last one is finished. */
export function readCursor(shop: Shop, cursor: Cursor | undefined, call: CallContext): Reading {
  const place = parseCursor(z.union([readingShape, restingShape]), cursor, { shop, call }) ?? { ...firstSizes, watermark: shop.since }
  return 'watermark' in place ? startWindow(addMs(place.watermark, -shop.overlapMs), call.now(), place) : place
}

/** Shopify counts in whole seconds; the end is the next one, so that this second's orders are read now too. */
function startWindow(from: Instant, now: Instant, { pageSize, largestPage }: typeof firstSizes): Reading {
  const to = addMs(wholeSecond(now), 1_000)
  const start = wholeSecond(from)
  return { from: start < to ? start : wholeSecond(now), to, stream: 'orders', pageSize, largestPage, read: 0, empty: 0, restarts: 0 }
}

/** Where the next window goes on; the second of this one's end is read again. */
export function finishedCursor(reading: Reading): Cursor {
  return JSON.stringify({ watermark: addMs(reading.to, -1_000), pageSize: reading.pageSize, largestPage: reading.largestPage })
}

function wholeSecond(value: Instant): Instant {
  return instantFromMs(Math.floor(instantToMs(value) / 1_000) * 1_000)
}

/** Dates must stand in quotes (https://shopify.dev/docs/api/usage/search-syntax, read 2026-11-22). */
export function timeFilter(field: string, from: Instant, to: Instant): string {
  return `${field}:>='${seconds(from)}' AND ${field}:<'${seconds(to)}'`
}

function seconds(value: Instant): string {
  return value.replace(/\.\d{3}Z$/, 'Z')
}
