import { type Instant, instantToMs } from '../../core/value/instant.ts'

/** Longest wait that is believed: a day's quota. A wrong header must not stop a shop for years. */
const longestMs = 24 * 3_600_000

/**
 * Reads a `Retry-After` header, whole seconds or an HTTP date, into milliseconds from `now`; at most a day.
 * Undefined when it is absent or says nothing. Source: RFC 9110, section 10.2.3 (read 2026-11-22).
 */
export function retryAfterMs(header: string | undefined, now: Instant): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - instantToMs(now)
  return Number.isNaN(ms) ? undefined : Math.min(longestMs, Math.max(0, Math.ceil(ms)))
}

/** The same as a detail of an error: empty when nothing is said. `headers` have lower-case names. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: Instant): { readonly retryAfterMs?: number } {
  const wait = retryAfterMs(headers['retry-after'], now)
  return wait === undefined ? {} : { retryAfterMs: wait }
}
