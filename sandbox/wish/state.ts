import { createHash } from 'node:crypto'
import type { LedgerShipment } from '../../core/audit/ledger.ts'
import { addMs, type Instant, instantToMs } from '../../core/value/instant.ts'
import type { LaggedView } from '../shared/lagged-view.ts'
import type { RequestLog } from '../shared/request-log.ts'
import type { SimulationOptions } from '../simulated.ts'
import type { OrderDocument } from './document.ts'

export interface WishOptions extends SimulationOptions {
  /** How long an asynchronous write takes; 300 ms with open limits, else 5 s. Nothing is published. */
  readonly asynchronousMs?: number
  /** Calls that one app may make for one merchant in one window. Wish publishes no number; 60 a minute is ours. */
  readonly callsPerWindow?: number
  readonly windowMs?: number
}

/** Doubtful behaviors of the documentation, all off unless named in `switches`. */
export const switchNames = [
  /** `code` is a number in errors too; the schema says integer, the examples show text. */
  'code-as-number',
  /** `code` is text in success too. */
  'code-as-text',
  /** Each refresh ends the refresh token that was used. */
  'rotate-refresh-token',
  /** The new number is listed while the update is still in progress. */
  'show-tracking-in-progress',
  /** Every asynchronous write fails. */
  'writes-fail',
  /** `Wish-Rate-Limit-Reset` in milliseconds; in seconds otherwise. */
  'reset-in-milliseconds',
  /** `Wish-Rate-Limit-Reset` as ISO 8601. */
  'reset-as-date',
  /** Optional properties without content are left out. */
  'omit-empty-blocks',
  /** `fulfillment_records` is left out, so that nothing says that an order was released again. Every property is optional. */
  'without-history',
  /** Amounts have the digits of a float, as their `format` says: 12.99 is 12.989999771118164. */
  'float-amounts',
  /** `fulfillment_order_types` is one text with commas, as the prose beside the schema shows it. */
  'order-types-as-text',
  /** Orders released in the same millisecond keep the same time, so that more than a page may share both times. */
  'one-release-time',
] as const
export type SwitchName = (typeof switchNames)[number]

/** A change that Wish works on after it has answered. */
export interface PendingWrite {
  readonly dueAt: Instant
  readonly fails: boolean
  succeed(at: Instant): void
}

export interface OrderRecord {
  readonly document: OrderDocument
  readonly createdAt: Instant
  readonly oursToShip: boolean
  visible: boolean
  corruption: string | undefined
  pending: PendingWrite | undefined
  /** Every number that was set and not cancelled again, in the order of setting. */
  shipments: LedgerShipment[]
}

export interface AccessToken {
  readonly expiresAt: Instant
  revoked: boolean
}

export interface Account {
  readonly name: string
  /** The settings block that the account was opened with. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly clientId: string
  clientSecret: string
  readonly merchantId: string
  readonly redirectUri: string
  refreshToken: string | undefined
  readonly accessTokens: Map<string, AccessToken>
  readonly codes: Map<string, { readonly expiresAt: Instant; used: boolean }>
  readonly orders: Map<string, OrderRecord>
  readonly inProgress: Set<OrderRecord>
  readonly stock: Map<string, number>
  readonly requests: RequestLog
  /** The merchant withdrew our access. */
  isRevoked: boolean
  /** The next writes of this many that fail. */
  failures: number
  /** The last release time given out for a moment of placing. */
  readonly releaseTimes: Map<Instant, number>
}

export interface World {
  readonly options: WishOptions
  readonly accounts: Map<string, Account>
  readonly asynchronousMs: number
  readonly lagged: LaggedView<OrderDocument>
  now(): Instant
  is(name: SwitchName): boolean
  /** Never the same text twice; the same in every run. */
  unique(kind: string): string
}

/** 24 hexadecimal digits: the seconds of 1970 and a hash, as an object id looks. */
export function objectId(seed: string, at?: Instant): string {
  const hash = createHash('sha256').update(seed).digest('hex')
  if (at === undefined) return hash.slice(0, 24)
  const seconds = Math.floor(instantToMs(at) / 1_000)
    .toString(16)
    .padStart(8, '0')
  return `${seconds}${hash.slice(0, 16)}`
}

/** Brings every asynchronous write that is due to its end. */
export function settle(account: Account, now: Instant): void {
  for (const order of account.inProgress) {
    const write = order.pending
    if (write === undefined || write.dueAt > now) continue
    order.pending = undefined
    account.inProgress.delete(order)
    order.document.updated_at = write.dueAt
    order.document.processing_status = write.fails ? 'FAILED' : 'SUCCEEDED'
    if (!write.fails) write.succeed(write.dueAt)
  }
}

/** Starts an asynchronous write; the answer shows it as in progress. */
export function begin(
  world: World,
  account: Account,
  order: OrderRecord,
  write: { readonly source: NonNullable<OrderDocument['processing_source']>; succeed(at: Instant): void },
): void {
  const fails = world.is('writes-fail') || account.failures > 0
  if (account.failures > 0) account.failures -= 1
  order.document.processing_source = write.source
  order.document.processing_status = 'IN_PROGRESS'
  order.document.updated_at = world.now()
  order.pending = { dueAt: addMs(world.now(), world.asynchronousMs), fails, succeed: write.succeed }
  account.inProgress.add(order)
}

export function record(order: OrderRecord, eventType: string, at: Instant): void {
  order.document.fulfillment_records.push({ event_type: eventType, event_time: at })
}
