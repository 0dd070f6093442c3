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
  test('refuses to ship units that Shopify holds [shopify-write-07]', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    world.change(id, { type: 'hold', reason: 'OTHER' })

    const outcome = await world.connector.confirmShipment(world.confirmation(await readOne(world, id)), world.call)

    expect(outcome).toMatchObject({ result: 'rejected', code: 'fulfillment-order-on-hold' })
    expect(world.transport.sent.filter(isWrite)).toEqual([])
  })

  test('reports a package after its fulfillment order moved to another location under a new id [shopify-state-09]', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    const before = await readOne(world, id)
    world.change(id, { type: 'move' })

    const outcome = await world.connector.confirmShipment(world.confirmation(before), world.call)

    expect(outcome.result).toBe('confirmed')
    expect(world.marketplace.ledger(account).orders[0]?.status).toBe('shipped')
  })

  test('says so when the order does not exist, and why an old one may not [shopify-trap-09]', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())

    const confirmation = world.confirmation(order, { platformOrderId: 'gid://shopify/Order/999999999' })

    expect(await world.connector.confirmShipment(confirmation, world.call)).toMatchObject({
      result: 'rejected',
      code: 'order-not-found',
      message: expect.stringMatching(/60 days.*read_all_orders/),
    })
  })

  test('passes on a refusal in the words of Shopify [shopify-error-19]', async () => {
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

  test('takes a refusal for a success when the number stands on the order after all [shopify-error-19] [shopify-write-05]', async () => {
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
    [
      'neither fulfillment nor reason [shopify-error-20]',
      { data: { fulfillmentCreate: { fulfillment: null, userErrors: [] } } },
      'unknown',
    ],
    ['no payload [shopify-error-20]', { data: { fulfillmentCreate: null } }, 'unknown'],
    [
      'an internal error [shopify-error-14]',
      { data: null, errors: [{ message: 'Oops', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
      'unknown',
    ],
    [
      'an error while executing [shopify-error-17]',
      { data: { fulfillmentCreate: null }, errors: [{ message: 'invalid id', path: ['fulfillmentCreate'] }] },
      'unknown',
    ],
    [
      'a document that is refused [shopify-error-16]',
      { errors: [{ message: 'No field', extensions: { code: 'undefinedField' } }] },
      'rejected',
    ],
    [
      'a list that is too long [shopify-error-32]',
      {
        errors: [
          {
            message: 'The input array size of 251 is too large',
            path: ['fulfillmentCreate'],
            extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
          },
        ],
      },
      'rejected',
    ],
    [
      'a variable that is refused [shopify-error-16]',
      { errors: [{ message: 'Bad', extensions: { code: 'INVALID_VARIABLE' } }] },
      'rejected',
    ],
  ])('takes %s for what it is', async (_what, body, result) => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    world.transport.tamper({ answer: (request) => (isWrite(request) ? graphql(body) : undefined) })

    expect((await world.connector.confirmShipment(world.confirmation(order), world.call)).result).toBe(result)
  })

  test('throws auth when the app may not write, for nothing was executed [shopify-error-12]', async () => {
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

  test('leaves the outcome unknown when the signal aborts while the write is under way [shopify-error-30]', async () => {
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

  test('does not ship again while reads lag behind the write, as long as nothing remains [shopify-write-05]', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    world.marketplace.faults.set([{ kind: 'H20-read-lags-write', operations: ['fulfillmentCreate'] }])
    await world.connector.confirmShipment(world.confirmation(order), world.call)

    await world.connector.confirmShipment(world.confirmation(order), world.call)

    expect(world.marketplace.ledger(account).orders[0]?.shipments).toHaveLength(1)
  })
})

describe('packages and places', () => {
  test('two packages take two calls, and both numbers stand [shopify-write-06]', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    const order = await readOne(world, id)
    const [lamp, cable] = order.lines.map(({ platformLineId, quantity }) => ({ platformLineId, quantity }))
    if (!lamp || !cable) throw new Error('two lines')

    const outcomes = [
      await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: 'ONE', lines: [lamp] }), world.call),
      await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: 'TWO', lines: [cable] }), world.call),
    ]

    expect(outcomes.map(({ result }) => result)).toEqual(['confirmed', 'confirmed'])
    expect(world.marketplace.ledger(account).orders[0]).toMatchObject({
      status: 'shipped',
      shipments: [
        { trackingNumber: 'ONE', lines: [lamp] },
        { trackingNumber: 'TWO', lines: [cable] },
      ],
    })
  })

  test('a package of more lines than a call takes is reported whole, and the buyer is told once [shopify-limit-06]', async () => {
    const world = contractWorld(harness)
    const many = Array.from({ length: 260 }, (_, index) => ({ channelSku: `SKU-${index}`, title: 'Thing', quantity: 1, unitPrice: '1.00' }))
    const order = await readOne(world, world.place({ lines: many }))

    const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

    expect(outcome.result).toBe('confirmed')
    expect(world.marketplace.ledger(account).orders[0]?.status).toBe('shipped')
    expect(
      world.transport.sent.filter(isWrite).map((request) => JSON.parse(request.body ?? '').variables.fulfillment.notifyCustomer),
    ).toEqual([true, false])
  })

  test('one package over two open fulfillment orders at different locations is reported whole [shopify-trap-04]', async () => {
    const world = contractWorld(harness)
    const id = world.place()
    world.change(id, { type: 'split' })
    world.change(id, { type: 'move' })
    const order = await readOne(world, id)

    const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

    expect(outcome.result).toBe('confirmed')
    expect(world.marketplace.ledger(account).orders[0]?.status).toBe('shipped')
    expect(
      world.transport.sent.filter(isWrite).map((request) => JSON.parse(request.body ?? '').variables.fulfillment.notifyCustomer),
    ).toEqual([true, false])
  })
})

