import { SyncError } from '../../../core/errors.ts'
import type { ConsentFlow } from '../../../core/ports/connector.ts'
import type { StoredToken } from '../../../core/ports/token-store.ts'
import { type Instant, msBetween } from '../../../core/value/instant.ts'
import { requestGrant, storedToken } from '../../shared/with-token.ts'
import { dataOf } from '../map-error.ts'
import { parseAnswer, tokenAnswer, type WishAnswer } from '../schema.ts'
import { accountOf, hosts, tokenKey, type WishSettings } from '../settings.ts'

/** Source: china-merchant.wish.com/documentation/api/v3/oauth (read 2026-11-22). */
export const consent: ConsentFlow<WishSettings> = {
  authorizeUrl: ({ host, clientId }) => `${hosts[host]}/v3/oauth/authorize?client_id=${encodeURIComponent(clientId)}`,

  /** The code of the consent page lives 5 minutes and works once. */
  async exchange(settings, code, transport, now) {
    if (settings.redirectUri === undefined) {
      throw new SyncError('config', 'connecting a Wish shop needs settings.redirectUri, as entered in the app at Wish', {
        code: 'wish-redirect-uri-missing',
      })
    }
    const body = { ...credentials(settings), code, grant_type: 'authorization_code', redirect_uri: settings.redirectUri }
    const url = `${hosts[settings.host]}/api/v3/oauth/access_token`
    const response = await requestGrant(transport, { url, body, headers: { 'accept-language': 'en' } })
    return tokenOf(parseAnswer(response, { account: accountOf(settings), doing: 'connecting' }), { now })
  },

  tokenKey,
}

export function credentials(settings: WishSettings) {
  return { client_id: settings.clientId, client_secret: settings.clientSecret }
}

/** "For security reasons, the access token will expire after 30 days": oauthAccessToken, Wish Marketplace V3 API 3.0.65 (read 2026-11-22). */
const tokenLifeSeconds = 30 * 86_400

/** What the token operations document for themselves: oauthAccessToken and oauthRefreshToken (read 2026-11-22). */
const ownCodes: readonly number[] = [1002, 10001, 10002, 10004, 10008]

/** The tokens of an answer, both of them: the refresh token may have changed. */
export function tokenOf(answer: WishAnswer, known: { readonly now: Instant; readonly refreshToken?: string }): StoredToken {
  const { status, code } = answer
  // Any other refusal means that the grant is gone, which is 1008 elsewhere: only new consent helps.
  const isGone = status >= 400 && status < 500 && code !== undefined && !ownCodes.includes(code)
  const { access_token, refresh_token, expiry_time } = dataOf(isGone ? { ...answer, code: 1008 } : answer, tokenAnswer)
  const lifeSeconds = expiry_time === undefined ? tokenLifeSeconds : msBetween(known.now, expiry_time) / 1_000
  return storedToken(access_token, refresh_token ?? known.refreshToken, known.now, lifeSeconds)
}
