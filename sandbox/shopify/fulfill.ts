import type { Instant } from '../../core/value/instant.ts'
import {
  type Fulfillment,
  type FulfillmentOrder,
  openFulfillmentOrders,
  type ShopOrder,
  type ShopWorld,
  type Tracking,
  unfulfilledOf,
} from './state.ts'

/** What of one fulfillment order is to be shipped: units by its line id. */
export interface Picked {
  readonly entry: FulfillmentOrder
  readonly units: ReadonlyMap<string, number>
}

/** Ships the picked units in one fulfillment. The caller has checked them. */
export function fulfill(
  order: ShopOrder,
  picked: readonly Picked[],
  tracking: readonly Tracking[],
  world: ShopWorld & { throughApi: boolean },
): Fulfillment {
  const fulfillment: Fulfillment = {
    id: world.ids.next(),
    name: `#${order.number}-F${order.fulfillments.length + 1}`,
    locationId: picked[0]?.entry.locationId ?? '',
    fulfillmentOrderIds: picked.map(({ entry }) => entry.id),
    createdAt: world.now,
    updatedAt: world.now,
    status: 'SUCCESS',
    tracking: [...tracking],
    throughApi: world.throughApi,
    lines: picked.flatMap(({ entry, units }) =>
      entry.lines
        .filter((line) => (units.get(line.id) ?? 0) > 0)
        .map((line) => ({ id: world.ids.next(), lineId: line.lineId, quantity: units.get(line.id) ?? 0 })),
    ),
  }
  for (const { entry, units } of picked) {
    for (const line of entry.lines) line.remaining -= units.get(line.id) ?? 0
    entry.status = entry.lines.every((line) => line.remaining === 0) ? 'CLOSED' : 'IN_PROGRESS'
    entry.updatedAt = world.now
  }
  order.fulfillments.push(fulfillment)
  order.updatedAt = world.now
  archiveWhenDone(order, world.now)
  return fulfillment
}

/** The seller ships what remains with another tool. */
export function shipRemaining(order: ShopOrder, tracking: Tracking, world: ShopWorld): void {
  const open = openFulfillmentOrders(order)
  if (open.length === 0) throw new Error(`order ${order.id} has nothing left to ship`)
  for (const entry of open) {
    const units = new Map(entry.lines.map((line) => [line.id, line.remaining]))
    entry.holds = []
    fulfill(order, [{ entry, units }], [tracking], { ...world, throughApi: false })
  }
}

/** Takes a fulfillment back: its units wait in a new fulfillment order. */
export function cancelFulfillment(order: ShopOrder, fulfillment: Fulfillment, world: ShopWorld): void {
  fulfillment.status = 'CANCELLED'
  fulfillment.updatedAt = world.now
  order.fulfillmentOrders.push({
    id: world.ids.next(),
    locationId: fulfillment.locationId,
    methodType: 'SHIPPING',
    createdAt: world.now,
    updatedAt: world.now,
    status: 'OPEN',
    holds: [],
    lines: fulfillment.lines.map((line) => ({ id: world.ids.next(), lineId: line.lineId, total: line.quantity, remaining: line.quantity })),
  })
  order.closedAt = undefined
  order.updatedAt = world.now
}

/** A shop archives paid and fulfilled orders unless the seller switched that off. */
function archiveWhenDone(order: ShopOrder, now: Instant): void {
  const done = order.lines.every((line) => unfulfilledOf(order, line) === 0)
  if (done && order.payment !== 'pending') order.closedAt = now
}
