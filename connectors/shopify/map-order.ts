import { SyncError } from '../../core/errors.ts'
import type { OrderLineSnapshot, OrderSnapshot, PaymentState, PlatformHold, SnapshotStatus } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { type Instant, latest, parseInstant } from '../../core/value/instant.ts'
import { isCurrency } from '../../core/value/money.ts'
import { isCountry } from '../shared/country.ts'
import { addressOf } from './map-address.ts'
import { mapShipments, shippedByLine } from './map-shipment.ts'
import { knownMoney, totalsOf } from './map-totals.ts'
import { type OrderWork, present, workOf } from './map-work.ts'
import { orderShape, type ShopifyLine, type ShopifyOrder } from './schema.ts'

export interface MapOptions {
  readonly includeTestOrders: boolean
  /** The answer said that it kept personal data back. */
  readonly personalWithheld: boolean
}

/** One order as Shopify sends it → the canonical reading. Throws ZodError or `invalid-data` when it cannot be read. */
export function mapOrder(raw: unknown, options: MapOptions): OrderSnapshot {
  const order = orderShape.parse(raw)
  const work = workOf(order)
  const lines = order.lineItems.nodes.filter((line) => line.requiresShipping)
  const mapped = mapLines(order, lines, work)
  const payment = paymentStateOf(order.displayFinancialStatus)
  const status = statusOf(order, mapped, work, payment)
  const shipTo = addressOf(order, work)
  const ignoredReason = ignoredReasonOf(order, lines, work, options)
  const isOursNow = ignoredReason === undefined && (status === 'open' || status === 'partially-shipped')
  const isAddressMissing = isOursNow && !(shipTo?.line1 && shipTo.country)
  const { email, note } = order
  return {
    platformOrderId: order.id,
    displayNumber: order.name,
    status,
    platformStatus: [order.displayFinancialStatus, order.displayFulfillmentStatus, order.cancelledAt && 'CANCELLED']
      .filter(Boolean)
      .join(' / '),
    ...(ignoredReason === undefined ? {} : { ignoredReason }),
    fulfilledBy: work.isServiceOnly ? 'platform' : 'seller',
    paymentState: payment ?? 'pending',
    purchasedAt: instantOf(order.processedAt ?? order.createdAt, 'processedAt'),
    updatedAt: updatedAtOf(order),
    ...present('shipBy', work.shipBy),
    ...present('deliverBy', work.deliverBy),
    ...present('releaseNotBefore', work.releaseNotBefore),
    ...present('promisedService', order.shippingLine?.title ?? work.promisedService),
    personal: {
      ...present('shipTo', shipTo),
      buyer: { ...present('name', order.shippingAddress?.name ?? shipTo?.name), ...present('email', email) },
      notes: { ...present('buyer', buyerNote(note, order)), ...present('gift', giftNote(order)) },
    },
    // Without a word of error, too, a missing address is a withheld one: what was read before stays.
    ...(isAddressMissing || (options.personalWithheld && !shipTo?.line1) ? { personalWithheld: true } : {}),
    lines: mapped,
    ...present('totals', totalsOf(order)),
    taxIds: {},
    tags: order.tags.map((tag) => tag.toLowerCase()),
    holds: isOursNow || status === 'awaiting-payment' ? holdsOf(order, work, { payment, isAddressMissing, country: shipTo?.country }) : [],
    shipments: mapShipments(order.fulfillments),
    partialShipmentAllowed: true,
    raw,
  }
}

/** A fulfillment order can change while its order does not; the reading is then as new as that. */
function updatedAtOf(order: ShopifyOrder): Instant {
  const work = order.fulfillmentOrders.nodes.map((candidate) => parseInstant(candidate.updatedAt ?? ''))
  return work.filter((instant) => instant !== undefined).reduce(latest, instantOf(order.updatedAt, 'updatedAt'))
}

/**
 * Units that are neither shipped nor in a fulfillment order of ours count as cancelled: refunded or removed
 * before shipping, or somebody else's to ship. `currentQuantity` alone would count returned units too.
 */
function mapLines(order: ShopifyOrder, lines: readonly ShopifyLine[], work: OrderWork): readonly OrderLineSnapshot[] {
  const shipped = shippedByLine(order.fulfillments)
  return lines.map((line) => {
    const shippedQuantity = Math.min(line.quantity, shipped.get(line.id) ?? 0)
    const unfulfilled = Math.min(line.currentQuantity, line.unfulfilledQuantity, line.quantity - shippedQuantity)
    const open = order.cancelledAt ? 0 : work.isVisible ? Math.min(unfulfilled, work.remaining.get(line.id) ?? 0) : unfulfilled
    const customization = attributeText(line.customAttributes, () => true)
    return {
      platformLineId: line.id,
      ...present('itemId', numericId(line.product?.id)),
      ...present('variantId', numericId(line.variant?.id)),
      channelSku: asChannelSku(line.sku ?? ''),
      title: line.name,
      quantity: line.quantity,
      cancelledQuantity: line.quantity - shippedQuantity - open,
      shippedQuantity,
      ...present('unitPrice', knownMoney(line.originalUnitPriceSet.shopMoney)),
      ...present('customization', customization),
    }
  })
}

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderDisplayFinancialStatus (read 2026-11-22). */
const paymentStates: Readonly<Record<string, PaymentState>> = {
  PENDING: 'pending',
  AUTHORIZED: 'pending',
  PARTIALLY_PAID: 'pending',
  PAID: 'paid',
  PARTIALLY_REFUNDED: 'partially-refunded',
  REFUNDED: 'refunded',
  VOIDED: 'failed',
  EXPIRED: 'failed',
}

