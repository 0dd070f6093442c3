import type { ChannelSku, Sku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import type { Money } from '../value/money.ts'
import type { HoldReason } from './hold.ts'

export const platforms = ['amazon', 'ebay', 'wish', 'shopify', 'file', 'api'] as const
export type Platform = (typeof platforms)[number]

export const orderStates = [
  'awaiting-payment',
  'open',
  'in-fulfillment',
  'partially-shipped',
  'shipped',
  'completed',
  'cancelled',
  'ignored',
] as const
export type OrderState = (typeof orderStates)[number]

export const paymentStates = ['pending', 'paid', 'partially-refunded', 'refunded', 'failed'] as const
export type PaymentState = (typeof paymentStates)[number]

/** A postal address as the platform gave it; empty text is absent. `country` is ISO 3166-1 alpha-2. */
export interface Address {
  readonly name?: string
  readonly company?: string
  readonly phone?: string
  readonly email?: string
  readonly line1?: string
  readonly line2?: string
  readonly line3?: string
  readonly city?: string
  readonly district?: string
  readonly state?: string
  readonly postcode?: string
  readonly country: string
}

/** Numbers that customs want on the parcel. Stored encrypted with the personal data. */
export interface TaxIds {
  readonly ioss?: string
  readonly vat?: string
  readonly eori?: string
  /** Under which a marketplace pays Norwegian VAT. */
  readonly voec?: string
  /** The buyer's own number (CPF, PCCC, RUT, passport): personal data. */
  readonly identityNumber?: string
}

/** Everything about a person. Stored encrypted, masked by default, removed when its time is up. */
export interface PersonalData {
  /** Undefined while the platform withholds it. */
  readonly shipTo?: Address
  readonly buyer: { readonly id?: string; readonly name?: string; readonly email?: string }
  readonly notes: { readonly buyer?: string; readonly gift?: string; readonly seller?: string }
}

/** Sums of the whole order in one currency: grand = items + shipping + tax − discount, tax only as far as it is added to the prices. */
export interface OrderTotals {
  readonly items: Money
  readonly shipping: Money
  readonly tax: Money
  readonly discount: Money
  readonly grand: Money
}

export interface OrderLineSnapshot {
  /** The platform's id of the line; unique within the order. */
  readonly platformLineId: string
  readonly itemId?: string
  readonly variantId?: string
  /** Empty text when the listing carries no SKU; the mapping then goes by item and variant. */
  readonly channelSku: ChannelSku
  readonly title: string
  /** As ordered; never shrinks. */
  readonly quantity: number
  /** Units of `quantity` that the platform cancelled, refunded before shipping or removed. */
  readonly cancelledQuantity: number
  /** Units that the platform already counts as shipped, by whomever. */
  readonly shippedQuantity: number
  /** Per unit, before discounts. */
  readonly unitPrice?: Money
  /** What the buyer asked to have printed, engraved and so on. */
  readonly customization?: string
}

/** A shipment that the platform lists on an order. `trackingNumber` is as the platform shows it. */
export interface ReportedShipment {
  /** The platform's id of the shipment; the package reference on Amazon, the tracking number on eBay. */
  readonly shipmentId: string
  readonly trackingNumber?: string
  readonly carrier?: string
  readonly shippedAt?: Instant
  /** Empty when the platform does not say which lines (Wish ships an order whole). */
  readonly lines: readonly { readonly platformLineId: string; readonly quantity: number }[]
  /**
   * For asynchronous platforms: the write is still being worked on or has failed. `counted`: the platform counts these
   * units as shipped and shows no package of them. Undefined means it stands.
   */
  readonly progress?: 'pending' | 'failed' | 'counted'
}

/** A reason of the platform's own why the order must wait. */
export interface PlatformHold {
  readonly reason: HoldReason
  /** What the platform said, in its words, free of personal data. */
  readonly detail: string
  /** When it happened, where it can happen again: a release by a person does not count for what came later. */
  readonly causedAt?: Instant
}

/**
 * How the platform sees the order: `awaiting-payment` store only; `open` ours to ship; `shipped` every
 * unit counts as shipped there; `cancelled` whole order.
 */
export type SnapshotStatus = 'awaiting-payment' | 'open' | 'partially-shipped' | 'shipped' | 'cancelled'

/**
 * One order as a connector read it: the canonical shape without any decision of ours. An unknown status,
 * currency or country never gets a default: it becomes a hold `unknown-value` with the words kept in
 * `platformStatus` and in the raw payload.
 */
export interface OrderSnapshot {
  readonly platformOrderId: string
  /** The number that buyer and seller see, when it differs. */
  readonly displayNumber?: string
  readonly status: SnapshotStatus
  /** The platform's own words, such as `PAID / UNFULFILLED`. */
  readonly platformStatus: string
  /** Set when the order is not ours to ship (fulfilled by the platform, digital, pick-up): says why. */
  readonly ignoredReason?: string
  /** Set when the platform records the shipment by itself and takes no report of it: says why. */
  readonly noWriteBackReason?: string
  readonly fulfilledBy: 'seller' | 'platform'
  readonly paymentState: PaymentState
  /** The site within the platform, such as an Amazon marketplace id; write-backs may need it. */
  readonly site?: string
  /** Orders that were bought together share it. */
  readonly groupId?: string
  readonly purchasedAt: Instant
  /** When the platform last changed the order; decides which of two readings is newer. */
  readonly updatedAt: Instant
  readonly paidAt?: Instant
  readonly shipBy?: Instant
  readonly deliverBy?: Instant
  /** Not to be released to a warehouse before. */
  readonly releaseNotBefore?: Instant
  readonly promisedService?: string
  readonly personal: PersonalData
  /** True when the platform withheld personal data that it gave or will give; stored data is then kept. */
  readonly personalWithheld?: boolean
  readonly lines: readonly OrderLineSnapshot[]
  /** Undefined while the platform shows no prices (Amazon pending). */
  readonly totals?: OrderTotals
  readonly taxIds: TaxIds
  /** Programme flags and tags of the platform, lower-case. */
  readonly tags: readonly string[]
  readonly holds: readonly PlatformHold[]
  /** Shipments that this reading shows; undefined when the reading does not include them. */
  readonly shipments?: readonly ReportedShipment[]
  /** Whether the platform lets one order ship in several parts. */
  readonly partialShipmentAllowed: boolean
  /** The platform's payload, untouched; kept encrypted, never read by core. */
  readonly raw: unknown
}

export interface ResolvedItem {
  readonly sku: Sku
  /** Units of `sku` for one unit of the order line. */
  readonly quantity: number
  /** Of one unit, when it came out of a bundle that has a declared value to share; a product's own comes before it. */
  readonly declaredValue?: Money
}

export interface OrderLine extends OrderLineSnapshot {
  /** Empty until the mapping has resolved the line. */
  readonly resolved: readonly ResolvedItem[]
  /** Which mapping it was resolved by, as a short hash: another one than today's means that the mapping has changed since. */
  readonly mappingRevision?: string
}

/** The canonical order. Identity is `(shop, platformOrderId)`; changing makes a new object with `version` + 1. */
export interface Order extends Omit<OrderSnapshot, 'lines' | 'raw' | 'holds' | 'shipments' | 'status' | 'personalWithheld'> {
  readonly orderNo: string
  readonly clientId: string
  readonly shop: string
  readonly platform: Platform
  readonly state: OrderState
  /** The platform's view of the last reading. */
  readonly platformState: SnapshotStatus
  readonly lines: readonly OrderLine[]
  /** Set by an operator; a later reading never overwrites it. */
  readonly edits: OrderEdits
  /** What the rules made of it at the last plan, apart from what the platform said; undefined when nothing. */
  readonly ruled?: Ruling
  readonly importedAt: Instant
  readonly changedAt: Instant
  /** When the plan lane must look at it; undefined when there is nothing to decide. */
  readonly planDueAt?: Instant
  /** Hash of the mapped content of the last reading; equal hash means nothing changed. */
  readonly contentHash: string
  readonly version: number
}

export interface OrderEdits {
  readonly shipTo?: Address
  readonly warehouse?: string
  readonly service?: string
  /** A person has closed the order: nothing more is pushed for it. */
  readonly closed?: { readonly as: 'shipped' | 'given-up'; readonly reason: string }
}

/** Decided anew by every plan; a later reading of the platform leaves it as it is. */
export interface Ruling {
  /** An intake rule leaves the order to somebody else. */
  readonly ignoredReason?: string
  /** The tags as enrich rules left them, when they differ from those of the platform. */
  readonly tags?: readonly string[]
  /** What enrich rules made of the promised service. */
  readonly level?: string
}

/** Why the order is not ours to ship, by a person, the platform or a rule; undefined when it is. */
export function reasonNotToShip(order: Pick<Order, 'ignoredReason' | 'edits' | 'ruled'>): string | undefined {
  return reasonToLeaveRules(order) ?? order.ruled?.ignoredReason
}

/** Why no rule has to be asked about the order: a person closed it, or it is not ours by the platform's word. */
export function reasonToLeaveRules(order: Pick<Order, 'ignoredReason' | 'edits'>): string | undefined {
  return order.edits.closed?.reason ?? order.ignoredReason
}

/** The address that counts: an operator's edit before the platform's. */
export function effectiveShipTo(order: Pick<Order, 'personal' | 'edits'>): Address | undefined {
  return order.edits.shipTo ?? order.personal.shipTo
}

/** Units of a line that are still to be shipped by somebody. */
export function openQuantity(line: OrderLineSnapshot): number {
  return Math.max(0, line.quantity - line.cancelledQuantity - line.shippedQuantity)
}
