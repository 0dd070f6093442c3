import { SyncError } from '../../core/errors.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { HttpResponse, Transport } from '../../core/ports/transport.ts'
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

/**
 * The refresh token to renew access with: one that the platform rotated wins over that of the configuration. Throws
 * `auth` (`PLATFORM-not-connected`) when there is none yet. `account` names whose shop it is.
 */
export function refreshTokenOf(
  current: StoredToken | undefined,
  shop: Shop & { readonly settings: { readonly refreshToken?: string | undefined } },
  account: string,
): string {
  const refreshToken = current?.refreshToken ?? shop.settings.refreshToken
  if (refreshToken !== undefined) return refreshToken
  const message = `shop ${shop.id} (${account}): nobody has given consent yet; run "${connectCommand(shop.id)}"`
  throw new SyncError('auth', message, { code: `${shop.platform}-not-connected`, context: { shop: shop.id } })
}

/** The command that asks for consent, as messages name it. */
export function connectCommand(shopId: string): string {
  return `npm run connect -- --shop ${shopId}`
}

export interface Grant {
  readonly url: string
  /** A form, or an object that is sent as JSON. */
  readonly body: URLSearchParams | object
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

const grantTimeoutMs = 30_000

/** Asks a token endpoint (RFC 6749, section 4). Gives the answer whatever its status; throws what the transport throws. */
export function requestGrant(transport: Transport, { url, body, headers, signal }: Grant): Promise<HttpResponse> {
  const isForm = body instanceof URLSearchParams
  const contentType = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
  return transport.send({
    method: 'POST',
    url,
    headers: { 'content-type': contentType, accept: 'application/json', ...headers },
    body: isForm ? body.toString() : JSON.stringify(body),
    timeoutMs: grantTimeoutMs,
    ...(signal ? { signal } : {}),
  })
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
