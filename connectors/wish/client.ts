import axios from 'axios'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { axiosTransport, plainHeaders } from '../shared/axios-transport.ts'
import { defined } from '../shared/defined.ts'
import { parseJson } from '../shared/parse-json.ts'
import { sendWithToken } from '../shared/with-token.ts'
import { callerOf, errorOf, isSuccess, isTokenRefused, limitError, notConnected, type WishAnswer } from './map-error.ts'
import type { WishRecord } from './map-order.ts'
import type { TrackingRequest } from './map-shipment.ts'
import { credentials, tokenOf } from './operations/tokens.ts'
import { everyCall, observeLimit } from './rate-limits.ts'
import { carriersAnswer, envelope, parseExactly, testAnswer } from './schema.ts'
import { hostOf, tokenKey, type WishShop } from './settings.ts'

const timeoutMs = 30_000

/** Query parameters in their order; a list is sent by repeating its name, OpenAPI's default. */
export type WishQuery = Readonly<Record<string, string | readonly string[] | undefined>>

export interface WishRequest {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly query?: WishQuery
  readonly body?: unknown
  readonly bearer?: string
  readonly signal?: AbortSignal
}

export type WishClient = ReturnType<typeof createClient>

/** Every call to Wish. Reads throw; the writes give their answer back, because only their caller knows what it means. */
export function createClient(shop: WishShop, transport: Transport) {
  const send = sender(hostOf(shop.settings), transport)
  const by = (doing: string) => callerOf(shop.settings, doing, shop.id)

  async function throughGate(request: WishRequest, doing: string, call: CallContext): Promise<WishAnswer> {
    const run = () => send({ ...request, signal: call.signal })
    const { headers, ...answer } = await call.gate.run(everyCall, run, { signal: call.signal })
    const observation = observeLimit(answer.status, headers, call.now())
    call.gate.observe(everyCall, observation)
    if (answer.status === 429) throw limitError(answer, by(doing), observation.retryAfterMs)
    return answer
  }

  async function authorized(request: WishRequest, doing: string, call: CallContext): Promise<WishAnswer> {
    const tokens: TokenRequest = { ...tokenKey(shop.settings, shop.id), renew: (current) => renew(current, call) }
    const sendWith = (token: StoredToken) => throughGate({ ...request, bearer: token.accessToken }, doing, call)
    const answer = await sendWithToken(tokens, call, sendWith, isTokenRefused)
    if (isTokenRefused(answer)) throw errorOf(answer, by(doing))
    return answer
  }

  /** Wish wants the secrets in the query here, so nothing of the request may reach an error. */
  async function renew(current: StoredToken | undefined, call: CallContext): Promise<StoredToken> {
    const refreshToken = current?.refreshToken ?? shop.settings.refreshToken
    const doing = 'renewing access'
    if (refreshToken === undefined) throw notConnected(by(doing))
    const query = { ...credentials(shop.settings), refresh_token: refreshToken, grant_type: 'refresh_token' }
    const answer = await throughGate({ method: 'GET', path: '/api/v3/oauth/refresh_token', query }, doing, call)
    return tokenOf(answer, by(doing), { now: call.now(), refreshToken })
  }

  async function read(path: string, query: WishQuery, doing: string, call: CallContext): Promise<WishAnswer> {
    const answer = await authorized({ method: 'GET', path, query }, doing, call)
    if (!isSuccess(answer)) throw errorOf(answer, by(doing))
    return answer
  }

  async function merchantId(call: CallContext): Promise<string> {
    const doing = 'testing access'
    const answer = await read('/api/v3/oauth/test', {}, doing, call)
    const parsed = testAnswer.safeParse(answer.data)
    if (!parsed.success) throw errorOf({ ...answer, code: undefined }, by(doing))
    return parsed.data.merchant_id
  }

  /**
   * The general text shows 1008 also as the code of "we could not find …". When a new token is refused for one
   * thing and good for the test, it is the thing that is unknown: undefined.
   */
  async function authorizedOrUnknown(request: WishRequest, doing: string, call: CallContext): Promise<WishAnswer | undefined> {
    try {
      return await authorized(request, doing, call)
    } catch (error) {
      if (!(error instanceof SyncError) || error.context['wishCode'] !== 1008) throw error
      await merchantId(call)
      return undefined
    }
  }

  return {
    shop,
    by,
    merchantId,

    async listOrders(query: WishQuery, call: CallContext): Promise<readonly WishRecord[]> {
      const doing = 'listing orders'
      const answer = await read('/api/v3/orders', query, doing, call)
      const { data, exactData } = answer
      if (!Array.isArray(data) || !Array.isArray(exactData)) throw errorOf({ ...answer, code: undefined }, by(doing))
      return data.map((raw: unknown, index) => ({ raw, exact: exactData[index] as unknown }))
    },

    /** Undefined when Wish does not know the order. */
    async getOrder(id: string, call: CallContext): Promise<WishRecord | undefined> {
      const doing = `reading order ${id}`
      const answer = await authorizedOrUnknown({ method: 'GET', path: orderPath(id) }, doing, call)
      if (answer === undefined || isUnknownOrder(answer)) return undefined
      if (!isSuccess(answer)) throw errorOf(answer, by(doing))
      return { raw: answer.data, exact: answer.exactData }
    },

    /** The names that Wish knows carriers by. */
    async carriers(call: CallContext): Promise<readonly string[]> {
      const answer = await read('/api/v3/orders/shipping_carriers', { order_type: 'GENERAL' }, 'listing carriers', call)
      return (carriersAnswer.safeParse(answer.data).data ?? []).flatMap(({ name }) => name ?? [])
    },

    putTracking: (id: string, body: TrackingRequest, call: CallContext) =>
      authorized({ method: 'PUT', path: `${orderPath(id)}/tracking`, body }, `shipping order ${id}`, call),

    putStock: (productId: string, body: unknown, call: CallContext) =>
      authorized(
        { method: 'PUT', path: `/api/v3/products/${encodeURIComponent(productId)}`, body },
        `offering stock of product ${productId}`,
        call,
      ),
  }
}

