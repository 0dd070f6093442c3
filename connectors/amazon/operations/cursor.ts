import { createHash } from 'node:crypto'
import { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { CallContext, Cursor } from '../../../core/ports/connector.ts'
import { addMs, earliest, type Instant } from '../../../core/value/instant.ts'
import { parseCursor } from '../../shared/cursor.ts'
import { instant } from '../../shared/schema.ts'
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
  token: z.string(),
  page: z.number(),
  startedAt: instant,
  /** Fingerprints of tokens and pages so far: what comes again has no end. */
  seen: z.array(z.string()),
  emptyPages: z.number(),
  /** How often this window was begun again because a token was refused. */
  restarts: z.number(),
})
const cursorSchema = z.object({
  watermark: instant,
  marketplaceIds: z.array(z.string()),
  /** Set while searchOrders is refused: v0 reads until then. */
  v0Until: instant.optional(),
  run: runSchema.optional(),
})
export type ChangesCursor = z.output<typeof cursorSchema>
/** A window that is being paged. */
export type Run = z.output<typeof runSchema>

/** Starts at the shop's `since` without a cursor, and again when a marketplace was added that it has not read yet. */
export function readCursor(shop: AmazonShop, since: Cursor | undefined, call: CallContext): ChangesCursor {
  const start: ChangesCursor = { watermark: shop.since, marketplaceIds: shop.settings.marketplaceIds }
  const cursor = parseCursor(cursorSchema, since, { shop, call })
  if (cursor === undefined || shop.settings.marketplaceIds.some((id) => !cursor.marketplaceIds.includes(id))) return start
  const isTokenOver = cursor.run !== undefined && addMs(cursor.run.startedAt, tokenLifeMs) <= call.now()
  const current = isTokenOver ? { ...cursor, run: undefined } : cursor
  const isFallbackOver = current.run === undefined && current.v0Until !== undefined && current.v0Until <= call.now()
  return isFallbackOver ? { ...current, v0Until: undefined } : current
}

export function startRun(shop: AmazonShop, cursor: ChangesCursor, startedAt: Instant, restarts: number): Run {
  const upper = addMs(startedAt, -blindZoneMs)
  const after = earliest(addMs(cursor.watermark, -shop.overlapMs), upper)
  return { after, upper, token: '', page: 1, startedAt, seen: [], emptyPages: 0, restarts }
}

/** How often the window has begun again, this time included. Throws `transient` when that helps no more. */
export function countRestart(shop: AmazonShop, run: Run, now: Instant): number {
  const restarts = addMs(run.startedAt, restartPauseMs) > now ? run.restarts + 1 : 0
  if (restarts > mostRestarts) throw endless(shop, run, 'every page token is refused')
  return restarts
}

/** A token or a page that comes again would be read without end (selling-partner-api-models issue 2297, read 2026-11-22). */
export function nextRun(shop: AmazonShop, run: Run, token: string, ids: readonly string[]): Run {
  const marks = [fingerprint(`token ${token}`), ...(ids.length === 0 ? [] : [fingerprint(`page ${ids.toSorted().join(' ')}`)])]
  const emptyPages = ids.length === 0 ? run.emptyPages + 1 : 0
  if (marks.some((mark) => run.seen.includes(mark)) || emptyPages > mostEmptyPages) {
    throw endless(shop, run, 'it brings nothing new')
  }
  return { ...run, token, page: run.page + 1, seen: [...run.seen, ...marks], emptyPages }
}

function endless(shop: AmazonShop, run: Run, why: string): SyncError {
  const message = `shop ${shop.id}: Amazon's order pages do not end: page ${run.page}: ${why}; it is tried again later`
  return new SyncError('transient', message, { code: 'amazon-endless-pages', context: { page: run.page } })
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 10)
}
