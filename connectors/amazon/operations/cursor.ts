import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CallContext, Cursor } from '../../../core/ports/connector.ts'
import { addMs, earliest, type Instant } from '../../../core/value/instant.ts'
import { parseCursor } from '../../shared/cursor.ts'
import { instant } from '../../shared/schema.ts'
import { endlessPages } from '../map-error.ts'
import type { AmazonShop } from '../settings.ts'

/** An upper bound, ours or assumed, lies at least two minutes back: searchOrders in the official model (read 2026-11-22). */
export const blindZoneMs = 2 * 60_000
const tokenLifeMs = 24 * 3_600_000
const mostEmptyPages = 20
/** More refused tokens than this within an hour are a fault at Amazon that restarting does not cure. */
const mostRestarts = 3
const restartPauseMs = 3_600_000

const runSchema = z.object({
  after: instant,
  /** The first page's own upper bound: the next watermark. */
  upper: instant,
  /** Empty for the first page. */
  token: z.string(),
  startedAt: instant,
  /** Fingerprints of the pages so far: what comes again has no end. */
  seen: z.array(z.string()),
  /** How often this window was begun again because a token was refused. */
  restarts: z.number(),
})
const cursorSchema = z.object({
  watermark: instant,
  marketplaceIds: z.array(z.string()),
  v0Until: instant.optional(),
  run: runSchema.optional(),
})
export type ChangesCursor = z.output<typeof cursorSchema>
/** A window that is being paged. */
export type Run = z.output<typeof runSchema>

/** Starts at the shop's `since` without a cursor, and again when a marketplace was added that it has not read yet. */
export function readCursor(shop: AmazonShop, since: Cursor | undefined, call: CallContext): ChangesCursor {
  const { marketplaceIds } = shop.settings
  const cursor = parseCursor(cursorSchema, since, { shop, call })
  if (cursor === undefined || marketplaceIds.some((id) => !cursor.marketplaceIds.includes(id)))
    return { watermark: shop.since, marketplaceIds }
  const isTokenOver = cursor.run !== undefined && addMs(cursor.run.startedAt, tokenLifeMs) <= call.now()
  return isTokenOver ? { ...cursor, run: undefined } : cursor
}

export function startRun(shop: AmazonShop, cursor: ChangesCursor, now: Instant): Run {
  const upper = addMs(now, -blindZoneMs)
  const after = earliest(addMs(cursor.watermark, -shop.overlapMs), upper)
  return { after, upper, token: '', startedAt: now, seen: [], restarts: 0 }
}

/** Begins the window again. Throws `transient` when that helps no more. */
export function restartRun(shop: AmazonShop, cursor: ChangesCursor, run: Run, now: Instant): Run {
  const restarts = addMs(run.startedAt, restartPauseMs) > now ? run.restarts + 1 : 0
  if (restarts > mostRestarts) throw endlessPages(shop, `Amazon refuses every page token, after ${run.seen.length} pages,`)
  return { ...startRun(shop, cursor, now), restarts }
}

/** The run after a page of these orders. Throws `transient` when they came before, or none has come for long. */
export function nextRun(shop: AmazonShop, run: Run, token: string, ids: readonly string[]): Run {
  const mark = createHash('sha256').update(ids.toSorted().join(' ')).digest('base64url').slice(0, 10)
  const before = ids.length === 0 ? run.seen.slice(-mostEmptyPages) : run.seen
  const same = before.filter((seen) => seen === mark).length
  if (same >= (ids.length === 0 ? mostEmptyPages : 1)) {
    throw endlessPages(shop, `Amazon's order pages bring nothing new after ${run.seen.length} pages,`)
  }
  return { ...run, token, seen: [...run.seen, mark] }
}
