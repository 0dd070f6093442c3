import { SyncError } from '../errors.ts'
import type { Effect, EffectCapabilities, EffectKind, WriteOutcome } from '../model/effect.ts'
import type { Stores } from '../ports/storage.ts'
import { addMs, type Instant } from '../value/instant.ts'
import { batchSize, type Failpoint, type PassReport, type World } from '../world.ts'
import {
  armed,
  isDue,
  type ProbeFinding,
  probeFailed,
  settledByAnswer,
  settledByDeath,
  settledByError,
  settledByProbe,
  withdrawn,
} from './transitions.ts'

/** What may happen to an effect whose turn has come. */
export type Guard =
  /** Send it; the effect may have been completed with what is known only now. */
  | { readonly decision: 'go'; readonly effect: Effect }
  /** No longer wanted, and never sent. The message is the operator's explanation. */
  | { readonly decision: 'withdraw'; readonly code: string; readonly message: string }
  /** Not now. With an effect: what it waits for has changed, and the order must show it. */
  | { readonly decision: 'wait'; readonly until: Instant; readonly effect?: Effect }

/** What a lane knows about its kinds of effects; the protocol around it is the same for all. */
export interface EffectHandler {
  readonly kinds: readonly EffectKind[]
  readonly account: string
  readonly settleMs: number
  readonly failpoints: { readonly beforeIntent: Failpoint; readonly afterIntent: Failpoint; readonly answered: Failpoint }
  capabilities(effect: Effect): EffectCapabilities
  /** Inside the transaction that commits the intent: the last look before the call. */
  guard(stores: Stores, effect: Effect, now: Instant): Promise<Guard>
  call(effect: Effect): Promise<WriteOutcome>
  probe(effect: Effect): Promise<ProbeFinding>
  /** Inside the transaction that settles the effect: what follows for order, fulfillment order and holds. */
  settled(stores: Stores, effect: Effect, before: Effect, now: Instant): Promise<void>
}

/**
 * One pass over the due effects of an account. Intent first, durably; then the call; then its outcome.
 * An outcome that is not established is read back before anything is repeated. One effect that fails
 * does not stop its neighbours; refused credentials stop the account after the batch has settled.
 */
export async function runEffects(world: World, handler: EffectHandler): Promise<PassReport> {
  const orphans = await loadOrphans(world, handler)
  const due = await loadDue(world, handler)
  const stops: SyncError[] = []
  const outcomes = await Promise.allSettled([
    ...orphans.map((effect) => adopt(world, handler, effect)),
    ...due.map((effect) => (effect.state === 'planned' ? send : readBack)(world, handler, effect, stops)),
  ])
  const stop = stops[0]
  if (stop) throw stop
  const states = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
  return report(world, handler, states, due.length === batchSize)
}

/** While nothing may be written, only open outcomes count: what is planned must not crowd them out. */
async function loadDue(world: World, { account, kinds }: EffectHandler): Promise<readonly Effect[]> {
  const now = world.clock.now()
  if (!world.operations().writeStop) {
    return world.storage.read((stores) => stores.effects.due({ account, kinds, now, limit: batchSize }))
  }
  const open = await world.storage.read((stores) => stores.effects.inState(['unknown', 'accepted'], account))
  return open.filter((effect) => kinds.includes(effect.kind) && isDue(effect, now)).slice(0, batchSize)
}

/** Intents whose pass ended without settling them, such as when the database failed it in between. */
async function loadOrphans(world: World, { account, kinds, settleMs }: EffectHandler): Promise<readonly Effect[]> {
  const longAgo = addMs(world.clock.now(), -settleMs)
  const inflight = await world.storage.read((stores) => stores.effects.inState(['inflight'], account))
  return inflight.filter((effect) => kinds.includes(effect.kind) && (effect.armedAt ?? longAgo) <= longAgo)
}

/** Nobody waits for its answer any more: it is read back like that of a dead process. */
async function adopt(world: World, handler: EffectHandler, orphan: Effect): Promise<Effect['state']> {
  return settle(world, handler, orphan.key, (current, now) => {
    if (current.state !== 'inflight' || !isSameTry(current, orphan)) return current
    return settledByDeath(current, { now, capabilities: handler.capabilities(current), settleMs: handler.settleMs })
  })
}

