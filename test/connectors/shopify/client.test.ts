import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { shopify } from '../../../connectors/shopify/index.ts'
import type { Shop } from '../../../core/model/shop.ts'
import type { Transport } from '../../../core/ports/transport.ts'
import { parseInstant } from '../../../core/value/instant.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'
import { httpTransport } from '../../fakes/http-transport.ts'
import { orderJson } from './order-fixture.ts'

const path = '/admin/api/2026-10/graphql.json'
const order = { data: { order: orderJson() } }

function shopNamed(name: string, settings: object = { clientId: 'client', clientSecret: 'secret' }): Shop {
  const since = parseInstant('2026-11-24T00:00:00Z')
  if (!since) throw new Error('an instant')
  return {
    id: name,
    platform: 'shopify',
    clientId: 'default',
    pollEveryMs: 300_000,
    overlapMs: 600_000,
    since,
    limits: {},
    settleMs: 1_000,
    settings: { shop: `${name}.myshopify.com`, ...settings },
  }
}

function read(name: string, call = fakeCallContext(), settings?: object, transport: Transport = httpTransport()) {
  return shopify.create(shopNamed(name, settings), transport).fetchOrder('gid://shopify/Order/5001', call)
}

function grant(name: string, token = 'token-1') {
  return nock(`https://${name}.myshopify.com`)
    .post('/admin/oauth/access_token', { client_id: 'client', client_secret: 'secret', grant_type: 'client_credentials' })
    .reply(200, { access_token: token, scope: 'read_orders', expires_in: 86_399 })
}

