import { gid } from './ids.ts'
import { showTime, type View } from './view.ts'

/** Live versions at the end of 2026. Source: https://shopify.dev/docs/api/usage/versioning (read 2026-11-22). */
export const liveVersions = ['2026-01', '2026-04', '2026-07', '2026-10'] as const

/** The fields of QueryRoot about the shop and the app. */
export function shopQueries(view: View) {
  const { shop } = view
  return {
    shop: {
      __typename: 'Shop',
      id: gid('Shop', '1'),
      name: shop.account,
      email: 'owner@example.com',
      contactEmail: 'owner@example.com',
      myshopifyDomain: shop.domain,
      url: `https://${shop.domain}`,
      currencyCode: shop.currency,
      enabledPresentmentCurrencies: [shop.currency],
      ianaTimezone: 'Etc/UTC',
      timezoneAbbreviation: 'UTC',
      timezoneOffset: '+0000',
      timezoneOffsetMinutes: 0,
      weightUnit: 'GRAMS',
      taxesIncluded: false,
      createdAt: showTime(shop.createdAt),
      updatedAt: showTime(shop.createdAt),
      plan: { displayName: shop.plan, publicDisplayName: shop.plan, partnerDevelopment: false, shopifyPlus: shop.plan === 'plus' },
    },
    currentAppInstallation: {
      __typename: 'AppInstallation',
      id: gid('AppInstallation', '1'),
      launchUrl: 'https://app.example.com',
      uninstallUrl: null,
      accessScopes: [...shop.scopes].map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
      app: { __typename: 'App', id: gid('App', '1'), title: 'Order sync', handle: 'order-sync', apiKey: shop.clientId },
    },
    publicApiVersions: [
      ...liveVersions.map((handle) => ({ handle, displayName: handle, supported: true })),
      { handle: '2027-01', displayName: '2027-01 (Release candidate)', supported: false },
      { handle: 'unstable', displayName: 'unstable', supported: false },
    ],
  }
}
