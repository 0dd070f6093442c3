import { describe, expect, test } from 'vitest'
import { connectors } from '../../connectors/index.ts'

const app = { clientId: 'c', clientSecret: 's' }
const settings: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  amazon: {
    us: { ...app, region: 'na', sellerId: 'A1', marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] },
    canada: { ...app, region: 'na', sellerId: 'A1', marketplaceIds: ['A2EUQ1WTGCTBG2'] },
    mexico: { ...app, region: 'na', sellerId: 'A1', marketplaceIds: ['A1AM78C64UM0Y8'] },
    another: { ...app, region: 'na', sellerId: 'A2', marketplaceIds: ['ATVPDKIKX0DER'] },
  },
  ebay: {
    de: { appId: 'a', certId: 'c', marketplaceId: 'EBAY_DE', refreshToken: 'r1', sellerId: 'Seller' },
    uk: { appId: 'a', certId: 'c', marketplaceId: 'EBAY_GB', refreshToken: 'r2', sellerId: 'seller' },
    au: { appId: 'b', certId: 'c', marketplaceId: 'EBAY_AU', refreshToken: 'r2' },
    unknown: { appId: 'a', certId: 'c', marketplaceId: 'EBAY_DE' },
  },
  shopify: {
    one: { shop: 'one.myshopify.com', ...app },
    again: { shop: 'one.myshopify.com', accessToken: 't' },
    two: { shop: 'two.myshopify.com', ...app },
  },
  wish: {
    one: { ...app, refreshToken: 'r1', merchantId: 'm1' },
    again: { ...app, merchantId: 'm1' },
    token: { ...app, refreshToken: 'r1' },
    unknown: app,
  },
}

/** Whether the two shops named would read the same orders. */
function isSameAccount(platform: string, first: string, second: string): boolean {
  const keysOf = (name: string) => {
    const definition = connectors.find((candidate) => candidate.platform === platform)
    return definition?.accountKeys(settings[platform]?.[name]).filter((key) => key !== '') ?? []
  }
  return keysOf(first).some((key) => keysOf(second).includes(key))
}

describe('two shops', () => {
  test.each([
    ['amazon', 'us', 'canada', true],
    ['amazon', 'us', 'mexico', false],
    ['amazon', 'us', 'another', false],
    ['ebay', 'de', 'uk', true],
    ['ebay', 'uk', 'au', true],
    ['ebay', 'de', 'au', false],
    ['ebay', 'unknown', 'unknown', false],
    ['shopify', 'one', 'again', true],
    ['shopify', 'one', 'two', false],
    ['wish', 'one', 'again', true],
    ['wish', 'one', 'token', true],
    ['wish', 'unknown', 'unknown', false],
  ])('of %s, %s and %s, are one account: %s', (platform, first, second, expected) => {
    expect(isSameAccount(platform, first, second)).toBe(expected)
  })
})
