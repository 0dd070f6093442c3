import type { AxiosResponse } from 'axios'
import { eBayApi } from 'ebay-api'
import type { ZodType } from 'zod'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { axiosTransport, plainHeaders } from '../shared/axios-transport.ts'
import { parseJson } from '../shared/parse-json.ts'
import { retryAfter } from '../shared/retry-after.ts'
import { refreshTokenOf, requestGrant, sendWithToken, storedToken } from '../shared/with-token.ts'
import { type EbayAnswer, type EbayCaller, failureOf, isThrottled, refusalsOf } from './map-error.ts'
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
const baseScope = 'https://api.ebay.com/oauth/api_scope'
/** A refresh without these gives a token that may read nothing of a seller. Source: https://developer.ebay.com/api-docs/static/oauth-scopes.html (read 2026-11-22). */
export const scopes = [baseScope, `${baseScope}/sell.fulfillment`, `${baseScope}/sell.inventory`]

type Send<Api> = (api: Api) => Promise<AxiosResponse>
interface Exchange {
  readonly operation: EbayOperation
  /** Completes "could not …" when the call fails. */
  readonly action: string
  readonly send: Send<eBayApi>
  /** The seller's unless told. */
  readonly tokenOf?: (call: CallContext) => TokenRequest
}

export type EbayClient = ReturnType<typeof createClient>

/** Every call to eBay. Each gives the answer as it came; 401 renews the token and repeats once. */
export function createClient(shop: EbayShop, transport: Transport) {
  const { settings } = shop
  const account = accountOf(settings)
  const caller = (action: string, call: CallContext): EbayCaller => ({ shop: shop.id, account, action, now: call.now() })
  const grant = (form: Readonly<Record<string, string>>, action: string, call: CallContext): Promise<StoredToken> => {
    const from = { settings, transport, by: caller(action, call), signal: call.signal }
    return call.gate.run('token', () => grantToken(form, from), { signal: call.signal })
  }

  /** The refresh token does not rotate: a refresh answers with an access token only. */
  const tokenOfSeller = (call: CallContext): TokenRequest => ({
    ...tokenKey(settings, shop.id),
    renew: async (current) => {
      const refreshToken = refreshTokenOf(current, shop, account)
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: scopes.join(' ') }
      return { ...current, refreshToken, ...(await grant(form, 'renew the access token', call)) }
    },
  })

  /** One for all shops of the application. Source: https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html (read 2026-11-25). */
  const tokenOfApplication = (call: CallContext): TokenRequest => ({
    scope: `ebay:${settings.appId}`,
    seed: settings.certId,
    renew: () => grant({ grant_type: 'client_credentials', scope: baseScope }, 'get a token of the application', call),
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

  const exchange = ({ operation, action, send, tokenOf = tokenOfSeller }: Exchange, call: CallContext) => {
    const once = async (token: StoredToken): Promise<EbayAnswer> => {
      const response = await call.gate.run(operation, () => send(sdk(token, call.signal)), { signal: call.signal })
      const { status, data } = response
      const answer = { status, headers: plainHeaders(response), json: parseJson(data), by: caller(action, call) }
      const wait = { retryAfterMs: bareWaitMs, ...retryAfter(answer.headers, call.now()) }
      if (isThrottled(answer)) call.gate.observe(operation, wait)
      return answer
    }
    return sendWithToken(tokenOf(call), call, once, (answer) => answer.status === 401)
  }

  const raw = { returnResponse: true }
  const taxes = 'TAX_BREAKDOWN'
  const fulfillment = (action: string, call: CallContext, send: Send<eBayApi['sell']['fulfillment']>) =>
    exchange({ operation: 'fulfillment', action, send: (api) => send(api.sell.fulfillment.api(raw)) }, call)
  /** That of the application takes a token of its own. Source: https://developer.ebay.com/api-docs/developer/analytics/resources/methods (read 2026-11-25). */
  const quota = (method: 'getUserRateLimits' | 'getRateLimits', tokenOf: typeof tokenOfSeller) => {
    const send: Send<eBayApi> = (api) => api.developer.analytics.api(raw)[method]('sell', 'fulfillment')
    return (call: CallContext) => exchange({ operation: 'quota', action: 'read the quota', send, tokenOf }, call)
  }
  return {
    shop,
    /** When the seller's consent ends, as far as that is known: told with the consent and never again. */
    consentEndsAt: async (call: CallContext): Promise<Instant | undefined> => {
      const { refreshExpiresAt } = await call.tokens.get(tokenOfSeller(call))
      const { refreshTokenIssuedAt } = settings
      return refreshExpiresAt ?? (refreshTokenIssuedAt && addMs(refreshTokenIssuedAt, consentMs))
    },
    searchOrders: (query: { readonly filter?: string; readonly offset?: number; readonly limit: number }, call: CallContext) =>
      fulfillment('search for orders', call, (api) => api.getOrders({ ...query, fieldGroups: taxes })),
    getOrder: (orderId: string, call: CallContext) =>
      fulfillment('read an order', call, (api) => api.getOrder(encodeURIComponent(orderId), { fieldGroups: [taxes] })),
    getFulfillments: (orderId: string, call: CallContext) =>
      fulfillment('read the shipments of an order', call, (api) => api.getShippingFulfillments(orderId)),
    createFulfillment: (orderId: string, body: EbayFulfillmentRequest, call: CallContext) =>
      fulfillment('report a shipment', call, (api) => api.createShippingFulfillment(orderId, body)),
    updateStock: (requests: { sku: string; shipToLocationAvailability: { quantity: number } }[], call: CallContext) =>
      exchange(
        { operation: 'inventory', action: 'offer stock', send: (api) => api.sell.inventory.api(raw).bulkUpdatePriceQuantity({ requests }) },
        call,
      ),
    readUserQuota: quota('getUserRateLimits', tokenOfSeller),
    readApplicationQuota: quota('getRateLimits', tokenOfApplication),
  }
}

/** The account as errors name it. */
export function accountOf(settings: EbaySettings): string {
  return settings.sellerId ?? settings.appId
}

/** Data of a read, or the error that says why there is none. */
export function dataOf<T>(answer: EbayAnswer, schema: ZodType<T>): T {
  const parsed = schema.safeParse(answer.json)
  if (answer.status === 200 && refusalsOf(answer).length === 0 && parsed.success) return parsed.data
  throw failureOf(answer)
}

interface GrantFrom {
  readonly settings: EbaySettings
  readonly transport: Transport
  readonly by: EbayCaller
  readonly signal?: AbortSignal
}

/** Redeems a grant at the token endpoint. Throws what its refusal means. */
export async function grantToken(form: Readonly<Record<string, string>>, from: GrantFrom): Promise<StoredToken> {
  const { settings, transport, by, signal } = from
  const authorization = `Basic ${Buffer.from(`${settings.appId}:${settings.certId}`).toString('base64')}`
  const grant = { url: tokenUrl, body: new URLSearchParams(form), headers: { authorization }, signal }
  const { status, headers, body } = await requestGrant(transport, grant)
  const granted = dataOf({ status, headers, json: parseJson(body), by }, tokenSchema)
  const token = storedToken(granted.access_token, granted.refresh_token, by.now, granted.expires_in)
  const consentSeconds = granted.refresh_token_expires_in
  return consentSeconds === undefined ? token : { ...token, refreshExpiresAt: addMs(by.now, consentSeconds * 1_000) }
}
