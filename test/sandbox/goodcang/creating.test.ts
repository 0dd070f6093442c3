import { describe, expect, it } from 'vitest'
import { ordinary, warehouseWorld } from './warehouse-world.ts'

describe('order/create_order', () => {
  it('takes an approved order, reserves its stock and tells the code at the top level', async () => {
    const { create, stockOf, ledger } = warehouseWorld()

    const answer = await create()

    expect(answer).toMatchObject({ ask: 'Success', order_code: expect.stringMatching(/^G\d+-\d+$/) })
    expect(await stockOf('MUG-RED')).toMatchObject({ sellable: 8, reserved: 2, shipped: 0 })
    expect(ledger().outbounds).toMatchObject([{ reference: 'Q1-1', status: 'accepted', lines: [{ wmsSku: 'MUG-RED', quantity: 2 }] }])
  })

  it('tells the code inside data where that is switched on', async () => {
    const { create } = warehouseWorld({ switches: { 'order-code-in-data': true } })

    const answer = await create()

    expect(answer).not.toHaveProperty('order_code')
    expect(answer.data).toHaveProperty('order_code')
  })

  it('keeps an order that is not to be approved as a draft, without reserving', async () => {
    const { create, stockOf, ledger } = warehouseWorld()

    await create({ verify: 0 })

    expect(ledger().outbounds).toMatchObject([{ status: 'draft' }])
    expect(await stockOf('MUG-RED')).toMatchObject({ sellable: 10, reserved: 0 })
  })

  it('refuses a reference that a living order holds, and takes it again once that order is discarded', async () => {
    const { create, ask, ledger } = warehouseWorld()
    const first = await create()

    expect(await create()).toMatchObject({ ask: 'Failure', data: null })
    await ask('order/cancel_order', { order_code: first['order_code'], reason: 'test' })
    expect(await create()).toMatchObject({ ask: 'Success' })
    expect(ledger().outbounds.map(({ status }) => status)).toEqual(['cancelled', 'accepted'])
  })

  it('refuses business mistakes with HTTP 200', async () => {
    const { send, create } = warehouseWorld()

    expect((await send('order/create_order', { ...ordinary, warehouse_code: 'NOWHERE' })).status).toBe(200)
    expect(await create({ warehouse_code: 'NOWHERE' })).toMatchObject({ ask: 'Failure' })
    expect(await create({ shipping_method: 'ROCKET' })).toMatchObject({ ask: 'Failure' })
    expect(await create({ items: [{ product_sku: 'NOTHING', quantity: 1 }] })).toMatchObject({ ask: 'Failure' })
  })

  it('refuses what is not in stock, or takes it as an exception where that is switched on', async () => {
    const tooMuch = {
      items: [
        { product_sku: 'MUG-RED', quantity: 6 },
        { product_sku: 'MUG-RED', quantity: 6 },
      ],
    }
    const strict = warehouseWorld()
    const lenient = warehouseWorld({ switches: { 'short-stock-becomes-exception': true } })

    expect(await strict.create(tooMuch)).toMatchObject({ ask: 'Failure' })
    expect(strict.ledger().outbounds).toEqual([])
    const { order_code: code } = await lenient.create(tooMuch)
    expect(await lenient.detail(code)).toMatchObject({ order_status: 'N', abnormal_problem_reason: expect.stringContaining('MUG-RED') })
  })

  it.each([
    ['a field it does not know', { colour: 'red' }],
    ['a field that is too long', { address1: 'x'.repeat(51) }],
    ['a SKU that is too long', { items: [{ product_sku: 'x'.repeat(25), quantity: 1 }] }],
    ['a reference that is too long', { reference_no: 'x'.repeat(51) }],
    ['a field of another type', { zipcode: 8817 }],
    ['a missing field', { province: undefined }],
    ['no address line', { address1: undefined }],
    ['no lines', { items: [] }],
    ['a quantity that is no number', { items: [{ product_sku: 'MUG-RED', quantity: '2' }] }],
    ['no service', { shipping_method: undefined }],
    ['a service although the warehouse shall choose', { vas: { logistics_recommendation_option: 1 } }],
  ])('refuses %s', async (_what, change) => {
    const { create, ledger } = warehouseWorld()

    expect(await create(change)).toMatchObject({ ask: 'Failure', message: expect.stringContaining('参数错误') })
    expect(ledger().outbounds).toEqual([])
    expect(ledger().requests).toMatchObject([{ operation: 'order/create_order', isWrite: true, outcome: 'refused' }])
  })

  it('takes the second address line in place of the first, and chooses a service where it shall', async () => {
    const { create } = warehouseWorld()

    expect(await create({ address1: undefined, address2: '100 Example Street' })).toMatchObject({ ask: 'Success' })
    expect(await create({ reference_no: 'Q2-1', shipping_method: undefined, vas: { logistics_recommendation_option: 1 } })).toMatchObject({
      ask: 'Success',
    })
  })

  it('logs each write with the reference it was about', async () => {
    const { create, ask, ledger } = warehouseWorld()
    const { order_code: code } = await create()
    await ask('order/cancel_order', { order_code: code, reason: 'test' })

    expect(ledger().requests).toMatchObject([
      { operation: 'order/create_order', outcome: 'executed', subject: 'Q1-1', status: 200 },
      { operation: 'order/cancel_order', outcome: 'executed', subject: 'Q1-1' },
    ])
  })
})

describe('access', () => {
  it('needs both headers to be right; a wrong one is a business failure, or 401 where that is switched on', async () => {
    const usual = warehouseWorld()
    const strict = warehouseWorld({ switches: { 'access-refused-with-401': true } })

    const refused = await usual.send('base_data/get_warehouse', {}, { 'app-token': 'wrong' })
    expect([refused.status, await refused.json()]).toMatchObject([200, { ask: 'Failure' }])
    expect((await strict.send('base_data/get_warehouse', {}, { 'app-key': 'wrong' })).status).toBe(401)
    expect(await usual.ask('base_data/get_warehouse')).toMatchObject({ ask: 'Success' })
  })

  it('goes by credentials of the caller where they are given', async () => {
    const { simulated, send } = warehouseWorld()
    const chosen = { warehouses: ['JPOS'], services: ['YAMATO'], appKey: 'demo-key', appToken: 'demo-token' }

    expect(simulated.addAccount('demo', chosen)).toEqual({ appKey: 'demo-key', appToken: 'demo-token' })
    const answer = await send('base_data/get_warehouse', {}, { 'app-key': 'demo-key', 'app-token': 'demo-token' })
    expect(await answer.json()).toMatchObject({ data: [{ warehouse_code: 'JPOS' }] })
  })

  it('ends when it is revoked and comes back when it is restored', async () => {
    const { simulated, create } = warehouseWorld()

    simulated.revoke('gc')
    expect(await create()).toMatchObject({ ask: 'Failure' })
    simulated.restore('gc')
    expect(await create()).toMatchObject({ ask: 'Success' })
  })

  it('is by POST on documented paths only', async () => {
    const { simulated, send } = warehouseWorld()

    expect((await send('order/burn_order', {})).status).toBe(404)
    expect((await simulated.fetch(new Request('http://127.0.0.1/public_open/base_data/get_warehouse'))).status).toBe(404)
  })
})
