import { SyncError } from '../errors.ts'
import type { Effect, EffectCapabilities, EffectState, WriteOutcome } from '../model/effect.ts'
import { addMs, type Instant, instantToMs } from '../value/instant.ts'

/** What a read found out about a write whose outcome is open. */
export type ProbeFinding =
  | { readonly found: 'equal'; readonly remoteId?: string }
  | { readonly found: 'different'; readonly message: string }
  | { readonly found: 'absent' }
  | { readonly found: 'pending' }
  | { readonly found: 'failed'; readonly code: string; readonly message: string }

/** The moves an effect may make. Everything that is not here is a bug and throws. */
export const effectTransitions = {
  planned: ['inflight', 'withdrawn', 'planned', 'confirmed'],
  inflight: ['confirmed', 'accepted', 'rejected', 'unknown', 'planned'],
  accepted: ['accepted', 'confirmed', 'rejected', 'unknown'],
  unknown: ['unknown', 'confirmed', 'accepted', 'rejected', 'planned'],
  confirmed: ['confirmed', 'accepted', 'unknown'],
  rejected: ['planned'],
  withdrawn: ['planned'],
} as const satisfies Record<EffectState, readonly EffectState[]>

export interface SettleContext {
  readonly now: Instant
  readonly capabilities: EffectCapabilities
  /** Time between two probes. */
  readonly settleMs: number
}

/** Tries after which a write is not sent again by itself. */
export const maxAttempts = 5
/** Reads without an answer after which a person is told. Reading goes on, with growing gaps. */
export const maxSilentProbes = 5
/** Reads that find it still worked on after which a person is told: an hour at the default settle time. */
export const maxPendingProbes = 30
/** Two reads, a settle time apart, must miss a write before it counts as not done. */
const absencesNeeded = 2

/** Marks the intent; must be durably committed before the call begins. */
export function armed(effect: Effect, epoch: number, now: Instant): Effect {
  return moved(effect, 'inflight', { attempt: effect.attempt + 1, epoch, armedAt: now, nextAttemptAt: undefined })
}

/** Settles an armed effect by what the other side answered. */
export function settledByAnswer(effect: Effect, outcome: WriteOutcome, context: SettleContext): Effect {
  const { now } = context
  switch (outcome.result) {
    case 'confirmed':
      return moved(effect, 'confirmed', { ...remote(outcome.remoteId), ...noError, settledAt: now, nextAttemptAt: verifyAt(context) })
    case 'accepted':
      return moved(effect, 'accepted', {
        ...remote(outcome.remoteId),
        ...noError,
        probes: 0,
        absences: 0,
        nextAttemptAt: addMs(now, context.settleMs),
      })
    case 'rejected':
      // What was missed may have been executed after all, and then the repeat is refused for that.
      if (effect.kind === 'wms-create' && effect.missedAt !== undefined)
        return becameUnknown(effect, outcome.code, outcome.message, context)
      return moved(effect, 'rejected', { errorCode: outcome.code, errorMessage: outcome.message, settledAt: now, nextAttemptAt: undefined })
    case 'unknown':
      return becameUnknown(effect, outcome.code, outcome.message, context)
  }
}

/**
 * Settles an armed effect whose call threw. Only errors that say that nothing was executed lead back to
 * `planned`; whatever else happened, a bug in the code included, the outcome is unknown.
 */
export function settledByError(effect: Effect, error: unknown, context: SettleContext): Effect {
  if (error instanceof SyncError) {
    const notExecuted = error.kind === 'rate-limit' || error.kind === 'auth' || error.kind === 'config' || error.notSent
    if (notExecuted) {
      const waitMs = error.retryAfterMs ?? backOffMs(effect.attempt)
      return moved(effect, 'planned', { errorCode: error.code, errorMessage: error.message, nextAttemptAt: addMs(context.now, waitMs) })
    }
    return becameUnknown(effect, error.code, error.message, context)
  }
  return becameUnknown(effect, 'unexpected-error', error instanceof Error ? error.message : String(error), context)
}

/** The process or the pass that armed it ended before it settled it. */
export function settledByDeath(effect: Effect, context: SettleContext): Effect {
  return becameUnknown(effect, 'process-died', 'the work on it ended while the call was under way', context)
}

/** Settles an open outcome, or verifies a confirmed one, by what a read found. */
export function settledByProbe(effect: Effect, finding: ProbeFinding, context: SettleContext): Effect {
  const { now, settleMs } = context
  const probes = effect.probes + 1
  switch (finding.found) {
    case 'equal':
      return { ...proven(effect, finding.remoteId, now), probes }
    case 'pending':
      return moved(effect, 'accepted', { probes, absences: 0, nextAttemptAt: addMs(now, settleMs) })
    case 'failed':
      return effect.state === 'confirmed'
        ? conflicting(effect, finding.message, probes)
        : moved(effect, 'rejected', {
            probes,
            errorCode: finding.code,
            errorMessage: finding.message,
            settledAt: now,
            nextAttemptAt: undefined,
          })
    case 'different':
      return conflicting(effect, finding.message, probes)
    case 'absent':
      return absent(effect, probes, context)
  }
}

/** A reading shows that the other side has done it, whatever was known of it until now. */
export function proven(effect: Effect, remoteId: string | undefined, now: Instant): Effect {
  return moved(effect, 'confirmed', {
    ...remote(remoteId),
    ...noError,
    settledAt: effect.settledAt ?? now,
    verifiedAt: now,
    nextAttemptAt: undefined,
  })
}

