import { afterEach, describe, expect, it } from 'vitest'
import { instantFromMs } from '../../../core/value/instant.ts'
import { createGoodcang, createShopify, type ServedSimulation, serveSimulation } from '../../../sandbox/index.ts'

const options = { now: () => instantFromMs(Date.parse('2026-11-24T10:00:00Z')), limits: 'open' as const }
const served: ServedSimulation[] = []

async function serve(simulated: Parameters<typeof serveSimulation>[0]) {
  const server = await serveSimulation(simulated)
  served.push(server)
  const control = (name: string, body: unknown) =>
    fetch(`${server.url}/_sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) }).then(async (response) => ({
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
    }))
  return { ...server, control }
}

afterEach(async () => {
  for (const server of served.splice(0)) await server.close()
})

const order = {
  currency: 'USD',
  shipTo: { name: 'Alex Sample', line1: '100 Example Street', city: 'Edison', state: 'NJ', postcode: '08817', country: 'US' },
  buyer: { id: 'b1', name: 'Alex Sample' },
  lines: [{ channelSku: 'MUG-RED', title: 'Mug', quantity: 1, unitPrice: '12.00' }],
}

describe('a served simulation', () => {
  it('listens on loopback, on a free port of its own', async () => {
    const { url, port } = await serve(createShopify(options))

    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect(port).toBeGreaterThan(0)
  })

  it("answers the platform's API over real HTTP", async () => {
    const { url, control } = await serve(createShopify(options))
    const { body: settings } = await control('accounts', { account: 'brand', options: { auth: 'static' } })
    await control('orders', { account: 'brand', order })

    const response = await fetch(`${url}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': String(settings['accessToken']) },
      body: JSON.stringify({ query: '{ orders(first: 5) { nodes { name } } }' }),
    })

    expect(await response.json()).toMatchObject({ data: { orders: { nodes: [{ name: '#1001' }] } } })
  })

  it('really does not answer a request that hangs, and really executes it where the fault says so', async () => {
    const { url, control } = await serve(createGoodcang(options))
    const { body: settings } = await control('accounts', { account: 'gc', options: { warehouses: ['USEA'], services: ['GROUND'] } })
    await control('stock', { account: 'gc', warehouseCode: 'USEA', wmsSku: 'MUG-RED', available: 5 })
    await control('faults', { rules: [{ kind: 'H6-timeout-after', operations: ['order/create_order'] }] })

    const call = fetch(`${url}/public_open/order/create_order`, {
      method: 'POST',
      signal: AbortSignal.timeout(300),
      headers: { 'content-type': 'application/json', 'app-key': String(settings['appKey']), 'app-token': String(settings['appToken']) },
      body: JSON.stringify({
        reference_no: 'Q1-1',
        shipping_method: 'GROUND',
        warehouse_code: 'USEA',
        country_code: 'US',
        province: 'NJ',
        city: 'Edison',
        address1: '100 Example Street',
        zipcode: '08817',
        name: 'Alex Sample',
        verify: 1,
        items: [{ product_sku: 'MUG-RED', quantity: 1 }],
      }),
    })

    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
    const ledger = await fetch(`${url}/_sandbox/ledger?account=gc`).then((response) => response.json())
    expect(ledger).toMatchObject({ outbounds: [{ reference: 'Q1-1', status: 'accepted' }] })
    const counts = await fetch(`${url}/_sandbox/faults`).then((response) => response.json())
    expect(counts).toEqual({ 'H6-timeout-after': 1 })
  })

  it('breaks the connection in the middle of the body for a reset', async () => {
    const { url, control } = await serve(createShopify(options))
    const { body: settings } = await control('accounts', { account: 'brand', options: { auth: 'static' } })
    await control('faults', { rules: [{ kind: 'H7-reset-after' }] })

    const response = await fetch(`${url}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'x-shopify-access-token': String(settings['accessToken']) },
      body: JSON.stringify({ query: '{ shop { name } }' }),
    })

    expect(response.status).toBe(200)
    expect(response.headers.get('x-sandbox-fault')).toBeNull()
    await expect(response.text()).rejects.toThrow()
  })

  it('cuts the connection of a request that hangs after the time it was told', async () => {
    const shopify = createShopify(options)
    const server = await serveSimulation(shopify, { hangMs: 20 })
    served.push(server)
    shopify.faults.set([{ kind: 'H16-never-answered' }])

    await expect(fetch(`${server.url}/admin/oauth/access_token`, { method: 'POST', body: '{}' })).rejects.toThrow('fetch failed')
  })

  it('closes although a client waits for an answer that never comes', async () => {
    const server = await serveSimulation(createShopify(options))
    await fetch(`${server.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ rules: [{ kind: 'H16-never-answered' }] }) })
    const waiting = fetch(`${server.url}/admin/oauth/access_token`, { method: 'POST', body: '{}' })

    await Promise.all([expect(waiting).rejects.toThrow(), server.close()])
  })
})

describe('the control API', () => {
  it('changes orders and shows the ledger', async () => {
    const { url, control } = await serve(createShopify(options))
    await control('accounts', { account: 'brand' })
    const { body } = await control('orders', { account: 'brand', order })

    await control('changes', { account: 'brand', platformOrderId: body['platformOrderId'], change: { type: 'cancel' } })

    const ledger = await fetch(`${url}/_sandbox/ledger?account=brand`).then((response) => response.json())
    expect(ledger).toMatchObject({ orders: [{ platformOrderId: body['platformOrderId'], status: 'cancelled' }] })
  })

  it('advances a warehouse and says how many orders moved', async () => {
    const { control } = await serve(createGoodcang(options))
    await control('accounts', { account: 'gc', options: { warehouses: ['USEA'], services: ['GROUND'] } })

    expect(await control('advance', { account: 'gc' })).toEqual({ status: 200, body: { moved: 0 } })
  })

  it('withdraws and gives back access', async () => {
    const { url, control } = await serve(createShopify(options))
    const { body: settings } = await control('accounts', { account: 'brand', options: { auth: 'static' } })
    const call = () =>
      fetch(`${url}/admin/api/2026-10/graphql.json`, {
        method: 'POST',
        headers: { 'x-shopify-access-token': String(settings['accessToken']) },
        body: JSON.stringify({ query: '{ shop { name } }' }),
      }).then((response) => response.status)

    await control('revoke', { account: 'brand' })
    expect(await call()).toBe(401)
    await control('restore', { account: 'brand' })
    expect(await call()).toBe(200)
  })

  it('says what is wrong with a body, an account or a change', async () => {
    const { control } = await serve(createShopify(options))

    expect(await control('orders', { account: 'brand', order: { ...order, colour: 'red' } })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('colour') },
    })
    expect(await control('orders', { account: 'brand', order })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('brand') },
    })
    expect(await control('advance', { account: 'brand' })).toMatchObject({ status: 404 })
  })
})
