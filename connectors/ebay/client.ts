import type { AxiosResponse } from 'axios'
import { eBayApi } from 'ebay-api'
import type { ZodType } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { axiosTransport } from '../shared/axios-transport.ts'
import { retryAfterMs } from '../shared/retry-after.ts'
import { type CallSubject, type EbayAnswer, isThrottled, readFailure, refusalsOf, tokenFailure } from './map-error.ts'
import type { EbayOperation } from './rate-limits.ts'
import { tokenSchema } from './schema.ts'
import { type EbaySettings, tokenKey } from './settings.ts'

const timeoutMs = 30_000
/** How long other calls wait after a 429 that names no time; the lane that met it backs off by itself. */
const bareWaitMs = 5_000
const tokenUrl = 'https://api.ebay.com/identity/v1/oauth2/token'
/** A refresh without these gives a token that may read nothing of a seller. Source: https://developer.ebay.com/api-docs/static/oauth-scopes.html (read 2026-11-22). */
const scopes = ['', '/sell.fulfillment', '/sell.inventory'].map((name) => `https://api.ebay.com/oauth/api_scope${name}`)

export type EbayClient = ReturnType<typeof createClient>

/** Every call to eBay. Each gives the answer as it came; 401 renews the token and repeats once. */
export function createClient(shop: { readonly id: string; readonly settings: EbaySettings }, transport: Transport) {
  const { settings } = shop
  const subject = (action: string): CallSubject => ({ shop: shop.id, account: settings.sellerId ?? settings.appId, action })
  const tokenRequest = (call: CallContext): TokenRequest => ({
    ...tokenKey(settings),
    renew: (current) => call.gate.run('token', () => refresh(shop, current, transport, call), { signal: call.signal }),
  })

  /** An SDK for one call: it holds one token and one signal, never refreshes, and hands back raw text of any status. */
  const sdk = (token: StoredToken, signal: AbortSignal): eBayApi => {
    const api = new eBayApi({
      appId: settings.appId,
      certId: settings.certId,
      sandbox: false,
      scope: scopes,
      marketplaceId: settings.marketplaceId,
      autoRefreshToken: false,
      axiosConfig: { headers: {}, timeout: timeoutMs, transformResponse: (data: unknown) => data, validateStatus: () => true },
    })
    // Not as axios' own signal: that would throw away an answer that arrived while the work was being stopped.
    api.req.instance.defaults.adapter = axiosTransport(transport, { timeoutMs, currentSignal: () => signal })
    api.OAuth2.setCredentials(token.accessToken)
    return api
  }

  const exchange = async (operation: EbayOperation, call: CallContext, send: (api: eBayApi) => Promise<unknown>): Promise<EbayAnswer> => {
    const once = async (token: StoredToken): Promise<EbayAnswer> => {
      const run = async () => toAnswer((await send(sdk(token, call.signal))) as AxiosResponse)
      const answer = await call.gate.run(operation, run, { signal: call.signal })
      if (isThrottled(answer)) {
        const wait = retryAfterMs(answer.headers['retry-after'], call.now()) ?? bareWaitMs
        call.gate.observe(operation, { retryAfterMs: wait })
      }
      return answer
    }
    const token = await beforeSending(() => call.tokens.get(tokenRequest(call)))
    const answer = await once(token)
    if (answer.status !== 401) return answer
    return once(await beforeSending(() => call.tokens.replace(tokenRequest(call), token)))
  }

  const raw = { returnResponse: true }
  const taxes = 'TAX_BREAKDOWN'
  return {
    subject,
    searchOrders: (filter: string, page: { readonly offset: number; readonly limit: number }, call: CallContext) =>
      exchange('fulfillment', call, (api) => api.sell.fulfillment.api(raw).getOrders({ filter, ...page, fieldGroups: taxes })),
    recentOrder: (call: CallContext) =>
      exchange('fulfillment', call, (api) => api.sell.fulfillment.api(raw).getOrders({ limit: 1, fieldGroups: taxes })),
    getOrder: (orderId: string, call: CallContext) =>
      exchange('fulfillment', call, (api) => api.sell.fulfillment.api(raw).getOrder(encodeURIComponent(orderId), { fieldGroups: [taxes] })),
    getFulfillments: (orderId: string, call: CallContext) =>
      exchange('fulfillment', call, (api) => api.sell.fulfillment.api(raw).getShippingFulfillments(orderId)),
    createFulfillment: (orderId: string, body: EbayFulfillmentRequest, call: CallContext) =>
      exchange('fulfillment', call, (api) => api.sell.fulfillment.api(raw).createShippingFulfillment(orderId, body)),
    updateStock: (requests: readonly EbayStockRequest[], call: CallContext) =>
      exchange('inventory', call, (api) => api.sell.inventory.api(raw).bulkUpdatePriceQuantity({ requests: [...requests] })),
    readUserQuota: (call: CallContext) =>
      exchange('quota', call, (api) => api.developer.analytics.api(raw).getUserRateLimits('sell', 'fulfillment')),
    readApplicationQuota: (call: CallContext) =>
      exchange('quota', call, (api) => api.developer.analytics.api(raw).getRateLimits('sell', 'fulfillment')),
  }
}

