import { describe, expect, test } from 'vitest'
import { amazon } from '../../../../connectors/amazon/index.ts'
import type { HttpResponse } from '../../../../core/ports/transport.ts'
import { amazonWorld, minuteMs, queryOf, searchPath } from '../amazon-world.ts'

const hourMs = 60 * minuteMs
const denied: HttpResponse = {
  status: 403,
  headers: {},
  body: JSON.stringify({ errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details: '' }] }),
}

describe('reading changed orders', () => {
  test('begins at the shop’s since minus the overlap and sends no upper bound', async () => {
    const world = amazonWorld()

    await world.connector.fetchOrderChanges(undefined, world.call)

    const query = queryOf(world.sentTo(searchPath)[0])
    expect(query['lastUpdatedAfter']).toBe('2026-11-24T06:50:00.000Z')
    expect(query['lastUpdatedBefore']).toBeUndefined()
    expect(query['marketplaceIds']).toBe('ATVPDKIKX0DER')
  })

  test('goes on from the upper bound that Amazon answered, minus the overlap', async () => {
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

  test('finds what Amazon’s lists show three minutes late', async () => {
    const world = amazonWorld({ simulation: { switches: { lateData: true, twoMinuteRule: true } } })
    const id = world.place()
    world.advance(2.5 * minuteMs)
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(5 * minuteMs)

    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(first.orders).toEqual([])
    expect(second.orders.map((order) => order.platformOrderId)).toEqual([id])
  })

  test('repeats every parameter with a page token, and keeps the bound of the first page', async () => {
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

  test('does not use a page token of more than a day: it begins the window again', async () => {
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
    const refusal = { status: 400, headers: {}, body: JSON.stringify({ errors: [{ code: 'InvalidInput', message: 'bad token' }] }) }
    world.transport.tamper({ answer: (request) => (request.url.includes('paginationToken') ? refusal : undefined) })
    let cursor: string | undefined
    const readOn = async () => {
      for (;;) cursor = (await world.connector.fetchOrderChanges(cursor, world.call)).nextCursor
    }

    await expect(readOn()).rejects.toMatchObject({ kind: 'transient', code: 'amazon-endless-pages' })
    expect(world.sentTo(searchPath).length).toBeLessThan(12)
  })

  test('gives up on empty pages that promise another one without end', async () => {
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

  test('keeps the cursor when Amazon refuses a first page: the fault may heal', async () => {
    const world = amazonWorld()
    const refusal = { status: 400, headers: {}, body: JSON.stringify({ errors: [{ code: 'InvalidInput', message: 'includedData' }] }) }
    world.transport.tamper({ answer: (request) => (request.url.includes(searchPath) ? refusal : undefined) })

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({
      kind: 'transient',
      code: 'amazon-invalid-input',
    })
  })
})

describe('a seller to whom Amazon refuses searchOrders', () => {
  test('is read with v0, with a warning, and asked again after a day', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' } })
    const id = world.place()

    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(hourMs)
    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)
    const searchesOfTheDay = world.sentTo(searchPath).length
    world.advance(24 * hourMs)
    await world.connector.fetchOrderChanges(second.nextCursor, world.call)

    expect(first.orders.map((order) => order.platformOrderId)).toEqual([id])
    expect(searchesOfTheDay).toBe(1)
    expect(world.sentTo(searchPath).length).toBeGreaterThan(1)
    expect(world.call.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('v0') }))
  })

  test('is not read with v0 when the settings forbid it', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' }, settings: { ordersApi: '2026-01-01' } })

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({ kind: 'auth' })
    expect(world.sentTo('/orders/v0/orders')).toEqual([])
  })

  test('is not read with v0 after Amazon has removed it', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' } })
    world.advance(123 * 24 * hourMs)

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({ kind: 'auth' })
    expect(world.sentTo('/orders/v0/orders')).toEqual([])
  })

  test('falls back in the middle of a window, too', async () => {
    const world = amazonWorld()
    for (let count = 0; count < 101; count += 1) world.place()
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.transport.tamper({ answer: (request) => (request.url.includes(searchPath) ? denied : undefined) })

    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    expect(second.orders).toHaveLength(25)
  })
})
