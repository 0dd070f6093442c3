import type { FaultKind, FaultSwitch } from '../faults.ts'
import { createLaggedView } from '../shared/lagged-view.ts'
import { json } from '../shared/respond.ts'
import { createTokenBuckets } from '../shared/token-bucket.ts'
import { withFaults } from '../shared/with-faults.ts'
import type { SimulationOptions } from '../simulated.ts'
import { actualCost, requestedCost } from './cost.ts'
import { type Answer, createOperationReader, type DocumentCheck, type Operation, runOperation } from './execute.ts'
import { gid, type IdSource } from './ids.ts'
import type { Shop, ShopOrder } from './state.ts'
import { largestCost, planRates, throttleStatus } from './throttle.ts'
import type { Tokens } from './tokens.ts'
import type { View } from './view.ts'
import { variantView } from './view-line.ts'
import { orderView } from './view-order.ts'
import { liveVersions } from './view-shop.ts'

export interface ServerParts {
  readonly options: SimulationOptions
  readonly ids: IdSource
  readonly faults: FaultSwitch
  readonly tokens: Tokens
  /** A further check of every document, such as against the official schema. */
  readonly checkDocument: DocumentCheck | undefined
}

/** The HTTP side of the simulated Admin API: token endpoint and GraphQL endpoint. */
export function createServer(parts: ServerParts): (request: Request) => Promise<Response> {
  const { options, faults, tokens } = parts
  const answerGraphql = createGraphqlEndpoint(parts)
  return async (request) => {
    const url = new URL(request.url)
    const { pathname } = url
    if (pathname === '/admin/oauth/authorize' && request.method === 'GET') return tokens.authorize(url)
    if (pathname === '/admin/oauth/access_token' && request.method === 'POST') {
      return withFaults({
        operation: 'token',
        faults,
        now: options.now,
        execute: async () => {
          const { response, shop } = await tokens.issue(request)
          shop?.requests.add({ operation: 'token', isWrite: false, outcome: response.ok ? 'executed' : 'refused', status: response.status })
          return response
        },
      })
    }
    const asked = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(pathname)?.[1]
    const version = asked === undefined ? undefined : servedVersion(asked)
    if (version === undefined || request.method !== 'POST') return json({ errors: 'Not Found' }, 404)
    const shop = tokens.shopOf(request.headers.get('x-shopify-access-token'))
    if (!shop) return json({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }, 401)
    const response = await answerGraphql(shop, await request.text(), version)
    response.headers.set('x-shopify-api-version', version)
    return response
  }
}

/** A version past its time is answered by the oldest live one. Source: shopify.dev, versioning (read 2026-11-22). */
function servedVersion(asked: string): string | undefined {
  if (asked === 'unstable' || liveVersions.some((version) => version === asked)) return asked
  return /^20\d\d-(01|04|07|10)$/.test(asked) && asked < liveVersions[0] ? liveVersions[0] : undefined
}

function createGraphqlEndpoint({ options, ids, faults, checkDocument }: ServerParts) {
  const buckets = createTokenBuckets(planRates, options.limits, options.now)
  const lagged = createLaggedView<ShopOrder>(options.now)
  const readOperation = createOperationReader(checkDocument)
  const openView = (shop: Shop, apiVersion: string, drawn: readonly FaultKind[]): View => {
    const view: View = {
      shop,
      ids,
      apiVersion,
      drawn,
      now: options.now(),
      seen: (order) => lagged.read(order.id, order),
      aboutToWrite: (order) => {
        if (drawn.includes('H20-read-lags-write')) lagged.keep(order.id, order)
      },
      show: { order: (order) => orderView(order, view), variant: (variant) => variantView(variant, view) },
      searchNotes: [],
    }
    return view
  }

  return async (shop: Shop, body: string, version: string): Promise<Response> => {
    const operation = readOperation(body)
    if (!('document' in operation)) {
      shop.requests.add({ operation: 'invalid', isWrite: false, outcome: 'refused', status: 200 })
      return json({ errors: operation })
    }
    const subject = operation.isWrite ? subjectOf(shop, operation) : undefined
    const log = (outcome: 'executed' | 'refused', status: number): void =>
      shop.requests.add({
        operation: operation.name,
        isWrite: operation.isWrite,
        outcome,
        status,
        ...(subject === undefined ? {} : { subject }),
      })
    const execute = async (drawn: readonly FaultKind[]): Promise<Response> => {
      const asked = requestedCost(operation.document, operation.definition, operation.variables)
      if (options.switches?.['largest-cost'] && asked > largestCost) {
        log('refused', 200)
        return json({ errors: [tooExpensive(asked)] })
      }
      const taken = buckets.take(shop.account, shop.plan, asked)
      if (!taken.allowed) {
        log('refused', 200)
        const cost = {
          requestedQueryCost: asked,
          actualQueryCost: null,
          throttleStatus: throttleStatus(shop.plan, taken.remaining, options.limits),
        }
        return json({ errors: [throttled], extensions: { cost } })
      }
      const view = openView(shop, version, drawn)
      const answer = await runOperation(operation, view)
      const used = Math.min(asked, actualCost(answer.data))
      buckets.giveBack(shop.account, shop.plan, asked - used)
      log(wasRefused(operation, answer) ? 'refused' : 'executed', 200)
      const status = throttleStatus(shop.plan, taken.remaining + asked - used, options.limits)
      const cost = { requestedQueryCost: asked, actualQueryCost: used, throttleStatus: status }
      return json({ ...answer, extensions: { cost, ...(view.searchNotes.length > 0 ? { search: view.searchNotes } : {}) } })
    }
    return withFaults({
      operation: operation.name,
      faults,
      now: options.now,
      execute,
      refused: (status) => log('refused', status),
      throttled: () => ({ errors: 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.' }),
      errorBody: () => ({
        errors: [{ message: 'Internal error. Looks like something went wrong on our end.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      }),
    })
  }
}

const throttled = {
  message: 'Throttled',
  extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
}

function tooExpensive(cost: number) {
  return {
    message: `Query cost is ${cost}, which exceeds the single query max cost limit (${largestCost}).`,
    extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: largestCost, documentation: 'https://shopify.dev/api/usage/rate-limits' },
  }
}

/** A write that answers with user errors has done nothing. */
function wasRefused(operation: Operation, answer: Answer): boolean {
  if (!operation.isWrite) return answer.data === undefined || answer.data === null
  const results = Object.values((answer.data ?? {}) as Record<string, Record<string, unknown> | null>)
  const hasErrors = (result: Record<string, unknown> | null): boolean =>
    result === null || [result['userErrors'], result['orderCancelUserErrors']].some((errors) => Array.isArray(errors) && errors.length > 0)
  return results.length === 0 || results.some(hasErrors)
}

/** The order that the variables of a write name, by its own id or by one of its parts. */
function subjectOf(shop: Shop, operation: Operation): string | undefined {
  const [, type, id] = /gid:\/\/shopify\/(Order|Fulfillment|FulfillmentOrder)\/(\d+)/.exec(JSON.stringify(operation.variables)) ?? []
  const isNamed = (order: ShopOrder): boolean => {
    if (type === 'Order') return order.id === id
    return (type === 'Fulfillment' ? order.fulfillments : order.fulfillmentOrders).some((entry) => entry.id === id)
  }
  const named = id === undefined ? undefined : [...shop.orders.values()].find(isNamed)
  return named && gid('Order', named.id)
}
