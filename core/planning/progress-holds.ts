import { needsPerson } from '../effects/transitions.ts'
import type { Effect } from '../model/effect.ts'
import { type FulfillmentOrder, leadOf } from '../model/fulfillment-order.ts'
import type { HoldReason } from '../model/hold.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Instant } from '../value/instant.ts'
import { correctionImpossible } from './corrections.ts'
import { isStillToShip, packedUnits, unitsOf } from './demand.ts'
import { type Dossier, effectKey, isGivenUp } from './dossier.ts'
import { parcelSubject } from './holds.ts'

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
  'payment-pending',
])

/** What a create says that was tried and whose parcel waits until all its orders are paid. */
export const parcelUnpaid = 'parcel-unpaid'

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
  const { reference } = item
  const isLive = item.status !== 'cancelled' && item.status !== 'shipped'
  const holds = [...interceptHolds(dossier, item, isLive), ...lostUnitsHolds(dossier, item)]
  if (item.status === 'wms-exception') {
    const detail = `the warehouse reports a problem with ${reference}: ${item.problem ?? 'no reason given'}`
    holds.push(hold('wms-exception', reference, detail))
  }
  if (item.parked && isLive) {
    const detail = `the warehouse keeps ${reference} as a draft (${item.wmsStatus ?? '?'}) and does not work on it: release it there`
    holds.push(hold('wms-parked', reference, detail))
  }
  return holds
}

/** What became of a request to stop: awaited, or not fulfilled, whatever the reason for it was. */
function interceptHolds(dossier: Dossier, item: FulfillmentOrder, isLive: boolean): readonly WantedHold[] {
  const { reference } = item
  const cancel = dossier.effects.find((effect) => effect.key === effectKey.cancel(reference))
  const isForAnother = item.cancelRequestedFor !== undefined
  if (!isForAnother && isGhostAtLarge(dossier, item)) return [interceptFailed(dossier, item, cancel)]
  if (item.cancelRequestedAt === undefined) return []
  const isRefused = cancel?.state === 'rejected' && item.status !== 'cancelled'
  // This order wanted its goods: that the parcel goes on its way is good news.
  if (isRefused && isForAnother) return []
  // What left before the rest was stopped is no harm to an order that did not ask for it.
  const isStoppedForAnother = isForAnother && item.status === 'cancelled'
  const isShippedAnyway = cancel?.state === 'confirmed' && item.packages.length > 0 && !isStoppedForAnother
  const isAliveAgain = cancel?.state === 'confirmed' && isLive
  const isTooLate = item.status === 'shipped' && cancel !== undefined && !isForAnother
  if (isRefused || isShippedAnyway || isAliveAgain || isTooLate) return [interceptFailed(dossier, item, cancel)]
  const because = isForAnother ? ', because another order in its parcel was changed' : ''
  return isLive ? [hold('cancel-pending', reference, `the warehouse was asked to stop ${reference}${because}; its answer is awaited`)] : []
}

/** Given up after a try that was not seen there, and the warehouse has it all the same: it refused to stop, or has shipped. */
function isGhostAtLarge(dossier: Dossier, { reference, packages }: FulfillmentOrder): boolean {
  const create = createOf(dossier, reference)
  const cancel = dossier.effects.find((effect) => effect.key === effectKey.cancel(reference))
  if (!create || !isGivenUp(create) || (cancel?.state !== 'rejected' && packages.length === 0)) return false
  // What was refused and left all the same is no harm to an order that wants it and was not sent anew.
  return create.state === 'withdrawn' || isSentAnew(create, dossier) || dossier.order.platformState === 'cancelled'
}

function createOf({ effects }: Dossier, reference: string): Effect | undefined {
  return effects.find((effect) => effect.key === effectKey.create(reference))
}

/** Why a parcel left although the warehouse had confirmed the stop. */
export const stoppedOnce = 'it had stopped it once'

function interceptFailed(dossier: Dossier, { reference }: FulfillmentOrder, cancel: Effect | undefined): WantedHold {
  const isRefused = createOf(dossier, reference)?.state === 'rejected'
  const changed = isRefused ? 'the order was sent anew after a refusal' : 'the order was changed'
  const why = dossier.order.platformState === 'cancelled' ? 'the order is cancelled on the platform' : changed
  const said = cancel?.errorMessage ?? (cancel?.state === 'confirmed' ? stoppedOnce : 'no reason given')
  const detail = `${why}, but the warehouse did not stop ${reference} (${said}): recall the parcel or settle it with the buyer`
  return manual('intercept-failed', reference, detail, cancel?.settledAt)
}

/** Units that the warehouse was to ship and will not, as long as they are wanted and not planned anew. */
function lostUnitsHolds(dossier: Dossier, item: FulfillmentOrder): readonly WantedHold[] {
  if (!isStillToShip(dossier)) return []
  const { reference } = item
  const create = createOf(dossier, reference)
  if (item.status === 'cancelled' && item.cancelRequestedAt === undefined && create?.state === 'confirmed') {
    const detail = `the warehouse cancelled ${reference} by itself: find out why, then release the hold to plan it again`
    return [manual('wms-exception', reference, detail)]
  }
  const packed = packedUnits([item])
  const isShort = [...unitsOf(item)].some(([line, units]) => units > (packed.get(line) ?? 0))
  if (item.status !== 'shipped' || !isShort) return []
  const detail = `the warehouse closed ${reference} as shipped with less in its parcels than was asked for: find out why, then release the hold to plan the rest again`
  return [manual('wms-exception', reference, detail)]
}

