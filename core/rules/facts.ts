import type { Product } from '../model/catalog.ts'
import type { HoldReason, HoldRelease } from '../model/hold.ts'
import type { Order } from '../model/order.ts'
import type { ZonePlace } from '../planning/zones.ts'
import type { OrderTwin } from '../ports/storage.ts'
import type { Sku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import type { FxRates } from './fx.ts'

export const promisedLevels = ['economy', 'standard', 'expedited', 'overnight'] as const
export type PromisedLevel = (typeof promisedLevels)[number]

/** What conditions may look at: the order, what is known of its goods, and the moment. */
export interface RuleFacts {
  readonly order: Order
  /** By SKU, for the resolved lines. */
  readonly products: ReadonlyMap<Sku, Product>
  readonly now: Instant
  /** Without it, amounts in another currency than US dollars cannot be told in dollars. */
  readonly fx?: FxRates
  /** An earlier order alike within a day; only looked for when a rule asks for `duplicate`. */
  readonly twin?: OrderTwin
  /** What the enrich rules made of the promised service. */
  readonly promisedLevel?: PromisedLevel
  /** Known once the order is allocated. */
  readonly warehouse?: string
  /** Of the address, seen from that warehouse; undefined when no zone table covers it. */
  readonly place?: ZonePlace
  /** Known once the service is chosen. */
  readonly service?: string
}

/** A hold that a rule orders. */
export interface RuleHold {
  /** The rule's name: the hold's subject. */
  readonly rule: string
  readonly reason: HoldReason
  readonly detail: string
  readonly release: HoldRelease
}
