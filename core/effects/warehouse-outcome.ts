import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { type Dossier, loadDossier } from '../planning/dossier.ts'
import { cancelEffect } from '../planning/revise.ts'
import { settleOrder } from '../planning/settle-order.ts'
import type { OrderEvent, Stores } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'

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

async function accept(stores: Stores, fulfillmentOrder: FulfillmentOrder, effect: Effect, now: Instant): Promise<void> {
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
  await stores.stock.release(fulfillmentOrder.foNo)
  await stores.orders.wakePlan({ clientId: fulfillmentOrder.clientId, holdReasons: ['out-of-stock'] }, now)
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
