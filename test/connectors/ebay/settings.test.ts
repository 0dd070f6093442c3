import { describe, expect, test } from 'vitest'
import { ebay } from '../../../connectors/ebay/index.ts'
import { plainSettings as settings, plainShop as shop } from './ebay-world.ts'

describe('the settings block', () => {
  test('knows its keys, and which are secret', () => {
    expect(ebay.settings.safeParse(settings).success).toBe(true)
    expect(ebay.settings.safeParse({ ...settings, apId: 'x' }).success).toBe(false)
    expect(ebay.settings.safeParse({ ...settings, marketplaceId: 'EBAY_MOON' }).success).toBe(false)
    expect(ebay.settings.safeParse({ ...settings, refreshTokenIssuedAt: 'last year' }).success).toBe(false)
    expect(ebay.secrets).toEqual(['certId', 'refreshToken'])
  })

  test('accepts its own result', () => {
    const parsed = ebay.settings.parse({ ...settings, refreshTokenIssuedAt: '2026-01-01T00:00:00+01:00' })

    expect(ebay.settings.parse(parsed)).toEqual(parsed)
  })

  test('shops of one application share its quota', () => {
    expect(ebay.limitScope(shop)).toBe(ebay.limitScope({ ...shop, id: 'other', settings: { ...settings, refreshToken: 'other' } }))
  })
})
