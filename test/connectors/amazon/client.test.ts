import { createRequire } from 'node:module'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { amazon } from '../../../connectors/amazon/index.ts'
import { type AmazonShop, amazonSettings } from '../../../connectors/amazon/settings.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'
import { httpTransport } from '../../fakes/http-transport.ts'
import { instantOf } from './amazon-world.ts'
import { orderDocument } from './order-document.ts'

const api = 'https://sellingpartnerapi-eu.amazon.com'
const expired = {
  errors: [
    { code: 'Unauthorized', message: 'Access to requested resource is denied.', details: 'The access token you provided has expired.' },
  ],
}

function shop(settings: Readonly<Record<string, unknown>> = {}): AmazonShop {
  return {
    id: 'eu-amazon',
    platform: 'amazon',
    clientId: 'default',
    pollEveryMs: 300_000,
    overlapMs: 600_000,
    since: instantOf('2026-11-01T00:00:00Z'),
    limits: {},
    settleMs: 1_000,
    settings: amazonSettings.parse({
      region: 'eu',
      sellerId: 'A1SELLER',
      marketplaceIds: ['A1PA6795UKMFR9', 'A13V1IB3VIYZZH'],
      clientId: 'client',
      clientSecret: 'secret & more',
      refreshToken: 'Atzr|refresh',
      ...settings,
    }),
  }
}

function login(token: string): nock.Scope {
  return nock('https://api.amazon.com')
    .post('/auth/o2/token', {
      grant_type: 'refresh_token',
      refresh_token: 'Atzr|refresh',
      client_id: 'client',
      client_secret: 'secret & more',
    })
    .reply(200, { access_token: token, token_type: 'bearer', expires_in: 3600, refresh_token: 'Atzr|refresh' })
}

beforeEach(() => nock.disableNetConnect())
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
})

describe('the seam to amazon-sp-api', () => {
  test('is guarded: the version is the one whose private request executor was read [amazon-trap-21]', () => {
    const { version } = createRequire(import.meta.url)('amazon-sp-api/package.json') as { version: string }

    expect(version).toBe('1.2.1')
  })

  test('sends through the transport what the API expects [amazon-auth-04] [amazon-auth-07] [amazon-read-05] [amazon-read-06] [amazon-trap-23]', async () => {
    login('Atza|one')
    nock(api, { badheaders: ['x-amz-date', 'authorization'] })
      .matchHeader('x-amz-access-token', 'Atza|one')
      .matchHeader('user-agent', /^Quayside\/[\d.]+ \(Language=TypeScript; Platform=Node.js\)$/)
      .get('/orders/2026-01-01/orders')
      .query({
        lastUpdatedAfter: '2026-10-31T23:50:00.000Z',
        marketplaceIds: 'A1PA6795UKMFR9,A13V1IB3VIYZZH',
        includedData: 'BUYER,RECIPIENT,FULFILLMENT,PROCEEDS,CANCELLATION,PACKAGES,TAX',
        maxResultsPerPage: '100',
      })
      .reply(200, { orders: [orderDocument()], lastUpdatedBefore: '2026-11-24T07:58:00Z' })

    const page = await amazon.create(shop(), httpTransport()).fetchOrderChanges(undefined, fakeCallContext())

    expect(page.orders.map((order) => order.platformOrderId)).toEqual(['113-1234567-7654321'])
  })

  test('encodes what stands in paths [amazon-auth-07] [amazon-write-16] [amazon-write-17] [amazon-write-18]', async () => {
    login('Atza|one')
    nock(api)
      .patch('/listings/2021-08-01/items/A1SELLER/RED%2FLAMP%20%231', {
        productType: 'PRODUCT',
        patches: [
          { op: 'merge', path: '/attributes/fulfillment_availability', value: [{ fulfillment_channel_code: 'DEFAULT', quantity: 7 }] },
        ],
      })
      .query({ marketplaceIds: 'A1PA6795UKMFR9' })
      .reply(200, { sku: 'RED/LAMP #1', status: 'ACCEPTED', submissionId: 's-1' })

    const outcomes = await amazon
      .create(shop(), httpTransport())
      .offerStock?.([{ channelSku: 'RED/LAMP #1', quantity: 7, idempotencyKey: 'k' }], fakeCallContext())

    expect(outcomes).toEqual([{ result: 'accepted', remoteId: 's-1' }])
  })

  test('asks for each order anew: no call sees the path of the one before [amazon-trap-22]', async () => {
    login('Atza|one')
    const first = orderDocument({ orderId: '113-0000000-0000001' })
    const second = orderDocument({ orderId: '113-0000000-0000002' })
    nock(api).get('/orders/2026-01-01/orders/113-0000000-0000001').query(true).reply(200, { order: first })
    nock(api).get('/orders/2026-01-01/orders/113-0000000-0000002').query(true).reply(200, { order: second })
    const connector = amazon.create(shop(), httpTransport())
    const call = fakeCallContext()

    const orders = [await connector.fetchOrder('113-0000000-0000001', call), await connector.fetchOrder('113-0000000-0000002', call)]

    expect(orders.map((order) => order?.platformOrderId)).toEqual(['113-0000000-0000001', '113-0000000-0000002'])
  })
})

