import { describe, expect, it } from 'vitest'
import {
  armed,
  backOffMs,
  effectTransitions,
  isDue,
  maxAttempts,
  maxPendingProbes,
  maxSilentProbes,
  needsPerson,
  type ProbeFinding,
  probeFailed,
  proven,
  retried,
  type SettleContext,
  settledByAnswer,
  settledByDeath,
  settledByError,
  settledByProbe,
  wantedAgain,
  withdrawn,
} from '../../../core/effects/transitions.ts'
import { type ErrorKind, SyncError } from '../../../core/errors.ts'
import { type Effect, type EffectState, effectStates } from '../../../core/model/effect.ts'
import { addMs } from '../../../core/value/instant.ts'
import { createEffect } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const now = at('09:00')
const settleMs = 120_000
const context: SettleContext = { now, settleMs, capabilities: { key: 'none', readBack: 'by-order', readBackLagMs: 2_000 } }
const readBack = (kind: SettleContext['capabilities']['readBack'], readBackLagMs = 2_000): SettleContext => ({
  ...context,
  capabilities: { key: 'none', readBack: kind, readBackLagMs },
})
const refused = { result: 'rejected', code: 'out-of-stock', message: 'there is none' } as const
const notSent = new SyncError('transient', 'no connection', { code: 'not-connected', notSent: true })

/** An effect in a state, reached or not; what waits for its turn may be overridden. */
function inState(state: EffectState, changes: Partial<Effect> = {}): Effect {
  return createEffect(1, { state, attempt: 1, ...changes })
}

describe('the moves of an effect', () => {
  const moves: Readonly<Record<string, (effect: Effect) => Effect>> = {
    arm: (effect) => armed(effect, 3, now),
    'answer confirmed': (effect) => settledByAnswer(effect, { result: 'confirmed' }, context),
    'answer accepted': (effect) => settledByAnswer(effect, { result: 'accepted' }, context),
    'answer rejected': (effect) => settledByAnswer(effect, refused, context),
    'answer unknown': (effect) => settledByAnswer(effect, { ...refused, result: 'unknown' }, context),
    'never sent': (effect) => settledByError(effect, notSent, context),
    death: (effect) => settledByDeath(effect, context),
    'read equal': (effect) => settledByProbe(effect, { found: 'equal' }, context),
    'read pending': (effect) => settledByProbe(effect, { found: 'pending' }, context),
    'read failed': (effect) => settledByProbe(effect, { found: 'failed', code: 'failed', message: 'it failed' }, context),
    'read different': (effect) => settledByProbe(effect, { found: 'different', message: 'it differs' }, context),
    'read absent': (effect) => settledByProbe(effect, { found: 'absent' }, context),
    'read absent again': (effect) => settledByProbe({ ...effect, absences: 1 }, { found: 'absent' }, context),
    'proven by a reading': (effect) => proven(effect, undefined, now),
    withdraw: (effect) => withdrawn(effect, now),
    'want again': (effect) => wantedAgain(effect, now),
    retry: (effect) => retried(effect, now),
  }
  const no = 'refused'
  /** Where each move leads from each state. */
  const table: Readonly<Record<string, Readonly<Record<EffectState, EffectState | 'refused'>>>> = {
    arm: row('inflight', no, no, no, no, no, no),
    'answer confirmed': row('confirmed', 'confirmed', 'confirmed', 'confirmed', no, 'confirmed', no),
    'answer accepted': row(no, 'accepted', 'accepted', 'accepted', no, 'accepted', no),
    'answer rejected': row(no, 'rejected', 'rejected', no, no, 'rejected', no),
    'answer unknown': row(no, 'unknown', 'unknown', 'unknown', no, 'unknown', no),
    'never sent': row('planned', 'planned', no, no, 'planned', 'planned', 'planned'),
    death: row(no, 'unknown', 'unknown', 'unknown', no, 'unknown', no),
    'read equal': row('confirmed', 'confirmed', 'confirmed', 'confirmed', no, 'confirmed', no),
    'proven by a reading': row('confirmed', 'confirmed', 'confirmed', 'confirmed', no, 'confirmed', no),
    'read pending': row(no, 'accepted', 'accepted', 'accepted', no, 'accepted', no),
    'read failed': row(no, 'rejected', 'rejected', 'unknown', no, 'rejected', no),
    'read different': row(no, 'unknown', 'unknown', 'unknown', no, 'unknown', no),
    'read absent': row(no, 'unknown', 'unknown', 'unknown', no, 'unknown', no),
    'read absent again': row('planned', 'planned', no, 'unknown', 'planned', 'planned', 'planned'),
    withdraw: row('withdrawn', no, no, no, no, no, no),
    'want again': row('planned', 'planned', no, no, 'planned', 'planned', 'planned'),
    retry: row('planned', 'inflight', 'accepted', 'confirmed', 'planned', 'unknown', 'withdrawn'),
  }

  function row(...to: readonly (EffectState | 'refused')[]): Readonly<Record<EffectState, EffectState | 'refused'>> {
    const order: readonly EffectState[] = ['planned', 'inflight', 'accepted', 'confirmed', 'rejected', 'unknown', 'withdrawn']
    return Object.fromEntries(order.map((state, index) => [state, to[index]])) as Record<EffectState, EffectState | 'refused'>
  }

  const cases = Object.entries(table).flatMap(([move, targets]) => effectStates.map((from) => [move, from, targets[from]] as const))

  it.each(cases.filter(([, , to]) => to !== no))('"%s" leads from %s to %s', (move, from, to) => {
    expect(moves[move]?.(inState(from)).state).toBe(to)
  })

  it.each(cases.filter(([, , to]) => to === no))('"%s" is refused from %s', (move, from) => {
    expect(() => moves[move]?.(inState(from))).toThrow(/^effect wms-create:Q000000000001-1 cannot go from /)
  })

  it('are all in the table, and the table has no other', () => {
    const reached = new Set(cases.filter(([move, , to]) => to !== no && move !== 'retry').map(([, from, to]) => `${from} ${to}`))
    const allowed = new Set(effectStates.flatMap((from) => effectTransitions[from].map((to) => `${from} ${to}`)))

    expect(reached).toEqual(allowed)
  })
})

