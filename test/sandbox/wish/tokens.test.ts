import { describe, expect, test } from 'vitest'
import { account, type Tokens, wishWorld } from './world.ts'

const dayMs = 86_400_000

describe('tokens of the simulated Wish', () => {
  test('a refresh gives both tokens, the merchant and an end in 30 days', async () => {
    const world = wishWorld()

    const answer = await world.refresh()

    expect(answer.data).toMatchObject({ refresh_token: world.settings.refreshToken, expiry_time: '2026-12-24T08:00:00.000Z' })
    expect(answer.data.merchant_id).toMatch(/^[0-9a-f]{24}$/)
  })

  test('a refresh revokes earlier access tokens at once', async () => {
    const world = wishWorld()
    const first = (await world.refresh()).data.access_token
    const second = (await world.refresh()).data.access_token

    const old = await world.call('GET', '/api/v3/oauth/test', { token: first })
    const current = await world.call('GET', '/api/v3/oauth/test', { token: second })

    expect(old).toMatchObject({ status: 400, code: '1008' })
    expect(current).toMatchObject({ status: 200, code: 0 })
  })

  test('a new secret of the app ends the old one and leaves tokens and grant as they are', async () => {
    const world = wishWorld()
    const token = (await world.refresh()).data.access_token

    const settings = world.marketplace.rotateSecret(account)

    expect(settings).toEqual({ ...world.settings, clientSecret: expect.not.stringContaining(world.settings.clientSecret) })
    expect(await world.refresh()).toMatchObject({ status: 400, code: '10001' })
    expect(await world.call('GET', '/api/v3/oauth/test', { token })).toMatchObject({ status: 200 })
  })

  test('an access token ends after 30 days', async () => {
    const world = wishWorld()
    const token = (await world.refresh()).data.access_token
    world.advance(30 * dayMs)

    expect(await world.call('GET', '/api/v3/oauth/test', { token })).toMatchObject({ status: 400, code: '1007' })
  })

  test('a refresh token rotates only when that is switched on', async () => {
    const world = wishWorld({ switches: { 'rotate-refresh-token': true } })

    const rotated = (await world.refresh()).data.refresh_token

    expect(rotated).not.toBe(world.settings.refreshToken)
    expect(await world.refresh()).toMatchObject({ status: 400, code: '1006' })
    expect(await world.refresh(rotated)).toMatchObject({ status: 200 })
  })

  test.each([
    [{ client_secret: 'wrong' }, '10001'],
    [{ grant_type: 'authorization_code' }, '1001'],
    [{ refresh_token: 'wrong' }, '1006'],
    [{ extra: 'x' }, '1001'],
  ])('a refresh with %j is refused with %s', async (change, code) => {
    const world = wishWorld()
    const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = world.settings
    const query = new URLSearchParams({ client_id, client_secret, refresh_token, grant_type: 'refresh_token', ...change } as Record<
      string,
      string
    >)

    expect(await world.call('GET', `/api/v3/oauth/refresh_token?${query}`, { token: null })).toMatchObject({ status: 400, code })
  })

  test('no token and unknown tokens are refused', async () => {
    const world = wishWorld()

    expect(await world.call('GET', '/api/v3/oauth/test', { token: null })).toMatchObject({ status: 401, code: '1012' })
    expect(await world.call('GET', '/api/v3/oauth/test', { token: 'x' })).toMatchObject({ status: 400, code: '1008' })
  })

  test('withdrawn access refuses calls and refreshes until it is given back', async () => {
    const world = wishWorld()
    const token = (await world.refresh()).data.access_token
    world.marketplace.revoke('shop')

    expect(await world.call('GET', '/api/v3/orders', { token })).toMatchObject({ status: 400, code: '1008' })
    expect(await world.refresh()).toMatchObject({ status: 400, code: '1006' })
    world.marketplace.restore('shop')
    expect(await world.refresh()).toMatchObject({ status: 200 })
  })
})

describe('consent in the simulated Wish', () => {
  async function consent(world: ReturnType<typeof wishWorld>) {
    const page = await world.marketplace.fetch(
      new Request(`http://127.0.0.1/v3/oauth/authorize?client_id=${world.settings.clientId}&state=s1`, { redirect: 'manual' }),
    )
    const target = new URL(page.headers.get('location') ?? '')
    const { clientId: client_id, clientSecret: client_secret, redirectUri: redirect_uri } = world.settings
    const code = target.searchParams.get('code') ?? ''
    return { target, body: { client_id, client_secret, code, grant_type: 'authorization_code', redirect_uri } }
  }
  const exchange = (world: ReturnType<typeof wishWorld>, body: object) =>
    world.call<Tokens>('POST', '/api/v3/oauth/access_token', { body, token: null })

  test('comes back with a code that gives the first tokens once', async () => {
    const world = wishWorld({}, undefined, { consent: true })
    const { target, body } = await consent(world)

    const first = await exchange(world, body)
    const second = await exchange(world, body)

    expect(target.searchParams.get('state')).toBe('s1')
    expect(first.data.refresh_token).toMatch(/^[0-9a-f]{32}$/)
    expect(second).toMatchObject({ status: 400, code: '10002' })
    expect(await world.refresh(first.data.refresh_token)).toMatchObject({ status: 200 })
  })

  test('gives a code for five minutes', async () => {
    const world = wishWorld({}, undefined, { consent: true })
    const { body } = await consent(world)
    world.advance(5 * 60_000)

    expect(await exchange(world, body)).toMatchObject({ code: '10004' })
  })

  test.each([
    [{ code: 'wrong' }, '10008'],
    [{ redirect_uri: 'http://127.0.0.1/elsewhere' }, '10001'],
    [{ client_secret: 'wrong' }, '10001'],
    [{ grant_type: 'refresh_token' }, '1001'],
  ])('refuses %j with %s', async (change, code) => {
    const world = wishWorld({}, undefined, { consent: true })
    const { body } = await consent(world)

    expect(await exchange(world, { ...body, ...change })).toMatchObject({ status: 400, code })
  })
})
