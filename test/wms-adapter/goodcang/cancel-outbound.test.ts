import { describe, expect, test } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { failure, goodAccess, http, orderRecord, scriptedGoodcang, success } from './scripted.ts'

const cancel = 'order/cancel_order'
const byCode = 'order/get_order_by_code'
const order = { reference: 'Q0123456789AB-1', wmsOrderNo: 'G000-210420-0004' }

describe('cancelling an order at Goodcang', () => {
  test.each([
    [2, { result: 'confirmed', remoteId: order.wmsOrderNo }],
    ['2', { result: 'confirmed', remoteId: order.wmsOrderNo }],
    [4, { result: 'confirmed', remoteId: order.wmsOrderNo }],
    [1, { result: 'accepted', remoteId: order.wmsOrderNo }],
    [3, { result: 'rejected', code: 'not-cancellable' }],
  ])('with cancel_status %j needs no further look', async (status, outcome) => {
    const { adapter, call, asked } = scriptedGoodcang({ [cancel]: [success({ order_code: order.wmsOrderNo, cancel_status: status })] })

    expect(await adapter.cancelOutbound(order, 'buyer cancelled', call)).toMatchObject(outcome)
    expect(asked.map(({ path, body }) => ({ path, body }))).toEqual([
      { path: cancel, body: { order_code: order.wmsOrderNo, reason: 'buyer cancelled' } },
    ])
  })

  test('reads cancel_status under data as well', async () => {
    const { adapter, call } = scriptedGoodcang({ [cancel]: [success({ data: { cancel_status: '1' } })] })

    expect(await adapter.cancelOutbound(order, 'late', call)).toMatchObject({ result: 'accepted' })
  })

  test.each([
    ['refused', failure(), 'X', { result: 'confirmed' }],
    ['refused', failure({ cancel_status: 3 }), 'W', { result: 'rejected', code: 'not-cancellable' }],
    ['refused', failure(), 'D', { result: 'rejected', code: 'not-cancellable' }],
    ['without a status', success(), 'X', { result: 'confirmed' }],
    ['without a status', success(), 'D', { result: 'rejected', code: 'not-cancellable' }],
    ['without a status', success({ cancel_status: 0 }), 'W', { result: 'unknown', code: 'cancel-status-unknown' }],
    ['with a status that is not known', success({ cancel_status: 9 }), 'W', { result: 'unknown', code: 'cancel-status-unknown' }],
  ])('%s is decided by reading the order (%#)', async (_what, answer, letter, outcome) => {
    const shown = orderRecord({ order_status: letter, date_shipping: '2026-11-24 16:00:00' })
    const { adapter, call } = scriptedGoodcang({ [cancel]: [answer], [byCode]: [success({ data: shown })] })

    expect(await adapter.cancelOutbound(order, 'late', call)).toMatchObject(outcome)
  })

  test('is unknown when the order cannot be found any more', async () => {
    const { adapter, call } = scriptedGoodcang({ ...goodAccess, [cancel]: [failure()], [byCode]: [failure({ message: '订单不存在' })] })

    expect(await adapter.cancelOutbound(order, 'late', call)).toMatchObject({ result: 'unknown', code: 'wms-cancel-unproven' })
  })

  test('is unknown when its answer is lost', async () => {
    const { adapter, call } = scriptedGoodcang({ [cancel]: [new SyncError('transient', 'no answer', { code: 'no-answer' })] })

    expect(await adapter.cancelOutbound(order, 'late', call)).toMatchObject({ result: 'unknown', code: 'no-answer' })
  })

  test('throws rate-limit on HTTP 429', async () => {
    const { adapter, call } = scriptedGoodcang({ [cancel]: [http(429)] })

    await expect(adapter.cancelOutbound(order, 'late', call)).rejects.toMatchObject({ kind: 'rate-limit' })
  })
})
