import { type EffectHandler, type Guard, runEffects } from '../effects/run-effects.ts'
import { cancelled, created } from '../effects/warehouse-outcome.ts'
import { findOutbound, isStopped } from '../effects/warehouse-probe.ts'
import type { Effect } from '../model/effect.ts'
import { applyOutbound } from '../planning/apply-outbound.ts'
import { liveFulfillmentOrders, loadDossier, openHolds } from '../planning/dossier.ts'
import type { Stores } from '../ports/storage.ts'
import type { OutboundRequest, OutboundSnapshot } from '../ports/wms-adapter.ts'
import { addMs, type Instant, latest } from '../value/instant.ts'
import type { Lane } from '../world.ts'

/** Sends what is planned for a warehouse account: new fulfillment orders and requests to stop one. */
export const push: Lane = async (world, accountId, signal) => {
  const { account, adapter, capabilities, call } = world.wmsAccount(accountId)
  const readings = new Map<string, OutboundSnapshot>()
  const handler: EffectHandler = {
    kinds: ['wms-create', 'wms-cancel'],
    account: accountId,
    settleMs: account.settleMs,
    failpoints: { beforeIntent: 'push.before-intent', afterIntent: 'push.after-intent', answered: 'push.answered' },
    capabilities: (effect) => (effect.kind === 'wms-create' ? capabilities.create : capabilities.cancel),
    guard: (stores, effect, now) => (effect.kind === 'wms-create' ? mayCreate(stores, effect, now) : mayCancel(stores, effect)),
    call: (effect) =>
      effect.kind === 'wms-create'
        ? adapter.createOutbound(effect.payload as OutboundRequest, call(signal))
        : adapter.cancelOutbound(effect.payload as { reference: string; wmsOrderNo: string }, 'cancelled on the platform', call(signal)),
    probe: async (effect) => {
      const found = await adapter.findOutbound((effect.payload as { reference: string }).reference, call(signal))
      if (found) readings.set(effect.key, found)
      return effect.kind === 'wms-create' ? findOutbound(effect.payload as OutboundRequest, found) : isStopped(effect, found)
    },
    async settled(stores, effect, before, now) {
      if (effect.kind === 'wms-cancel') return cancelled(stores, effect, now)
      await created(stores, effect, before, now)
      // Changes that were listed while nobody knew of the order are not listed again.
      const reading = readings.get(effect.key)
      const found = effect.foNo === undefined ? undefined : await stores.fulfillmentOrders.load(effect.foNo)
      const applied = reading && found && (await applyOutbound(stores, found, reading, world.operations(), now))
      if (applied && applied.packages > 0) world.wake('confirm', applied.shop)
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
  if (dossier.order.planDueAt !== undefined) return { decision: 'wait', until: latest(dossier.order.planDueAt, addMs(now, 1_000)) }
  const mayGo =
    dossier.order.platformState !== 'cancelled' && fulfillmentOrder.cancelRequestedAt === undefined && openHolds(dossier).length === 0
  if (mayGo) return { decision: 'go', effect }
  await stores.orders.save({ ...dossier.order, planDueAt: now, version: dossier.order.version + 1 })
  return { decision: 'wait', until: addMs(now, 1_000) }
}

/** What was stopped by other means needs no request any more. */
async function mayCancel(stores: Stores, effect: Effect): Promise<Guard> {
  const fulfillmentOrder = effect.foNo === undefined ? undefined : await stores.fulfillmentOrders.load(effect.foNo)
  if (fulfillmentOrder?.status !== 'cancelled') return { decision: 'go', effect }
  return { decision: 'withdraw', code: 'stopped-already', message: 'the fulfillment order was stopped already' }
}
