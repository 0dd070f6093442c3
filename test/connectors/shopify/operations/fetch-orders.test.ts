import { describe, expect, test } from 'vitest'
import { shopify } from '../../../../connectors/shopify/index.ts'
import { openQuantity } from '../../../../core/model/order.ts'
import type { HttpRequest, HttpResponse } from '../../../../core/ports/transport.ts'
import { createShopify } from '../../../../sandbox/shopify/index.ts'
import type { NewOrderLine } from '../../../../sandbox/simulated.ts'
import { contractWorld, minuteMs, readAll } from '../../../contract/connector-world.ts'
import { fakeCallContext } from '../../../fakes/fake-call-context.ts'
import { graphql, harness } from '../shopify-world.ts'

const lines = (count: number): readonly NewOrderLine[] =>
  Array.from({ length: count }, (_, index) => ({ channelSku: `SKU-${index}`, title: `Thing ${index}`, quantity: 3, unitPrice: '1.00' }))

const isQuery = (request: HttpRequest, name: string) => request.body?.includes(`query ${name}`) ?? false

const emptyPage = (endCursor: string) => graphql({ data: { orders: { nodes: [], pageInfo: { hasNextPage: true, endCursor } } } })

async function sendTo(server: { fetch(request: Request): Response | Promise<Response> }, request: HttpRequest): Promise<HttpResponse> {
  const { pathname } = new URL(request.url)
  const answer = await server.fetch(
    new Request(`http://127.0.0.1${pathname}`, { method: request.method, headers: request.headers, body: request.body ?? null }),
  )
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
}

function orderFor(ordinal: number) {
  return {
    currency: 'USD',
    shipTo: { name: 'Ada Lovelace', line1: `${ordinal} Main Street`, city: 'Newark', postcode: '07102', country: 'US' },
    buyer: { id: `b${ordinal}`, name: 'Ada Lovelace' },
    lines: lines(2),
  }
}

