import '@shopify/shopify-api/adapters/node'
import { type ApiVersion, LogSeverity, Session, shopifyApi } from '@shopify/shopify-api'
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken } from '../../core/ports/token-store.ts'
import type { HttpResponse, Transport } from '../../core/ports/transport.ts'
import { parseJson } from '../shared/parse-json.ts'
import { refreshTokenOf, requestGrant, sendWithToken, storedToken } from '../shared/with-token.ts'
import { type ErrorPlace, failedRecords, grantError, graphqlError, httpError, withholdsPersonal } from './map-error.ts'
import type { Operation } from './operations/documents.ts'
import { bodyShape, type GraphqlBody, type QueryCost, tokenShape } from './schema.ts'
import { needsConsent, type ShopifySettings, type ShopifyShop, tokenKey } from './settings.ts'

export type Variables = Readonly<Record<string, unknown>>

export interface Answer<Data> {
  readonly data: Data
  readonly personalWithheld: boolean
  /** Why records of a page are not whole, by their places in it. */
  readonly failed: ReadonlyMap<number, SyncError>
  /** Points that Shopify counted before it answered; undefined when it did not say. */
  readonly requestedCost: number | undefined
  readonly version: string | undefined
}

export interface ShopifyClient {
  readonly shop: ShopifyShop
  /** Asks with one document. Throws the SyncError of whatever went wrong; data in part is data. */
  request<Data>(operation: Operation<Data>, variables: Variables, call: CallContext): Promise<Answer<Data>>
}

/** All traffic with one store. */
export function createClient(shop: ShopifyShop, transport: Transport): ShopifyClient {
  const { settings } = shop
  const api = shopifyApi({
    // We ask for tokens ourselves.
    apiKey: 'unused',
    apiSecretKey: 'unused',
    apiVersion: settings.apiVersion as ApiVersion,
    hostName: 'localhost',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: () => undefined },
  })
  const learnedCosts = new Map<string, number>()
  let isVersionWarned = false
  const placeOf = (call: CallContext): ErrorPlace => ({ shopId: shop.id, host: settings.shop, now: call.now() })

  /**
   * Sends through Shopify's own client, without its retries (it takes Retry-After for milliseconds). What it makes of
   * the answer does not count, because it hides status and cause.
   */
  const exchange = async (document: string, variables: Variables, accessToken: string, signal: AbortSignal): Promise<HttpResponse> => {
    const seen: { answer?: Promise<HttpResponse> } = {}
    // One for the process; a client takes the one that is set when it is made.
    setAbstractFetchFunc(async (input, { method = 'GET', headers, body } = {}) => {
      const request = { method, url: String(input), headers: Object.fromEntries(new Headers(headers)), timeoutMs: 30_000, signal }
      seen.answer = transport.send({ ...request, ...(typeof body === 'string' ? { body } : {}) })
      const answer = await seen.answer
      return new Response(answer.body, { status: answer.status, headers: answer.headers })
    })
    const client = new api.clients.Graphql({
      session: new Session({ id: shop.id, shop: settings.shop, state: '', isOnline: false, accessToken }),
    })
    const outcome = await client.request(document, { variables, retries: 0 }).catch((error: unknown) => error)
    if (seen.answer !== undefined) return seen.answer
    throw new SyncError('config', 'the Shopify client refused to send', { code: 'shopify-client-refused', cause: outcome })
  }

  /** Client credentials are asked for anew each day; after consent each refresh token is good for one more. */
  const renew = (current: StoredToken | undefined, call: CallContext): Promise<StoredToken> => {
    const grant = needsConsent(settings)
      ? { grant_type: 'refresh_token', refresh_token: refreshTokenOf(current, shop, settings.shop) }
      : { grant_type: 'client_credentials' }
    return grantToken(grant, { settings, transport, place: placeOf(call), signal: call.signal })
  }

  const send = ({ name, document, cost }: Operation<unknown>, variables: Variables, call: CallContext): Promise<HttpResponse> => {
    const { signal } = call
    const options = { cost: learnedCosts.get(name) ?? cost, signal }
    const sendWith = ({ accessToken }: Pick<StoredToken, 'accessToken'>) =>
      call.gate.run('graphql', () => exchange(document, variables, accessToken, signal), options)
    const { accessToken } = settings
    if (accessToken !== undefined) return sendWith({ accessToken })
    const renewed = (current?: StoredToken) => call.gate.run('token', () => renew(current, call), { signal })
    return sendWithToken({ ...tokenKey(settings), renew: renewed }, call, sendWith, ({ status }) => status === 401)
  }

  /** A version past its time is answered by another, which may mean other things by the same words. Said once. */
  const warnOfVersion = (answered: string | undefined, call: CallContext): void => {
    const asked = settings.apiVersion
    if (answered === undefined || answered === asked || isVersionWarned) return
    isVersionWarned = true
    call.log.warn('Shopify answers in another API version than settings.apiVersion asks for', { shop: shop.id, asked, answered })
  }

  const learn = (name: string, { requestedQueryCost: points, throttleStatus }: QueryCost, call: CallContext): void => {
    learnedCosts.set(name, points)
    call.log.debug('Shopify query cost', { shop: shop.id, query: name, points })
    const { currentlyAvailable: remaining, maximumAvailable: burst, restoreRate: perSecond } = throttleStatus
    call.gate.observe('graphql', { remaining, burst, perSecond })
  }

  return {
    shop,
    async request(operation, variables, call) {
      call.signal.throwIfAborted()
      const response = await send(operation, variables, call)
      const body = response.status === 200 ? bodyShape.safeParse(parseJson(response.body)).data : undefined
      if (!body) throw httpError(response, placeOf(call))
      const cost = body.extensions?.cost
      const version = response.headers['x-shopify-api-version']
      warnOfVersion(version, call)
      if (cost) learn(operation.name, cost, call)
      const data = dataOf(body, operation, placeOf(call))
      const failed = failedRecords(body)
      return { data, personalWithheld: withholdsPersonal(body), failed, requestedCost: cost?.requestedQueryCost, version }
    },
  }
}

function dataOf<Data>(body: GraphqlBody, { name, answer }: Operation<Data>, place: ErrorPlace): Data {
  const error = graphqlError(body, place)
  if (error) throw error
  const parsed = answer.safeParse(body.data)
  if (parsed.success) return parsed.data
  const missing = parsed.error.issues.map((issue) => issue.path.join('.') || 'data').join(', ')
  throw new SyncError('transient', `${place.host} answered ${name} without ${missing}`, { code: 'shopify-answer-incomplete' })
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
  const url = `https://${settings.shop}/admin/oauth/access_token`
  const body = { client_id: settings.clientId, client_secret: settings.clientSecret, ...fields }
  const response = await requestGrant(transport, { url, body, signal })
  const token = tokenShape.safeParse(response.status === 200 ? parseJson(response.body) : undefined).data
  if (!token) throw grantError(response, place)
  return storedToken(token.access_token, token.refresh_token ?? fields['refresh_token'], place.now, token.expires_in)
}
