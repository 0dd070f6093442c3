import { describe, expect, test } from 'vitest'
import { errorOf, isSuccess, outcomeOfFailure, type WishAnswer } from '../../../connectors/wish/map-error.ts'

const caller = { shop: 'wish-1', doing: 'reading order 1' }

function answer(status: number, code: number | undefined): WishAnswer {
  return { status, code, message: 'said by Wish', data: undefined, exactData: undefined, requestId: 'r-1' }
}

describe('a failed read', () => {
  test.each([
    [400, 1001, 'config', 'wish-bad-parameter'],
    [400, 1002, 'auth', 'wish-account-disabled'],
    [400, 1006, 'auth', 'wish-scope-missing'],
    [400, 1007, 'auth', 'wish-token-refused'],
    [400, 1008, 'auth', 'wish-token-refused'],
    [401, 1012, 'auth', 'wish-token-refused'],
    [401, undefined, 'auth', 'wish-token-refused'],
    [400, 10001, 'config', 'wish-credentials-wrong'],
    [400, 10002, 'auth', 'wish-code-used'],
    [400, 10004, 'auth', 'wish-code-expired'],
    [400, 10008, 'auth', 'wish-code-wrong'],
    [400, 90001, 'config', 'wish-refused'],
    [400, 4711, 'config', 'wish-unknown-code'],
    [200, 4711, 'config', 'wish-unknown-code'],
    [200, undefined, 'transient', 'wish-unreadable-answer'],
    [404, undefined, 'transient', 'wish-unreadable-answer'],
    [500, 0, 'transient', 'wish-unreadable-answer'],
    [503, undefined, 'transient', 'wish-unreadable-answer'],
  ])('with HTTP %i and code %s is %s, %s', (status, code, kind, errorCode) => {
    const error = errorOf(answer(status, code), caller)

    expect(error).toMatchObject({ kind, code: errorCode, context: { shop: 'wish-1', requestId: 'r-1' } })
    expect(error.message).toContain('wish-1')
  })
})

describe('a write that did not succeed', () => {
  test.each([
    [400, 1001, { result: 'rejected', code: 'wish-bad-parameter', message: 'HTTP 400, code 1001: said by Wish' }],
    [400, 90001, { result: 'rejected', code: 'wish-refused' }],
    [200, 90001, { result: 'rejected', code: 'wish-refused' }],
    [400, 4711, { result: 'unknown', code: 'wish-unknown-answer' }],
    [400, 10001, { result: 'unknown' }],
    [404, undefined, { result: 'unknown' }],
    [200, undefined, { result: 'unknown' }],
    [500, 90001, { result: 'unknown' }],
    [500, 1002, { result: 'unknown' }],
    [502, undefined, { result: 'unknown' }],
  ])('with HTTP %i and code %s', (status, code, outcome) => {
    expect(outcomeOfFailure(answer(status, code), caller)).toMatchObject(outcome)
  })

  test.each([1002, 1006, 1012])('with account code %i stops the shop, for nothing was done', (code) => {
    expect(() => outcomeOfFailure(answer(400, code), caller)).toThrow(expect.objectContaining({ kind: 'auth' }))
  })
})

test.each([
  [200, 0, true],
  [200, 1001, false],
  [200, undefined, false],
  [500, 0, false],
])('HTTP %i with code %s is a success: %s', (status, code, expected) => {
  expect(isSuccess(answer(status, code))).toBe(expected)
})
