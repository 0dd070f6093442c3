import type { Sku, WmsSku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'

export const fulfillmentOrderStatuses = [
  'planned',
  'accepted',
  'processing',
  'partially-shipped',
  'shipped',
  'wms-exception',
  'cancelled',
] as const
export type FulfillmentOrderStatus = (typeof fulfillmentOrderStatuses)[number]

export interface FulfillmentLine {
  readonly wmsSku: WmsSku
  /** In warehouse units, after the unit factor. */
  readonly quantity: number
  readonly sku: Sku
  /** SKU units in one warehouse unit. */
  readonly unitFactor: number
  /** Which order lines these units are for, in units of the order line. */
  readonly orderLines: readonly OrderLineShare[]
}

export interface OrderLineShare {
  readonly platformLineId: string
  readonly quantity: number
  /** SKU units for one unit of the order line, as it was mapped when this was planned; a later mapping does not change it. */
  readonly perUnit?: number
}

/** A physical parcel. `ordinal` counts packages of the order from 1 and never changes: Amazon's package reference. */
export interface Package {
  readonly ordinal: number
  readonly trackingNumber: string
  /** Numbers that it travelled under before the warehouse changed them, the first one first. */
  readonly formerNumbers?: readonly string[]
  /** Our carrier code; undefined when the warehouse named one that no configuration knows. */
  readonly carrier?: string
  /** The warehouse's own word for the carrier or service. */
  readonly carrierRaw?: string
  readonly shippedAt: Instant
  /** In units of the order lines. */
  readonly orderLines: readonly { readonly platformLineId: string; readonly quantity: number }[]
  /** Of a merged parcel: what of its goods is for this order, in warehouse units; undefined when the warehouse does not say. */
  readonly contents?: readonly { readonly wmsSku: WmsSku; readonly quantity: number }[]
}

/** What one warehouse ships with one service for one order. */
export interface FulfillmentOrder {
  readonly foNo: string
  readonly clientId: string
  readonly orderNo: string
  /** Counts the fulfillment orders of the order over all generations; part of `reference`. */
  readonly sequence: number
  readonly reference: string
  readonly account: string
  readonly warehouse: string
  readonly service: string
  readonly status: FulfillmentOrderStatus
  /** Held by the warehouse as a draft, not released to the floor. */
  readonly parked: boolean
  readonly wmsOrderNo?: string
  readonly wmsStatus?: string
  /** The warehouse's own time of what is known of it, by the warehouse's clock. */
  readonly wmsUpdatedAt?: Instant
  readonly problem?: string
  /** Since when the warehouse says that it has left, without a tracking number. */
  readonly unnumberedSince?: Instant
  /** Set when it is to be cancelled: nothing is created any more, and what was created is intercepted. */
  readonly cancelRequestedAt?: Instant
  /** The other order of a merged parcel for whose sake all of it is stopped; undefined when it is this order's own wish. */
  readonly cancelRequestedFor?: string
  /** Why it is to be cancelled, as the warehouse is told. */
  readonly cancelReason?: string
  readonly lines: readonly FulfillmentLine[]
  readonly packages: readonly Package[]
  /**
   * The fulfillment orders that travel in one parcel, this one included, the lead first: the warehouse knows them as one,
   * by the lead's reference. Undefined when it travels alone.
   */
  readonly merged?: readonly string[]
  readonly plannedAt: Instant
  readonly acceptedAt?: Instant
  readonly shippedAt?: Instant
  /** When it was last asked for by its number, because nothing had been heard of it for long. */
  readonly lookedUpAt?: Instant
  readonly changedAt: Instant
  readonly version: number
}

/** The number of the fulfillment order that the warehouse sees: its own, or that of the lead of its merged parcel. */
export function leadOf({ merged, foNo }: Pick<FulfillmentOrder, 'merged' | 'foNo'>): string {
  return merged?.[0] ?? foNo
}
