import { describe, expect, test } from 'vitest'
import { everything, minuteMs, sandboxWorld, search } from './amazon-sandbox.ts'

const since = 'lastUpdatedAfter=2026-11-24T00%3A00%3A00Z'

describe('searchOrders of the simulated Amazon', () => {
  test('gives neither status nor persons nor prices without includedData', async () => {
    const world = sandboxWorld()
    const id = world.place('a')

    const { body } = await world.call('a', 'GET', `${search}?${since}`)

    const [order] = body.orders
    expect(order.orderId).toBe(id)
    expect(Object.keys(order).sort()).toEqual(['createdTime', 'lastUpdatedTime', 'orderId', 'orderItems', 'salesChannel'])
    expect(order.orderItems[0].fulfillment).toBeUndefined()
  })

  test('leaves prices, buyer and address out while an order is pending', async () => {
    const world = sandboxWorld()
    const id = world.place('a', { payment: 'unpaid' })
    const pending = await world.call('a', 'GET', `${search}?${since}&includedData=${everything}`)
    world.amazon.changeOrder('a', id, { type: 'pay' })
    const paid = await world.call('a', 'GET', `${search}?${since}&includedData=${everything}`)

    expect(pending.body.orders[0].fulfillment.fulfillmentStatus).toBe('PENDING')
    expect(JSON.stringify(pending.body)).not.toMatch(/Main Street|12\.34|Ann Buyer/)
    expect(paid.body.orders[0]).toMatchObject({ fulfillment: { fulfillmentStatus: 'UNSHIPPED' }, buyer: { buyerName: 'Ann Buyer' } })
  })

  test.each([
    ['denied', /Ann Buyer|Main Street|07102|marketplace\.amazon\.com/],
    ['address', /marketplace\.amazon\.com/],
  ])('masks persons by the roles of the application: %s', async (personalData, secret) => {
    const world = sandboxWorld()
    world.open('a', { personalData })
    world.place('a')

    const { body } = await world.call('a', 'GET', `${search}?${since}&includedData=${everything}`)

    expect(JSON.stringify(body)).not.toMatch(secret)
    expect(body.orders[0].recipient.deliveryAddress.city).toBe('Newark')
  })

  test('adds up: the grand total is items, shipping, tax, less discount in America, and without tax in Europe', async () => {
    const world = sandboxWorld()
    world.open('eu', { region: 'eu' })
    world.place('na')
    world.place('eu', { currency: 'EUR' })

    const america = await world.call('na', 'GET', `${search}?${since}&includedData=PROCEEDS`)
    const europe = await world.call('eu', 'GET', `${search}?${since}&includedData=PROCEEDS`)

    expect(america.body.orders[0].proceeds.grandTotal.amount).toBe('34.79')
    expect(europe.body.orders[0].proceeds.grandTotal.amount).toBe('33.58')
  })

  test.each([
    ['no lower bound', '', 400],
    ['both families', `${since}&createdAfter=2026-11-24T00%3A00%3A00Z`, 400],
    ['a mixed upper bound', `${since}&createdBefore=2026-11-24T01%3A00%3A00Z`, 400],
    ['an upper bound before the lower', `${since}&lastUpdatedBefore=2026-11-23T00%3A00%3A00Z`, 400],
    ['a time without zone', 'lastUpdatedAfter=2026-11-24T00%3A00%3A00', 400],
    ['an unknown parameter', `${since}&pageSize=10`, 400],
    ['a parameter twice', `${since}&marketplaceIds=ATVPDKIKX0DER&marketplaceIds=ATVPDKIKX0DER`, 400],
    ['an unknown data set', `${since}&includedData=buyer`, 400],
    ['an unknown status', `${since}&fulfillmentStatuses=Unshipped`, 400],
    ['a page of none', `${since}&maxResultsPerPage=0`, 400],
    ['a page of 101', `${since}&maxResultsPerPage=101`, 400],
    ["somebody else's marketplace", `${since}&marketplaceIds=A1PA6795UKMFR9`, 403],
  ])('refuses %s', async (_name, query, status) => {
    const answer = await sandboxWorld().call('a', 'GET', `${search}?${query}`)

    expect(answer.status).toBe(status)
    expect(answer.body.errors[0]).toMatchObject({ code: status === 400 ? 'InvalidInput' : 'Unauthorized', message: expect.any(String) })
  })

  test('keeps the two-minute rule with published limits: bounds refused, own bound answered', async () => {
    const world = sandboxWorld({ limits: 'published' })
    world.place('a')
    world.advance(minuteMs)

    const late = await world.call('a', 'GET', `${search}?${since}&lastUpdatedBefore=2026-11-24T08%3A00%3A00Z`)
    const open = await world.call('a', 'GET', `${search}?${since}`)

    expect(late.status).toBe(400)
    expect(open.body).toMatchObject({ orders: [], lastUpdatedBefore: '2026-11-24T07:59:00.000Z' })
  })

  test('takes both bounds as inclusive', async () => {
    const world = sandboxWorld()
    const id = world.place('a')
    const at = encodeURIComponent(world.now())
    world.advance(10 * minuteMs)

    const { body } = await world.call('a', 'GET', `${search}?createdAfter=${at}&createdBefore=${at}`)

    expect(body.orders.map((order: { orderId: string }) => order.orderId)).toEqual([id])
    expect(body.createdBefore).toBe('2026-11-24T08:00:00.000Z')
  })

  test('filters by status and by who fulfills', async () => {
    const world = sandboxWorld()
    world.place('a', { kind: 'platform-fulfilled' })
    const ours = world.place('a')
    world.amazon.changeOrder('a', world.place('a'), { type: 'cancel' })

    const { body } = await world.call('a', 'GET', `${search}?${since}&fulfilledBy=MERCHANT&fulfillmentStatuses=UNSHIPPED`)

    expect(body.orders.map((order: { orderId: string }) => order.orderId)).toEqual([ours])
  })

  test('never shows one seller the orders of another', async () => {
    const world = sandboxWorld()
    const id = world.place('a')
    world.open('b')

    const list = await world.call('b', 'GET', `${search}?${since}`)
    const single = await world.call('b', 'GET', `${search}/${id}`)

    expect(list.body.orders).toEqual([])
    expect(single.status).toBe(404)
  })

  test('shows changes three minutes late when data comes late', async () => {
    const world = sandboxWorld({ switches: { lateData: true } })
    world.place('a')
    world.advance(2 * minuteMs)
    const early = await world.call('a', 'GET', `${search}?${since}`)
    world.advance(minuteMs)
    const later = await world.call('a', 'GET', `${search}?${since}`)

    expect([early.body.orders.length, later.body.orders.length]).toEqual([0, 1])
  })

  test('refuses a switch that it does not have', () => {
    expect(() => sandboxWorld({ switches: { twoMinutesRule: true } })).toThrow(/no switch twoMinutesRule/)
  })
})

