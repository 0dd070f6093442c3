import { describe, expect, test } from 'vitest'
import { shopifySettings } from '../../../connectors/shopify/settings.ts'

const app = { shop: 'brand.myshopify.com', clientId: 'c', clientSecret: 's' }

describe('the settings of a Shopify shop', () => {
  test('take an app or a token and fill in the rest', () => {
    expect(shopifySettings.parse(app)).toEqual({ ...app, apiVersion: '2026-10', includeTestOrders: false, shipUnpaid: [] })
    expect(shopifySettings.parse({ shop: app.shop, accessToken: 't' })).toMatchObject({ accessToken: 't' })
  })

  test('take an app that is installed by consent, with or without a refresh token to begin with', () => {
    const redirectUri = 'https://seller.example/connected'

    expect(shopifySettings.parse({ ...app, redirectUri })).toMatchObject({ redirectUri })
    expect(shopifySettings.parse({ ...app, refreshToken: 'r' })).toMatchObject({ refreshToken: 'r' })
  })

  test.each([
    ['both forms of credentials', { ...app, accessToken: 't' }, 'accessToken'],
    ['no credentials', { shop: app.shop }, 'clientSecret'],
    ['half an app', { shop: app.shop, clientId: 'c' }, 'clientSecret'],
    ['the other half of an app', { shop: app.shop, clientSecret: 's' }, 'clientId'],
    ['a refresh token beside a permanent one', { shop: app.shop, accessToken: 't', refreshToken: 'r' }, 'accessToken'],
    ['a storefront domain [shopify-auth-09]', { ...app, shop: 'www.brand.com' }, 'shop'],
    ['a version that cannot be', { ...app, apiVersion: '2026-11' }, 'apiVersion'],
  ])('refuse %s', (_what, settings, path) => {
    const result = shopifySettings.safeParse(settings)

    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })

  test('refuse keys that do not exist', () => {
    expect(shopifySettings.safeParse({ ...app, notifyBuyr: true }).error?.issues[0]).toMatchObject({ code: 'unrecognized_keys' })
  })
})
