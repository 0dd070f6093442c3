import { SyncError } from '../../../core/errors.ts'
import type { ConsentFlow } from '../../../core/ports/connector.ts'
import { grantToken, scopes } from '../client.ts'
import { type EbaySettings, tokenKey } from '../settings.ts'

/** Source: https://developer.ebay.com/api-docs/static/oauth-consent-request.html (read 2026-11-22). */
export const consent: ConsentFlow<EbaySettings> = {
  authorizeUrl(settings) {
    const query = new URLSearchParams({
      client_id: settings.appId,
      redirect_uri: ruNameOf(settings),
      response_type: 'code',
      scope: scopes.join(' '),
    })
    return `https://auth.ebay.com/oauth2/authorize?${query}`
  },

  /** The code is accepted as it stands in the browser's address line. */
  async exchange(settings, code, transport, now) {
    const plain = code.includes('%') ? decodeURIComponent(code) : code
    const form = { grant_type: 'authorization_code', code: plain, redirect_uri: ruNameOf(settings) }
    const account = settings.sellerId ?? settings.appId
    return grantToken(settings, form, transport, { shop: '(connecting)', account, action: 'exchange the consent code', now })
  },

  tokenKey,
}

function ruNameOf(settings: EbaySettings): string {
  if (settings.ruName) return settings.ruName
  throw new SyncError('config', 'settings.ruName is missing: it is the RuName of your keyset, under "User Tokens" on developer.ebay.com', {
    code: 'ebay-runame-missing',
  })
}
