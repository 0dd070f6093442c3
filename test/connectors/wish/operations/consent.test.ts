import { describe, expect, test } from 'vitest'
import { wish } from '../../../../connectors/wish/index.ts'
import { account } from '../../../sandbox/wish/world.ts'
import { shopWorld } from '../shop-world.ts'

const writes = (world: ReturnType<typeof shopWorld>) => world.transport.sent.filter((request) => request.method === 'PUT').length

describe('tokens on the way', () => {
  test('survive rotation: the refresh token of the last answer is the one that is used [wish-auth-07]', async () => {
    const world = shopWorld({ switches: { 'rotate-refresh-token': true } })
    await world.connector.checkConnection(world.call)
    world.advance(29 * 86_400_000)

    await expect(world.connector.checkConnection(world.call)).resolves.toMatchObject({ account: expect.stringMatching(/^[0-9a-f]{24}$/) })
  })

  test('revoked by another program are renewed within the same call [wish-auth-06]', async () => {
    const world = shopWorld()
    const id = world.place()
    await world.connector.checkConnection(world.call)
    await world.refresh()

    expect(await world.confirm(id)).toMatchObject({ result: 'accepted' })
    expect(writes(world)).toBe(1)
  })

  test('come from the consent page when the settings have none, by a code that works once [wish-auth-01] [wish-auth-02] [wish-auth-03]', async () => {
    const world = shopWorld({}, {}, { consent: true })
    const settings = wish.settings.parse(world.shop.settings)
    const consent = wish.consent
    if (!consent) throw new Error('Wish has a consent page')
    const { pathname, search } = new URL(consent.authorizeUrl(settings))
    expect(pathname).toBe('/v3/oauth/authorize')
    const page = await world.marketplace.fetch(new Request(`http://127.0.0.1${pathname}${search}`))
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? ''

    const token = await consent.exchange(settings, code, world.transport, world.now())
    await world.call.tokens.get({ ...consent.tokenKey(settings, world.shop.id), renew: async () => token })

    await expect(world.connector.checkConnection(world.call)).resolves.toMatchObject({ warnings: [] })
    await expect(consent.exchange(settings, code, world.transport, world.now())).rejects.toMatchObject({
      kind: 'auth',
      code: 'wish-code-used',
    })
    // In the body, for addresses end in the logs of others.
    expect(world.transport.sent.find(({ url }) => url.includes('/oauth/access_token'))).toMatchObject({
      method: 'POST',
      url: expect.not.stringContaining('?'),
    })
  })

  test('need a redirect address to be asked for', async () => {
    const world = shopWorld()
    const settings = { ...world.settings, redirectUri: undefined }

    await expect(wish.consent?.exchange(settings, 'c', world.transport, world.now())).rejects.toMatchObject({
      kind: 'config',
      code: 'wish-redirect-uri-missing',
    })
  })

  test('of two merchants of one app are kept apart [wish-limit-04]', () => {
    const key = (settings: object, shopId = 'wish-1') =>
      wish.consent?.tokenKey({ clientId: 'a', clientSecret: 's', ...settings }, shopId).scope
    const scopes = [
      key({ merchantId: 'm1' }),
      key({ merchantId: 'm2' }),
      key({ refreshToken: 'r1' }),
      key({ refreshToken: 'r2' }),
      key({}),
      key({}, 'wish-2'),
    ]

    expect(new Set(scopes).size).toBe(6)
    expect(scopes.join()).not.toContain('r1')
    expect(key({ merchantId: 'm1', refreshToken: 'r1' })).toBe(key({ merchantId: 'm1', refreshToken: 'r2' }))
  })
})

describe('a new client secret', () => {
  const withSettings = (world: ReturnType<typeof shopWorld>, settings: object) => wish.create({ ...world.shop, settings }, world.transport)

  test('stops the shop that has the old one as soon as a token is due, and says what to do [wish-auth-12]', async () => {
    const world = shopWorld()
    world.marketplace.rotateSecret(account)

    await expect(world.connector.checkConnection(world.call)).rejects.toMatchObject({
      kind: 'auth',
      code: 'wish-credentials-wrong',
      message: expect.stringMatching(/^shop wish-1 \(Wish app [0-9a-f]{24}\).*clientSecret.*shops\.yaml/),
    })
  })

  test('is used at once when it stands in the settings, and the grant stays [wish-auth-12]', async () => {
    const world = shopWorld()
    const fresh = withSettings(world, world.marketplace.rotateSecret(account))

    await expect(fresh.checkConnection(world.call)).resolves.toMatchObject({ warnings: [] })
  })

  test('does not end the stored token, nor the consent behind it [wish-auth-12]', async () => {
    const world = shopWorld({ switches: { 'rotate-refresh-token': true } })
    await world.connector.checkConnection(world.call)
    const fresh = withSettings(world, world.marketplace.rotateSecret(account))
    const asksForToken = () => world.transport.sent.filter(({ url }) => url.includes('/oauth/refresh_token')).length
    const before = asksForToken()

    await expect(world.connector.checkConnection(world.call)).resolves.toMatchObject({ warnings: [] })
    await expect(fresh.checkConnection(world.call)).resolves.toMatchObject({ warnings: [] })
    expect(asksForToken()).toBe(before)

    world.advance(29 * 86_400_000)
    await expect(fresh.checkConnection(world.call)).resolves.toMatchObject({ warnings: [] })
    expect(asksForToken()).toBe(before + 1)
  })
})

test('no number is published, so at most 60 calls leave in a minute [wish-limit-01]', () => {
  const { perSecond, burst } = wish.rateLimits['default'] ?? { perSecond: 0, burst: 0 }

  expect(burst + perSecond * 60).toBeLessThanOrEqual(60)
})
