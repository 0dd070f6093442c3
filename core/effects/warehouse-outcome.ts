import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { freeStock } from '../planning/apply-outbound.ts'
import { type Dossier, effectKey, loadDossier } from '../planning/dossier.ts'
import { cancelEffect } from '../planning/revise.ts'
import { settleOrder } from '../planning/settle-order.ts'
import type { OrderEvent, Stores } from '../ports/storage.ts'
import type { OutboundRequest, OutboundSnapshot } from '../ports/wms-adapter.ts'
import type { Instant } from '../value/instant.ts'
import { proven } from './transitions.ts'
import { findOutbound } from './warehouse-probe.ts'

/** What follows when a create is settled: the warehouse has the fulfillment order, refused it, or nobody knows yet. */
export async function created(stores: Stores, effect: Effect, before: Effect, now: Instant): Promise<void> {
  const found = await subjectOf(stores, effect)
  if (!found) return
  const { fulfillmentOrder } = found
  const event = effectEvent(effect, now)
  if (effect.state === 'confirmed' && before.state !== 'confirmed') {
    await accept(stores, fulfillmentOrder, effect, now)
    await settleAgain(stores, effect, now, 'as-is', event)
  } else if (effect.state === 'rejected' || effect.state === 'withdrawn') {
    await drop(stores, fulfillmentOrder, now)
    await settleAgain(stores, effect, now, effect.state === 'withdrawn' ? now : 'as-is', event)
  } else {
    await settleAgain(stores, effect, now, 'as-is', event)
  }
}

/** What follows when a request to stop is settled. A stopped order is planned again if it is still wanted. */
export async function cancelled(stores: Stores, effect: Effect, now: Instant): Promise<void> {
  const found = await subjectOf(stores, effect)
  if (!found) return
  if (effect.state === 'confirmed') await drop(stores, found.fulfillmentOrder, now)
  await settleAgain(stores, effect, now, effect.state === 'confirmed' ? now : 'as-is', effectEvent(effect, now))
}

/**
 * A page of changes that shows a create whose outcome is open is its read-back. Returns the fulfillment order
 * as it then is; undefined when the page proves nothing.
 */
export async function createdByReading(
  stores: Stores,
  { foNo, reference }: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  now: Instant,
): Promise<FulfillmentOrder | undefined> {
  const effect = await stores.effects.load(effectKey.create(reference))
  if (!effect || effect.attempt === 0) return undefined
  const finding = findOutbound(effect.payload as OutboundRequest, snapshot)
  if (finding.found !== 'equal') return undefined
  const confirmed = proven(effect, finding.remoteId, now)
  await stores.effects.save(confirmed)
  await created(stores, confirmed, effect, now)
  return stores.fulfillmentOrders.load(foNo)
}

/** Only what was planned: a warehouse that was read meanwhile knows better than an answer that comes late. */
async function accept(stores: Stores, fulfillmentOrder: FulfillmentOrder, effect: Effect, now: Instant): Promise<void> {
  if (fulfillmentOrder.status !== 'planned') return
  const accepted: FulfillmentOrder = {
    ...fulfillmentOrder,
    status: 'accepted',
    acceptedAt: now,
    changedAt: now,
    version: fulfillmentOrder.version + 1,
    ...(effect.remoteId !== undefined && { wmsOrderNo: effect.remoteId }),
  }
  await stores.fulfillmentOrders.save(accepted)
  await stores.stock.markAccepted(fulfillmentOrder.foNo, now)
  if (accepted.cancelRequestedAt !== undefined) await stores.effects.save(cancelEffect(accepted, now))
}

/** The warehouse does not have it and will not: its stock is free for others. */
async function drop(stores: Stores, fulfillmentOrder: FulfillmentOrder, now: Instant): Promise<void> {
  if (fulfillmentOrder.status === 'cancelled') return
  await stores.fulfillmentOrders.save({ ...fulfillmentOrder, status: 'cancelled', changedAt: now, version: fulfillmentOrder.version + 1 })
  await freeStock(stores, fulfillmentOrder, now)
}

async function subjectOf(stores: Stores, effect: Effect): Promise<(Dossier & { readonly fulfillmentOrder: FulfillmentOrder }) | undefined> {
  const dossier = await loadDossier(stores, effect.orderNo)
  const fulfillmentOrder = dossier?.fulfillmentOrders.find((candidate) => candidate.foNo === effect.foNo)
  return dossier && fulfillmentOrder && { ...dossier, fulfillmentOrder }
}

async function settleAgain(stores: Stores, effect: Effect, now: Instant, planDue: Instant | 'as-is', event: OrderEvent): Promise<void> {
  const dossier = await loadDossier(stores, effect.orderNo)
  if (dossier) await settleOrder(stores, dossier, now, planDue, [event])
}

/** How an effect's new state stands in the order's history. */
export function effectEvent(effect: Effect, at: Instant): OrderEvent {
  const data = { key: effect.key, kind: effect.kind, attempt: effect.attempt }
  const said = effect.errorMessage === undefined ? {} : { code: effect.errorCode, message: effect.errorMessage }
  return { type: `effect-${effect.state}`, at, data: { ...data, ...said } }
}
