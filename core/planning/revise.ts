import { newEffect } from '../effects/new-effect.ts'
import { wantedAgain, withdrawn } from '../effects/transitions.ts'
import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { effectiveShipTo, reasonNotToShip } from '../model/order.ts'
import { contentHash } from '../value/hash.ts'
import type { Instant } from '../value/instant.ts'
import { allocatedUnits, demandedUnits, unitsOf } from './demand.ts'
import { type Dossier, effectKey, liveFulfillmentOrders, openHolds } from './dossier.ts'

export interface Revision {
  readonly fulfillmentOrders: readonly FulfillmentOrder[]
  readonly effects: readonly Effect[]
  /** Fulfillment orders that never were and will not be: their reservations go. */
  readonly withdrawn: readonly string[]
  /** References that are to be stopped at the warehouse. */
  readonly intercepted: readonly string[]
}

/**
 * Compares what was decided with what the order is now, and takes back what no longer fits: a
 * fulfillment order that was never sent is withdrawn, one that was is intercepted at the warehouse.
 */
export function revise(dossier: Dossier, now: Instant): Revision {
  const changes: { fulfillmentOrders: FulfillmentOrder[]; effects: Effect[]; withdrawn: string[]; intercepted: string[] } = {
    fulfillmentOrders: [],
    effects: [],
    withdrawn: [],
    intercepted: [],
  }
  for (const fulfillmentOrder of unwanted(dossier)) {
    const create = dossier.effects.find((effect) => effect.key === effectKey.create(fulfillmentOrder.reference))
    if (create?.state === 'planned') {
      changes.fulfillmentOrders.push(changed(fulfillmentOrder, { status: 'cancelled' }, now))
      changes.effects.push(withdrawn(create, now))
      changes.withdrawn.push(fulfillmentOrder.foNo)
    } else if (fulfillmentOrder.cancelRequestedAt === undefined) {
      const requested = changed(fulfillmentOrder, { cancelRequestedAt: now }, now)
      changes.fulfillmentOrders.push(requested)
      changes.intercepted.push(fulfillmentOrder.reference)
      if (create?.state === 'confirmed') changes.effects.push(cancelEffect(requested, now))
    }
  }
  changes.effects.push(...silencedReports(dossier).map((effect) => wantedAgain(effect, now)))
  return changes
}

/** Why a report was withdrawn that can be made as soon as the platform takes its cancellation back. */
export const cancelledThere = 'cancelled-there'

function silencedReports({ order, effects }: Dossier): readonly Effect[] {
  if (order.platformState === 'cancelled') return []
  return effects.filter(
    (effect) => effect.kind === 'confirm-shipment' && effect.state === 'withdrawn' && effect.errorCode === cancelledThere,
  )
}

/** The order to stop a fulfillment order at its warehouse. One per reference, whatever happens. */
export function cancelEffect(fulfillmentOrder: FulfillmentOrder, now: Instant): Effect {
  return newEffect({
    key: effectKey.cancel(fulfillmentOrder.reference),
    kind: 'wms-cancel',
    account: fulfillmentOrder.account,
    clientId: fulfillmentOrder.clientId,
    orderNo: fulfillmentOrder.orderNo,
    foNo: fulfillmentOrder.foNo,
    payload: { reference: fulfillmentOrder.reference, wmsOrderNo: fulfillmentOrder.wmsOrderNo ?? '' },
    now,
  })
}

function unwanted(dossier: Dossier): readonly FulfillmentOrder[] {
  const unshipped = liveFulfillmentOrders(dossier).filter((item) => item.status !== 'shipped')
  const { order } = dossier
  if (order.platformState === 'cancelled' || reasonNotToShip(order) !== undefined) return unshipped
  const misdirected = unshipped.filter((item) => goesElsewhere(dossier, item))
  const rest = unshipped.filter((item) => !misdirected.includes(item))
  return [...misdirected, ...new Set([...rest.filter((item) => mustWait(dossier, item)), ...surplus(dossier, rest)])]
}

/** Planned for another address or, by hand, for another warehouse or service than is wanted now. */
function goesElsewhere(dossier: Dossier, fulfillmentOrder: FulfillmentOrder): boolean {
  const create = dossier.effects.find((effect) => effect.key === effectKey.create(fulfillmentOrder.reference))
  const sentTo = (create?.payload as { readonly shipTo?: unknown } | undefined)?.shipTo
  const shipTo = effectiveShipTo(dossier.order)
  if (shipTo !== undefined && sentTo !== undefined && contentHash(sentTo) !== contentHash(shipTo)) return true
  const { warehouse = fulfillmentOrder.warehouse, service = fulfillmentOrder.service } = dossier.order.edits
  return fulfillmentOrder.status === 'planned' && (warehouse !== fulfillmentOrder.warehouse || service !== fulfillmentOrder.service)
}

/** Not sent yet, and the order has a reason to wait: decided again when the reason is gone. */
function mustWait(dossier: Dossier, fulfillmentOrder: FulfillmentOrder): boolean {
  if (fulfillmentOrder.status !== 'planned') return false
  const create = dossier.effects.find((effect) => effect.key === effectKey.create(fulfillmentOrder.reference))
  if (create?.state !== 'planned') return false
  return openHolds(dossier).length > 0 || dossier.order.platformState === 'awaiting-payment'
}

/** More units than are still demanded: the latest fulfillment orders go first. */
function surplus(dossier: Dossier, candidates: readonly FulfillmentOrder[]): readonly FulfillmentOrder[] {
  const demanded = demandedUnits(dossier)
  let kept = dossier.fulfillmentOrders
  const dropped: FulfillmentOrder[] = []
  for (const candidate of [...candidates].reverse()) {
    const allocated = allocatedUnits(kept)
    const isTooMuch = [...unitsOf(candidate).keys()].some((line) => (allocated.get(line) ?? 0) > (demanded.get(line) ?? 0))
    if (!isTooMuch) continue
    dropped.push(candidate)
    kept = kept.filter((other) => other !== candidate)
  }
  return dropped
}

function changed(fulfillmentOrder: FulfillmentOrder, change: Partial<FulfillmentOrder>, now: Instant): FulfillmentOrder {
  return { ...fulfillmentOrder, ...change, changedAt: now, version: fulfillmentOrder.version + 1 }
}
