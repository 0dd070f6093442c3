import { Axios, AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { wish } from '../../../connectors/wish/index.ts'
import { SyncError } from '../../../core/errors.ts'
import type { Transport } from '../../../core/ports/transport.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'
import { confirmation, connect, host, ok, refreshes, secrets, shop, token } from './nock-shop.ts'
import { sampleOrder } from './sample-order.ts'

beforeEach(() => {
  nock.disableNetConnect()
})
afterEach(() => {
  const pending = nock.pendingMocks()
  nock.cleanAll()
  nock.enableNetConnect('127.0.0.1')
  expect(pending).toEqual([])
})

describe('requests', () => {
  test('carry the token, ask for English, list oldest first and read exact amounts [wish-read-01] [wish-read-11] [wish-trap-24]', async () => {
    refreshes()
    const list = nock(host, { reqheaders: { authorization: 'Bearer access-1', 'accept-language': 'en', accept: 'application/json' } })
      .get('/api/v3/orders')
      .query({ limit: '500', sort_by: 'updated_at.asc', updated_at_min: '2026-10-31T23:50:00.000Z' })
      .reply(200, `{"message":"","code":"0","data":[${JSON.stringify(sampleOrder()).replace('12.34', '12.340')}]}`, {
        'Wish-Rate-Limit-Remaining': '1',
      })
    const call = fakeCallContext()

    const page = await connect().fetchOrderChanges(undefined, call)

    expect(list.isDone()).toBe(true)
    expect(page.orders[0]?.lines[0]?.unitPrice).toEqual({ minorUnits: 1234, currency: 'EUR' })
    expect(page).toMatchObject({ hasMore: false, rejected: [] })
    expect(call.observations.at(-1)).toEqual({ operation: 'default', observation: { remaining: 1 } })
  })

  test('repeat the list of states by name [wish-read-06]', async () => {
    refreshes()
    const moment = '2026-11-24T08:00:00.000Z'
    const cursor = JSON.stringify({
      watermark: moment,
      walk: { from: moment, seen: [], parts: [{ from: moment, seen: [], state: 'SHIPPED' }] },
    })
    nock(host)
      .get('/api/v3/orders')
      .query((query) => query['states'] === 'SHIPPED' && query['sort_by'] === 'released_at.asc')
      .reply(200, ok([]))

    const page = await connect().fetchOrderChanges(cursor, fakeCallContext())

    expect(page.hasMore).toBe(true)
  })

  test('go by the times of the orders, whatever address for the next page an answer names [wish-read-05]', async () => {
    refreshes()
    const list = (from: string, answer: object) =>
      nock(host).get('/api/v3/orders').query({ limit: '1', sort_by: 'updated_at.asc', updated_at_min: from }).reply(200, answer)
    list('2026-10-31T23:50:00.000Z', { ...ok([sampleOrder()]), paging: { next: `${host}/api/v3/orders?offset=1` } })
    list('2026-11-21T10:30:00.125Z', ok([]))

    const connector = connect({ pageSize: 1 })
    const first = await connector.fetchOrderChanges(undefined, fakeCallContext())
    refreshes()

    expect(first.hasMore).toBe(true)
    expect(await connector.fetchOrderChanges(first.nextCursor, fakeCallContext())).toMatchObject({ orders: [], hasMore: false })
  })

  test('that fail name the id under which Wish knows them [wish-error-17]', async () => {
    refreshes()
    nock(host)
      .get('/api/v3/orders')
      .query(true)
      .reply(400, { message: 'limit: too large', code: '1001', data: null }, { 'Wish-Request-Id': 'req-1' })

    await expect(connect().fetchOrderChanges(undefined, fakeCallContext())).rejects.toMatchObject({
      code: 'wish-bad-parameter',
      context: { requestId: 'req-1' },
    })
  })

  test.each([
    ['global', 'https://merchant.wish.com'],
    ['china', 'https://china-merchant.wish.com'],
    ['sandbox', 'https://sandbox.merchant.wish.com'],
  ])('go to the site that the settings name: %s is %s [wish-auth-11]', async (site, origin) => {
    nock(origin).get('/api/v3/oauth/refresh_token').query(true).reply(200, ok(token))
    nock(origin)
      .get('/api/v3/oauth/test')
      .reply(200, ok({ merchant_id: 'm-1' }))

    const check = await connect({ host: site }).checkConnection(fakeCallContext())

    expect(check.account).toBe('m-1')
  })

  test('write tracking as the document says [wish-write-01]', async () => {
    refreshes()
    nock(host).get('/api/v3/orders/65a1b2c3d4e5f60718293a4b').reply(200, ok(sampleOrder()))
    nock(host, { reqheaders: { 'content-type': 'application/json' } })
      .put('/api/v3/orders/65a1b2c3d4e5f60718293a4b/tracking', {
        shipping_provider: 'FedEx',
        tracking_number: '794644790132',
        origin_country: 'US',
      })
      .reply(200, ok(sampleOrder({ processing_source: 'UPDATE_TRACKING', processing_status: 'IN_PROGRESS' })))

    const outcome = await connect().confirmShipment(confirmation('7946 4479 0132'), fakeCallContext())

    expect(outcome).toEqual({ result: 'accepted', remoteId: '794644790132' })
  })

  test('go through axios', async () => {
    using sent = vi.spyOn(Axios.prototype, 'request')
    refreshes()
    nock(host)
      .get('/api/v3/oauth/test')
      .reply(200, ok({ merchant_id: 'm-1' }))

    await connect().checkConnection(fakeCallContext())

    expect(sent).toHaveBeenCalledTimes(2)
  })

  test('end with the work: the transport gets its signal', async () => {
    const call = fakeCallContext()
    const transport: Transport = {
      send: ({ signal }) => {
        call.abort()
        return Promise.reject(signal?.aborted ? new SyncError('transient', 'stopped', { code: 'stopped' }) : new Error('it went on'))
      },
    }

    await expect(wish.create(shop(), transport).checkConnection(call)).rejects.toMatchObject({ code: 'stopped' })
  })

  test('keep the answer to a write that arrives while the work is being stopped', async () => {
    const call = fakeCallContext()
    const answers = [
      ok(token),
      ok(sampleOrder()),
      ok(sampleOrder({ processing_source: 'UPDATE_TRACKING', processing_status: 'IN_PROGRESS' })),
    ]
    const transport: Transport = {
      send: async ({ method }) => {
        if (method === 'PUT') call.abort()
        return { status: 200, headers: {}, body: JSON.stringify(answers.shift()) }
      },
    }

    const outcome = await wish.create(shop(), transport).confirmShipment(confirmation('1Z1'), call)

    expect(outcome).toEqual({ result: 'accepted', remoteId: '1Z1' })
  })

  test('offer stock of one variation in the warehouse of the settings [wish-write-11]', async () => {
    refreshes()
    nock(host)
      .put('/api/v3/products/p1', { variations: [{ sku: 'LAMP', inventories: [{ warehouse_id: 'w1', inventory: 7 }] }] })
      .reply(200, ok({}))

    const outcomes = await connect({ warehouseId: 'w1' }).offerStock?.(
      [
        { channelSku: 'LAMP', itemId: 'p1', quantity: 7, idempotencyKey: 'k' },
        { channelSku: 'LAMP', quantity: 7, idempotencyKey: 'k' },
      ],
      fakeCallContext(),
    )

    expect(outcomes).toMatchObject([{ result: 'confirmed' }, { result: 'rejected', code: 'wish-stock-target-missing' }])
  })
})

describe('tokens', () => {
  test.each([
    [400, { message: 'revoked', code: '1008' }],
    [400, { message: 'expired', code: 1007 }],
    [401, { message: 'no token', code: 1012 }],
  ])('refused with %i %j are renewed once and the call is repeated once [wish-trap-23]', async (status, refusal) => {
    refreshes()
    nock(host, { reqheaders: { authorization: 'Bearer access-1' } })
      .get('/api/v3/oauth/test')
      .reply(status, refusal)
    nock(host)
      .get('/api/v3/oauth/refresh_token')
      .query((query) => query['refresh_token'] === 'refresh-2')
      .reply(200, ok({ ...token, access_token: 'access-2' }))
    nock(host, { reqheaders: { authorization: 'Bearer access-2' } })
      .get('/api/v3/oauth/test')
      .reply(200, ok({ merchant_id: 'm-1' }))

    await expect(connect().checkConnection(fakeCallContext())).resolves.toEqual({ account: 'm-1', warnings: [] })
  })

  test('still refused after that stop the shop', async () => {
    nock(host).get('/api/v3/oauth/refresh_token').query(true).times(2).reply(200, ok(token))
    nock(host).get('/api/v3/oauth/test').times(2).reply(400, { message: 'revoked', code: '1008' })

    await expect(connect().checkConnection(fakeCallContext())).rejects.toMatchObject({ kind: 'auth', code: 'wish-token-refused' })
  })

  test('refused for one order only mean that the order is unknown [wish-trap-27] [wish-read-12]', async () => {
    nock(host).get('/api/v3/oauth/refresh_token').query(true).times(2).reply(200, ok(token))
    nock(host).get('/api/v3/orders/abc').times(2).reply(400, { message: 'We could not find it', code: '1008' })
    nock(host)
      .get('/api/v3/oauth/test')
      .reply(200, ok({ merchant_id: 'm-1' }))

    await expect(connect().fetchOrder('abc', fakeCallContext())).resolves.toBeUndefined()
  })

  test('of another merchant than the settings say are refused [wish-auth-09]', async () => {
    refreshes()
    nock(host)
      .get('/api/v3/oauth/test')
      .reply(200, ok({ merchant_id: 'm-1' }))

    await expect(connect({ merchantId: 'm-2' }).checkConnection(fakeCallContext())).rejects.toMatchObject({
      kind: 'config',
      code: 'wish-merchant-differs',
    })
  })

  test('live 30 days when Wish does not say how long [wish-auth-05]', async () => {
    const store: { expiresAt?: string } = {}
    nock(host)
      .get('/api/v3/oauth/refresh_token')
      .query(true)
      .reply(200, ok({ ...token, expiry_time: undefined }))
    nock(host)
      .get('/api/v3/oauth/test')
      .reply(200, ok({ merchant_id: 'm-1' }))
    const call = fakeCallContext({ now: '2026-11-24T08:00:00Z' })
    const spied = {
      ...call,
      tokens: {
        get: async (request: Parameters<typeof call.tokens.get>[0]) => Object.assign(store, await request.renew(undefined)),
        replace: call.tokens.replace,
      },
    }

    await connect().checkConnection(spied)

    expect(store.expiresAt).toBe('2026-12-24T08:00:00.000Z')
  })

  test.each([
    [{ message: 'who', code: '10001' }, 'auth', 'wish-credentials-wrong'],
    [{ message: 'no', code: '1006' }, 'auth', 'wish-token-refused'],
    [{ message: 'no', code: '1002' }, 'auth', 'wish-account-disabled'],
    [{ message: 'no', code: '4711' }, 'auth', 'wish-token-refused'],
  ])('that cannot be renewed (%j) say what to do [wish-auth-08]', async (refusal, kind, code) => {
    refreshes(1, refusal, 400)

    await expect(connect().checkConnection(fakeCallContext())).rejects.toMatchObject({
      kind,
      code,
      message: expect.stringMatching(/^shop wish-1 \(Wish app 5d30f60e0a6fc464f4f376b0\), renewing access: /),
    })
  })

  test('that cannot be renewed are asked for once, also while an order is read', async () => {
    refreshes(1, { message: 'revoked', code: '1008' }, 400)

    await expect(connect().fetchOrder('abc', fakeCallContext())).rejects.toMatchObject({ kind: 'auth', code: 'wish-token-refused' })
  })

  test('that were never granted ask for consent', async () => {
    await expect(connect({ refreshToken: undefined }).checkConnection(fakeCallContext())).rejects.toMatchObject({
      kind: 'auth',
      code: 'wish-not-connected',
      message: expect.stringContaining('npm run connect -- --shop wish-1'),
    })
  })
})

describe('an order that Wish does not know', () => {
  test.each([
    [404, { message: 'not found', code: '4040' }],
    [400, { message: 'We could not find it', code: '90001' }],
    [400, { message: 'id: not an object id', code: 1001 }],
  ])('is undefined after HTTP %i with %j [wish-read-12]', async (status, answer) => {
    refreshes()
    nock(host).get('/api/v3/orders/abc').reply(status, answer)

    await expect(connect().fetchOrder('abc', fakeCallContext())).resolves.toBeUndefined()
  })

  test('is not what the page of a proxy says', async () => {
    refreshes()
    nock(host).get('/api/v3/orders/abc').reply(404, '<h1>Not Found</h1>')

    await expect(connect().fetchOrder('abc', fakeCallContext())).rejects.toMatchObject({ kind: 'transient' })
  })
})

describe('an order that cannot be read', () => {
  test.each([
    [{ full_address: 'somewhere' }, 'full_address'],
    [{ order_payment: null }, 'product_quantity'],
  ])('by its id (%j) is invalid data that names the place [wish-read-10]', async (changes, place) => {
    refreshes()
    nock(host)
      .get('/api/v3/orders/abc')
      .reply(200, ok(sampleOrder(changes)))

    await expect(connect().fetchOrder('abc', fakeCallContext())).rejects.toMatchObject({
      kind: 'invalid-data',
      code: 'wish-order-unreadable',
      message: expect.stringContaining(place),
    })
  })

  test('keeps a package from being reported, unsent', async () => {
    refreshes()
    nock(host)
      .get('/api/v3/orders/65a1b2c3d4e5f60718293a4b')
      .reply(200, ok(sampleOrder({ tracking_information: 'none' })))

    await expect(connect().confirmShipment(confirmation('1Z1'), fakeCallContext())).rejects.toMatchObject({
      kind: 'transient',
      notSent: true,
    })
  })
})

describe('secrets', () => {
  test.each([
    ['HTTP 500', (scope: nock.Interceptor) => scope.reply(500, 'broken')],
    ['a refusal', (scope: nock.Interceptor) => scope.reply(400, { message: 'no', code: '10001' })],
    ['too many calls', (scope: nock.Interceptor) => scope.reply(429, { message: 'wait', code: 429 })],
  ])('stay out of errors and logs after %s while a token is renewed [wish-auth-04]', async (_, reply) => {
    reply(nock(host).get('/api/v3/oauth/refresh_token').query(true))
    const call = fakeCallContext()

    const error = await connect()
      .checkConnection(call)
      .catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(SyncError)
    const everything = allText(error) + JSON.stringify(call.lines)
    for (const secret of Object.values(secrets)) expect(everything).not.toContain(secret)
  })

  test('stay out even when the transport speaks of the address that did not answer [wish-auth-04]', async () => {
    const transport = {
      send: (request: { url: string }) =>
        Promise.reject(new SyncError('transient', `${request.url} did not answer`, { code: 'no-answer' })),
    }

    const error = await wish
      .create(shop(), transport)
      .checkConnection(fakeCallContext())
      .catch((reason: unknown) => reason)

    expect(error).toMatchObject({ kind: 'transient', code: 'no-answer' })
    for (const secret of Object.values(secrets)) expect(allText(error)).not.toContain(secret)
  })

  test.each(['renewing', 'calling'])('stay out of errors although axios keeps the request in its own (%s)', async (when) => {
    const call = fakeCallContext()
    const transport: Transport = {
      send: async ({ url, headers }) => {
        if (when === 'calling' && url.includes('refresh_token')) return { status: 200, headers: {}, body: JSON.stringify(ok(token)) }
        const config: InternalAxiosRequestConfig = { url, headers: AxiosHeaders.from(headers) }
        throw new AxiosError(`no answer from ${url}`, AxiosError.ERR_NETWORK, config)
      },
    }

    const error = await wish
      .create(shop(), transport)
      .checkConnection(call)
      .catch((reason: unknown) => reason)

    expect(error).toMatchObject({ kind: 'transient', code: 'no-answer' })
    for (const secret of [...Object.values(secrets), 'access-1']) expect(allText(error)).not.toContain(secret)
  })

  test('a write that was not sent for want of a token says so', async () => {
    nock(host).get('/api/v3/oauth/refresh_token').query(true).reply(500, 'broken')

    await expect(connect().confirmShipment(confirmation('1Z1'), fakeCallContext())).rejects.toMatchObject({
      kind: 'transient',
      notSent: true,
    })
  })
})

function allText(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? ''
  return `${error.message} ${error.stack} ${JSON.stringify(error)} ${allText(error.cause)}`
}
