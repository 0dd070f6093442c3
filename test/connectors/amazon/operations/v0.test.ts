import { describe, expect, test } from 'vitest'
import { readV0Order, v0IdOf } from '../../../../connectors/amazon/operations/v0/map-order.ts'
import { readRecords } from '../../../../connectors/shared/read-records.ts'
import type { OrderSnapshot } from '../../../../core/model/order.ts'
import type { HttpRequest, HttpResponse } from '../../../../core/ports/transport.ts'
import { amazonWorld, minuteMs, queryOf } from '../amazon-world.ts'

const listPath = '/orders/v0/orders'

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
    expect(fromOld?.shipments).toBeUndefined()
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

  test('show their packages all the same, through the getOrder of 2026-01-01', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })
    const id = world.place()
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T1', carrier: 'UPS' })

    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ trackingNumber: 'T1', carrier: 'UPS' }])
  })
})

describe('a v0 record', () => {
  const order = {
    AmazonOrderId: '113-1234567-7654321',
    PurchaseDate: '2026-11-24T07:00:00Z',
    LastUpdateDate: '2026-11-24T07:05:00Z',
    OrderStatus: 'PartiallyShipped',
    FulfillmentChannel: 'MFN',
    SalesChannel: 'Amazon.com',
    ShipmentServiceLevelCategory: 'NextDay',
    IsPrime: 'true',
    IsBusinessOrder: true,
    IsReplacementOrder: 'true',
    ReplacedOrderId: '113-0000000-0000001',
    ShippingAddress: { AddressLine1: '1 Road', City: 'Newark', CountryCode: 'US', AddressType: 'Commercial' },
  }
  const item = {
    OrderItemId: '007',
    ASIN: 'B1',
    QuantityOrdered: 3,
    QuantityShipped: 1,
    ItemPrice: { Amount: '10.00', CurrencyCode: 'USD' },
  }
  const read = (changes: object, ...items: object[]) => readV0Order({ order: { ...order, ...changes }, items })

  test('reads flags that are text, and words in v0’s spelling [amazon-read-18]', () => {
    const snapshot = read({}, item)

    expect(snapshot).toMatchObject({ status: 'partially-shipped', promisedService: 'NEXT_DAY' })
    expect(snapshot.tags).toEqual(['prime', 'amazon-business', 'replacement', 'commercial'])
  })

  test.each([
    ['Pending', 'awaiting-payment', '01'],
    ['PendingAvailability', 'awaiting-payment', '01'],
    ['Unshipped', 'open', '02'],
    ['PartiallyShipped', 'partially-shipped', '04'],
    ['Shipped', 'shipped', '05'],
    ['InvoiceUnconfirmed', 'shipped', '05'],
    ['Canceled', 'cancelled', '06'],
  ])('in status %s is %s [amazon-state-%s]', (OrderStatus, status) => {
    expect(read({ OrderStatus }, item).status).toBe(status)
  })

  test('gives a unit price only when the price of the line divides evenly [amazon-field-20]', () => {
    const even = { ...item, OrderItemId: '008', QuantityOrdered: 4 }

    const lines = read({}, item, even).lines

    expect(lines.map((line) => line.unitPrice)).toEqual([undefined, { minorUnits: 250, currency: 'USD' }])
  })

  test('asks for the cancellation of a line in text [amazon-field-29] [amazon-read-18]', () => {
    const asked = { ...item, BuyerRequestedCancel: { IsBuyerRequestedCancel: 'true' } }
    const notAsked = { ...item, BuyerRequestedCancel: { IsBuyerRequestedCancel: 'false' } }

    expect(read({ IsPrime: false }, asked).holds.map((hold) => hold.reason)).toEqual(['cancel-pending'])
    expect(read({ IsPrime: false }, notAsked).holds).toEqual([])
  })

  test.each([
    ['fulfilled by Amazon', { FulfillmentChannel: 'AFN' }],
    ['placed outside Amazon', { SalesChannel: 'Non-Amazon US' }],
    ['picked up', { IsISPU: 'true' }],
  ])('is ignored when %s', (reason, changes) => {
    expect(read(changes, item).ignoredReason).toContain(reason)
  })

  test('that cannot be read is set aside with both parts', async () => {
    const record = { order, items: [{ ...item, QuantityOrdered: 'many' }] }

    const { rejected } = await readRecords([record], { idOf: (one) => v0IdOf(one.order), read: readV0Order })

    expect(rejected).toEqual([
      { platformOrderId: '113-1234567-7654321', reason: expect.stringContaining('items.0.QuantityOrdered'), payload: record },
    ])
  })
})
