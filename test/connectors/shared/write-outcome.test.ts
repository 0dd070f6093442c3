import { describe, expect, test } from 'vitest'
import { outcomeOfError } from '../../../connectors/shared/write-outcome.ts'
import { SyncError } from '../../../core/errors.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'

describe('a write that brought no answer', () => {
  test('is unknown when it may have been executed', () => {
    const error = new SyncError('transient', 'no answer', { code: 'no-answer' })

    expect(outcomeOfError(error, fakeCallContext())).toMatchObject({ result: 'unknown', code: 'no-answer' })
  })

  test('is thrown when it certainly never left', () => {
    const error = new SyncError('transient', 'no connection', { code: 'not-connected', notSent: true })

    expect(() => outcomeOfError(error, fakeCallContext())).toThrow(error)
  })

  test('is unknown when we stopped waiting ourselves', () => {
    const call = fakeCallContext()
    call.abort(new Error('shutting down'))

    expect(outcomeOfError(call.signal.reason, call)).toMatchObject({ result: 'unknown' })
  })

  test('is thrown when it is a bug', () => {
    expect(() => outcomeOfError(new TypeError('bug'), fakeCallContext())).toThrow(TypeError)
  })
})
