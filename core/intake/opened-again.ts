import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Hold } from '../model/hold.ts'
import type { Order, OrderSnapshot } from '../model/order.ts'
import { isOpen, type WantedHold } from '../model/reconcile-holds.ts'
import { type Dossier, effectKey, gather } from '../planning/dossier.ts'
import type { Stores } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'

/** The subject of the hold for an order that its platform opened again. */
const openedAgain = 'opened-again'

/**
 * What we did about an order before its platform opened it again, in words; undefined when it did not, or when nothing of
 * ours was ever sent, so that the order goes its way like any other.
 */
export async function sentBefore(stores: Stores, stored: Order, snapshot: OrderSnapshot): Promise<string | undefined> {
  if (!isOpenedAgain(stored, snapshot)) return undefined
  const dossier = await gather(stores, stored)
  const sent = dossier.fulfillmentOrders.filter((item) => isSent(item, dossier))
  if (sent.length === 0) return undefined
  const references = sent.map(({ reference }) => reference).join(', ')
  const numbers = sent.flatMap((item) => item.packages).map(({ trackingNumber }) => trackingNumber)
  return numbers.length === 0 ? references : `${references} (${numbers.join(', ')})`
}

/** Shipped or cancelled by the platform's word, and open again; or what counted as shipped there does so no more. */
function isOpenedAgain(stored: Order, { status, lines }: OrderSnapshot): boolean {
  if (status === 'cancelled' || status === 'shipped') return false
  if (stored.platformState === 'cancelled' || (stored.platformState === 'shipped' && status !== 'partially-shipped')) return true
  return lines.some(({ platformLineId, shippedQuantity }) =>
    stored.lines.some((line) => line.platformLineId === platformLineId && line.shippedQuantity > shippedQuantity),
  )
}

/** The warehouse has it, had it, or may have it. */
function isSent({ status, reference, packages }: FulfillmentOrder, { effects }: Dossier): boolean {
  if (packages.length > 0 || (status !== 'planned' && status !== 'cancelled')) return true
  return effects.some(({ key, armedAt }) => key === effectKey.create(reference) && armedAt !== undefined)
}

/**
 * What an order waits for that its platform opened again after we had sent something for it: going on by itself could
 * send a second parcel, or leave the platform without a report. Each time asks for a look of its own. Where the connector
 * says so itself, its hold is enough.
 */
export function openedAgainHolds(
  snapshot: OrderSnapshot,
  holds: readonly Hold[],
  { sentBefore: before, now: causedAt }: { readonly sentBefore?: string | undefined; readonly now: Instant },
): readonly WantedHold[] {
  const current = holds.find((hold) => isOpen(hold) && isOpenedAgainHold(hold))
  if (before === undefined) return current ? [current] : []
  if (snapshot.holds.some(({ reason, causedAt }) => reason === 'platform-hold' && causedAt !== undefined)) return []
  const detail = `the platform opened the order again, and ${before} was sent for it: see whether the parcel left and is still to be delivered. If so, enter its number on the platform; then release the hold, and what has not left is shipped`
  return [{ reason: 'platform-hold', source: 'system', subject: openedAgain, detail, release: { mode: 'manual' }, causedAt }]
}

export function isOpenedAgainHold({ reason, source, subject }: Hold): boolean {
  return reason === 'platform-hold' && source === 'system' && subject === openedAgain
}