/** Undefined for a word that is not known here. */
export function paymentStateOf(word: string | undefined): PaymentState | undefined {
  return paymentStates[word ?? '']
}

function statusOf(
  order: ShopifyOrder,
  lines: readonly OrderLineSnapshot[],
  work: OrderWork,
  payment: PaymentState | undefined,
): SnapshotStatus {
  if (order.cancelledAt) return 'cancelled'
  const shipped = lines.some((line) => line.shippedQuantity > 0)
  const open = lines.some((line) => line.quantity > line.cancelledQuantity + line.shippedQuantity)
  if (!open && shipped) return work.hasLater ? 'partially-shipped' : 'shipped'
  if (!open && lines.length > 0 && (payment === 'refunded' || payment === 'failed' || !work.hasOthers)) return 'cancelled'
  if (open && (payment === 'pending' || payment === 'failed')) return 'awaiting-payment'
  return shipped ? 'partially-shipped' : 'open'
}

function ignoredReasonOf(order: ShopifyOrder, lines: readonly ShopifyLine[], work: OrderWork, options: MapOptions): string | undefined {
  if (order.test && !options.includeTestOrders) return 'test-order'
  if (lines.length === 0) return 'digital'
  return work.ignoredReason
}

interface HoldFacts {
  readonly payment: PaymentState | undefined
  readonly isAddressMissing: boolean
  readonly country: string | undefined
}

function holdsOf(order: ShopifyOrder, work: OrderWork, facts: HoldFacts): readonly PlatformHold[] {
  const holds: PlatformHold[] = [...work.holds]
  const unknown = (detail: string) => holds.push({ reason: 'unknown-value', detail })
  if (facts.payment === undefined) unknown(`payment status ${order.displayFinancialStatus ?? 'missing'}`)
  if (facts.payment === 'refunded') {
    holds.push({ reason: 'platform-hold', detail: 'the payment is refunded in full, yet units are still to be shipped' })
  }
  if (facts.isAddressMissing) {
    holds.push({ reason: 'pii-missing', detail: 'Shopify gives no street; check the app access to protected customer data' })
  } else if (facts.country !== undefined && !isCountry(facts.country)) unknown(`country ${facts.country}`)
  const { currencyCode } = order.totalPriceSet.shopMoney
  if (!isCurrency(currencyCode)) unknown(`currency ${currencyCode}`)
  holds.push(...riskHolds(order.risk))
  return holds
}

const calmRecommendations = new Set(['ACCEPT', 'NONE'])

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderRiskRecommendationResult (read 2026-11-22). */
function riskHolds(risk: ShopifyOrder['risk']): readonly PlatformHold[] {
  const recommendation = risk?.recommendation
  const isHigh = risk?.assessments.some((assessment) => assessment.riskLevel === 'HIGH') ?? false
  if (recommendation === 'CANCEL' || recommendation === 'INVESTIGATE' || isHigh) {
    return [{ reason: 'risk-flagged', detail: `recommendation ${recommendation ?? 'none'}${isHigh ? ', risk HIGH' : ''}` }]
  }
  if (recommendation === undefined || calmRecommendations.has(recommendation)) return []
  return [{ reason: 'unknown-value', detail: `risk recommendation ${recommendation}` }]
}

type Attributes = ShopifyOrder['customAttributes']

function buyerNote(note: string | undefined, order: ShopifyOrder): string | undefined {
  return [note, attributeText(order.customAttributes, (key) => !isGift(key))].filter(Boolean).join('\n') || undefined
}

function giftNote(order: ShopifyOrder): string | undefined {
  return attributeText(order.customAttributes, isGift)
}

function isGift(key: string): boolean {
  return /gift/i.test(key)
}

/** Attributes whose key begins with an underscore are for apps, not for people. */
function attributeText(attributes: Attributes, wanted: (key: string) => boolean): string | undefined {
  const shown = attributes.filter(({ key, value }) => value !== undefined && value !== '' && !key.startsWith('_') && wanted(key))
  return shown.map(({ key, value }) => `${key}: ${value}`).join('\n') || undefined
}

/** `gid://shopify/ProductVariant/43729076` → `43729076`, the number that the seller sees in the admin. */
export function numericId(gid: string | undefined): string | undefined {
  return gid === undefined ? undefined : (/(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? gid)
}

function instantOf(value: string, field: string): Instant {
  const instant = parseInstant(value)
  if (!instant) throw new SyncError('invalid-data', `${field}: "${value}" is not a moment in time`, { code: 'shopify-instant-invalid' })
  return instant
}
