import type { Instant } from '../value/instant.ts'

/** The only source of time. A virtual clock makes a day pass in seconds. */
export interface Clock {
  now(): Instant
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
