import type { Effect } from '../model/effect.ts'
import type { Hold } from '../model/hold.ts'
import type { LaneName } from '../model/lane.ts'
import { type Dossier, liveFulfillmentOrders, openHolds } from '../planning/dossier.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { ExplainContext, NextStep } from './explanation.ts'
import { distanceOf, moment } from './moments.ts'
import { subjectOf } from './outside.ts'
import { commandsFor, enderOf, readAgainCommand } from './remedy.ts'
import { type Words, wordsOfHold } from './words.ts'

/** Without any pass for so long, nothing works on the database: some lane runs every 15 seconds. */
const silentMs = 120_000

/** The next thing that happens by itself and when, or the one thing to do. */
export function nextStep(dossier: Dossier, context: ExplainContext, words: Words): NextStep {
  const found = waiting(dossier, context, words) ?? atEnd(dossier, context, words) ?? underWay(dossier, context, words)
  if (!found) return { kind: 'person', text: words.next.standsStill, at: null, commands: ['npm run audit'], notes: [] }
  const { lane, ...step } = found
  return { ...step, notes: step.kind === 'by-itself' ? obstacles(lane, context, words) : [] }
}

type Step = Omit<NextStep, 'notes'> & {
  /** Whose work it will be, by itself. */
  readonly lane?: { readonly name: LaneName; readonly account: string }
}

/** Nothing more comes, unless a reading is still to verify what was reported. */
function atEnd({ order, effects }: Dossier, { commandTail }: ExplainContext, { next }: Words): Step | undefined {
  if (effects.some((effect) => effect.nextAttemptAt !== undefined || effect.state === 'inflight') || order.planDueAt !== undefined)
    return undefined
  const nothing = { kind: 'nothing', at: null } as const
  if (order.edits.closed && order.state !== 'cancelled') return { ...nothing, text: next.closed, commands: [] }
  switch (order.state) {
    case 'completed':
      return { ...nothing, text: next.completed, commands: [] }
    case 'cancelled':
      return { ...nothing, text: next.cancelled, commands: [] }
    case 'ignored':
      return { ...nothing, text: next.ignored, commands: [readAgainCommand(order.shop, order.platformOrderId, commandTail)] }
    default:
      return undefined
  }
}

/** What ends the holds: what a person must do comes first, then the latest of the times. */
function waiting(dossier: Dossier, { now, commandTail }: ExplainContext, words: Words): Step | undefined {
  const holds = openHolds(dossier)
  const forPerson = holds.find((hold) => enderOf(hold) === 'person')
  const first = forPerson ?? holds.find((hold) => enderOf(hold) === 'itself') ?? holds.toSorted(byTime).at(-1)
  if (!first) return undefined
  const { ends } = wordsOfHold(first, words)
  if (forPerson) return { kind: 'person', text: ends, at: null, commands: commandsFor(dossier.order, forPerson, commandTail) }
  const { order } = dossier
  if (first.release.mode !== 'at-time')
    return { kind: 'by-itself', text: ends, at: null, commands: [], lane: { name: 'plan', account: order.clientId } }
  const { at } = first.release
  return {
    kind: 'by-itself',
    text: words.say.endsAt(moment(at), distanceOf(now, at, words)),
    at,
    commands: [],
    lane: { name: 'plan', account: order.clientId },
  }
}

function byTime(a: Hold, b: Hold): number {
  return a.release.mode === 'at-time' && b.release.mode === 'at-time' && a.release.at < b.release.at ? -1 : 1
}

function underWay(dossier: Dossier, context: ExplainContext, words: Words): Step | undefined {
  const { order } = dossier
  const { next } = words
  const byItself = { kind: 'by-itself', at: null, commands: [] } as const
  const flying = dossier.effects.find((effect) => effect.state === 'inflight')
  if (flying) return { ...byItself, text: next.underWay(describe(flying, words)), lane: laneOf(flying) }
  if (order.planDueAt !== undefined) {
    const text = order.planDueAt === order.releaseNotBefore ? next.notBefore : next.decides
    return timed({ ...byItself, text, lane: { name: 'plan', account: order.clientId } }, order.planDueAt, context, words)
  }
  const due = dossier.effects.filter((effect) => effect.nextAttemptAt !== undefined).toSorted(byDue)[0]
  if (due?.nextAttemptAt !== undefined) {
    const what = describe(due, words)
    const text = due.state === 'planned' ? next.sends(what) : due.state === 'confirmed' ? next.verifies(what) : next.asks(what)
    return timed({ ...byItself, text, lane: laneOf(due) }, due.nextAttemptAt, context, words)
  }
  const atWarehouse = liveFulfillmentOrders(dossier).find((item) => item.status !== 'planned' && item.status !== 'shipped')
  if (atWarehouse) {
    const text = atWarehouse.unnumberedSince === undefined ? next.warehouse : next.trackingNumber
    return { ...byItself, text, lane: { name: 'track', account: atWarehouse.account } }
  }
  if (order.platformState === 'awaiting-payment') return { ...byItself, text: next.payment, lane: { name: 'poll', account: order.shop } }
  if (order.lines.length === 0) return { ...byItself, text: next.lines, lane: { name: 'poll', account: order.shop } }
  return undefined
}

function timed(step: Step, at: Instant, { now }: ExplainContext, words: Words): Step {
  return { ...step, at, text: `${words.next.at(moment(at), distanceOf(now, at, words))}${words.colon}${step.text}` }
}

function byDue(a: Effect, b: Effect): number {
  return (a.nextAttemptAt ?? '') < (b.nextAttemptAt ?? '') ? -1 : 1
}

function describe(effect: Effect, { effectKinds }: Words): string {
  return `${effectKinds[effect.kind]} ${subjectOf(effect)} (${effect.account})`
}

function laneOf({ kind, account, state }: Effect): NonNullable<Step['lane']> {
  if (kind === 'confirm-shipment' || kind === 'offer-stock') return { name: state === 'confirmed' ? 'poll' : 'confirm', account }
  return { name: 'push', account }
}

/** What keeps it from happening by itself: writing is stopped, the lane is, or nothing runs at all. */
function obstacles(lane: Step['lane'], { lanes = [], now, writeStop = false }: ExplainContext, words: Words): readonly string[] {
  const { next } = words
  const row = lanes.find((candidate) => candidate.lane === lane?.name && candidate.account === lane.account)
  const started = lanes.flatMap((candidate) => candidate.lastStartedAt ?? []).toSorted()
  const lastWork = started.at(-1)
  const notes = [
    writeStop && (lane?.name === 'push' || lane?.name === 'confirm') && next.writeStop,
    row?.problem !== undefined && next.stopped(words.lanes[row.lane], row.account, row.problem.message),
    lastWork !== undefined && addMs(lastWork, silentMs) < now && next.notRunning(distanceOf(now, lastWork, words)),
  ]
  return notes.filter((note) => note !== false)
}
