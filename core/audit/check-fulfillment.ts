import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Order } from '../model/order.ts'
import { allocatedUnits, lineOf } from '../planning/demand.ts'
import { type Dossier, effectKey, isHeldBack } from '../planning/dossier.ts'
import { perUnitOf } from '../planning/packages.ts'
import { sumByKey } from '../value/quantity.ts'
import { type Evidence, isLive, outboundsByReference, type Violation } from './evidence.ts'
import type { LedgerOutbound } from './ledger.ts'

type ByReference = ReadonlyMap<string, readonly LedgerOutbound[]>

/** I6 at most one live warehouse order per fulfillment order and nothing shipped beyond what was ordered; I7 what was released reached the warehouse. */
export function checkFulfillment(evidence: Evidence): { readonly duplicates: number; readonly violations: readonly Violation[] } {
  const outbounds = outboundsByReference(evidence)
  const doubled = [...outbounds].flatMap(([reference, all]) => doubledReference(reference, all))
  const strangers = unknownReferences(evidence, outbounds)
  const shipped = shippedByRow(evidence, outbounds)
  const excess = evidence.dossiers.flatMap((dossier) => excessUnits(dossier, shipped))
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

type Shipped = ReadonlyMap<string, readonly { readonly wmsSku: string; readonly quantity: number }[]>

/**
 * What left the warehouse, by fulfillment order. Of a merged parcel each in turn has what it asked for as far as it goes,
 * the lead first, and what nobody asked for counts for the lead.
 */
function shippedByRow(evidence: Evidence, outbounds: ByReference): Shipped {
  const rows = evidence.dossiers.flatMap((dossier) => dossier.fulfillmentOrders)
  const shipped = new Map<string, readonly { readonly wmsSku: string; readonly quantity: number }[]>()
  for (const [reference, parcel] of Map.groupBy(rows, (row) => row.reference)) {
    const left = sumByKey(shippedLines(outbounds.get(reference) ?? []).map(({ wmsSku, quantity }): [string, number] => [wmsSku, quantity]))
    const sorted = parcel.toSorted((a, b) => positionOf(a) - positionOf(b))
    const shares = sorted.map((row) => ({ foNo: row.foNo, lines: takeShipped(row, left) }))
    const rest = [...left].map(([wmsSku, quantity]) => ({ wmsSku, quantity }))
    for (const [index, { foNo, lines }] of shares.entries()) shipped.set(foNo, index === 0 ? [...lines, ...rest] : lines)
  }
  return shipped
}

function positionOf({ merged, foNo }: FulfillmentOrder): number {
  return merged?.indexOf(foNo) ?? 0
}

function takeShipped({ lines }: FulfillmentOrder, left: Map<string, number>) {
  return lines.map(({ wmsSku, quantity }) => {
    const taken = Math.min(quantity, left.get(wmsSku) ?? 0)
    left.set(wmsSku, (left.get(wmsSku) ?? 0) - taken)
    return { wmsSku, quantity: taken }
  })
}

/**
 * Units that left the warehouse, over all generations, against units ordered. What was planned before the mapping of its
 * lines changed counts by itself: no more may leave than it asked for, and the units it takes are ordered no more.
 */
function excessUnits({ order, fulfillmentOrders }: Dossier, shippedByRow: Shipped): readonly Violation[] {
  const before = fulfillmentOrders.filter((item) => isMappedOtherwise(order, item))
  const taken = allocatedUnits(before)
  const ordered = sumByKey(
    order.lines.flatMap((line) =>
      line.resolved.map(({ sku, quantity }): [string, number] => [
        sku,
        quantity * Math.max(0, line.quantity - (taken.get(line.platformLineId) ?? 0)),
      ]),
    ),
  )
  const excess = (items: readonly FulfillmentOrder[], allowed: ReadonlyMap<string, number>, what: string): readonly Violation[] =>
    [...piecesShipped(items, shippedByRow)]
      .filter(([sku, units]) => units > (allowed.get(sku) ?? 0))
      .map(([sku, units]) => ({
        invariant: 'I6',
        subject: order.orderNo,
        message: `${units} of ${sku} were shipped, ${allowed.get(sku) ?? 0} were ${what}`,
      }))
  const others = fulfillmentOrders.filter((item) => !before.includes(item))
  return [
    ...excess(others, ordered, 'ordered'),
    ...before.flatMap((item) => excess([item], piecesAsked(item), `asked for by ${item.foNo}`)),
  ]
}

/** Planned with other goods for one of its order lines than the line stands for by now. */
function isMappedOtherwise(order: Order, { lines }: FulfillmentOrder): boolean {
  return lines.some(({ sku, orderLines }) =>
    orderLines.some((share) => {
      const now = lineOf(order, share.platformLineId)?.resolved.find((item) => item.sku === sku)?.quantity
      return perUnitOf(order, sku, share) !== now
    }),
  )
}

function piecesAsked({ lines }: FulfillmentOrder): ReadonlyMap<string, number> {
  return sumByKey(lines.map(({ sku, quantity, unitFactor }): [string, number] => [sku, quantity * unitFactor]))
}

function piecesShipped(items: readonly FulfillmentOrder[], shippedByRow: Shipped): ReadonlyMap<string, number> {
  return sumByKey(
    items.flatMap((item) =>
      (shippedByRow.get(item.foNo) ?? []).flatMap(({ wmsSku, quantity }): readonly [string, number][] => {
        const line = item.lines.find((candidate) => candidate.wmsSku === wmsSku)
        return line ? [[line.sku, quantity * line.unitFactor]] : []
      }),
    ),
  )
}

function shippedLines(outbounds: readonly LedgerOutbound[]) {
  return outbounds.flatMap((outbound) => outbound.packages.flatMap((parcel) => parcel.lines))
}

function missingOutbounds(dossier: Dossier, outbounds: ByReference): readonly Violation[] {
  const violations: Violation[] = []
  const isHeld = isHeldBack(dossier)
  for (const item of dossier.fulfillmentOrders) {
    const create = dossier.effects.find((effect) => effect.key === effectKey.create(item.reference))
    const isWanted = item.status !== 'cancelled' && create?.state === 'confirmed'
    if (!isWanted || isHeld || (outbounds.get(item.reference) ?? []).some(isLive)) continue
    violations.push({ invariant: 'I7', subject: item.reference, message: 'recorded as pushed, but the warehouse does not have it' })
  }
  return violations
}
