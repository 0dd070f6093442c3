import type { ZodType } from 'zod'
import type { EffectCapabilities, WriteOutcome } from '../model/effect.ts'
import type { OrderSnapshot, Platform, ReportedShipment, SnapshotStatus } from '../model/order.ts'
import type { Shop } from '../model/shop.ts'
import type { Instant } from '../value/instant.ts'
import type { CallGate, RateLimits } from './call-gate.ts'
import type { Log } from './log.ts'
import type { TokenStore } from './token-store.ts'
import type { Transport } from './transport.ts'

/** What every call of a connector or adapter is handed. */
export interface CallContext {
  now(): Instant
  readonly signal: AbortSignal
  readonly tokens: TokenStore
  readonly gate: CallGate
  readonly log: Log
}

/** Opaque to everyone but the connector that made it; saved in the transaction that stores its page. */
export type Cursor = string

export interface RejectedRecord {
  /** The platform's id of the record, when it could be read. */
  readonly platformOrderId?: string
  /** Where in the record and why, such as `lineItems.0.quantity: expected number`. */
  readonly reason: string
  readonly payload: unknown
}

export interface OrderPage {
  readonly orders: readonly OrderSnapshot[]
  /** Records that could not be read. One bad record never loses its page. */
  readonly rejected: readonly RejectedRecord[]
  readonly nextCursor: Cursor
  /** More can be read at once. With `hasMore` the cursor must have moved; core refuses an endless loop. */
  readonly hasMore: boolean
}

export interface TimeWindow {
  /** Inclusive. */
  readonly from: Instant
  /** Exclusive. */
  readonly to: Instant
}

/** One row of what a platform lists by creation time. */
export interface ListedOrder {
  readonly platformOrderId: string
  readonly createdAt: Instant
  readonly status: SnapshotStatus
}

export interface OrderListing {
  readonly orders: readonly ListedOrder[]
  /** Undefined on the last page. */
  readonly nextPage: string | undefined
}

/** One package to report to a platform. */
export interface ShipmentConfirmation {
  readonly platformOrderId: string
  /** Site of the order (Amazon marketplace id). */
  readonly site?: string
  /** Counts the packages of the order from 1; persisted before the first try and never changed. */
  readonly packageOrdinal: number
  /** The package's id where we choose it; reports of earlier versions have none, and then it is the ordinal. */
  readonly packageReference?: number
  readonly trackingNumber: string
  /** The platform's word for the carrier, from carriers.yaml. */
  readonly carrierWord: string
  /** The carrier's own name, for platforms that want it beside a generic word. */
  readonly carrierName: string
  readonly trackingUrl?: string
  /** Of the order's other packages, as far as they are known by then; only where an order takes one number. */
  readonly otherTrackingNumbers?: readonly string[]
  readonly shippedAt: Instant
  /** ISO 3166-1 alpha-2 of the warehouse. */
  readonly originCountry: string
  readonly lines: readonly { readonly platformLineId: string; readonly quantity: number }[]
  readonly notifyBuyer: boolean
}

/** A package that was reported under another tracking number, which is to be replaced. */
export interface ShipmentCorrection extends ShipmentConfirmation {
  readonly replacedTrackingNumber: string
}

export interface StockOffer {
  readonly channelSku: string
  readonly itemId?: string
  readonly quantity: number
  readonly idempotencyKey: string
}

export interface ConnectorCapabilities {
  readonly confirmShipment: EffectCapabilities
  /** One order takes several packages. */
  readonly severalPackages: boolean
}

export interface ConnectCheck {
  /** The account that the credentials belong to, as the platform names it. */
  readonly account: string
  /** What will stop working and when: expiring secrets, sunset versions, missing scopes. */
  readonly warnings: readonly string[]
}

/**
 * One shop on its platform. It maps and reports; it does not retry, sleep, schedule, store or decide.
 * Reads throw SyncError `auth`, `rate-limit`, `transient`, `config`, `invalid-data` and may be repeated.
 * Writes return what the platform answered; they throw `auth` and `rate-limit`, and `transient` with
 * `notSent`, only when the write was certainly not executed. Every call honors the signal.
 */
export interface Connector {
  checkConnection(call: CallContext): Promise<ConnectCheck>
  /**
   * Reads orders changed since the cursor, oldest change first. Undefined starts at the shop's `since`
   * minus its overlap, or where the connector must start.
   */
  fetchOrderChanges(since: Cursor | undefined, call: CallContext): Promise<OrderPage>
  /** Undefined when the platform does not know it (any more). */
  fetchOrder(platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined>
  /** Lists orders by creation time, for the completeness sweep. */
  listOrders(window: TimeWindow, page: string | undefined, call: CallContext): Promise<OrderListing>
  /** Reports one package. `confirmed` is the documented success and nothing else. */
  confirmShipment(confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome>
  /** Puts the tracking number of a reported package right, where the platform lets it be changed. May be repeated. */
  correctShipment?(correction: ShipmentCorrection, call: CallContext): Promise<WriteOutcome>
  readShipments(platformOrderId: string, call: CallContext): Promise<readonly ReportedShipment[]>
  offerStock?(offers: readonly StockOffer[], call: CallContext): Promise<readonly WriteOutcome[]>
}

/** A token in exchange for a person's consent, for `npm run connect`. */
export interface ConsentFlow<Settings> {
  /** The address that the operator opens in a browser. */
  authorizeUrl(settings: Settings): string
  exchange(settings: Settings, code: string, transport: Transport, now: Instant): Promise<import('./token-store.ts').StoredToken>
  /** Scope and seed under which the shop's token is stored; settings alone may not tell two shops of one app apart. */
  tokenKey(settings: Settings, shopId: string): { readonly scope: string; readonly seed: string }
}

/** What `connectors/index.ts` lists, one per platform. */
export interface ConnectorDefinition<Settings = unknown> {
  readonly platform: Platform
  /** The platform's `settings` block; unknown keys are errors. */
  readonly settings: ZodType<Settings>
  /** Keys of `settings` that hold secrets: a literal value is refused unless `endpoint` is loopback. */
  readonly secrets: readonly string[]
  /** Published rates by operation, each with its source in `rate-limits.ts`. */
  readonly rateLimits: RateLimits
  readonly capabilities: ConnectorCapabilities
  /**
   * What a shop reads orders of; empty texts say nothing. Two shops with one in common would import and ship every order
   * twice, so configuration refuses them. Never shown: one may be a secret.
   */
  accountKeys(settings: Settings): readonly string[]
  /** Shops with the same scope share buckets (eBay's daily quota spans shops). */
  limitScope(shop: Shop & { readonly settings: Settings }): string
  readonly consent?: ConsentFlow<Settings>
  create(shop: Shop & { readonly settings: Settings }, transport: Transport): Connector
}
