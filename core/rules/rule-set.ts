import type { Product } from '../model/catalog.ts'
import type { HoldReason, HoldRelease } from '../model/hold.ts'
import type { Order } from '../model/order.ts'
import type { Sku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import type { FxRates } from './fx.ts'

/** What conditions may look at: the order, what is known of its goods, and the moment. */
export interface RuleFacts {
  readonly order: Order
  /** By SKU, for the resolved lines. */
  readonly products: ReadonlyMap<Sku, Product>
  readonly now: Instant
  /** Without it, amounts in another currency than the asked one cannot be told. */
  readonly fx?: FxRates
}

/** A hold that a rule orders. */
export interface RuleHold {
  /** The rule's name: the hold's subject. */
  readonly rule: string
  readonly reason: HoldReason
  readonly detail: string
  readonly release: HoldRelease
}

/** The operator's rules, compiled when loaded. Evaluating is pure and never throws. */
export interface RuleSet {
  /** Config version that decisions name. */
  readonly version: string
  /** Every review rule that matches, in order of the list. */
  review(facts: RuleFacts): readonly RuleHold[]
}
