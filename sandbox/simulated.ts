import type { MarketplaceLedger, WarehouseLedger } from '../core/audit/ledger.ts'
import type { Address } from '../core/model/order.ts'
import type { Instant } from '../core/value/instant.ts'
import type { FaultSwitch } from './faults.ts'

/** `published` enforces the documented rates; `open` never throttles. */
export type LimitMode = 'published' | 'open'

export interface SimulationOptions {
  /** Time of the simulated world; virtual in tests. */
  now(): Instant
  readonly limits: LimitMode
  /** Doubtful behaviours of the documentation, by name, on or off. */
  readonly switches?: Readonly<Record<string, boolean>>
}

/** An order as a buyer places it. Each platform dresses it in its own documents; money is decimal text. */
export interface NewOrder {
  /** Placed at; the simulated now when absent. */
  readonly placedAt?: Instant
  readonly currency: string
  readonly shipTo: Address
  readonly buyer: { readonly id: string; readonly name: string; readonly email?: string }
  readonly lines: readonly NewOrderLine[]
  readonly shipping?: string
  readonly discount?: string
  readonly tax?: string
  readonly buyerNote?: string
  readonly giftMessage?: string
  /** `unpaid` orders become payable by a `pay` change. */
  readonly payment?: 'paid' | 'unpaid'
  /** What kind of order it is; a platform that has no such thing refuses it. */
  readonly kind?: 'ordinary' | 'platform-fulfilled' | 'digital' | 'pickup' | 'hub-forwarded' | 'programme'
  /** Bought together with other orders (Wish transaction). */
  readonly groupId?: string
  readonly ioss?: string
  readonly site?: string
}

export interface NewOrderLine {
  /** Empty text: a listing without SKU. */
  readonly channelSku: string
  readonly itemId?: string
  readonly variantId?: string
  readonly title: string
  readonly quantity: number
  readonly unitPrice: string
  readonly customization?: string
}

/** What happens to an order later. A platform that has no such thing throws an Error that says so. */
export type OrderChange =
  | { readonly type: 'pay' }
  | { readonly type: 'cancel' }
  | { readonly type: 'uncancel' }
  | { readonly type: 'request-cancel' }
  | { readonly type: 'withdraw-cancel-request' }
  | { readonly type: 'cancel-units'; readonly line: number; readonly quantity: number }
  | { readonly type: 'refund' }
  | { readonly type: 'change-address'; readonly shipTo: Address }
  | { readonly type: 'hold'; readonly reason?: string }
  | { readonly type: 'release-hold' }
  | { readonly type: 'move' }
  | { readonly type: 'split' }
  | { readonly type: 'ship-elsewhere'; readonly trackingNumber: string; readonly carrier: string }
  | { readonly type: 'touch' }
  | { readonly type: 'vanish' }
  | { readonly type: 'corrupt'; readonly how: string }

/** One marketplace, stateful, with any number of seller accounts. It answers from its documentation, never from our connector. */
export interface SimulatedMarketplace {
  readonly platform: string
  readonly faults: FaultSwitch
  /** The platform's documented HTTP API, token endpoints included, as served on one port. */
  fetch(request: Request): Response | Promise<Response>
  /** Opens a seller account and returns the `settings` block that a shop's YAML needs for it. */
  addAccount(account: string, options?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
  /** Returns the platform order id. */
  placeOrder(account: string, order: NewOrder): string
  changeOrder(account: string, platformOrderId: string, change: OrderChange): void
  /** The seller withdraws our access: every later call of the account is refused as the platform refuses. */
  revoke(account: string): void
  restore(account: string): void
  /** The seller's app gets a new secret and the old one is refused from now on. Returns the new `settings` block. */
  rotateSecret(account: string): Readonly<Record<string, unknown>>
  ledger(account: string): MarketplaceLedger
}

/** One warehouse system, stateful. Work goes on only when told: `advance` moves orders through the building. */
export interface SimulatedWarehouse {
  readonly adapter: string
  readonly faults: FaultSwitch
  fetch(request: Request): Response | Promise<Response>
  addAccount(account: string, options: WarehouseAccountOptions): Readonly<Record<string, unknown>>
  setStock(account: string, warehouseCode: string, wmsSku: string, available: number): void
  /** Picks, packs and ships what is released: accepted → processing → shipped. Returns how many orders moved. */
  advance(account: string, options?: AdvanceOptions): number
  revoke(account: string): void
  restore(account: string): void
  ledger(account: string): WarehouseLedger
}

export interface WarehouseAccountOptions {
  readonly warehouses: readonly string[]
  /** Service codes by which orders may ship. */
  readonly services: readonly string[]
}

export interface AdvanceOptions {
  /** Only orders with these references. */
  readonly references?: readonly string[]
  /** How far: one step at a time, or through to shipped. `renumbered`: what has left gets other tracking numbers. */
  readonly to?: 'processing' | 'partially-shipped' | 'shipped' | 'wms-exception' | 'renumbered'
}
