import type { ZodType } from 'zod'
import type { EffectCapabilities, WriteOutcome } from '../model/effect.ts'
import type { Address, TaxIds } from '../model/order.ts'
import type { WmsAccount } from '../model/warehouse.ts'
import type { WmsSku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import type { MoneyDocument } from '../value/money.ts'
import type { RateLimits } from './call-gate.ts'
import type { CallContext, ConnectCheck, Cursor, RejectedRecord } from './connector.ts'
import type { Transport } from './transport.ts'

/** One fulfillment order as it goes to a warehouse. Frozen when decided: a repeat sends the same. */
export interface OutboundRequest {
  /** At most 30 signs of A–Z, 0–9 and hyphen. */
  readonly reference: string
  readonly platform: string
  readonly warehouseCode: string
  readonly serviceCode: string
  readonly shipTo: Address
  readonly lines: readonly {
    readonly wmsSku: WmsSku
    readonly quantity: number
    /** Of one warehouse unit. */
    readonly declaredValue?: MoneyDocument
    readonly hsCode?: string
    readonly channelItemId?: string
    readonly channelTransactionId?: string
  }[]
  readonly taxIds: TaxIds
  /** Only what the adapter says that it carries. */
  readonly options?: OutboundOptions
  /** Packing note: gift message and what the buyer asked for. */
  readonly note?: string
}

/** What the operator's rules ask for beside shipping. */
export interface OutboundOptions {
  readonly signature?: true
  readonly insurance?: MoneyDocument
  /** Whoever takes the parcel must be at least so old. */
  readonly ageCheck?: number
  /** One of the words that the adapter declares. */
  readonly packaging?: string
}

/** The options that an adapter can pass on, and their values; what is absent it cannot. Rules that ask for others are refused. */
export interface OptionCapabilities {
  readonly signature?: true
  /** Currencies of the insured value. */
  readonly insurance?: readonly string[]
  readonly ageCheck?: readonly number[]
  readonly packaging?: readonly string[]
}

/** How a warehouse sees a fulfillment order; undefined status means a word that we do not know. */
export type OutboundStatus = 'accepted' | 'processing' | 'partially-shipped' | 'shipped' | 'wms-exception' | 'cancelled'

export interface OutboundPackage {
  readonly trackingNumber: string
  readonly carrierRaw?: string
  readonly serviceCode?: string
  readonly shippedAt: Instant
  /** Undefined when the warehouse does not say what is inside: everything not yet in another package. */
  readonly lines?: readonly { readonly wmsSku: WmsSku; readonly quantity: number }[]
}

export interface OutboundSnapshot {
  readonly reference: string
  readonly wmsOrderNo: string
  readonly status: OutboundStatus | undefined
  /** The warehouse's own word. */
  readonly wmsStatus: string
  /** A draft that the warehouse has not released to its floor. */
  readonly parked: boolean
  readonly problem?: string
  readonly warehouseCode?: string
  readonly lines: readonly { readonly wmsSku: WmsSku; readonly quantity: number }[]
  /** To tell whether this is what we sent; undefined when a list does not show it. */
  readonly destination?: { readonly country: string; readonly postcode?: string }
  readonly packages: readonly OutboundPackage[]
  /** Undefined when the warehouse does not tell. */
  readonly updatedAt?: Instant
}

/** Which order of the warehouse is meant: by our reference, and by its number as soon as that is known. */
export interface OutboundName {
  readonly reference: string
  /** Undefined or empty while the warehouse has not told it. */
  readonly wmsOrderNo?: string
}

export interface OutboundPage {
  readonly outbounds: readonly OutboundSnapshot[]
  readonly rejected: readonly RejectedRecord[]
  readonly nextCursor: Cursor
  readonly hasMore: boolean
}

export interface WmsStockRow {
  readonly warehouseCode: string
  readonly wmsSku: WmsSku
  readonly available: number
  readonly reserved: number
  readonly pendingPutaway: number
  readonly inTransit: number
  readonly defective: number
}

export interface StockPage {
  readonly levels: readonly WmsStockRow[]
  readonly rejected: readonly RejectedRecord[]
  readonly nextPage: string | undefined
}

export interface WmsCapabilities {
  readonly create: EffectCapabilities
  readonly cancel: EffectCapabilities
  /** A reference may be used again after its order was cancelled. We never do; it tells what an absence means. */
  readonly referenceFreedOnCancel: boolean
  readonly partialShipment: boolean
  /** Undefined carries none. */
  readonly options?: OptionCapabilities
}

/** One field of an outbound request that the warehouse will not take. */
export interface FieldProblem {
  readonly field: string
  readonly reason: 'too-long' | 'missing' | 'not-allowed'
  /** What is wrong and what to do, without the value. */
  readonly message: string
}

/** One account at a warehouse system. Same rules as a Connector: maps and reports, decides nothing. */
export interface WmsAdapter {
  checkAccess(call: CallContext): Promise<ConnectCheck>
  /** Checks the warehouse's field limits before anything is sent; pure. Text is never cut. */
  checkOutbound(request: OutboundRequest): readonly FieldProblem[]
  createOutbound(request: OutboundRequest, call: CallContext): Promise<WriteOutcome>
  /**
   * By the warehouse's number, or by our reference while no number is known. Undefined when the warehouse answers that it
   * has none; throws `transient` when it refuses to answer for any other reason.
   */
  findOutbound(order: OutboundName, call: CallContext): Promise<OutboundSnapshot | undefined>
  /** Changed since the cursor, drafts and parked ones included. Undefined starts at `from`. */
  listChangedOutbounds(since: Cursor | undefined, from: Instant, call: CallContext): Promise<OutboundPage>
  /** `confirmed` cancelled · `accepted` the warehouse tries · `rejected` with code `not-cancellable`. */
  cancelOutbound(
    order: { readonly reference: string; readonly wmsOrderNo: string },
    reason: string,
    call: CallContext,
  ): Promise<WriteOutcome>
  listInventory(warehouseCodes: readonly string[], page: string | undefined, call: CallContext): Promise<StockPage>
}

/** What `wms-adapter/index.ts` lists. */
export interface WmsAdapterDefinition<Settings = unknown> {
  readonly adapter: string
  readonly settings: ZodType<Settings>
  readonly secrets: readonly string[]
  readonly rateLimits: RateLimits
  readonly capabilities: WmsCapabilities
  limitScope(account: WmsAccount & { readonly settings: Settings }): string
  create(account: WmsAccount & { readonly settings: Settings }, transport: Transport): WmsAdapter
}