/** Not documented for orders; 90001 is what Wish answers for an unknown download job, 1001 for an id that is none. */
function isUnknownOrder({ status, code }: WishAnswer): boolean {
  return status < 500 && (code === 90001 || code === 1001 || (status === 404 && code !== undefined))
}

function orderPath(id: string): string {
  return `/api/v3/orders/${encodeURIComponent(id)}`
}

interface ReceivedAnswer extends WishAnswer {
  readonly headers: Readonly<Record<string, string>>
}

/** Sends one request through the transport and opens the envelope of its answer, whatever the status. */
export function sender(host: string, transport: Transport) {
  const http = axios.create({
    baseURL: host,
    adapter: axiosTransport(transport, { timeoutMs }),
    validateStatus: () => true,
    transformResponse: (body: unknown) => body,
    headers: { accept: 'application/json', 'accept-language': 'en' },
  })
  return async ({ method, path, query = {}, body, bearer, signal }: WishRequest): Promise<ReceivedAnswer> => {
    try {
      const response = await http.request<string>({
        method,
        url: path,
        params: searchParams(query),
        headers: {
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { data: JSON.stringify(body) }),
        ...(signal && { signal }),
      })
      return parseAnswer(response.status, response.data, plainHeaders(response))
    } catch (error) {
      throw withoutRequest(error, path, signal)
    }
  }
}

function searchParams(query: WishQuery): URLSearchParams {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value ?? []].flat().map((each): [string, string] => [name, each]))
  return new URLSearchParams(pairs)
}

/** An answer without a code is none in the documented form. */
function parseAnswer(status: number, body: string, headers: ReceivedAnswer['headers']): ReceivedAnswer {
  const plain = envelope.safeParse(parseJson(body)).data
  const exact = envelope.safeParse(parseJson(body, parseExactly)).data
  const requestId = headers['wish-request-id']
  return { status, code: plain?.code, message: plain?.message ?? '', data: plain?.data, exactData: exact?.data, requestId, headers }
}

/** The addresses of /oauth/ carry secrets in their query, and axios keeps the whole request in its errors: neither is kept. */
function withoutRequest(error: unknown, path: string, signal: AbortSignal | undefined): unknown {
  const message = `no answer from Wish at ${path}; it is tried again`
  if (error instanceof SyncError) {
    if (!path.includes('/oauth/')) return error
    const { kind, code, notSent, retryAfterMs } = error
    return new SyncError(kind, message, { code, notSent, ...defined({ retryAfterMs }) })
  }
  if (!axios.isAxiosError(error)) return error
  return signal?.aborted ? signal.reason : new SyncError('transient', message, { code: 'no-answer' })
}
