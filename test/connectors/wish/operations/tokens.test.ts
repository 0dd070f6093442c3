import { describe, expect, test } from 'vitest'
import { wish } from '../../../../connectors/wish/index.ts'
import { shopWorld } from '../shop-world.ts'

const writes = (world: ReturnType<typeof shopWorld>) => world.transport.sent.filter((request) => request.method === 'PUT').length

describe('tokens on the way', () => {
  test('survive rotation: the refresh token of the last answer is the one that is used', async () => {
    const world = shopWorld({ switches: { 'rotate-refresh-token': true } })
    await world.connector.checkConnection(world.call)
    world.advance(29 * 86_400_000)

    await expect(world.connector.checkConnection(world.call)).resolves.toMatchObject({ account: expect.stringMatching(/^[0-9a-f]{24}$/) })
  })

  test('revoked by another program are renewed within the same call', async () => {
    const world = shopWorld()
    const id = world.place()
    await world.connector.checkConnection(world.call)
    await world.refresh()

    expect(await world.confirm(id)).toMatchObject({ result: 'accepted' })
    expect(writes(world)).toBe(1)
  })

  test('come from the consent page when the settings have none', async () => {
    const world = shopWorld({}, {}, { consent: true })
    const settings = wish.settings.parse(world.shop.settings)
    const consent = wish.consent
    if (!consent) throw new Error('Wish has a consent page')
    const { pathname, search } = new URL(consent.authorizeUrl(settings))
    const page = await world.marketplace.fetch(new Request(`http://127.0.0.1${pathname}${search}`))
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? ''

    const token = await consent.exchange(settings, code, world.transport, world.now())
    await world.call.tokens.get({ ...consent.tokenKey(settings), renew: async () => token })

    await expect(world.connector.checkConnection(world.call)).resolves.toMatchObject({ warnings: [] })
    await expect(consent.exchange(settings, code, world.transport, world.now())).rejects.toMatchObject({
      kind: 'auth',
      code: 'wish-code-used',
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

  test('of two merchants of one app are kept apart', () => {
    const key = (settings: object) => wish.consent?.tokenKey({ clientId: 'a', clientSecret: 's', ...settings }).scope
    const scopes = [key({ merchantId: 'm1' }), key({ merchantId: 'm2' }), key({ refreshToken: 'r1' }), key({ refreshToken: 'r2' })]

    expect(new Set(scopes).size).toBe(4)
    expect(scopes.join()).not.toContain('r1')
    expect(key({ merchantId: 'm1', refreshToken: 'r1' })).toBe(key({ merchantId: 'm1', refreshToken: 'r2' }))
  })
})

test('limits with published numbers are kept by the published rates of the connector', () => {
  const { perSecond, burst } = wish.rateLimits['default'] ?? { perSecond: 0, burst: 0 }

  expect(burst + perSecond * 60).toBeLessThanOrEqual(60)
})
