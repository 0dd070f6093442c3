import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../../../../core/ports/transport.ts'
import { account, type ContractWorld, contractWorld } from '../../../contract/connector-world.ts'
import { graphql, harness } from '../shopify-world.ts'

const isWrite = (request: HttpRequest) => request.body?.includes('mutation') ?? false

async function readOne(world: ContractWorld, id: string) {
  const order = await world.connector.fetchOrder(id, world.call)
  if (!order) throw new Error('the order exists')
  return order
}

describe('writing a shipment back to Shopify', () => {
  test('refuses to ship units that Shopify holds', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    world.change(id, { type: 'hold', reason: 'OTHER' })

    const outcome = await world.connector.confirmShipment(world.confirmation(await readOne(world, id)), world.call)

    expect(outcome).toMatchObject({ result: 'rejected', code: 'fulfillment-order-on-hold' })
    expect(world.transport.sent.filter(isWrite)).toEqual([])
  })

  test('reports a package after its fulfillment order moved to another location under a new id', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    const before = await readOne(world, id)
    world.change(id, { type: 'move' })

    const outcome = await world.connector.confirmShipment(world.confirmation(before), world.call)

    expect(outcome.result).toBe('confirmed')
    expect(world.marketplace.ledger(account).orders[0]?.status).toBe('shipped')
  })

  test('says so when the order does not exist', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())

    const confirmation = world.confirmation(order, { platformOrderId: 'gid://shopify/Order/999999999' })

    expect(await world.connector.confirmShipment(confirmation, world.call)).toMatchObject({ result: 'rejected', code: 'order-not-found' })
  })

  test('passes on a refusal in the words of Shopify', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    const userErrors = [{ field: null, message: 'Invalid fulfillment order line item quantity requested.' }]
    world.transport.tamper({
      answer: (request) => (isWrite(request) ? graphql({ data: { fulfillmentCreate: { fulfillment: null, userErrors } } }) : undefined),
    })

    expect(await world.connector.confirmShipment(world.confirmation(order), world.call)).toEqual({
      result: 'rejected',
      code: 'shopify-fulfillment-refused',
      message: 'Invalid fulfillment order line item quantity requested.',
    })
  })

  test('takes a refusal for a success when the number stands on the order after all', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    const order = await readOne(world, id)
    world.transport.tamper({
      answer: (request) => {
        if (!isWrite(request)) return undefined
        world.change(id, { type: 'ship-elsewhere', trackingNumber: '1Z999AA10123456784', carrier: 'UPS' })
        return graphql({ data: { fulfillmentCreate: { fulfillment: null, userErrors: [{ field: null, message: 'closed' }] } } })
      },
    })

    expect((await world.connector.confirmShipment(world.confirmation(order), world.call)).result).toBe('confirmed')
  })

  test.each([
    ['neither fulfillment nor reason', { data: { fulfillmentCreate: { fulfillment: null, userErrors: [] } } }, 'unknown'],
    ['no payload', { data: { fulfillmentCreate: null } }, 'unknown'],
    ['an internal error', { data: null, errors: [{ message: 'Oops', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }, 'unknown'],
    [
      'an error while executing',
      { data: { fulfillmentCreate: null }, errors: [{ message: 'invalid id', path: ['fulfillmentCreate'] }] },
      'unknown',
    ],
    ['a document that is refused', { errors: [{ message: 'No field', extensions: { code: 'undefinedField' } }] }, 'rejected'],
    ['a variable that is refused', { errors: [{ message: 'Bad', extensions: { code: 'INVALID_VARIABLE' } }] }, 'rejected'],
  ])('takes %s for what it is', async (_what, body, result) => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    world.transport.tamper({ answer: (request) => (isWrite(request) ? graphql(body) : undefined) })

    expect((await world.connector.confirmShipment(world.confirmation(order), world.call)).result).toBe(result)
  })

  test('throws auth when the app may not write, for nothing was executed', async () => {
    const world = contractWorld({
      ...harness,
      account: { scopes: ['read_orders', 'read_merchant_managed_fulfillment_orders', 'read_locations'] },
    })
    const order = await readOne(world, world.place())

    await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toMatchObject({
      kind: 'auth',
      code: 'shopify-scope-missing',
    })
  })

  test('says that nothing was sent when the order could not be read before writing', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    world.marketplace.faults.set([{ kind: 'H6-timeout-before', operations: ['order'], times: 1 }])

    await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toMatchObject({
      kind: 'transient',
      notSent: true,
    })
  })

  test('leaves the outcome unknown when the signal aborts while the write is under way', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    world.transport.tamper({
      change: (response, request) => {
        if (!isWrite(request)) return response
        world.call.abort(new Error('shutting down'))
        throw world.call.signal.reason
      },
    })

    expect((await world.connector.confirmShipment(world.confirmation(order), world.call)).result).toBe('unknown')
  })

  test('does not ship again while reads lag behind the write, as long as nothing remains', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    world.marketplace.faults.set([{ kind: 'H20-read-lags-write', operations: ['fulfillmentCreate'] }])
    await world.connector.confirmShipment(world.confirmation(order), world.call)

    await world.connector.confirmShipment(world.confirmation(order), world.call)

    expect(world.marketplace.ledger(account).orders[0]?.shipments).toHaveLength(1)
  })
})
