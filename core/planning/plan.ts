import type { CatalogIndex } from '../mapping/catalog-index.ts'
import type { FulfillmentLine } from '../model/fulfillment-order.ts'
import type { Address, Order, OrderLine, Ruling } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { ShippingService, Warehouse } from '../model/warehouse.ts'
import type { OrderTwin } from '../ports/storage.ts'
import type { FieldProblem, OutboundOptions } from '../ports/wms-adapter.ts'
import type { PromisedLevel } from '../rules/facts.ts'
import type { FxRates } from '../rules/fx.ts'
import type { RuleTrial } from '../rules/rule.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import type { AutoMerge } from '../rules/stages/merge.ts'
import type { Instant } from '../value/instant.ts'
import type { Money } from '../value/money.ts'
import type { LineUnits } from './demand.ts'
import type { StockView } from './stock-view.ts'

export interface PlanningInput {
  /** State and lines as they are; the mapping is resolved anew. */
  readonly order: Order
  /** Units that no fulfillment order covers yet. */
  readonly units: LineUnits
  readonly catalog: CatalogIndex
  readonly stock: StockView
  readonly warehouses: readonly Warehouse[]
  readonly rules: RuleSet
  /** An earlier order alike, for rules that ask for it. */
  readonly twin?: OrderTwin
  /** Rates of exchange for rules that ask for dollars. */
  readonly fx?: FxRates
  /** A part of the order is planned or has gone already. */
  readonly isBegun?: boolean
  /** The warehouse's own field limits for what would be sent. */
  checkFields(part: PlannedPart, shipTo: Address): readonly FieldProblem[]
  readonly now: Instant
}

/** One fulfillment order to be made. */
export interface PlannedPart {
  readonly warehouse: Warehouse
  readonly service: ShippingService
  readonly lines: readonly FulfillmentLine[]
  /** What its shipping costs; undefined when the service does not say. */
  readonly price?: Money
  /** What the warehouse is asked for beside shipping. */
  readonly options?: OutboundOptions
}

/** What one step of planning looked at and what came of it; `npm run why` reads it out. Free of personal data. */
export interface TraceStep {
  readonly stage:
    | 'intake'
    | 'enrich'
    | 'mapping'
    | 'review'
    | 'address'
    | 'merge'
    | 'allocate'
    | 'split'
    | 'courier'
    | 'options'
    | 'fields'
    | 'push'
  readonly result: string
  readonly details?: readonly string[]
  /** The rules of the stage that were tried, in order, with the values they compared. */
  readonly rules?: readonly RuleTrial[]
}

/** An order that may travel with others, as the rules see it. */
export interface MergeWish {
  readonly rule: string
  readonly action: AutoMerge
  /** Enriched and mapped. */
  readonly order: Order
  readonly level: PromisedLevel | undefined
}

export interface Plan {
  readonly lines: readonly OrderLine[]
  /** Empty when the order may go. */
  readonly holds: readonly WantedHold[]
  /**
   * What to make once no hold is open: a person may release a hold that stands here, so parts are given
   * beside holds too, as far as a warehouse and a service could be found.
   */
  readonly parts: readonly PlannedPart[]
  /** Why a part of the order stays behind while the parts go ahead; undefined when nothing does. */
  readonly rest?: WantedHold
  readonly trace: readonly TraceStep[]
  /** Of `holds`, those that only keep the push back until a time: orders that wait so may still be merged. */
  readonly waits: readonly WantedHold[]
  /** Set when a rule lets the order travel with others of its buyer. */
  readonly merge?: MergeWish
  /** To be stored beside what the platform said. An order that is left to somebody else has a hold too, until that is recorded. */
  readonly ruled?: Ruling
}

/** Where a shipment goes from. `rest` is why a part of it stays behind. */
export type Allocation = ({ readonly parts: readonly PlannedPart[]; readonly rest?: WantedHold } | { readonly hold: WantedHold }) & {
  readonly trace: readonly TraceStep[]
}
