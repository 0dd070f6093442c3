import { SellingPartner } from 'amazon-sp-api'
import type { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { HttpResponse, Transport } from '../../core/ports/transport.ts'
import { msBetween } from '../../core/value/instant.ts'
import { parseJson } from '../shared/parse-json.ts'
import { sendWithToken, storedToken } from '../shared/with-token.ts'
import { headerRate, readError, saysTokenExpired, throttleMs, tokenError } from './map-error.ts'
import type { Operation } from './rate-limits.ts'
import { tokenAnswer } from './schema.ts'
import { type AmazonShop, secretWarnings, tokenKey } from './settings.ts'

const timeoutMs = 30_000
const tokenUrl = 'https://api.amazon.com/auth/o2/token'
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

export interface AmazonClient {
  readonly shop: AmazonShop
  /** The answer, whatever its status; a refused token is replaced and the call repeated, once. Throws what tokens, gate and transport throw. */
  send(request: AmazonRequest, call: CallContext): Promise<HttpResponse>
  /** As `send`, with the body parsed. Throws the SyncError that any status but 200 means, and `transient` for an unreadable body. */
  read<Schema extends z.ZodType>(request: AmazonRequest, schema: Schema, call: CallContext): Promise<z.output<Schema>>
}

/** Every call to Amazon. The SDK builds requests; the Transport sends them, through the SDK's request executor. */
export function createClient(shop: AmazonShop, transport: Transport): AmazonClient {
  async function send(request: AmazonRequest, call: CallContext): Promise<HttpResponse> {
    const { operation, token = accessToken(shop, transport, call) } = request
    const sendWith = async (using: StoredToken): Promise<HttpResponse> => {
      const response = await call.gate.run(operation, () => execute(shop, transport, using, request, call.signal), { signal: call.signal })
      observe(shop, operation, response, call)
      return response
    }
    return sendWithToken(token, call, sendWith, (response, refused) => isTokenRefused(response, refused, call))
  }

  async function read<Schema extends z.ZodType>(request: AmazonRequest, schema: Schema, call: CallContext): Promise<z.output<Schema>> {
    const response = await send(request, call)
    if (response.status !== 200) throw readError(shop, request.operation, response, call.now())
    return parseAnswer(shop, request.operation, schema, response)
  }

  return { shop, send, read }
}

/** The executor that amazon-sp-api 1.2.1 hands every request to. It is private: the version is pinned, and a test guards it. */
interface RequestExecutor {
  execute(request: SdkRequest): Promise<SdkResponse>
}
interface SdkRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | null
}
interface SdkResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * One exchange. SDK object and parameters are made anew each time: callAPI writes into its parameters, and an
 * object of its own keeps each call's token and signal apart. Its retries wait without end, so they are all off.
 */
async function execute(
  shop: AmazonShop,
  transport: Transport,
  token: StoredToken,
  request: AmazonRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const sdk = new SellingPartner({
    region: shop.settings.region,
    // Never used: tokens come from the token store.
    refresh_token: 'kept-by-the-token-store',
    access_token: token.accessToken,
    credentials: { SELLING_PARTNER_APP_CLIENT_ID: shop.settings.clientId, SELLING_PARTNER_APP_CLIENT_SECRET: 'kept-by-the-token-store' },
    options: {
      auto_request_tokens: false,
      auto_request_throttled: false,
      retry_remote_timeout: false,
      version_fallback: false,
      user_agent: userAgent,
    },
  })
  const executor = (sdk as unknown as { _request: RequestExecutor })._request
  executor.execute = async ({ method, url, headers, body }) => {
    const answer = await transport.send({ method, url, headers: plainHeaders(headers), ...(body ? { body } : {}), timeoutMs, signal })
    return { statusCode: answer.status, headers: answer.headers, body: answer.body }
  }
  const parameters = {
    operation: request.sdkOperation,
    ...(request.path ? { path: { ...request.path } } : {}),
    ...(request.query ? { query: { ...request.query } } : {}),
    ...(request.body ? { body: request.body } : {}),
    options: { version: request.version, raw_result: true },
  }
  const callApi = sdk.callAPI.bind(sdk) as (parameters: object) => Promise<SdkResponse>
  const answer = await callApi(parameters)
  return { status: answer.statusCode, headers: answer.headers, body: answer.body }
}

/** The transport sets the host; x-amz-date is a leftover of request signing and would be this machine's clock. */
function plainHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return Object.fromEntries(entries.filter(([name]) => name !== 'host' && name !== 'x-amz-date'))
}

function observe(shop: AmazonShop, operation: Operation, response: HttpResponse, call: CallContext): void {
  const perSecond = headerRate(response)
  const isThrottled = response.status === 429
  if (perSecond === undefined && !isThrottled) return
  call.gate.observe(operation, {
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(isThrottled ? { remaining: 0, retryAfterMs: throttleMs(shop, operation, response, call.now()) } : {}),
  })
}

/** Amazon uses 403 for expired tokens and for missing rights alike; a token of more than a minute gets the benefit of the doubt. */
function isTokenRefused(response: HttpResponse, token: StoredToken, call: CallContext): boolean {
  if (response.status !== 401 && response.status !== 403) return false
  return saysTokenExpired(response) || msBetween(token.issuedAt, call.now()) > 60_000
}

export function parseAnswer<Schema extends z.ZodType>(
  shop: AmazonShop,
  operation: Operation,
  schema: Schema,
  response: HttpResponse,
): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(response.body))
  if (parsed.success) return parsed.data
  const message = `shop ${shop.id}: Amazon answered ${operation} with ${response.status} and a body that cannot be read; it is tried again`
  const context = { operation, requestId: response.headers['x-amzn-requestid'], where: parsed.error.issues[0]?.path.join('.') }
  throw new SyncError('transient', message, { code: 'amazon-unreadable-answer', context })
}

/** Source: https://developer-docs.amazon.com/sp-api/docs/connect-to-the-selling-partner-api (read 2026-11-22). */
function accessToken(shop: AmazonShop, transport: Transport, call: CallContext): TokenRequest {
  const { settings } = shop
  return {
    ...tokenKey(settings),
    renew: async (current) => {
      const refreshToken = current?.refreshToken ?? settings.refreshToken
      if (refreshToken === undefined) {
        const message = `shop ${shop.id}: no refresh token yet; run npm run connect -- --shop ${shop.id}, or set refreshToken`
        throw new SyncError('auth', message, { code: 'amazon-not-connected' })
      }
      for (const warning of secretWarnings(settings, call.now()))
        call.log.warn('amazon client secret grows old', { shop: shop.id, warning })
      const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
      const response = await call.gate.run('token', () => requestToken(settings, transport, grant, call.signal), { signal: call.signal })
      if (response.status !== 200) throw tokenError(shop, response, call.now())
      const answer = parseAnswer(shop, 'token', tokenAnswer, response)
      return storedToken(answer.access_token, answer.refresh_token ?? refreshToken, call.now(), answer.expires_in)
    },
  }
}

/** Login with Amazon, one host for all regions. */
export async function requestToken(
  settings: AmazonShop['settings'],
  transport: Transport,
  grant: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<HttpResponse> {
  const form = new URLSearchParams({ ...grant, client_id: settings.clientId, client_secret: settings.clientSecret })
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', accept: 'application/json', 'user-agent': userAgent }
  return transport.send({ method: 'POST', url: tokenUrl, headers, body: form.toString(), timeoutMs, ...(signal ? { signal } : {}) })
}
