import type { Bundle, Catalog, FxRate, Product, SkuMapping, WarehouseSku, Zone } from '../model/catalog.ts'
import type { Effect, EffectKind } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Hold, HoldReason } from '../model/hold.ts'
import type { LaneName } from '../model/lane.ts'
import type { Order, OrderState } from '../model/order.ts'
import type { Reservation, StockLevel } from '../model/stock.ts'
import type { WmsSku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import type { StoredToken } from './token-store.ts'

declare const txBrand: unique symbol
/** A database transaction that only storage and a dispatcher engine understand. */
export type Tx = { readonly [txBrand]: true }

/**
 * The rows of the product. Writes go through the group-commit writer: one writer per process, a commit
 * when 100 items or 5 ms are reached, each item a savepoint.
 */
export interface Storage {
  /** Reads outside the writer. Never call from inside `write`. */
  read<T>(work: (stores: Stores) => Promise<T>): Promise<T>
  /**
   * Runs `work` as one item of the next group and resolves when that group is durably committed. When
   * `work` throws, only its own changes are undone and the error comes back. Items run one after the
   * other, so what `work` reads cannot change under it. No network call and no slow await inside.
   */
  write<T>(work: (stores: Stores) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface Stores {
  readonly tx: Tx
  readonly orders: OrderStore
  readonly payloads: PayloadStore
  readonly holds: HoldStore
  readonly fulfillmentOrders: FulfillmentOrderStore
  readonly effects: EffectStore
  readonly events: EventStore
  readonly traces: TraceStore
  readonly stock: StockStore
  readonly catalog: CatalogStore
  readonly cursors: CursorStore
  readonly rejected: RejectedStore
  readonly requests: RequestStore
  readonly lanes: LaneStore
  readonly sweeps: SweepStore
  readonly tokens: TokenRowStore
  readonly buckets: BucketStore
}

export interface OrderStore {
  load(orderNo: string): Promise<Order | undefined>
  loadMany(orderNos: readonly string[]): Promise<readonly Order[]>
  find(shop: string, platformOrderId: string): Promise<Order | undefined>
  findMany(shop: string, platformOrderIds: readonly string[]): Promise<readonly Order[]>
  /** By order number, platform order id or `SHOP/PLATFORM_ORDER_ID`; several when the id exists in several shops. */
  lookUp(id: string): Promise<readonly Order[]>
  /** Inserts version 1; replaces version − 1 otherwise. Throws SyncError `conflict` (`order-changed`) when the stored version is another. */
  save(order: Order): Promise<void>
  /** Orders whose `planDueAt` has come, most urgent `shipBy` first. */
  dueForPlan(clientId: string, now: Instant, limit: number): Promise<readonly Order[]>
  /** The earliest `planDueAt` of the client. */
  nextPlanDue(clientId: string): Promise<Instant | undefined>
  /** Marks orders to be planned again: all not yet pushed and those that a rule leaves out, or only those with an open hold of these reasons. Returns how many. */
  wakePlan(
    filter: { readonly clientId?: string; readonly shop?: string; readonly holdReasons?: readonly HoldReason[] },
    at: Instant,
  ): Promise<number>
  /** Newest purchase first; `after` is the `next` of the previous page. */
  list(query: OrderQuery): Promise<{ readonly orders: readonly Order[]; readonly next: string | null }>
  /** Not shipped yet, with a ship-by up to this moment; most urgent first. */
  dueToShip(until: Instant, limit: number): Promise<readonly Order[]>
  /** The first order alike that was bought since then and before this one, and is not cancelled or ignored. See `likenessOf`. */
  findTwin(order: Order, since: Instant): Promise<OrderTwin | undefined>
  /** Other open orders of its shop for the same buyer and address, first bought first. See `destinationOf`. */
  findCompanions(order: Order, limit: number): Promise<readonly Order[]>
  countByState(shop?: string): Promise<Readonly<Partial<Record<OrderState, number>>>>
}

/** An earlier order for the same buyer or address with the same lines. */
export type OrderTwin = Pick<Order, 'orderNo' | 'shop' | 'platformOrderId' | 'purchasedAt'>

export interface OrderQuery {
  readonly shop?: string
  readonly state?: OrderState
  readonly limit: number
  readonly after?: string
  /** Purchased in this range, for the audit: inclusive, exclusive. */
  readonly purchasedFrom?: Instant
  readonly purchasedTo?: Instant
}

/** Raw payloads, encrypted, append-only; equal payloads of one order are kept once. */
export interface PayloadStore {
  append(orderNo: string, payload: unknown, fetchedAt: Instant): Promise<void>
  list(orderNo: string): Promise<readonly { readonly payload: unknown; readonly fetchedAt: Instant }[]>
}

export interface HoldStore {
  /** Inserts, or replaces the open hold of the same order, reason and subject. */
  save(hold: Hold): Promise<void>
  /** Of these orders, open and released, oldest first. */
  forOrders(orderNos: readonly string[]): Promise<readonly Hold[]>
  openByReason(reason?: HoldReason, limit?: number): Promise<readonly Hold[]>
  /** Open holds counted, with the earliest ship-by of their orders. */
  summary(): Promise<
    readonly { readonly reason: HoldReason; readonly subject: string; readonly count: number; readonly oldestShipBy?: Instant }[]
  >
}

export interface FulfillmentOrderStore {
  /** Inserts version 1 or replaces version − 1, packages included. A reference has one lead. Throws `conflict` (`fulfillment-order-changed`). */
  save(fulfillmentOrder: FulfillmentOrder): Promise<void>
  load(foNo: string): Promise<FulfillmentOrder | undefined>
  /** By order and sequence. */
  forOrders(orderNos: readonly string[]): Promise<readonly FulfillmentOrder[]>
  /** By reference; several of one reference are a merged parcel, the lead first. */
  byReferences(account: string, references: readonly string[]): Promise<readonly FulfillmentOrder[]>
  /** Pushed, not shipped and not cancelled: what the track lane waits for. */
  countLive(account: string): Promise<number>
  /** Of these, what was neither changed nor looked up since then, longest silence first; of a merged parcel the lead. */
  unheard(account: string, since: Instant, limit: number): Promise<readonly FulfillmentOrder[]>
}

export interface EffectStore {
  /** Inserts or replaces by key. */
  save(effect: Effect): Promise<void>
  load(key: string): Promise<Effect | undefined>
  forOrders(orderNos: readonly string[]): Promise<readonly Effect[]>
  /** States planned, accepted, unknown or confirmed-but-unverified whose `nextAttemptAt` has come: most urgent ship-by first, then oldest first. */
  due(query: {
    readonly account: string
    readonly kinds: readonly EffectKind[]
    readonly now: Instant
    readonly limit: number
  }): Promise<readonly Effect[]>
  nextDue(account: string, kinds: readonly EffectKind[]): Promise<Instant | undefined>
  /** The ship-by of these orders is another one than it was: their effects are as urgent as it says now. */
  refreshUrgency(orderNos: readonly string[]): Promise<void>
  /** Armed under an earlier epoch and never settled: the process died in between. */
  inflightBefore(epoch: number): Promise<readonly Effect[]>
  /** In one of the states, oldest first; of every account when undefined. */
  inState(states: readonly Effect['state'][], account?: string): Promise<readonly Effect[]>
  /** How many effects of each account are not settled yet, by account. */
  countOpen(): Promise<ReadonlyMap<string, number>>
}

export interface OrderEvent {
  readonly type: string
  readonly at: Instant
  /** Free of personal data. */
  readonly data: Readonly<Record<string, unknown>>
}

/** An order's history, hash-chained per order. */
export interface EventStore {
  append(orderNo: string, events: readonly OrderEvent[]): Promise<void>
  list(orderNo: string): Promise<readonly OrderEvent[]>
  /** False when a row of the chain was changed or removed. */
  isIntact(orderNo: string): Promise<boolean>
}

/** Why the last plan of an order came out as it did. */
export interface TraceStore {
  save(orderNo: string, at: Instant, trace: unknown): Promise<void>
  latest(orderNo: string): Promise<{ readonly at: Instant; readonly trace: unknown } | undefined>
}

export interface StockStore {
  /** Replaces every row of the warehouse; products not named have none. Reservations accepted before `asOf` are covered from now on. */
  saveSnapshot(warehouse: string, levels: readonly StockLevel[], asOf: Instant): Promise<{ readonly increased: readonly WmsSku[] }>
  levels(warehouses: readonly string[], wmsSkus?: readonly WmsSku[]): Promise<readonly StockLevel[]>
  /** When the warehouse was last read; undefined when never. */
  asOf(warehouse: string): Promise<Instant | undefined>
  reserve(reservations: readonly Reservation[]): Promise<void>
  /** The warehouse has accepted the fulfillment order; the next later snapshot contains it. */
  markAccepted(foNo: string, at: Instant): Promise<void>
  release(foNo: string): Promise<void>
  /** Reserved and not yet contained in a snapshot, summed. */
  uncovered(
    warehouses: readonly string[],
  ): Promise<readonly { readonly warehouse: string; readonly wmsSku: WmsSku; readonly quantity: number }[]>
}

export interface ImportCounts {
  readonly added: number
  readonly changed: number
  readonly same: number
  /** Rows that the import replaces and does not name; absent where an import removes nothing. */
  readonly removed?: number
}

export interface CatalogStore {
  revision(): Promise<number>
  load(): Promise<Catalog>
  saveProducts(products: readonly Product[]): Promise<ImportCounts>
  /** A mapping of the same five columns and first day is replaced as a whole. */
  saveMappings(mappings: readonly SkuMapping[]): Promise<ImportCounts>
  /** A bundle of the same SKU is replaced as a whole. */
  saveBundles(bundles: readonly Bundle[]): Promise<ImportCounts>
  saveWarehouseSkus(rows: readonly WarehouseSku[]): Promise<ImportCounts>
  /** One rate per day and pair of currencies. */
  saveFx(rates: readonly FxRate[]): Promise<ImportCounts>
  /** A table of zones, from one warehouse to one country, is replaced as a whole: rows that are not named go. */
  saveZones(rows: readonly Zone[]): Promise<ImportCounts>
}

export interface CursorStore {
  load(account: string, feed: string): Promise<string | undefined>
  save(account: string, feed: string, cursor: string, at: Instant): Promise<void>
}

/** Records that could not be read, kept with their payload (encrypted) until they can. */
export interface RejectedStore {
  /** The same record again (account, id or payload hash) updates its row. */
  save(
    row: { readonly account: string; readonly platformOrderId?: string; readonly reason: string; readonly payload: unknown },
    at: Instant,
  ): Promise<void>
  /** The order was read after all. */
  clear(account: string, platformOrderIds: readonly string[]): Promise<void>
  list(): Promise<
    readonly {
      readonly account: string
      readonly platformOrderId?: string
      readonly reason: string
      readonly payload: unknown
      readonly firstSeenAt: Instant
      readonly lastSeenAt: Instant
    }[]
  >
}

export interface CommandRequest {
  readonly id: string
  readonly kind: string
  readonly arguments: unknown
  readonly createdAt: Instant
  readonly finishedAt?: Instant
  readonly result?: unknown
  /** Message of the error, when it failed. */
  readonly failure?: string
}

/** Commands that a running daemon executes. */
export interface RequestStore {
  create(request: Pick<CommandRequest, 'id' | 'kind' | 'arguments' | 'createdAt'>): Promise<void>
  pending(): Promise<readonly CommandRequest[]>
  finish(id: string, at: Instant, outcome: { readonly result?: unknown; readonly failure?: string }): Promise<void>
  load(id: string): Promise<CommandRequest | undefined>
}

export interface LaneRow {
  readonly lane: LaneName
  readonly account: string
  readonly lastStartedAt?: Instant
  readonly lastSucceededAt?: Instant
  /** Undefined while all is well. */
  readonly problem?: { readonly kind: string; readonly code: string; readonly message: string; readonly since: Instant }
  /** Not before; set by back-off and by refused credentials. */
  readonly pausedUntil?: Instant
  readonly failures: number
}

export interface LaneStore {
  save(row: LaneRow): Promise<void>
  load(lane: LaneName, account: string): Promise<LaneRow | undefined>
  all(): Promise<readonly LaneRow[]>
  /** Raises and returns the lease epoch; once per daemon start. */
  nextEpoch(): Promise<number>
  /** The lease epoch as it stands, 0 before the first; within a write nobody raises it until the write is committed. */
  epoch(): Promise<number>
  /** Remembers which configuration is in force; true when it is another one than was remembered. */
  noteVersion(version: string): Promise<boolean>
}

export interface SweepRow {
  readonly shop: string
  readonly from: Instant
  readonly to: Instant
  readonly startedAt: Instant
  readonly finishedAt: Instant
  readonly listed: number
  readonly held: number
  readonly gaps: readonly {
    readonly platformOrderId: string
    readonly createdAt: Instant
    readonly reason: string
    readonly explained: boolean
  }[]
}

export interface SweepStore {
  save(row: SweepRow): Promise<void>
  latest(shop: string): Promise<SweepRow | undefined>
}

export interface TokenRowStore {
  load(scope: string): Promise<{ readonly seedHash: string; readonly token: StoredToken } | undefined>
  save(scope: string, seedHash: string, token: StoredToken): Promise<void>
}

export interface BucketRow {
  readonly scope: string
  readonly operation: string
  readonly tokens: number
  readonly perSecond: number
  readonly burst: number
  readonly at: Instant
  readonly blockedUntil?: Instant
}

export interface BucketStore {
  load(scope: string): Promise<readonly BucketRow[]>
  save(rows: readonly BucketRow[]): Promise<void>
}
