import { AsyncLocalStorage } from 'node:async_hooks'
import '@shopify/shopify-api/adapters/node'
import { type ApiVersion, GraphqlQueryError, LogSeverity, Session, shopifyApi } from '@shopify/shopify-api'
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { HttpResponse, Transport } from '../../core/ports/transport.ts'
import { parseJson } from '../shared/parse-json.ts'
import { sendWithToken, storedToken } from '../shared/with-token.ts'
import { type ErrorPlace, type GraphqlAnswer, grantError, type QueryCost } from './map-error.ts'
import type { Operation } from './operations/documents.ts'
import { costShape, errorBodyShape, tokenShape } from './schema.ts'
import { type ShopifyShop, tokenKey } from './settings.ts'

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
  const place = (call: CallContext): ErrorPlace => ({ shopId: shop.id, host: settings.shop, now: call.now() })

  const tokenRequest = (call: CallContext): TokenRequest => ({
    ...tokenKey(settings),
    renew: () => call.gate.run('token', () => grant(call), { signal: call.signal }),
  })

  /** The grant is asked for anew each day; there is no refresh token. */
  const grant = async (call: CallContext): Promise<StoredToken> => {
    const { response } = await exchanged({ transport, signal: call.signal }, () => api.auth.clientCredentials({ shop: settings.shop }))
    const token = tokenShape.safeParse(response.status === 200 ? parseJson(response.body) : undefined)
    if (!token.success) throw grantError(response, place(call))
    return storedToken(token.data.access_token, undefined, call.now(), token.data.expires_in)
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

/** Runs one call of the SDK and gives its result beside what the transport saw. Throws what the transport threw. */
async function exchanged<T>(exchange: Exchange, run: () => Promise<T>): Promise<{ response: HttpResponse; result?: T; error?: unknown }> {
  let result: T | undefined
  let error: unknown
  try {
    result = await exchanges.run(exchange, run)
  } catch (thrown) {
    error = thrown
  }
  if (exchange.failure !== undefined) throw exchange.failure
  if (!exchange.response)
    throw new SyncError('config', 'the Shopify client refused to send', { code: 'shopify-client-refused', cause: error })
  return { response: exchange.response, ...(result === undefined ? {} : { result }), error }
}

function readAnswer(outcome: Awaited<ReturnType<typeof exchanged<{ data?: unknown; extensions?: unknown }>>>): GraphqlAnswer {
  const { response, result, error } = outcome
  if (response.status !== 200) return { kind: 'http', response }
  const version = response.headers['x-shopify-api-version']
  if (result) return { kind: 'graphql', data: result.data, errors: [], cost: readCost(result.extensions), version }
  const body = error instanceof GraphqlQueryError ? errorBodyShape.safeParse(error.body) : undefined
  if (!body?.success) return { kind: 'unreadable', response }
  return { kind: 'graphql', data: body.data.data, errors: body.data.errors.graphQLErrors, cost: readCost(body.data.extensions), version }
}

function readCost(extensions: unknown): QueryCost | undefined {
  const parsed = costShape.safeParse(extensions)
  if (!parsed.success) return undefined
  const { requestedQueryCost, throttleStatus } = parsed.data.cost
  return {
    requested: requestedQueryCost,
    available: throttleStatus.currentlyAvailable,
    maximum: throttleStatus.maximumAvailable,
    restoreRate: throttleStatus.restoreRate,
  }
}
