import { describe, expect, it } from 'vitest'
import type { FaultRule } from '../../../sandbox/index.ts'
import { createQuery, nodesOf, shopWorld, workQuery } from './shop-world.ts'

const bigQuery =
  '{ orders(first: 250) { nodes { id lineItems(first: 5) { nodes { id variant { id } product { id } } } shippingAddress { city } customer { id } } } }'

describe('the published limit', () => {
  it('is a bucket of points: an empty one throttles at HTTP 200, and time fills it', async () => {
    const { send, ask, passMs, simulated } = shopWorld({}, { limits: 'published' })
    const { extensions } = await ask(bigQuery)
    const { requestedQueryCost, throttleStatus } = extensions.cost
    expect(throttleStatus).toMatchObject({ maximumAvailable: 2_000, restoreRate: 100 })
    // Points that were reserved and not used come back, so asking for little often is what empties the bucket.
    let response = await send(bigQuery)
    for (let times = 0; times < 4_000 && !(await response.clone().text()).includes('THROTTLED'); times += 1) response = await send(bigQuery)

    expect(response.status).toBe(200)
    const throttled = (await response.json()) as {
      data?: unknown
      errors: unknown
      extensions: { cost: { throttleStatus: { currentlyAvailable: number } } }
    }
    expect(throttled.data).toBeUndefined()
    expect(throttled.errors).toMatchObject([{ message: 'Throttled', extensions: { code: 'THROTTLED' } }])
    const missing = requestedQueryCost - throttled.extensions.cost.throttleStatus.currentlyAvailable
    passMs((missing / 100) * 1_000 + 10)
    expect((await ask(bigQuery)).errors).toBeUndefined()
    expect(simulated.ledger('brand').requests.filter(({ outcome }) => outcome === 'refused')).toHaveLength(1)
  })

  it('depends on the plan of the shop', async () => {
    const { ask } = shopWorld({ plan: 'plus' }, { limits: 'published' })

    expect((await ask('{ shop { name } }')).extensions.cost.throttleStatus).toMatchObject({ maximumAvailable: 20_000, restoreRate: 1_000 })
  })

  it('does not hold in an open simulation, whose bucket looks full', async () => {
    const { ask } = shopWorld()
    for (let times = 0; times < 50; times += 1) await ask(bigQuery)

    const { errors, extensions } = await ask(bigQuery)

    expect(errors).toBeUndefined()
    expect(extensions.cost.throttleStatus.currentlyAvailable).toBe(extensions.cost.throttleStatus.maximumAvailable)
  })

  it('refuses a list of more than 250 entries in the input, and does nothing', async () => {
    const { ask, simulated } = shopWorld()
    const lines = Array.from({ length: 251 }, () => ({ id: 'gid://shopify/FulfillmentOrderLineItem/1', quantity: 1 }))
    const part = { fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/1', fulfillmentOrderLineItems: lines }

    const { data, errors } = await ask(createQuery, { f: { lineItemsByFulfillmentOrder: [part] } })

    expect(data).toBeUndefined()
    expect(errors).toMatchObject([{ extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } }])
    expect(simulated.ledger('brand').requests.at(-1)).toMatchObject({ isWrite: true, outcome: 'refused' })
  })

  it('refuses one document of more than 1,000 points where that rule is switched on', async () => {
    const { ask } = shopWorld({}, { switches: { 'largest-cost': true } })
    const { errors } = await ask(
      '{ orders(first: 250) { nodes { id lineItems(first: 5) { nodes { id variant { id } } } shippingAddress { city } billingAddress { city } } } }',
    )

    expect(errors?.[0]?.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', maxCost: 1_000 })
  })
})

describe('faults at a simulated shop', () => {
  function faultyWorld(rule: FaultRule) {
    const world = shopWorld()
    const ids = [0, 1, 2].map(() => {
      const id = world.place()
      world.passMs(60_000)
      return id
    })
    world.simulated.faults.set([rule])
    const names = async () => {
      const { data } = await world.ask('{ orders(first: 5, sortKey: UPDATED_AT) { nodes { name updatedAt } } }')
      return nodesOf(data?.['orders']).map((node) => String(node['name']))
    }
    return { ...world, ids, names }
  }

  it('G1 lists an order twice, G2 lists backwards', async () => {
    expect(await faultyWorld({ kind: 'G1-duplicate' }).names()).toEqual(['#1001', '#1002', '#1003', '#1001'])
    expect(await faultyWorld({ kind: 'G2-reordered' }).names()).toEqual(['#1003', '#1002', '#1001'])
  })

  it('G5 moves the first order of a page to the end once the page is read', async () => {
    const { names } = faultyWorld({ kind: 'G5-page-shift', times: 1 })

    expect(await names()).toEqual(['#1001', '#1002', '#1003'])
    expect(await names()).toEqual(['#1002', '#1003', '#1001'])
  })

  it('G7 gives all orders one time of change', async () => {
    const { ask } = faultyWorld({ kind: 'G7-one-timestamp' })

    const { data } = await ask('{ orders(first: 5) { nodes { updatedAt } } }')

    expect(new Set(nodesOf(data?.['orders']).map((node) => node['updatedAt']))).toHaveLength(1)
  })

  it('H20 lets reads show an order as it was before a write, for a while', async () => {
    const { ask, ids, passMs, ledgerOf } = faultyWorld({ kind: 'H20-read-lags-write', operations: ['fulfillmentCreate'] })
    const id = String(ids[0])
    const shipments = async () => nodesOf((await ask(workQuery, { id })).data?.['order']?.['fulfillments']).length
    const entry = nodesOf((await ask(workQuery, { id })).data?.['order']?.['fulfillmentOrders'])[0]
    await ask(createQuery, { f: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: entry?.['id'] }] } })

    expect(ledgerOf(id)?.status).toBe('shipped')
    expect(await shipments()).toBe(0)
    passMs(2_000)
    expect(await shipments()).toBe(1)
  })

  it('H5 after execution and H17 leave a shipment behind that the answer does not tell', async () => {
    for (const kind of ['H5-5xx-after', 'H17-200-error-body'] as const) {
      const { ask, send, ids, ledgerOf } = faultyWorld({ kind, operations: ['fulfillmentCreate'] })
      const id = String(ids[0])
      const entry = nodesOf((await ask(workQuery, { id })).data?.['order']?.['fulfillmentOrders'])[0]

      const text = await (await send(createQuery, { f: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: entry?.['id'] }] } })).text()

      expect(text).not.toContain('SUCCESS')
      expect(ledgerOf(id)?.status).toBe('shipped')
    }
  })

  it('a 429 is not executed, is logged as refused and carries the body of the platform', async () => {
    const { send, simulated } = faultyWorld({ kind: 'H1-429-seconds', operations: ['orders'] })

    const response = await send('{ orders(first: 5) { nodes { id } } }')

    expect(response.status).toBe(429)
    expect(await response.json()).toMatchObject({ errors: expect.stringContaining('Exceeded') })
    expect(simulated.ledger('brand').requests).toMatchObject([{ operation: 'orders', outcome: 'refused', status: 429 }])
  })

  it('strike the token endpoint as the operation "token"', async () => {
    const { post, simulated } = shopWorld({ auth: 'client-credentials' })
    simulated.faults.set([{ kind: 'H5-5xx-before', operations: ['token'] }])

    expect((await post('/admin/oauth/access_token', '{}', { 'content-type': 'application/json' })).status).toBe(503)
  })
})
