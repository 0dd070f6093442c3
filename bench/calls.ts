import type { LaneName } from '../core/model/lane.ts'
import type { HttpRequest, HttpResponse } from '../core/ports/transport.ts'
import { type Instant, instantToMs } from '../core/value/instant.ts'

export const platformNames = ['amazon', 'ebay', 'shopify', 'wish'] as const
export type PlatformName = (typeof platformNames)[number]

/** What a call was for, seen from the outside: by its address and its answer alone. */
export type CallKind = 'token' | 'quota' | 'changes' | 'work' | 'order' | 'shipments' | 'write' | 'other'

export interface Call {
  readonly at: Instant
  /** Undefined outside of lanes. */
  readonly lane: LaneName | undefined
  readonly kind: CallKind
  readonly isThrottled: boolean
  /** Ids of what a list showed. */
  readonly ids: readonly string[]
  /** Changes in it of which only the shipments tell how many units have gone. */
  readonly begun?: readonly string[]
  /** Records that one page may hold, where the answer tells. */
  readonly largestPage?: number
}

/** What each platform publishes, and what its documentation asks for around a write. */
interface PlatformFacts {
  /** Records of one page. Sources: the README of each connector, under limits. */
  readonly largestPage: number
  /** Calls for one package, the write included. */
  readonly callsPerPackage: number
  /** Seconds that an access token lives. */
  readonly tokenLifeSeconds: number
  /** Fulfillment orders are listed beside the orders. */
  readonly listsWork: boolean
  /** The quota must be asked for, once an hour. */
  readonly asksForQuota: boolean
  kindOf(request: HttpRequest): CallKind
}

const path = (request: HttpRequest): string => new URL(request.url).pathname

