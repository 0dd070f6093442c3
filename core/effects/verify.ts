import type { Effect } from '../model/effect.ts'
import type { ReportedShipment } from '../model/order.ts'
import type { ShipmentConfirmation } from '../ports/connector.ts'
import type { Stores } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'
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

/** A page of changes that shows a confirmed write-back is its read-back: no call is spent on it. */
export async function verifyByReading(
  stores: Stores,
  orderNo: string,
  shipments: readonly ReportedShipment[],
  now: Instant,
): Promise<void> {
  const open = (await stores.effects.forOrders([orderNo])).filter(isUnverified)
  for (const effect of open) {
    const finding = findShipment(effect.payload as ShipmentConfirmation, shipments)
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
