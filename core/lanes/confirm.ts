import { type EffectHandler, type Guard, runEffects } from '../effects/run-effects.ts'
import { findCounted, findShipment } from '../effects/verify.ts'
import { effectEvent } from '../effects/warehouse-outcome.ts'
import type { Effect, WriteOutcome } from '../model/effect.ts'
import type { Package } from '../model/fulfillment-order.ts'
import { correctionImpossible, reportsOf } from '../planning/corrections.ts'
import { reportableUnits } from '../planning/demand.ts'
import { type Dossier, loadDossier } from '../planning/dossier.ts'
import { whyNotReported } from '../planning/revise.ts'
import { settleOrder } from '../planning/settle-order.ts'
import type { ShipmentConfirmation, ShipmentCorrection } from '../ports/connector.ts'
import type { Stores } from '../ports/storage.ts'
import { contentHash } from '../value/hash.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Lane, Operations, ShopDesk } from '../world.ts'

/** How long a report waits before the configuration is looked at again for its carrier and country. */
const carrierPauseMs = 60_000
const carrierUnmapped = 'carrier-unmapped'

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
    call: (effect) => tell(desk, confirmation(effect), signal),
    probe: async (effect) => {
      const reports = await world.storage.read((stores) => stores.effects.forOrders([effect.orderNo]))
      const shipments = await desk.connector.readShipments(confirmation(effect).platformOrderId, desk.call(signal))
      return findCounted(effect, shipments, reports) ?? findShipment(confirmation(effect), shipments, effect.state === 'accepted')
    },
    settled: reported,
  }
  return runEffects(world, handler)
}

/** The report of a package; with the number that it replaces when it corrects an earlier one. */
type Report = ShipmentConfirmation & Partial<Pick<ShipmentCorrection, 'replacedTrackingNumber'>>

function confirmation(effect: Effect): Report {
  return effect.payload as Report
}

function tell({ connector, call }: ShopDesk, report: Report, signal: AbortSignal): Promise<WriteOutcome> {
  const { replacedTrackingNumber } = report
  if (replacedTrackingNumber === undefined || !connector.correctShipment) return connector.confirmShipment(report, call(signal))
  return connector.correctShipment({ ...report, replacedTrackingNumber }, call(signal))
}

/** Completes the report with its country and the platform's word for the carrier; what the platform cannot be told is withdrawn. */
async function mayReport(stores: Stores, effect: Effect, desk: ShopDesk, operations: Operations, now: Instant): Promise<Guard> {
  const dossier = await loadDossier(stores, effect.orderNo)
  const before = dossier && superseded(dossier, effect)
  // The earlier report first comes to its end, so that reading it back never misses a number that was replaced meanwhile.
  if (before && (before.state !== 'confirmed' || before.nextAttemptAt)) return { decision: 'wait', until: addMs(now, desk.shop.settleMs) }
  const { replacedTrackingNumber, ...report } = confirmation(effect)
  const payload: Report = before && replacedTrackingNumber !== undefined ? { ...report, replacedTrackingNumber } : report
  const obstacle = dossier && (before ? reasonNotToCorrect(dossier, desk) : reasonNotToReport(dossier, payload, desk, effect))
  if (!dossier || obstacle) return { decision: 'withdraw', ...orderUnknown, ...obstacle }
  const facts = factsOf(dossier, payload, operations)
  if ('missing' in facts) return waitForFacts(effect, facts.missing, now)
  const carrier = operations.carriers.find((candidate) => candidate.code === facts.carrier)
  const carrierWord = carrier?.words[desk.shop.platform]
  if (!carrier || carrierWord === undefined)
    return waitForFacts(effect, `carrier "${facts.carrier}" has no word for ${desk.shop.platform}: add it to carriers.yaml`, now)
  const trackingUrl = carrier.trackingUrl?.replace('{trackingNumber}', encodeURIComponent(payload.trackingNumber))
  const complete: Report = {
    ...payload,
    carrierWord,
    carrierName: carrier.name,
    originCountry: facts.originCountry,
    ...(trackingUrl !== undefined && { trackingUrl }),
    ...(!desk.capabilities.severalPackages && alsoShipped(dossier, payload)),
  }
  return { decision: 'go', effect: { ...effect, payload: complete, payloadHash: contentHash(complete) } }
}

