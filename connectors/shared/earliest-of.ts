import { type Instant, parseInstant } from '../../core/value/instant.ts'

/** The earliest of the moments that can be read; undefined when none can. For dates that an order can do without. */
export function earliestOf(texts: readonly (string | undefined)[] | undefined): Instant | undefined {
  return (texts ?? []).flatMap((text) => parseInstant(text ?? '') ?? []).sort()[0]
}
