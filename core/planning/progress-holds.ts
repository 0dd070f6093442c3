import { needsPerson } from '../effects/transitions.ts'
import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { HoldReason } from '../model/hold.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import { type Dossier, effectKey, liveFulfillmentOrders } from './dossier.ts'

/** Hold reasons that follow from fulfillment orders and effects alone. */
export const progressReasons: ReadonlySet<HoldReason> = new Set<HoldReason>([
  'cancel-pending',
  'intercept-failed',
  'push-rejected',
  'insufficient-funds',
  'push-unknown',
  'reference-conflict',
  'writeback-rejected',
  'writeback-unknown',
  'carrier-unmapped',
  'wms-exception',
  'wms-parked',
])

/**
 * What an order has to wait for because of what happened outside, as a pure function of its fulfillment
 * orders and effects: the holds appear with their cause and go with it.
 */
export function progressHolds(dossier: Dossier): readonly WantedHold[] {
  const fromWarehouse = dossier.fulfillmentOrders.flatMap((item) => warehouseHolds(dossier, item))
  const fromEffects = dossier.effects.flatMap((effect) => effectHolds(effect, dossier))
  return [...fromWarehouse, ...fromEffects]
}

function warehouseHolds(dossier: Dossier, item: FulfillmentOrder): readonly WantedHold[] {
  const holds: WantedHold[] = []
  const cancel = dossier.effects.find((effect) => effect.key === effectKey.cancel(item.reference))
  const isLive = liveFulfillmentOrders(dossier).includes(item) && item.status !== 'shipped'
  if (item.cancelRequestedAt !== undefined && isLive && cancel?.state !== 'rejected') {
    holds.push(hold('cancel-pending', item.reference, `the warehouse was asked to stop ${item.reference}; its answer is awaited`))
  }
  if (cancel?.state === 'rejected' && dossier.order.platformState === 'cancelled') {
    const detail = `the order is cancelled on the platform, but the warehouse did not stop ${item.reference} (${cancel.errorMessage ?? 'no reason given'}): recall the parcel or settle it with the buyer`
    holds.push(manual('intercept-failed', item.reference, detail))
  }
  const create = dossier.effects.find((effect) => effect.key === effectKey.create(item.reference))
  if (item.status === 'cancelled' && item.cancelRequestedAt === undefined && create?.state === 'confirmed') {
    holds.push(
      manual(
        'wms-exception',
        item.reference,
        `the warehouse cancelled ${item.reference} by itself: find out why, then release the hold to plan it again`,
      ),
    )
  }
  if (item.status === 'wms-exception') {
    holds.push(
      hold('wms-exception', item.reference, `the warehouse reports a problem with ${item.reference}: ${item.problem ?? 'no reason given'}`),
    )
  }
  if (item.parked && isLive) {
    holds.push(
      hold(
        'wms-parked',
        item.reference,
        `the warehouse keeps ${item.reference} as a draft (${item.wmsStatus ?? '?'}) and does not work on it: release it there`,
      ),
    )
  }
  return holds
}

function effectHolds(effect: Effect, dossier: Dossier): readonly WantedHold[] {
  switch (effect.kind) {
    case 'wms-create':
      return createHolds(effect, dossier)
    case 'confirm-shipment':
      return writeBackHolds(effect)
    case 'wms-cancel':
      return needsPerson(effect)
        ? [
            manual(
              'push-unknown',
              effect.key,
              `whether the warehouse stopped ${effect.foNo} could not be established: look there, then retry`,
            ),
          ]
        : []
    case 'offer-stock':
      return []
  }
}

function createHolds(effect: Effect, dossier: Dossier): readonly WantedHold[] {
  const reference = effect.foNo ?? effect.key
  const said = effect.errorMessage ?? 'no reason given'
  if (effect.state === 'rejected') {
    const isLatest = dossier.fulfillmentOrders.every((other) => other.foNo === effect.foNo || other.sequence < sequenceOf(dossier, effect))
    if (!isLatest || dossier.order.platformState === 'cancelled') return []
    const reason = effect.errorCode === 'insufficient-funds' ? 'insufficient-funds' : 'push-rejected'
    return [manual(reason, reference, `the warehouse refused ${reference}: ${said}. Correct the cause, then release the hold`)]
  }
  if (!needsPerson(effect)) return []
  if (effect.errorCode === 'conflict') {
    return [
      manual(
        'reference-conflict',
        reference,
        `the warehouse has another order under ${reference}: ${said}. Compare the two there before anything is sent`,
      ),
    ]
  }
  return [
    manual('push-unknown', reference, `whether the warehouse has ${reference} could not be established (${said}): look there, then retry`),
  ]
}

function writeBackHolds(effect: Effect): readonly WantedHold[] {
  const said = effect.errorMessage ?? 'no reason given'
  if (effect.state === 'rejected')
    return [manual('writeback-rejected', effect.key, `the platform refused the tracking number: ${said}. Correct the cause, then retry`)]
  if (effect.state === 'planned' && effect.errorCode === 'carrier-unmapped') return [hold('carrier-unmapped', effect.key, said)]
  if (!needsPerson(effect)) return []
  return [
    manual(
      'writeback-unknown',
      effect.key,
      `whether the platform has the tracking number could not be established (${said}): look there, then retry`,
    ),
  ]
}

function sequenceOf(dossier: Dossier, effect: Effect): number {
  return dossier.fulfillmentOrders.find((item) => item.foNo === effect.foNo)?.sequence ?? 0
}

function hold(reason: HoldReason, subject: string, detail: string): WantedHold {
  return { reason, source: 'system', subject, detail, release: { mode: 'when-condition' } }
}

function manual(reason: HoldReason, subject: string, detail: string): WantedHold {
  return { reason, source: 'system', subject, detail, release: { mode: 'manual' } }
}
