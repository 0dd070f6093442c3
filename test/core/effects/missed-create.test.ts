import { describe, expect, it } from 'vitest'
import {
  armed,
  maxAttempts,
  needsPerson,
  retried,
  type SettleContext,
  settledByAnswer,
  settledByError,
  settledByProbe,
} from '../../../core/effects/transitions.ts'
import { SyncError } from '../../../core/errors.ts'
import type { Effect, EffectState } from '../../../core/model/effect.ts'
import { addMs } from '../../../core/value/instant.ts'
import { createEffect } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const now = at('09:00')
const settleMs = 120_000
const context: SettleContext = { now, settleMs, capabilities: { key: 'enforced', readBack: 'by-key', readBackLagMs: 0 } }
const refused = { result: 'rejected', code: 'out-of-stock', message: 'there is none' } as const
const notSent = new SyncError('transient', 'no connection', { code: 'not-connected', notSent: true })

function inState(state: EffectState, changes: Partial<Effect> = {}): Effect {
  return createEffect(1, { state, attempt: 1, ...changes })
}

describe('a create that two reads have missed', () => {
  const again = inState('inflight', { attempt: 2, missedAt: at('08:50') })

  it('remembers that, whatever comes between it and the next try', () => {
    const missed = settledByProbe(inState('unknown', { absences: 1 }), { found: 'absent' }, context)

    expect(missed).toMatchObject({ state: 'planned', missedAt: now })
    expect(settledByError(armed(missed, 3, now), notSent, context)).toMatchObject({ state: 'planned', missedAt: now })
  })

  it('is not proven to be refused when its repeat is: the first try may be the reason', () => {
    expect(settledByAnswer(again, refused, context)).toMatchObject({
      state: 'unknown',
      errorCode: 'out-of-stock',
      errorMessage: 'there is none',
      nextAttemptAt: addMs(now, settleMs),
    })
  })

  it('tells the last answer when it ends with a person', () => {
    const last = inState('unknown', { attempt: maxAttempts, missedAt: at('08:50'), errorCode: 'x', errorMessage: 'the number is taken' })
    const once = settledByProbe(last, { found: 'absent' }, context)
    const twice = settledByProbe(once, { found: 'absent' }, context)

    expect(needsPerson(twice)).toBe(true)
    expect(twice).toMatchObject({
      errorCode: 'never-seen',
      errorMessage: 'sent 5 times and never seen by a read; the last answer: the number is taken',
    })
  })

  it('may be refused again after a person has looked there and had it tried anew', () => {
    const retriedOne = retried(inState('unknown', { attempt: 5, missedAt: at('08:50') }), now)

    expect(retriedOne).not.toHaveProperty('missedAt')
  })

  it('is confirmed by a success like any other', () => {
    expect(settledByAnswer(again, { result: 'confirmed', remoteId: 'W1' }, context)).toMatchObject({ state: 'confirmed' })
  })
})