describe('traffic with Shopify', () => {
  beforeEach(() => {
    nock.disableNetConnect()
  })
  afterEach(() => {
    nock.abortPendingRequests()
    nock.cleanAll()
    nock.enableNetConnect()
  })

  test('gets a token once and sends it with every query [shopify-auth-02]', async () => {
    const call = fakeCallContext()
    const token = grant('brand')
    const api = nock('https://brand.myshopify.com').post(path).matchHeader('x-shopify-access-token', 'token-1').twice().reply(200, order)

    await read('brand', call)
    const again = await read('brand', call)

    expect(again?.platformOrderId).toBe('gid://shopify/Order/5001')
    expect(token.isDone() && api.isDone()).toBe(true)
    expect(call.calls.map((one) => one.operation)).toEqual(['token', 'graphql', 'graphql'])
  })

  test('asks for a new token when the old one is refused, and repeats the query once [shopify-error-02]', async () => {
    grant('brand', 'token-1')
    const api = nock('https://brand.myshopify.com')
    api.post(path).matchHeader('x-shopify-access-token', 'token-1').reply(401, { errors: '[API] Invalid API key or access token' })
    grant('brand', 'token-2')
    api.post(path).matchHeader('x-shopify-access-token', 'token-2').reply(200, order)

    const found = await read('brand')

    expect(found?.platformOrderId).toBe('gid://shopify/Order/5001')
  })

  test('gives up after the second refusal, naming shop and host [shopify-error-02]', async () => {
    grant('brand', 'token-1')
    grant('brand', 'token-2')
    nock('https://brand.myshopify.com').post(path).twice().reply(401, {})

    await expect(read('brand')).rejects.toMatchObject({
      kind: 'auth',
      code: 'shopify-token-refused',
      message: expect.stringMatching(/shop brand: brand\.myshopify\.com/),
    })
  })

  test('uses a permanent token as it is [shopify-auth-01]', async () => {
    const call = fakeCallContext()
    nock('https://old.myshopify.com').post(path).matchHeader('x-shopify-access-token', 'shpat_1').reply(200, order)

    await read('old', call, { accessToken: 'shpat_1' })

    expect(call.calls.map((one) => one.operation)).toEqual(['graphql'])
  })

  test('keeps two shops apart that are read at the same time, each over its own transport [shopify-field-02]', async () => {
    const used: string[] = []
    const through = (name: string): Transport => ({
      send: async (request) => {
        used.push(`${name} ${new URL(request.url).host}`)
        const isGrant = request.url.endsWith('/access_token')
        const body = isGrant ? { access_token: name, expires_in: 86_399 } : { data: { order: orderJson({ name: `#${name}` }) } }
        return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      },
    })

    const orders = await Promise.all([
      read('one', fakeCallContext(), undefined, through('one')),
      read('two', fakeCallContext(), undefined, through('two')),
    ])

    expect(orders.map((found) => found?.displayNumber)).toEqual(['#one', '#two'])
    expect([...new Set(used)].sort()).toEqual(['one one.myshopify.com', 'two two.myshopify.com'])
  })

  test('reports the points of each answer to the gate and reserves the learned cost next time [shopify-limit-01] [shopify-limit-02]', async () => {
    const call = fakeCallContext()
    const cost = {
      requestedQueryCost: 61,
      actualQueryCost: 20,
      throttleStatus: { maximumAvailable: 4_000, currentlyAvailable: 3_980, restoreRate: 200 },
    }
    nock('https://old.myshopify.com')
      .post(path)
      .twice()
      .reply(200, { ...order, extensions: { cost } })
    const connector = shopify.create(shopNamed('old', { accessToken: 'shpat_1' }), httpTransport())

    await connector.fetchOrder('gid://shopify/Order/5001', call)
    await connector.fetchOrder('gid://shopify/Order/5001', call)

    expect(call.calls.map((one) => one.cost)).toEqual([930, 61])
    expect(call.observations[0]).toEqual({ operation: 'graphql', observation: { remaining: 3_980, burst: 4_000, perSecond: 200 } })
  })

  test('waits for the points that are missing when it is throttled [shopify-trap-07]', async () => {
    const cost = { requestedQueryCost: 500, throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 100, restoreRate: 100 } }
    nock('https://old.myshopify.com')
      .post(path)
      .reply(200, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } })

    await expect(read('old', fakeCallContext(), { accessToken: 'shpat_1' })).rejects.toMatchObject({
      kind: 'rate-limit',
      retryAfterMs: 4_000,
    })
  })

  test.each([
    ['a page of HTML', '<html></html>', 'text/html'],
    ['half a document', '{"data":{"order":', 'application/json'],
    ['errors that are a text', '{"errors":"no"}', 'application/json'],
    ['errors that are an object', '{"errors":{}}', 'application/json'],
    ['an answer without what was asked for', '{"data":{}}', 'application/json'],
  ])('takes %s for a passing fault [shopify-error-18]', async (_what, body, type) => {
    nock('https://old.myshopify.com').post(path).reply(200, body, { 'content-type': type })

    await expect(read('old', fakeCallContext(), { accessToken: 'shpat_1' })).rejects.toMatchObject({ kind: 'transient' })
  })

  test('reports a grant that failed for the moment as transient', async () => {
    nock('https://brand.myshopify.com').post('/admin/oauth/access_token').reply(502, 'Bad Gateway')

    await expect(read('brand')).rejects.toMatchObject({ kind: 'transient' })
  })

  test.each([429, 503])('sends a query once and leaves it to others to repeat it after %i [shopify-trap-06]', async (status) => {
    const api = nock('https://old.myshopify.com').post(path).twice().reply(status, {}, { 'retry-after': '1' })

    await expect(read('old', fakeCallContext(), { accessToken: 'shpat_1' })).rejects.toMatchObject({ retryAfterMs: 1_000 })
    expect(api.isDone()).toBe(false)
  })

  test('warns once when another API version answers than the one asked for [shopify-auth-07] [shopify-trap-15]', async () => {
    const call = fakeCallContext()
    nock('https://old.myshopify.com').post(path).twice().reply(200, order, { 'x-shopify-api-version': '2027-01' })
    const connector = shopify.create(shopNamed('old', { accessToken: 'shpat_1' }), httpTransport())

    await connector.fetchOrder('gid://shopify/Order/5001', call)
    await connector.fetchOrder('gid://shopify/Order/5001', call)

    expect(call.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { shop: 'old', asked: '2026-10', answered: '2027-01' } },
    ])
  })

  test('says not-connected when the store cannot be reached [shopify-error-30]', async () => {
    nock('https://old.myshopify.com')
      .post(path)
      .replyWithError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))

    await expect(read('old', fakeCallContext(), { accessToken: 'shpat_1' })).rejects.toMatchObject({
      kind: 'transient',
      code: 'not-connected',
      notSent: true,
    })
  })

  test('keeps an order whose personal data and products are withheld [shopify-read-09] [shopify-auth-10]', async () => {
    const hidden = orderJson({ shippingAddress: null, email: null })
    for (const work of hidden.fulfillmentOrders.nodes) work.destination = null
    for (const line of hidden.lineItems.nodes) line.variant = null
    const denied = (...steps: readonly (string | number)[]) => ({
      message: 'Access denied',
      path: ['order', ...steps],
      extensions: { code: 'ACCESS_DENIED' },
    })
    nock('https://old.myshopify.com')
      .post(path)
      .reply(200, { data: { order: hidden }, errors: [denied('shippingAddress'), denied('lineItems', 'nodes', 0, 'variant')] })

    const found = await read('old', fakeCallContext(), { accessToken: 'shpat_1' })

    expect(found).toMatchObject({ personalWithheld: true, holds: [{ reason: 'pii-missing' }] })
    expect(found?.lines[0]?.variantId).toBeUndefined()
  })
})
