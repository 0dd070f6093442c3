import { describe, expect, test } from 'vitest'
import { ebay } from '../../../../connectors/ebay/index.ts'
import { createEbay } from '../../../../sandbox/ebay/index.ts'
import { sandboxTransport } from '../../../fakes/sandbox-transport.ts'
import { instant } from '../order-payload.ts'

const now = instant('2026-11-24T08:00:00Z')

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

    expect(token).toMatchObject({ issuedAt: now, expiresAt: '2026-11-24T10:00:00.000Z' })
    expect(token.refreshToken).toBeTruthy()
    await expect(consent.exchange(shopSettings, code, transport, now)).rejects.toMatchObject({ kind: 'auth', code: 'ebay-consent-ended' })
  })

  test('is kept by application and seller; a new refresh token or secret replaces it', () => {
    const key = consent.tokenKey(settings)

    expect(consent.tokenKey({ ...settings, marketplaceId: 'EBAY_GB' })).toEqual(key)
    expect(consent.tokenKey({ ...settings, refreshToken: 'another' })).not.toEqual(key)
    expect(consent.tokenKey({ ...settings, certId: 'another' }).seed).not.toBe(key.seed)
    expect(consent.tokenKey({ ...settings, sellerId: 'me', refreshToken: 'another' }).scope).toBe(
      consent.tokenKey({ ...settings, sellerId: 'me' }).scope,
    )
    expect(key.scope).not.toContain('refresh')
  })
})