async function send(world: World, handler: EffectHandler, effect: Effect, stops: SyncError[]): Promise<Effect['state']> {
  await world.failpoint(handler.failpoints.beforeIntent)
  const intent = await arm(world, handler, effect.key)
  if (!intent) return effect.state
  await world.failpoint(handler.failpoints.afterIntent)
  const answer = await attempt(() => handler.call(intent))
  await world.failpoint(handler.failpoints.answered)
  if ('error' in answer) noteStop(answer.error, stops)
  return settle(world, handler, intent.key, (current, now) => {
    // A reading has proven it meanwhile, or another process has taken over and begun a try of its own.
    if (current.state === 'confirmed' || !isSameTry(current, intent)) return current
    const context = { now, capabilities: handler.capabilities(current), settleMs: handler.settleMs }
    return 'value' in answer ? settledByAnswer(current, answer.value, context) : settledByError(current, answer.error, context)
  })
}

function isSameTry(a: Effect, b: Effect): boolean {
  return a.attempt === b.attempt && a.epoch === b.epoch
}

async function readBack(world: World, handler: EffectHandler, effect: Effect, stops: SyncError[]): Promise<Effect['state']> {
  const finding = await attempt(() => handler.probe(effect))
  return settle(world, handler, effect.key, (current, now) => {
    if (current.state !== effect.state || current.probes !== effect.probes) return current
    const context = { now, capabilities: handler.capabilities(current), settleMs: handler.settleMs }
    if ('value' in finding) return settledByProbe(current, finding.value, context)
    noteStop(finding.error, stops)
    return probeFailed(current, finding.error, context)
  })
}

/** Commits the intent, or returns undefined when the effect is not to be sent now. */
async function arm(world: World, handler: EffectHandler, key: string): Promise<Effect | undefined> {
  return world.storage.write(async (stores) => {
    const now = world.clock.now()
    const effect = await stores.effects.load(key)
    if (effect?.state !== 'planned' || !isDue(effect, now)) return undefined
    await refuseSuperseded(stores, world)
    const guard = await handler.guard(stores, effect, now)
    switch (guard.decision) {
      case 'go': {
        const intent = armed(guard.effect, world.epoch, now)
        await stores.effects.save(intent)
        return intent
      }
      case 'withdraw': {
        const gone = withdrawn({ ...effect, errorCode: guard.code, errorMessage: guard.message }, now)
        await stores.effects.save(gone)
        await handler.settled(stores, gone, effect, now)
        return undefined
      }
      case 'wait': {
        const waiting = { ...(guard.effect ?? effect), nextAttemptAt: guard.until }
        await stores.effects.save(waiting)
        if (guard.effect) await handler.settled(stores, waiting, effect, now)
        return undefined
      }
    }
  })
}

/** A process without the lease arms nothing: another one may be sending the same. */
async function refuseSuperseded(stores: Stores, world: World): Promise<void> {
  if ((await stores.lanes.epoch()) === world.epoch) return
  throw new SyncError('conflict', 'this process does not hold the lease on the database any more: it sends nothing', {
    code: 'lease-superseded',
  })
}

async function settle(
  world: World,
  handler: EffectHandler,
  key: string,
  next: (current: Effect, now: Instant) => Effect,
): Promise<Effect['state']> {
  return world.storage.write(async (stores) => {
    const now = world.clock.now()
    const current = await stores.effects.load(key)
    if (!current) throw new Error(`effect ${key} vanished while it was under way`)
    const settled = next(current, now)
    if (settled === current) return current.state
    await stores.effects.save(settled)
    await handler.settled(stores, settled, current, now)
    return settled.state
  })
}

async function attempt<T>(call: () => Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await call() }
  } catch (error) {
    return { error }
  }
}

/** Refused credentials and a wrong configuration concern the whole account. */
function noteStop(error: unknown, stops: SyncError[]): void {
  if (error instanceof SyncError && (error.kind === 'auth' || error.kind === 'config')) stops.push(error)
}

async function report(world: World, handler: EffectHandler, states: readonly Effect['state'][], full: boolean): Promise<PassReport> {
  const counts: Record<string, number> = {}
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1
  const nextDueAt = await world.storage.read((stores) => stores.effects.nextDue(handler.account, handler.kinds))
  const stopped = world.operations().writeStop
  const more = full || (!stopped && states.length > 0 && nextDueAt !== undefined && nextDueAt <= world.clock.now())
  return nextDueAt === undefined ? { counts, more } : { counts, more, nextDueAt }
}
