import { SyncError } from '../../../core/errors.ts'
import type { ConsentFlow } from '../../../core/ports/connector.ts'
import { grantToken } from '../client.ts'
import { type ShopifySettings, tokenKey } from '../settings.ts'
import { neededScopes, usefulScopes } from './check-connection.ts'

/** A scope that Shopify grants on request only; asking without it fails. */
const onRequest = 'read_all_orders'

/**
 * For stores of another organization than the app's. The token lives an hour; its refresh token rotates.
 * Source: https://shopify.dev/docs/apps/build/authentication-authorization/authenticate-standalone-apps (read 2026-11-24).
 */
export const consent: ConsentFlow<ShopifySettings> = {
  authorizeUrl(settings) {
    const scopes = [...neededScopes, ...Object.keys(usefulScopes).filter((scope) => scope !== onRequest)]
    const query = new URLSearchParams({
      client_id: settings.clientId ?? '',
      scope: scopes.join(','),
      redirect_uri: redirectUriOf(settings),
    })
    return `https://${settings.shop}/admin/oauth/authorize?${query}`
  },

  async exchange(settings, code, transport, now) {
    redirectUriOf(settings)
    const place = { shopId: '(connecting)', host: settings.shop, now }
    return grantToken({ code, expiring: '1' }, { settings, transport, place })
  },

  tokenKey,
}

function redirectUriOf({ redirectUri }: ShopifySettings): string {
  if (redirectUri !== undefined) return redirectUri
  const message = 'settings.redirectUri is missing; only a store of another organization than the app gives consent, others need none'
  throw new SyncError('config', message, { code: 'shopify-redirect-uri-missing' })
}
