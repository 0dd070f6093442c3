import { type Effect, effectStates } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import { isOpen } from '../model/reconcile-holds.ts'
import { allocatedUnits, demandedUnits, unplannedUnits } from '../planning/demand.ts'
import { type Dossier, isHeldBack } from '../planning/dossier.ts'
import { type Instant, msBetween } from '../value/instant.ts'
import { checkProgress } from './check-progress.ts'

/** Invariants that our own rows must hold, whatever the outside says. They are described in docs/architecture.md. */
export type RecordInvariant = 'I2' | 'I5' | 'I6' | 'I11' | 'I14' | 'I18'

export interface RecordFinding {
  readonly invariant: RecordInvariant
  readonly subject: string
  readonly message: string
}

/** A write whose outcome is not established yet. */
export interface OpenEffect {
  readonly key: string
  readonly account: string
  readonly orderNo: string
  readonly state: Effect['state']
  /** Seconds since it was last sent. */
  readonly ageSeconds: number
  readonly nextAttemptAt: Instant | null
  readonly message: string
}

export interface RecordAudit {
  /** Looks at one order after the other, so that any number of them can be checked. */
  look(dossier: Dossier): void
  result(): { readonly orders: number; readonly findings: readonly RecordFinding[]; readonly open: readonly OpenEffect[] }
}

/** Checks every invariant that can be told without the ledgers of the other sides. `isConfigured` knows shops and warehouse accounts. */
export function createRecordAudit(now: Instant, isConfigured: (account: string) => boolean = () => true): RecordAudit {
  const identities = new Set<string>()
  const findings: RecordFinding[] = []
  const merged: FulfillmentOrder[] = []
  /** By key: those of a merged parcel come with each of its orders. */
  const unsettled = new Map<string, Effect>()
  let orders = 0
  let newestEpoch = 0
  return {
    look(dossier) {
      orders += 1
      const identity = `${dossier.order.shop}/${dossier.order.platformOrderId}`
      if (identities.has(identity)) findings.push({ invariant: 'I2', subject: identity, message: 'stored twice' })
      identities.add(identity)
      findings.push(...lineFindings(dossier), ...idleFindings(dossier), ...desertedFindings(dossier, isConfigured))
      merged.push(...dossier.fulfillmentOrders.filter((item) => item.merged))
      for (const effect of dossier.effects.filter(isUnsettled)) unsettled.set(effect.key, effect)
      newestEpoch = Math.max(newestEpoch, ...dossier.effects.map((effect) => effect.epoch))
    },
    result: () => ({
      orders,
      findings: [...findings, ...parcelFindings(merged), ...orphanFindings([...unsettled.values()], newestEpoch)],
      open: [...unsettled.values()].map((effect) => openEffect(effect, now)),
    }),
  }
}

const unsettledStates: ReadonlySet<string> = new Set(
  effectStates.filter((state) => state === 'inflight' || state === 'unknown' || state === 'accepted'),
)

function isUnsettled({ state }: Effect): boolean {
  return unsettledStates.has(state)
}

/** I5: every unit ordered is cancelled, shipped by somebody else, taken by a fulfillment order, or still to be planned. */
function lineFindings(dossier: Dossier): readonly RecordFinding[] {
  if (isSettling(dossier)) return []
  const { order, fulfillmentOrders } = dossier
  const allocated = allocatedUnits(fulfillmentOrders)
  const unallocated = unplannedUnits(dossier)
  const demanded = demandedUnits(dossier)
  const known = order.lines.flatMap(({ platformLineId, quantity, cancelledQuantity }) => {
    const ours = (allocated.get(platformLineId) ?? 0) + (unallocated.get(platformLineId) ?? 0)
    const excess = ours - (demanded.get(platformLineId) ?? 0)
    if (excess === 0 || (excess > 0 && hasLeft(dossier, platformLineId, quantity))) return []
    const message = `line ${platformLineId}: ${quantity} ordered, ${cancelledQuantity} cancelled, but ${ours} are taken or to be planned`
    return [{ invariant: 'I5', subject: order.orderNo, message } as const]
  })
  const strange = [...allocated].filter(([line, units]) => units > 0 && !order.lines.some((candidate) => candidate.platformLineId === line))
  return [
    ...known,
    ...strange.map(([line, units]) => ({
      invariant: 'I5' as const,
      subject: order.orderNo,
      message: `${units} units are taken for line ${line}, which the order does not have`,
    })),
  ]
}

