import { AsyncLocalStorage } from 'node:async_hooks'
import '@shopify/shopify-api/adapters/node'
import { type ApiVersion, LogSeverity, Session, shopifyApi } from '@shopify/shopify-api'
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { HttpResponse, Transport } from '../../core/ports/transport.ts'
import { parseJson } from '../shared/parse-json.ts'
import { sendWithToken, storedToken } from '../shared/with-token.ts'
import { type ErrorPlace, type GraphqlAnswer, grantError, notConnected } from './map-error.ts'
import type { Operation } from './operations/documents.ts'
import { answerShape, costShape, tokenShape } from './schema.ts'
import { needsConsent, type ShopifySettings, type ShopifyShop, tokenKey } from './settings.ts'

const timeoutMs = 30_000

export interface ShopifyClient {
  readonly shop: ShopifyShop
  place(call: CallContext): ErrorPlace
  /** One GraphQL request. Throws what the transport threw, and `auth` when no token can be had. */
  request(operation: Operation, variables: Readonly<Record<string, unknown>>, call: CallContext): Promise<GraphqlAnswer>
}

/**
 * All traffic with one store, through Shopify's own client without its retries (it takes Retry-After for
 * milliseconds). Its answers are judged by what the transport saw, because it hides status and cause.
 */
export function createClient(shop: ShopifyShop, transport: Transport): ShopifyClient {
  const { settings } = shop
  const api = shopifyApi({
    apiKey: settings.clientId ?? 'unused-with-a-permanent-token',
    apiSecretKey: settings.clientSecret ?? 'unused-with-a-permanent-token',
    apiVersion: settings.apiVersion as ApiVersion,
    hostName: 'localhost',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: () => undefined },
  })
  const learnedCosts = new Map<string, number>()
  let isVersionWarned = false
  const place = (call: CallContext): ErrorPlace => ({ shopId: shop.id, host: settings.shop, now: call.now() })

  const tokenRequest = (call: CallContext): TokenRequest => ({
    ...tokenKey(settings),
    renew: (current) => call.gate.run('token', () => renew(current, call), { signal: call.signal }),
  })

  /** Client credentials are asked for anew each day; after consent each refresh token is good for one more. */
  const renew = (current: StoredToken | undefined, call: CallContext): Promise<StoredToken> => {
    const grants = { settings, transport, place: place(call), signal: call.signal }
    if (!needsConsent(settings)) return grantToken({ grant_type: 'client_credentials' }, grants)
    const refresh_token = current?.refreshToken ?? settings.refreshToken
    if (refresh_token === undefined) throw notConnected(grants.place)
    return grantToken({ grant_type: 'refresh_token', refresh_token }, grants)
  }

  /** A version past its time is answered by another, which may mean other things by the same words. Said once. */
  const warnOfVersion = (answered: string | undefined, call: CallContext): void => {
    if (answered === undefined || answered === settings.apiVersion || isVersionWarned) return
    isVersionWarned = true
    call.log.warn('Shopify answers in another API version than settings.apiVersion asks for', {
      shop: shop.id,
      asked: settings.apiVersion,
      answered,
    })
  }

  const send = async (operation: Operation, variables: Readonly<Record<string, unknown>>, accessToken: string, call: CallContext) => {
    const session = new Session({ id: shop.id, shop: settings.shop, state: '', isOnline: false, accessToken })
    const cost = learnedCosts.get(operation.name) ?? operation.cost
    const answer = await call.gate.run(
      'graphql',
      async () => {
        const client = new api.clients.Graphql({ session })
        return readAnswer(
          await exchanged({ transport, signal: call.signal }, () => client.request(operation.document, { variables, retries: 0 })),
        )
      },
      { cost, signal: call.signal },
    )
    if (answer.kind === 'graphql') warnOfVersion(answer.version, call)
    if (answer.kind === 'graphql' && answer.cost) {
      learnedCosts.set(operation.name, answer.cost.requested)
      call.log.debug('Shopify query cost', { shop: shop.id, query: operation.name, points: answer.cost.requested })
      const { available, maximum, restoreRate } = answer.cost
      call.gate.observe('graphql', { remaining: available, burst: maximum, perSecond: restoreRate })
    }
    return answer
  }

  return {
    shop,
    place,
    async request(operation, variables, call) {
      call.signal.throwIfAborted()
      if (settings.accessToken !== undefined) return send(operation, variables, settings.accessToken, call)
      const sendWith = (token: StoredToken) => send(operation, variables, token.accessToken, call)
      return sendWithToken(tokenRequest(call), call, sendWith, (answer) => answer.kind === 'http' && answer.response.status === 401)
    },
  }
}

interface Grants {
  readonly settings: ShopifySettings
  readonly transport: Transport
  readonly place: ErrorPlace
  readonly signal?: AbortSignal
}

/**
 * Asks the store for a token. `fields` name the grant. Throws `auth` when it is refused. Sources:
 * https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens, client-credentials-grant and
 * offline-access-tokens (read 2026-11-24).
 */
export async function grantToken(fields: Readonly<Record<string, string>>, { settings, transport, place, signal }: Grants) {
  const response = await transport.send({
    method: 'POST',
    url: `https://${settings.shop}/admin/oauth/access_token`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ client_id: settings.clientId, client_secret: settings.clientSecret, ...fields }),
    timeoutMs,
    ...(signal ? { signal } : {}),
  })
  const token = tokenShape.safeParse(response.status === 200 ? parseJson(response.body) : undefined).data
  if (!token) throw grantError(response, place)
  return storedToken(token.access_token, token.refresh_token ?? fields['refresh_token'], place.now, token.expires_in)
}

/** The exchange in progress; it tells the process-wide fetch of the SDK whose request it carries. */
interface Exchange {
  readonly transport: Transport
  readonly signal: AbortSignal
  response?: HttpResponse
  failure?: unknown
}

const exchanges = new AsyncLocalStorage<Exchange>()

setAbstractFetchFunc(async (input, init) => {
  const exchange = exchanges.getStore()
  if (!exchange) throw new Error('the Shopify client was used outside of a call')
  try {
    exchange.response = await exchange.transport.send({
      method: init?.method ?? 'GET',
      url: String(input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      timeoutMs,
      signal: exchange.signal,
      ...(typeof init?.body === 'string' ? { body: init.body } : {}),
    })
  } catch (error) {
    exchange.failure = error
    throw error
  }
  const { status, headers, body } = exchange.response
  return new Response(status === 204 || status === 304 ? null : body, { status, headers })
})

/** Runs one call of the SDK; what it makes of the answer does not count. Throws what the transport threw. */
async function exchanged(exchange: Exchange, run: () => Promise<unknown>): Promise<HttpResponse> {
  const outcome = await exchanges.run(exchange, run).catch((error: unknown) => error)
  if (exchange.failure !== undefined) throw exchange.failure
  if (exchange.response) return exchange.response
  throw new SyncError('config', 'the Shopify client refused to send', { code: 'shopify-client-refused', cause: outcome })
}

function readAnswer(response: HttpResponse): GraphqlAnswer {
  if (response.status !== 200) return { kind: 'http', response }
  const body = answerShape.safeParse(parseJson(response.body)).data
  if (!body) return { kind: 'unreadable', response }
  const { data, errors, extensions } = body
  return { kind: 'graphql', data, errors, cost: costShape.safeParse(extensions).data, version: response.headers['x-shopify-api-version'] }
}
