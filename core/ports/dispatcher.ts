import type { LaneName } from '../model/lane.ts'
import type { Instant } from '../value/instant.ts'
import type { Tx } from './storage.ts'

/** Runs one pass of one lane for one account. */
export type LaneHandler = (lane: LaneName, account: string, signal: AbortSignal) => Promise<void>

/**
 * Decides when lanes run; at most one pass of a lane and account at a time. Wake-ups are hints, the rows
 * are the truth: a lost wake-up costs delay, never work.
 */
export interface Dispatcher {
  /** Runs the lane for the account at this cadence, with jitter; called again, a changed cadence takes the place of the last. */
  every(lane: LaneName, account: string, cadenceMs: number): void
  /** Asks for a pass soon. With a transaction an engine may tie the wake-up to its commit. */
  wake(lane: LaneName, account: string, tx?: Tx): void
  /** Asks for a pass at this time; an earlier request for the same lane and account stays. */
  wakeAt(lane: LaneName, account: string, at: Instant): void
  start(handler: LaneHandler): Promise<void>
  /** Stops starting passes, aborts running ones after the grace time, and waits for them. */
  stop(): Promise<void>
}
