import { describe, expect, test } from 'vitest'
import { type Call, type CallKind, facts, minimumOf, observeCall, type PlatformName } from '../../bench/calls.ts'
import type { HttpRequest } from '../../core/ports/transport.ts'
import { addMs, type Instant, parseInstant } from '../../core/value/instant.ts'

const start = parseInstant('2026-11-24T00:00:00Z') as Instant
const minuteMs = 60_000
const request = (method: string, url: string, body?: string): HttpRequest => ({ method, url, headers: {}, ...(body ? { body } : {}) })
const query = (document: string, first?: number) => JSON.stringify({ query: document, variables: { first } })
const shopify = 'https://brand.myshopify.com/admin/api/2026-10/graphql.json'

describe('a call', () => {
  test.each<[PlatformName, HttpRequest, CallKind]>([
    ['amazon', request('GET', 'https://sellingpartnerapi-na.amazon.com/orders/2026-01-01/orders?createdAfter=x'), 'changes'],
    ['amazon', request('POST', 'https://sellingpartnerapi-na.amazon.com/orders/v0/orders/1/shipmentConfirmation'), 'write'],
    ['amazon', request('POST', 'https://api.amazon.com/auth/o2/token'), 'token'],
    ['amazon', request('GET', 'https://sellingpartnerapi-na.amazon.com/orders/2026-01-01/orders/1'), 'order'],
    ['ebay', request('GET', 'https://api.ebay.com/sell/fulfillment/v1/order?filter=x'), 'changes'],
    ['ebay', request('GET', 'https://api.ebay.com/sell/fulfillment/v1/order/1/shipping_fulfillment'), 'shipments'],
    ['ebay', request('POST', 'https://api.ebay.com/sell/fulfillment/v1/order/1/shipping_fulfillment'), 'write'],
    ['ebay', request('GET', 'https://api.ebay.com/developer/analytics/v1_beta/user_rate_limit/'), 'quota'],
    ['ebay', request('GET', 'https://api.ebay.com/sell/fulfillment/v1/order/1'), 'order'],
    ['shopify', request('POST', shopify, query('query X { orders(first: 10) { nodes { id } } }')), 'changes'],
    ['shopify', request('POST', shopify, query('query X {\n  fulfillmentOrders(first: 10) { nodes { id } } }')), 'work'],
    ['shopify', request('POST', shopify, query('query X { order(id: 1) { fulfillmentOrders(first: 5) { nodes { id } } } }')), 'shipments'],
    ['shopify', request('POST', shopify, query('mutation X { fulfillmentCreate(fulfillment: $f) { userErrors { field } } }')), 'write'],
    ['wish', request('GET', 'https://merchant.wish.com/api/v3/orders?limit=500'), 'changes'],
    ['wish', request('GET', 'https://merchant.wish.com/api/v3/orders/1'), 'shipments'],
    ['wish', request('PUT', 'https://merchant.wish.com/api/v3/orders/1/tracking'), 'write'],
  ])('to %s is told by its address: %o', (platform, asked, kind) => {
    expect(facts[platform].kindOf(asked)).toBe(kind)
  })

  test('shows the orders of its list and how many a page may hold', () => {
    const body = JSON.stringify({
      data: { orders: { nodes: [{ id: 'A' }, { id: 'B' }] } },
      extensions: { cost: { requestedQueryCost: 200 } },
    })
    const asked = request('POST', shopify, query('query X { orders(first: $first) { nodes { id } } }', 10))

    const call = observeCall('shopify', asked, { status: 200, headers: {}, body }, { at: start, lane: 'poll' })

    expect(call).toMatchObject({ ids: ['A', 'B'], largestPage: 50, isThrottled: false })
  })

  test.each<[PlatformName, number, string]>([
    ['wish', 429, '{}'],
    ['shopify', 200, '{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}'],
  ])('that %s refuses for its rate counts as throttled', (platform, status, body) => {
    const asked = platform === 'wish' ? request('PUT', 'https://x/api/v3/orders/1/tracking') : request('POST', shopify, query('mutation X'))

    expect(observeCall(platform, asked, { status, headers: {}, body }, { at: start, lane: 'confirm' }).isThrottled).toBe(true)
  })
})

describe('the fewest calls of an hour', () => {
  const list = (minute: number, ids: readonly string[], lane: Call['lane'] = 'poll'): Call => ({
    at: addMs(start, minute * minuteMs),
    lane,
    kind: 'changes',
    isThrottled: false,
    ids,
  })
  const hour = (platform: PlatformName, calls: readonly Call[], packages = 0) =>
    minimumOf({ platform, calls, start, end: addMs(start, 60 * minuteMs), pollEveryMs: 5 * minuteMs, packages, cancelRequests: 0 })

  test('count the shipments of an eBay order once for each of its changes, when it has begun and has several units of a line', () => {
    const order = (orderId: string, orderFulfillmentStatus: string, quantity: number) => ({
      ...{ orderId, orderFulfillmentStatus, lastModifiedDate: '2026-11-24T00:00:00.000Z' },
      lineItems: [{ quantity }],
    })
    const orders = [order('A', 'FULFILLED', 2), order('B', 'FULFILLED', 1), order('C', 'NOT_STARTED', 2), order('D', 'IN_PROGRESS', 3)]
    const response = { status: 200, headers: {}, body: JSON.stringify({ orders }) }
    const asked = request('GET', 'https://api.ebay.com/sell/fulfillment/v1/order?filter=x')
    const polls = [1, 6].map((minute) => observeCall('ebay', asked, response, { at: addMs(start, minute * minuteMs), lane: 'poll' }))

    expect(hour('ebay', polls)['units left']).toBe(2)
  })

  test('are one page for each poll that is due, whether it was made or not', () => {
    expect(hour('wish', [])['polls']).toBe(13)
  })

  test('are as many pages as hold what a poll showed, however often it showed it', () => {
    const ids = Array.from({ length: 150 }, (_unused, index) => `A-${index}`)

    expect(hour('amazon', [list(5, ids), list(5, ids), list(6, ids.slice(100))])['polls']).toBe(14)
  })

  test.each([
    ['amazon', 1],
    ['ebay', 2],
    ['shopify', 3],
    ['wish', 3],
  ] as const)('are for a package on %s %i', (platform, calls) => {
    expect(hour(platform, [], 10)['packages']).toBe(10 * calls)
  })

  test('count no page of a poll for the sweep', () => {
    expect(hour('ebay', [list(0, ['A']), list(0, ['A'], 'sweep')])).toMatchObject({ polls: 13, sweep: 1 })
  })
})
