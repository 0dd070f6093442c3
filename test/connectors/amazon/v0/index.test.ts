import { describe, expect, test } from 'vitest'
import { rateLimits } from '../../../../connectors/amazon/rate-limits.ts'
import type { OrderSnapshot } from '../../../../core/model/order.ts'
import type { HttpRequest, HttpResponse } from '../../../../core/ports/transport.ts'
import { amazonWorld, minuteMs, queryOf, searchPath } from '../amazon-world.ts'

const hourMs = 60 * minuteMs
const listPath = '/orders/v0/orders'

function refusal(status: number, code: string, message: string): HttpResponse {
  return { status, headers: {}, body: JSON.stringify({ errors: [{ code, message, details: '' }] }) }
}
const denied = refusal(403, 'Unauthorized', 'Access to requested resource is denied.')

/** What v0 cannot show: packages and what follows from them. */
function comparable(order: OrderSnapshot | undefined): unknown {
  if (!order) throw new Error('the order was not read')
  const { raw, shipments, tags, purchasedAt, updatedAt, shipBy, deliverBy, totals, promisedService, personalWithheld, ...rest } = order
  return { ...rest, promisedService, grand: totals?.grand }
}

describe('orders read with v0', () => {
  test('are the same snapshots as with 2026-01-01 [amazon-error-14]', async () => {
    const old = amazonWorld({ settings: { ordersApi: 'v0' } })
    const present = amazonWorld()
    const order = { giftMessage: 'Happy birthday', ioss: 'IM1', discount: '1.00' }
    old.place(order)
    present.place(order)

    const fromOld = (await old.connector.fetchOrderChanges(undefined, old.call)).orders[0]
    const fromPresent = (await present.connector.fetchOrderChanges(undefined, present.call)).orders[0]

    expect(comparable(fromOld)).toEqual(comparable(fromPresent))
    expect(fromOld?.holds).toEqual([])
    expect(fromOld?.shipments).toEqual([])
  })

  test('repeat marketplaces and bounds with the page token [amazon-read-16]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    for (let count = 0; count < 30; count += 1) world.place()

    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    const [one, two] = world.sentTo(listPath).map(queryOf)
    expect([first.orders.length, second.orders.length]).toEqual([25, 5])
    expect({ ...two, NextToken: undefined }).toEqual(one)
    expect(one).toMatchObject({ MarketplaceIds: 'ATVPDKIKX0DER', LastUpdatedAfter: '2026-11-24T06:50:00.000Z' })
  })

  test('cost one restricted data token for all, with the elements for buyer and address [amazon-read-17]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    for (let count = 0; count < 30; count += 1) world.place()
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    await world.connector.fetchOrderChanges(first.nextCursor, world.call)

    const bodies = world.sentTo('/tokens/2021-03-01/restrictedDataToken').map((request) => JSON.parse(request.body ?? ''))
    expect(bodies).toHaveLength(1)
    expect(bodies[0].restrictedResources[0]).toEqual({ method: 'GET', path: listPath, dataElements: ['buyerInfo', 'shippingAddress'] })
  })

  test('get a new restricted token when the old one is refused, once [amazon-error-03] [amazon-read-17]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    world.place()
    const details = 'The access token you provided has expired.'
    const body = JSON.stringify({ errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details }] })
    world.transport.tamper({ answer: (request) => (request.url.includes(listPath) ? { status: 403, headers: {}, body } : undefined) })

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({ kind: 'auth' })

    expect(world.sentTo('/tokens/2021-03-01/restrictedDataToken')).toHaveLength(2)
    expect(world.sentTo(listPath)).toHaveLength(2)
  })

  test('have their items read page by page, and not without end [amazon-read-16]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    const id = world.place()
    const withToken = (token: string) => ({
      change: (response: HttpResponse, { url }: HttpRequest) => {
        if (!url.includes('/orderItems') || url.includes(`NextToken=${token}`)) return response
        const answer = JSON.parse(response.body)
        return {
          ...response,
          body: JSON.stringify({ payload: { ...answer.payload, NextToken: url.includes('NextToken') ? 'last' : 'next' } }),
        }
      },
    })
    world.transport.tamper(withToken('last'))
    const twice = await world.connector.fetchOrder(id, world.call)
    world.transport.tamper(withToken('none'))

    expect(twice?.lines).toHaveLength(6)
    await expect(world.connector.fetchOrder(id, world.call)).rejects.toMatchObject({ kind: 'transient', code: 'amazon-endless-pages' })
  })

  test('keep their address when the application lacks the roles for the buyer only [amazon-trap-12]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' }, account: { personalData: 'address' } })
    world.place({ giftMessage: 'Happy birthday' })

    const [order] = (await world.connector.fetchOrderChanges(undefined, world.call)).orders

    expect(order?.personal).toMatchObject({ shipTo: { name: 'Ann Buyer', postcode: '07102' }, buyer: {}, notes: {} })
    expect(order?.holds).toEqual([])
  })

  test('are held for their address when the application lacks the restricted role [amazon-trap-12] [amazon-read-08]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' }, account: { personalData: 'denied' } })
    world.place()

    const [order] = (await world.connector.fetchOrderChanges(undefined, world.call)).orders

    expect(order?.holds.map((hold) => hold.reason)).toEqual(['pii-missing'])
    expect(world.call.lines.map((line) => line.level)).toContain('warn')
  })

  test('can be read one by one, and an unknown one is not there', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    const id = world.place()

    const order = await world.connector.fetchOrder(id, world.call)
    const unknown = await world.connector.fetchOrder('999-9999999-9999999', world.call)

    expect(order?.personal.shipTo).toMatchObject({ name: 'Ann Buyer', postcode: '07102' })
    expect(unknown).toBeUndefined()
  })

  test('can be listed for the sweep', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    const from = world.now()
    const id = world.place()
    world.advance(minuteMs)
    world.marketplace.changeOrder('seller', id, { type: 'cancel' })

    const listing = await world.connector.listOrders({ from, to: world.now() }, undefined, world.call)

    expect(listing.orders).toEqual([{ platformOrderId: id, createdAt: from, status: 'cancelled' }])
  })

  test('are refused from the day on which Amazon removes v0 [amazon-read-19]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    world.advance(123 * 24 * 60 * minuteMs)

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({
      kind: 'config',
      code: 'amazon-v0-ended',
    })
  })

  test('count the units that have left, without packages and without calls of 2026-01-01 [amazon-read-20]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    const id = world.place()
    const before = await world.connector.readShipments(id, world.call)
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T1', carrier: 'UPS' })

    const after = await world.connector.readShipments(id, world.call)
    const [polled] = (await world.connector.fetchOrderChanges(undefined, world.call)).orders

    expect(before).toEqual([])
    expect(after).toMatchObject([{ progress: 'counted', lines: [{ quantity: 2 }, { quantity: 1 }] }])
    expect(after[0]).not.toHaveProperty('trackingNumber')
    expect(polled?.shipments).toEqual(after)
    expect(world.sentTo(`${searchPath}/${id}`)).toEqual([])
  })

  test('need no restricted data token to count', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })

    await world.connector.readShipments(world.place(), world.call)

    expect(world.sentTo('/tokens/2021-03-01/restrictedDataToken')).toEqual([])
  })
})

