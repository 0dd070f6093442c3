import { describe, expect, test } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { failure, goodAccess, http, orderRecord, outboundRequest, scriptedGoodcang, success } from './scripted.ts'

const create = 'order/create_order'
const byReference = 'order/get_order_by_ref_code'
const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })

describe('creating an order at Goodcang', () => {
  test.each([
    ['at the top level', success({ order_code: 'G1' })],
    ['under data', success({ data: { order_code: 'G1' } })],
    ['at both places', success({ order_code: 'G1', data: { order_code: 'G1' } })],
  ])('is confirmed by Success with an order code %s', async (_where, answer) => {
    const { adapter, call, asked } = scriptedGoodcang({ [create]: [answer] })

    expect(await adapter.createOutbound(outboundRequest(), call)).toEqual({ result: 'confirmed', remoteId: 'G1' })
    expect(asked).toHaveLength(1)
  })

  test('goes to the documented address with both headers, and approves at once', async () => {
    const { adapter, call, asked } = scriptedGoodcang({ [create]: [success({ order_code: 'G1' })] })

    await adapter.createOutbound(outboundRequest(), call)

    expect(asked[0]?.request).toMatchObject({
      method: 'POST',
      url: 'https://oms.goodcang.net/public_open/order/create_order',
      headers: { 'content-type': 'application/json', 'app-key': 'key-for-tests-1234', 'app-token': 'token-for-tests' },
      signal: call.signal,
      timeoutMs: 30_000,
    })
    expect(asked[0]?.body).toMatchObject({ reference_no: 'Q0123456789AB-1', verify: 1, platform: 'OTHER' })
    expect(call.calls).toEqual([{ operation: 'default', cost: 1 }])
  })

  test.each([
    ['no answer', noAnswer, 'no-answer'],
    ['HTTP 502', http(502, 'Bad Gateway'), 'wms-http-error'],
    ['HTTP 400', http(400, '{}'), 'wms-http-error'],
    ['a web page', http(200, '<!doctype html>'), 'wms-answer-garbled'],
    ['half an answer', http(200, '{"ask":"Succ'), 'wms-answer-garbled'],
    ['JSON of another kind', http(200, '{"error":"internal"}'), 'wms-answer-garbled'],
    ['an array', http(200, '[]'), 'wms-answer-garbled'],
    ['Success without an order code', success(), 'order-code-missing'],
    ['a server code in the body', failure({ Error: { errCode: '500', errMessage: 'busy' } }), 'wms-http-error'],
  ])('is unknown after %s, and nothing is looked up', async (_what, answer, code) => {
    const { adapter, call, asked } = scriptedGoodcang({ [create]: [answer] })

    expect(await adapter.createOutbound(outboundRequest(), call)).toMatchObject({ result: 'unknown', code })
    expect(asked).toHaveLength(1)
  })

  test.each([401, 403])('throws auth on HTTP %i and names the account', async (status) => {
    const { adapter, call } = scriptedGoodcang({ [create]: [http(status)] })

    await expect(adapter.createOutbound(outboundRequest(), call)).rejects.toMatchObject({
      kind: 'auth',
      code: 'wms-access-refused',
      message: expect.stringContaining('account gc'),
    })
  })

  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date', { 'retry-after': 'Tue, 24 Nov 2026 08:00:09 GMT' }, 9_000],
    ['nothing', {}, 3_000],
    ['an absurd time', { 'retry-after': '1000000000' }, 600_000],
  ])('throws rate-limit on HTTP 429 with %s, and tells the gate', async (_what, headers, retryAfterMs) => {
    const { adapter, call } = scriptedGoodcang({ [create]: [http(429, '', headers)] })

    await expect(adapter.createOutbound(outboundRequest(), call)).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs })
    expect(call.observations).toEqual([{ operation: 'default', observation: { remaining: 0, retryAfterMs } }])
  })

  test('throws on a request that never left', async () => {
    const notSent = new SyncError('transient', 'refused', { code: 'not-connected', notSent: true })
    const { adapter, call } = scriptedGoodcang({ [create]: [notSent] })

    await expect(adapter.createOutbound(outboundRequest(), call)).rejects.toBe(notSent)
  })

  test('is unknown when the call was stopped in the middle', async () => {
    const { adapter, call } = scriptedGoodcang({ [create]: [new Error('stopped')] })
    const running = adapter.createOutbound(outboundRequest(), call)
    call.abort()

    expect(await running).toMatchObject({ result: 'unknown', code: 'call-aborted' })
  })

  test('hands a mistake of our own on as it is', async () => {
    const mistake = new Error('a bug')
    const { adapter, call } = scriptedGoodcang({ [create]: [mistake] })

    await expect(adapter.createOutbound(outboundRequest(), call)).rejects.toBe(mistake)
  })

  test('sends nothing when a field does not fit', async () => {
    const { adapter, call, asked } = scriptedGoodcang({})

    const outcome = await adapter.createOutbound(outboundRequest({ serviceCode: 'X'.repeat(33) }), call)

    expect(outcome).toMatchObject({ result: 'rejected', code: 'validation' })
    expect(asked).toHaveLength(0)
  })
})

