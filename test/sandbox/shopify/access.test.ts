import { describe, expect, it } from 'vitest'
import { shopWorld } from './shop-world.ts'

const grant = (settings: Readonly<Record<string, unknown>>) => ({
  client_id: String(settings['clientId']),
  client_secret: String(settings['clientSecret']),
  grant_type: 'client_credentials',
})

async function tokenWorld(auth = 'client-credentials') {
  const world = shopWorld({ auth })
  const askToken = async (body: Readonly<Record<string, string>>, type = 'application/json') => {
    const text = type === 'application/json' ? JSON.stringify(body) : new URLSearchParams(body).toString()
    const response = await world.post('/admin/oauth/access_token', text, { 'content-type': type })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const statusWith = async (token: unknown) =>
    (await world.post('/admin/api/2026-10/graphql.json', '{"query":"{ shop { name } }"}', { 'x-shopify-access-token': String(token) }))
      .status
  return { ...world, askToken, statusWith }
}

describe('access to a simulated shop', () => {
  it.each(['application/json', 'application/x-www-form-urlencoded'])(
    'gives a token of 24 hours for client credentials in %s',
    async (type) => {
      const { askToken, settings, statusWith } = await tokenWorld()

      const { status, body } = await askToken(grant(settings), type)

      expect(status).toBe(200)
      expect(body['expires_in']).toBe(86_399)
      expect(String(body['scope'])).toContain('read_orders')
      expect(await statusWith(body['access_token'])).toBe(200)
    },
  )

  it('gives no token for a wrong secret, client or grant', async () => {
    const { askToken, settings } = await tokenWorld()

    expect(await askToken({ ...grant(settings), client_secret: 'wrong' })).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
    expect(await askToken({ ...grant(settings), client_id: 'nobody' })).toMatchObject({ status: 400 })
    expect(await askToken({ ...grant(settings), grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    })
    expect(await askToken({})).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it('refuses a token past its life and no token at all with 401', async () => {
    const { askToken, settings, statusWith, passMs, post } = await tokenWorld()
    const { body } = await askToken(grant(settings))

    passMs(86_398_000)
    expect(await statusWith(body['access_token'])).toBe(200)
    passMs(2_000)
    expect(await statusWith(body['access_token'])).toBe(401)
    const bare = await post('/admin/api/2026-10/graphql.json', '{}', {})
    expect(await bare.json()).toEqual({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' })
  })

  it('refuses everything of a shop that withdrew access, also a new token, until it is given back', async () => {
    const { askToken, settings, statusWith, simulated } = await tokenWorld()
    const { body } = await askToken(grant(settings))

    simulated.revoke('brand')
    expect(await statusWith(body['access_token'])).toBe(401)
    expect(await askToken(grant(settings))).toMatchObject({ status: 400 })
    simulated.restore('brand')
    expect(await statusWith(body['access_token'])).toBe(200)
  })

  it('takes credentials of the caller', async () => {
    const { simulated, post } = shopWorld()
    const chosen = { clientId: 'demo-client', clientSecret: 'demo-secret' }

    const settings = simulated.addAccount('demo', chosen)

    expect(settings).toMatchObject({ shop: 'demo.myshopify.com', ...chosen })
    const response = await post('/admin/oauth/access_token', JSON.stringify(grant(settings)), { 'content-type': 'application/json' })
    expect(response.status).toBe(200)
  })

  it('knows shops apart by their tokens', async () => {
    const { simulated, post, place } = shopWorld()
    place()
    const other = simulated.addAccount('other', { auth: 'static' })

    const response = await post('/admin/api/2026-10/graphql.json', '{"query":"{ orders(first: 1) { nodes { id } } shop { name } }"}', {
      'x-shopify-access-token': String(other['accessToken']),
    })

    expect(await response.json()).toMatchObject({ data: { orders: { nodes: [] }, shop: { name: 'other' } } })
  })

  it('names the version it answers in, the oldest live one for a version past its time, and knows no other paths', async () => {
    const { send, post } = shopWorld()

    expect((await send('{ shop { name } }')).headers.get('x-shopify-api-version')).toBe('2026-10')
    expect((await send('{ shop { name } }', {}, '2024-01')).headers.get('x-shopify-api-version')).toBe('2026-01')
    expect((await send('{ shop { name } }', {}, 'latest')).status).toBe(404)
    expect((await post('/admin/api/2026-10/orders.json', '', {})).status).toBe(404)
  })

  it('shows scopes and live versions', async () => {
    const { ask } = shopWorld({ scopes: ['read_orders'] })

    const { data } = await ask('{ currentAppInstallation { accessScopes { handle } } publicApiVersions { handle supported } }')

    expect(data?.['currentAppInstallation']).toEqual({ accessScopes: [{ handle: 'read_orders' }] })
    expect(data?.['publicApiVersions']).toContainEqual({ handle: '2026-10', supported: true })
  })

  it('denies what a scope is missing for, and shows an empty list of fulfillment orders', async () => {
    const { ask, place } = shopWorld({ scopes: ['read_orders'] })
    const id = place()

    const work = await ask('query($id: ID!) { order(id: $id) { fulfillmentOrders(first: 5) { nodes { id } } } }', { id })
    const locations = await ask('{ locations(first: 5) { nodes { id } } }')
    const write = await ask('mutation { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [] }) { userErrors { message } } }')

    expect(work.data).toEqual({ order: { fulfillmentOrders: { nodes: [] } } })
    expect(locations.errors?.[0]?.extensions).toMatchObject({ code: 'ACCESS_DENIED' })
    expect(write.errors?.[0]?.extensions).toMatchObject({ code: 'ACCESS_DENIED' })
  })

  it('answers an order without its protected data and an error for each field it withholds', async () => {
    const { ask, place } = shopWorld({ protectedData: 'denied' })
    const id = place()

    const { data, errors } = await ask(
      'query($id: ID!) { order(id: $id) { name email shippingAddress { address1 } fulfillmentOrders(first: 1) { nodes { destination { zip } } } } }',
      { id },
    )

    expect(data).toEqual({
      order: { name: '#1001', email: null, shippingAddress: null, fulfillmentOrders: { nodes: [{ destination: null }] } },
    })
    expect(errors?.map(({ path }) => path?.at(-1))).toEqual(expect.arrayContaining(['email', 'shippingAddress', 'destination']))
    expect(errors?.every(({ extensions }) => extensions?.['code'] === 'ACCESS_DENIED')).toBe(true)
  })

  it.each(['{ orders(first: 1) { nodes { id } } }', '{ order(id: "gid://shopify/Order/1") { id } }'])(
    'keeps orders as a whole from an app that is not approved for them: %s',
    async (query) => {
      const { ask } = shopWorld({ protectedData: 'orders-denied' })

      const { errors } = await ask(query)

      expect(errors).toMatchObject([{ message: expect.stringContaining('the Order object'), extensions: { code: 'ACCESS_DENIED' } }])
    },
  )
})

describe('access by consent', () => {
  const refreshOf = (settings: Readonly<Record<string, unknown>>, token: unknown) => ({
    ...grant(settings),
    grant_type: 'refresh_token',
    refresh_token: String(token),
  })

  it('gives a token of an hour and a new refresh token for each refresh token', async () => {
    const { askToken, settings, statusWith, passMs } = await tokenWorld('consent')

    const first = await askToken(refreshOf(settings, settings['refreshToken']))
    const second = await askToken(refreshOf(settings, first.body['refresh_token']))

    expect(first.body).toMatchObject({ expires_in: 3_600, refresh_token_expires_in: 7_776_000 })
    expect(new Set([settings['refreshToken'], first.body['refresh_token'], second.body['refresh_token']]).size).toBe(3)
    expect(await statusWith(first.body['access_token'])).toBe(200)
    passMs(3_600_000)
    expect(await statusWith(second.body['access_token'])).toBe(401)
  })

  it('keeps a refresh token good until the one that replaced it is used', async () => {
    const { askToken, settings } = await tokenWorld('consent')
    const lost = refreshOf(settings, settings['refreshToken'])

    await askToken(lost)
    const { body } = await askToken(lost)
    await askToken(refreshOf(settings, body['refresh_token']))

    expect(await askToken(lost)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('ends a refresh token after 90 days', async () => {
    const { askToken, settings, passMs } = await tokenWorld('consent')
    passMs(90 * 86_400_000)

    expect(await askToken(refreshOf(settings, settings['refreshToken']))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('sends the browser back with a signed code that works once', async () => {
    const { askToken, settings, simulated } = await tokenWorld()
    const query = new URLSearchParams({ client_id: String(settings['clientId']), redirect_uri: 'https://seller.example/back', state: 's1' })
    const page = await simulated.fetch(new Request(`http://127.0.0.1/admin/oauth/authorize?${query}`))
    const target = new URL(page.headers.get('location') ?? '')
    const { grant_type: _, ...app } = grant(settings)
    const redeem = () => askToken({ ...app, code: target.searchParams.get('code') ?? '', expiring: '1' })

    expect(target.href).toMatch(
      /^https:\/\/seller\.example\/back\?code=\w+&shop=brand\.myshopify\.com&state=s1&timestamp=\d+&hmac=[0-9a-f]{64}$/,
    )
    expect(await redeem()).toMatchObject({ status: 200, body: { expires_in: 3_600, refresh_token: expect.any(String) } })
    expect(await redeem()).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it('asks nobody in the name of an app that it does not know', async () => {
    const { simulated } = shopWorld()

    const page = await simulated.fetch(
      new Request('http://127.0.0.1/admin/oauth/authorize?client_id=nobody&redirect_uri=https://x.example'),
    )

    expect(page.status).toBe(400)
  })
})

describe('a changed client secret', () => {
  it('is the only one that gets tokens; those that were given stay good', async () => {
    const { askToken, settings, statusWith, simulated } = await tokenWorld()
    const { body } = await askToken(grant(settings))

    const changed = simulated.rotateSecret('brand')

    expect(changed).toEqual({ ...settings, clientSecret: expect.not.stringMatching(String(settings['clientSecret'])) })
    expect(await askToken(grant(settings))).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
    expect(await askToken(grant(changed))).toMatchObject({ status: 200 })
    expect(await statusWith(body['access_token'])).toBe(200)
  })

  it('comes with a new token where the token does not end', async () => {
    const { settings, statusWith, simulated } = await tokenWorld('static')

    const changed = simulated.rotateSecret('brand')

    expect(await statusWith(settings['accessToken'])).toBe(401)
    expect(await statusWith(changed['accessToken'])).toBe(200)
  })
})
