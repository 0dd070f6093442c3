import type { z } from 'zod'
import type { FaultKind, FaultSwitch } from '../faults.ts'
import { withFaults } from '../shared/with-faults.ts'
import { answer, badParameter, done, type Result, refuse } from './answers.ts'
import { confirmedDeliveryCarriers, generalCarriers } from './document.ts'
import { select } from './fields.ts'
import { createWindows } from './limits.ts'
import { getOrder, listOrders } from './read-orders.ts'
import * as model from './requests.ts'
import { type Account, settle, type World } from './state.ts'
import { authorize, callerOf, exchange, refresh } from './tokens.ts'
import { getRefundReasons, putAddress, putRefund, putStock, putTracking } from './write-orders.ts'

/** One request as an operation sees it. */
interface Visit {
  readonly world: World
  readonly account: Account
  /** The id in the path. */
  readonly id: string
  readonly url: URL
  readonly body: unknown
  readonly drawn: readonly FaultKind[]
}

interface Route {
  readonly method: string
  readonly path: RegExp
  /** The operation id of the document, where it has one. */
  readonly operation: string
  readonly isWrite: boolean
  execute(visit: Visit): Result
}

function withQuery<T>(schema: z.ZodType<T>, visit: Visit, go: (query: T) => Result): Result {
  const parsed = schema.safeParse(model.queryRecord(visit.url))
  return parsed.success ? go(parsed.data) : badParameter(model.problemOf(parsed.error))
}

function withBody<T>(schema: z.ZodType<T>, visit: Visit, go: (body: T) => Result): Result {
  const parsed = schema.safeParse(visit.body)
  if (!parsed.success) return badParameter(model.problemOf(parsed.error))
  return withQuery(model.noQuery, visit, () => go(parsed.data))
}

const orderPath = (rest: string): RegExp => new RegExp(`^/api/v3/orders/([^/]+)${rest}$`)

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/api\/v3\/oauth\/test$/,
    operation: 'oauthTest',
    isWrite: false,
    execute: ({ account }) => done({ merchant_id: account.merchantId }),
  },
  {
    method: 'GET',
    path: /^\/api\/v3\/orders$/,
    operation: 'GetMultipleOrders',
    isWrite: false,
    execute: (visit) => withQuery(model.listQuery, visit, (query) => listOrders(visit.world, visit.account, query, visit.drawn)),
  },
  {
    method: 'GET',
    path: /^\/api\/v3\/orders\/shipping_carriers$/,
    operation: 'GetShippingCarriers',
    isWrite: false,
    execute: (visit) =>
      withQuery(model.carriersQuery, visit, (query) => {
        const names = query.order_type === 'GENERAL' ? generalCarriers : confirmedDeliveryCarriers
        return done(names.map((name) => select({ name }, query.fields)))
      }),
  },
  {
    method: 'GET',
    path: orderPath(''),
    operation: 'GetOrder',
    isWrite: false,
    execute: (visit) => withQuery(model.fieldsQuery, visit, ({ fields }) => getOrder(visit.world, visit.account, visit.id, fields)),
  },
  {
    method: 'GET',
    path: orderPath('/refund_reasons'),
    operation: 'GetValidRefundReasons',
    isWrite: false,
    execute: (visit) => getRefundReasons(visit.account, visit.id),
  },
  {
    method: 'PUT',
    path: orderPath('/tracking'),
    operation: 'ShipOrder',
    isWrite: true,
    execute: (visit) => withBody(model.trackingBody, visit, (body) => putTracking(visit.world, visit.account, visit.id, body)),
  },
  {
    method: 'PUT',
    path: orderPath('/refund'),
    operation: 'RefundOrder',
    isWrite: true,
    execute: (visit) => withBody(model.refundBody, visit, (body) => putRefund(visit.world, visit.account, visit.id, body)),
  },
  {
    method: 'PUT',
    path: orderPath('/address'),
    operation: 'ModifyAddress',
    isWrite: true,
    execute: (visit) => withBody(model.addressBody, visit, (body) => putAddress(visit.world, visit.account, visit.id, body)),
  },
  {
    method: 'PUT',
    path: /^\/api\/v3\/products\/([^/]+)$/,
    operation: 'updateProduct',
    isWrite: true,
    execute: (visit) => withBody(model.stockBody, visit, (body) => putStock(visit.account, visit.id, body)),
  },
]

