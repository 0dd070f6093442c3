import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { freeStock } from '../planning/apply-outbound.ts'
import { effectKey, isGivenUp, loadDossier } from '../planning/dossier.ts'
import { parcelOf } from '../planning/parcel.ts'
import { cancelEffect, changed } from '../planning/revise.ts'
import { settleOrder } from '../planning/settle-order.ts'
import type { OrderEvent, Stores } from '../ports/storage.ts'
import type { OutboundRequest, OutboundSnapshot } from '../ports/wms-adapter.ts'
import type { Instant } from '../value/instant.ts'
import { proven } from './transitions.ts'
import { findOutbound } from './warehouse-probe.ts'

/** What follows when a create is settled: the warehouse has the fulfillment order, refused it, or nobody knows yet. */
export async function created(stores: Stores, effect: Effect, before: Effect, now: Instant): Promise<void> {
  const rows = await subjectsOf(stores, effect)
  const event = effectEvent(effect, now)
  if (effect.state === 'confirmed' && before.state !== 'confirmed') await accept(stores, rows, effect, now)
  if (effect.state === 'rejected' || effect.state === 'withdrawn') for (const row of rows) await drop(stores, row, now)
  await settleAgain(stores, rows, now, effect.state === 'withdrawn' ? now : 'as-is', event)
}

/** What follows when a request to stop is settled. A stopped order is planned again if it is still wanted. */
export async function cancelled(stores: Stores, effect: Effect, now: Instant): Promise<void> {
  const rows = await subjectsOf(stores, effect)
  if (effect.state === 'confirmed') for (const row of rows) await drop(stores, row, now)
  await settleAgain(stores, rows, now, effect.state === 'confirmed' ? now : 'as-is', effectEvent(effect, now))
}

/**
 * A page of changes that shows a create whose outcome is open is its read-back. Returns the fulfillment orders
 * of its parcel as they then are; undefined when the page proves nothing.
 */
export async function createdByReading(
  stores: Stores,
  { reference }: FulfillmentOrder,
  snapshot: OutboundSnapshot,
  now: Instant,
): Promise<readonly FulfillmentOrder[] | undefined> {
  const effect = await stores.effects.load(effectKey.create(reference))
  if (effect?.armedAt === undefined) return undefined
  const finding = findOutbound(effect.payload as OutboundRequest, snapshot)
  if (finding.found !== 'equal') return undefined
  const confirmed = proven(effect, finding.remoteId, now)
  await stores.effects.save(confirmed)
  await created(stores, confirmed, effect, now)
  return subjectsOf(stores, confirmed)
}

/**
 * The create of what was taken back, or refused, after a try that was not seen there: if the warehouse has it all the
 * same, nobody wants it. Undefined for everything else.
 */
export async function ghostCreate(stores: Stores, { status, reference }: FulfillmentOrder): Promise<Effect | undefined> {
  if (status !== 'cancelled') return undefined
  const create = await stores.effects.load(effectKey.create(reference))
  return create && isGivenUp(create) ? create : undefined
}

/** A request to stop what came up at the warehouse after it was taken back; one, however often it is read. */
export async function stopGhost(stores: Stores, item: FulfillmentOrder, snapshot: OutboundSnapshot, now: Instant): Promise<void> {
  const canStop = snapshot.status !== 'cancelled' && snapshot.status !== 'partially-shipped' && snapshot.status !== 'shipped'
  const create = canStop ? await ghostCreate(stores, item) : undefined
  if (!create || (await stores.effects.load(effectKey.cancel(item.reference)))) return
  const ghost = { ...item, wmsOrderNo: snapshot.wmsOrderNo, cancelReason: 'its request had been taken back' }
  await stores.effects.save(cancelEffect(ghost, create.orderNo, now))
  const dossier = await loadDossier(stores, item.orderNo)
  const event = { type: 'intercept-requested', at: now, data: { reference: item.reference } }
  if (dossier) await settleOrder(stores, dossier, now, 'as-is', [event])
}

/** A reading that shows the end of an order has a request to stop it asked about once more, if that was left to a person. */
export async function askAgain(stores: Stores, { reference }: FulfillmentOrder, { status }: OutboundSnapshot, now: Instant): Promise<void> {
  if (status !== 'cancelled' && status !== 'shipped') return
  const stop = await stores.effects.load(effectKey.cancel(reference))
  if (stop?.state === 'unknown' && stop.nextAttemptAt === undefined) await stores.effects.save({ ...stop, nextAttemptAt: now })
}

/** Only what was planned: a warehouse that was read meanwhile knows better than an answer that comes late. */
async function accept(stores: Stores, rows: readonly FulfillmentOrder[], effect: Effect, now: Instant): Promise<void> {
  const { orderNo, remoteId: wmsOrderNo } = effect
  for (const row of rows.filter((each) => each.status === 'planned')) {
    const change = { status: 'accepted', acceptedAt: now, ...(wmsOrderNo !== undefined && { wmsOrderNo }) } as const
    const accepted = changed(row, change, now)
    await stores.fulfillmentOrders.save(accepted)
    await stores.stock.markAccepted(row.foNo, now)
    // All of a parcel are asked to stop at once, so this is saved once, however often it is said.
    if (accepted.cancelRequestedAt !== undefined) await stores.effects.save(cancelEffect(accepted, orderNo, now))
  }
}

/** The warehouse does not have it and will not: its stock is free for others. */
async function drop(stores: Stores, fulfillmentOrder: FulfillmentOrder, now: Instant): Promise<void> {
  if (fulfillmentOrder.status === 'cancelled') return
  await stores.fulfillmentOrders.save(changed(fulfillmentOrder, { status: 'cancelled' }, now))
  await freeStock(stores, fulfillmentOrder, now)
}

/** The fulfillment orders that an effect at a warehouse is about: one, or all of a merged parcel. */
async function subjectsOf(stores: Stores, { foNo }: Effect): Promise<readonly FulfillmentOrder[]> {
  const lead = foNo === undefined ? undefined : await stores.fulfillmentOrders.load(foNo)
  return lead ? parcelOf(stores, lead) : []
}

async function settleAgain(
  stores: Stores,
  rows: readonly FulfillmentOrder[],
  now: Instant,
  planDue: Instant | 'as-is',
  event: OrderEvent,
): Promise<void> {
  for (const { orderNo } of rows) {
    const dossier = await loadDossier(stores, orderNo)
    if (dossier) await settleOrder(stores, dossier, now, planDue, [event])
  }
}

/** How an effect's new state stands in the order's history. */
export function effectEvent(effect: Effect, at: Instant): OrderEvent {
  const data = { key: effect.key, kind: effect.kind, attempt: effect.attempt }
  const said = effect.errorMessage === undefined ? {} : { code: effect.errorCode, message: effect.errorMessage }
  return { type: `effect-${effect.state}`, at, data: { ...data, ...said } }
}
