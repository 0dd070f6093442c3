import { describe, expect, test } from 'vitest'
import { sandboxWorld } from './amazon-sandbox.ts'

const list = '/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-24T00%3A00%3A00Z'
const rdtPath = '/tokens/2021-03-01/restrictedDataToken'
const resource = (path: string, dataElements = ['buyerInfo', 'shippingAddress']) => ({ method: 'GET', path, dataElements })

async function restricted(world: ReturnType<typeof sandboxWorld>, ...resources: object[]): Promise<string> {
  const { body } = await world.call('a', 'POST', rdtPath, { restrictedResources: resources })
  return body.restrictedDataToken
}

describe('v0 orders of the simulated Amazon', () => {
  test('show no more than the region of the address without a restricted token', async () => {
    const world = sandboxWorld()
    world.place('a')

    const { body } = await world.call('a', 'GET', list)

    expect(body.payload.Orders[0].ShippingAddress).toEqual({ City: 'Newark', StateOrRegion: 'NJ', PostalCode: '07102', CountryCode: 'US' })
    expect(body.payload.Orders[0].BuyerInfo).toBeUndefined()
  })

  test('show persons with a restricted token, on its paths only', async () => {
    const world = sandboxWorld()
    const id = world.place('a')
    const token = await restricted(world, resource('/orders/v0/orders'), resource('/orders/v0/orders/{orderId}'))

    const many = await world.callWith(token, 'GET', list)
    const one = await world.callWith(token, 'GET', `/orders/v0/orders/${id}`)
    const items = await world.callWith(token, 'GET', `/orders/v0/orders/${id}/orderItems`)

    expect(many.body.payload.Orders[0].ShippingAddress.Name).toBe('Ann Buyer')
    expect(one.body.payload.BuyerInfo.BuyerName).toBe('Ann Buyer')
    expect(items.status).toBe(403)
  })

  test('restrict a token for one order to that order', async () => {
    const world = sandboxWorld()
    const [first, second] = [world.place('a'), world.place('a')]
    const token = await restricted(world, resource(`/orders/v0/orders/${first}`))

    const statuses = [first, second].map(async (id) => (await world.callWith(token, 'GET', `/orders/v0/orders/${id}`)).status)

    expect(await Promise.all(statuses)).toEqual([200, 403])
  })

  test('give prices per line, units left, and no prices while pending', async () => {
    const world = sandboxWorld()
    const id = world.place('a', { payment: 'unpaid' })
    const pending = await world.call('a', 'GET', `/orders/v0/orders/${id}/orderItems`)
    world.amazon.changeOrder('a', id, { type: 'pay' })
    const paid = await world.call('a', 'GET', `/orders/v0/orders/${id}/orderItems`)

    expect(pending.body.payload.OrderItems[0].ItemPrice).toBeUndefined()
    expect(paid.body.payload.OrderItems[0]).toMatchObject({ QuantityOrdered: 2, ItemPrice: { Amount: '24.68', CurrencyCode: 'USD' } })
  })

  test('have buyer and address in calls of their own', async () => {
    const world = sandboxWorld()
    const id = world.place('a', { giftMessage: 'Hello' })
    const parts = ['buyerInfo', 'address', 'orderItems/buyerInfo']
    const token = await restricted(world, ...parts.map((part) => resource(`/orders/v0/orders/{orderId}/${part}`)))

    const [buyer, address, items] = await Promise.all(parts.map((part) => world.callWith(token, 'GET', `/orders/v0/orders/${id}/${part}`)))

    expect(buyer?.body.payload.BuyerName).toBe('Ann Buyer')
    expect(address?.body.payload.ShippingAddress.AddressLine1).toBe('1 Main Street')
    expect(items?.body.payload.OrderItems[0]).toMatchObject({ GiftMessageText: 'Hello' })
  })

  test('demand marketplaces', async () => {
    const { status } = await sandboxWorld().call('a', 'GET', '/orders/v0/orders?CreatedAfter=2026-11-24T00%3A00%3A00Z')

    expect(status).toBe(400)
  })
})

