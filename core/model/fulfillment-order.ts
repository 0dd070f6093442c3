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
  readonly orderLines: readonly { readonly platformLineId: string; readonly quantity: number }[]
}

/** A physical parcel. `ordinal` counts packages of the order from 1 and never changes: Amazon's package reference. */
export interface Package {
  readonly ordinal: number
  readonly trackingNumber: string
  /** Our carrier code; undefined when the warehouse named one that no configuration knows. */
  readonly carrier?: string
  /** The warehouse's own word for the carrier or service. */
  readonly carrierRaw?: string
  readonly shippedAt: Instant
  /** In units of the order lines. */
  readonly orderLines: readonly { readonly platformLineId: string; readonly quantity: number }[]
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
  readonly problem?: string
  /** Set when it is to be cancelled: nothing is created any more, and what was created is intercepted. */
  readonly cancelRequestedAt?: Instant
  readonly lines: readonly FulfillmentLine[]
  readonly packages: readonly Package[]
  readonly plannedAt: Instant
  readonly acceptedAt?: Instant
  readonly shippedAt?: Instant
  readonly changedAt: Instant
  readonly version: number
}
