import { createHash } from 'node:crypto'
import { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { CallContext, Cursor, OrderPage } from '../../core/ports/connector.ts'
import { addMs, earliest, type Instant } from '../../core/value/instant.ts'
import type { AmazonClient } from './client.ts'
import { type Reading, readOrder } from './map-order.ts'
import { instant, searchAnswer } from './schema.ts'
import type { AmazonShop } from './settings.ts'
import { hasV0Ended, listV0Orders, readListedV0Order } from './v0/read-orders.ts'

/** Everything that a snapshot needs. Without FULFILLMENT there is no status, without CANCELLATION no buyer's request. */
export const includedData = ['BUYER', 'RECIPIENT', 'FULFILLMENT', 'PROCEEDS', 'CANCELLATION', 'PACKAGES', 'TAX'] as const

/** An upper bound, ours or assumed, lies at least two minutes back: searchOrders in the official model (read 2026-11-22). */
export const blindZoneMs = 2 * 60_000
const tokenLifeMs = 24 * 3_600_000
/** After a refusal of searchOrders, v0 reads this long before the new API is asked again. */
const fallbackMs = 24 * 3_600_000
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
type ChangesCursor = z.output<typeof cursorSchema>
type Run = z.output<typeof runSchema>

interface ChangesPage {
  readonly readings: readonly Reading[]
  readonly nextToken: string | undefined
  readonly answeredBefore: Instant | undefined
}

/** What reading needs besides the call. */
export interface Reader {
  readonly shop: AmazonShop
  readonly client: AmazonClient
}

/**
 * One page of the orders changed since the watermark, minus the overlap. The search has no upper bound: Amazon
 * answers the one it used, and the first page's becomes the next watermark. A refused page token restarts the window.
 */
export async function fetchOrderChanges(reader: Reader, since: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const cursor = readCursor(reader.shop, since, call)
  const run = cursor.run && addMs(cursor.run.startedAt, tokenLifeMs) > call.now() ? cursor.run : undefined
  if (run === undefined) return startWindow(reader, cursor, call, 0)
  try {
    const page = await fetchPage(reader, cursor, run, call)
    return toOrderPage(reader.shop, cursor, run, page)
  } catch (error) {
    if (!isTokenRefused(error) && !canFallBack(reader.shop, cursor, error, call)) throw error
    const restarts = addMs(run.startedAt, restartPauseMs) > call.now() ? run.restarts + 1 : 0
    if (restarts > mostRestarts) throw endless(reader.shop, run, 'every page token is refused')
    call.log.warn('amazon refused a page token; the window is read again from its beginning', { shop: reader.shop.id, page: run.page })
    return startWindow(reader, cursor, call, restarts)
  }
}

export function isTokenRefused(error: unknown): boolean {
  return error instanceof SyncError && error.code === 'amazon-invalid-input'
}

async function startWindow(reader: Reader, cursor: ChangesCursor, call: CallContext, restarts: number): Promise<OrderPage> {
  const startedAt = call.now()
  const longestBack = addMs(startedAt, -blindZoneMs)
  const after = earliest(addMs(cursor.watermark, -reader.shop.overlapMs), longestBack)
  const start = { after, upper: longestBack, token: '', page: 1, startedAt, seen: [], emptyPages: 0, restarts }
  try {
    const page = await fetchPage(reader, cursor, start, call)
    return toOrderPage(reader.shop, cursor, { ...start, upper: page.answeredBefore ?? longestBack }, page)
  } catch (error) {
    if (!canFallBack(reader.shop, cursor, error, call)) throw error
    call.log.warn('amazon refuses searchOrders to this seller; orders are read with v0, which ends on 2027-03-27', { shop: reader.shop.id })
    return startWindow(reader, { ...cursor, v0Until: addMs(startedAt, fallbackMs) }, call, restarts)
  }
}

/** Some sellers get 403 from searchOrders while v0 works (selling-partner-api-models issue 5319, read 2026-11-22). */
function canFallBack(shop: AmazonShop, cursor: ChangesCursor, error: unknown, call: CallContext): boolean {
  if (shop.settings.ordersApi !== 'auto' || isOnV0(shop, cursor) || hasV0Ended(call.now())) return false
  return isSearchDenied(error)
}

export function isSearchDenied(error: unknown): boolean {
  return error instanceof SyncError && error.code === 'amazon-access-denied' && error.context['operation'] === 'searchOrders'
}

function isOnV0(shop: AmazonShop, cursor: ChangesCursor): boolean {
  return shop.settings.ordersApi === 'v0' || cursor.v0Until !== undefined
}

async function fetchPage(reader: Reader, cursor: ChangesCursor, run: Run, call: CallContext): Promise<ChangesPage> {
  const token = run.token === '' ? undefined : run.token
  if (isOnV0(reader.shop, cursor)) {
    const page = await listV0Orders(reader, { LastUpdatedAfter: run.after }, token, call)
    const readings: Reading[] = []
    for (const record of page.records) readings.push(await readListedV0Order(reader.client, record, page.sight, call))
    return { readings, nextToken: page.nextToken, answeredBefore: page.answeredBefore }
  }
  const query = {
    lastUpdatedAfter: run.after,
    marketplaceIds: reader.shop.settings.marketplaceIds,
    includedData,
    maxResultsPerPage: 100,
    ...(token === undefined ? {} : { paginationToken: token }),
  }
  const request = { operation: 'searchOrders', sdkOperation: 'orders.searchOrders', version: '2026-01-01', query } as const
  const answer = await reader.client.read(request, searchAnswer, call)
  return {
    readings: answer.orders.map((record) => readOrder(record)),
    nextToken: answer.pagination?.nextToken || undefined,
    answeredBefore: answer.lastUpdatedBefore,
  }
}

function toOrderPage(shop: AmazonShop, cursor: ChangesCursor, run: Run, page: ChangesPage): OrderPage {
  const orders = page.readings.flatMap((reading) => ('order' in reading ? [reading.order] : []))
  const rejected = page.readings.flatMap((reading) => ('rejected' in reading ? [reading.rejected] : []))
  const next =
    page.nextToken === undefined ? { ...cursor, watermark: run.upper, run: undefined } : { ...cursor, run: nextRun(shop, run, page) }
  return {
    orders: orders.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0)),
    rejected,
    nextCursor: JSON.stringify({ ...next, marketplaceIds: shop.settings.marketplaceIds }),
    hasMore: page.nextToken !== undefined,
  }
}

/** A token or a page that comes again would be read without end (selling-partner-api-models issue 2297, read 2026-11-22). */
function nextRun(shop: AmazonShop, run: Run, page: ChangesPage): Run {
  const token = page.nextToken ?? ''
  const ids = page.readings.map((reading) =>
    'order' in reading ? reading.order.platformOrderId : (reading.rejected.platformOrderId ?? ''),
  )
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

/** Starts at the shop's `since` without a cursor, and again when a marketplace was added that it has not read yet. */
function readCursor(shop: AmazonShop, since: Cursor | undefined, call: CallContext): ChangesCursor {
  const start: ChangesCursor = { watermark: shop.since, marketplaceIds: shop.settings.marketplaceIds }
  if (since === undefined) return start
  const cursor = cursorSchema.parse(JSON.parse(since))
  if (shop.settings.marketplaceIds.some((id) => !cursor.marketplaceIds.includes(id))) return start
  const isFallbackOver = cursor.run === undefined && cursor.v0Until !== undefined && cursor.v0Until <= call.now()
  return isFallbackOver ? { ...cursor, v0Until: undefined } : cursor
}
