import type { EffectKind, EffectState } from '../model/effect.ts'
import type { FulfillmentOrderStatus } from '../model/fulfillment-order.ts'
import type { HoldReason, HoldSource } from '../model/hold.ts'
import type { LaneName } from '../model/lane.ts'
import type { OrderState, PaymentState, SnapshotStatus } from '../model/order.ts'
import type { TraceStep } from '../planning/plan.ts'
import type { EventType } from './event-types.ts'
import type { Unit } from './moments.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** Data of an event as it was stored. */
export type EventData = Readonly<Record<string, unknown>>

export interface HoldWords {
  /** In plain words, why the order waits. */
  readonly why: string
  /** What ends it and who has to do what. */
  readonly ends: string
}

/** Everything that an explanation says, in one language. Closed lists are closed here too. */
export interface Words {
  readonly states: Readonly<Record<OrderState, { readonly name: string; readonly sentence: string }>>
  readonly paymentStates: Readonly<Record<PaymentState, string>>
  readonly platformStates: Readonly<Record<SnapshotStatus, string>>
  readonly holds: Readonly<Record<HoldReason, HoldWords>>
  readonly holdSources: Readonly<Record<HoldSource, string>>
  readonly effectKinds: Readonly<Record<EffectKind, string>>
  readonly effectStates: Readonly<Record<EffectState, string>>
  readonly fulfillmentStatuses: Readonly<Record<FulfillmentOrderStatus, string>>
  readonly stages: Readonly<Record<TraceStep['stage'], string>>
  readonly lanes: Readonly<Record<LaneName, string>>
  readonly trials: Readonly<Record<'matched' | 'not-matched' | 'fx-missing', string>>
  readonly events: Readonly<Record<EventType, (data: EventData, words: Words) => string>>
  readonly titles: Readonly<Record<'platform' | 'decided' | 'outside' | 'holds' | 'history' | 'next', string>>
  readonly say: Sentences
  /** A sentence of the product's own that was stored in English. What is not known stays as it is. */
  said(text: string): string
}

export interface Sentences {
  ago(count: number, unit: Unit): string
  ahead(count: number, unit: Unit): string
  headline(facts: { readonly platform: string; readonly id: string; readonly shop: string; readonly lines: number; readonly units: number }): string
  total(amount: string, currency: string): string
  waits(why: string, others: number): string
  purchased(at: string): string
  changed(at: string): string
  shipBy(at: string, distance: string, isOver: boolean): string
  promised(service: string): string
  byPlatform: string
  notOurs(reason: string): string
  closed(reason: string): string
  editedFields: string
  chosen(warehouse: string | undefined, service: string | undefined): string
  unreadableSince(reason: string): string
  cancelledUnits(count: number): string
  shippedElsewhere(count: number): string
  noSku: string
  notDecided: string
  decidedAt(at: string, distance: string, version: string): string
  newerDecision: string
  nothingSent: string
  sent(parts: readonly string[]): string
  personalData(country: string): string
  attempts(count: number): string
  armedAt(at: string): string
  settledAt(at: string): string
  verifiedAt(at: string): string
  nextLook(at: string, distance: string): string
  theirNumber(id: string): string
  answer(code: string, message: string): string
  warehouseSays(status: string, own: string): string
  problem(text: string): string
  parked: string
  stopRequested(at: string): string
  package(ordinal: number, tracking: string, carrier: string, at: string): string
  noPackages: string
  noHolds: string
  since(at: string, distance: string): string
  placedBy(source: string): string
  about(subject: string): string
  endsAt(at: string, distance: string): string
  run(command: string): string
  timesAreUtc: string
  next: NextSentences
  rejected: RejectedSentences
}

export interface NextSentences {
  doThis: string
  byItself: string
  nothing: string
  at(at: string, distance: string): string
  over: string
  ignored: string
  cancelled: string
  verify(tracking: string): string
  decide: string
  decideAt: string
  send(what: string, account: string): string
  askAgain(what: string, account: string): string
  underWay(what: string, account: string): string
  warehouse(account: string): string
  payment(shop: string): string
  writeStop: string
  laneStopped(lane: string, account: string, message: string): string
  notRunning(distance: string): string
  standsStill: string
}

export interface RejectedSentences {
  headline(id: string, account: string): string
  summary: string
  reason(text: string): string
  seen(first: string, last: string): string
  kept: string
  next: string
}
