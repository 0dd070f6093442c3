import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { beforeSending } from './write-outcome.ts'

/**
 * Sends with the stored token. A token that the platform refuses is replaced and the call repeated, once; the second
 * answer is given back whatever it says. What fails while a token is fetched is marked as not sent.
 */
export async function sendWithToken<Answer>(
  request: TokenRequest,
  call: CallContext,
  send: (token: StoredToken) => Promise<Answer>,
  isRefused: (answer: Answer, token: StoredToken) => boolean,
): Promise<Answer> {
  const token = await beforeSending(() => call.tokens.get(request))
  const answer = await send(token)
  if (!isRefused(answer, token)) return answer
  return send(await beforeSending(() => call.tokens.replace(request, token)))
}

/** The fields of an answer to a grant as the token store keeps them. */
export function storedToken(
  accessToken: string,
  refreshToken: string | undefined,
  now: Instant,
  lifeSeconds: number | undefined,
): StoredToken {
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    issuedAt: now,
    ...(lifeSeconds === undefined ? {} : { expiresAt: addMs(now, lifeSeconds * 1_000) }),
  }
}
