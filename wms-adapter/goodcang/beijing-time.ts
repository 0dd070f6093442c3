import { addMs, type Instant, parseInstantAtOffset } from '../../core/value/instant.ts'

/** Beijing is eight hours ahead of UTC all year. */
const offsetMinutes = 480

/**
 * Writes an instant as Goodcang's query fields want it: Beijing time, `YYYY-MM-DD HH:MM:SS`, no zone,
 * fractions of a second dropped. Source: order/get_order_list, modify_date_from (read 2026-11-22).
 */
export function beijingText(instant: Instant): string {
  return addMs(instant, offsetMinutes * 60_000)
    .slice(0, 19)
    .replace('T', ' ')
}

/**
 * Reads a time of an answer. Absent are also empty text, the word `null` and the zero date, all of which
 * stand in the samples of the order calls (read 2026-11-22).
 */
export function parseBeijing(text: string | undefined): Instant | undefined {
  if (text === undefined || text.startsWith('0000-00-00')) return undefined
  return parseInstantAtOffset(text, offsetMinutes)
}
