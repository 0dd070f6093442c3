import axios, { type AxiosRequestConfig } from 'axios'
import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { axiosTransport, plainHeaders } from '../shared/axios-transport.ts'
import { defined } from '../shared/defined.ts'
import { readOne } from '../shared/read-records.ts'
import { refreshTokenOf, sendWithToken } from '../shared/with-token.ts'
import { outcomeOfError } from '../shared/write-outcome.ts'
import { dataOf, errorOf, isSuccess, isTokenRefused, outcomeOfFailure } from './map-error.ts'
import { credentials, tokenOf } from './operations/consent.ts'
import { everyCall, observeLimit } from './rate-limits.ts'
import { carriersAnswer, parseAnswer, recordOf, testAnswer, type WishAnswer, type WishRecord } from './schema.ts'
import { accountOf, hosts, tokenKey, type WishShop } from './settings.ts'

const timeoutMs = 30_000
const refreshPath = '/api/v3/oauth/refresh_token'

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
  const http = axios.create({
    baseURL: hosts[settings.host],
    headers: { accept: 'application/json', 'accept-language': 'en' },
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
  })

  async function send(request: WishRequest, call: CallContext, token?: StoredToken): Promise<WishAnswer> {
    const { signal } = call
    // Not as axios' own signal: that would throw away an answer that arrived while the work was being stopped.
    const adapter = axiosTransport(transport, { timeoutMs, currentSignal: () => signal })
    const run = () =>
      http.request<string>({ ...configOf(request, token), adapter }).catch((error: unknown) => {
        throw withoutRequest(error, request)
      })
    const response = await call.gate.run(everyCall, run, { signal })
    const { status, data: body } = response
    const headers = plainHeaders(response)
    const observation = observeLimit(status, headers, call.now())
    call.gate.observe(everyCall, observation)
    const answer = parseAnswer({ status, headers, body }, { shop: shop.id, account: accountOf(settings), doing: request.doing })
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
    const answer = await send({ path: refreshPath, query, doing: 'renewing access' }, call)
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

function configOf({ path, query, body }: WishRequest, token: StoredToken | undefined): AxiosRequestConfig {
  const headers = token && { authorization: `Bearer ${token.accessToken}` }
  return { method: body ? 'PUT' : 'GET', url: path, ...defined({ params: query, data: body, headers }) }
}

/**
 * Nothing of a request may reach an error: axios keeps all of it in its own, with the token, and Wish wants the secrets of
 * a refresh in the query, of which a transport may speak.
 */
function withoutRequest(error: unknown, { path, doing }: WishRequest): unknown {
  const message = `no answer from Wish, ${doing}; it is tried again`
  if (axios.isAxiosError(error)) return new SyncError('transient', message, { code: 'no-answer' })
  if (!(error instanceof SyncError) || path !== refreshPath) return error
  const { kind, code, notSent } = error
  return new SyncError(kind, message, { code, notSent })
}
