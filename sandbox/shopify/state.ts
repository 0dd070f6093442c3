import type { Address } from '../../core/model/order.ts'
import type { Instant } from '../../core/value/instant.ts'
import type { RequestLog } from '../shared/request-log.ts'
import type { IdSource } from './ids.ts'

/** The state of one simulated shop. Ids are decimal text above 2^53; `gid` dresses them. */
export interface Shop {
  readonly account: string
  readonly domain: string
  readonly currency: string
  readonly scopes: ReadonlySet<string>
  readonly protectedData: 'granted' | 'denied' | 'orders-denied'
  readonly plan: Plan
  readonly clientId: string
  clientSecret: string
  readonly createdAt: Instant
  readonly locations: readonly ShopLocation[]
  readonly variants: Map<string, Variant>
  /** Stock by item and location id, see `stockKey`. */
  readonly stock: Map<string, StockLevel>
  readonly orders: Map<string, ShopOrder>
  readonly corrupted: Set<ShopOrder>
  readonly idempotencyKeys: Map<string, { readonly variables: string; readonly result: unknown }>
  readonly requests: RequestLog
  revoked: boolean
}

/** What a change of the state needs to know: where, when, and the next id. */
export interface ShopWorld {
  readonly shop: Shop
  readonly ids: IdSource
  readonly now: Instant
}

export type Plan = 'standard' | 'advanced' | 'plus' | 'enterprise'

export interface ShopLocation {
  readonly id: string
  readonly name: string
}

export interface Variant {
  readonly id: string
  readonly productId: string
  readonly inventoryItemId: string
  readonly sku: string
  readonly title: string
  readonly price: number
}

export interface StockLevel {
  readonly itemId: string
  readonly locationId: string
  available: number
  committed: number
  updatedAt: Instant
}

/** Amounts are minor units of the currency that the buyer paid in. */
export interface ShopOrder {
  readonly id: string
  readonly number: number
  readonly createdAt: Instant
  updatedAt: Instant
  readonly currency: string
  /** Money of the shop for one of the buyer's, as minor units of each. */
  readonly rateToShop: number
  readonly kind: 'ordinary' | 'digital' | 'pickup'
  readonly test: boolean
  readonly buyer: { readonly id: string; readonly name: string; readonly email?: string }
  shipTo: Address
  readonly lines: OrderLine[]
  readonly shipping: number
  readonly discount: number
  readonly tax: number
  readonly note: string | undefined
  readonly giftMessage: string | undefined
  payment: 'pending' | 'paid' | 'partially-refunded' | 'refunded' | 'voided'
  risk: 'none' | 'investigate'
  edited: boolean
  cancelledAt: Instant | undefined
  closedAt: Instant | undefined
  readonly fulfillmentOrders: FulfillmentOrder[]
  readonly fulfillments: Fulfillment[]
  readonly refunds: Refund[]
  visible: boolean
  corruptions: string[]
}

export interface OrderLine {
  readonly id: string
  readonly variantKey: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  currentQuantity: number
  readonly unitPrice: number
  readonly requiresShipping: boolean
  readonly isGiftCard: boolean
  readonly customization: string | undefined
}

export type FulfillmentOrderStatus = 'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'SCHEDULED' | 'CLOSED' | 'CANCELLED'

export interface FulfillmentOrder {
  readonly id: string
  readonly locationId: string
  readonly methodType: 'SHIPPING' | 'PICK_UP' | 'NONE'
  readonly createdAt: Instant
  updatedAt: Instant
  status: FulfillmentOrderStatus
  holds: Hold[]
  readonly lines: FulfillmentOrderLine[]
}

export interface Hold {
  readonly id: string
  readonly reason: string
  readonly notes: string | undefined
  readonly handle: string
  readonly byApp: boolean
}

export interface FulfillmentOrderLine {
  readonly id: string
  readonly lineId: string
  total: number
  remaining: number
}

export interface Fulfillment {
  readonly id: string
  readonly name: string
  readonly locationId: string
  readonly fulfillmentOrderIds: readonly string[]
  readonly createdAt: Instant
  updatedAt: Instant
  status: 'SUCCESS' | 'CANCELLED'
  tracking: Tracking[]
  readonly throughApi: boolean
  readonly lines: readonly { readonly id: string; readonly lineId: string; readonly quantity: number }[]
}

export interface Tracking {
  readonly company: string | null
  readonly number: string | null
  readonly url: string | null
}

export interface Refund {
  readonly id: string
  readonly createdAt: Instant
  readonly amount: number
  readonly lines: readonly { readonly id: string; readonly lineId: string; readonly quantity: number; readonly restockType: string }[]
}

export function stockKey(itemId: string, locationId: string): string {
  return `${itemId}|${locationId}`
}

/** Units of a line that are in no fulfillment and not removed. */
export function unfulfilledOf(order: ShopOrder, line: OrderLine): number {
  return Math.max(0, line.currentQuantity - fulfilledOf(order, line))
}

export function fulfilledOf(order: ShopOrder, line: OrderLine): number {
  return order.fulfillments
    .filter((fulfillment) => fulfillment.status === 'SUCCESS')
    .flatMap((fulfillment) => fulfillment.lines)
    .filter((shipped) => shipped.lineId === line.id)
    .reduce((sum, shipped) => sum + shipped.quantity, 0)
}

/** Fulfillment orders on which work is still to be done. */
export function openFulfillmentOrders(order: ShopOrder): readonly FulfillmentOrder[] {
  return order.fulfillmentOrders.filter((entry) => entry.status !== 'CLOSED' && entry.status !== 'CANCELLED')
}
