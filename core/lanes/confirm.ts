import { type EffectHandler, type Guard, runEffects } from '../effects/run-effects.ts'
import { findShipment } from '../effects/verify.ts'
import { effectEvent } from '../effects/warehouse-outcome.ts'
import type { Effect } from '../model/effect.ts'
import { loadDossier } from '../planning/dossier.ts'
import { settleOrder } from '../planning/settle-order.ts'
import type { ShipmentConfirmation } from '../ports/connector.ts'
import type { Stores } from '../ports/storage.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Lane, Operations, ShopDesk } from '../world.ts'

/** How long an unmapped carrier waits before the configuration is looked at again. */
const carrierPauseMs = 60_000

/** Tells a shop's platform what was shipped, one package at a time, and reads it back. */
export const confirm: Lane = async (world, shopId, signal) => {
  const desk = world.shop(shopId)
  const handler: EffectHandler = {
    kinds: ['confirm-shipment'],
    account: shopId,
    settleMs: desk.shop.settleMs,
    failpoints: { beforeIntent: 'confirm.before-intent', afterIntent: 'confirm.after-intent', answered: 'confirm.answered' },
    capabilities: () => desk.capabilities.confirmShipment,
    guard: (stores, effect, now) => mayReport(stores, effect, desk, world.operations(), now),
    call: (effect) => desk.connector.confirmShipment(confirmation(effect), desk.call(signal)),
    probe: async (effect) => {
      const { platformOrderId } = confirmation(effect)
      return findShipment(confirmation(effect), await desk.connector.readShipments(platformOrderId, desk.call(signal)))
    },
    settled: reported,
  }
  return runEffects(world, handler)
}

function confirmation(effect: Effect): ShipmentConfirmation {
  return effect.payload as ShipmentConfirmation
}

/** Completes the report with the platform's word for the carrier; what the platform cannot be told is withdrawn. */
async function mayReport(stores: Stores, effect: Effect, desk: ShopDesk, operations: Operations, now: Instant): Promise<Guard> {
  const payload = confirmation(effect)
  const isFurtherPackage = payload.packageOrdinal > 1 && !desk.capabilities.severalPackages
  if (isFurtherPackage || payload.lines.length === 0) return { decision: 'withdraw' }
  const dossier = await loadDossier(stores, effect.orderNo)
  if (!dossier || dossier.order.platformState === 'cancelled') return { decision: 'withdraw' }
  const parcel = dossier.fulfillmentOrders.flatMap((item) => item.packages).find((item) => item.ordinal === payload.packageOrdinal)
  const carrier = operations.carriers.find((candidate) => candidate.code === parcel?.carrier)
  const carrierWord = carrier?.words[desk.shop.platform]
  if (!carrier || carrierWord === undefined) return waitForCarrier(effect, parcel?.carrier ?? parcel?.carrierRaw ?? 'unknown', desk, now)
  const trackingUrl = carrier.trackingUrl?.replace('{trackingNumber}', encodeURIComponent(payload.trackingNumber))
  const complete: ShipmentConfirmation = {
    ...payload,
    carrierWord,
    carrierName: carrier.name,
    ...(trackingUrl !== undefined && { trackingUrl }),
  }
  return { decision: 'go', effect: { ...effect, payload: complete } }
}

function waitForCarrier(effect: Effect, carrier: string, desk: ShopDesk, now: Instant): Guard {
  const errorMessage = `carrier "${carrier}" has no word for ${desk.shop.platform}: add it to carriers.yaml`
  const until = addMs(now, carrierPauseMs)
  if (effect.errorMessage === errorMessage) return { decision: 'wait', until }
  return { decision: 'wait', until, effect: { ...effect, errorCode: 'carrier-unmapped', errorMessage } }
}

async function reported(stores: Stores, effect: Effect, _before: Effect, now: Instant): Promise<void> {
  const dossier = await loadDossier(stores, effect.orderNo)
  if (dossier) await settleOrder(stores, dossier, now, 'as-is', [effectEvent(effect, now)])
}
