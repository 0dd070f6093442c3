import { z } from 'zod'
import type { CallContext, Cursor } from '../../../core/ports/connector.ts'
import { addMs, type Instant, latest } from '../../../core/value/instant.ts'
import { parseCursor } from '../../shared/cursor.ts'
import { instant } from '../../shared/schema.ts'
import type { RecordKeys } from '../schema.ts'
import type { WishShop } from '../settings.ts'
import { latestOf, type Walk, walk } from './keyset.ts'

/** Where the changes are read up to. Without `walk` the last reading came to the end of the list. */
const positionSchema = z.object({ watermark: instant, walk: walk.optional() })

const dayMs = 86_400_000

export interface ReadingPlace {
  readonly watermark: Instant
  readonly place: Walk
}

/** Where reading goes on; an overlap before the watermark when the last one came to the end. */
export function readCursor(shop: WishShop, since: Cursor | undefined, call: CallContext): ReadingPlace {
  const position = parseCursor(positionSchema, since, { shop, call }) ?? { watermark: shop.since }
  const { watermark } = position
  return { watermark, place: position.walk ?? { from: addMs(watermark, -shop.overlapMs), seen: [] } }
}

/** The watermark is the last time that Wish showed, never a time of this machine. */
export function nextCursor({ watermark }: ReadingPlace, keys: readonly RecordKeys[], next: Walk | undefined, now: Instant): Cursor {
  // A time more than a day ahead is not believed: it would carry the watermark past orders to come.
  const limit = addMs(now, dayMs)
  const believed = keys.filter(({ updated_at }) => updated_at !== undefined && updated_at <= limit)
  const last = latestOf(believed, 'updated_at')
  return JSON.stringify({ watermark: last === undefined ? watermark : latest(watermark, last), walk: next })
}