function effectHolds(effect: Effect, dossier: Dossier): readonly WantedHold[] {
  switch (effect.kind) {
    case 'wms-create':
      return createHolds(effect, dossier)
    case 'confirm-shipment':
      return writeBackHolds(effect)
    case 'wms-cancel':
      return stopHolds(effect, dossier)
    case 'offer-stock':
      return []
  }
}

function stopHolds(effect: Effect, { fulfillmentOrders }: Dossier): readonly WantedHold[] {
  // What has left was not stopped, whatever became of the request.
  const hasLeft = fulfillmentOrders.some((item) => effectKey.cancel(item.reference) === effect.key && item.status === 'shipped')
  if (hasLeft || !needsPerson(effect)) return []
  const detail = `whether the warehouse stopped ${effect.foNo} could not be established: look there, then retry`
  return [hold('push-unknown', effect.key, detail)]
}

function createHolds(effect: Effect, dossier: Dossier): readonly WantedHold[] {
  const reference = effect.foNo ?? effect.key
  const said = whatWasSaid(effect)
  if (effect.state === 'rejected') {
    if (isDecidedAnew(effect, dossier) || !isStillToShip(dossier)) return []
    const reason = effect.errorCode === 'insufficient-funds' ? 'insufficient-funds' : 'push-rejected'
    const detail = `the warehouse refused ${reference}: ${said}. Correct the cause, then release the hold`
    return [manual(reason, reference, detail, effect.settledAt)]
  }
  if (effect.state === 'planned' && effect.errorCode === parcelUnpaid)
    return dossier.order.platformState === 'awaiting-payment' ? [] : [hold('payment-pending', parcelSubject, said)]
  if (!needsPerson(effect)) return []
  if (effect.errorCode === 'conflict') {
    return [
      hold(
        'reference-conflict',
        reference,
        `the warehouse has another order under ${reference}: ${said}. Compare the two there before anything is sent`,
      ),
    ]
  }
  return [
    hold('push-unknown', reference, `whether the warehouse has ${reference} could not be established (${said}): look there, then retry`),
  ]
}

function writeBackHolds(effect: Effect): readonly WantedHold[] {
  const said = whatWasSaid(effect)
  if (effect.state === 'rejected') return [refusedWriteBack(effect)]
  if (effect.state === 'planned' && effect.errorCode === 'carrier-unmapped') return [hold('carrier-unmapped', effect.key, said)]
  if (effect.state === 'withdrawn' && effect.errorCode === 'shipped-elsewhere') {
    return [
      manual('writeback-rejected', effect.key, `${said}, and a parcel of ours has left as well: recall it or settle it with the buyer`),
    ]
  }
  if (effect.state === 'withdrawn' && effect.errorCode === correctionImpossible) return [manual('writeback-rejected', effect.key, said)]
  if (!needsPerson(effect)) return []
  return [
    hold(
      'writeback-unknown',
      effect.key,
      `whether the platform has the tracking number could not be established (${said}): look there, then retry`,
    ),
  ]
}

/** Without its full stop: it stands within a sentence of ours. */
function whatWasSaid({ errorMessage = 'no reason given' }: Effect): string {
  return errorMessage.replace(/\.$/, '')
}

/** A person retries it, or releases it when the platform was told by other means. */
export function refusedWriteBack(effect: Effect): WantedHold {
  const said = whatWasSaid(effect)
  const detail = `the platform refused the tracking number: ${said}. Correct the cause, then retry`
  return manual('writeback-rejected', effect.key, detail, effect.settledAt)
}

/** Nothing is planned while the refusal holds the order: what was planned after it has its goods. */
function isDecidedAnew({ foNo, settledAt }: Effect, { fulfillmentOrders }: Pick<Dossier, 'fulfillmentOrders'>): boolean {
  return settledAt !== undefined && fulfillmentOrders.some((other) => leadOf(other) !== foNo && other.plannedAt >= settledAt)
}

/** What was planned after the refusal is on its way, or has left. */
function isSentAnew(effect: Effect, { fulfillmentOrders }: Dossier): boolean {
  const counting = fulfillmentOrders.filter((item) => item.status !== 'cancelled' || item.packages.length > 0)
  return isDecidedAnew(effect, { fulfillmentOrders: counting })
}

function hold(reason: HoldReason, subject: string, detail: string): WantedHold {
  return { reason, source: 'system', subject, detail, release: { mode: 'when-condition' }, isFact: true }
}

function manual(reason: HoldReason, subject: string, detail: string, causedAt?: Instant): WantedHold {
  const want: WantedHold = { reason, source: 'system', subject, detail, release: { mode: 'manual' } }
  return causedAt === undefined ? want : { ...want, causedAt }
}