describe('a create that Goodcang refuses', () => {
  test('is unknown when the reference exists, whatever the text says', async () => {
    const { adapter, call } = scriptedGoodcang({ [create]: [failure()], [byReference]: [success({ data: orderRecord() })] })

    const outcome = await adapter.createOutbound(outboundRequest(), call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'reference-exists' })
    expect(outcome).toMatchObject({ message: expect.stringContaining('G000-210420-0004') })
  })

  test('is rejected when the reference does not exist', async () => {
    const { adapter, call } = scriptedGoodcang({
      ...goodAccess,
      [create]: [failure({ Error: { errCode: 10103001, errMessage: 'SKU FISH65 does not exist' } })],
      [byReference]: [failure({ message: 'no such order' })],
    })

    expect(await adapter.createOutbound(outboundRequest(), call)).toEqual({
      result: 'rejected',
      code: 'wms-refused',
      message: 'SKU FISH65 does not exist',
    })
  })

  test.each(['参考号已存在:Q0123456789AB-1', '参考编号重复: Q0123456789AB-1', 'reference_no already exists', 'Duplicate reference number'])(
    'is unknown when it says that the reference is taken, although no look-up shows it yet: %s',
    async (message) => {
      const { adapter, call } = scriptedGoodcang({
        ...goodAccess,
        [create]: [failure({ message })],
        [byReference]: [failure({ message: '订单不存在' })],
      })

      expect(await adapter.createOutbound(outboundRequest(), call)).toMatchObject({ result: 'unknown', code: 'reference-exists' })
    },
  )

  test('shows no personal data in its message', async () => {
    const message = 'Robin Example, 12 Harbor Road (robin@example.com) cannot be served from USEA; tell Robin'
    const { adapter, call } = scriptedGoodcang({
      ...goodAccess,
      [create]: [failure({ message })],
      [byReference]: [success({ data: null })],
    })

    const outcome = await adapter.createOutbound(outboundRequest(), call)

    expect(outcome).toMatchObject({ result: 'rejected', message: '***, *** (***) cannot be served from USEA; tell ***' })
  })

  test.each([
    ['is not answered', noAnswer],
    ['is throttled', http(429)],
    ['is garbled', http(200, '<html>')],
    ['shows another order', success({ data: orderRecord({ reference_no: 'Q9999999999ZZ-1' }) })],
    ['shows an order that cannot be read', success({ data: orderRecord({ items: [{ product_sku: 'A', quantity: 'two' }] }) })],
    ['is refused with data', failure({ data: { order_code: 'G1' } })],
    ['is refused because the warehouse is busy', failure({ message: '系统繁忙，请稍后重试', data: [] })],
  ])('is unknown when the look-up %s', async (_what, answer) => {
    const { adapter, call } = scriptedGoodcang({ ...goodAccess, [create]: [failure()], [byReference]: [answer] })

    expect(await adapter.createOutbound(outboundRequest(), call)).toMatchObject({ result: 'unknown', code: 'wms-refusal-unproven' })
  })

  test('throws auth when every call is refused, so that the order is not blamed', async () => {
    const { adapter, call } = scriptedGoodcang({
      [create]: [failure()],
      [byReference]: [failure()],
      'base_data/get_warehouse': [failure()],
    })

    await expect(adapter.createOutbound(outboundRequest(), call)).rejects.toMatchObject({ kind: 'auth' })
  })
})
