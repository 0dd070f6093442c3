import type { Instant } from '../value/instant.ts'

/** A request that the other side executed or refused, whether or not the answer arrived. */
export interface LedgerRequest {
  readonly at: Instant
  readonly operation: string
  readonly isWrite: boolean
  /** `executed` changed or read something; `refused` did nothing. */
  readonly outcome: 'executed' | 'refused'
  readonly status: number
  /** Reference or order that a write was about. */
  readonly subject?: string
}

export interface LedgerShipment {
  readonly trackingNumber: string
  readonly carrier?: string
  readonly at: Instant
  /** Written through the API; false when the marketplace or its seller did it elsewhere. */
  readonly throughApi: boolean
  /** Empty when the platform ships orders whole. */
  readonly lines: readonly { readonly platformLineId: string; readonly quantity: number }[]
}

/** The truth of one order on a marketplace. */
export interface LedgerOrder {
  readonly platformOrderId: string
  readonly createdAt: Instant
  readonly status: 'awaiting-payment' | 'open' | 'partially-shipped' | 'shipped' | 'cancelled'
  /** False for orders that are never ours to ship: fulfilled by the platform, digital, pick-up. */
  readonly oursToShip: boolean
  /** The order can be read from the API now. */
  readonly visible: boolean
  readonly lines: readonly {
    readonly platformLineId: string
    readonly channelSku: string
    readonly quantity: number
    readonly cancelledQuantity: number
  }[]
  readonly shipments: readonly LedgerShipment[]
}

/** The truth of one shop on a simulated marketplace (M). */
export interface MarketplaceLedger {
  readonly platform: string
  /** The account's id in the sandbox. */
  readonly account: string
  readonly orders: readonly LedgerOrder[]
  readonly requests: readonly LedgerRequest[]
}

export interface LedgerOutbound {
  readonly reference: string
  readonly wmsOrderNo: string
  readonly createdAt: Instant
  readonly status: 'draft' | 'accepted' | 'processing' | 'partially-shipped' | 'shipped' | 'wms-exception' | 'cancelled'
  readonly warehouseCode: string
  readonly serviceCode: string
  readonly lines: readonly { readonly wmsSku: string; readonly quantity: number }[]
  readonly packages: readonly {
    readonly trackingNumber: string
    readonly shippedAt: Instant
    readonly lines: readonly { readonly wmsSku: string; readonly quantity: number }[]
  }[]
}

/** The truth of one account on a simulated warehouse (W). */
export interface WarehouseLedger {
  readonly adapter: string
  readonly account: string
  readonly outbounds: readonly LedgerOutbound[]
  readonly requests: readonly LedgerRequest[]
}