describe('access tokens', () => {
  test('are fetched once for calls that start together [amazon-auth-01]', async () => {
    login('Atza|one')
    nock(api)
      .get(/getOrder|orders/)
      .times(3)
      .query(true)
      .reply(200, { order: orderDocument() })
    const connector = amazon.create(shop(), httpTransport())
    const call = fakeCallContext()

    await Promise.all(['1', '2', '3'].map((id) => connector.fetchOrder(id, call)))

    expect(call.calls.filter(({ operation }) => operation === 'token')).toHaveLength(1)
  })

  test('are replaced once when Amazon says that they have expired [amazon-error-03]', async () => {
    login('Atza|one')
    nock(api).matchHeader('x-amz-access-token', 'Atza|one').get('/orders/2026-01-01/orders/1').query(true).reply(403, expired)
    login('Atza|two')
    nock(api)
      .matchHeader('x-amz-access-token', 'Atza|two')
      .get('/orders/2026-01-01/orders/1')
      .query(true)
      .reply(200, { order: orderDocument() })

    const order = await amazon.create(shop(), httpTransport()).fetchOrder('1', fakeCallContext())

    expect(order).toBeDefined()
  })

  test('that stay refused end in auth, which names shop, seller and what to do [amazon-error-04]', async () => {
    login('Atza|one')
    login('Atza|two')
    nock(api).get('/orders/2026-01-01/orders').query(true).times(2).reply(403, expired)

    const reading = amazon.create(shop({ ordersApi: '2026-01-01' }), httpTransport()).fetchOrderChanges(undefined, fakeCallContext())

    await expect(reading).rejects.toMatchObject({
      kind: 'auth',
      code: 'amazon-access-denied',
      message: expect.stringMatching(/eu-amazon.*A1SELLER.*npm run connect -- --shop eu-amazon/),
    })
  })

  test('are not replaced for a right that is missing: the token has just been given [amazon-error-04]', async () => {
    login('Atza|one')
    nock(api)
      .get('/orders/2026-01-01/orders')
      .query(true)
      .reply(403, { errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details: '' }] })

    const reading = amazon.create(shop({ ordersApi: '2026-01-01' }), httpTransport()).fetchOrderChanges(undefined, fakeCallContext())

    await expect(reading).rejects.toMatchObject({ kind: 'auth' })
  })

  test.each([
    [400, { error: 'invalid_grant', error_description: 'x' }, { kind: 'auth', code: 'amazon-invalid-grant' }, '11'],
    [401, { error: 'invalid_client', error_description: 'x' }, { kind: 'auth', code: 'amazon-invalid-client' }, '12'],
    [400, { error: 'invalid_client' }, { kind: 'auth', code: 'amazon-invalid-client' }, '12'],
    [400, { error: 'unauthorized_client' }, { kind: 'auth', code: 'amazon-unauthorized-client' }, '13'],
    [400, { error: 'invalid_request' }, { kind: 'auth', code: 'amazon-invalid-request' }, '13'],
    [400, { error: 'unsupported_grant_type' }, { kind: 'auth', code: 'amazon-unsupported-grant-type' }, '13'],
    [400, { error: 'invalid_scope' }, { kind: 'auth', code: 'amazon-invalid-scope' }, '13'],
    [403, { error: 'access_denied' }, { kind: 'auth', code: 'amazon-access-denied' }, '13'],
    [400, '<html>', { kind: 'transient', notSent: true }, '13'],
    [500, { error: 'server_error' }, { kind: 'transient', notSent: true }, '13'],
    [503, '<html>', { kind: 'transient', notSent: true }, '13'],
    [429, { error: 'slow_down' }, { kind: 'rate-limit' }, '13'],
  ])('that Login with Amazon refuses with %i %j say what comes next: %j [amazon-error-%s]', async (status, body, failure, _id) => {
    nock('https://api.amazon.com').post('/auth/o2/token').reply(status, body)

    const reading = amazon.create(shop(), httpTransport()).fetchOrderChanges(undefined, fakeCallContext())

    await expect(reading).rejects.toMatchObject(failure)
  })

  test('need a refresh token: without one the operator is told how to get it', async () => {
    const reading = amazon.create(shop({ refreshToken: undefined }), httpTransport()).fetchOrderChanges(undefined, fakeCallContext())

    await expect(reading).rejects.toMatchObject({ kind: 'auth', code: 'amazon-not-connected' })
  })

  test('never show in an error', async () => {
    nock('https://api.amazon.com').post('/auth/o2/token').reply(400, { error: 'invalid_grant', error_description: 'Atzr|refresh' })

    const error = await amazon
      .create(shop(), httpTransport())
      .fetchOrderChanges(undefined, fakeCallContext())
      .catch((reason: unknown) => reason)

    expect(JSON.stringify(error) + String(error)).not.toMatch(/Atzr|secret & more/)
  })
})

describe('limits', () => {
  test('follow the rate that Amazon sends, and a 429 empties the bucket [amazon-limit-02] [amazon-limit-03] [amazon-trap-14] [amazon-trap-21]', async () => {
    login('Atza|one')
    nock(api).get('/orders/2026-01-01/orders/1').query(true).reply(200, { order: orderDocument() }, { 'x-amzn-RateLimit-Limit': '0.25' })
    nock(api)
      .get('/orders/2026-01-01/orders/1')
      .query(true)
      .reply(429, { errors: [{ code: 'QuotaExceeded', message: 'You exceeded your quota.' }] })
    const connector = amazon.create(shop(), httpTransport())
    const call = fakeCallContext()

    await connector.fetchOrder('1', call)
    const refused = connector.fetchOrder('1', call)

    await expect(refused).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 2_000 })
    expect(call.observations).toEqual([
      { operation: 'getOrder', observation: { perSecond: 0.25 } },
      { operation: 'getOrder', observation: { remaining: 0, retryAfterMs: 2_000 } },
    ])
  })
})
