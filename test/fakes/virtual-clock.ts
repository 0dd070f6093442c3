import type { Clock } from '../../core/ports/clock.ts'
import { addMs, type Instant, parseInstant } from '../../core/value/instant.ts'

export interface VirtualClock extends Clock {
  /** Lets time pass; never back. */
  advance(ms: number): void
}

/** Time that passes only when somebody sleeps or says so: a day takes no time at all. */
export function virtualClock(start = '2026-11-24T08:00:00Z'): VirtualClock {
  let now = instantOf(start)
  const advance = (ms: number): void => {
    if (ms < 0) throw new Error('time does not run back')
    now = addMs(now, ms)
  }
  return {
    now: () => now,
    advance,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      advance(ms)
    },
  }
}

function instantOf(text: string): Instant {
  const instant = parseInstant(text)
  if (instant === undefined) throw new Error(`"${text}" is not an instant`)
  return instant
}