describe('correcting a tracking number on Shopify', () => {
  const reported = async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: 'WRONG1' }), world.call)
    const correction = { ...world.confirmation(order, { trackingNumber: 'RIGHT1' }), replacedTrackingNumber: 'wrong-1' }
    return { world, correct: () => world.connector.correctShipment?.(correction, world.call) }
  }

  test('replaces it, and a repeat writes nothing [shopify-write-08]', async () => {
    const { world, correct } = await reported()

    expect(await correct()).toMatchObject({ result: 'confirmed', remoteId: expect.stringContaining('Fulfillment') })
    const writes = world.transport.sent.filter(isWrite).length
    expect(await correct()).toMatchObject({ result: 'confirmed' })
    expect(world.transport.sent.filter(isWrite)).toHaveLength(writes)
    expect(world.marketplace.ledger(account).orders[0]?.shipments.map(({ trackingNumber }) => trackingNumber)).toEqual(['RIGHT1'])
  })

  test('is refused when Shopify shows no shipment with the old number', async () => {
    const world = contractWorld(harness)
    const order = await readOne(world, world.place())
    const correction = { ...world.confirmation(order), replacedTrackingNumber: 'NEVER' }

    expect(await world.connector.correctShipment?.(correction, world.call)).toMatchObject({
      result: 'rejected',
      code: 'shipment-not-found',
    })
  })

  test.each([
    [
      'a refusal [shopify-error-19]',
      { fulfillment: null, userErrors: [{ field: null, message: 'Fulfillment is cancelled.' }] },
      'rejected',
    ],
    ['neither fulfillment nor reason [shopify-error-20]', { fulfillment: null, userErrors: [] }, 'unknown'],
  ])('takes %s for what it is', async (_what, payload, result) => {
    const { world, correct } = await reported()
    world.transport.tamper({
      answer: (request) => (isWrite(request) ? graphql({ data: { fulfillmentTrackingInfoUpdate: payload } }) : undefined),
    })

    expect(await correct()).toMatchObject({ result })
  })

  test('is unknown when no answer comes, and can be made again [shopify-error-30]', async () => {
    const { world, correct } = await reported()
    world.marketplace.faults.set([{ kind: 'H6-timeout-after', operations: ['fulfillmentTrackingInfoUpdate'], times: 1 }])

    expect(await correct()).toMatchObject({ result: 'unknown' })
    expect(await correct()).toMatchObject({ result: 'confirmed' })
  })
})
