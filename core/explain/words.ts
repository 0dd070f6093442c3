import type { MappingSuggestion } from '../mapping/suggest.ts'
import type { EffectKind, EffectState } from '../model/effect.ts'
import type { FulfillmentOrderStatus } from '../model/fulfillment-order.ts'
import type { Hold, HoldReason, HoldSource } from '../model/hold.ts'
import type { LaneName } from '../model/lane.ts'
import type { OrderState, PaymentState, SnapshotStatus } from '../model/order.ts'
import type { TraceStep } from '../planning/plan.ts'
import type { EventType } from './event-types.ts'
import type { Unit } from './moments.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

export interface HoldWords {
  /** In plain words, why the order waits. */
  readonly why: string
  /** What ends it and who has to do what. */
  readonly ends: string
}

/** Everything that an explanation says, in one language. Lists that are closed in the model are closed here too. */
export interface Words {
  readonly language: Language
  readonly colon: string
  readonly listMark: string
  /** Between two sentences. */
  readonly gap: string
  readonly states: Readonly<Record<OrderState, { readonly name: string; readonly sentence: string }>>
  readonly paymentStates: Readonly<Record<PaymentState, string>>
  readonly platformStates: Readonly<Record<SnapshotStatus, string>>
  readonly holds: Readonly<Record<HoldReason, HoldWords>>
  /** Of `cancel-pending` when the buyer asks on the platform: no warehouse was asked anything. */
  readonly cancelAsked: HoldWords
  /** Of `platform-hold` when it is ours: the platform opened the order again, or its shop is not configured any more. */
  readonly platformDoubt: HoldWords
  readonly holdSources: Readonly<Record<HoldSource, string>>
  readonly effectKinds: Readonly<Record<EffectKind, string>>
  readonly effectStates: Readonly<Record<EffectState, string>>
  readonly fulfillmentStatuses: Readonly<Record<FulfillmentOrderStatus, string>>
  readonly stages: Readonly<Record<TraceStep['stage'], string>>
  readonly lanes: Readonly<Record<LaneName, string>>
  readonly verdicts: Readonly<Record<'matched' | 'not-matched' | 'fx-missing' | 'yes' | 'no' | 'unknown', string>>
  readonly events: Readonly<Record<EventType, (event: EventFacts) => string>>
  /** Parts of an order that a platform may change. */
  readonly changes: Readonly<Record<'status' | 'payment' | 'address' | 'quantities', string>>
  readonly titles: Readonly<Record<'platform' | 'decided' | 'outside' | 'holds' | 'history' | 'next', string>>
  readonly say: OrderSentences
  readonly outside: OutsideSentences
  readonly next: NextSentences
  readonly rejected: RejectedSentences
  /** `3 minutes ago`, `in 2 hours`. */
  distance(count: number, unit: Unit, isPast: boolean): string
  /** A sentence of the product's own that was stored in English. What is not known stays as it is. */
  said(text: string): string
}

/** What the words of an event may use, read once; a missing part is empty text. */
export interface EventFacts {
  /** One stored value as text. */
  text(key: string): string
  /** The parts that changed, in words. */
  readonly changed: string
  /** Old and new, or only the new when they are equal. */
  readonly fromTo: string
  readonly stateFrom: string
  readonly stateTo: string
  /** The warehouse's status in our words, with its own word. */
  readonly status: string
  readonly packages: number
  /** Reason and subject of a hold. */
  readonly held: string
  readonly user: string
  readonly fields: string
  /** Kind and subject of an outside write. */
  readonly effect: string
  readonly attempt: number
  /** What the other side said, after a colon. */
  readonly said: string
}

export interface OrderSentences {
  headline(order: { readonly platform: string; readonly id: string; readonly shop: string }): string
  goods(lines: number, units: number): string
  waits(why: string, others: number): string
  status(own: string, ours: string, payment: string): string
  times(purchasedAt: string, updatedAt: string): string
  shipBy(at: string, distance: string, isOver: boolean): string
  promised(service: string): string
  readonly byPlatform: string
  notOurs(reason: string): string
  closed(reason: string): string
  readonly addressEdited: string
  routeChosen(warehouse: string | undefined, service: string | undefined): string
  unreadable(reason: string): string
  cancelledUnits(count: number): string
  shippedThere(count: number): string
  readonly noSku: string
  readonly notDecided: string
  decidedAt(at: string, distance: string, version: string): string
  /** The configuration has changed since the decision. */
  readonly otherVersion: string
  rule(name: string, verdict: string): string
  found(asked: string, found: string, verdict: string): string
  placedBy(source: string): string
  about(subject: string): string
  readonly detail: string
  readonly ends: string
  /** What an unmapped listing may stand for; `known` is the shop that has it mapped, or the code that is known. */
  perhaps(goods: string, because: MappingSuggestion['because'], known: string): string
  since(at: string, distance: string): string
  endsAt(at: string, distance: string): string
  readonly run: string
  readonly nothingWaits: string
  /** In place of the sentence for `completed`, while a hold is open. */
  readonly doneButHeld: string
  /** By the warehouse's word everything that it has of the order has left, without a tracking number. */
  readonly leftUnnumbered: string
  readonly noHistory: string
}

export interface OutsideSentences {
  readonly nothing: string
  effect(kind: string, subject: string, account: string, state: string): string
  sentOutbound(warehouse: string, service: string, country: string): string
  sentTracking(tracking: string, carrier: string): string
  attempts(count: number): string
  armedAt(at: string): string
  settledAt(at: string): string
  verifiedAt(at: string): string
  remoteId(id: string): string
  answered(message: string, code: string): string
  nextLook(at: string, distance: string): string
  fulfillmentOrder(reference: string, warehouse: string, service: string, status: string): string
  theirNumber(number: string): string
  readonly parked: string
  /** In place of a status. */
  readonly leftUnnumbered: string
  unnumberedSince(at: string): string
  /** So many orders travel in it. */
  merged(orders: number): string
  problem(text: string): string
  stopRequested(at: string): string
  parcel(tracking: string, carrier: string, at: string): string
}

export interface NextSentences {
  readonly person: string
  readonly byItself: string
  at(at: string, distance: string): string
  readonly completed: string
  readonly cancelled: string
  readonly ignored: string
  /** A person has closed the order. */
  readonly closed: string
  readonly decides: string
  /** The platform allows no label before that time. */
  readonly notBefore: string
  sends(what: string): string
  asks(what: string): string
  verifies(what: string): string
  underWay(what: string): string
  readonly warehouse: string
  readonly trackingNumber: string
  readonly payment: string
  /** The platform shows no lines of the order. */
  readonly lines: string
  readonly standsStill: string
  readonly writeStop: string
  stopped(lane: string, account: string, message: string): string
  notRunning(distance: string): string
}

export interface RejectedSentences {
  headline(id: string, account: string): string
  readonly summary: string
  reason(text: string): string
  seen(first: string, last: string): string
  readonly next: string
}

/** The words for a hold, as it is. */
export function wordsOfHold({ reason, source }: Hold, words: Words): HoldWords {
  if (reason === 'platform-hold' && source === 'system') return words.platformDoubt
  return reason === 'cancel-pending' && source === 'platform' ? words.cancelAsked : words.holds[reason]
}
