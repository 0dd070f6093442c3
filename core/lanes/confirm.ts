import { type EffectHandler, type Guard, runEffects } from '../effects/run-effects.ts'
import { findShipment } from '../effects/verify.ts'
import { effectEvent } from '../effects/warehouse-outcome.ts'
import type { Effect } from '../model/effect.ts'
import { reportableUnits } from '../planning/demand.ts'
import { type Dossier, loadDossier } from '../planning/dossier.ts'
import { serviceCarrier } from '../planning/packages.ts'
import { cancelledThere } from '../planning/revise.ts'
import { settleOrder } from '../planning/settle-order.ts'
import type { ShipmentConfirmation } from '../ports/connector.ts'
import type { Stores } from '../ports/storage.ts'
import { contentHash } from '../value/hash.ts'
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
  const dossier = await loadDossier(stores, effect.orderNo)
  const obstacle = dossier && reasonNotToReport(dossier, payload, desk)
  if (!dossier || obstacle) return { decision: 'withdraw', ...orderUnknown, ...obstacle }
  const { code, raw } = carrierOf(dossier, payload.packageOrdinal, operations)
  const carrier = operations.carriers.find((candidate) => candidate.code === code)
  const carrierWord = carrier?.words[desk.shop.platform]
  if (!carrier || carrierWord === undefined) return waitForCarrier(effect, code ?? raw ?? 'unknown', desk, now)
  const trackingUrl = carrier.trackingUrl?.replace('{trackingNumber}', encodeURIComponent(payload.trackingNumber))
  const complete: ShipmentConfirmation = {
    ...payload,
    carrierWord,
    carrierName: carrier.name,
    ...(trackingUrl !== undefined && { trackingUrl }),
  }
  return { decision: 'go', effect: { ...effect, payload: complete, payloadHash: contentHash(complete) } }
}

const orderUnknown = { code: 'order-unknown', message: 'its order is not known any more' }

/** What would be wrong or impossible to tell the platform is not told; the order shows why. */
function reasonNotToReport(dossier: Dossier, { packageOrdinal, lines }: ShipmentConfirmation, desk: ShopDesk) {
  const { platform } = desk.shop
  if (packageOrdinal > 1 && !desk.capabilities.severalPackages)
    return { code: 'one-package-only', message: `${platform} takes one tracking number per order` }
  if (lines.length === 0) return { code: 'no-units-left', message: 'it holds only parts of units that an earlier package was reported for' }
  if (dossier.order.platformState === 'cancelled')
    return { code: cancelledThere, message: `the order is cancelled on ${platform}, which takes no shipment for it` }
  const isElsewhere = lines.some((line) => line.quantity > reportableUnits(dossier, line.platformLineId))
  return isElsewhere
    ? { code: 'shipped-elsewhere', message: `${platform} shows these units as shipped by somebody else already` }
    : undefined
}

/** The carrier as it was known when the parcel left, else that of its service as it is configured now. */
function carrierOf(
  dossier: Dossier,
  ordinal: number,
  operations: Operations,
): { readonly code: string | undefined; readonly raw: string | undefined } {
  const fulfillmentOrder = dossier.fulfillmentOrders.find((item) => item.packages.some((parcel) => parcel.ordinal === ordinal))
  const parcel = fulfillmentOrder?.packages.find((candidate) => candidate.ordinal === ordinal)
  const code = parcel?.carrier ?? (fulfillmentOrder && serviceCarrier(fulfillmentOrder, operations))
  return { code, raw: parcel?.carrierRaw }
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
