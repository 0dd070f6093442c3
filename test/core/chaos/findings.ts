import { audit } from '../../../core/audit/audit.ts'
import { createRecordAudit } from '../../../core/audit/check-records.ts'
import type { LedgerOrder } from '../../../core/audit/ledger.ts'
import { isOpen } from '../../../core/model/reconcile-holds.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import type { Played } from './play.ts'

/** Everything that must not be after a day has come to rest, one sentence each. */
export async function findings(played: Played): Promise<readonly string[]> {
  const { world, evidence } = played
  const violations = audit(evidence).violations.map(({ invariant, subject, message }) => `${invariant} ${subject}: ${message}`)
  return [
    ...violations,
    ...ownFindings(played),
    ...unexpectedErrors(played),
    ...unreportedUnits(played),
    ...(await createsAfterCancellation(played)),
    ...(await world.storage.verifyIntegrity()),
  ]
}

/** I8: no create begins after a cancellation was recorded. */
async function createsAfterCancellation({ world, evidence }: Played): Promise<readonly string[]> {
  const found: string[] = []
  for (const { order, effects } of evidence.dossiers) {
    const events = await world.storage.read((stores) => stores.events.list(order.orderNo))
    const readings = events.filter((event) => event.type === 'changed-on-platform' || event.type === 'imported')
    for (const { key, kind, armedAt } of effects) {
      if (kind !== 'wms-create' || armedAt === undefined) continue
      const last = readings.filter((event) => event.at < armedAt).at(-1)
      const isChanged = readings.some((event) => event.at === armedAt)
      if (!isChanged && (last?.data['to'] ?? last?.data['platformStatus']) === 'CANCELLED')
        found.push(`I8 ${key} began after the cancellation`)
    }
  }
  return found
}

function ownFindings({ world, evidence }: Played): readonly string[] {
  const records = createRecordAudit(world.clock.now())
  for (const dossier of evidence.dossiers) records.look(dossier)
  return records.result().findings.map(({ invariant, subject, message }) => `${invariant} ${subject}: ${message}`)
}

/** Errors that nobody planted. */
function unexpectedErrors({ world }: Played): readonly string[] {
  const bugs = world.lines.filter((line) => line.fields['kind'] === 'bug').map((line) => String(line.fields['message']))
  return bugs.filter((message) => !message.includes('planted')).map((message) => `a bug: ${message}`)
}

/** What a buyer still waits for although nothing holds the order. Where a platform counts the first parcel for all, units are not told. */
function unreportedUnits({ evidence, shipsWhole }: Played): readonly string[] {
  if (shipsWhole) return []
  const orders = evidence.shops.flatMap((shop) => shop.ledger.orders)
  return evidence.dossiers.flatMap((dossier) => {
    const order = orders.find((candidate) => candidate.platformOrderId === dossier.order.platformOrderId)
    return order && isToBeComplete(order, dossier) ? missingUnits(order) : []
  })
}

function isToBeComplete({ status }: LedgerOrder, { order, holds }: Dossier): boolean {
  return status !== 'cancelled' && status !== 'awaiting-payment' && !holds.some(isOpen) && order.edits.closed === undefined
}

function missingUnits(order: LedgerOrder): readonly string[] {
  const parts = order.shipments.flatMap((shipment) => shipment.lines)
  return order.lines.flatMap(({ platformLineId, quantity, cancelledQuantity }) => {
    const reported = parts.filter((part) => part.platformLineId === platformLineId).reduce((sum, part) => sum + part.quantity, 0)
    const missing = quantity - cancelledQuantity - reported
    return missing > 0 ? [`${missing} of line ${platformLineId} of order ${order.platformOrderId} were never reported`] : []
  })
}