describe('arming', () => {
  it('counts the attempt, notes who armed it and when, and leaves nothing due', () => {
    const effect = armed(inState('planned', { attempt: 1, nextAttemptAt: at('08:59') }), 7, now)

    expect(effect).toMatchObject({ state: 'inflight', attempt: 2, epoch: 7, armedAt: now })
    expect(effect).not.toHaveProperty('nextAttemptAt')
  })
})

describe('an answer', () => {
  const sent = inState('inflight', { errorCode: 'earlier', errorMessage: 'an earlier try failed' })

  it.each([
    ['by-order', 2_000, 2_000],
    ['with-poll', 300_000, 900_000],
    ['with-poll', 1_000, 900_000],
  ] as const)('that confirms is verified later: %s with a lag of %i ms after %i ms', (kind, lagMs, waitMs) => {
    const effect = settledByAnswer(sent, { result: 'confirmed', remoteId: 'W1' }, readBack(kind, lagMs))

    expect(effect).toMatchObject({ state: 'confirmed', remoteId: 'W1', settledAt: now, nextAttemptAt: addMs(now, waitMs) })
    expect(effect).not.toHaveProperty('errorCode')
    expect(effect).not.toHaveProperty('errorMessage')
  })

  it.each(['by-key', 'none'] as const)('that confirms stands when a read adds nothing: %s', (kind) => {
    const effect = settledByAnswer(sent, { result: 'confirmed' }, readBack(kind))

    expect(effect).toMatchObject({ state: 'confirmed', settledAt: now })
    expect(effect).not.toHaveProperty('nextAttemptAt')
    expect(effect).not.toHaveProperty('remoteId')
  })

  it('that only accepts is asked for after the settle time and never counts as confirmed', () => {
    const effect = settledByAnswer({ ...sent, probes: 3, absences: 1 }, { result: 'accepted', remoteId: 'J1' }, context)

    expect(effect).toMatchObject({ state: 'accepted', remoteId: 'J1', probes: 0, absences: 0, nextAttemptAt: addMs(now, settleMs) })
    expect(effect).not.toHaveProperty('settledAt')
  })

  it('that refuses ends the matter and keeps the words', () => {
    const effect = settledByAnswer(sent, refused, context)

    expect(effect).toMatchObject({ state: 'rejected', errorCode: 'out-of-stock', errorMessage: 'there is none', settledAt: now })
    expect(effect).not.toHaveProperty('nextAttemptAt')
  })

  it.each([
    ['the settle time', 2_000, settleMs],
    ['the lag of reads when that is longer', 300_000, 300_000],
    ['at most ten settle times', 86_400_000, 10 * settleMs],
  ])('that establishes nothing is read back after %s', (_case, lagMs, waitMs) => {
    const effect = settledByAnswer(sent, { ...refused, result: 'unknown' }, readBack('by-order', lagMs))

    expect(effect).toMatchObject({ state: 'unknown', errorCode: 'out-of-stock', probes: 0, absences: 0, nextAttemptAt: addMs(now, waitMs) })
  })

  it('that establishes nothing is for a person when nothing can be read back', () => {
    const effect = settledByAnswer(sent, { ...refused, result: 'unknown' }, readBack('none'))

    expect(effect).not.toHaveProperty('nextAttemptAt')
    expect(needsPerson(effect)).toBe(true)
  })
})

