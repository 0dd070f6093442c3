import type { Warehouse } from '../model/warehouse.ts'
import { type Instant, instantFromMs, instantToMs } from '../value/instant.ts'

const minuteMs = 60_000
const dayMinutes = 1_440

type Hours = Pick<Warehouse, 'timezone' | 'cutoff'>

/** The next moment at which the warehouse closes its day's work; undefined when it names no cut-off. */
export function nextCutoff(warehouse: Hours, now: Instant): Instant | undefined {
  const cutoff = cutoffMinutes(warehouse)
  if (cutoff === undefined) return undefined
  const fromMs = Math.floor(instantToMs(now) / minuteMs) * minuteMs
  const ahead = (cutoff - localMinutes(fromMs, warehouse.timezone) + dayMinutes) % dayMinutes || dayMinutes
  const guessMs = fromMs + ahead * minuteMs
  // Between now and then the clocks may change.
  const error = ((cutoff - localMinutes(guessMs, warehouse.timezone) + 1.5 * dayMinutes) % dayMinutes) - dayMinutes / 2
  return instantFromMs(guessMs + error * minuteMs)
}

/** Whether an order that arrives now leaves the warehouse today. Without a cut-off it does. */
export function leavesToday(warehouse: Hours, now: Instant): boolean {
  const cutoff = cutoffMinutes(warehouse)
  return cutoff === undefined || localMinutes(instantToMs(now), warehouse.timezone) < cutoff
}

function cutoffMinutes({ cutoff }: Hours): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(cutoff ?? '')
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined
}

/** Making a formatter is slow, and there are as many as time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function localMinutes(ms: number, timeZone: string): number {
  const formatter =
    formatters.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' })
  formatters.set(timeZone, formatter)
  const parts = formatter.formatToParts(ms)
  const numberOf = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return numberOf('hour') * 60 + numberOf('minute')
}
