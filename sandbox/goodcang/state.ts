import type { Instant } from '../../core/value/instant.ts'
import type { RequestLog } from '../shared/request-log.ts'
import type { CreateOrder } from './request-models.ts'

/** The state of one simulated customer of the warehouse. */
export interface Customer {
  readonly account: string
  readonly appKey: string
  readonly appToken: string
  /** Stands before the SKU in bar codes. */
  readonly customerCode: string
  readonly warehouses: readonly string[]
  readonly services: readonly string[]
  readonly stock: Map<string, Stock>
  readonly orders: Map<string, Outbound>
  /** In the order of their making. */
  readonly byReference: Map<string, Outbound[]>
  readonly requests: RequestLog
  revoked: boolean
}

export interface Stock {
  readonly warehouseCode: string
  readonly sku: string
  sellable: number
  reserved: number
  shipped: number
}

/** `accepted` and `processing` show the same letter outside: W. */
export type OutboundState = 'draft' | 'accepted' | 'processing' | 'partially-shipped' | 'shipped' | 'wms-exception' | 'cancelled'

export interface Outbound {
  readonly orderCode: string
  readonly reference: string
  readonly request: CreateOrder
  readonly createdAt: Instant
  modifiedAt: Instant
  releasedAt: Instant | undefined
  shippedAt: Instant | undefined
  state: OutboundState
  /** Its units stand in the bucket `reserved`. */
  hasReserved: boolean
  problem: string
  /** Where it really ships from; may differ from what was asked. */
  warehouseCode: string
  serviceCode: string
  cancelAsked: boolean
  readonly packages: Package[]
  /** Printed before the parcel leaves, when the building does that. */
  labelNumber: string | undefined
}

export interface Package {
  readonly trackingNumber: string
  readonly shippedAt: Instant
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}

export function stockKey(warehouseCode: string, sku: string): string {
  return `${warehouseCode}|${sku}`
}

/** Units of an order by SKU, lines of the same SKU added up. */
export function unitsOf(outbound: Outbound): ReadonlyMap<string, number> {
  return sumUnits(outbound.request.items)
}

export function sumUnits(items: CreateOrder['items']): ReadonlyMap<string, number> {
  const units = new Map<string, number>()
  for (const item of items) units.set(item.product_sku, (units.get(item.product_sku) ?? 0) + item.quantity)
  return units
}
