import { describe, expect, it } from 'vitest'
import { assertNever, SyncError } from '../../core/errors.ts'

describe('SyncError', () => {
  it('says what happens next, and keeps code, context and cause', () => {
    const cause = new Error('socket hang up')

    const error = new SyncError('transient', 'the shop did not answer', {
      code: 'no-answer',
      context: { shop: 'brand' },
      retryAfterMs: 1_000,
      notSent: true,
      cause,
    })

    expect(error).toMatchObject({
      name: 'SyncError',
      kind: 'transient',
      message: 'the shop did not answer',
      code: 'no-answer',
      context: { shop: 'brand' },
      retryAfterMs: 1_000,
      notSent: true,
      cause,
    })
  })

  it('takes for granted that a request may have been executed', () => {
    const error = new SyncError('transient', 'the shop did not answer', { code: 'no-answer' })

    expect(error).toMatchObject({ notSent: false, retryAfterMs: undefined, context: {} })
    expect('cause' in error).toBe(false)
  })
})

describe('assertNever', () => {
  it('names the value that nobody expected', () => {
    expect(() => assertNever('teleported' as never)).toThrow('unexpected value "teleported"')
  })
})
