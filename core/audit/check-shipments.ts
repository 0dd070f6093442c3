import { normalTrackingNumber } from '../effects/verify.ts'
import type { Effect } from '../model/effect.ts'
import type { Package } from '../model/fulfillment-order.ts'
import { isOpen, isOverruled } from '../model/reconcile-holds.ts'
import { numbersOf, reportsOf } from '../planning/corrections.ts'
import type { Dossier } from '../planning/dossier.ts'
import { refusedWriteBack } from '../planning/progress-holds.ts'
import { dossierOf, type Evidence, outboundsByReference, type ShopEvidence, type Violation } from './evidence.ts'
import type { LedgerOrder } from './ledger.ts'

/** I9 every shipped package stands on its platform exactly once and truthfully; I10 nothing stands there that no warehouse shipped. */
export function checkShipments(evidence: Evidence): { readonly duplicates: number; readonly violations: readonly Violation[] } {
  const reported = evidence.shops.flatMap((shop) => shop.ledger.orders.flatMap((order) => checkOrder(evidence, shop, order)))
  const unlearned = unlearnedPackages(evidence)
  const torn = overSharedPackages(evidence)
  const duplicates = reported.filter((finding) => finding.isDuplicate).length
  return { duplicates, violations: [...reported.map((finding) => finding.violation), ...unlearned, ...torn] }
}

interface Finding {
  readonly isDuplicate: boolean
  readonly violation: Violation
}

function checkOrder(evidence: Evidence, shop: ShopEvidence, ledgerOrder: LedgerOrder): readonly Finding[] {
  const subject = `${shop.shop}/${ledgerOrder.platformOrderId}`
  const dossier = dossierOf(evidence, shop.shop, ledgerOrder.platformOrderId)
  const packages = dossier?.fulfillmentOrders.flatMap((item) => item.packages) ?? []
  const findings = dossier ? packages.flatMap((item) => checkPackage(dossier, ledgerOrder, item, subject)) : []
  return [...findings, ...overShipped(ledgerOrder, subject), ...inventedShipments(ledgerOrder, packages, subject)]
}

function checkPackage(dossier: Dossier, ledgerOrder: LedgerOrder, item: Package, subject: string): readonly Finding[] {
  const number = normalTrackingNumber(item.trackingNumber)
  const shipments = ledgerOrder.shipments.filter((shipment) => normalTrackingNumber(shipment.trackingNumber) === number)
  const effect = reportsOf(dossier.effects, dossier.order.orderNo, item.ordinal).at(-1)
  if (shipments.length > 1) return [finding('I9', subject, `package ${item.trackingNumber} stands there ${shipments.length} times`, true)]
  const shipment = shipments[0]
  if (!shipment)
    return mayBeAbsent(dossier, ledgerOrder, effect)
      ? []
      : [finding('I9', subject, `package ${item.trackingNumber} was shipped and does not stand there`)]
  if (shipment.lines.length > 0 && !areSameUnits(shipment.lines, item.orderLines)) {
    return [finding('I9', subject, `package ${item.trackingNumber} stands there with other lines or quantities`)]
  }
  return []
}

/** A package may be missing there only for a reason that can be seen. */
function mayBeAbsent(dossier: Dossier, ledgerOrder: LedgerOrder, effect: Effect | undefined): boolean {
  if (ledgerOrder.status === 'cancelled' || dossier.holds.some(isOpen)) return true
  // A refusal that a person has released was settled with the platform by other means.
  return effect?.state === 'withdrawn' || (effect?.state === 'rejected' && isOverruled(dossier.holds, refusedWriteBack(effect)))
}

function overShipped(ledgerOrder: LedgerOrder, subject: string): readonly Finding[] {
  const shipped = ledgerOrder.shipments.flatMap((shipment) => shipment.lines)
  const excess = ledgerOrder.lines.filter((line) => unitsOf(shipped, line.platformLineId) > line.quantity)
  return excess.map((line) =>
    finding('I9', subject, `line ${line.platformLineId} is reported shipped beyond the ${line.quantity} ordered`, true),
  )
}

function inventedShipments(ledgerOrder: LedgerOrder, packages: readonly Package[], subject: string): readonly Finding[] {
  const known = numbersOf(packages)
  const invented = ledgerOrder.shipments.filter(
    (shipment) => shipment.throughApi && !known.has(normalTrackingNumber(shipment.trackingNumber)),
  )
  return invented.map((shipment) =>
    finding('I10', subject, `shipment ${shipment.trackingNumber} stands there, and no warehouse shipped it`),
  )
}

/** Packages that left a warehouse and that we have not learned of. */
function unlearnedPackages(evidence: Evidence): readonly Violation[] {
  const outbounds = outboundsByReference(evidence)
  const violations: Violation[] = []
  const rows = evidence.dossiers.flatMap((dossier) => dossier.fulfillmentOrders)
  for (const [reference, parcels] of Map.groupBy(rows, (row) => row.reference)) {
    const known = new Set(parcels.flatMap((item) => item.packages).map((parcel) => normalTrackingNumber(parcel.trackingNumber)))
    for (const parcel of (outbounds.get(reference) ?? []).flatMap((outbound) => outbound.packages)) {
      if (known.has(normalTrackingNumber(parcel.trackingNumber))) continue
      violations.push({
        invariant: 'I9',
        subject: reference,
        message: `package ${parcel.trackingNumber} left the warehouse and is not known here`,
      })
    }
  }
  return violations
}

/** I10 for merged parcels: no unit in a package is counted for two of its orders. */
function overSharedPackages(evidence: Evidence): readonly Violation[] {
  const outbounds = outboundsByReference(evidence)
  const rows = evidence.dossiers.flatMap((dossier) => dossier.fulfillmentOrders).filter((item) => item.merged)
  const violations: Violation[] = []
  for (const [reference, parcel] of Map.groupBy(rows, (row) => row.reference)) {
    for (const { trackingNumber, lines } of (outbounds.get(reference) ?? []).flatMap((outbound) => outbound.packages)) {
      const number = normalTrackingNumber(trackingNumber)
      const shares = parcel.flatMap((row) => row.packages).filter((item) => normalTrackingNumber(item.trackingNumber) === number)
      const counted = shares.flatMap((item) => item.contents ?? [])
      const excess = lines.filter((line) => unitsOfSku(counted, line.wmsSku) > unitsOfSku(lines, line.wmsSku))
      for (const { wmsSku } of excess)
        violations.push({
          invariant: 'I10',
          subject: reference,
          message: `more of ${wmsSku} is counted for the orders of package ${trackingNumber} than was in it`,
        })
    }
  }
  return violations
}

function unitsOfSku(lines: readonly { readonly wmsSku: string; readonly quantity: number }[], wmsSku: string): number {
  return lines.filter((line) => line.wmsSku === wmsSku).reduce((sum, line) => sum + line.quantity, 0)
}

function finding(invariant: 'I9' | 'I10', subject: string, message: string, isDuplicate = false): Finding {
  return { isDuplicate, violation: { invariant, subject, message } }
}

type Units = readonly { readonly platformLineId: string; readonly quantity: number }[]

function unitsOf(lines: Units, platformLineId: string): number {
  return lines.filter((line) => line.platformLineId === platformLineId).reduce((sum, line) => sum + line.quantity, 0)
}

function areSameUnits(a: Units, b: Units): boolean {
  const ids = new Set([...a, ...b].map((line) => line.platformLineId))
  return [...ids].every((id) => unitsOf(a, id) === unitsOf(b, id))
}
