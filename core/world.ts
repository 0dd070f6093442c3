import type { LaneName } from './model/lane.ts'
import type { Shop } from './model/shop.ts'
import type { Carrier, Warehouse, WmsAccount } from './model/warehouse.ts'
import type { Clock } from './ports/clock.ts'
import type { CallContext, Connector, ConnectorCapabilities } from './ports/connector.ts'
import type { Ids } from './ports/ids.ts'
import type { Log } from './ports/log.ts'
import type { Storage } from './ports/storage.ts'
import type { WmsAdapter, WmsCapabilities } from './ports/wms-adapter.ts'
import type { RuleSet } from './rules/rule-set.ts'
import type { Instant } from './value/instant.ts'

/** The configuration in force. A pass reads it once, so that it never sees half of a change. */
export interface Operations {
  /** Hash of the files: the config version that decisions name. */
  readonly version: string
  /** Read and plan, change nothing outside. */
  readonly writeStop: boolean
  readonly shops: readonly Shop[]
  readonly accounts: readonly WmsAccount[]
  readonly warehouses: readonly Warehouse[]
  readonly carriers: readonly Carrier[]
  readonly rules: RuleSet
}

export interface ShopDesk {
  readonly shop: Shop
  readonly connector: Connector
  readonly capabilities: ConnectorCapabilities
  /** Work in the background leaves a part of each limit to the work that cannot wait. */
  call(signal: AbortSignal, urgency?: 'background'): CallContext
}

export interface WmsDesk {
  readonly account: WmsAccount
  readonly adapter: WmsAdapter
  readonly capabilities: WmsCapabilities
  call(signal: AbortSignal): CallContext
}

/** Steps at which a crash test ends the process. */
export type Failpoint =
  | 'poll.page-stored'
  | 'push.before-intent'
  | 'push.after-intent'
  | 'push.answered'
  | 'confirm.before-intent'
  | 'confirm.after-intent'
  | 'confirm.answered'

/** Everything a lane works with. It has no other door to the outside. */
export interface World {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly epoch: number
  operations(): Operations
  /** Throws SyncError `config` when the shop is not configured (any more). */
  shop(id: string): ShopDesk
  wmsAccount(id: string): WmsDesk
  /** A hint that the lane has work; the rows are the truth. */
  wake(lane: LaneName, account: string): void
  failpoint(name: Failpoint): Promise<void>
}

/** What a pass did. */
export interface PassReport {
  readonly counts: Readonly<Record<string, number>>
  /** Due rows are left: run again at once. */
  readonly more: boolean
  /** When the next row falls due by itself. */
  readonly nextDueAt?: Instant
}

/** One pass of one lane for one account. Errors that stop the whole account are thrown as SyncError. */
export type Lane = (world: World, account: string, signal: AbortSignal) => Promise<PassReport>

/** Rows a pass claims at once. */
export const batchSize = 100
