import { describe, expect, test } from 'vitest'
import { failure, goodAccess, http, orderRecord, scriptedGoodcang, success } from './scripted.ts'

const byReference = 'order/get_order_by_ref_code'
const reference = 'Q0123456789AB-1'

describe('looking an order up by our reference', () => {
  test('asks for exactly that reference', async () => {
    const { adapter, call, asked } = scriptedGoodcang({ [byReference]: [success({ data: orderRecord() })] })

    const found = await adapter.findOutbound(reference, call)

    expect(found).toMatchObject({ reference, wmsOrderNo: 'G000-210420-0004', status: 'processing', parked: false })
    expect(asked.map(({ path, body }) => ({ path, body }))).toEqual([{ path: byReference, body: { reference_no: reference } }])
  })

  test.each([
    ['Success with null', success({ data: null })],
    ['Success with an empty list', success({ data: [] })],
    ['Success without data', success()],
    ['a refusal without data', failure()],
    ['a refusal with an empty list', failure({ data: [] })],
    ['a refusal with the code for no data', failure({ Error: { errCode: 10103086, errMessage: 'no data' } })],
  ])('finds nothing on %s', async (_what, answer) => {
    const { adapter, call } = scriptedGoodcang({ ...goodAccess, [byReference]: [answer] })

    expect(await adapter.findOutbound(reference, call)).toBeUndefined()
  })

  test.each([
    ['no access at all', failure(), failure(), 'auth'],
    ['access that cannot be proved', failure(), http(503), 'transient'],
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

    await expect(adapter.findOutbound(reference, call)).rejects.toMatchObject({ kind })
  })

  test('prefers a living order to the discarded one that had the same reference', async () => {
    const discarded = orderRecord({ order_code: 'G1', order_status: 'X' })
    const living = orderRecord({ order_code: 'G2', order_status: 'C' })
    const { adapter, call } = scriptedGoodcang({ [byReference]: [success({ data: [discarded, living] })] })

    expect(await adapter.findOutbound(reference, call)).toMatchObject({ wmsOrderNo: 'G2', parked: true })
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