describe('page tokens of the simulated Amazon', () => {
  async function firstPage(world: ReturnType<typeof sandboxWorld>, count = 5) {
    for (let placed = 0; placed < count; placed += 1) world.place('a')
    const { body } = await world.call('a', 'GET', `${search}?${since}&maxResultsPerPage=2`)
    return { ids: body.orders.map(idOf) as string[], token: encodeURIComponent(body.pagination.nextToken) }
  }
  const idOf = (order: { orderId: string }) => order.orderId

  test('lead through every order once, though orders change meanwhile', async () => {
    const world = sandboxWorld()
    let { ids, token } = await firstPage(world)
    const seen = [...ids]
    for (;;) {
      world.advance(1_000)
      world.amazon.changeOrder('a', seen[0] ?? '', { type: 'touch' })
      const { body } = await world.call('a', 'GET', `${search}?${since}&maxResultsPerPage=2&paginationToken=${token}`)
      seen.push(...body.orders.map(idOf))
      if (!body.pagination) break
      token = encodeURIComponent(body.pagination.nextToken)
    }

    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })

  test('allow another page size and other data sets, but no other parameter', async () => {
    const world = sandboxWorld()
    const { token } = await firstPage(world)

    const same = await world.call('a', 'GET', `${search}?${since}&maxResultsPerPage=50&includedData=BUYER&paginationToken=${token}`)
    const other = await world.call('a', 'GET', `${search}?${since}&fulfilledBy=MERCHANT&paginationToken=${token}`)
    const bare = await world.call('a', 'GET', `${search}?paginationToken=${token}`)

    expect([same.status, other.status, bare.status]).toEqual([200, 400, 400])
  })

  test('live 24 hours and belong to their seller', async () => {
    const world = sandboxWorld()
    const { token } = await firstPage(world)
    const path = `${search}?${since}&maxResultsPerPage=2&paginationToken=${token}`
    world.open('b')

    const foreign = await world.call('b', 'GET', path)
    world.advance(25 * 60 * minuteMs)
    await world.login('a')
    const old = await world.call('a', 'GET', path)

    expect([foreign.status, old.status]).toEqual([400, 400])
  })

  test.each(['rubbish', 'e30', ''])('are refused when they are none: "%s"', async (token) => {
    const answer = await sandboxWorld().call('a', 'GET', `${search}?${since}&paginationToken=${token}`)

    expect(answer.status).toBe(400)
  })

  test('may deny one marketplace in a search alone', async () => {
    const world = sandboxWorld()
    const marketplaceIds = ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2']
    world.open('a', { marketplaceIds, deniedMarketplaces: ['A2EUQ1WTGCTBG2'] })
    const id = world.place('a', { site: 'A2EUQ1WTGCTBG2' })
    const after = 'createdAfter=2026-11-24T00%3A00%3A00Z'

    const both = await world.call('a', 'GET', `${search}?${after}&marketplaceIds=${marketplaceIds.join('%2C')}`)
    const other = await world.call('a', 'GET', `${search}?${after}&marketplaceIds=ATVPDKIKX0DER`)
    const single = await world.call('a', 'GET', `${search}/${id}`)

    expect([both.status, other.status, single.status]).toEqual([403, 200, 200])
  })

  test('may refuse the data set FULFILLMENT, as it has happened', async () => {
    const world = sandboxWorld({ switches: { fulfillmentDataRefused: true } })
    world.open('a')
    const query = `${search}?createdAfter=2026-11-24T00%3A00%3A00Z`

    const refused = await world.call('a', 'GET', `${query}&includedData=FULFILLMENT%2CBUYER`)
    const without = await world.call('a', 'GET', `${query}&includedData=BUYER`)

    expect([refused.status, without.status]).toEqual([400, 200])
  })
})
