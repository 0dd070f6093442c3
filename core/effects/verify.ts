import type { Effect } from '../model/effect.ts'
import type { ReportedShipment } from '../model/order.ts'
import type { ShipmentConfirmation } from '../ports/connector.ts'
import type { Stores } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'
import { sumByKey } from '../value/quantity.ts'
import type { ProbeFinding } from './transitions.ts'

/** Letters and digits alone, upper-case: how two spellings of one tracking number are told to be the same. */
export function normalTrackingNumber(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/**
 * What a platform's list of shipments says about a write-back of ours. `isTakenOn`: the platform has said that it works
 * on it, so an update that it gave up without showing a number was ours.
 */
export function findShipment(confirmation: ShipmentConfirmation, shipments: readonly ReportedShipment[], isTakenOn = false): ProbeFinding {
  const wanted = normalTrackingNumber(confirmation.trackingNumber)
  const matches = shipments.filter((shipment) => normalTrackingNumber(shipment.trackingNumber ?? '') === wanted)
  const shipment = matches[0]
  if (!shipment) return findUpdate(shipments, isTakenOn)
  if (shipment.progress === 'pending') return { found: 'pending' }
  if (shipment.progress === 'failed') return failed
  const lines = matches.flatMap((match) => match.lines)
  if (lines.length > 0 && !areSameLines(lines, confirmation.lines)) {
    return { found: 'different', message: `the platform shows ${confirmation.trackingNumber} with other lines or quantities` }
  }
  return { found: 'equal', remoteId: shipment.shipmentId }
}

const failed: ProbeFinding = {
  found: 'failed',
  code: 'write-failed',
  message: 'the platform reports that it could not apply the tracking number',
}

/** Platforms that work on an update afterwards may show that they do, and that it failed, without its number. */
function findUpdate(shipments: readonly ReportedShipment[], isTakenOn: boolean): ProbeFinding {
  const update = shipments.find(({ trackingNumber }) => trackingNumber === undefined)
  if (update?.progress === 'pending') return { found: 'pending' }
  return update?.progress === 'failed' && isTakenOn ? failed : { found: 'absent' }
}

/**
 * What a platform that only counts shipped units says about a write-back of ours; undefined when it shows packages. A
 * count names nobody: it proves a report that the platform has taken, when it holds the units of all that it has taken.
 * A report that was never answered is sent again, which edits the same package or is refused.
 */
export function findCounted(effect: Effect, shipments: readonly ReportedShipment[], reports: readonly Effect[]): ProbeFinding | undefined {
  const counted = shipments.find(({ progress }) => progress === 'counted')
  if (!counted) return undefined
  const taken = reports.filter(wasTaken).map(({ payload }) => payload as ShipmentConfirmation)
  const packages = [...new Map(taken.map((report) => [report.packageOrdinal, report.lines])).values()]
  const told = sumByKey(packages.flat().map(({ platformLineId, quantity }) => [platformLineId, quantity]))
  const units = sumByKey(counted.lines.map(({ platformLineId, quantity }) => [platformLineId, quantity]))
  const holdsAll = [...told].every(([line, quantity]) => (units.get(line) ?? 0) >= quantity)
  return { found: wasTaken(effect) && holdsAll ? 'equal' : 'absent' }
}

/** The platform has once answered the report with its documented success. */
function wasTaken({ kind, state, settledAt }: Effect): boolean {
  return kind === 'confirm-shipment' && settledAt !== undefined && state !== 'rejected' && state !== 'withdrawn'
}

/** A page of changes that shows a confirmed write-back is its read-back: no call is spent on it. */
export async function verifyByReading(
  stores: Stores,
  orderNo: string,
  shipments: readonly ReportedShipment[],
  now: Instant,
): Promise<void> {
  const reports = await stores.effects.forOrders([orderNo])
  for (const effect of reports.filter(isUnverified)) {
    const finding = findCounted(effect, shipments, reports) ?? findShipment(effect.payload as ShipmentConfirmation, shipments)
    if (finding.found !== 'equal') continue
    const { nextAttemptAt: _, ...rest } = effect
    await stores.effects.save({ ...rest, verifiedAt: now })
  }
}

function isUnverified(effect: Effect): boolean {
  return effect.kind === 'confirm-shipment' && effect.state === 'confirmed' && effect.verifiedAt === undefined
}

function areSameLines(a: ReportedShipment['lines'], b: ReportedShipment['lines']): boolean {
  const text = (lines: ReportedShipment['lines']): string => {
    const sums = new Map<string, number>()
    for (const line of lines) sums.set(line.platformLineId, (sums.get(line.platformLineId) ?? 0) + line.quantity)
    return JSON.stringify([...sums].sort(([x], [y]) => (x < y ? -1 : 1)))
  }
  return text(a) === text(b)
}
