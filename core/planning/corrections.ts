import { normalTrackingNumber } from '../effects/verify.ts'
import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder, Package } from '../model/fulfillment-order.ts'
import type { OutboundPackage } from '../ports/wms-adapter.ts'
import { contentHash } from '../value/hash.ts'
import { packedUnits, unitsOf } from './demand.ts'
import { effectKey } from './dossier.ts'
import { byTrackingNumber } from './share-packages.ts'

/** A parcel whose tracking number the warehouse has changed since we learned it. */
export interface Correction {
  /** As it travels now. */
  readonly item: Package
  readonly replacedTrackingNumber: string
}

/** Every number that these packages travel or travelled under, normalized. */
export function numbersOf(packages: readonly Package[]): ReadonlySet<string> {
  return new Set(packages.flatMap((item) => [item.trackingNumber, ...(item.formerNumbers ?? [])]).map(normalTrackingNumber))
}

/**
 * One number of the fulfillment order is gone from the reading, one that was never seen has come, and nothing was left
 * to leave: the parcel got another number. Of more than one, or of a parcel that several orders share, the pairs could
 * only be guessed. A former number that shows again is an old reading.
 */
export function correctionIn(fulfillmentOrder: FulfillmentOrder, packages: readonly OutboundPackage[]): Correction | undefined {
  const shown = byTrackingNumber(packages)
  const numbers = new Set(shown.map((item) => normalTrackingNumber(item.trackingNumber)))
  const seen = numbersOf(fulfillmentOrder.packages)
  const gone = fulfillmentOrder.packages.filter((item) => !numbers.has(normalTrackingNumber(item.trackingNumber)))
  const fresh = shown.filter((item) => !seen.has(normalTrackingNumber(item.trackingNumber)))
  const [before] = gone
  const [now] = fresh
  if (!before || !now || gone.length > 1 || fresh.length > 1 || fulfillmentOrder.merged || hasUnitsLeft(fulfillmentOrder)) return undefined
  const { trackingNumber, formerNumbers = [] } = before
  return {
    item: { ...before, trackingNumber: now.trackingNumber, formerNumbers: [...formerNumbers, trackingNumber] },
    replacedTrackingNumber: trackingNumber,
  }
}

function hasUnitsLeft(fulfillmentOrder: FulfillmentOrder): boolean {
  const packed = packedUnits([fulfillmentOrder])
  return [...unitsOf(fulfillmentOrder)].some(([line, units]) => units > (packed.get(line) ?? 0))
}

export function withCorrection(fulfillmentOrder: FulfillmentOrder, { item }: Correction): FulfillmentOrder {
  const packages = fulfillmentOrder.packages.map((other) => (other.ordinal === item.ordinal ? item : other))
  return { ...fulfillmentOrder, packages }
}

/** The reports of one package, the first one first: a correction is a report of its own that supersedes the one before. */
export function reportsOf(effects: readonly Effect[], orderNo: string, ordinal: number): readonly Effect[] {
  const first = effectKey.confirm(orderNo, ordinal)
  return effects
    .filter(({ key }) => key === first || key.startsWith(`${first}:`))
    .toSorted((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1))
}

/** Why a correction was withdrawn: a person has to make it. */
export const correctionImpossible = 'correction-impossible'

const untold: ReadonlySet<string> = new Set(['planned', 'rejected', 'withdrawn'])

/**
 * What is to be told after a correction. What the platform does not have yet is changed where it stands; what it has,
 * or may have, is followed by a report that replaces it. `report` is the report of the package as if it were new.
 */
export function correctedReport(report: Effect, reports: readonly Effect[], replacedTrackingNumber: string): Effect {
  const last = reports.at(-1)
  if (!last) return report
  const { trackingNumber } = report.payload as { readonly trackingNumber: string }
  const isUntold = untold.has(last.state)
  const payload = isUntold ? { ...(last.payload as object), trackingNumber } : { ...(report.payload as object), replacedTrackingNumber }
  const place = isUntold ? last : { ...report, key: `${reports[0]?.key}:${reports.length + 1}` }
  return { ...place, payload, payloadHash: contentHash(payload) }
}
