import { SyncError } from '../../../core/errors.ts'
import type { ConsentFlow } from '../../../core/ports/connector.ts'
import { sender } from '../client.ts'
import { callerOf } from '../map-error.ts'
import { hostOf, tokenKey, type WishSettings } from '../settings.ts'
import { credentials, tokenOf } from './tokens.ts'

/** Source: china-merchant.wish.com/documentation/api/v3/oauth (read 2026-11-22). */
export const consent: ConsentFlow<WishSettings> = {
  authorizeUrl: (settings) => `${hostOf(settings)}/v3/oauth/authorize?client_id=${encodeURIComponent(settings.clientId)}`,

  /** The code of the consent page lives 5 minutes and works once. */
  async exchange(settings, code, transport, now) {
    if (settings.redirectUri === undefined) {
      throw new SyncError('config', 'connecting a Wish shop needs settings.redirectUri, as entered in the app at Wish', {
        code: 'wish-redirect-uri-missing',
      })
    }
    const body = { ...credentials(settings), code, grant_type: 'authorization_code', redirect_uri: settings.redirectUri }
    const answer = await sender(hostOf(settings), transport)({ method: 'POST', path: '/api/v3/oauth/access_token', body })
    return tokenOf(answer, callerOf(settings, 'connecting'), { now })
  },

  tokenKey,
}
