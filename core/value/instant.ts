declare const instantBrand: unique symbol

/** A moment in UTC as ISO 8601 text with milliseconds, such as `2026-11-24T08:00:00.000Z`. Sorts as text. */
export type Instant = string & { readonly [instantBrand]: true }

const withZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

/**
 * Reads ISO 8601 text that names its zone (`Z` or an offset). Returns undefined for anything else: text
 * without a zone has no single meaning, so the caller says which zone it means (`parseInstantAtOffset`).
 */
export function parseInstant(text: string): Instant | undefined {
  if (!withZone.test(text) || !hasExistingDay(text)) return undefined
  const ms = Date.parse(text.replace(' ', 'T'))
  return Number.isNaN(ms) ? undefined : instantFromMs(ms)
}

/** Reads text without a zone (`2026-11-24 08:00:00`) as local time of a fixed offset, such as 480 minutes for Beijing. */
export function parseInstantAtOffset(text: string, offsetMinutes: number): Instant | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?$/.exec(text)
  if (!match || !hasExistingDay(text)) return undefined
  const ms = Date.parse(`${match[1]}T${match[2]}${match[3] ?? ''}Z`)
  return Number.isNaN(ms) ? undefined : instantFromMs(ms - offsetMinutes * 60_000)
}

/** Date.parse takes 30 February for 2 March; a day that does not exist is no day. */
function hasExistingDay(text: string): boolean {
  const day = text.slice(0, 10)
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}

/** Milliseconds since 1970 to an instant. Throws RangeError outside the years a Date can hold. */
export function instantFromMs(ms: number): Instant {
  return new Date(ms).toISOString() as Instant
}

export function instantToMs(instant: Instant): number {
  return Date.parse(instant)
}

export function addMs(instant: Instant, ms: number): Instant {
  return instantFromMs(instantToMs(instant) + ms)
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function msBetween(from: Instant, to: Instant): number {
  return instantToMs(to) - instantToMs(from)
}

export function latest(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}

export function earliest(a: Instant, b: Instant): Instant {
  return a < b ? a : b
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Reads a duration such as `500ms`, `30s`, `5m`, `2h` or `1d` into milliseconds; undefined when it is not one. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim())
  if (!match) return undefined
  return Math.round(Number(match[1]) * unitMs[match[2] as keyof typeof unitMs])
}
