import type { PlatformHold } from '../../../core/model/order.ts'
import type { Doubts } from '../../shared/doubts.ts'
import { earliestOf } from '../../shared/earliest-of.ts'
import type { ShopifyFulfillment, ShopifyFulfillmentOrder, ShopifyOrder } from '../schema.ts'
import { paymentStateOf } from './words.ts'

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

const noShipment = new Set(['CANCELLED', 'ERROR', 'FAILURE'])

/**
 * Whether a fulfillment is a shipment (SUCCESS), or becomes one (OPEN, PENDING and what nobody knows).
 * Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/FulfillmentStatus (read 2026-11-22).
 */
export function stands({ status }: { readonly status: string }): boolean {
  return !noShipment.has(status)
}

/** Units by order line in the fulfillments that stand. */
export function shippedByLine(fulfillments: readonly ShopifyFulfillment[]): ReadonlyMap<string, number> {
  return unitsByLine(fulfillments.filter(stands).flatMap((fulfillment) => fulfillment.fulfillmentLineItems))
}

/** What the fulfillment orders of an order say: which units are ours to ship, and when. */
export function workOf(order: ShopifyOrder, doubts: Doubts) {
  const all = order.fulfillmentOrders
  const live = all.filter((candidate) => !doneStatuses.has(candidate.status) && unitsOf(candidate) > 0)
  const ours = live.filter((candidate) => othersReason(candidate) === undefined)
  const others = live.filter((candidate) => othersReason(candidate) !== undefined)
  const now = nextToShip(ours)
  const goods = order.lineItems.filter(({ requiresShipping }) => requiresShipping)
  const open = goods.reduce((sum, line) => sum + Math.min(line.currentQuantity, line.unfulfilledQuantity), 0)
  const isVisible = all.length > 0
  const isUnseen = open > live.reduce((sum, candidate) => sum + unitsOf(candidate), 0)
  const hasOthers = isVisible && (others.length > 0 || isUnseen)
  const wasShipped = order.fulfillments.some(({ status }) => status === 'SUCCESS')
  const isScheduled = now.every(({ status }) => status === 'SCHEDULED')
  const shipped = shippedByLine(order.fulfillments)
  const planned = unitsByLine(now.flatMap(({ lineItems }) => lineItems))
  const working = unitsByLine(live.flatMap(({ lineItems }) => lineItems))
  const isRefunded = paymentStateOf(order.displayFinancialStatus) === 'refunded'
  const lines = goods.map((line) => {
    const { id, quantity, currentQuantity } = line
    const shippedQuantity = Math.min(quantity, shipped.get(id) ?? 0)
    const isOver = order.cancelledAt !== undefined || (isRefunded && currentQuantity === 0)
    const plannedOfLine = isVisible ? (planned.get(id) ?? 0) : currentQuantity
    const units = isOver ? { open: 0, holds: [] } : openUnitsOf(line, shippedQuantity, plannedOfLine, working.get(id) ?? 0)
    return { line, shippedQuantity, ...units }
  })
  const isLeftToOthers = ours.length === 0 && lines.every((line) => line.open === 0) && hasOthers && !wasShipped
  const holdsOfWork = isVisible || open === 0 ? now.flatMap((candidate) => holdsOf(candidate, doubts)) : [unseenHold]
  return {
    /** The lines with goods, and what is to be shipped of them now. */
    lines,
    /** Every unit that is still open belongs to a fulfillment service. */
    isServiceOnly: ours.length === 0 && others.length > 0 && others.every(isServiced),
    /** Units of ours wait longer than those in `lines`: for a later day, or until they are released. */
    hasLater: now.length < ours.length,
    /** Open units are somebody else's: a service, a shop counter, a location that we do not see. */
    hasOthers,
    /** Set when nothing is ours, or nobody's, and something is somebody else's. */
    ignoredReason: isLeftToOthers ? (others.map(othersReason)[0] ?? 'other-location') : undefined,
    holds: [...holdsOfWork, ...lines.flatMap(({ holds }) => holds)],
    /** Names of the locations to which Shopify assigned the units to ship now. */
    locations: [...new Set(now.flatMap(({ assignedLocation }) => assignedLocation?.name ?? []))],
    destination: now.map(({ destination }) => destination).find((destination) => destination?.address1),
    promisedService: now[0]?.deliveryMethod?.presentedName,
    shipBy: earliestOf(now.map(({ fulfillBy }) => fulfillBy)),
    deliverBy: earliestOf(now.map(({ deliveryMethod }) => deliveryMethod?.maxDeliveryDateTime)),
    releaseNotBefore: isScheduled ? earliestOf(now.map(({ fulfillAt }) => fulfillAt)) : undefined,
  }
}

const unseenHold = platformHold(
  'Shopify shows no fulfillment order; give the app the scope read_merchant_managed_fulfillment_orders and install it again',
)

/**
 * What of a line is to be shipped: `planned` now, `working` by anybody at any time. `currentQuantity` says what was paid
 * back and not what goes: a refund without restock leaves its units to be fulfilled, and the same count later means a
 * unit that came back. Where the counts cannot all be true, a person decides.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-10/objects/LineItem (read 2026-11-25).
 */
function openUnitsOf(line: ShopifyOrder['lineItems'][number], shipped: number, planned: number, working: number) {
  const { quantity, currentQuantity, unfulfilledQuantity } = line
  const lost = Math.min(quantity, currentQuantity) - shipped - Math.max(unfulfilledQuantity, working)
  const refunded = Math.min(unfulfilledQuantity, working) - currentQuantity
  const wrong = [
    ...(lost > 0 ? [`neither shipped, refunded nor to be fulfilled (units: ${lost}); fulfill or refund them`] : []),
    ...(refunded > 0 ? [`refunded, and still to be fulfilled (units: ${refunded}); remove them from the order`] : []),
  ]
  const holds = wrong.map((says) => platformHold(`${line.sku ?? line.name}: ${says} on Shopify, or release this hold to ship`))
  return { open: Math.min(unfulfilledQuantity, quantity - shipped, planned) + Math.max(0, lost), holds }
}

function platformHold(detail: string): PlatformHold {
  return { reason: 'platform-hold', detail }
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
  const hold = (said: string, todo: string) => [platformHold(`${said} (units: ${unitsOf(candidate)}); ${todo} in the Shopify admin`)]
  const reasons = fulfillmentHolds.map(({ reason }) => reason).join(', ') || 'no reason given'
  if (status === 'ON_HOLD') return hold(`ON_HOLD: ${reasons}`, 'release the hold')
  if (status === 'SCHEDULED' && !fulfillAt) return hold('SCHEDULED without a date', 'open the fulfillment')
  if (status === 'INCOMPLETE') return hold('INCOMPLETE: who was to ship could not', 'move the units to a location of yours')
  return []
}

function unitsOf({ lineItems }: ShopifyFulfillmentOrder): number {
  return lineItems.reduce((sum, line) => sum + line.quantity, 0)
}

export function unitsByLine(lines: readonly { readonly platformLineId: string; readonly quantity: number }[]): Map<string, number> {
  const units = new Map<string, number>()
  for (const { platformLineId, quantity } of lines) units.set(platformLineId, (units.get(platformLineId) ?? 0) + quantity)
  return units
}
