import type { Effect } from '../model/effect.ts'
import { type OrderState, reasonNotToShip } from '../model/order.ts'
import { isOverruled } from '../model/reconcile-holds.ts'
import { isStillToShip, unplannedUnits } from './demand.ts'
import { type Dossier, effectKey } from './dossier.ts'
import { refusedWriteBack } from './progress-holds.ts'

/**
 * The state of an order is a pure function of what is known about it: the platform's view, its
 * fulfillment orders and its write-backs. Nothing else sets it, so no order of events, repeat or crash
 * can leave it wrong.
 */
export function deriveState(dossier: Dossier): OrderState {
  const { order } = dossier
  const counting = dossier.fulfillmentOrders.filter((item) => item.status !== 'cancelled' || item.packages.length > 0)
  if (counting.length === 0) return stateWithoutFulfillment(dossier)
  const isWorkedOn = counting.some((item) => item.status !== 'shipped' && item.status !== 'cancelled')
  if (!isWorkedOn && !isStillToShip(dossier)) return areWriteBacksSettled(dossier) ? 'completed' : 'shipped'
  if (counting.some((item) => item.packages.length > 0)) return 'partially-shipped'
  if (counting.some((item) => item.status !== 'planned')) return 'in-fulfillment'
  return order.platformState === 'awaiting-payment' ? 'awaiting-payment' : 'open'
}

function stateWithoutFulfillment(dossier: Dossier): OrderState {
  const { order } = dossier
  if (order.edits.closed?.as === 'shipped') return 'completed'
  if (reasonNotToShip(order) !== undefined) return 'ignored'
  switch (order.platformState) {
    case 'cancelled':
      return 'cancelled'
    case 'shipped':
      return 'completed'
    case 'awaiting-payment':
      return 'awaiting-payment'
    case 'partially-shipped':
    case 'open':
      return stateOfOpenOrder(dossier)
  }
}

function stateOfOpenOrder(dossier: Dossier): OrderState {
  const { lines } = dossier.order
  if (lines.length === 0) return 'open'
  if (lines.every((line) => line.cancelledQuantity >= line.quantity)) return 'cancelled'
  if (unplannedUnits(dossier).size === 0) return 'completed'
  return lines.some((line) => line.shippedQuantity > 0) ? 'partially-shipped' : 'open'
}

function areWriteBacksSettled(dossier: Dossier): boolean {
  const packages = dossier.fulfillmentOrders.flatMap((fulfillmentOrder) => fulfillmentOrder.packages)
  return packages.every(({ ordinal }) => {
    const key = effectKey.confirm(dossier.order.orderNo, ordinal)
    const effect = dossier.effects.find((candidate) => candidate.key === key)
    return effect !== undefined && isSettled(effect, dossier)
  })
}

/** A refusal that a person has seen and released was settled elsewhere. */
function isSettled(effect: Effect, dossier: Dossier): boolean {
  if (effect.state === 'rejected') return isOverruled(dossier.holds, refusedWriteBack(effect))
  return effect.state === 'confirmed' || effect.state === 'withdrawn'
}