/** A probe got no answer: the outcome stays open and is asked for again later. */
export function probeFailed(effect: Effect, error: unknown, context: SettleContext): Effect {
  const probes = effect.probes + 1
  const asked = error instanceof SyncError ? error.retryAfterMs : undefined
  const waitMs = Math.max(asked ?? 0, context.settleMs * Math.min(2 ** probes, 64))
  return { ...effect, probes, nextAttemptAt: addMs(context.now, waitMs) }
}

/**
 * What an operator orders: a refused effect is sent again, an open one is asked for at once. The operator has looked
 * there, so an earlier try is no reason for doubt any more.
 */
export function retried({ missedAt: _, ...effect }: Effect, now: Instant): Effect {
  const fresh = { ...effect, attempt: 0, probes: 0, absences: 0 }
  if (effect.state === 'rejected') return moved(fresh, 'planned', { ...noError, settledAt: undefined, nextAttemptAt: now })
  return { ...fresh, nextAttemptAt: now }
}

export function withdrawn(effect: Effect, now: Instant): Effect {
  return moved(effect, 'withdrawn', { settledAt: now, nextAttemptAt: undefined })
}

/** What was withdrawn without ever being sent, and for a reason that is gone. */
export function wantedAgain(effect: Effect, now: Instant): Effect {
  return moved(effect, 'planned', { ...noError, settledAt: undefined, nextAttemptAt: now })
}

/** True when a person must look: nothing more happens by itself, or it has gone on for too long. */
export function needsPerson(effect: Effect): boolean {
  if (effect.state === 'accepted') return effect.probes >= maxPendingProbes
  if (effect.state !== 'unknown') return false
  return effect.nextAttemptAt === undefined || effect.probes >= maxSilentProbes
}

/** 5 s, 10 s, 20 s … at most 10 minutes. */
export function backOffMs(failures: number): number {
  return Math.min(5_000 * 2 ** Math.max(0, failures - 1), 600_000)
}

function absent(effect: Effect, probes: number, context: SettleContext): Effect {
  const { now, settleMs, capabilities } = context
  const absences = effect.absences + 1
  if (effect.state === 'confirmed' || absences < absencesNeeded) {
    const message = 'a read after the write does not show it'
    // What was said of a repeat is what a person needs to know in the end.
    const said = effect.missedAt === undefined ? { errorCode: 'not-seen', errorMessage: message } : {}
    return moved(effect, 'unknown', { probes, absences, ...said, nextAttemptAt: addMs(now, settleMs) })
  }
  if (capabilities.readBack === 'none' || effect.attempt >= maxAttempts) {
    const said = effect.missedAt === undefined || effect.errorMessage === undefined ? '' : `; the last answer: ${effect.errorMessage}`
    const message = `sent ${effect.attempt} times and never seen by a read${said}`
    return moved(effect, 'unknown', { probes, absences, errorCode: 'never-seen', errorMessage: message, nextAttemptAt: undefined })
  }
  return moved(effect, 'planned', { probes: 0, absences: 0, missedAt: now, nextAttemptAt: now })
}

function conflicting(effect: Effect, message: string, probes: number): Effect {
  return moved(effect, 'unknown', { probes, errorCode: 'conflict', errorMessage: message, nextAttemptAt: undefined })
}

function becameUnknown(effect: Effect, code: string, message: string, context: SettleContext): Effect {
  const readable = context.capabilities.readBack !== 'none'
  const waitMs = Math.max(context.settleMs, Math.min(context.capabilities.readBackLagMs, context.settleMs * 10))
  return moved(effect, 'unknown', {
    errorCode: code,
    errorMessage: message,
    probes: 0,
    absences: 0,
    nextAttemptAt: readable ? addMs(context.now, waitMs) : undefined,
  })
}

/** When a confirmed write must have been seen. Where the poll shows it, the poll gets three chances first. */
function verifyAt(context: SettleContext): Instant | undefined {
  const { readBack, readBackLagMs } = context.capabilities
  if (readBack === 'none' || readBack === 'by-key') return undefined
  if (readBack === 'with-poll') return addMs(context.now, Math.max(readBackLagMs, 300_000) * 3)
  return addMs(context.now, readBackLagMs)
}

type Change = Partial<Omit<Effect, 'settledAt' | 'nextAttemptAt' | 'errorCode' | 'errorMessage'>> & {
  readonly settledAt?: Instant | undefined
  readonly nextAttemptAt?: Instant | undefined
  readonly errorCode?: string | undefined
  readonly errorMessage?: string | undefined
}

const noError = { errorCode: undefined, errorMessage: undefined }

function remote(remoteId: string | undefined): { readonly remoteId?: string } {
  return remoteId === undefined ? {} : { remoteId }
}

function moved(effect: Effect, state: EffectState, change: Change): Effect {
  const allowed: readonly EffectState[] = effectTransitions[effect.state]
  if (!allowed.includes(state)) throw new Error(`effect ${effect.key} cannot go from ${effect.state} to ${state}`)
  const next = { ...effect, ...change, state }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as unknown as Effect
}

/** Whether the effect's time has come. */
export function isDue(effect: Effect, now: Instant): boolean {
  return effect.nextAttemptAt !== undefined && instantToMs(effect.nextAttemptAt) <= instantToMs(now)
}
