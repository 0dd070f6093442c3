import { describe, expect, test } from 'vitest'
import { failure, goodAccess, http, orderRecord, scriptedGoodcang, success } from './scripted.ts'

const byReference = 'order/get_order_by_ref_code'
const byCode = 'order/get_order_by_code'
const wmsOrderNo = 'G000-210420-0004'
const reference = 'Q0123456789AB-1'

describe('looking an order up by our reference', () => {
  test('asks for exactly that reference', async () => {
    const { adapter, call, asked } = scriptedGoodcang({ [byReference]: [success({ data: orderRecord() })] })

    const found = await adapter.findOutbound({ reference }, call)

    expect(found).toMatchObject({ reference, wmsOrderNo: 'G000-210420-0004', status: 'processing', parked: false })
    expect(asked.map(({ path, body }) => ({ path, body }))).toEqual([{ path: byReference, body: { reference_no: reference } }])
  })

  test.each([
    ['Success with null', success({ data: null })],
    ['Success with an empty list', success({ data: [] })],
    ['Success without data', success()],
    ['a refusal that says so', failure({ message: '订单不存在' })],
    ['a refusal that says so in English', failure({ message: 'Order G1 does not exist', data: [] })],
    ['a refusal with the code for no data', failure({ Error: { errCode: 10103086, errMessage: '失败' } })],
  ])('finds nothing on %s', async (_what, answer) => {
    const { adapter, call } = scriptedGoodcang({ ...goodAccess, [byReference]: [answer] })

    expect(await adapter.findOutbound({ reference }, call)).toBeUndefined()
  })

  test.each([
    ['no access at all', failure(), failure(), 'auth'],
    ['no access, whatever is said not to exist', failure({ message: 'app-key 不存在' }), failure(), 'auth'],
    ['access that cannot be proved', failure({ message: '订单不存在' }), http(503), 'transient'],
    ['a busy warehouse', failure({ message: '系统繁忙，请稍后重试', data: [] }), success(), 'transient'],
    ['a refusal without a reason', failure(), success(), 'transient'],
    ['a code for refused access', failure({ Error: { errCode: 401 } }), failure(), 'auth'],
    ['a gateway that speaks the other frame', { code: 403, message: 'forbidden' }, failure(), 'auth'],
    ['a rate limit in the body', { code: 429, message: 'slow down' }, failure(), 'rate-limit'],
    ['a server code in the body', failure({ errCode: '500' }), failure(), 'transient'],
    ['HTTP 500', http(500), failure(), 'transient'],
    ['a refusal that has data', failure({ data: { order_code: 'G1' } }), success(), 'transient'],
    ['another order', success({ data: orderRecord({ reference_no: 'Q9999999999ZZ-1' }) }), success(), 'transient'],
    ['text instead of an order', success({ data: 'G1' }), success(), 'transient'],
    ['an order without a number', success({ data: orderRecord({ order_code: null }) }), success(), 'transient'],
  ])('does not take %s for an absence', async (_what, answer, access, kind) => {
    const { adapter, call } = scriptedGoodcang({ [byReference]: [answer], 'base_data/get_warehouse': [access] })

    await expect(adapter.findOutbound({ reference }, call)).rejects.toMatchObject({ kind })
  })

  test('prefers a living order to the discarded one that had the same reference', async () => {
    const discarded = orderRecord({ order_code: 'G1', order_status: 'X' })
    const living = orderRecord({ order_code: 'G2', order_status: 'C' })
    const { adapter, call } = scriptedGoodcang({ [byReference]: [success({ data: [discarded, living] })] })

    expect(await adapter.findOutbound({ reference }, call)).toMatchObject({ wmsOrderNo: 'G2', parked: true })
  })
})

describe('looking an order up by the number that the warehouse gave it', () => {
  test('asks for that number, also when another order has the reference by now', async () => {
    const { adapter, call, asked } = scriptedGoodcang({ [byCode]: [success({ data: orderRecord({ order_status: 'X' }) })] })

    expect(await adapter.findOutbound({ reference, wmsOrderNo }, call)).toMatchObject({ wmsOrderNo, status: 'cancelled' })
    expect(asked.map(({ path, body }) => ({ path, body }))).toEqual([{ path: byCode, body: { order_code: wmsOrderNo } }])
  })

  test('falls back to the reference while no number is known', async () => {
    const { adapter, call, asked } = scriptedGoodcang({ [byReference]: [success({ data: orderRecord() })] })

    await adapter.findOutbound({ reference, wmsOrderNo: '' }, call)

    expect(asked.map(({ path }) => path)).toEqual([byReference])
  })

  test('does not take a busy warehouse for an absence', async () => {
    const { adapter, call } = scriptedGoodcang({ ...goodAccess, [byCode]: [failure({ message: '系统繁忙，请稍后重试', data: [] })] })

    await expect(adapter.findOutbound({ reference, wmsOrderNo }, call)).rejects.toMatchObject({
      kind: 'transient',
      code: 'wms-read-refused',
      message: expect.stringContaining('系统繁忙'),
    })
  })
})

describe('checking access', () => {
  test('shows the end of the app key and nothing else of the login', async () => {
    const { adapter, call } = scriptedGoodcang(goodAccess)

    expect(await adapter.checkAccess(call)).toEqual({ account: 'app key ending in 1234', warnings: [] })
  })

  test('warns when no warehouse is open', async () => {
    const { adapter, call } = scriptedGoodcang({ 'base_data/get_warehouse': [success({ data: [] })] })

    expect((await adapter.checkAccess(call)).warnings).toHaveLength(1)
  })

  test.each([http(401), http(403), failure({ message: 'app-token error' })])(
    'throws auth when the login is refused (%#)',
    async (answer) => {
      const { adapter, call } = scriptedGoodcang({ 'base_data/get_warehouse': [answer] })

      await expect(adapter.checkAccess(call)).rejects.toMatchObject({
        kind: 'auth',
        message: expect.not.stringContaining('token-for-tests'),
      })
    },
  )
})
