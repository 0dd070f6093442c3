import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Stores } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'
import { loadDossier } from './dossier.ts'
import { changed, type Revision } from './revise.ts'
import { settleOrder } from './settle-order.ts'

/** Every fulfillment order that travels in one parcel with this one, itself included, the lead first. */
export async function parcelOf(stores: Stores, item: FulfillmentOrder): Promise<readonly FulfillmentOrder[]> {
  const rows: FulfillmentOrder[] = []
  for (const foNo of item.merged ?? []) {
    const row = foNo === item.foNo ? item : await stores.fulfillmentOrders.load(foNo)
    if (row) rows.push(row)
  }
  return item.merged ? rows : [item]
}

/** The rest of a merged parcel is taken back with the order that changed, and decided again. */
export async function takeBackCompanions(stores: Stores, revision: Revision, now: Instant): Promise<void> {
  for (const item of revision.fulfillmentOrders.filter((each) => each.merged)) {
    const others = (await parcelOf(stores, item)).filter((row) => row.foNo !== item.foNo)
    for (const other of others) await (item.status === 'cancelled' ? withdraw(stores, other, now) : intercept(stores, other, item, now))
  }
}

async function withdraw(stores: Stores, item: FulfillmentOrder, now: Instant): Promise<void> {
  await stores.fulfillmentOrders.save(changed(item, { status: 'cancelled' }, now))
  await stores.stock.release(item.foNo)
  const dossier = await loadDossier(stores, item.orderNo)
  if (dossier) await settleOrder(stores, dossier, now, now, [{ type: 'withdrawn', at: now, data: { reference: item.reference } }])
}

/** Stopped for another order's sake: what the warehouse answers decides whether this one is planned again. */
async function intercept(stores: Stores, item: FulfillmentOrder, changedOne: FulfillmentOrder, now: Instant): Promise<void> {
  if (item.cancelRequestedAt !== undefined) return
  const change = { cancelRequestedAt: now, cancelRequestedFor: changedOne.orderNo, cancelReason: 'another order in its parcel was changed' }
  await stores.fulfillmentOrders.save(changed(item, change, now))
  const dossier = await loadDossier(stores, item.orderNo)
  const event = { type: 'intercept-requested', at: now, data: { reference: item.reference } }
  if (dossier) await settleOrder(stores, dossier, now, 'as-is', [event])
}
