import { type Warehouse, weekdays } from '../model/warehouse.ts'
import { addMs, type Instant, instantFromMs, instantToMs } from '../value/instant.ts'

const minuteMs = 60_000
const dayMinutes = 1_440
const dayMs = dayMinutes * minuteMs
/** No warehouse is closed for longer. */
const mostDays = 400

/** When a warehouse works: its cut-off, its work days and holidays, all by its own clock. */
export type Hours = Pick<Warehouse, 'timezone' | 'cutoff' | 'workdays' | 'holidays'>

/** The next moment at which the warehouse closes a work day; undefined when it names no cut-off. */
export function nextCutoff(warehouse: Hours, now: Instant): Instant | undefined {
  const cutoff = cutoffMinutes(warehouse)
  if (cutoff === undefined) return undefined
  const { day } = localTime(now, warehouse.timezone)
  for (let ahead = 0; ahead <= mostDays; ahead += 1) {
    const at = isWorkday(warehouse, dayAfter(day, ahead)) && instantAt(dayAfter(day, ahead), cutoff, warehouse.timezone)
    if (at && at > now) return at
  }
  return undefined
}

/** The last moment, at or before this one, to hand an order over so that it has left by then. */
export function lastHandOver(warehouse: Hours, by: Instant): Instant {
  const cutoff = cutoffMinutes(warehouse)
  const { day } = localTime(by, warehouse.timezone)
  for (let back = 0; back <= mostDays; back += 1) {
    const candidate = dayAfter(day, -back)
    if (!isWorkday(warehouse, candidate)) continue
    if (cutoff === undefined) return back === 0 ? by : instantAt(dayAfter(candidate, 1), 0, warehouse.timezone)
    const at = instantAt(candidate, cutoff, warehouse.timezone)
    if (at <= by) return at
  }
  return by
}

/** The first moment after this one that is not too late for what is handed over then; every hand-over before it leaves by it. */
export function nextHandOver(warehouse: Hours, now: Instant): Instant {
  const cutoff = nextCutoff(warehouse, now)
  if (cutoff) return cutoff
  const days = daysToLeave(warehouse, now)
  return days === 0 ? now : addMs(now, days * dayMs)
}

/** Days until what arrives now leaves the warehouse: none before the cut-off of a work day. */
export function daysToLeave(warehouse: Hours, now: Instant): number {
  const cutoff = cutoffMinutes(warehouse)
  const { day, minutes } = localTime(now, warehouse.timezone)
  const isOver = cutoff !== undefined && minutes >= cutoff
  for (let ahead = isOver ? 1 : 0; ahead <= mostDays; ahead += 1) {
    if (isWorkday(warehouse, dayAfter(day, ahead))) return ahead
  }
  return mostDays
}

function isWorkday({ workdays, holidays }: Hours, day: string): boolean {
  if (holidays?.includes(day)) return false
  const name = weekdays[(new Date(day).getUTCDay() + 6) % 7]
  return workdays === undefined || (name !== undefined && workdays.includes(name))
}

function cutoffMinutes({ cutoff }: Hours): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(cutoff ?? '')
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined
}

function dayAfter(day: string, days: number): string {
  return days === 0 ? day : new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

/** The moment when the clock there shows this. Clocks change by day, so the second look is right. */
function instantAt(day: string, minutes: number, timezone: string): Instant {
  const wanted = Date.parse(day) + minutes * minuteMs
  let ms = wanted
  for (let look = 0; look < 2; look += 1) {
    const shown = localTime(instantFromMs(ms), timezone)
    ms += wanted - (Date.parse(shown.day) + shown.minutes * minuteMs)
  }
  return instantFromMs(ms)
}

/** Making a formatter is slow, and there are as many as time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function localTime(at: Instant, timeZone: string): { readonly day: string; readonly minutes: number } {
  const formatter =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
  formatters.set(timeZone, formatter)
  const parts = new Map(formatter.formatToParts(instantToMs(at)).map(({ type, value }) => [type, value]))
  const minutes = Number(parts.get('hour')) * 60 + Number(parts.get('minute'))
  return { day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`, minutes }
}
