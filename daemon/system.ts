import { randomUUID } from 'node:crypto'
import { setTimeout as sleepFor } from 'node:timers/promises'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import { instantFromMs } from '../core/value/instant.ts'

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => instantFromMs(Date.now()),
  async sleep(ms, signal) {
    await sleepFor(ms, undefined, signal ? { signal } : {})
  },
}

/** Time first, so that ids sort by creation; then chance, so that two processes never meet. */
export const systemIds: Ids = {
  next: () => `${Date.now().toString(36)}-${randomUUID()}`,
}
