import type { Order } from '../model/order.ts'
import { addMs, type Instant, parseDurationMs } from '../value/instant.ts'
import { isBlock, type Place } from './place.ts'

/** A moment of an order, such as `paidAt + 30m`; undefined when the order does not have it. */
export interface Moment {
  readonly text: string
  of(order: Order): Instant | undefined
}

const anchors = ['paidAt', 'purchasedAt', 'shipBy', 'deliverBy', 'importedAt'] as const

/** Reads `paidAt`, `paidAt + 30m` or `shipBy - 4h`. */
export function readMoment(place: Place): Moment | undefined {
  const text = place.text('a moment such as "paidAt + 30m"')
  if (text === undefined) return undefined
  const match = /^([A-Za-z]+)(?:\s*([+-])\s*(\S+))?$/.exec(text.trim())
  if (!match) return place.problem(`"${text}" is no moment; write it as "paidAt + 30m"`)
  const anchor = place.as(match[1]).word(anchors, 'moment')
  if (match[3] === undefined) return anchor && { text, of: (order) => order[anchor] }
  const ms = parseDurationMs(match[3])
  if (ms === undefined) return place.problem(`"${match[3]}" is no duration; write it as 30m, 2h or 1d`)
  const shift = match[2] === '-' ? -ms : ms
  return anchor && { text, of: (order) => shifted(order[anchor], shift) }
}

function shifted(at: Instant | undefined, ms: number): Instant | undefined {
  return at && addMs(at, ms)
}

/** What ends a rule's hold. */
export type Release = { readonly mode: 'manual' | 'when-condition' } | { readonly mode: 'at-time'; readonly at: Moment }

/** `manual`, `when-condition`, or `{ at: "paidAt + 30m" }`. */
export function readRelease(place: Place): Release | undefined {
  if (isBlock(place.value)) {
    const at = place.block(['at']) && readMoment(place.at('at'))
    return at && { mode: 'at-time', at }
  }
  if (typeof place.value !== 'string') return place.problem('expected manual, when-condition, or a block such as { at: "paidAt + 30m" }')
  const mode = place.word(['manual', 'when-condition'], 'release')
  return mode && { mode }
}
