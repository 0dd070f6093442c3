import { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { Cursor } from '../../core/ports/connector.ts'
import { addMs, type Instant, instantFromMs, instantToMs, parseInstant } from '../../core/value/instant.ts'

/**
 * Where the reading stands. Between windows only `watermark` counts; inside a window `from` and `to` are
 * frozen and `after` is Shopify's page token. `orders` is read first, then `work`: fulfillment orders that
 * changed without their order.
 */
export interface Reading {
  readonly from: Instant
  readonly to: Instant
  readonly stream: 'orders' | 'work'
  readonly after?: string
  /** Orders asked for at once; follows the cost that Shopify reports. */
  readonly pageSize: number
  /** It never grows beyond this; lower once Shopify found a page too costly. */
  readonly largestPage: number
  /** Records read in this stream of this window. */
  readonly read: number
  /** Pages in a row without a record. */
  readonly empty: number
  /** How often this window began again. */
  readonly restarts: number
}

const instant = z.string().transform((text, context) => {
  const value = parseInstant(text)
  if (value) return value
  context.addIssue({ code: 'custom', message: 'not an instant' })
  return z.NEVER
})

const sizes = { pageSize: z.int().min(1), largestPage: z.int().min(1) }

const readingShape = z.object({
  from: instant,
  to: instant,
  stream: z.enum(['orders', 'work']),
  after: z.string().optional(),
  ...sizes,
  read: z.int(),
  empty: z.int(),
  restarts: z.int(),
})
const restingShape = z.object({ watermark: instant, ...sizes })

/** Small enough for the strictest way of counting points. */
export const firstPageSize = 10

const firstSizes = { pageSize: firstPageSize, largestPage: 50 }

/** The reading that a stored cursor continues, or the next window when the last one is finished. */
export function continueReading(cursor: Cursor | undefined, shop: Shop, now: Instant): Reading {
  if (cursor === undefined) return startWindow(addMs(shop.since, -shop.overlapMs), now, firstSizes)
  const parsed = z.union([readingShape, restingShape]).safeParse(parseCursor(cursor))
  if (!parsed.success) {
    throw new SyncError('invalid-data', `the stored cursor of shop ${shop.id} cannot be read; start again with npm run resync`, {
      code: 'cursor-unreadable',
    })
  }
  if ('watermark' in parsed.data) return startWindow(addMs(parsed.data.watermark, -shop.overlapMs), now, parsed.data)
  const { after, ...rest } = parsed.data
  return after === undefined ? rest : { ...rest, after }
}

/** Shopify counts in whole seconds; the end is the next one, so that this second's orders are read now too. */
function startWindow(from: Instant, now: Instant, { pageSize, largestPage }: typeof firstSizes): Reading {
  const to = addMs(wholeSecond(now), 1_000)
  const start = wholeSecond(from)
  return { from: start < to ? start : wholeSecond(now), to, stream: 'orders', pageSize, largestPage, read: 0, empty: 0, restarts: 0 }
}

export function encodeReading(reading: Reading): Cursor {
  return JSON.stringify(reading)
}

/** The second of the window's end is read again by the next window. */
export function encodeFinished(reading: Reading): Cursor {
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

function parseCursor(cursor: Cursor): unknown {
  try {
    return JSON.parse(cursor)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