describe('restricted tokens of the simulated Amazon', () => {
  test.each([
    ['denied', 'shippingAddress', 400],
    ['address', 'shippingAddress', 200],
    ['address', 'buyerInfo', 400],
    ['granted', 'buyerInfo', 200],
  ])('with the roles "%s" for %s: %i', async (personalData, element, status) => {
    const world = sandboxWorld()
    world.open('a', { personalData })

    const answer = await world.call('a', 'POST', rdtPath, { restrictedResources: [resource('/orders/v0/orders', [element])] })

    expect(answer.status).toBe(status)
  })

  test.each([{}, { restrictedResources: [] }, { restrictedResources: [{ path: '/orders' }] }])('refuse the body %j', async (body) => {
    expect((await sandboxWorld().call('a', 'POST', rdtPath, body)).status).toBe(400)
  })
})

describe('listings of the simulated Amazon', () => {
  const patch = (value: unknown) => ({
    productType: 'PRODUCT',
    patches: [{ op: 'merge', path: '/attributes/fulfillment_availability', value }],
  })

  test('accept a quantity', async () => {
    const world = sandboxWorld()
    const { sellerId } = world.open('a')
    const path = `/listings/2021-08-01/items/${sellerId}/LAMP%2FRED?marketplaceIds=ATVPDKIKX0DER`

    const answer = await world.call('a', 'PATCH', path, patch([{ fulfillment_channel_code: 'DEFAULT', quantity: 3 }]))

    expect(answer).toMatchObject({ status: 200, body: { sku: 'LAMP/RED', status: 'ACCEPTED' } })
  })

  test('say INVALID with status 200 when the channel is missing', async () => {
    const world = sandboxWorld()
    const { sellerId } = world.open('a')
    const path = `/listings/2021-08-01/items/${sellerId}/X?marketplaceIds=ATVPDKIKX0DER`

    const answer = await world.call('a', 'PATCH', path, patch([{ quantity: 3 }]))

    expect(answer).toMatchObject({ status: 200, body: { status: 'INVALID', issues: [{ severity: 'ERROR' }] } })
  })

  test('refuse the listing of another seller', async () => {
    const path = '/listings/2021-08-01/items/A1/X?marketplaceIds=ATVPDKIKX0DER'

    expect((await sandboxWorld().call('a', 'PATCH', path, patch([]))).status).toBe(403)
  })
})

describe('the simulated Amazon', () => {
  test('names the marketplaces in which the seller takes part', async () => {
    const world = sandboxWorld()
    world.open('a', { region: 'eu', marketplaceIds: ['A1PA6795UKMFR9', 'A13V1IB3VIYZZH'] })

    const { body } = await world.call('a', 'GET', '/sellers/v1/marketplaceParticipations')

    expect(body.payload.map((entry: { marketplace: { countryCode: string } }) => entry.marketplace.countryCode)).toEqual(['DE', 'FR'])
  })

  test.each(['/nothing', '/orders/2026-01-01/orders/1/cancellation', '/orders/v0/orders/1/shipment', '/orders/v0/orders/1/unknown'])(
    'has no %s',
    async (path) => {
      expect((await sandboxWorld().call('a', 'GET', path)).status).toBe(404)
    },
  )

  test('gives orders ids of Amazon’s form, never the same twice', () => {
    const world = sandboxWorld()
    const ids = Array.from({ length: 50 }, () => world.place('a'))

    expect(new Set(ids).size).toBe(50)
    expect(ids.every((id) => /^\d{3}-\d{7}-\d{7}$/.test(id))).toBe(true)
  })

  test('breaks orders on demand, and refuses a way that it does not know', async () => {
    const world = sandboxWorld()
    const id = world.place('a')
    world.amazon.changeOrder('a', id, { type: 'corrupt', how: 'missing-items' })

    const { body } = await world.call('a', 'GET', `/orders/2026-01-01/orders/${id}`)

    expect(body.order.orderItems).toBeUndefined()
    expect(() => world.amazon.changeOrder('a', id, { type: 'corrupt', how: 'nonsense' })).toThrow(/nonsense/)
  })
})