export interface EbayFulfillmentRequest {
  lineItems: { lineItemId: string; quantity: number }[]
  shippedDate: string
  shippingCarrierCode: string
  trackingNumber: string
}

interface EbayStockRequest {
  sku: string
  shipToLocationAvailability: { quantity: number }
}

/** Data of a read, or the error that says why there is none. */
export function dataOf<T>(answer: EbayAnswer, schema: ZodType<T>, subject: CallSubject, now: Instant): T {
  if (answer.status !== 200 || refusalsOf(answer).length > 0) throw readFailure(answer, subject, now)
  const parsed = schema.safeParse(answer.json)
  if (parsed.success) return parsed.data
  throw readFailure(answer, subject, now)
}

/** Where the seller gives consent. Source: https://developer.ebay.com/api-docs/static/oauth-consent-request.html (read 2026-11-22). */
export function authorizeUrl(settings: EbaySettings): string {
  const query = new URLSearchParams({
    client_id: settings.appId,
    redirect_uri: ruNameOf(settings),
    response_type: 'code',
    scope: scopes.join(' '),
  })
  return `https://auth.ebay.com/oauth2/authorize?${query}`
}

/** The code is accepted as it stands in the browser's address line. */
export async function exchangeCode(settings: EbaySettings, code: string, transport: Transport, now: Instant): Promise<StoredToken> {
  const form = {
    grant_type: 'authorization_code',
    code: code.includes('%') ? decodeURIComponent(code) : code,
    redirect_uri: ruNameOf(settings),
  }
  const subject = { shop: '(connecting)', account: settings.sellerId ?? settings.appId, action: 'exchange the consent code' }
  return grant(settings, form, { transport, now, subject })
}

function ruNameOf(settings: EbaySettings): string {
  if (settings.ruName) return settings.ruName
  throw new SyncError('config', 'settings.ruName is missing: it is the RuName of your keyset, under "User Tokens" on developer.ebay.com', {
    code: 'ebay-runame-missing',
  })
}

/** The refresh token does not rotate: a refresh answers with an access token only. */
async function refresh(
  shop: { readonly id: string; readonly settings: EbaySettings },
  current: StoredToken | undefined,
  transport: Transport,
  call: CallContext,
): Promise<StoredToken> {
  const refreshToken = current?.refreshToken ?? shop.settings.refreshToken
  const account = shop.settings.sellerId ?? shop.settings.appId
  if (refreshToken === undefined) {
    throw new SyncError('auth', `shop ${shop.id} (account ${account}) has no consent yet; run "npm run connect -- --shop ${shop.id}"`, {
      code: 'ebay-consent-missing',
    })
  }
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: scopes.join(' ') }
  const subject = { shop: shop.id, account, action: 'renew the access token' }
  const token = await grant(shop.settings, form, { transport, now: call.now(), subject, signal: call.signal })
  return { refreshToken, ...token }
}

async function grant(
  settings: EbaySettings,
  form: Readonly<Record<string, string>>,
  by: { readonly transport: Transport; readonly now: Instant; readonly subject: CallSubject; readonly signal?: AbortSignal },
): Promise<StoredToken> {
  const response = await by.transport.send({
    method: 'POST',
    url: tokenUrl,
    headers: {
      authorization: `Basic ${Buffer.from(`${settings.appId}:${settings.certId}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams(form).toString(),
    timeoutMs,
    ...(by.signal ? { signal: by.signal } : {}),
  })
  const answer: EbayAnswer = { status: response.status, headers: response.headers, json: jsonOf(response.body) }
  const parsed = tokenSchema.safeParse(answer.json)
  if (answer.status !== 200 || !parsed.success) throw tokenFailure(answer, by.subject, by.now)
  const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = parsed.data
  return { accessToken, ...(refreshToken ? { refreshToken } : {}), issuedAt: by.now, expiresAt: addMs(by.now, seconds * 1_000) }
}

/** What fails while the token is fetched has not sent the call itself. */
async function beforeSending<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'transient') throw error
    throw new SyncError('transient', error.message, { code: error.code, context: error.context, notSent: true, cause: error })
  }
}

function toAnswer(response: AxiosResponse): EbayAnswer {
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
  return { status: response.status, headers, json: jsonOf(response.data) }
}

function jsonOf(body: unknown): unknown {
  if (typeof body !== 'string' || body.trim() === '') return undefined
  try {
    return JSON.parse(body)
  } catch (error) {
    // Not JSON, such as a page of a proxy: the caller sees that there is no data.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
