import { type EffectHandler, type Guard, runEffects } from '../effects/run-effects.ts'
import { cancelled, created, ghostCreate } from '../effects/warehouse-outcome.ts'
import { findOutbound, isStopped } from '../effects/warehouse-probe.ts'
import type { Effect, WriteOutcome } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { applyOutbound } from '../planning/apply-outbound.ts'
import { type Dossier, hasToWait, liveFulfillmentOrders, loadDossier } from '../planning/dossier.ts'
import { parcelOf } from '../planning/parcel.ts'
import { parcelUnpaid } from '../planning/progress-holds.ts'
import type { Stores } from '../ports/storage.ts'
import type { OutboundName, OutboundRequest, OutboundSnapshot } from '../ports/wms-adapter.ts'
import { addMs, type Instant, latest } from '../value/instant.ts'
import type { Lane } from '../world.ts'

/** Requests of earlier versions give no reason. */
type StopRequest = Required<OutboundName> & { readonly reason?: string }

/** Sends what is planned for a warehouse account: new fulfillment orders and requests to stop one. */
export const push: Lane = async (world, accountId, signal) => {
  const { account, adapter, capabilities, call } = world.wmsAccount(accountId)
  const readings = new Map<string, OutboundSnapshot>()
  // That it is stopped counts when a look has shown it: a parcel that leaves all the same cannot be called back.
  const stop = async ({ payload }: Effect): Promise<WriteOutcome> => {
    const { reason, ...order } = payload as StopRequest
    const outcome = await adapter.cancelOutbound(order, reason ?? 'it is not wanted any more', call(signal))
    const isToBeSeen = outcome.result === 'confirmed' && capabilities.cancel.readBack !== 'none'
    return isToBeSeen ? { ...outcome, result: 'accepted' } : outcome
  }
  const handler: EffectHandler = {
    kinds: ['wms-create', 'wms-cancel'],
    account: accountId,
    settleMs: account.settleMs,
    failpoints: { beforeIntent: 'push.before-intent', afterIntent: 'push.after-intent', answered: 'push.answered' },
    capabilities: (effect) => (effect.kind === 'wms-create' ? capabilities.create : capabilities.cancel),
    guard: (stores, effect, now) => (effect.kind === 'wms-create' ? mayCreate(stores, effect, now) : mayCancel(stores, effect)),
    call: (effect) =>
      effect.kind === 'wms-create' ? adapter.createOutbound(effect.payload as OutboundRequest, call(signal)) : stop(effect),
    probe: async (effect) => {
      // A request to stop has the warehouse's number, a create only our reference.
      const found = await adapter.findOutbound(effect.payload as OutboundName, call(signal))
      if (found) readings.set(effect.key, found)
      return effect.kind === 'wms-create' ? findOutbound(effect.payload as OutboundRequest, found) : isStopped(effect, found)
    },
    async settled(stores, effect, before, now) {
      if (effect.kind === 'wms-create') await created(stores, effect, before, now)
      // Changes that were listed while nobody knew of the order are not listed again.
      const reading = readings.get(effect.key)
      const found = effect.foNo === undefined ? undefined : await stores.fulfillmentOrders.load(effect.foNo)
      const applied = reading && found && (await applyOutbound(stores, await parcelOf(stores, found), reading, world.operations(), now))
      if (applied && applied.packages > 0) world.wake('confirm', applied.shop)
      if (effect.kind === 'wms-cancel') await cancelled(stores, effect, now)
    },
  }
  const report = await runEffects(world, handler)
  if ((report.counts['confirmed'] ?? 0) > 0) world.wake('track', accountId)
  return report
}

/**
 * The last look before the call, in the transaction that commits the intent: no create begins after a
 * cancellation, a hold or a change was recorded. The plan lane then decides anew.
 */
async function mayCreate(stores: Stores, effect: Effect, now: Instant): Promise<Guard> {
  const dossier = await loadDossier(stores, effect.orderNo)
  const fulfillmentOrder = dossier && liveFulfillmentOrders(dossier).find((candidate) => candidate.foNo === effect.foNo)
  if (!dossier || !fulfillmentOrder)
    return { decision: 'withdraw', code: 'not-wanted', message: 'its fulfillment order was cancelled before it was sent' }
  const waits: Instant[] = []
  const unpaid: string[] = []
  const isTried = effect.armedAt !== undefined
  const parcel = await parcelOf(stores, fulfillmentOrder)
  for (const item of parcel) {
    const one = item === fulfillmentOrder ? dossier : await loadDossier(stores, item.orderNo)
    const until = one && (await waitOf(stores, one, item, { isTried, now }))
    if (until) waits.push(until)
    if (one?.order.platformState === 'awaiting-payment') unpaid.push(item.orderNo)
  }
  const shown = parcel.length > 1 && isTried ? withUnpaid(effect, unpaid) : effect
  if (waits.length === 0) return { decision: 'go', effect: shown }
  return { decision: 'wait', until: waits.reduce(latest), ...(shown !== effect && { effect: shown }) }
}

/** The create says which orders its parcel waits for, so that the others that travel in it show it; the same effect when it says so already. */
function withUnpaid(effect: Effect, orderNos: readonly string[]): Effect {
  const { errorCode, errorMessage, ...rest } = effect
  if (orderNos.length === 0) return errorCode === parcelUnpaid ? rest : effect
  const message = `${orderNos.join(' and ')}, in the same parcel, waits for its payment, and the warehouse may have the request for the parcel: all go when that is paid, and the others without it when it is cancelled`
  return errorMessage === message ? effect : { ...rest, errorCode: parcelUnpaid, errorMessage: message }
}

interface Look {
  /** The create was sent before, and two looks have missed it. */
  readonly isTried: boolean
  readonly now: Instant
}

/** How soon it is looked whether an order still waits. */
const lookAgainMs = 60_000

/** Until when an order keeps its parcel back; undefined when it may go. */
async function waitOf(stores: Stores, dossier: Dossier, item: FulfillmentOrder, { isTried, now }: Look): Promise<Instant | undefined> {
  const { order } = dossier
  if (order.planDueAt !== undefined) return latest(order.planDueAt, addMs(now, 1_000))
  const isWanted = order.platformState !== 'cancelled' && item.cancelRequestedAt === undefined
  if (isWanted && !hasToWait(dossier)) return undefined
  // Tried before, so that it stays planned while its order waits.
  if (isWanted && isTried) return addMs(now, lookAgainMs)
  await stores.orders.save({ ...order, planDueAt: now, version: order.version + 1 })
  return addMs(now, 1_000)
}

/** What was stopped by other means needs no request any more. */
async function mayCancel(stores: Stores, effect: Effect): Promise<Guard> {
  const fulfillmentOrder = effect.foNo === undefined ? undefined : await stores.fulfillmentOrders.load(effect.foNo)
  if (fulfillmentOrder?.status !== 'cancelled' || (await ghostCreate(stores, fulfillmentOrder))) return { decision: 'go', effect }
  return { decision: 'withdraw', code: 'stopped-already', message: 'the fulfillment order was stopped already' }
}
