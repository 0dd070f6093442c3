import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { HttpRequest, Transport } from '../../core/ports/transport.ts'
import { readOne } from '../shared/read-records.ts'
import { refreshTokenOf, sendWithToken } from '../shared/with-token.ts'
import { outcomeOfError } from '../shared/write-outcome.ts'
import { dataOf, errorOf, isSuccess, isTokenRefused, outcomeOfFailure } from './map-error.ts'
import { credentials, tokenOf } from './operations/consent.ts'
import { everyCall, observeLimit } from './rate-limits.ts'
import { carriersAnswer, parseAnswer, recordOf, testAnswer, type WishAnswer, type WishRecord } from './schema.ts'
import { accountOf, hosts, tokenKey, type WishShop } from './settings.ts'

const timeoutMs = 30_000

export type WishQuery = Readonly<Record<string, string | undefined>>

interface WishRequest {
  readonly path: string
  /** What it is for, in words for messages. */
  readonly doing: string
  readonly query?: WishQuery
  /** Makes it a PUT. */
  readonly body?: object
}

/** What became of a write; after a success only its caller knows, by the data of the answer. */
type Written = WriteOutcome | { readonly result: 'done'; readonly data: unknown }

export type WishClient = ReturnType<typeof createClient>

/** Every call to Wish. Reads throw; writes tell what became of them. */
export function createClient(shop: WishShop, transport: Transport) {
  const { settings } = shop

  async function send(request: WishRequest, call: CallContext, token?: StoredToken): Promise<WishAnswer> {
    const run = () => transport.send({ ...httpRequest(hosts[settings.host], request, token), signal: call.signal })
    const response = await call.gate.run(everyCall, run, { signal: call.signal })
    const observation = observeLimit(response.status, response.headers, call.now())
    call.gate.observe(everyCall, observation)
    const answer = parseAnswer(response, { shop: shop.id, account: accountOf(settings), doing: request.doing })
    if (answer.status === 429) throw errorOf(answer, observation.retryAfterMs)
    return answer
  }

  async function authorized(request: WishRequest, call: CallContext): Promise<WishAnswer> {
    const tokens: TokenRequest = { ...tokenKey(settings, shop.id), renew: (current) => renew(current, call) }
    return sendWithToken(tokens, call, (token) => send(request, call, token), isTokenRefused)
  }

  async function renew(current: StoredToken | undefined, call: CallContext): Promise<StoredToken> {
    const refreshToken = refreshTokenOf(current, shop, accountOf(settings))
    const query = { ...credentials(settings), refresh_token: refreshToken, grant_type: 'refresh_token' }
    const refresh: WishRequest = { path: '/api/v3/oauth/refresh_token', query, doing: 'renewing access' }
    const answer = await send(refresh, call).catch((error: unknown) => {
      throw withoutAddress(error)
    })
    return tokenOf(answer, { now: call.now(), refreshToken })
  }

  async function write(request: WishRequest, call: CallContext): Promise<Written> {
    try {
      const answer = await authorized(request, call)
      return isSuccess(answer) ? { result: 'done', data: answer.data } : outcomeOfFailure(answer)
    } catch (error) {
      return outcomeOfError(error, call)
    }
  }

  async function merchantId(call: CallContext): Promise<string> {
    const answer = await authorized({ path: '/api/v3/oauth/test', doing: 'testing access' }, call)
    return dataOf(answer, testAnswer).merchant_id
  }

  return {
    shop,
    merchantId,

    async listOrders(query: WishQuery, call: CallContext): Promise<readonly WishRecord[]> {
      const answer = await authorized({ path: '/api/v3/orders', query, doing: 'listing orders' }, call)
      const { data, exactData } = answer
      if (!isSuccess(answer) || !Array.isArray(data) || !Array.isArray(exactData)) throw errorOf(answer)
      return data.map((raw: unknown, index) => recordOf(raw, exactData[index]))
    },

    /** Undefined when Wish does not know the order. Throws `invalid-data` when it cannot be read. */
    async getOrder<T>(id: string, read: (record: WishRecord) => T, call: CallContext): Promise<T | undefined> {
      const answer = await authorized({ path: orderPath(id), doing: `reading order ${id}` }, call)
      if (isUnknownOrder(answer)) {
        // 1008 also says that access was withdrawn. When a new token is good for the test, it is the order that is unknown.
        if (answer.code === 1008) await merchantId(call)
        return undefined
      }
      if (!isSuccess(answer)) throw errorOf(answer)
      return readOne('Wish', id, () => read(recordOf(answer.data, answer.exactData)))
    },

    /** The names that Wish knows carriers by. */
    async carriers(call: CallContext): Promise<readonly string[]> {
      const path = '/api/v3/orders/shipping_carriers'
      const answer = await authorized({ path, query: { order_type: 'GENERAL' }, doing: 'listing carriers' }, call)
      return dataOf(answer, carriersAnswer)
    },

    putTracking: (id: string, body: object, call: CallContext) =>
      write({ path: `${orderPath(id)}/tracking`, body, doing: `shipping order ${id}` }, call),

    putStock: (productId: string, body: object, call: CallContext) =>
      write({ path: `/api/v3/products/${encodeURIComponent(productId)}`, body, doing: `offering stock of product ${productId}` }, call),
  }
}

function orderPath(id: string): string {
  return `/api/v3/orders/${encodeURIComponent(id)}`
}

/**
 * Not documented for orders; 90001 is what Wish answers for an unknown download job, 1001 for an id that is none, and
 * the general text shows 1008 as the code of "we could not find …".
 */
function isUnknownOrder(answer: WishAnswer): boolean {
  const { status, code } = answer
  if (status >= 500 || code === undefined) return false
  return [90001, 1001, 1008].includes(code) || (status === 404 && !isTokenRefused(answer))
}

function httpRequest(host: string, { path, query = {}, body }: WishRequest, token: StoredToken | undefined): HttpRequest {
  const url = new URL(path, host)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  const headers = {
    accept: 'application/json',
    'accept-language': 'en',
    ...(token && { authorization: `Bearer ${token.accessToken}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  return { method: body ? 'PUT' : 'GET', url: url.href, headers, ...(body && { body: JSON.stringify(body) }), timeoutMs }
}

/** Wish wants the secrets of a refresh in its query, so nothing that a transport says of the address is kept. */
function withoutAddress(error: unknown): unknown {
  if (!(error instanceof SyncError) || error.kind !== 'transient') return error
  const { code, notSent } = error
  return new SyncError('transient', 'no answer from Wish while access was renewed; it is tried again', { code, notSent })
}
