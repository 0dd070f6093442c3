import { describe, expect, test } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { instantFromMs } from '../../../core/value/instant.ts'
import { isNoData, outcomeOfFailedWrite, readAnswer, saysNone, withoutPersonalData } from '../../../wms-adapter/goodcang/map-error.ts'
import { http } from './scripted.ts'

const where = { account: 'gc', path: 'order/get_order_list', now: instantFromMs(Date.parse('2026-11-24T08:00:00Z')) }
const read = (body: unknown) => readAnswer(http(200, typeof body === 'string' ? body : JSON.stringify(body)), where)

describe('the frame of an answer', () => {
  test.each([
    [300, 'transient', 'wms-http-error'],
    [400, 'transient', 'wms-http-error'],
    [401, 'auth', 'wms-access-refused'],
    [403, 'auth', 'wms-access-refused'],
    [404, 'transient', 'wms-http-error'],
    [422, 'transient', 'wms-http-error'],
    [429, 'rate-limit', 'wms-rate-limited'],
    [500, 'transient', 'wms-http-error'],
    [503, 'transient', 'wms-http-error'],
  ])('HTTP %i is %s (%s), whatever the body says', (status, kind, code) => {
    const act = () => readAnswer(http(status, '{"ask":"Success","order_code":"G1"}'), where)

    expect(act).toThrow(expect.objectContaining({ kind, code }))
  })

  test.each([
    ['401', 'auth'],
    ['403', 'auth'],
    ['429', 'rate-limit'],
    ['500', 'transient'],
    ['502', 'transient'],
    ['503', 'transient'],
    ['504', 'transient'],
  ])('code %s in the body means what the same HTTP status means: %s', (code, kind) => {
    const bodies = [
      { ask: 'Failure', Error: { errCode: code, errMessage: '' } },
      { ask: 'Failure', errCode: Number(code) },
      { code: Number(code), message: 'no' },
    ]

    for (const body of bodies) expect(() => read(body)).toThrow(expect.objectContaining({ kind }))
  })

  test.each(['', '   ', '<html>', '{"ask":', 'null', '"Success"', '[]', '{}', '{"code":0}', '{"ask":{}}'])('%j is garbled', (body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ kind: 'transient', code: 'wms-answer-garbled' }))
  })

  test.each([
    [{ ask: 'Failure', message: 'a', Error: { errCode: '1', errMessage: 'b' } }, '1', 'b'],
    [{ ask: 'Failure', message: 'a', errCode: '' }, undefined, 'a'],
    [{ ask: 'success', message: 'a' }, undefined, 'a'],
    [{ ask: '0', Error: null }, undefined, 'no reason given'],
    [{ ask: 'Failure', message: 'a', Error: 'odd' }, undefined, 'a'],
  ])('every ask but Success is a refusal: %j', (body, code, message) => {
    expect(read(body)).toMatchObject({ ask: 'refused', code, message })
  })

  test('a byte order mark does not hide a success', () => {
    expect(read('\uFEFF{"ask":"Success"}')).toMatchObject({ ask: 'success' })
  })

  test.each([
    [{ ask: 'Failure', Error: { errCode: '400' } }, true],
    [{ ask: 'Failure', errCode: 10103086, data: [] }, true],
    [{ ask: 'Failure', errCode: '10103099' }, false],
    [{ ask: 'Failure', message: '没有数据' }, false],
    [{ ask: 'Failure', errCode: '400', data: [{ order_code: 'G1' }] }, false],
    [{ ask: 'Success', data: [] }, false],
  ])('%j stands for an empty list: %s', (body, expected) => {
    expect(isNoData(read(body))).toBe(expected)
  })
})

describe('a write whose call threw', () => {
  const { signal } = new AbortController()

  test.each([
    [new SyncError('auth', '', { code: 'wms-access-refused' })],
    [new SyncError('rate-limit', '', { code: 'wms-rate-limited' })],
    [new SyncError('transient', '', { code: 'not-connected', notSent: true })],
    [new Error('a bug')],
  ])('was not executed, and the error goes on (%#)', (error) => {
    expect(() => outcomeOfFailedWrite(error, signal)).toThrow(error)
  })

  test.each(['no-answer', 'wms-http-error', 'wms-answer-garbled'])('is unknown after %s', (code) => {
    expect(outcomeOfFailedWrite(new SyncError('transient', 'why', { code }), signal)).toEqual({ result: 'unknown', code, message: 'why' })
  })
})

describe('the refusal of a look-up', () => {
  const saysNoneOf = (message: string, more: object = {}): boolean => {
    const body = JSON.stringify({ ask: 'Failure', message, data: [], ...more })
    const answer = readAnswer(http(200, body), where)
    if (answer.ask !== 'refused') throw new Error('the answer is no refusal')
    return saysNone(answer)
  }

  test.each([
    '订单不存在',
    '没有查询到该订单',
    '未查到数据',
    '数据为空',
    '无效的参考号',
    'Order not found',
    'The order does not exist',
    "order doesn't exist",
    'No record',
    'Invalid reference',
  ])('that says "%s" means that there is none', (message) => {
    expect(saysNoneOf(message)).toBe(true)
  })

  test.each(['系统繁忙，请稍后再试', 'system busy', 'Internal error', '参数错误', '没有权限'])(
    'that says "%s" leaves it open',
    (message) => {
      expect(saysNoneOf(message)).toBe(false)
      expect(saysNoneOf(message, { Error: { errCode: '10103086' } })).toBe(true)
    },
  )

  test('with an order in it is no absence, whatever it says', () => {
    expect(saysNoneOf('not found', { data: { order_code: 'G1' } })).toBe(false)
  })
})

describe('texts of the warehouse', () => {
  test('lose personal data, the longest first', () => {
    expect(withoutPersonalData('Ann Annason, Ann', ['Ann', 'Ann Annason', undefined, '', 'x'])).toBe('***, ***')
  })

  test('are shortened for the log', () => {
    expect(withoutPersonalData('x'.repeat(400), [])).toHaveLength(300)
  })
})
