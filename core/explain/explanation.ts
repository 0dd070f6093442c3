import type { Catalog } from '../model/catalog.ts'
import type { EffectKind, EffectState } from '../model/effect.ts'
import type { HoldReason, HoldSource } from '../model/hold.ts'
import type { OrderState } from '../model/order.ts'
import type { LaneRow, OrderEvent } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'
import type { Language } from './words.ts'

/** What an explanation is made from beside the order itself. */
export interface ExplainContext {
  /** The stored trace of the last plan, as it was read; undefined when the order was never planned. */
  readonly trace: { readonly at: Instant; readonly trace: unknown } | undefined
  /** Oldest first. */
  readonly events: readonly OrderEvent[]
  readonly now: Instant
  readonly lang: Language
  /** The lanes as they stand: a stopped one is often the real reason. */
  readonly lanes?: readonly LaneRow[]
  /** Nothing may be changed outside. */
  readonly writeStop?: boolean
  /** Version of the configuration in force. */
  readonly version?: string
  /** Why the newest reading of the order could not be understood, if so. */
  readonly unreadable?: string
  /** The catalog, for what an unmapped listing may stand for. */
  readonly catalog?: Pick<Catalog, 'products' | 'bundles' | 'mappings'>
  /** Put behind every command, such as ` --config data/demo`. */
  readonly commandTail?: string
}

/** Why an order is where it is, as a document; `renderExplanation` makes one page of it. Free of personal data. */
export interface Explanation {
  readonly language: Language
  readonly orderNo: string
  readonly shop: string
  readonly platform: string
  readonly platformOrderId: string
  readonly state: OrderState
  /** What the order is. */
  readonly headline: string
  /** Its state in one sentence. */
  readonly summary: string
  readonly platformSaid: readonly string[]
  readonly decided: Decided
  readonly outside: readonly OutsideStep[]
  /** Open ones, oldest first. */
  readonly holds: readonly ExplainedHold[]
  readonly history: readonly { readonly at: Instant; readonly type: string; readonly text: string }[]
  readonly next: NextStep
}

export interface Decided {
  /** When and by which configuration, or why nothing was decided. */
  readonly text: string
  readonly at: Instant | null
  readonly version: string | null
  /** Another configuration is in force now. */
  readonly isOutdated: boolean
  readonly steps: readonly DecidedStep[]
}

export interface DecidedStep {
  readonly stage: string
  readonly title: string
  readonly result: string
  /** Rules that were tried, with the values compared; then what else was looked at. */
  readonly details: readonly string[]
}

/** One outside write or one warehouse order, with what came back. */
export interface OutsideStep {
  readonly about: EffectKind | 'fulfillment-order'
  readonly key: string
  readonly account: string
  readonly state: EffectState | string
  readonly text: string
  readonly details: readonly string[]
}

export interface ExplainedHold {
  readonly reason: HoldReason
  readonly source: HoldSource
  readonly subject: string
  readonly since: Instant
  readonly why: string
  readonly detail: string
  readonly ends: string
  /** What it may be meant as; a person decides. */
  readonly suggestions: readonly string[]
  /** Ready to be run, the first one first; placeholders in capitals are to be filled in. */
  readonly commands: readonly string[]
}

export interface NextStep {
  readonly kind: 'person' | 'by-itself' | 'nothing'
  readonly text: string
  readonly at: Instant | null
  readonly commands: readonly string[]
  /** What stands in the way besides. */
  readonly notes: readonly string[]
}