/** The HTTP face of the simulation: tokens first, then limits, faults and the operation. */
export function createRoutes(world: World, faults: FaultSwitch): (request: Request) => Promise<Response> {
  const count = createWindows(world)
  const byClientId = (id: unknown) => [...world.accounts.values()].find((account) => account.clientId === id)

  /** Carries out one operation with everything around it: settling, limits, faults, the log, the envelope. */
  async function visit(
    route: Pick<Route, 'operation' | 'isWrite'>,
    account: Account,
    id: string | undefined,
    go: (drawn: readonly FaultKind[]) => Result,
  ) {
    settle(account, world.now())
    const counted = count(account.name)
    const headers = { ...counted.headers, 'Wish-Request-Id': world.unique('request'), 'Content-Language': 'en' }
    const log = (outcome: 'executed' | 'refused', status: number) =>
      account.requests.add({ ...route, outcome, status, ...(id === undefined ? {} : { subject: id }) })
    const throttled = { message: 'Too Many Requests', code: 429, data: null }
    if (!counted.isAllowed) {
      log('refused', 429)
      return answer(world, refuse(429, throttled.message, 429), headers)
    }
    return withFaults({
      operation: route.operation,
      faults,
      now: () => world.now(),
      execute: (drawn) => {
        const order = id === undefined ? undefined : account.orders.get(id)
        if (route.isWrite && order && drawn.includes('H20-read-lags-write')) world.lagged.keep(order.document.id, order.document)
        const result = go(drawn)
        const isRefused = 'refusal' in result
        log(isRefused ? 'refused' : 'executed', isRefused ? result.refusal.status : 200)
        return answer(world, result, headers)
      },
      refused: (status) => log('refused', status),
      throttled: () => throttled,
      errorBody: () => ({ message: 'Something went wrong', code: '5000', data: null }),
    })
  }

  async function oauth(request: Request, url: URL): Promise<Response | undefined> {
    if (url.pathname === '/v3/oauth/authorize' && request.method === 'GET') {
      const account = byClientId(url.searchParams.get('client_id'))
      return account ? authorize(world, account, url.searchParams.get('state')) : new Response('no such app', { status: 404 })
    }
    if (url.pathname === '/api/v3/oauth/refresh_token' && request.method === 'GET') {
      const parsed = model.refreshQuery.safeParse(model.queryRecord(url))
      if (!parsed.success) return answer(world, badParameter(model.problemOf(parsed.error)), {})
      return token('oauthRefreshToken', byClientId(parsed.data.client_id), (account) => refresh(world, account, parsed.data))
    }
    if (url.pathname !== '/api/v3/oauth/access_token') return undefined
    const isPost = request.method === 'POST'
    const parsed = isPost
      ? model.accessTokenBody.safeParse(await bodyOf(request))
      : model.accessTokenQuery.safeParse(model.queryRecord(url))
    if (!parsed.success) return answer(world, badParameter(model.problemOf(parsed.error)), {})
    const operation = isPost ? 'oauthAccessTokenPost' : 'oauthAccessToken'
    return token(operation, byClientId(parsed.data.client_id), (account) => exchange(world, account, parsed.data))
  }

  function token(operation: string, account: Account | undefined, go: (account: Account | undefined) => Result) {
    if (account === undefined) return answer(world, go(undefined), {})
    return visit({ operation, isWrite: false }, account, undefined, () => go(account))
  }

  return async (request) => {
    const url = new URL(request.url)
    const granted = await oauth(request, url)
    if (granted !== undefined) return granted
    const route = routes.find((each) => each.method === request.method && each.path.test(url.pathname))
    if (route === undefined) return answer(world, refuse(1001, `no such operation: ${request.method} ${url.pathname}`, 404), {})
    const { account, refusal } = callerOf(world, request.headers.get('authorization'))
    if (account === undefined) return answer(world, { refusal }, {})
    const id = route.path.exec(url.pathname)?.[1]
    const body = request.method === 'GET' ? undefined : await bodyOf(request)
    return visit(route, account, id, (drawn) => {
      if (refusal) return { refusal }
      return route.execute({ world, account, id: decodeURIComponent(id ?? ''), url, body, drawn })
    })
  }
}

async function bodyOf(request: Request): Promise<unknown> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) return undefined
  try {
    return await request.json()
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