/** A change is still being worked on, or a person has been told of it. */
function isSettling({ order, fulfillmentOrders, holds }: Dossier): boolean {
  const isChanging = fulfillmentOrders.some(
    (item) => item.cancelRequestedAt !== undefined && item.status !== 'cancelled' && item.status !== 'shipped',
  )
  // What the warehouse did not stop stays true after a person has settled it.
  const isKnown = holds.some((hold) => isOpen(hold) || hold.reason === 'intercept-failed' || hold.reason === 'wms-exception')
  return order.planDueAt !== undefined || isChanging || isKnown
}

/** Units that have left cannot be taken back when the platform cancels them later; more than ordered never leaves. */
function hasLeft({ fulfillmentOrders }: Dossier, platformLineId: string, ordered: number): boolean {
  const started = fulfillmentOrders.filter((item) => item.packages.length > 0 || item.status === 'shipped')
  const live = fulfillmentOrders.filter((item) => item.status !== 'cancelled' && !started.includes(item))
  return (allocatedUnits(live).get(platformLineId) ?? 0) === 0 && (allocatedUnits(started).get(platformLineId) ?? 0) <= ordered
}

/** I11: nothing stands still without a next step, an end or a hold that can be seen; the same for an open outcome. */
function idleFindings(dossier: Dossier): readonly RecordFinding[] {
  const idle = checkProgress({ shops: [], warehouses: [], dossiers: [dossier] })
  const isHeld = isHeldBack(dossier)
  const lost = dossier.effects.filter((effect) => effect.state === 'unknown' && effect.nextAttemptAt === undefined && !isHeld)
  return [
    ...idle.map(({ subject, message }) => ({ invariant: 'I11' as const, subject, message })),
    ...lost.map(({ key }) => ({
      invariant: 'I11' as const,
      subject: key,
      message: 'its outcome is not known, nobody asks for it and no hold shows it',
    })),
  ]
}

/** I11: a write for an account that nobody works for has no next step, whenever it is due. */
function desertedFindings({ effects }: Dossier, isConfigured: (account: string) => boolean): readonly RecordFinding[] {
  const deserted = effects.filter((effect) => (effect.state === 'planned' || isUnsettled(effect)) && !isConfigured(effect.account))
  return deserted.map(({ key, account }) => ({
    invariant: 'I11',
    subject: key,
    message: `${account} is not configured any more, so that nobody makes this write: put it back until it is done`,
  }))
}

/** I6: to the warehouse a merged parcel is one, so its orders agree on how it stands, and on who travels in it. */
function parcelFindings(merged: readonly FulfillmentOrder[]): readonly RecordFinding[] {
  const torn = [...Map.groupBy(merged, (item) => item.reference)].filter(
    ([, rows]) => new Set(rows.map((row) => `${row.status} ${row.wmsOrderNo ?? ''} ${row.merged?.join()}`)).size > 1,
  )
  return torn.map(([reference, rows]) => ({
    invariant: 'I6',
    subject: reference,
    message: `one parcel, and its orders do not agree: ${rows.map((row) => `${row.foNo} ${row.status}`).join(', ')}`,
  }))
}

/** I14: a call that an earlier process began is read back by the next one, never left open. */
function orphanFindings(unsettled: readonly Effect[], newestEpoch: number): readonly RecordFinding[] {
  const orphans = unsettled.filter((effect) => effect.state === 'inflight' && effect.epoch < newestEpoch)
  return orphans.map(({ key, armedAt }) => ({
    invariant: 'I14',
    subject: key,
    message: `under way since ${armedAt ?? '?'} under a process that has ended, while a later one has worked`,
  }))
}

function openEffect({ key, account, orderNo, state, armedAt, createdAt, nextAttemptAt, errorMessage }: Effect, now: Instant): OpenEffect {
  const ageSeconds = Math.max(0, Math.round(msBetween(armedAt ?? createdAt, now) / 1_000))
  return { key, account, orderNo, state, ageSeconds, nextAttemptAt: nextAttemptAt ?? null, message: errorMessage ?? '' }
}
