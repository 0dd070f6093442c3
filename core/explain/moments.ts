import { type Instant, msBetween } from '../value/instant.ts'

/** `2026-11-24 08:00:05Z`: UTC to the second, which is what a person compares with other systems. */
export function moment(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}Z`
}

export type Unit = 'second' | 'minute' | 'hour' | 'day'

const units: readonly { readonly unit: Unit; readonly ms: number }[] = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
]

/** The distance of two moments in its largest whole unit; days and hours from two on, so that little is lost. */
function roughly(from: Instant, to: Instant): { readonly count: number; readonly unit: Unit; readonly isPast: boolean } {
  const ms = msBetween(from, to)
  const distance = Math.abs(ms)
  const fitting = units.find(({ ms: size, unit }) => distance >= size * (unit === 'day' || unit === 'hour' ? 2 : 1))
  const { unit, ms: size } = fitting ?? { unit: 'second' as const, ms: 1_000 }
  return { count: Math.floor(distance / size), unit, isPast: ms < 0 }
}

/** How far away a moment is, in words. */
export function distanceOf(now: Instant, at: Instant, words: { distance(count: number, unit: Unit, isPast: boolean): string }): string {
  const { count, unit, isPast } = roughly(now, at)
  return words.distance(count, unit, isPast)
}
