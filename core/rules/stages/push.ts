import { parseDurationMs } from '../../value/instant.ts'
import { onlyOne, readAction } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import type { Place } from '../place.ts'

/** When a planned order goes to the warehouse. */
export type PushAction =
  | { readonly kind: 'now' | 'manual' }
  /** So long after the payment, or after the purchase when no payment time is known. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Not before this time ahead of the warehouse's next cut-off. */
  | { readonly kind: 'before-cutoff'; readonly ms: number }

const dayMs = 86_400_000

export const pushReader: StageReader<PushAction> = {
  stage: 'push',
  endsAtFirstMatch: () => true,
  readThen(place) {
    const only = onlyOne(place)
    const read = only && readAction(only, 'push')
    if (!read) return undefined
    const { action, at } = read
    if (action === 'now' || action === 'manual') return at.isBare() ? { kind: action } : undefined
    const ms = readDuration(at)
    if (ms === undefined) return undefined
    if (action === 'delay') return { kind: 'delay', ms }
    return ms < dayMs ? { kind: 'before-cutoff', ms } : at.problem('expected less than a day before the cut-off')
  },
}

function readDuration(place: Place): number | undefined {
  const text = place.text('a duration such as 2h', 'add its unit')
  if (text === undefined) return undefined
  return parseDurationMs(text) ?? place.problem(`"${text}" is no duration; write it as 30m, 2h or 1d`)
}
