import type { PlatformHold } from '../../../core/model/order.ts'
import { type Instant, parseInstant } from '../../../core/value/instant.ts'
import { defined } from '../../shared/defined.ts'
import type { Doubts } from '../../shared/doubts.ts'
import { earliestOf } from '../../shared/earliest-of.ts'
import type { ShopifyFulfillmentOrder, ShopifyOrder } from '../schema.ts'

/** What the fulfillment orders of an order say: which units are ours to ship, and when. */
export interface OrderWork {
  /** False when Shopify shows no fulfillment order at all, which is how missing scopes look. */
  readonly isVisible: boolean
  /** Every unit that is still open belongs to a fulfillment service. */
  readonly isServiceOnly: boolean
  /** Units to ship now, by order line. */
  readonly remaining: ReadonlyMap<string, number>
  /** Units of ours wait longer than those in `remaining`: for a later day, or until they are released. */
  readonly hasLater: boolean
  /** Open units are somebody else's: a service, a shop counter, a location that we do not see. */
  readonly hasOthers: boolean
  /** Set when nothing is ours and something is somebody else's. */
  readonly ignoredReason?: string
  readonly holds: readonly PlatformHold[]
  /** Names of the locations to which Shopify assigned the units to ship now. */
  readonly locations: readonly string[]
  readonly destination?: NonNullable<ShopifyFulfillmentOrder['destination']>
  readonly promisedService?: string
  readonly shipBy?: Instant
  readonly deliverBy?: Instant
  readonly releaseNotBefore?: Instant
}

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

export function workOf(order: ShopifyOrder, doubts: Doubts): OrderWork {
  const all = order.fulfillmentOrders.nodes
  const live = all.filter((candidate) => !doneStatuses.has(candidate.status) && unitsOf(candidate) > 0)
  const ours = live.filter((candidate) => othersReason(candidate) === undefined)
  const others = live.filter((candidate) => othersReason(candidate) !== undefined)
  const { now, later } = byTime(ours)
  const unseen = openUnits(order) - live.reduce((sum, candidate) => sum + unitsOf(candidate), 0)
  const hasOthers = all.length > 0 && (others.length > 0 || unseen > 0)
  const wasShipped = order.fulfillments.some((fulfillment) => fulfillment.status === 'SUCCESS')
  const ignoredReason = ours.length === 0 && hasOthers && !wasShipped ? (others.map(othersReason)[0] ?? 'other-location') : undefined
  const releaseNotBefore = now.some((candidate) => candidate.status !== 'SCHEDULED')
    ? undefined
    : earliestOf(now.map((one) => one.fulfillAt))
  const destination = now.map((candidate) => candidate.destination).find((candidate) => candidate?.address1)
  return {
    isVisible: all.length > 0,
    isServiceOnly: ours.length === 0 && others.length > 0 && others.every(isServiced),
    remaining: remainingOf(now),
    hasLater: later.length > 0,
    hasOthers,
    locations: [...new Set(now.flatMap((candidate) => candidate.assignedLocation?.name ?? []))],
    holds: [...now.flatMap((candidate) => holdsOf(candidate, doubts)), ...(all.length === 0 && openUnits(order) > 0 ? [unseenHold] : [])],
    ...defined({
      ignoredReason,
      destination,
      promisedService: now[0]?.deliveryMethod?.presentedName,
      shipBy: earliestOf(now.map((candidate) => candidate.fulfillBy)),
      deliverBy: earliestOf(now.map((candidate) => candidate.deliveryMethod?.maxDeliveryDateTime)),
      releaseNotBefore,
    }),
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
function byTime(ours: readonly ShopifyFulfillmentOrder[]) {
  const {
    ready = [],
    scheduled = [],
    held = [],
  } = Object.groupBy(ours, (candidate) => {
    if (candidate.status === 'SCHEDULED') return 'scheduled'
    const reasons = candidate.status === 'ON_HOLD' ? candidate.fulfillmentHolds.map(({ reason }) => reason) : []
    return reasons.length > 0 && reasons.every((reason) => reasonsOfGoods.has(reason)) ? 'held' : 'ready'
  })
  const first = earliestOf(scheduled.map((candidate) => candidate.fulfillAt))
  const next = scheduled.filter((candidate) => parseInstant(candidate.fulfillAt ?? '') === first)
  const now = [ready, next, held].find((candidates) => candidates.length > 0) ?? []
  return { now, later: ours.filter((candidate) => !now.includes(candidate)) }
}

/** Why a fulfillment order is not ours to ship; undefined when it is. */
export function othersReason(candidate: ShopifyFulfillmentOrder): string | undefined {
  if (isServiced(candidate)) return 'fulfillment-service'
  return otherDelivery[candidate.deliveryMethod?.methodType ?? '']
}

function isServiced(candidate: ShopifyFulfillmentOrder): boolean {
  return candidate.assignedLocation?.location?.isFulfillmentService === true || servicedRequests.has(candidate.requestStatus ?? '')
}

function holdsOf(candidate: ShopifyFulfillmentOrder, doubts: Doubts): readonly PlatformHold[] {
  const { status, deliveryMethod } = candidate
  const holds: PlatformHold[] = []
  if (!liveStatuses.has(status)) doubts.push(`fulfillment order status ${status}`)
  if (deliveryMethod && deliveryMethod.methodType !== 'SHIPPING') {
    doubts.push(`delivery method ${deliveryMethod.methodType}`)
  }
  const hold = (said: string, todo: string) =>
    holds.push({ reason: 'platform-hold', detail: `${said} (units: ${unitsOf(candidate)}); ${todo} in the Shopify admin` })
  if (status === 'ON_HOLD') {
    hold(`ON_HOLD: ${candidate.fulfillmentHolds.map(({ reason }) => reason).join(', ') || 'no reason given'}`, 'release the hold')
  }
  if (status === 'SCHEDULED' && parseInstant(candidate.fulfillAt ?? '') === undefined) {
    hold('SCHEDULED without a date', 'open the fulfillment')
  }
  if (status === 'INCOMPLETE') hold('INCOMPLETE: who was to ship could not', 'move the units to a location of yours')
  return holds
}

function openUnits(order: ShopifyOrder): number {
  return order.lineItems.nodes
    .filter((line) => line.requiresShipping)
    .reduce((sum, line) => sum + Math.min(line.currentQuantity, line.unfulfilledQuantity), 0)
}

function unitsOf(candidate: ShopifyFulfillmentOrder): number {
  return candidate.lineItems.nodes.reduce((sum, line) => sum + line.remainingQuantity, 0)
}

function remainingOf(fulfillmentOrders: readonly ShopifyFulfillmentOrder[]): ReadonlyMap<string, number> {
  const remaining = new Map<string, number>()
  for (const { lineItems } of fulfillmentOrders) {
    for (const line of lineItems.nodes) {
      remaining.set(line.lineItem.id, (remaining.get(line.lineItem.id) ?? 0) + line.remainingQuantity)
    }
  }
  return remaining
}
