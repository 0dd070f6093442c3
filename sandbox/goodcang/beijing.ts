import { addMs, type Instant } from '../../core/value/instant.ts'

const beijingMinutes = 480

/** Times are Beijing's, without a zone; an absent one is the zero date. */
export function showBeijing(at: Instant | undefined): string {
  if (at === undefined) return '0000-00-00 00:00:00'
  return addMs(at, beijingMinutes * 60_000)
    .slice(0, 19)
    .replace('T', ' ')
}

/** Whether the moment lies in a range of Beijing times, both ends included; an absent end is open. */
export function isWithin(at: Instant | undefined, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined && to === undefined) return true
  if (at === undefined) return false
  const shown = showBeijing(at)
  return (from === undefined || shown >= from) && (to === undefined || shown <= to)
}