describe('an error instead of an answer', () => {
  const sent = inState('inflight', { attempt: 1 })
  const kinds: Readonly<Record<ErrorKind, EffectState>> = {
    auth: 'planned',
    config: 'planned',
    'rate-limit': 'planned',
    transient: 'unknown',
    'unknown-outcome': 'unknown',
    rejected: 'unknown',
    'invalid-data': 'unknown',
    conflict: 'unknown',
  }

  it.each(Object.entries(kinds))('of kind %s leaves the effect %s', (kind, state) => {
    const error = new SyncError(kind as ErrorKind, 'what happened', { code: 'the-code' })

    expect(settledByError(sent, error, context)).toMatchObject({ state, errorCode: 'the-code', errorMessage: 'what happened' })
  })

  it('leads back to planned when the request certainly never left', () => {
    expect(settledByError(sent, notSent, context)).toMatchObject({ state: 'planned', nextAttemptAt: addMs(now, backOffMs(1)) })
  })

  it('makes the next try wait for as long as the other side asked', () => {
    const error = new SyncError('rate-limit', 'too many calls', { code: 'throttled', retryAfterMs: 42_000 })

    expect(settledByError(sent, error, context).nextAttemptAt).toBe(addMs(now, 42_000))
  })

  it.each([
    ['an Error', new TypeError('x is not a function'), 'x is not a function'],
    ['anything thrown', 'a word', 'a word'],
  ])('that is a bug leaves the outcome unknown: %s', (_case, error, message) => {
    expect(settledByError(sent, error, context)).toMatchObject({
      state: 'unknown',
      errorCode: 'unexpected-error',
      errorMessage: message,
      nextAttemptAt: addMs(now, settleMs),
    })
  })

  it('is remembered as the death of the process when there was nobody left to throw', () => {
    expect(settledByDeath(sent, context)).toMatchObject({ state: 'unknown', errorCode: 'process-died', probes: 0 })
  })
})

describe('a read of an open outcome', () => {
  const open = inState('unknown', { attempt: 1, probes: 2, errorCode: 'no-answer', errorMessage: 'no answer' })
  const probe = (effect: Effect, finding: ProbeFinding, at = context) => settledByProbe(effect, finding, at)

  it('that finds what we sent confirms and verifies it', () => {
    const effect = probe(open, { found: 'equal', remoteId: 'W1' })

    expect(effect).toMatchObject({ state: 'confirmed', remoteId: 'W1', settledAt: now, verifiedAt: now, probes: 3 })
    expect(effect).not.toHaveProperty('nextAttemptAt')
    expect(effect).not.toHaveProperty('errorCode')
  })

  it('keeps the moment of the answer when it only verifies', () => {
    const effect = probe(inState('confirmed', { settledAt: at('08:30') }), { found: 'equal' })

    expect(effect).toMatchObject({ state: 'confirmed', settledAt: at('08:30'), verifiedAt: now })
  })

  it('that misses it twice, a settle time apart, plans it again under the same key', () => {
    const once = probe(open, { found: 'absent' })
    const twice = probe(once, { found: 'absent' })

    expect(once).toMatchObject({ state: 'unknown', absences: 1, errorCode: 'not-seen', nextAttemptAt: addMs(now, settleMs) })
    expect(twice).toMatchObject({ state: 'planned', key: open.key, attempt: 1, probes: 0, absences: 0, nextAttemptAt: now })
  })

  it('that misses a confirmed write opens its outcome, and one more miss plans it again', () => {
    const once = probe(inState('confirmed', { settledAt: at('08:30') }), { found: 'absent' })

    expect(once).toMatchObject({ state: 'unknown', absences: 1, errorCode: 'not-seen' })
    expect(probe(once, { found: 'absent' }).state).toBe('planned')
  })

  it('forgets earlier misses when the other side turns out to work on it', () => {
    const pending = probe({ ...open, absences: 1 }, { found: 'pending' })

    expect(pending).toMatchObject({ state: 'accepted', absences: 0, nextAttemptAt: addMs(now, settleMs) })
    expect(probe(pending, { found: 'absent' }).state).toBe('unknown')
  })

  it('never repeats a write that cannot be read back', () => {
    const effect = probe({ ...open, absences: 1 }, { found: 'absent' }, readBack('none'))

    expect(effect).toMatchObject({ state: 'unknown', errorCode: 'never-seen', errorMessage: 'sent 1 times and never seen by a read' })
    expect(needsPerson(effect)).toBe(true)
  })

  it('repeats a write a bounded number of times', () => {
    const last = { ...open, absences: 1, attempt: maxAttempts }

    expect(probe({ ...last, attempt: maxAttempts - 1 }, { found: 'absent' }).state).toBe('planned')
    expect(needsPerson(probe(last, { found: 'absent' }))).toBe(true)
  })

  it('that finds something else is a conflict for a person', () => {
    const effect = probe(open, { found: 'different', message: 'it differs in products' })

    expect(effect).toMatchObject({ state: 'unknown', errorCode: 'conflict', errorMessage: 'it differs in products' })
    expect(needsPerson(effect)).toBe(true)
  })

  it('that finds that it failed refuses it, with the code', () => {
    const effect = probe(open, { found: 'failed', code: 'write-failed', message: 'it failed' })

    expect(effect).toMatchObject({ state: 'rejected', errorCode: 'write-failed', settledAt: now })
  })

  it('that contradicts a documented success is a conflict, not a refusal', () => {
    const effect = probe(inState('confirmed'), { found: 'failed', code: 'write-failed', message: 'it failed' })

    expect(effect).toMatchObject({ state: 'unknown', errorCode: 'conflict' })
  })
})

