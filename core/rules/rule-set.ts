import type { OrderLine } from '../model/order.ts'
import type { RuleFacts, RuleHold } from './facts.ts'
import type { Choice, RuleTrial } from './rule.ts'
import type { AllocateAction } from './stages/allocate.ts'
import type { CourierAction } from './stages/courier.ts'
import type { Enrichment } from './stages/enrich.ts'
import type { IntakeAction } from './stages/intake.ts'
import type { MappingStrategy } from './stages/mapping.ts'
import type { MergeAction } from './stages/merge.ts'
import type { OptionChoice } from './stages/options.ts'
import type { PushAction } from './stages/push.ts'
import type { SplitAction } from './stages/split.ts'

export type { RuleFacts, RuleHold } from './facts.ts'

/**
 * The operator's rules, compiled when loaded. Evaluating is pure and never throws. A stage without rules is
 * absent and does what it does by default.
 */
export interface RuleSet {
  /** Config version that decisions name. */
  readonly version: string
  /** Whether a split rule divides orders before a warehouse is looked for. */
  readonly dividesAhead?: boolean
  /** Whether a rule asks for `duplicate`, so that earlier orders must be looked through. */
  readonly asksForTwins?: boolean
  intake?(facts: RuleFacts): Choice<IntakeAction>
  /** What all matching enrich rules, one after the other, make of the order. */
  enrich?(facts: RuleFacts): Enrichment
  /** The strategies for a line that no mapping names, in the order in which they are tried. */
  mapping?(facts: RuleFacts, line: OrderLine): Choice<readonly MappingStrategy[]>
  /** What every review rule that matches holds, in order of the list. */
  review(facts: RuleFacts): readonly RuleHold[]
  /** The review rules that were tried, for the trace. */
  reviewTrials?(facts: RuleFacts): readonly RuleTrial[]
  /** Whether the order may travel with others of its buyer. */
  merge?(facts: RuleFacts): Choice<MergeAction>
  allocate?(facts: RuleFacts): Choice<AllocateAction>
  split?(facts: RuleFacts): Choice<SplitAction>
  courier?(facts: RuleFacts): Choice<CourierAction>
  /** What the matching options rules ask for, of one part. */
  options?(facts: RuleFacts): OptionChoice
  push?(facts: RuleFacts): Choice<PushAction>
}