/** The report that this one corrects; undefined when the platform never took it, which makes this one the first. */
function superseded(dossier: Dossier, effect: Effect): Effect | undefined {
  const { packageOrdinal, replacedTrackingNumber } = confirmation(effect)
  if (replacedTrackingNumber === undefined) return undefined
  const reports = reportsOf(dossier.effects, effect.orderNo, packageOrdinal)
  const before = reports[reports.findIndex(({ key }) => key === effect.key) - 1]
  return before?.state === 'rejected' || before?.state === 'withdrawn' ? undefined : before
}

function reasonNotToCorrect({ order }: Dossier, { connector, shop }: ShopDesk) {
  const message = `${shop.platform} does not let a reported tracking number be changed: enter the new one there`
  return whyNotReported(order) ?? (connector.correctShipment ? undefined : { code: correctionImpossible, message })
}

const orderUnknown = { code: 'order-unknown', message: 'its order is not known any more' }

/** What would be wrong or impossible to tell the platform is not told; the order shows why. */
function reasonNotToReport(dossier: Dossier, { packageOrdinal, lines }: ShipmentConfirmation, desk: ShopDesk, { missedAt }: Effect) {
  const { platform } = desk.shop
  const obstacle = whyNotReported(dossier.order)
  if (obstacle) return obstacle
  if (packageOrdinal > 1 && !desk.capabilities.severalPackages)
    return { code: 'one-package-only', message: `${platform} takes one tracking number per order` }
  if (lines.length === 0) return { code: 'no-units-left', message: 'it holds only parts of units that an earlier package was reported for' }
  // What the platform counts may be an earlier try that no read has shown; its repeat edits that package, or is refused.
  const isRepeat = missedAt !== undefined && desk.capabilities.confirmShipment.key === 'enforced'
  const isElsewhere = !isRepeat && lines.some((line) => line.quantity > reportableUnits(dossier, line.platformLineId))
  return isElsewhere
    ? { code: 'shipped-elsewhere', message: `${platform} shows these units as shipped by somebody else already` }
    : undefined
}

/** The numbers that the platform will not be told by reports of their own. */
function alsoShipped({ fulfillmentOrders }: Dossier, { packageOrdinal }: ShipmentConfirmation) {
  const others = fulfillmentOrders.flatMap((item) => item.packages).filter(({ ordinal }) => ordinal !== packageOrdinal)
  return others.length > 0 && { otherTrackingNumbers: others.map(({ trackingNumber }) => trackingNumber) }
}

type Facts = { readonly carrier: string; readonly originCountry: string } | { readonly missing: string }

/** Carrier and country as they were known when the parcel left, else those of its warehouse and service as they are configured now. */
function factsOf({ fulfillmentOrders }: Dossier, { packageOrdinal, originCountry }: Report, { warehouses }: Operations): Facts {
  const isMeant = (parcel: Package): boolean => parcel.ordinal === packageOrdinal
  const item = fulfillmentOrders.find(({ packages }) => packages.some(isMeant))
  const warehouse = warehouses.find(({ code }) => code === item?.warehouse)
  const service = warehouse?.services.find(({ code }) => code === item?.service)
  const carrier = item?.packages.find(isMeant)?.carrier ?? service?.carrier
  const country = originCountry || warehouse?.country
  if (carrier !== undefined && country !== undefined) return { carrier, originCountry: country }
  const lost = warehouse ? `service ${item?.service} of warehouse ${warehouse.code}` : `warehouse ${item?.warehouse}`
  return { missing: `${lost} is not in warehouses.yaml any more: put it back until its parcels are reported` }
}

/** The report goes on when the configuration has what it lacks. */
function waitForFacts(effect: Effect, errorMessage: string, now: Instant): Guard {
  const until = addMs(now, carrierPauseMs)
  if (effect.errorMessage === errorMessage) return { decision: 'wait', until }
  return { decision: 'wait', until, effect: { ...effect, errorCode: carrierUnmapped, errorMessage } }
}

/** Another configuration is in force: the reports that wait for one are looked at at once. Returns the shops that have some. */
export async function wakeReports(stores: Stores, now: Instant): Promise<readonly string[]> {
  const waiting = (await stores.effects.inState(['planned'])).filter(({ errorCode }) => errorCode === carrierUnmapped)
  for (const effect of waiting) await stores.effects.save({ ...effect, nextAttemptAt: now })
  return [...new Set(waiting.map(({ account }) => account))]
}

async function reported(stores: Stores, effect: Effect, _before: Effect, now: Instant): Promise<void> {
  const dossier = await loadDossier(stores, effect.orderNo)
  if (dossier) await settleOrder(stores, dossier, now, 'as-is', [effectEvent(effect, now)])
}
