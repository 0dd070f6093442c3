import { SyncError } from '../../core/errors.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { StoredToken, TokenRequest } from '../../core/ports/token-store.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { sender, type WishQuery, type WishRequest } from './http.ts'
import { errorOf, isSuccess, isTokenRefused, type WishAnswer } from './map-error.ts'
import type { WishRecord } from './map-order.ts'
import type { TrackingRequest } from './map-shipment.ts'
import { everyCall, observeLimit } from './rate-limits.ts'
import { testAnswer, type WishOrder, wishOrder } from './schema.ts'
import { hostOf, type WishSettings } from './settings.ts'
import { credentials, storedToken, tokenKey } from './tokens.ts'

export type WishShop = Shop & { readonly settings: WishSettings }

/** Reads throw; the write gives its answer back whatever it was, because only its caller knows what that means. */
export interface WishClient {
  merchantId(call: CallContext): Promise<string>
  listOrders(query: WishQuery, call: CallContext): Promise<readonly WishRecord[]>
  /** Undefined when Wish does not know the order. */
  getOrder(id: string, call: CallContext): Promise<WishRecord | undefined>
  putTracking(id: string, body: TrackingRequest, call: CallContext): Promise<WishAnswer>
  putStock(productId: string, body: unknown, call: CallContext): Promise<WishAnswer>
}

export function createClient(shop: WishShop, transport: Transport): WishClient {
  const send = sender(hostOf(shop.settings), transport)

  async function throughGate(request: WishRequest, doing: string, call: CallContext): Promise<WishAnswer> {
    const run = () => send({ ...request, signal: call.signal })
    const answer = await call.gate.run(everyCall, run, { signal: call.signal })
    const observation = observeLimit(answer.status, answer.headers, call.now())
    call.gate.observe(everyCall, observation)
    if (answer.status !== 429) return answer
    throw new SyncError('rate-limit', `Wish shop "${shop.id}", ${doing}: too many calls for this merchant and app; waiting`, {
      code: 'wish-rate-limit',
      context: { shop: shop.id, requestId: answer.requestId },
      ...(observation.retryAfterMs === undefined ? {} : { retryAfterMs: observation.retryAfterMs }),
    })
  }

  async function authorized(request: WishRequest, doing: string, call: CallContext): Promise<WishAnswer> {
    const tokens: TokenRequest = { ...tokenKey(shop.settings), renew: (current) => renew(current, call) }
    const token = await beforeSending(() => call.tokens.get(tokens))
    const answer = await throughGate({ ...request, bearer: token.accessToken }, doing, call)
    if (!isTokenRefused(answer)) return answer
    const renewed = await beforeSending(() => call.tokens.replace(tokens, token))
    const second = await throughGate({ ...request, bearer: renewed.accessToken }, doing, call)
    if (isTokenRefused(second)) throw errorOf(second, { shop: shop.id, doing })
    return second
  }

  /** Wish wants the secrets in the query here, so nothing of the request may reach an error. */
  async function renew(current: StoredToken | undefined, call: CallContext): Promise<StoredToken> {
    const refreshToken = current?.refreshToken ?? shop.settings.refreshToken
    if (refreshToken === undefined) {
      throw new SyncError('auth', `Wish shop "${shop.id}" is not connected; run \`npm run connect -- --shop ${shop.id}\``, {
        code: 'wish-not-connected',
        context: { shop: shop.id },
      })
    }
    const doing = 'renewing access'
    const query = { ...credentials(shop.settings), refresh_token: refreshToken, grant_type: 'refresh_token' }
    const answer = await throughGate({ method: 'GET', path: '/api/v3/oauth/refresh_token', query }, doing, call)
    return storedToken(answer, { shop: shop.id, doing }, { now: call.now(), refreshToken })
  }

  async function read(path: string, query: WishQuery, doing: string, call: CallContext): Promise<WishAnswer> {
    const answer = await authorized({ method: 'GET', path, query }, doing, call)
    if (!isSuccess(answer)) throw errorOf(answer, { shop: shop.id, doing })
    return answer
  }

  async function merchantId(call: CallContext): Promise<string> {
    const doing = 'testing access'
    const answer = await read('/api/v3/oauth/test', {}, doing, call)
    const parsed = testAnswer.safeParse(answer.data)
    if (!parsed.success) throw errorOf({ ...answer, code: undefined }, { shop: shop.id, doing })
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
    merchantId,

    async listOrders(query, call) {
      const doing = 'listing orders'
      const answer = await read('/api/v3/orders', query, doing, call)
      const { data, exactData } = answer
      if (!Array.isArray(data) || !Array.isArray(exactData)) throw errorOf({ ...answer, code: undefined }, { shop: shop.id, doing })
      return data.map((raw: unknown, index) => ({ raw, exact: exactData[index] as unknown }))
    },

    async getOrder(id, call) {
      const doing = `reading order ${id}`
      const answer = await authorizedOrUnknown({ method: 'GET', path: orderPath(id) }, doing, call)
      if (answer === undefined || isUnknownOrder(answer)) return undefined
      if (!isSuccess(answer)) throw errorOf(answer, { shop: shop.id, doing })
      return { raw: answer.data, exact: answer.exactData }
    },

    putTracking(id, body, call) {
      return authorized({ method: 'PUT', path: `${orderPath(id)}/tracking`, body }, `shipping order ${id}`, call)
    },

    putStock(productId, body, call) {
      const path = `/api/v3/products/${encodeURIComponent(productId)}`
      return authorized({ method: 'PUT', path, body }, `offering stock of product ${productId}`, call)
    },
  }
}

/** Trouble with the token means that the request itself, a write perhaps, was not sent or was refused. */
async function beforeSending<T>(getToken: () => Promise<T>): Promise<T> {
  try {
    return await getToken()
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'transient' || error.notSent) throw error
    throw new SyncError('transient', error.message, { code: error.code, context: error.context, notSent: true, cause: error })
  }
}

/** Not documented for orders; 90001 is what Wish answers for an unknown download job, 1001 for an id that is none. */
function isUnknownOrder(answer: WishAnswer): boolean {
  return answer.status === 404 || (answer.status < 500 && (answer.code === 90001 || answer.code === 1001))
}

function orderPath(id: string): string {
  return `/api/v3/orders/${encodeURIComponent(id)}`
}

/** One order, read; undefined when Wish does not know it. Throws `invalid-data` when it cannot be read. */
export async function fetchParsed(client: WishClient, id: string, call: CallContext): Promise<WishOrder | undefined> {
  const record = await client.getOrder(id, call)
  if (record === undefined) return undefined
  const parsed = wishOrder.safeParse(record.exact)
  if (parsed.success) return parsed.data
  throw unreadable(id, parsed.error.issues[0]?.path.join('.') ?? '')
}

export function unreadable(id: string, reason: string): SyncError {
  return new SyncError('invalid-data', `Wish order ${id} cannot be read: ${reason}`, {
    code: 'wish-order-unreadable',
    context: { order: id },
  })
}
