import { createHash } from 'node:crypto'
import { SyncError } from '../../core/errors.ts'
import type { StoredToken } from '../../core/ports/token-store.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { addMs, type Instant, parseInstant } from '../../core/value/instant.ts'
import { sender } from './http.ts'
import { errorOf, isSuccess, type WishAnswer, type WishCaller } from './map-error.ts'
import { tokenAnswer } from './schema.ts'
import { hostOf, type WishSettings } from './settings.ts'

/** "For security reasons, the access token will expire after 30 days": oauthAccessToken, Wish Marketplace V3 API 3.0.65 (read 2026-11-22). */
const tokenLifeMs = 30 * 86_400_000

/** Redeems the code of the consent page; it lives 5 minutes and works once. */
export async function exchangeCode(settings: WishSettings, code: string, transport: Transport, now: Instant): Promise<StoredToken> {
  if (settings.redirectUri === undefined) {
    throw new SyncError('config', 'connecting a Wish shop needs settings.redirectUri, as entered in the app at Wish', {
      code: 'wish-redirect-uri-missing',
    })
  }
  const body = { ...credentials(settings), code, grant_type: 'authorization_code', redirect_uri: settings.redirectUri }
  const answer = await sender(hostOf(settings), transport)({ method: 'POST', path: '/api/v3/oauth/access_token', body })
  return storedToken(answer, { shop: settings.clientId, doing: 'connecting' }, { now })
}

/**
 * One token per merchant and app. The merchant is known by its id or, without one, by the refresh token that the
 * configuration starts from.
 */
export function tokenKey(settings: WishSettings): { readonly scope: string; readonly seed: string } {
  const merchant = settings.merchantId ?? settings.refreshToken ?? ''
  const seed = `${settings.clientSecret}\n${settings.refreshToken ?? ''}`
  return { scope: accountScope(settings, merchant), seed }
}

/** Of a refresh token only a hash goes into the name. */
function accountScope(settings: WishSettings, merchant: string): string {
  const digest = createHash('sha256').update(merchant).digest('hex').slice(0, 16)
  return `wish:${settings.host}:${settings.clientId}:${digest}`
}

export function credentials(settings: WishSettings) {
  return { client_id: settings.clientId, client_secret: settings.clientSecret }
}

/** The tokens of an answer, both of them: the refresh token may have changed. */
export function storedToken(answer: WishAnswer, caller: WishCaller, known: { now: Instant; refreshToken?: string }): StoredToken {
  if (!isSuccess(answer)) throw renewalError(answer, caller)
  const parsed = tokenAnswer.safeParse(answer.data)
  if (!parsed.success) throw errorOf({ ...answer, code: undefined }, caller)
  const { access_token: accessToken, refresh_token, expiry_time } = parsed.data
  const refreshToken = refresh_token ?? known.refreshToken
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    issuedAt: known.now,
    expiresAt: parseInstant(expiry_time ?? '') ?? addMs(known.now, tokenLifeMs),
  }
}

/** A refusal without a documented code of its own means that the grant is gone: only new consent helps. */
function renewalError(answer: WishAnswer, caller: WishCaller): SyncError {
  const isRefusal = answer.status >= 400 && answer.status < 500 && answer.code !== undefined && answer.code !== 10001
  return errorOf(isRefusal && answer.code !== 1002 && !isConsentCode(answer.code) ? { ...answer, code: 1008 } : answer, caller)
}

function isConsentCode(code: number | undefined): boolean {
  return code === 10002 || code === 10004 || code === 10008
}
