import type { Effect } from '../model/effect.ts'
import { type FulfillmentOrder, leadOf } from '../model/fulfillment-order.ts'
import type { Hold } from '../model/hold.ts'
import type { Order } from '../model/order.ts'
import { isOpen } from '../model/reconcile-holds.ts'
import type { Stores } from '../ports/storage.ts'
import { keepsBack } from './holds.ts'

/** An order with everything that was decided and done about it. */
export interface Dossier {
  readonly order: Order
  readonly fulfillmentOrders: readonly FulfillmentOrder[]
  /** Those of a merged parcel's warehouse order too, whichever of its orders they stand under. */
  readonly effects: readonly Effect[]
  /** Open and released. */
  readonly holds: readonly Hold[]
}

export async function loadDossier(stores: Stores, orderNo: string): Promise<Dossier | undefined> {
  const order = await stores.orders.load(orderNo)
  return order && gather(stores, order)
}

export async function gather(stores: Stores, order: Order): Promise<Dossier> {
  const orderNos = [order.orderNo]
  const fulfillmentOrders = await stores.fulfillmentOrders.forOrders(orderNos)
  const effects = [...(await stores.effects.forOrders(orderNos)), ...(await sharedEffects(stores, fulfillmentOrders))]
  const holds = await stores.holds.forOrders(orderNos)
  return { order, fulfillmentOrders, effects, holds }
}

/** What was written to a warehouse under another order, for a parcel in which these travel too. */
export async function sharedEffects(stores: Stores, fulfillmentOrders: readonly FulfillmentOrder[]): Promise<readonly Effect[]> {
  const effects: Effect[] = []
  for (const { reference } of fulfillmentOrders.filter((item) => leadOf(item) !== item.foNo)) {
    for (const key of [effectKey.create(reference), effectKey.cancel(reference)]) {
      const effect = await stores.effects.load(key)
      if (effect) effects.push(effect)
    }
  }
  return effects
}

export function openHolds(dossier: Dossier): readonly Hold[] {
  return dossier.holds.filter(isOpen)
}

/** Whether a create was given up after a try: should the warehouse have it all the same, nobody waits for it. */
export function isGivenUp({ state, armedAt }: Effect): boolean {
  return (state === 'withdrawn' || state === 'rejected') && armedAt !== undefined
}

/** Whether a hold keeps what is planned from going. */
export function isHeldBack(dossier: Dossier): boolean {
  return openHolds(dossier).some(keepsBack)
}

/** Whether what is planned must not be sent now: a hold is open, or the payment is not there. */
export function hasToWait(dossier: Dossier): boolean {
  return isHeldBack(dossier) || dossier.order.platformState === 'awaiting-payment'
}

/** Fulfillment orders that count: everything that was not cancelled. */
export function liveFulfillmentOrders(dossier: Pick<Dossier, 'fulfillmentOrders'>): readonly FulfillmentOrder[] {
  return dossier.fulfillmentOrders.filter((fulfillmentOrder) => fulfillmentOrder.status !== 'cancelled')
}

export const effectKey = {
  create: (reference: string): string => `wms-create:${reference}`,
  cancel: (reference: string): string => `wms-cancel:${reference}`,
  confirm: (orderNo: string, packageOrdinal: number): string => `confirm-shipment:${orderNo}:${packageOrdinal}`,
} as const
