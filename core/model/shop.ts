import type { Instant } from '../value/instant.ts'
import type { Platform } from './order.ts'
import type { Limits } from './warehouse.ts'

/** One account on one platform, as configured. `settings` has passed the connector's own schema. */
export interface Shop {
  readonly id: string
  readonly platform: Platform
  readonly clientId: string
  /** Replaces every host of the platform, token host included. */
  readonly endpoint?: string
  readonly pollEveryMs: number
  readonly overlapMs: number
  /** Orders bought before it are recorded, never pushed. */
  readonly since: Instant
  readonly limits: Limits
  /** Time between two probes of an unknown outcome. */
  readonly settleMs: number
  readonly settings: unknown
}
