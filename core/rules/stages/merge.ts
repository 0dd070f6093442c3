import { parseDurationMs } from '../../value/instant.ts'
import { onlyOne, readAction } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import type { Place } from '../place.ts'

/** Orders of one buyer travel together, within these caps. */
export interface AutoMerge {
  readonly kind: 'auto'
  /** Counted from the payment of the first order, or from its purchase when no payment time is known. */
  readonly windowMs: number
  readonly maxOrders: number
  /** Undefined is no cap of the rule's own. */
  readonly maxWeightGrams: number | undefined
  /** Pieces, after mapping. */
  readonly maxQuantity: number | undefined
}

export type MergeAction = { readonly kind: 'never' } | AutoMerge

const usualOrders = 5
const mostOrders = 20
const most = 1_000_000_000
/** A buyer is promised a parcel, not a collection. */
const longestWindowMs = 3 * 86_400_000

export const mergeReader: StageReader<MergeAction> = {
  stage: 'merge',
  endsAtFirstMatch: () => true,
  readThen(place) {
    const only = onlyOne(place)
    const read = only && readAction(only, 'merge')
    if (!read) return undefined
    const { action, at } = read
    if (action === 'never') return at.isBare() ? { kind: 'never' } : undefined
    if (!at.block(['window', 'maxOrders', 'maxWeightGrams', 'maxQuantity'])) return undefined
    const windowMs = readWindow(at.at('window'))
    const maxOrders = readCap(at.at('maxOrders'), 2, mostOrders)
    const maxWeightGrams = readCap(at.at('maxWeightGrams'), 1, most)
    const maxQuantity = readCap(at.at('maxQuantity'), 2, most)
    if (windowMs === undefined || !maxOrders || !maxWeightGrams || !maxQuantity) return undefined
    return {
      kind: 'auto',
      windowMs,
      maxOrders: maxOrders.value ?? usualOrders,
      maxWeightGrams: maxWeightGrams.value,
      maxQuantity: maxQuantity.value,
    }
  },
}

function readWindow(place: Place): number | undefined {
  const text = place.text('how long orders are gathered, such as 60m', 'add its unit')
  if (text === undefined) return undefined
  const ms = parseDurationMs(text)
  if (ms === undefined) return place.problem(`"${text}" is no duration; write it as 30m, 2h or 1d`)
  return ms <= longestWindowMs ? ms : place.problem('expected at most 3d: every order of the rule waits that long')
}

/** Undefined only when it is there and has a mistake. */
function readCap(place: Place, from: number, to: number): { readonly value: number | undefined } | undefined {
  if (place.value === undefined) return { value: undefined }
  const value = place.wholeNumber(from, to)
  return value === undefined ? undefined : { value }
}