describe('reading changed orders from Shopify', () => {
  test('reads an order with more lines, fulfillment orders and shipped lines than a page shows [shopify-limit-05]', async () => {
    const world = contractWorld(harness)
    const id = world.place({ lines: lines(25), shipping: '0', tax: '0' })
    for (let time = 0; time < 6; time += 1) world.change(id, { type: 'split' })
    world.advance(minuteMs)

    const order = (await world.readAll()).orders.get(id)

    expect(order?.lines).toHaveLength(25)
    expect(order?.lines.map(openQuantity)).toEqual(Array.from({ length: 25 }, () => 3))
    expect(order?.totals?.grand.minorUnits).toBe(7_500)
    const again = await world.connector.fetchOrder(id, world.call)
    expect(again?.lines).toEqual(order?.lines)
  })

  test('counts every unit of a fulfillment with many lines as shipped [shopify-limit-05]', async () => {
    const world = contractWorld(harness)
    const id = world.place({ lines: lines(12) })
    world.change(id, { type: 'ship-elsewhere', trackingNumber: 'ELSEWHERE1', carrier: 'UPS' })
    world.advance(minuteMs)

    const order = (await world.readAll()).orders.get(id)

    expect(order?.status).toBe('shipped')
    expect(order?.lines.every((line) => line.shippedQuantity === 3)).toBe(true)
  })

  test('finds an order whose fulfillment order moved while the order itself did not [shopify-read-06]', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    world.advance(minuteMs)
    const first = await world.readAll()
    world.advance(30 * minuteMs)
    world.change(id, { type: 'hold', reason: 'INCORRECT_ADDRESS' })
    world.advance(minuteMs)
    const old = '2026-11-24T07:00:00Z'
    world.transport.tamper({
      change: (response, request) => {
        const body = JSON.parse(response.body)
        if (isQuery(request, 'ChangedOrders')) body.data.orders = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
        if (isQuery(request, 'ChangedWork')) for (const node of body.data.fulfillmentOrders.nodes) node.order.updatedAt = old
        return { ...response, body: JSON.stringify(body) }
      },
    })

    const second = await world.readAll(first.cursor)

    expect(second.orders.get(id)?.holds).toMatchObject([{ reason: 'platform-hold', detail: expect.stringContaining('INCORRECT_ADDRESS') }])
  })

  test('does not read an order twice when it moved together with its fulfillment order', async () => {
    const world = contractWorld(harness)
    world.place()
    world.advance(minuteMs)

    await world.readAll()

    expect(world.transport.sent.filter((request) => isQuery(request, 'OrdersById'))).toEqual([])
  })

  test('starts at the cutover minus the overlap and begins each window where the last one ended, minus the overlap [shopify-read-01] [shopify-read-03]', async () => {
    const world = contractWorld(harness)
    const first = await world.readAll()
    world.advance(20 * minuteMs)
    await world.readAll(first.cursor)

    const filters = world.transport.sent
      .filter((request) => isQuery(request, 'ChangedOrders'))
      .map((request) => JSON.parse(request.body ?? '').variables.query)

    expect(filters).toEqual([
      "updated_at:>='2026-11-24T06:50:00Z' AND updated_at:<'2026-11-24T08:00:01Z'",
      "updated_at:>='2026-11-24T07:50:00Z' AND updated_at:<'2026-11-24T08:20:01Z'",
    ])
  })

  test('stops with an error when Shopify ignores the time filter [shopify-read-02]', async () => {
    const world = contractWorld(harness)
    world.place()
    world.advance(minuteMs)
    world.transport.tamper({
      change: (response, request) =>
        isQuery(request, 'ChangedOrders') ? { ...response, body: response.body.replaceAll('"2026-11-24T', '"2025-01-01T') } : response,
    })

    await expect(world.readAll()).rejects.toMatchObject({ kind: 'invalid-data', code: 'shopify-filter-ignored' })
  })

  test('takes larger pages when they cost little, and smaller ones when Shopify finds them too costly [shopify-limit-03] [shopify-error-15]', async () => {
    const world = contractWorld(harness)
    world.placeMany(30)
    world.advance(minuteMs)
    const tooCostly = { message: 'Query cost is 1723, which exceeds the limit', extensions: { code: 'MAX_COST_EXCEEDED' } }
    const sizes: number[] = []
    world.transport.tamper({
      answer: (request) => {
        if (!isQuery(request, 'ChangedOrders')) return undefined
        const { first } = JSON.parse(request.body ?? '').variables
        sizes.push(first)
        return first > 5 ? graphql({ errors: [tooCostly] }) : undefined
      },
    })

    const reading = await world.readAll()

    expect(reading.orders.size).toBe(30)
    expect(sizes.slice(0, 2)).toEqual([10, 3])
  })

  test('follows an empty page that promises more', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    world.advance(minuteMs)
    let page: HttpResponse | undefined
    world.transport.tamper({
      change: (response, request) => {
        if (isQuery(request, 'ChangedOrders')) page ??= response
        return response
      },
    })
    await world.readAll()
    world.transport.tamper({
      answer: (request) => {
        if (!isQuery(request, 'ChangedOrders')) return undefined
        return request.body?.includes('"after":"next"') ? page : emptyPage('next')
      },
    })

    const reading = await world.readAll()

    expect([...reading.orders.keys()]).toEqual([id])
  })

  test('does not follow empty pages without end [shopify-trap-05]', async () => {
    const world = contractWorld(harness)
    let ordinal = 0
    world.transport.tamper({
      answer: (request) => {
        ordinal += 1
        return isQuery(request, 'ChangedOrders') ? emptyPage(`page-${ordinal}`) : undefined
      },
    })

    await expect(world.readAll()).rejects.toMatchObject({ code: 'shopify-page-token-stuck' })
    expect(ordinal).toBeLessThan(20)
  })

  test('goes on in a window of its own when a list is longer than Shopify lists [shopify-limit-04]', async () => {
    const world = contractWorld(harness)
    const [first, second] = world.placeMany(2, 10 * minuteMs) as [string, string]
    const cursor = JSON.parse((await world.connector.fetchOrderChanges(undefined, world.call)).nextCursor)
    const page = { pageInfo: { hasNextPage: true, endCursor: 'more' } }
    world.transport.tamper({
      answer: (request) =>
        request.body?.includes('"after":"deep"')
          ? graphql({ data: { orders: { ...page, nodes: [{ id: second, updatedAt: world.now() }] } } })
          : undefined,
    })
    const deep = { ...cursor, stream: 'orders', after: 'deep', read: 24_999, from: '2026-11-24T06:50:00.000Z' }

    const narrowed = await world.connector.fetchOrderChanges(JSON.stringify(deep), world.call)
    const rest = await world.readAll(narrowed.nextCursor)

    expect(JSON.parse(narrowed.nextCursor)).toMatchObject({ from: world.now(), read: 0 })
    expect(rest.orders.has(second)).toBe(true)
    expect(rest.orders.has(first)).toBe(false)
  })

  test.each([
    ['is not there', 'Rest_order_lineItems', { data: { owner: null } }],
    ['is refused', 'Invalid cursor', { data: null, errors: [{ message: 'Invalid cursor for current pagination sort.', path: ['owner'] }] }],
    ['never ends', 'without end', { data: { owner: { page: { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'again' } } } } }],
  ])('sets an order aside whose inner list cannot be read to its end: the rest %s', async (_what, reason, rest) => {
    const world = contractWorld(harness)
    const long = world.place({ lines: lines(25) })
    const short = world.place()
    world.advance(minuteMs)
    world.transport.tamper({ answer: (request) => (isQuery(request, 'Rest_order_lineItems') ? graphql(rest) : undefined) })

    const reading = await world.readAll()

    expect([...reading.orders.keys()]).toEqual([short])
    expect(reading.rejected).toMatchObject([{ platformOrderId: long, reason: expect.stringContaining(reason) }])
  })

  test('reads on when a count is below nothing, and sees the cancellation that follows [shopify-trap-16]', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    world.change(id, { type: 'corrupt', how: 'negative-unfulfilled' })
    world.advance(minuteMs)
    const first = await world.readAll()
    world.change(id, { type: 'cancel' })
    world.advance(minuteMs)

    const second = await world.readAll(first.cursor)

    expect(first.orders.has(id)).toBe(true)
    expect(second.orders.get(id)?.status).toBe('cancelled')
  })

  test('gives up a window whose page tokens are refused again and again [shopify-read-04]', async () => {
    const world = contractWorld(harness)
    world.placeMany(30)
    world.advance(minuteMs)
    world.transport.tamper({
      answer: (request) =>
        isQuery(request, 'ChangedOrders') && JSON.parse(request.body ?? '').variables.after
          ? graphql({ data: null, errors: [{ message: 'Invalid cursor for current pagination sort.', path: ['orders'] }] })
          : undefined,
    })

    await expect(world.readAll()).rejects.toMatchObject({ kind: 'invalid-data', code: 'shopify-query-refused' })
  })

  test('starts over, with a warning, when the stored cursor cannot be read', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    world.advance(minuteMs)

    const reading = await world.readAll('{"watermark":"yesterday"}')

    expect([...reading.orders.keys()]).toEqual([id])
    expect(world.call.lines).toContainEqual(expect.objectContaining({ level: 'warn' }))
  })

  test('keeps its place when it is throttled, and reads the rest later [shopify-trap-07] [shopify-error-11]', async () => {
    let instant = contractWorld(harness).now()
    const marketplace = createShopify({ now: () => instant, limits: 'published' })
    const settings = marketplace.addAccount('busy')
    const template = contractWorld(harness)
    const call = fakeCallContext({ clock: () => instant })
    const connector = shopify.create({ ...template.shop, settings }, { send: (request) => sendTo(marketplace, request) })
    for (let count = 0; count < 150; count += 1) marketplace.placeOrder('busy', { ...orderFor(count), placedAt: instant })
    const seen = new Set<string>()
    let cursor: string | undefined
    let waits = 0
    for (let hasMore = true; hasMore; ) {
      try {
        const page = await connector.fetchOrderChanges(cursor, call)
        for (const order of page.orders) seen.add(order.platformOrderId)
        cursor = page.nextCursor
        hasMore = page.hasMore
      } catch (error) {
        expect(error).toMatchObject({ kind: 'rate-limit' })
        waits += 1
        const { retryAfterMs } = error as { retryAfterMs: number }
        instant = new Date(Date.parse(instant) + retryAfterMs).toISOString() as typeof instant
      }
    }

    expect(seen.size).toBe(150)
    expect(waits).toBeGreaterThan(0)
  })
})

describe('the reading helper of the contract', () => {
  test('refuses a connector that promises more without moving', async () => {
    const world = contractWorld(harness)
    const stuck = { ...world.connector, fetchOrderChanges: async () => ({ orders: [], rejected: [], nextCursor: 'x', hasMore: true }) }

    await expect(readAll(stuck, 'x', world.call)).rejects.toThrow('the cursor must move')
  })
})
