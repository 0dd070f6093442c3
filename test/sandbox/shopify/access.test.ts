import { describe, expect, it } from 'vitest'
import { shopWorld } from './shop-world.ts'

const grant = (settings: Readonly<Record<string, unknown>>) => ({
  client_id: String(settings['clientId']),
  client_secret: String(settings['clientSecret']),
  grant_type: 'client_credentials',
})

async function tokenWorld() {
  const world = shopWorld({ auth: 'client-credentials' })
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
})
