import { SyncError } from '../../../core/errors.ts'
import type { ConsentFlow } from '../../../core/ports/connector.ts'
import { accountOf, grantToken, scopes } from '../client.ts'
import { type EbaySettings, tokenKey } from '../settings.ts'

/** Source: https://developer.ebay.com/api-docs/static/oauth-consent-request.html (read 2026-11-22). */
export const consent: ConsentFlow<EbaySettings> = {
  authorizeUrl(settings) {
    const { appId: client_id } = settings
    const query = new URLSearchParams({ client_id, redirect_uri: ruNameOf(settings), response_type: 'code', scope: scopes.join(' ') })
    return `https://auth.ebay.com/oauth2/authorize?${query}`
  },

  /** The code is accepted as it stands in the browser's address line. */
  async exchange(settings, code, transport, now) {
    const plain = code.includes('%') ? decodeURIComponent(code) : code
    const form = { grant_type: 'authorization_code', code: plain, redirect_uri: ruNameOf(settings) }
    const by = { shop: '(connecting)', account: accountOf(settings), action: 'exchange the consent code', now }
    try {
      return await grantToken(form, { settings, transport, by })
    } catch (error) {
      if (!(error instanceof SyncError) || error.code !== 'ebay-consent-ended') throw error
      const message =
        'eBay does not accept the code: it works once and ends after five minutes. Give consent again and paste the new address'
      throw new SyncError('auth', message, { code: 'ebay-code-refused', cause: error })
    }
  },

  tokenKey,
}

function ruNameOf({ ruName }: EbaySettings): string {
  if (ruName) return ruName
  const message = 'settings.ruName is missing: it is the RuName of your keyset, under "User Tokens" on developer.ebay.com'
  throw new SyncError('config', message, { code: 'ebay-runame-missing' })
}
