import { describe, expect, test } from 'vitest'
import { shopify } from '../../../../connectors/shopify/index.ts'
import { shopifySettings } from '../../../../connectors/shopify/settings.ts'
import { account, type ContractWorld, contractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { harness } from '../shopify-world.ts'

const hourMs = 60 * minuteMs
const byConsent = { ...harness, account: { auth: 'consent' } }
const grants = (world: ContractWorld) =>
  world.transport.sent.filter(({ url }) => url.endsWith('/access_token')).map(({ body }) => JSON.parse(body ?? ''))
const works = (world: ContractWorld, connector = world.connector) => connector.checkConnection(world.call)

/** The same shop after its settings were changed in the YAML. */
const withSettings = (world: ContractWorld, settings: object) => shopify.create({ ...world.shop, settings }, world.transport)

async function consentOf(world: ContractWorld, extra: object) {
  const settings = shopifySettings.parse({ ...(world.shop.settings as object), ...extra })
  const address = new URL(shopify.consent?.authorizeUrl(settings) ?? '')
  const page = await world.marketplace.fetch(new Request(`http://127.0.0.1${address.pathname}${address.search}`))
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? ''
  return { settings, address, exchange: () => shopify.consent?.exchange(settings, code, world.transport, world.now()) }
}

describe('the token of a day', () => {
  test('is asked for anew before it ends, and there is no refresh token [shopify-auth-02] [shopify-trap-08]', async () => {
    const world = contractWorld(harness)
    await works(world)
    world.advance(20 * hourMs)
    await works(world)
    world.advance(30 * hourMs)
    await works(world)

    expect(grants(world).map(({ grant_type }) => grant_type)).toEqual(Array(3).fill('client_credentials'))
  })
})

describe('the token of an hour', () => {
  test('is renewed with the refresh token of the last answer [shopify-auth-03]', async () => {
    const world = contractWorld(byConsent)
    for (let hour = 0; hour < 4; hour += 1) {
      await works(world)
      world.advance(50 * minuteMs)
    }

    const used = grants(world).map(({ refresh_token }) => refresh_token)
    expect(new Set(used).size).toBe(4)
    expect(used[0]).toBe((world.shop.settings as { refreshToken: string }).refreshToken)
  })

  test('is renewed after an answer was lost on the way [shopify-auth-04]', async () => {
    const world = contractWorld(byConsent)
    await works(world)
    world.advance(hourMs)
    world.marketplace.faults.set([{ kind: 'H6-timeout-after', operations: ['token'], times: 1 }])

    await expect(works(world)).rejects.toMatchObject({ kind: 'transient', code: 'no-answer' })
    await expect(works(world)).resolves.toMatchObject({ account: expect.stringContaining('contract') })
  })

  test('cannot be renewed when its refresh token is past its time; who is told to give consent again [shopify-auth-03]', async () => {
    const world = contractWorld(byConsent)
    world.advance(91 * 24 * hourMs)

    await expect(works(world)).rejects.toMatchObject({
      kind: 'auth',
      code: 'shopify-credentials-refused',
      message: expect.stringMatching(/shop contract-shop: contract\.myshopify\.com .*npm run connect/),
    })
  })

  test('comes from the consent page, by a code that works once [shopify-auth-03]', async () => {
    const world = contractWorld(harness)
    const { settings, address, exchange } = await consentOf(world, { redirectUri: 'https://seller.example/connected' })
    expect(address.origin).toBe('https://contract.myshopify.com')
    expect(address.searchParams.get('scope')).toContain('write_merchant_managed_fulfillment_orders')
    expect(address.searchParams.get('scope')).not.toContain('read_all_orders')

    const token = await exchange()

    expect(token).toMatchObject({ refreshToken: expect.any(String), expiresAt: '2026-11-24T09:00:00.000Z' })
    await expect(exchange()).rejects.toMatchObject({ kind: 'auth', code: 'shopify-credentials-refused' })
    if (!token || !shopify.consent) throw new Error('a token')
    await world.call.tokens.get({ ...shopify.consent.tokenKey(settings, world.shop.id), renew: async () => token })
    await expect(works(world, withSettings(world, settings))).resolves.toMatchObject({ account: expect.stringContaining('contract') })
  })

  test('is missing until consent is given, which the message says [shopify-auth-03]', async () => {
    const world = contractWorld(harness)
    const settings = { ...(world.shop.settings as object), redirectUri: 'https://seller.example/connected' }

    await expect(works(world, withSettings(world, settings))).rejects.toMatchObject({
      kind: 'auth',
      code: 'shopify-not-connected',
      message: expect.stringContaining('npm run connect -- --shop contract-shop'),
    })
  })

  test('is not asked for without a redirect address, for most stores need no consent', async () => {
    const world = contractWorld(harness)
    const { settings } = world.shop
    const missing = expect.objectContaining({ kind: 'config', code: 'shopify-redirect-uri-missing' })

    expect(() => shopify.consent?.authorizeUrl(settings)).toThrow(missing)
    await expect(shopify.consent?.exchange(settings, 'code', world.transport, world.now())).rejects.toEqual(missing)
    expect(world.transport.sent).toEqual([])
  })
})

describe('a client secret that was changed', () => {
  test.each([
    ['client credentials', 'client-credentials', 24 * hourMs],
    ['consent', 'consent', hourMs],
  ])('with %s is refused at the next renewal, and the new one works at once [shopify-auth-06]', async (_what, auth, lifeMs) => {
    const world = contractWorld({ ...harness, account: { auth } })
    await works(world)
    const changed = world.marketplace.rotateSecret(account)

    // The stored token is still good, with the old settings and with the new ones.
    await expect(works(world)).resolves.toBeDefined()
    await expect(works(world, withSettings(world, changed))).resolves.toBeDefined()
    world.advance(lifeMs)
    await expect(works(world)).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(/shop contract-shop: contract\.myshopify\.com refuses clientSecret; put the current secret/),
    })
    await expect(works(world, withSettings(world, changed))).resolves.toMatchObject({ account: expect.stringContaining('contract') })
  })

  test('goes with a permanent token that ends; the new one works at once [shopify-auth-06]', async () => {
    const world = contractWorld({ ...harness, account: { auth: 'static' } })
    const changed = world.marketplace.rotateSecret(account)

    await expect(works(world)).rejects.toMatchObject({ kind: 'auth', code: 'shopify-token-refused' })
    await expect(works(world, withSettings(world, changed))).resolves.toBeDefined()
  })
})
