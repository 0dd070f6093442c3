import type { Address } from '../../core/model/order.ts'
import type { Instant } from '../../core/value/instant.ts'
import type { RequestLog } from '../shared/request-log.ts'

/** One seller account in one region, with the application that it has authorized. */
export interface Seller {
  readonly account: string
  readonly sellerId: string
  readonly region: 'na' | 'eu' | 'fe'
  readonly marketplaceIds: readonly string[]
  readonly clientId: string
  clientSecret: string
  readonly refreshToken: string
  /** Restricted roles of the application: Direct-to-Consumer Delivery gives the address, the tax roles give the buyer. */
  readonly personalData: 'granted' | 'address' | 'denied'
  /** Some sellers get 403 from searchOrders while v0 works. */
  readonly searchOrders: 'granted' | 'denied'
  readonly getOrder: 'granted' | 'denied'
  readonly deniedMarketplaces: readonly string[]
  readonly programs: readonly string[]
  readonly itemPrograms: readonly string[]
  readonly tokenSeconds: number
  readonly orders: Map<string, SellerOrder>
  /** Stock that was set through listings, by SKU. */
  readonly stock: Map<string, number>
  readonly requests: RequestLog
  revoked: boolean
}

/** PENDING … are derived, see `statusOf`; these are what the marketplace itself keeps. */
export type Stage = 'pending' | 'payable' | 'cancelled'

/** Amounts are minor units of the order's currency. */
export interface SellerOrder {
  readonly id: string
  readonly marketplaceId: string
  readonly createdAt: Instant
  updatedAt: Instant
  stage: Stage
  readonly fulfilledBy: 'MERCHANT' | 'AMAZON'
  readonly programs: readonly string[]
  readonly itemPrograms: readonly string[]
  readonly currency: string
  readonly buyer: { readonly name: string; readonly email: string }
  shipTo: Address
  readonly lines: OrderLine[]
  readonly buyerNote: string | undefined
  readonly giftMessage: string | undefined
  readonly ioss: string | undefined
  readonly packages: Package[]
  visible: boolean
  corruptions: string[]
}

export interface OrderLine {
  readonly id: string
  readonly sku: string
  readonly asin: string
  readonly title: string
  readonly quantity: number
  cancelled: number
  readonly unitPrice: number
  readonly shipping: number
  readonly discount: number
  readonly tax: number
  readonly customization: string | undefined
  cancelRequested: boolean
}

export interface Package {
  readonly reference: string
  carrier: string
  trackingNumber: string
  shippedAt: Instant
  readonly createdAt: Instant
  /** Written through the API; false when somebody confirmed in Seller Central. */
  readonly throughApi: boolean
  items: readonly { readonly lineId: string; readonly quantity: number }[]
}

export type FulfillmentStatus = 'PENDING' | 'UNSHIPPED' | 'PARTIALLY_SHIPPED' | 'SHIPPED' | 'CANCELLED'

export function statusOf(order: SellerOrder): FulfillmentStatus {
  const shipped = order.lines.some((line) => shippedOf(order, line) > 0)
  const isOpen = order.lines.some((line) => openOf(order, line) > 0)
  if (shipped) return isOpen ? 'PARTIALLY_SHIPPED' : 'SHIPPED'
  if (order.stage === 'cancelled' || !isOpen) return 'CANCELLED'
  return order.stage === 'pending' ? 'PENDING' : 'UNSHIPPED'
}

export function shippedOf(order: SellerOrder, line: OrderLine): number {
  const items = order.packages.flatMap((parcel) => parcel.items)
  return items.filter((item) => item.lineId === line.id).reduce((sum, item) => sum + item.quantity, 0)
}

/** Units that are neither shipped nor cancelled. */
export function openOf(order: SellerOrder, line: OrderLine): number {
  return Math.max(0, line.quantity - line.cancelled - shippedOf(order, line))
}
