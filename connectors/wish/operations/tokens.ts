import type { SyncError } from '../../../core/errors.ts'
import type { StoredToken } from '../../../core/ports/token-store.ts'
import { type Instant, msBetween, parseInstant } from '../../../core/value/instant.ts'
import { storedToken } from '../../shared/with-token.ts'
import { errorOf, isSuccess, type WishAnswer, type WishCaller } from '../map-error.ts'
import { tokenAnswer } from '../schema.ts'
import type { WishSettings } from '../settings.ts'

/** "For security reasons, the access token will expire after 30 days": oauthAccessToken, Wish Marketplace V3 API 3.0.65 (read 2026-11-22). */
const tokenLifeSeconds = 30 * 86_400

export function credentials(settings: WishSettings) {
  return { client_id: settings.clientId, client_secret: settings.clientSecret }
}

/** The tokens of an answer, both of them: the refresh token may have changed. */
export function tokenOf(answer: WishAnswer, caller: WishCaller, known: { now: Instant; refreshToken?: string }): StoredToken {
  if (!isSuccess(answer)) throw renewalError(answer, caller)
  const parsed = tokenAnswer.safeParse(answer.data)
  if (!parsed.success) throw errorOf({ ...answer, code: undefined }, caller)
  const { access_token, refresh_token, expiry_time } = parsed.data
  const expiresAt = parseInstant(expiry_time ?? '')
  const lifeSeconds = expiresAt === undefined ? tokenLifeSeconds : msBetween(known.now, expiresAt) / 1_000
  return storedToken(access_token, refresh_token ?? known.refreshToken, known.now, lifeSeconds)
}

/** What the token operations document for themselves: oauthAccessToken and oauthRefreshToken (read 2026-11-22). */
const ownCodes: readonly (number | undefined)[] = [1002, 10001, 10002, 10004, 10008]

/** Any other refusal means that the grant is gone: only new consent helps. */
function renewalError(answer: WishAnswer, caller: WishCaller): SyncError {
  const isRefusal = answer.status >= 400 && answer.status < 500 && answer.code !== undefined
  return errorOf(isRefusal && !ownCodes.includes(answer.code) ? { ...answer, code: 1008 } : answer, caller)
}
