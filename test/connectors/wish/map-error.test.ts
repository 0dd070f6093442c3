import { describe, expect, test } from 'vitest'
import { errorOf, isSuccess, outcomeOfFailure } from '../../../connectors/wish/map-error.ts'
import type { WishAnswer } from '../../../connectors/wish/schema.ts'

const caller = { shop: 'wish-1', account: 'Wish merchant m-1', doing: 'reading order 1' }
const connect = 'npm run connect -- --shop wish-1'

function answer(status: number, code: number | undefined): WishAnswer {
  return { caller, status, code, message: 'said by Wish', data: undefined, exactData: undefined, requestId: 'r-1' }
}

const auth = { result: 'throws auth' }
const unknown = { result: 'unknown', code: 'wish-unknown-answer' }

/** Every documented answer: what a read makes of it, and what a write. */
const documented = [
  { id: '01', status: 400, code: 1001, read: ['config', 'wish-bad-parameter'], write: { result: 'rejected', code: 'wish-bad-parameter' } },
  { id: '02', status: 400, code: 1002, read: ['auth', 'wish-account-disabled'], write: auth },
  { id: '03', status: 400, code: 1006, read: ['auth', 'wish-scope-missing'], write: auth },
  { id: '04', status: 400, code: 1007, read: ['auth', 'wish-token-refused'], write: auth },
  { id: '05', status: 400, code: 1008, read: ['auth', 'wish-token-refused'], write: auth },
  { id: '06', status: 401, code: 1012, read: ['auth', 'wish-token-refused'], write: auth },
  { id: '06', status: 401, code: undefined, read: ['auth', 'wish-token-refused'], write: auth },
  { id: '07', status: 400, code: 10001, read: ['auth', 'wish-credentials-wrong'], write: auth },
  { id: '08', status: 400, code: 10002, read: ['auth', 'wish-code-used'], write: auth },
  { id: '09', status: 400, code: 10004, read: ['auth', 'wish-code-expired'], write: auth },
  { id: '10', status: 400, code: 10008, read: ['auth', 'wish-code-wrong'], write: auth },
  { id: '11', status: 400, code: 90001, read: ['config', 'wish-refused'], write: { result: 'rejected', code: 'wish-refused' } },
  { id: '11', status: 200, code: 90001, read: ['config', 'wish-refused'], write: { result: 'rejected', code: 'wish-refused' } },
  { id: '13', status: 400, code: 4711, read: ['transient', 'wish-unknown-code'], write: unknown },
  { id: '13', status: 200, code: 4711, read: ['transient', 'wish-unknown-code'], write: unknown },
  { id: '14', status: 500, code: 0, read: ['transient', 'wish-unreadable-answer'], write: unknown },
  { id: '14', status: 500, code: 5000, read: ['transient', 'wish-unreadable-answer'], write: unknown },
  { id: '14', status: 500, code: 90001, read: ['transient', 'wish-unreadable-answer'], write: unknown },
  { id: '14', status: 500, code: 1002, read: ['transient', 'wish-unreadable-answer'], write: unknown },
  { id: '14', status: 503, code: undefined, read: ['transient', 'wish-unreadable-answer'], write: unknown },
  { id: '15', status: 200, code: undefined, read: ['transient', 'wish-unreadable-answer'], write: unknown },
  { id: '15', status: 404, code: undefined, read: ['transient', 'wish-unreadable-answer'], write: unknown },
] as const

describe('an answer that is no success', () => {
  test.each(documented)('to a read, HTTP $status with code $code, is $read [wish-error-$id]', ({ status, code, read }) => {
    const error = errorOf(answer(status, code))

    expect([error.kind, error.code]).toEqual(read)
    expect(error.context).toMatchObject({ shop: 'wish-1', requestId: 'r-1' })
    expect(error.message).toContain('shop wish-1 (Wish merchant m-1)')
  })

  test.each(documented)('to a write, HTTP $status with code $code, is $write.result [wish-error-$id]', ({ status, code, write }) => {
    const outcome = () => outcomeOfFailure(answer(status, code))

    if (write.result === 'throws auth') expect(outcome).toThrow(expect.objectContaining({ kind: 'auth' }))
    else expect(outcome()).toMatchObject(write)
  })

  test('HTTP 429 is waited for, with any code [wish-error-12]', () => {
    expect(errorOf(answer(429, 1001))).toMatchObject({ kind: 'rate-limit', code: 'wish-rate-limit' })
  })

  test('is told in the words of Wish, with status, code and the id that Wish asks for [wish-error-17]', () => {
    expect(outcomeOfFailure(answer(400, 1001))).toMatchObject({ message: 'HTTP 400, code 1001, request r-1: said by Wish' })
    expect(outcomeOfFailure(answer(502, undefined))).toMatchObject({
      message: 'reading order 1: HTTP 502, request r-1: said by Wish',
    })
  })
})

describe('a refusal of access says what to do', () => {
  test.each([
    [1002, 'ask Wish why'],
    [1006, connect],
    [1007, connect],
    [1008, connect],
    [1012, connect],
    [10001, 'enter those that the app has now'],
    [10002, connect],
    [10004, connect],
    [10008, connect],
  ])('after code %i: %s [wish-auth-10]', (code, advice) => {
    expect(errorOf(answer(400, code)).message).toContain(advice)
  })

  test.each([1008, 10002, 10004, 10008])('while a shop is being connected, the command that did it is not named again (%i)', (code) => {
    const error = errorOf({ ...answer(400, code), caller: { account: 'Wish app a-1', doing: 'connecting' } })

    expect(error.message).toMatch(/^Wish app a-1, connecting: .* give consent again and paste the new address$/)
  })
})

test.each([
  [200, 0, true],
  [200, 1001, false],
  [200, undefined, false],
  [500, 0, false],
])('HTTP %i with code %s is a success: %s [wish-error-16]', (status, code, expected) => {
  expect(isSuccess(answer(status, code))).toBe(expected)
})
