import { describe, expect, test } from 'vitest'
import { ebay } from '../../../../connectors/ebay/index.ts'
import type { Connector } from '../../../../core/ports/connector.ts'
import { createEbay } from '../../../../sandbox/ebay/index.ts'
import type { NewOrder } from '../../../../sandbox/simulated.ts'
import { account, type ContractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { fakeCallContext } from '../../../fakes/fake-call-context.ts'
import { sandboxTransport } from '../../../fakes/sandbox-transport.ts'
import { ebayWorld, plainShop, requestsOf } from '../ebay-world.ts'
import { instant } from '../order-payload.ts'

const now = instant('2026-11-24T08:00:00Z')

const order: NewOrder = {
  currency: 'EUR',
  shipTo: { name: 'Erika Mustermann', line1: 'Heidestr. 17', city: 'Berlin', postcode: '10115', country: 'DE' },
  buyer: { id: 'buyer_1', name: 'Erika Mustermann' },
  lines: [{ channelSku: 'LAMP-RED', title: 'Lampe, rot', quantity: 1, unitPrice: '12.30' }],
}

const settings = { appId: 'APP-1', certId: 'CERT-1', refreshToken: 'v^1.1#refresh', marketplaceId: 'EBAY_DE' }

describe('the consent of the seller', () => {
  const consent = ebay.consent
  if (!consent) throw new Error('eBay has a consent flow')

  test('is asked for on eBay’s page with the RuName', () => {
    const url = new URL(consent.authorizeUrl({ ...settings, ruName: 'My-RuName' }))

    expect(`${url.origin}${url.pathname}`).toBe('https://auth.ebay.com/oauth2/authorize')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ client_id: 'APP-1', redirect_uri: 'My-RuName', response_type: 'code' })
    expect(url.searchParams.get('scope')).toContain('sell.fulfillment')
  })

  test('needs the RuName', () => {
    expect(() => consent.authorizeUrl(settings)).toThrow(/ruName/)
  })

  test('gives a refresh token for the code, also when pasted encoded', async () => {
    const marketplace = createEbay({ now: () => now, limits: 'open' })
    const shopSettings = marketplace.addAccount('one')
    const transport = sandboxTransport(marketplace)
    const page = await transport.send({ method: 'GET', url: consent.authorizeUrl(shopSettings), headers: {} })
    const code = new URL(page.headers['location'] ?? '').searchParams.get('code') ?? ''

    const token = await consent.exchange(shopSettings, encodeURIComponent(code), transport, now)

    expect(token).toMatchObject({ issuedAt: now, expiresAt: '2026-11-24T10:00:00.000Z', refreshExpiresAt: '2028-05-24T20:00:00.000Z' })
    expect(token.refreshToken).toBeTruthy()
    await expect(consent.exchange(shopSettings, code, transport, now)).rejects.toMatchObject({ kind: 'auth', code: 'ebay-code-refused' })
  })

  test('is kept by application and shop, so that two shops of one app are connected apart [ebay-auth-02]', () => {
    const { refreshToken: _, ...consentOnly } = settings
    const key = consent.tokenKey(consentOnly, 'de-ebay')

    expect(consent.tokenKey(consentOnly, 'uk-ebay').scope).not.toBe(key.scope)
    expect(consent.tokenKey({ ...consentOnly, sellerId: 'me', marketplaceId: 'EBAY_GB' }, 'de-ebay')).toEqual(key)
  })

  test('of two shops of one app is used by each for its own orders [ebay-auth-02]', async () => {
    const marketplace = createEbay({ now: () => now, limits: 'open' })
    const transport = sandboxTransport(marketplace)
    const call = fakeCallContext({ now })
    const shops: Connector[] = []
    const read: string[] = []
    for (const name of ['one', 'two']) {
      const { refreshToken: _, sellerId: _seller, ...consentOnly } = marketplace.addAccount(name)
      marketplace.placeOrder(name, order)
      const page = await transport.send({ method: 'GET', url: `${consent.authorizeUrl(consentOnly)}&login_hint=${name}`, headers: {} })
      const code = new URL(page.headers['location'] ?? '').searchParams.get('code') ?? ''
      const granted = await consent.exchange(consentOnly, code, transport, now)
      await call.tokens.get({ ...consent.tokenKey(consentOnly, name), renew: () => Promise.resolve(granted) })
      shops.push(ebay.create({ ...plainShop, id: name, settings: consentOnly }, transport))
    }

    for (const shop of shops) read.push((await shop.checkConnection(call)).account)

    expect(read).toEqual(['seller-one', 'seller-two'])
  })

  test('gives way to a refresh token that is entered anew, and outlives a new cert id', () => {
    const key = consent.tokenKey(settings, 'de-ebay')

    expect(consent.tokenKey({ ...settings, refreshToken: 'another' }, 'de-ebay').seed).not.toBe(key.seed)
    expect(consent.tokenKey({ ...settings, certId: 'another' }, 'de-ebay')).toEqual(key)
    expect(key.scope).not.toContain('refresh')
  })
})