export const facts: Readonly<Record<PlatformName, PlatformFacts>> = {
  amazon: {
    largestPage: 100,
    // The reference makes a repeat harmless and the next page of changes shows the package: no read before or after.
    callsPerPackage: 1,
    tokenLifeSeconds: 3_600,
    listsWork: false,
    asksForQuota: false,
    kindOf(request) {
      if (path(request) === '/auth/o2/token') return 'token'
      if (request.method === 'POST') return 'write'
      return path(request).endsWith('/orders') ? 'changes' : 'order'
    },
  },
  ebay: {
    largestPage: 200,
    // No idempotency is documented, so the fulfillments are read first; the next page of changes shows the new one.
    callsPerPackage: 2,
    tokenLifeSeconds: 7_200,
    listsWork: false,
    asksForQuota: true,
    kindOf(request) {
      if (path(request).endsWith('/oauth2/token')) return 'token'
      if (path(request).includes('/analytics/')) return 'quota'
      if (path(request).endsWith('/shipping_fulfillment')) return request.method === 'POST' ? 'write' : 'shipments'
      return path(request).endsWith('/order') ? 'changes' : 'order'
    },
  },
  shopify: {
    largestPage: 250,
    // The fulfillment orders are read before, the fulfillment after: a mutation has no key and a list lags.
    callsPerPackage: 3,
    tokenLifeSeconds: 86_400,
    listsWork: true,
    asksForQuota: false,
    kindOf(request) {
      if (path(request).endsWith('/oauth/access_token')) return 'token'
      const { query } = JSON.parse(request.body ?? '{}') as { query?: string }
      if (query?.trimStart().startsWith('mutation')) return 'write'
      const root = /^[^{]*\{\s*(\w+)\(/.exec(query ?? '')?.[1]
      if (root === 'orders') return 'changes'
      if (root === 'fulfillmentOrders') return 'work'
      return root === 'nodes' ? 'order' : 'shipments'
    },
  },
  wish: {
    largestPage: 500,
    // The order is read before, because a repeat changes the tracking; the write is asynchronous and read once after.
    callsPerPackage: 3,
    tokenLifeSeconds: 30 * 86_400,
    listsWork: false,
    asksForQuota: false,
    kindOf(request) {
      if (path(request).includes('/oauth/')) return 'token'
      if (request.method === 'PUT') return 'write'
      return path(request).endsWith('/orders') ? 'changes' : 'shipments'
    },
  },
}

/** Looks at one exchange. */
export function observeCall(
  platform: PlatformName,
  request: HttpRequest,
  response: HttpResponse,
  by: { readonly at: Instant; readonly lane: LaneName | undefined },
): Call {
  const kind = facts[platform].kindOf(request)
  const isThrottled = response.status === 429 || (platform === 'shopify' && response.body.includes('"THROTTLED"'))
  const isList = (kind === 'changes' || kind === 'work') && response.status === 200 && !isThrottled
  const shown = isList ? { ids: idsIn(response.body), begun: begunIn(response.body), ...pageSizeIn(request, response) } : { ids: [] }
  return { ...by, kind, isThrottled, ...shown }
}

interface Identified {
  readonly id: string
}

/** Beside its id, what eBay says of an order. */
interface ListedOrder {
  readonly orderId: string
  readonly lastModifiedDate?: string
  readonly orderFulfillmentStatus?: string
  readonly lineItems?: readonly { readonly quantity: number }[]
}

/** The forms in which the platforms list orders. */
interface ListAnswer {
  readonly orders?: readonly ListedOrder[]
  readonly data?: readonly Identified[] | Readonly<Record<string, { readonly nodes: readonly Identified[] }>>
}

function idsIn(body: string): readonly string[] {
  const { orders, data } = JSON.parse(body) as ListAnswer
  if (orders) return orders.map(({ orderId }) => orderId)
  const nodes = data === undefined || isArray(data) ? data : Object.values(data).flatMap((connection) => connection.nodes)
  return (nodes ?? []).map(({ id }) => id)
}

/** eBay calls a line of several units fulfilled with the first of them (type LineItemFulfillmentStatusEnum, read 2026-11-25). */
function begunIn(body: string): readonly string[] {
  const { orders = [] } = JSON.parse(body) as ListAnswer
  return orders.flatMap(({ orderId, lastModifiedDate, orderFulfillmentStatus = 'NOT_STARTED', lineItems = [] }) =>
    orderFulfillmentStatus !== 'NOT_STARTED' && lineItems.some(({ quantity }) => quantity > 1) ? [`${orderId} ${lastModifiedDate}`] : [],
  )
}

/** Array.isArray does not know readonly arrays. */
function isArray(data: NonNullable<ListAnswer['data']>): data is readonly Identified[] {
  return Array.isArray(data)
}

/** A query may ask for 1,000 points (https://shopify.dev/docs/api/usage/limits, read 2026-11-24), so what an order costs bounds the page. */
const mostPoints = 1_000

function pageSizeIn(request: HttpRequest, response: HttpResponse): Pick<Call, 'largestPage'> {
  const asked = (JSON.parse(request.body ?? '{}') as { variables?: { first?: number } }).variables?.first
  const cost = (JSON.parse(response.body) as { extensions?: { cost?: { requestedQueryCost?: number } } }).extensions?.cost
  if (asked === undefined || cost?.requestedQueryCost === undefined) return {}
  return { largestPage: Math.floor((mostPoints * asked) / cost.requestedQueryCost) }
}

export interface DayOfCalls {
  readonly platform: PlatformName
  readonly calls: readonly Call[]
  readonly start: Instant
  readonly end: Instant
  readonly pollEveryMs: number
  /** Shipments that the platform took through its API. */
  readonly packages: number
  /** Requests of buyers to cancel, which a list does not show. */
  readonly cancelRequests: number
}

/** The fewest calls by which the day could have been done, by what they are for. */
export function minimumOf(day: DayOfCalls): Readonly<Record<string, number>> {
  const { platform, calls, start, end, pollEveryMs, packages, cancelRequests } = day
  const { callsPerPackage, tokenLifeSeconds, listsWork, asksForQuota } = facts[platform]
  const seconds = (instantToMs(end) - instantToMs(start)) / 1_000
  const tokensFor = (everySeconds: number) => Math.floor(seconds / secondsOfToken(tokenLifeSeconds, everySeconds)) + 1
  const inLane = (lane: LaneName, kind: CallKind): readonly Call[] => calls.filter((call) => call.lane === lane && call.kind === kind)
  return {
    polls: pagesOfPolls(day, inLane('poll', 'changes')) + (listsWork ? pagesOfPolls(day, inLane('poll', 'work')) : 0),
    'orders read by themselves': platform === 'ebay' ? cancelRequests : inLane('poll', 'order').length,
    'units left': new Set(inLane('poll', 'changes').flatMap(({ begun = [] }) => begun)).size,
    packages: packages * callsPerPackage,
    // The quota is told to a token of its own.
    tokens: tokensFor(pollEveryMs / 1_000) + (asksForQuota ? tokensFor(3_600) : 0),
    quota: asksForQuota ? Math.floor(seconds / 3_600) + 1 : 0,
    sweep: pagesOfSweeps(day, inLane('sweep', 'changes')),
  }
}

/** A token is renewed with the first use after four fifths of its life. */
function secondsOfToken(lifeSeconds: number, everySeconds: number): number {
  return Math.ceil((lifeSeconds * 0.8) / everySeconds) * everySeconds
}

/** One page for each due poll at least, and as many as hold what was shown for it. */
function pagesOfPolls({ platform, start, end, pollEveryMs }: DayOfCalls, lists: readonly Call[]): number {
  const duePolls = Math.floor((instantToMs(end) - instantToMs(start)) / pollEveryMs) + 1
  let pages = 0
  for (let index = 0; index < duePolls; index += 1) {
    const from = instantToMs(start) + index * pollEveryMs
    const ofThisPoll = lists.filter(({ at }) => instantToMs(at) >= from && instantToMs(at) < from + pollEveryMs)
    pages += pagesFor(platform, ofThisPoll)
  }
  return pages
}

function pagesOfSweeps({ platform }: DayOfCalls, lists: readonly Call[]): number {
  const days = Map.groupBy(lists, ({ at }) => at.slice(0, 13))
  return [...days.values()].reduce((sum, ofThisHour) => sum + pagesFor(platform, ofThisHour), 0)
}

function pagesFor(platform: PlatformName, lists: readonly Call[]): number {
  const shown = new Set(lists.flatMap(({ ids }) => ids)).size
  const largest = Math.min(facts[platform].largestPage, ...lists.flatMap(({ largestPage }) => largestPage ?? []))
  return Math.max(1, Math.ceil(shown / largest))
}