describe('a seller to whom Amazon refuses searchOrders', () => {
  test('is read with v0, with a warning, and asked again after a day [amazon-trap-02]', async () => {
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

  test('is not read with v0 after Amazon has removed it [amazon-read-19]', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' } })
    world.advance(123 * 24 * hourMs)

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({ kind: 'auth' })
    expect(world.sentTo('/orders/v0/orders')).toEqual([])
  })

  test('is read as before from the day on which Amazon removes v0, in the middle of a window, too [amazon-read-19]', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' } })
    for (let count = 0; count < 30; count += 1) world.place()
    world.advance(122.5 * 24 * hourMs)
    const { nextCursor, hasMore } = await world.connector.fetchOrderChanges(undefined, world.call)
    world.advance(12 * hourMs)

    await expect(world.connector.fetchOrderChanges(nextCursor, world.call)).rejects.toMatchObject({ kind: 'auth' })
    expect(hasMore).toBe(true)
  })

  test('has its reports read back by v0 where getOrder is refused, too [amazon-trap-02] [amazon-read-20]', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied', getOrder: 'denied' } })
    const id = world.place()
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T1', carrier: 'UPS' })

    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ progress: 'counted' }])
  })

  test('has its packages read where getOrder works', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' } })
    const id = world.place()
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T1', carrier: 'UPS' })

    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ trackingNumber: 'T1', carrier: 'UPS' }])
  })

  test('is read with v0 when it is one marketplace alone that is refused [amazon-trap-03]', async () => {
    const marketplaceIds = ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2']
    const world = amazonWorld({ account: { marketplaceIds, deniedMarketplaces: ['A2EUQ1WTGCTBG2'] } })
    for (const site of marketplaceIds) world.place({ site })

    const page = await world.connector.fetchOrderChanges(undefined, world.call)

    expect(page.orders.map(({ site }) => site).toSorted()).toEqual(marketplaceIds.toSorted())
    const one = await world.connector.fetchOrder(page.orders[0]?.platformOrderId ?? '', world.call)
    expect(one?.status).toBe('open')
  })

  test('for its data sets is read with v0 for an hour, and then as before [amazon-trap-04]', async () => {
    const world = amazonWorld()
    const id = world.place()
    const badData = refusal(400, 'InvalidInput', 'The value FULFILLMENT of includedData is not valid.')
    world.transport.tamper({ answer: (request) => (request.url.includes(searchPath) ? badData : undefined) })
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.transport.tamper(undefined)
    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)
    const searchesMeanwhile = world.sentTo(searchPath).length
    world.advance(hourMs)
    await world.connector.fetchOrderChanges(second.nextCursor, world.call)

    expect(first.orders.map((order) => order.platformOrderId)).toEqual([id])
    expect(searchesMeanwhile).toBe(1)
    expect(world.sentTo(searchPath)).toHaveLength(2)
    expect(world.call.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ reason: expect.stringContaining('FULFILLMENT') }) }),
    )
  })

  test.each([
    ['403', denied],
    ['400', refusal(400, 'InvalidInput', 'The value FULFILLMENT of includedData is not valid.')],
  ])('may have getOrder answer %s, too: one order is then read with v0 [amazon-trap-02] [amazon-trap-04]', async (_status, answer) => {
    const world = amazonWorld()
    const id = world.place()
    world.transport.tamper({ answer: (request) => (request.url.includes(`${searchPath}/`) ? answer : undefined) })

    const order = await world.connector.fetchOrder(id, world.call)

    expect(order).toMatchObject({ platformOrderId: id, status: 'open' })
  })

  test('waits when v0 fails as well: nothing is skipped [amazon-trap-06]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    const id = world.place()
    const failure = refusal(500, 'InternalFailure', 'We encountered an internal error.')
    world.transport.tamper({ answer: (request) => (request.url.includes('/orders/v0/orders') ? failure : undefined) })
    const reading = world.connector.fetchOrderChanges(undefined, world.call)
    await expect(reading).rejects.toMatchObject({ kind: 'transient', code: 'amazon-unavailable' })
    world.transport.tamper(undefined)

    const page = await world.connector.fetchOrderChanges(undefined, world.call)

    expect(page.orders.map((order) => order.platformOrderId)).toEqual([id])
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

describe('listing orders for the sweep', () => {
  test('uses v0 where the data set of the status is refused [amazon-trap-04]', async () => {
    const world = amazonWorld({ simulation: { switches: { fulfillmentDataRefused: true } } })
    const from = world.now()
    const id = world.place()
    world.advance(minuteMs)

    const listing = await world.connector.listOrders({ from, to: world.now() }, undefined, world.call)

    expect(listing.orders).toEqual([{ platformOrderId: id, createdAt: from, status: 'open' }])
  })

  test('uses v0 where searchOrders is refused [amazon-trap-02]', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' } })
    const from = world.now()
    const id = world.place()
    world.advance(minuteMs)

    const listing = await world.connector.listOrders({ from, to: world.now() }, undefined, world.call)

    expect(listing.orders.map((order) => order.platformOrderId)).toEqual([id])
  })
})

describe('checking the connection', () => {
  test('warns that v0 ends [amazon-read-19]', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('2027-03-27')])
  })
})

describe('the published plans of what v0 needs', () => {
  test.each([
    ['v0.getOrders', 0.0167, 20, '07'],
    ['v0.getOrder', 0.5, 30, '07'],
    ['v0.getOrderItems', 0.5, 30, '07'],
    ['createRestrictedDataToken', 1, 10, '07'],
  ] as const)('give %s %f calls a second and %i at once [amazon-limit-%s]', (operation, perSecond, burst, _id) => {
    expect(rateLimits[operation]).toEqual({ perSecond, burst })
  })
})
