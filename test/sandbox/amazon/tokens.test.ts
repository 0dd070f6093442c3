import { describe, expect, test } from 'vitest'
import { consentCodeOf } from '../../../sandbox/amazon/account.ts'
import { minuteMs, sandboxWorld, search } from './amazon-sandbox.ts'

type World = ReturnType<typeof sandboxWorld>

async function post(world: World, body: string, contentType: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const request = new Request('http://127.0.0.1/auth/o2/token', { method: 'POST', body, headers: { 'content-type': contentType } })
  const response = await world.amazon.fetch(request)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function grantOf(world: World, changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { clientId = '', clientSecret = '', refreshToken = '' } = world.open('a')
  return { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret, ...changes }
}

describe('Login with Amazon, simulated', () => {
  test.each(['application/x-www-form-urlencoded;charset=UTF-8', 'application/json'])('gives a token for a body of %s', async (type) => {
    const world = sandboxWorld()
    const grant = grantOf(world)
    const body = type === 'application/json' ? JSON.stringify(grant) : new URLSearchParams(grant).toString()

    const answer = await post(world, body, type)

    expect(answer).toMatchObject({
      status: 200,
      body: { token_type: 'bearer', expires_in: 3600, access_token: expect.stringMatching(/^Atza\|/) },
    })
  })

  test('gives the refresh token for the code of a consent', async () => {
    const world = sandboxWorld()
    const { refreshToken } = world.open('a')
    const grant = grantOf(world, { grant_type: 'authorization_code', code: consentCodeOf({ account: 'a' }) })

    const answer = await post(world, JSON.stringify(grant), 'application/json')

    expect(answer.body['refresh_token']).toBe(refreshToken)
  })

  test.each([
    ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'x' }, 401, 'invalid_client'],
    ['a wrong refresh token', { refresh_token: 'x' }, 400, 'invalid_grant'],
    ['an unknown grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['a wrong code', { grant_type: 'authorization_code', code: 'x' }, 400, 'invalid_grant'],
  ])('refuses %s in its own error form', async (_name, changes, status, error) => {
    const world = sandboxWorld()

    const answer = await post(world, JSON.stringify(grantOf(world, changes)), 'application/json')

    expect(answer).toMatchObject({ status, body: { error, error_description: expect.any(String) } })
  })

  test.each(['{', '{}'])('refuses the body %s', async (body) => {
    expect(await post(sandboxWorld(), body, 'application/json')).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test('refuses a seller who has withdrawn the authorization, until it is restored', async () => {
    const world = sandboxWorld()
    const grant = JSON.stringify(grantOf(world))
    world.amazon.revoke('a')
    const revoked = await post(world, grant, 'application/json')
    world.amazon.restore('a')
    const restored = await post(world, grant, 'application/json')

    expect(revoked.body['error']).toBe('invalid_grant')
    expect(restored.status).toBe(200)
  })
})

describe('the secret of an application', () => {
  test('is refused once there is another, and the tokens it had got go on', async () => {
    const world = sandboxWorld()
    const old = JSON.stringify(grantOf(world))
    const token = await world.login('a')
    const renewed = world.amazon.rotateSecret('a')

    const refused = await post(world, old, 'application/json')
    const granted = await post(
      world,
      JSON.stringify(grantOf(world, { client_secret: String(renewed['clientSecret']) })),
      'application/json',
    )
    const read = await world.callWith(token, 'GET', '/sellers/v1/marketplaceParticipations')

    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect([granted.status, read.status]).toEqual([200, 200])
    expect(renewed).toMatchObject({ refreshToken: grantOf(world)['refresh_token'] })
  })
})

describe('access tokens of the simulated Amazon', () => {
  const path = `${search}?createdAfter=2026-11-24T00%3A00%3A00Z`

  test('open the API for an hour', async () => {
    const world = sandboxWorld()
    const token = await world.login('a')
    world.advance(59 * minuteMs)
    const good = await world.callWith(token, 'GET', path)
    world.advance(minuteMs)
    const old = await world.callWith(token, 'GET', path)

    expect(good.status).toBe(200)
    expect(old).toMatchObject({
      status: 403,
      body: { errors: [{ code: 'Unauthorized', details: 'The access token you provided has expired.' }] },
    })
  })

  test.each([
    ['', 'missing'],
    ['Atza|unknown', 'invalid'],
  ])('are demanded: "%s"', async (token, word) => {
    const answer = await sandboxWorld().callWith(token, 'GET', path)

    expect(answer).toMatchObject({ status: 403, body: { errors: [{ details: expect.stringContaining(word) }] } })
  })

  test('close with the authorization', async () => {
    const world = sandboxWorld()
    const token = await world.login('a')
    world.amazon.revoke('a')

    expect((await world.callWith(token, 'GET', path)).status).toBe(403)
  })
})

describe('limits of the simulated Amazon', () => {
  test('are the published ones: twenty searches, then one in 179 seconds, and the header only where the models promise it', async () => {
    const world = sandboxWorld({ limits: 'published' })
    const path = `${search}?createdAfter=2026-11-24T00%3A00%3A00Z`
    const statuses: number[] = []
    for (let count = 0; count < 21; count += 1) statuses.push((await world.call('a', 'GET', path)).status)
    const throttled = await world.call('a', 'GET', path)
    world.advance(179_000)
    const next = await world.call('a', 'GET', path)

    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(throttled).toMatchObject({ status: 429, body: { errors: [{ code: 'QuotaExceeded' }] } })
    expect(throttled.headers.get('x-amzn-ratelimit-limit')).toBeNull()
    expect(next.headers.get('x-amzn-ratelimit-limit')).toBe('0.0056')
  })

  test('are apart for each seller and each operation', async () => {
    const world = sandboxWorld({ limits: 'published' })
    for (let count = 0; count < 11; count += 1) await world.call('a', 'POST', '/orders/v0/orders/1/shipmentConfirmation', {})

    const sameOperation = await world.call('b', 'POST', '/orders/v0/orders/1/shipmentConfirmation', {})
    const otherOperation = await world.call('a', 'GET', `${search}/1`)

    expect([sameOperation.status, otherOperation.status]).toEqual([400, 404])
  })

  test('are off in mode open, and no header says otherwise', async () => {
    const world = sandboxWorld()
    const answer = await world.call('a', 'GET', `${search}?createdAfter=2026-11-24T00%3A00%3A00Z`)

    expect(answer.headers.get('x-amzn-ratelimit-limit')).toBeNull()
    expect(answer.headers.get('x-amzn-requestid')).not.toBeNull()
  })
})