const dayMs = 24 * 60 * minuteMs

/** The same shop as it is after its operator has changed the settings. */
function withSettings(world: ContractWorld, settings: Readonly<Record<string, unknown>>) {
  return ebay.create({ ...world.shop, settings: ebay.settings.parse(settings) }, world.transport)
}

describe('a new cert id', () => {
  test('is asked for by shop, account and what to do, once the token ends [ebay-auth-06]', async () => {
    const world = ebayWorld()
    await world.connector.readShipments('1', world.call)
    world.marketplace.rotateSecret(account)

    await expect(world.connector.readShipments('1', world.call)).resolves.toEqual([])
    world.advance(2 * dayMs)

    await expect(world.connector.readShipments('1', world.call)).rejects.toMatchObject({
      kind: 'auth',
      code: 'ebay-keys-refused',
      message: expect.stringMatching(/shop contract-shop \(account seller-contract\).*certId that was replaced has ended/),
    })
  })

  test('entered in the settings goes on with the same consent and the same token, and renews it [ebay-auth-06]', async () => {
    const world = ebayWorld()
    await world.connector.readShipments('1', world.call)
    const connector = withSettings(world, world.marketplace.rotateSecret(account))

    await expect(connector.readShipments('1', world.call)).resolves.toEqual([])
    expect(requestsOf(world, 'token')).toBe(1)
    world.advance(2 * dayMs)

    await expect(connector.readShipments('1', world.call)).resolves.toEqual([])
    expect(requestsOf(world, 'token')).toBe(2)
  })
})

describe('the end of the consent', () => {
  test('is known from the consent itself, survives renewals, and is told 30 days before [ebay-auth-03] [ebay-auth-04]', async () => {
    const world = ebayWorld()
    world.place()
    const { refreshToken: _, refreshTokenIssuedAt: _issued, ...settings } = world.shop.settings as Record<string, unknown>
    const { consent } = ebay
    if (!consent) throw new Error('eBay has a consent flow')
    const page = await world.transport.send({ method: 'GET', url: consent.authorizeUrl(settings), headers: {} })
    const code = new URL(page.headers['location'] ?? '').searchParams.get('code') ?? ''
    const granted = await consent.exchange(settings, code, world.transport, world.now())
    await world.call.tokens.get({ ...consent.tokenKey(settings, world.shop.id), renew: () => Promise.resolve(granted) })
    const connector = withSettings(world, settings)

    world.advance(500 * dayMs)
    world.place()
    const early = await connector.checkConnection(world.call)
    world.advance(20 * dayMs)
    world.place()
    const late = await connector.checkConnection(world.call)

    expect(early.warnings).toEqual([])
    expect(late.warnings).toEqual([expect.stringMatching(/consent ends on 2028-05-24: run "npm run connect"/)])
  })

  test('is logged once a day while orders are read [ebay-auth-04]', async () => {
    const world = ebayWorld()
    world.advance(530 * dayMs)
    let cursor: string | undefined
    for (let hour = 0; hour < 48; hour += 1) {
      cursor = (await world.readAll(cursor)).cursor
      world.advance(61 * minuteMs)
    }

    const warnings = world.call.lines.filter((line) => line.level === 'warn' && line.message.includes('consent ends on'))

    expect(warnings.length).toBeGreaterThanOrEqual(2)
    expect(warnings.length).toBeLessThanOrEqual(3)
  })
})
