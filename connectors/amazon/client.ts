import { SellingPartner } from 'amazon-sp-api'
import type { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { HttpResponse, Transport } from '../../core/ports/transport.ts'
import { type Instant, msBetween } from '../../core/value/instant.ts'
import { defined } from '../shared/defined.ts'
import { parseJson } from '../shared/parse-json.ts'
import { refreshTokenOf, requestGrant, sendWithToken, storedToken } from '../shared/with-token.ts'
import { headerRate, readError, saysTokenExpired, throttleMs, tokenError } from './map-error.ts'
import type { Operation } from './rate-limits.ts'
import { orderAnswer, searchAnswer, tokenAnswer } from './schema.ts'
import { type AmazonShop, secretWarnings, tokenKey } from './settings.ts'

const timeoutMs = 30_000
/** Form of https://developer-docs.amazon.com/sp-api/docs/include-a-user-agent-header-in-all-requests (read 2026-11-22). */
const userAgent = 'Quayside/0.1 (Language=TypeScript; Platform=Node.js)'

/** One call of the Selling Partner API as the SDK names it. */
export interface AmazonRequest {
  readonly operation: Operation
  /** The SDK's name of the operation, such as `orders.searchOrders`. */
  readonly sdkOperation: string
  readonly version: string
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | readonly string[]>>
  readonly body?: object
  /** Goes out instead of the access token, such as a restricted data token. */
  readonly token?: TokenRequest
}

/** What to search for. Bounds must be repeated with every page token. */
export interface Search {
  readonly bounds: Readonly<Record<string, string>>
  readonly includedData: readonly string[]
  /** Empty for the first page. */
  readonly token: string
  /** Until when v0 is to be used instead. */
  readonly v0Until?: Instant | undefined
}

export interface SearchPage extends Pick<Search, 'v0Until'> {
  readonly records: readonly unknown[]
  readonly nextToken: string | undefined
  /** The upper bound that Amazon used. */
  readonly answeredBefore: Instant | undefined
}

export type AmazonClient = ReturnType<typeof createClient>

/** Every call to Amazon. The SDK makes address and body; the Transport sends them, through the request executor of the SDK. */
export function createClient(shop: AmazonShop, transport: Transport) {
  const { settings } = shop

  /** The answer, whatever its status; a refused token is replaced and the call repeated, once. Throws what tokens, gate and transport throw. */
  async function send(request: AmazonRequest, call: CallContext): Promise<HttpResponse> {
    const { operation, token = accessToken(call) } = request
    const sendWith = async ({ accessToken }: StoredToken): Promise<HttpResponse> => {
      const run = () => execute(request, accessToken, call.signal)
      const response = await call.gate.run(operation, run, { signal: call.signal })
      observe(operation, response, call)
      return response
    }
    // Amazon uses 403 for expired tokens and for missing rights alike; a token of more than a minute gets the benefit of the doubt.
    return sendWithToken(token, call, sendWith, (response, { issuedAt }) => {
      return saysTokenExpired(response) || (response.status === 403 && msBetween(issuedAt, call.now()) > 60_000)
    })
  }

  /** As `send`, with the body parsed. Throws the SyncError that any status but 200 means, and `transient` for an unreadable body. */
  async function read<Schema extends z.ZodType>(request: AmazonRequest, schema: Schema, call: CallContext): Promise<z.output<Schema>> {
    const response = await send(request, call)
    if (response.status !== 200) throw readError(shop, request.operation, response, call.now())
    return parse(request.operation, schema, response)
  }

  /** One page of orders as they came, so that one bad order does not lose its page. */
  async function searchOrders({ bounds, includedData, token }: Search, call: CallContext): Promise<SearchPage> {
    const { marketplaceIds } = settings
    const query = { ...bounds, marketplaceIds, includedData, maxResultsPerPage: 100, ...defined({ paginationToken: token }) }
    const request = { operation: 'searchOrders', sdkOperation: 'orders.searchOrders', version: '2026-01-01', query } as const
    const { orders, pagination, lastUpdatedBefore } = await read(request, searchAnswer, call)
    return { records: orders, nextToken: pagination.nextToken || undefined, answeredBefore: lastUpdatedBefore }
  }

  /** The order as it came. Throws `transient` with code `amazon-not-found` for one that Amazon does not know. */
  async function getOrder(orderId: string, includedData: readonly string[], call: CallContext): Promise<unknown> {
    const parameters = { path: { orderId }, query: { includedData } }
    const request = { operation: 'getOrder', sdkOperation: 'orders.getOrder', version: '2026-01-01', ...parameters } as const
    return (await read(request, orderAnswer, call)).order
  }

  /**
   * One exchange. The SDK makes address and body of each operation; token and headers are ours. It is made anew for each
   * call, whose signal it cannot take, and writes into the parameters it is given. Its retries wait without end, so they
   * are all off.
   */
  function execute({ sdkOperation, version, path, query, body }: AmazonRequest, accessToken: string, signal: AbortSignal) {
    const unused = 'kept-by-the-token-store'
    const sdk = new SellingPartner({
      region: settings.region,
      refresh_token: unused,
      access_token: unused,
      credentials: { SELLING_PARTNER_APP_CLIENT_ID: unused, SELLING_PARTNER_APP_CLIENT_SECRET: unused },
      options: { auto_request_tokens: false, auto_request_throttled: false, retry_remote_timeout: false, version_fallback: false },
    }) as unknown as Sdk
    const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': userAgent, 'x-amz-access-token': accessToken }
    sdk._request.execute = ({ method, url, body: text }) =>
      transport.send({ method, url, headers, ...(text ? { body: text } : {}), timeoutMs, signal })
    const parameters = { operation: sdkOperation, path, query, body, options: { version, raw_result: true } }
    return sdk.callAPI(structuredClone(parameters))
  }

  function observe(operation: Operation, response: HttpResponse, call: CallContext): void {
    const isThrottled = response.status === 429
    const throttling = isThrottled ? { remaining: 0, retryAfterMs: throttleMs(shop, operation, response, call.now()) } : {}
    const seen = defined({ perSecond: headerRate(response), ...throttling })
    if (Object.keys(seen).length > 0) call.gate.observe(operation, seen)
  }

  function accessToken(call: CallContext): TokenRequest {
    return {
      ...tokenKey(settings),
      renew: async (current) => {
        const refreshToken = refreshTokenOf(current, shop, `seller ${settings.sellerId}`)
        for (const warning of secretWarnings(settings, call.now()))
          call.log.warn('amazon client secret grows old', { shop: shop.id, warning })
        const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
        const ask = () => requestToken(settings, transport, grant, call.signal)
        const response = await call.gate.run('token', ask, { signal: call.signal })
        if (response.status !== 200) throw tokenError(shop, response, call.now())
        const answer = parse('token', tokenAnswer, response)
        return storedToken(answer.access_token, answer.refresh_token ?? refreshToken, call.now(), answer.expires_in)
      },
    }
  }

  function parse<Schema extends z.ZodType>(operation: Operation, schema: Schema, response: HttpResponse): z.output<Schema> {
    const parsed = schema.safeParse(parseJson(response.body))
    if (parsed.success) return parsed.data
    const message = `shop ${shop.id}: Amazon answered ${operation} with ${response.status} and a body that cannot be read; it is tried again`
    const context = { operation, requestId: response.headers['x-amzn-requestid'], where: parsed.error.issues[0]?.path.join('.') }
    throw new SyncError('transient', message, { code: 'amazon-unreadable-answer', context })
  }

  return { shop, send, read, searchOrders, getOrder }
}

/** The parts of amazon-sp-api 1.2.1 that are used here. `_request` is private: the version is pinned, and a test guards it. */
interface Sdk {
  readonly _request: {
    execute(request: { readonly method: string; readonly url: string; readonly body: string | null }): Promise<HttpResponse>
  }
  /** With `raw_result` it gives back what the executor gave. */
  callAPI(parameters: object): Promise<HttpResponse>
}

/**
 * Login with Amazon, one host for all regions.
 * Source: https://developer-docs.amazon.com/sp-api/docs/connect-to-the-selling-partner-api (read 2026-11-22).
 */
export function requestToken(
  { clientId, clientSecret }: AmazonShop['settings'],
  transport: Transport,
  grant: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<HttpResponse> {
  const body = new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret })
  return requestGrant(transport, { url: 'https://api.amazon.com/auth/o2/token', body, headers: { 'user-agent': userAgent }, signal })
}
