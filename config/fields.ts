import { z } from 'zod'
import { isCountry } from '../core/value/country.ts'
import { type Instant, parseDurationMs, parseInstant } from '../core/value/instant.ts'
import { isCurrency } from '../core/value/money.ts'
import { closest } from '../core/value/spelling.ts'

/** Text that is not empty and does not begin or end with a blank. */
export const text = z
  .string()
  .min(1)
  .regex(/^\S(.*\S)?$/s, 'must not begin or end with a blank')

/** A name we give: shop, account, warehouse, service, carrier, client. It stands in URLs, keys and file names. */
export const identifier = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'use 1 to 64 letters, digits, "-", "_" or "."')

/** `30s`, `5m`, `2h`, `1d` → milliseconds. */
export const duration = z
  .string()
  .refine((value) => (parseDurationMs(value) ?? 0) > 0, 'expected a duration such as 30s, 5m or 2h')
  .transform((value) => parseDurationMs(value) ?? 0)

/** A moment that names its zone → UTC. */
export const instant = z
  .string()
  .refine((value) => parseInstant(value) !== undefined, 'expected a moment with its zone, such as 2026-11-01T00:00:00Z')
  .transform((value) => parseInstant(value) as Instant)

/** Address of an HTTP server; without query, fragment or credentials. The final slash goes. */
export const endpoint = z
  .string()
  .refine(isEndpoint, 'expected an http or https address such as http://127.0.0.1:4601')
  .transform((value) => value.replace(/\/+$/, ''))

export const country = z.string().refine(isCountry, {
  error: (issue) =>
    issue.input === 'UK'
      ? 'the country code of the United Kingdom is GB (ISO 3166-1)'
      : 'expected a country code of two capital letters (ISO 3166-1), such as US or DE',
})

export const currency = z.string().refine(isCurrency, 'expected a currency code of three capital letters (ISO 4217), such as USD')

export const timezone = z.string().refine(isTimezone, {
  error: (issue) => {
    const meant = closest(String(issue.input), Intl.supportedValuesOf('timeZone'))
    return meant === undefined
      ? 'expected a time zone name such as America/New_York or Asia/Tokyo'
      : `unknown time zone, did you mean "${meant}"?`
  },
})

/** Local time of day. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day as "HH:MM", such as "15:00"')

/** Rates that override the published ones, by operation. */
export const limits = z.record(z.string(), z.strictObject({ perSecond: z.number().positive(), burst: z.number().min(1) }))

function isEndpoint(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  const isPlain = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return (url.protocol === 'http:' || url.protocol === 'https:') && isPlain
}

function isTimezone(value: string): boolean {
  // A fixed offset such as +08:00 is accepted by Intl but forgets daylight saving time.
  if (!/^[A-Za-z]/.test(value)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
