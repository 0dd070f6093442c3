import type { AxiosResponse } from 'axios'
import { eBayApi } from 'ebay-api'
import type { ZodType } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { axiosTransport, plainHeaders } from '../shared/axios-transport.ts'
import { parseJson } from '../shared/parse-json.ts'
import { retryAfterMs } from '../shared/retry-after.ts'
import { sendWithToken, storedToken } from '../shared/with-token.ts'
import { type CallSubject, type EbayAnswer, isThrottled, readFailure, refusalsOf, tokenFailure } from './map-error.ts'
import type { EbayFulfillmentRequest } from './map-shipment.ts'
import type { EbayOperation } from './rate-limits.ts'
import { tokenSchema } from './schema.ts'
import { type EbaySettings, type EbayShop, tokenKey } from './settings.ts'

const timeoutMs = 30_000
/** How long other calls wait after a 429 that names no time; the lane that met it backs off by itself. */
const bareWaitMs = 5_000
/** Life of a refresh token: 18 months. Source: https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22). */
const consentMs = 47_304_000_000
const tokenUrl = 'https://api.ebay.com/identity/v1/oauth2/token'
/** A refresh without these gives a token that may read nothing of a seller. Source: https://developer.ebay.com/api-docs/static/oauth-scopes.html (read 2026-11-22). */
export const scopes = ['', '/sell.fulfillment', '/sell.inventory'].map((name) => `https://api.ebay.com/oauth/api_scope${name}`)

export type EbayClient = ReturnType<typeof createClient>

/** Every call to eBay. Each gives the answer as it came; 401 renews the token and repeats once. */
export function createClient(shop: EbayShop, transport: Transport) {
  const { settings } = shop
  const subject = (action: string): CallSubject => ({ shop: shop.id, account: settings.sellerId ?? settings.appId, action })
  const tokenRequest = (call: CallContext): TokenRequest => ({
    ...tokenKey(settings, shop.id),
    renew: (current) => call.gate.run('token', () => refresh(current, call), { signal: call.signal }),
  })

  /** The refresh token does not rotate: a refresh answers with an access token only. */
  const refresh = async (current: StoredToken | undefined, call: CallContext): Promise<StoredToken> => {
    const refreshToken = current?.refreshToken ?? settings.refreshToken
    const by = { ...subject('renew the access token'), now: call.now(), signal: call.signal }
    if (refreshToken === undefined) {
      const message = `shop ${shop.id} (account ${by.account}) has no consent yet; run "npm run connect -- --shop ${shop.id}"`
      throw new SyncError('auth', message, { code: 'ebay-consent-missing' })
    }
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: scopes.join(' ') }
    const kept = current?.refreshExpiresAt === undefined ? {} : { refreshExpiresAt: current.refreshExpiresAt }
    return { refreshToken, ...kept, ...(await grantToken(settings, form, transport, by)) }
  }

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
    return sendWithToken(tokenRequest(call), call, once, (answer) => answer.status === 401)
  }

  const raw = { returnResponse: true }
  const taxes = 'TAX_BREAKDOWN'
  return {
    shop,
    subject,
    /** When the seller's consent ends, as far as that is known: told with the consent and never again. */
    consentEndsAt: async (call: CallContext): Promise<Instant | undefined> => {
      const { refreshExpiresAt } = await call.tokens.get(tokenRequest(call))
      const { refreshTokenIssuedAt } = settings
      return refreshExpiresAt ?? (refreshTokenIssuedAt && addMs(refreshTokenIssuedAt, consentMs))
    },
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

/** Redeems a grant at the token endpoint. Throws what its refusal means. */
export async function grantToken(
  settings: EbaySettings,
  form: Readonly<Record<string, string>>,
  transport: Transport,
  by: CallSubject & { readonly now: Instant; readonly signal?: AbortSignal },
): Promise<StoredToken> {
  const headers = {
    authorization: `Basic ${Buffer.from(`${settings.appId}:${settings.certId}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  }
  const body = new URLSearchParams(form).toString()
  const { signal } = by
  const response = await transport.send({ method: 'POST', url: tokenUrl, headers, body, timeoutMs, ...(signal ? { signal } : {}) })
  const answer: EbayAnswer = { status: response.status, headers: response.headers, json: parseJson(response.body) }
  const parsed = tokenSchema.safeParse(answer.json)
  if (answer.status !== 200 || !parsed.success) throw tokenFailure(answer, by, by.now)
  const { access_token, expires_in, refresh_token, refresh_token_expires_in: consentSeconds } = parsed.data
  const token = storedToken(access_token, refresh_token, by.now, expires_in)
  return consentSeconds === undefined ? token : { ...token, refreshExpiresAt: addMs(by.now, consentSeconds * 1_000) }
}

function toAnswer(response: AxiosResponse): EbayAnswer {
  return { status: response.status, headers: plainHeaders(response), json: parseJson(response.data) }
}
