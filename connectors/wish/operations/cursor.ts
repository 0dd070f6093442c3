import { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { CallContext, Cursor } from '../../../core/ports/connector.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { parseCursor } from '../../shared/cursor.ts'
import { instant } from '../../shared/schema.ts'
import type { WishQuery } from '../client.ts'
import type { RecordKeys } from '../schema.ts'
import type { WishShop } from '../settings.ts'

/**
 * What shares one moment is walked along the other time (`from`). Where both times are shared it is asked for
 * by state and then by order type, which is all that the operation can filter by.
 */
const part = z.object({
  from: instant.optional(),
  seen: z.array(z.string()),
  state: z.string().optional(),
  orderType: z.string().optional(),
})
type Part = z.infer<typeof part>

/** A place in the list: everything before `from` is read, and of `from` itself the ids in `seen`. */
export const walk = z.object({ from: instant, seen: z.array(z.string()), parts: z.array(part).optional() })
export type Walk = z.infer<typeof walk>

/** Where the changes are read up to. Without `walk` the last reading came to the end of the list. */
const position = z.object({ watermark: instant, walk: walk.optional() })
type Position = z.infer<typeof position>

/** Where reading goes on; an overlap before the watermark when the last one came to the end. */
export function readCursor(shop: WishShop, since: Cursor | undefined, call: CallContext): Position & { readonly walk: Walk } {
  const { watermark, walk }: Position = parseCursor(position, since, { shop, call }) ?? { watermark: shop.since }
  return { watermark, walk: walk ?? { from: addMs(watermark, -shop.overlapMs), seen: [] } }
}

/** The watermark after a page: the last time that Wish showed, never a time of this machine. */
export function advanced(watermark: Instant, rows: readonly RecordKeys[], now: Instant): Instant {
  // A time more than a day ahead is not believed: it would carry the watermark past orders to come.
  const limit = addMs(now, 86_400_000)
  const believed = rows.filter(({ updated_at }) => updated_at !== undefined && updated_at <= limit)
  return latestOf([{ updated_at: watermark }, ...believed], 'updated_at') ?? watermark
}

/** The time that a walk goes along, and the one that orders what shares a moment of it. */
const otherKeys = { updated_at: 'released_at', released_at: 'updated_at' } as const
export type WalkKey = keyof typeof otherKeys

export interface WalkOptions {
  readonly key: WalkKey
  readonly pageSize: number
  /** Inclusive, as the operation has it; without end when absent. */
  readonly until?: Instant
}

export interface Step<Row> {
  /** What this walk meets for the first time. */
  readonly fresh: readonly Row[]
  /** Undefined at the end of the list. */
  readonly next: Walk | undefined
  /** The moment at which Wish may have orders that no request can list. */
  readonly incompleteAt?: Instant
}

const states = ['APPROVED', 'SHIPPED', 'REFUNDED', 'REQUIRE_REVIEW', 'DECLINED']
/** The filter knows fewer order types than an order can have: schema OrderTypeFilter. */
const orderTypes = ['WISH_EXPRESS', 'FULFILLED_BY_WISH', 'FULFILLED_BY_STORE', 'LESS_THAN_TRUCKLOAD', 'ADVANCED_LOGISTICS', 'WISH_PLUS']

/**
 * The query of the next page. Wish has no cursor: the next page starts at the last time of this one, and both
 * bounds are inclusive ("orders updated before this time will not show"). The default order is descending.
 * Source: Wish Marketplace V3 API 3.0.65, GetMultipleOrders and "Pagination" (read 2026-11-22).
 */
export function walkQuery({ from, parts }: Walk, { key, pageSize, until }: WalkOptions): WishQuery {
  const other = otherKeys[key]
  const current = parts?.[0]
  return {
    limit: String(pageSize),
    sort_by: `${current === undefined ? key : other}.asc`,
    [`${key}_min`]: from,
    // One millisecond on, in case Wish keeps finer times than it prints.
    [`${key}_max`]: current === undefined ? until : addMs(from, 1),
    [`${other}_min`]: current?.from,
    // One at a time: how a list of states is sent is not documented.
    states: current?.state,
    order_type: current?.orderType,
  }
}

/** Where the walk goes after a page. Every page moves it, so it cannot loop. */
export function step<Row extends RecordKeys>(place: Walk, rows: readonly Row[], { key, pageSize }: WalkOptions): Step<Row> {
  const [current, ...rest] = place.parts ?? []
  const seen = [...place.seen, ...(current?.seen ?? [])]
  const isFull = rows.length >= pageSize
  const unseen = rows.filter((row) => row[key] !== place.from || !seen.includes(row.id ?? ''))
  if (current === undefined) return { fresh: unseen, next: isFull ? nextAlong(place, rows, key) : undefined }
  const fresh = unseen.filter((row) => row[key] === undefined || row[key] <= place.from)
  const split = isFull ? splitPart(current, rows, otherKeys[key]) : { parts: [], isIncomplete: false }
  const parts = [...split.parts, ...rest]
  const next = parts.length > 0 ? { ...place, parts } : { from: addMs(place.from, 1), seen: [] }
  return { fresh, next, ...(split.isIncomplete ? { incompleteAt: place.from } : {}) }
}

function nextAlong(place: Walk, rows: readonly RecordKeys[], key: WalkKey): Walk {
  const last = latestOf(rows, key)
  if (last === undefined) {
    // Going on would skip orders, and nothing says where to go on.
    const message = `Wish sent a full page of orders without a readable ${key}; nothing can be read behind it`
    throw new SyncError('invalid-data', message, { code: 'wish-page-without-times', context: { key } })
  }
  if (last > place.from) return { from: last, seen: idsAt(rows, key, last) }
  const seen = [...new Set([...place.seen, ...idsAt(rows, key, place.from)])]
  return { from: place.from, seen, parts: [{ seen: [] }] }
}

/** What a full page of a part leaves to be asked for. Orders of one type, state and moment are told apart by nothing. */
function splitPart(current: Part, rows: readonly RecordKeys[], other: WalkKey) {
  const { from, state, orderType } = current
  const last = latestOf(rows, other)
  const isPast = last !== undefined && (from === undefined || last > from)
  if (state !== undefined) {
    const types = isPast || orderType !== undefined ? [] : orderTypes
    return { parts: types.map((type): Part => ({ ...current, seen: [], orderType: type })), isIncomplete: !isPast }
  }
  if (isPast) return { parts: [{ from: last, seen: idsAt(rows, other, last) }], isIncomplete: false }
  const byState = states.map((each): Part => ({ ...current, seen: [], state: each }))
  const onwards = from === undefined ? [] : [{ from: addMs(from, 1), seen: [] }]
  return { parts: [...byState, ...onwards], isIncomplete: false }
}

/** The latest time of a page, whatever the order in which it came. */
function latestOf(rows: readonly RecordKeys[], key: WalkKey): Instant | undefined {
  return rows
    .flatMap((row) => row[key] ?? [])
    .sort()
    .at(-1)
}

function idsAt(rows: readonly RecordKeys[], key: WalkKey, time: Instant): string[] {
  return rows.flatMap((row) => (row[key] === time && row.id !== undefined ? [row.id] : []))
}
