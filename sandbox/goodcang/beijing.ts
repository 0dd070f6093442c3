import { addMs, type Instant, parseInstantAtOffset } from '../../core/value/instant.ts'

const beijingMinutes = 480

/** Times are Beijing's, without a zone; an absent one is the zero date. */
export function showBeijing(at: Instant | undefined): string {
  if (at === undefined) return '0000-00-00 00:00:00'
  return addMs(at, beijingMinutes * 60_000)
    .slice(0, 19)
    .replace('T', ' ')
}

/** A range of Beijing times, to the second, both ends included; an absent end is open. */
export function rangeOf(from: string | undefined, to: string | undefined): (at: Instant | undefined) => boolean {
  const [start, end] = [from, to].map((text) => (text === undefined ? undefined : parseInstantAtOffset(text, beijingMinutes)?.slice(0, 19)))
  if (start === undefined && end === undefined) return () => true
  return (at) => {
    const second = at?.slice(0, 19)
    return second !== undefined && (start === undefined || second >= start) && (end === undefined || second <= end)
  }
}