describe('a read without an answer', () => {
  const open = inState('unknown', { nextAttemptAt: now })
  const silence = new SyncError('transient', 'no answer', { code: 'no-answer' })

  it('is made again with growing gaps, and never gives up', () => {
    const gaps: number[] = []
    let effect = open
    for (let read = 0; read < 8; read += 1) {
      effect = probeFailed(effect, silence, context)
      gaps.push((Date.parse(effect.nextAttemptAt ?? '') - Date.parse(now)) / settleMs)
    }

    expect(gaps).toEqual([2, 4, 8, 16, 32, 64, 64, 64])
    expect(effect.state).toBe('unknown')
  })

  it('waits longer when the other side asked for it', () => {
    const throttled = new SyncError('rate-limit', 'too many calls', { code: 'throttled', retryAfterMs: 3_600_000 })

    expect(probeFailed(open, throttled, context).nextAttemptAt).toBe(addMs(now, 3_600_000))
  })

  it('tells a person after some silence, while reading goes on', () => {
    const almost = probeFailed({ ...open, probes: maxSilentProbes - 2 }, new Error('a bug'), context)
    const silent = probeFailed(almost, silence, context)

    expect(needsPerson(almost)).toBe(false)
    expect(needsPerson(silent)).toBe(true)
    expect(silent.nextAttemptAt).toBeDefined()
  })
})

describe('what a person orders', () => {
  it('is settled anew, not when it was refused', () => {
    const refusedOne = inState('rejected', { settledAt: at('08:00') })
    const sentAgain = settledByAnswer(armed(retried(refusedOne, now), 3, now), { result: 'confirmed' }, context)

    expect(sentAgain.settledAt).toBe(now)
    const open = settledByAnswer(armed(retried(refusedOne, now), 3, now), { ...refused, result: 'unknown' }, context)
    expect(settledByProbe(open, { found: 'equal' }, { ...context, now: at('09:30') }).settledAt).toBe(at('09:30'))
  })

  it('sends a refused effect again as if for the first time', () => {
    const effect = retried(inState('rejected', { attempt: 5, probes: 3, absences: 1, errorCode: 'x', errorMessage: 'y' }), now)

    expect(effect).toMatchObject({ state: 'planned', attempt: 0, probes: 0, absences: 0, nextAttemptAt: now })
    expect(effect).not.toHaveProperty('errorCode')
  })

  it('asks for an open outcome at once', () => {
    const effect = retried(inState('unknown', { attempt: 5, probes: 9, absences: 2 }), now)

    expect(effect).toMatchObject({ state: 'unknown', attempt: 0, probes: 0, absences: 0, nextAttemptAt: now })
    expect(needsPerson(effect)).toBe(false)
  })
})

describe('an effect', () => {
  const settled = effectStates.filter((state) => state !== 'unknown' && state !== 'accepted')

  it.each(settled)('needs no person while it is %s', (state) => {
    expect(needsPerson(inState(state, { probes: 99 }))).toBe(false)
  })

  it('needs a person when the other side works on it and does not come to an end', () => {
    expect(needsPerson(inState('accepted', { probes: maxPendingProbes - 1, nextAttemptAt: now }))).toBe(false)
    expect(needsPerson(inState('accepted', { probes: maxPendingProbes, nextAttemptAt: now }))).toBe(true)
  })

  it('is due when its time has come, and never without one', () => {
    expect(isDue(inState('planned', { nextAttemptAt: now }), now)).toBe(true)
    expect(isDue(inState('planned', { nextAttemptAt: addMs(now, 1) }), now)).toBe(false)
    const { nextAttemptAt: _, ...timeless } = inState('planned')
    expect(isDue(timeless, now)).toBe(false)
  })
})

describe('backing off', () => {
  it('doubles from 5 seconds to 10 minutes', () => {
    expect([0, 1, 2, 3, 7, 8, 50].map(backOffMs)).toEqual([5_000, 5_000, 10_000, 20_000, 320_000, 600_000, 600_000])
  })
})
