import { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { instant } from '../../shared/schema.ts'
import type { WishQuery } from '../client.ts'
import type { WishRecord } from '../map-order.ts'
import { type RecordKeys, recordKeys } from '../schema.ts'

/** The time that a walk goes along; the other one only orders what shares one moment. */
export type WalkKey = 'updated_at' | 'released_at'

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

export interface WalkOptions {
  readonly key: WalkKey
  readonly pageSize: number
  /** Inclusive, as the operation has it; without end when absent. */
  readonly until?: Instant
}

export interface Step {
  /** Indices of the records that this walk meets for the first time. */
  readonly fresh: readonly number[]
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
export function walkQuery(place: Walk, options: WalkOptions): WishQuery {
  const { key, pageSize, until } = options
  const limit = String(pageSize)
  const current = place.parts?.[0]
  if (current === undefined) return { limit, sort_by: `${key}.asc`, [`${key}_min`]: place.from, [`${key}_max`]: until }
  const other = otherKey(key)
  return {
    limit,
    sort_by: `${other}.asc`,
    [`${key}_min`]: place.from,
    // One millisecond on, in case Wish keeps finer times than it prints.
    [`${key}_max`]: addMs(place.from, 1),
    [`${other}_min`]: current.from,
    states: current.state === undefined ? undefined : [current.state],
    order_type: current.orderType,
  }
}

/** Where the walk goes after a page. Every page moves it, so it cannot loop. */
export function step(place: Walk, records: readonly RecordKeys[], options: WalkOptions): Step {
  const current = place.parts?.[0]
  if (current === undefined) return stepAlong(place, records, options)
  return stepThroughMoment(place, current, records, options)
}

function stepAlong(place: Walk, records: readonly RecordKeys[], { key, pageSize }: WalkOptions): Step {
  const fresh = freshOf(records, (record) => record[key] === place.from && place.seen.includes(record.id ?? ''))
  if (records.length < pageSize) return { fresh, next: undefined }
  const last = latestOf(records, key)
  if (last === undefined) throw withoutTimes(key)
  if (last <= place.from) {
    const seen = [...new Set([...place.seen, ...idsAt(records, key, place.from)])]
    return { fresh, next: { from: place.from, seen, parts: [{ seen: [] }] } }
  }
  return { fresh, next: { from: last, seen: idsAt(records, key, last) } }
}

/** Going on would skip orders, and nothing says where to go on. */
function withoutTimes(key: WalkKey): SyncError {
  return new SyncError('invalid-data', `Wish sent a full page of orders without a readable ${key}; nothing can be read behind it`, {
    code: 'wish-page-without-times',
    context: { key },
  })
}

function stepThroughMoment(place: Walk, current: Part, records: readonly RecordKeys[], { key, pageSize }: WalkOptions): Step {
  const other = otherKey(key)
  const isLater = (record: RecordKeys) => record[key] !== undefined && record[key] > place.from
  const isKnown = (record: RecordKeys) => record[key] !== undefined && [...place.seen, ...current.seen].includes(record.id ?? '')
  const fresh = freshOf(records, (record) => isLater(record) || isKnown(record))
  const rest = (place.parts ?? []).slice(1)
  const { parts, isIncomplete } = records.length < pageSize ? { parts: [], isIncomplete: false } : split(current, records, other)
  const remaining = [...parts, ...rest]
  const next = remaining.length > 0 ? { ...place, parts: remaining } : { from: addMs(place.from, 1), seen: [] }
  return { fresh, next, ...(isIncomplete ? { incompleteAt: place.from } : {}) }
}

/** What a full page leaves to be asked for. */
function split(
  current: Part,
  records: readonly RecordKeys[],
  other: WalkKey,
): { readonly parts: readonly Part[]; readonly isIncomplete: boolean } {
  const last = latestOf(records, other)
  const isPast = last !== undefined && (current.from === undefined || last > current.from)
  if (current.state !== undefined && isPast) return { parts: [], isIncomplete: false }
  if (current.orderType !== undefined) return { parts: [], isIncomplete: true }
  if (current.state !== undefined)
    return { parts: orderTypes.map((orderType) => ({ ...current, seen: [], orderType })), isIncomplete: true }
  if (isPast) {
    return { parts: [{ from: last, seen: idsAt(records, other, last) }], isIncomplete: false }
  }
  const byState = states.map((state) => ({ ...current, seen: [], state }))
  const onwards = current.from === undefined ? [] : [{ from: addMs(current.from, 1), seen: [] }]
  return { parts: [...byState, ...onwards], isIncomplete: false }
}

function otherKey(key: WalkKey): WalkKey {
  return key === 'updated_at' ? 'released_at' : 'updated_at'
}

function freshOf(records: readonly RecordKeys[], isOld: (record: RecordKeys) => boolean): readonly number[] {
  return records.flatMap((record, index) => (isOld(record) ? [] : [index]))
}

/** The latest time of a page, whatever the order in which it came. */
export function latestOf(records: readonly RecordKeys[], key: WalkKey): Instant | undefined {
  let last: Instant | undefined
  for (const record of records) {
    const time = record[key]
    if (time !== undefined && (last === undefined || time > last)) last = time
  }
  return last
}

function idsAt(records: readonly RecordKeys[], key: WalkKey, time: Instant): string[] {
  return records.flatMap((record) => (record[key] === time && record.id !== undefined ? [record.id] : []))
}

export function keysOf(records: readonly WishRecord[]): readonly RecordKeys[] {
  return records.map((record) => recordKeys.safeParse(record.raw).data ?? {})
}
