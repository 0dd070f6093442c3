import { isOpen } from '../model/reconcile-holds.ts'
import type { Dossier } from '../planning/dossier.ts'
import { effectKey } from '../planning/dossier.ts'
import { type Evidence, isLive, outboundsByReference, type Violation } from './evidence.ts'
import type { LedgerOutbound } from './ledger.ts'

type ByReference = ReadonlyMap<string, readonly LedgerOutbound[]>

/** I6 at most one live warehouse order per fulfillment order and nothing shipped beyond what was ordered; I7 what was released reached the warehouse. */
export function checkFulfillment(evidence: Evidence): { readonly duplicates: number; readonly violations: readonly Violation[] } {
  const outbounds = outboundsByReference(evidence)
  const doubled = [...outbounds].flatMap(([reference, all]) => doubledReference(reference, all))
  const strangers = unknownReferences(evidence, outbounds)
  const excess = evidence.dossiers.flatMap((dossier) => excessUnits(dossier, outbounds))
  const missing = evidence.dossiers.flatMap((dossier) => missingOutbounds(dossier, outbounds))
  return { duplicates: doubled.length + excess.length, violations: [...doubled, ...strangers, ...excess, ...missing] }
}

function doubledReference(reference: string, outbounds: readonly LedgerOutbound[]): readonly Violation[] {
  const live = outbounds.filter(isLive)
  if (live.length < 2) return []
  return [{ invariant: 'I6', subject: reference, message: `the warehouse holds ${live.length} live orders under one reference` }]
}

function unknownReferences(evidence: Evidence, outbounds: ByReference): readonly Violation[] {
  const known = new Set(evidence.dossiers.flatMap((dossier) => dossier.fulfillmentOrders.map((item) => item.reference)))
  const strangers = [...outbounds].filter(([reference, all]) => !known.has(reference) && all.some(isLive))
  return strangers.map(([reference]) => ({
    invariant: 'I6',
    subject: reference,
    message: 'the warehouse holds an order that we do not know',
  }))
}

/** Units that left the warehouse, over all generations, against units ordered. */
function excessUnits({ order, fulfillmentOrders }: Dossier, outbounds: ByReference): readonly Violation[] {
  const ordered = new Map<string, number>()
  for (const line of order.lines) {
    for (const { sku, quantity } of line.resolved) ordered.set(sku, (ordered.get(sku) ?? 0) + quantity * line.quantity)
  }
  const shipped = new Map<string, number>()
  for (const item of fulfillmentOrders) {
    for (const { wmsSku, quantity } of shippedLines(outbounds.get(item.reference) ?? [])) {
      const line = item.lines.find((candidate) => candidate.wmsSku === wmsSku)
      if (line) shipped.set(line.sku, (shipped.get(line.sku) ?? 0) + quantity * line.unitFactor)
    }
  }
  const excess = [...shipped].filter(([sku, units]) => units > (ordered.get(sku) ?? 0))
  return excess.map(([sku, units]) => ({
    invariant: 'I6',
    subject: order.orderNo,
    message: `${units} of ${sku} were shipped, ${ordered.get(sku) ?? 0} were ordered`,
  }))
}

function shippedLines(outbounds: readonly LedgerOutbound[]) {
  return outbounds.flatMap((outbound) => outbound.packages.flatMap((parcel) => parcel.lines))
}

function missingOutbounds(dossier: Dossier, outbounds: ByReference): readonly Violation[] {
  const violations: Violation[] = []
  const isHeld = dossier.holds.some(isOpen)
  for (const item of dossier.fulfillmentOrders) {
    const create = dossier.effects.find((effect) => effect.key === effectKey.create(item.reference))
    const isWanted = item.status !== 'cancelled' && create?.state === 'confirmed'
    if (!isWanted || isHeld || (outbounds.get(item.reference) ?? []).some(isLive)) continue
    violations.push({ invariant: 'I7', subject: item.reference, message: 'recorded as pushed, but the warehouse does not have it' })
  }
  return violations
}
