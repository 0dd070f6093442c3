import type { PlatformHold } from '../../../core/model/order.ts'
import type { Doubts } from '../../shared/doubts.ts'
import { earliestOf } from '../../shared/earliest-of.ts'
import type { ShopifyFulfillmentOrder, ShopifyOrder } from '../schema.ts'

export type OrderWork = ReturnType<typeof workOf>

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/FulfillmentOrderStatus (read 2026-11-22). */
const doneStatuses = new Set(['CLOSED', 'CANCELLED'])
const liveStatuses = new Set(['OPEN', 'IN_PROGRESS', 'ON_HOLD', 'SCHEDULED', 'INCOMPLETE'])

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/DeliveryMethodType (read 2026-11-22). */
const otherDelivery: Readonly<Record<string, string>> = {
  PICK_UP: 'pickup',
  PICKUP_POINT: 'pickup-point',
  LOCAL: 'local-delivery',
  RETAIL: 'retail',
  NONE: 'no-delivery',
}

/** Set once a request for fulfillment has gone to a fulfillment service; ours stay UNSUBMITTED. */
const servicedRequests = new Set(['SUBMITTED', 'ACCEPTED', 'CANCELLATION_REQUESTED', 'CANCELLATION_REJECTED'])

/** What the fulfillment orders of an order say: which units are ours to ship, and when. */
export function workOf(order: ShopifyOrder, doubts: Doubts) {
  const all = order.fulfillmentOrders
  const live = all.filter((candidate) => !doneStatuses.has(candidate.status) && unitsOf(candidate) > 0)
  const ours = live.filter((candidate) => othersReason(candidate) === undefined)
  const others = live.filter((candidate) => othersReason(candidate) !== undefined)
  const now = nextToShip(ours)
  const open = openUnits(order)
  const isVisible = all.length > 0
  const isUnseen = open > live.reduce((sum, candidate) => sum + unitsOf(candidate), 0)
  const hasOthers = isVisible && (others.length > 0 || isUnseen)
  const wasShipped = order.fulfillments.some(({ status }) => status === 'SUCCESS')
  const isScheduled = now.every(({ status }) => status === 'SCHEDULED')
  return {
    /** False when Shopify shows no fulfillment order at all, which is how missing scopes look. */
    isVisible,
    /** Every unit that is still open belongs to a fulfillment service. */
    isServiceOnly: ours.length === 0 && others.length > 0 && others.every(isServiced),
    /** Units to ship now, by order line. */
    remaining: unitsByLine(now.flatMap(({ lineItems }) => lineItems)),
    /** Units of ours wait longer than those in `remaining`: for a later day, or until they are released. */
    hasLater: now.length < ours.length,
    /** Open units are somebody else's: a service, a shop counter, a location that we do not see. */
    hasOthers,
    /** Set when nothing is ours and something is somebody else's. */
    ignoredReason: ours.length === 0 && hasOthers && !wasShipped ? (others.map(othersReason)[0] ?? 'other-location') : undefined,
    holds: isVisible || open === 0 ? now.flatMap((candidate) => holdsOf(candidate, doubts)) : [unseenHold],
    /** Names of the locations to which Shopify assigned the units to ship now. */
    locations: [...new Set(now.flatMap(({ assignedLocation }) => assignedLocation?.name ?? []))],
    destination: now.map(({ destination }) => destination).find((destination) => destination?.address1),
    promisedService: now[0]?.deliveryMethod?.presentedName,
    shipBy: earliestOf(now.map(({ fulfillBy }) => fulfillBy)),
    deliverBy: earliestOf(now.map(({ deliveryMethod }) => deliveryMethod?.maxDeliveryDateTime)),
    releaseNotBefore: isScheduled ? earliestOf(now.map(({ fulfillAt }) => fulfillAt)) : undefined,
  }
}

const unseenHold: PlatformHold = {
  reason: 'platform-hold',
  detail: 'Shopify shows no fulfillment order; give the app the scope read_merchant_managed_fulfillment_orders and install it again',
}

/** Holds for these reasons concern the goods that are held; others, such as a wrong address, concern the whole order. */
const reasonsOfGoods = new Set(['AWAITING_RETURN_ITEMS', 'INVENTORY_OUT_OF_STOCK', 'UNKNOWN_DELIVERY_DATE'])

/**
 * Scheduled parts wait for their day, and held goods for their release: while something can be shipped now they do not
 * count. Else the earliest day comes first, and held goods last.
 */
function nextToShip(ours: readonly ShopifyFulfillmentOrder[]): readonly ShopifyFulfillmentOrder[] {
  const {
    ready,
    scheduled,
    held = [],
  } = Object.groupBy(ours, ({ status, fulfillmentHolds }) => {
    if (status === 'SCHEDULED') return 'scheduled'
    const areGoods = fulfillmentHolds.length > 0 && fulfillmentHolds.every(({ reason }) => reasonsOfGoods.has(reason))
    return status === 'ON_HOLD' && areGoods ? 'held' : 'ready'
  })
  const first = earliestOf(scheduled?.map(({ fulfillAt }) => fulfillAt))
  return ready ?? scheduled?.filter(({ fulfillAt }) => fulfillAt === first) ?? held
}

/** Why a fulfillment order is not ours to ship; undefined when it is. */
export function othersReason(candidate: ShopifyFulfillmentOrder): string | undefined {
  if (isServiced(candidate)) return 'fulfillment-service'
  return otherDelivery[candidate.deliveryMethod?.methodType ?? '']
}

function isServiced({ assignedLocation, requestStatus = '' }: ShopifyFulfillmentOrder): boolean {
  return assignedLocation?.location?.isFulfillmentService === true || servicedRequests.has(requestStatus)
}

function holdsOf(candidate: ShopifyFulfillmentOrder, doubts: Doubts): readonly PlatformHold[] {
  const { status, deliveryMethod, fulfillmentHolds, fulfillAt } = candidate
  if (!liveStatuses.has(status)) doubts.push(`fulfillment order status ${status}`)
  if (deliveryMethod && deliveryMethod.methodType !== 'SHIPPING') doubts.push(`delivery method ${deliveryMethod.methodType}`)
  const hold = (said: string, todo: string): readonly PlatformHold[] => [
    { reason: 'platform-hold', detail: `${said} (units: ${unitsOf(candidate)}); ${todo} in the Shopify admin` },
  ]
  const reasons = fulfillmentHolds.map(({ reason }) => reason).join(', ') || 'no reason given'
  if (status === 'ON_HOLD') return hold(`ON_HOLD: ${reasons}`, 'release the hold')
  if (status === 'SCHEDULED' && !fulfillAt) return hold('SCHEDULED without a date', 'open the fulfillment')
  if (status === 'INCOMPLETE') return hold('INCOMPLETE: who was to ship could not', 'move the units to a location of yours')
  return []
}

function openUnits(order: ShopifyOrder): number {
  return order.lineItems
    .filter((line) => line.requiresShipping)
    .reduce((sum, line) => sum + Math.min(line.currentQuantity, line.unfulfilledQuantity), 0)
}

function unitsOf({ lineItems }: ShopifyFulfillmentOrder): number {
  return lineItems.reduce((sum, line) => sum + line.quantity, 0)
}

export function unitsByLine(lines: readonly { readonly platformLineId: string; readonly quantity: number }[]): Map<string, number> {
  const units = new Map<string, number>()
  for (const { platformLineId, quantity } of lines) units.set(platformLineId, (units.get(platformLineId) ?? 0) + quantity)
  return units
}
