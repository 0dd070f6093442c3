import { z } from 'zod'
import type { Shop } from '../../../core/model/shop.ts'
import type { CallContext, Cursor } from '../../../core/ports/connector.ts'
import { addMs, earliest, type Instant, instantFromMs, latest, msBetween } from '../../../core/value/instant.ts'
import { parseCursor } from '../../shared/cursor.ts'
import { instant } from '../../shared/schema.ts'

/** Records of one page; 201 and more is an error, not a clamp. Source: getOrders, limit (read 2026-11-22). */
export const pageSize = 200
/** Records that a window is cut for: some more may have changed than the last one lets expect. */
const aimedSize = pageSize * 0.75
/** How much longer than the last window the next one may be. Too long a one costs a call, too short ones cost many. */
const mostGrowth = 60
/** A bound in eBay's future is refused (30850), so the newest moments are left to the next pass. */
export const blindZoneMs = 2_000
/** Below this a window is read by offset. One moment may hold more than a page. */
const shortestMs = 1_000
const firstSpanMs = 24 * 3_600_000
const longestSpanMs = 30 * 24 * 3_600_000
/** Orders are readable for two years. Source: getOrders, filter (read 2026-11-22). */
const reachMs = 729 * 24 * 3_600_000
/** Restarts of one window in one pass, when rows move while it is paged or its end lies in eBay's future. */
const restartsPerPass = 3

const cursorSchema = z.strictObject({
  /** Everything modified until here has been read. */
  watermark: instant.optional(),
  /** Length of the next window; follows the density of changes. */
  spanMs: z.number().positive(),
  quotaReadAt: instant.optional(),
  /** When orders changed whose shipments were read: the overlap shows them again, which shall not cost the call again. */
  counted: z.record(z.string(), instant).optional(),
  /** The window being read. `end` is the frozen upper bound of the pass; bounds are inclusive. */
  window: z
    .strictObject({
      from: instant,
      to: instant,
      end: instant,
      offset: z.int().nonnegative(),
      total: z.int().nonnegative().optional(),
      restarts: z.int().nonnegative(),
    })
    .optional(),
})

export type ReadingState = z.infer<typeof cursorSchema>
type Bounds = Pick<Shop, 'since' | 'overlapMs'> & { readonly now: Instant }
export type ReadingWindow = NonNullable<ReadingState['window']>

/** Where reading stands; at the beginning without a cursor. */
export function readCursor(shop: Shop, cursor: Cursor | undefined, call: CallContext): ReadingState {
  return parseCursor(cursorSchema, cursor, { shop, call }) ?? { spanMs: firstSpanMs }
}

/** The first window of a pass; undefined when nothing can have happened since the last one. */
export function openWindow(state: ReadingState, { since, overlapMs, now }: Bounds): ReadingWindow | undefined {
  const end = addMs(now, -blindZoneMs)
  const from = latest(addMs(state.watermark ?? since, -overlapMs), addMs(now, -reachMs))
  return from >= end ? undefined : slice(from, end, state.spanMs)
}

function slice(from: Instant, end: Instant, spanMs: number): ReadingWindow {
  return { from, to: earliest(end, addMs(from, spanMs)), end, offset: 0, restarts: 0 }
}

/**
 * The same window, short enough that a page should hold it; undefined when it is as short as it gets. Where to cut is
 * guessed from `moments`, the times of change that the page shows: whatever the order in which eBay lists, they tell
 * where changes cluster.
 */
export function narrow(window: ReadingWindow, total: number, moments: readonly Instant[] = []): ReadingWindow | undefined {
  const span = msBetween(window.from, window.to)
  if (total <= pageSize || window.offset > 0 || span <= shortestMs) return undefined
  const fitting = fittingSpan(window, total, moments) ?? Math.min(span / 2, (span * aimedSize) / total)
  return { ...window, to: addMs(window.from, Math.max(shortestMs, Math.floor(fitting))) }
}

/** Up to the moment at which a page is about three quarters full; in front of it when too much clusters there. */
function fittingSpan(window: ReadingWindow, total: number, moments: readonly Instant[]): number | undefined {
  const sorted = moments.filter((moment) => moment >= window.from && moment <= window.to).toSorted()
  const moment = sorted[Math.floor((sorted.length * aimedSize) / total)]
  if (moment === undefined) return undefined
  const upTo = sorted.filter((other) => other <= moment).length
  const isCluster = (upTo * total) / sorted.length > pageSize || moment === window.to
  return msBetween(window.from, moment) - (isCluster ? 1 : 0)
}

/** The window with an end that eBay's clock, as the `Date` of its answer tells it, has passed; undefined when nothing of it is left. */
export function stepBack(window: ReadingWindow, date: string | undefined): ReadingWindow | undefined {
  const minuteEarlier = addMs(window.to, -60_000)
  const serverMs = Date.parse(date ?? '')
  const end = Number.isNaN(serverMs) ? minuteEarlier : earliest(minuteEarlier, instantFromMs(serverMs - blindZoneMs))
  return end <= window.from ? undefined : { ...window, to: end, end }
}

/** Where reading stands after an answer, and whether the pass goes on. */
export interface Step {
  readonly state: ReadingState
  readonly hasMore: boolean
}

/** Remembers orders whose shipments were read, and forgets what changed before `since`, which no overlap shows again. */
export function remember(
  state: ReadingState,
  counted: readonly (readonly [orderId: string, changedAt: Instant])[],
  since: Instant,
): ReadingState {
  const kept = [...Object.entries(state.counted ?? {}), ...counted].filter(([, changedAt]) => changedAt >= since)
  return { ...state, counted: Object.fromEntries(kept) }
}

/** The window from its beginning, if there is one. One that never rests is left for the next pass rather than read round and round. */
export function restart(state: ReadingState, window: ReadingWindow | undefined): Step {
  if (!window) return { state: { ...state, window }, hasMore: false }
  const { from, to, end, restarts } = window
  const hasMore = restarts < restartsPerPass
  return { state: { ...state, window: { from, to, end, offset: 0, restarts: hasMore ? restarts + 1 : 0 } }, hasMore }
}

/** What follows a page: the next offset, the window from its beginning, the next window, or the end of the pass. */
export function advance(state: ReadingState, window: ReadingWindow, page: { readonly total: number; readonly records: number }): Step {
  const { total } = page
  const offset = window.offset + page.records
  const isIncomplete = offset < total
  // A changed total means that a row has left the window, and the rows behind it have moved up past the offset.
  const hasMoved = (window.offset > 0 && total !== window.total) || (isIncomplete && page.records === 0)
  if (hasMoved) return restart(state, window)
  if (isIncomplete) return { state: { ...state, window: { ...window, offset, total } }, hasMore: true }
  const spanMs = nextSpan(msBetween(window.from, window.to), total)
  if (window.to >= window.end) return { state: { ...state, spanMs, watermark: window.end, window: undefined }, hasMore: false }
  // Moments have milliseconds and both bounds are inclusive.
  return { state: { ...state, spanMs, window: slice(addMs(window.to, 1), window.end, spanMs) }, hasMore: true }
}

/** Aims at three quarters of a page; quiet times are crossed in steps that grow. */
function nextSpan(spanMs: number, total: number): number {
  const growth = Math.min(mostGrowth, aimedSize / Math.max(1, total))
  return Math.min(longestSpanMs, Math.max(shortestMs, Math.floor(spanMs * growth)))
}
