import { describe, expect, test } from 'vitest'
import { amazon } from '../../../../connectors/amazon/index.ts'
import type { HttpResponse } from '../../../../core/ports/transport.ts'
import { amazonWorld, minuteMs, queryOf, searchPath } from '../amazon-world.ts'

const hourMs = 60 * minuteMs
function refusal(status: number, code: string, message: string): HttpResponse {
  return { status, headers: {}, body: JSON.stringify({ errors: [{ code, message, details: '' }] }) }
}

const report = {
  packageOrdinal: 1,
  trackingNumber: 'T1',
  carrierWord: 'UPS',
  carrierName: 'UPS',
  originCountry: 'US',
  notifyBuyer: true,
}

describe('reading changed orders', () => {
  test('begins at the shop’s since minus the overlap and sends no upper bound [amazon-read-01] [amazon-read-02]', async () => {
    const world = amazonWorld()

    await world.connector.fetchOrderChanges(undefined, world.call)

    const query = queryOf(world.sentTo(searchPath)[0])
    expect(query['lastUpdatedAfter']).toBe('2026-11-24T06:50:00.000Z')
    expect(query['lastUpdatedBefore']).toBeUndefined()
    expect(query['marketplaceIds']).toBe('ATVPDKIKX0DER')
  })

  test('goes on from the upper bound that Amazon answered, minus the overlap [amazon-read-02] [amazon-read-10]', async () => {
    const world = amazonWorld({ simulation: { switches: { twoMinuteRule: true } } })
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(5 * minuteMs)

    await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(queryOf(world.sentTo(searchPath)[1])['lastUpdatedAfter']).toBe('2026-11-24T07:48:00.000Z')
  })

  test('takes two minutes before now when Amazon answers no bound', async () => {
    const world = amazonWorld()
    world.transport.tamper({ change: (response) => ({ ...response, body: response.body.replace('lastUpdatedBefore', 'ignored') }) })
    const first = await world.connector.fetchOrderChanges(undefined, world.call)

    await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(queryOf(world.sentTo(searchPath)[1])['lastUpdatedAfter']).toBe('2026-11-24T07:48:00.000Z')
  })

  test('sees an order placed now as soon as the two-minute rule lets it through', async () => {
    const world = amazonWorld({ simulation: { switches: { twoMinuteRule: true } } })
    const id = world.place()
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(3 * minuteMs)

    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(first.orders).toEqual([])
    expect(second.orders.map((order) => order.platformOrderId)).toEqual([id])
  })

  test('finds what Amazon’s lists show three minutes late [amazon-read-10]', async () => {
    const world = amazonWorld({ simulation: { switches: { lateData: true, twoMinuteRule: true } } })
    const id = world.place()
    world.advance(2.5 * minuteMs)
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(5 * minuteMs)

    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(first.orders).toEqual([])
    expect(second.orders.map((order) => order.platformOrderId)).toEqual([id])
  })

  test('repeats every parameter with a page token, and keeps the bound of the first page [amazon-trap-05] [amazon-read-15]', async () => {
    const world = amazonWorld()
    for (let count = 0; count < 150; count += 1) world.place()
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(minuteMs)
    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)
    await world.connector.fetchOrderChanges(second.nextCursor, world.call)

    const [one, two, three] = world.sentTo(searchPath).map(queryOf)
    expect([first.hasMore, second.hasMore]).toEqual([true, false])
    const { paginationToken, ...rest } = two ?? {}
    expect(paginationToken).toBeDefined()
    expect(rest).toEqual(one)
    expect(three?.['lastUpdatedAfter']).toBe('2026-11-24T07:50:00.000Z')
  })

  test('does not use a page token of more than a day: it begins the window again [amazon-read-04]', async () => {
    const world = amazonWorld()
    for (let count = 0; count < 101; count += 1) world.place()
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(25 * hourMs)

    await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(world.sentTo(searchPath).map((request) => queryOf(request)['paginationToken'])).toEqual([undefined, undefined])
  })

  test('begins at since again when a marketplace was added, whose orders no cursor covers', async () => {
    const world = amazonWorld({
      account: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] },
      settings: { marketplaceIds: ['ATVPDKIKX0DER'] },
    })
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(hourMs)
    const settings = { ...world.shop.settings, marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] }

    await amazon.create({ ...world.shop, settings }, world.transport).fetchOrderChanges(first.nextCursor, world.call)

    expect(queryOf(world.sentTo(searchPath)[1])['lastUpdatedAfter']).toBe('2026-11-24T06:50:00.000Z')
  })

  test('gives up on pages whose tokens are all refused instead of beginning again without end', async () => {
    const world = amazonWorld()
    for (let count = 0; count < 101; count += 1) world.place()
    const badToken = refusal(400, 'InvalidInput', 'bad token')
    world.transport.tamper({ answer: (request) => (request.url.includes('paginationToken') ? badToken : undefined) })
    let cursor: string | undefined
    const readOn = async () => {
      for (;;) cursor = (await world.connector.fetchOrderChanges(cursor, world.call)).nextCursor
    }

    await expect(readOn()).rejects.toMatchObject({ kind: 'transient', code: 'amazon-endless-pages' })
    expect(world.sentTo(searchPath).length).toBeLessThan(12)
  })

  test('gives up on empty pages that promise another one without end [amazon-trap-15]', async () => {
    const world = amazonWorld()
    let token = 0
    world.transport.tamper({
      change: (response, request) => {
        if (!request.url.includes(searchPath)) return response
        token += 1
        return { ...response, body: JSON.stringify({ orders: [], pagination: { nextToken: `token ${token}` } }) }
      },
    })
    let cursor: string | undefined
    const readOn = async () => {
      for (;;) cursor = (await world.connector.fetchOrderChanges(cursor, world.call)).nextCursor
    }

    await expect(readOn()).rejects.toMatchObject({ code: 'amazon-endless-pages' })
  })

  test('gives up on orders that come again and again under new tokens [amazon-trap-15]', async () => {
    const world = amazonWorld()
    world.place()
    const raw = (await world.connector.fetchOrderChanges(undefined, world.call)).orders[0]?.raw
    let token = 0
    world.transport.tamper({
      answer: (request) => {
        if (!request.url.includes(searchPath)) return undefined
        token += 1
        return { status: 200, headers: {}, body: JSON.stringify({ orders: [raw], pagination: { nextToken: `token ${token}` } }) }
      },
    })
    const first = await world.connector.fetchOrderChanges(undefined, world.call)

    await expect(world.connector.fetchOrderChanges(first.nextCursor, world.call)).rejects.toMatchObject({ code: 'amazon-endless-pages' })
  })

  test('asks once for all marketplaces and for no order by itself [amazon-trap-01] [amazon-read-05]', async () => {
    const marketplaceIds = ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2', 'A1AM78C64UM0Y8']
    const world = amazonWorld({ account: { marketplaceIds } })
    for (const site of marketplaceIds) world.place({ site })

    const page = await world.connector.fetchOrderChanges(undefined, world.call)

    expect(page.orders.map(({ site }) => site).toSorted()).toEqual(marketplaceIds.toSorted())
    expect(page.orders.every(({ personal }) => personal.shipTo !== undefined)).toBe(true)
    expect(world.transport.sent.filter((request) => request.url.includes('/orders/'))).toHaveLength(1)
  })

  test('shows our own report: its time moves the order, and its package stands there [amazon-read-14]', async () => {
    const world = amazonWorld()
    const platformOrderId = world.place()
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(20 * minuteMs)
    const [line] = first.orders[0]?.lines ?? []
    const lines = [{ platformLineId: line?.platformLineId ?? '', quantity: 2 }]
    await world.connector.confirmShipment({ ...report, platformOrderId, shippedAt: world.now(), lines }, world.call)

    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(second.orders).toMatchObject([
      { status: 'partially-shipped', updatedAt: world.now(), shipments: [{ trackingNumber: 'T1', lines }] },
    ])
  })

  test('keeps the cursor when Amazon refuses a first page and v0 is no way out: the fault may heal [amazon-trap-04]', async () => {
    const world = amazonWorld({ settings: { ordersApi: '2026-01-01' } })
    const badData = refusal(400, 'InvalidInput', 'includedData')
    world.transport.tamper({ answer: (request) => (request.url.includes(searchPath) ? badData : undefined) })

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({
      kind: 'transient',
      code: 'amazon-invalid-input',
    })
  })
})

describe('an order as the model allows it and nobody expects', () => {
  test.each([
    { how: 'long-amounts', shows: { totals: { grand: { minorUnits: 1_250 } }, lines: [{ unitPrice: { minorUnits: 417 } }, {}] }, id: '36' },
    { how: 'no-grand-total', shows: { totals: { grand: { minorUnits: 3_578 } } }, id: '23' },
    { how: 'no-marketplace-id', shows: { site: 'ATVPDKIKX0DER' }, id: '03' },
    { how: 'no-marketplace', shows: { status: 'open' }, id: '03' },
  ])('is read ($how), and its cancellation is seen [amazon-field-$id]', async ({ how, shows }) => {
    const world = amazonWorld()
    const id = world.place()
    world.marketplace.changeOrder('seller', id, { type: 'corrupt', how })
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(minuteMs)
    world.marketplace.changeOrder('seller', id, { type: 'cancel' })

    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(first.orders).toMatchObject([{ ...shows, holds: [] }])
    expect(second).toMatchObject({ orders: [{ platformOrderId: id, status: 'cancelled' }], rejected: [] })
  })
})
