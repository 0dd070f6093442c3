import { describe, expect, test } from 'vitest'
import { openQuantity } from '../../../../core/model/order.ts'
import type { HttpRequest } from '../../../../core/ports/transport.ts'
import { addMs } from '../../../../core/value/instant.ts'
import type { NewOrder, OrderChange } from '../../../../sandbox/simulated.ts'
import { contractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { graphql, harness } from '../shopify-world.ts'

const dayMs = 24 * 60 * minuteMs

const isQuery = (request: HttpRequest, name: string) => request.body?.includes(`query ${name}`) ?? false

/** An order before and after something happened to it. */
async function changed(change: OrderChange, order: Partial<NewOrder> = {}, harnessOf = harness) {
  const world = contractWorld(harnessOf)
  const id = world.place(order)
  const before = await world.connector.fetchOrder(id, world.call)
  world.advance(minuteMs)
  world.change(id, change)
  const after = await world.connector.fetchOrder(id, world.call)
  return { before, after }
}

describe('an order of Shopify that changes', () => {
  const shipTo = { name: 'Ada Lovelace', line1: '9 Harbor Road', city: 'Portland', state: 'ME', postcode: '04101', country: 'US' }

  test.each<readonly [string, OrderChange, Partial<NewOrder>, object]>([
    ['is paid: it goes', { type: 'pay' }, { payment: 'unpaid' }, { status: 'open', paymentState: 'paid', holds: [] }],
    [
      'is cancelled: as a whole',
      { type: 'cancel' },
      {},
      { status: 'cancelled', lines: [{ cancelledQuantity: 2 }, { cancelledQuantity: 1 }] },
    ],
    [
      'loses a unit: the rest goes',
      { type: 'cancel-units', line: 0, quantity: 1 },
      {},
      { status: 'open', lines: [{ quantity: 2, cancelledQuantity: 1 }, { cancelledQuantity: 0 }] },
    ],
    ['is refunded in full before shipping: nothing goes', { type: 'refund' }, {}, { status: 'cancelled', paymentState: 'refunded' }],
    [
      'gets another address',
      { type: 'change-address', shipTo },
      {},
      { personal: { shipTo: { line1: '9 Harbor Road', city: 'Portland' } } },
    ],
    ['is held: it waits and says why', { type: 'hold', reason: 'OTHER' }, {}, { holds: [{ reason: 'platform-hold' }] }],
    ['moves to another location: all of it still goes', { type: 'move' }, {}, { status: 'open', tags: ['location:second warehouse'] }],
    [
      'is shipped elsewhere',
      { type: 'ship-elsewhere', trackingNumber: 'X1', carrier: 'UPS' },
      {},
      { status: 'shipped', shipments: [{ trackingNumber: 'X1' }] },
    ],
  ])('%s', async (_what, change, order, expected) => {
    expect((await changed(change, order)).after).toMatchObject(expected)
  })

  test('by a split keeps all its units [shopify-state-09]', async () => {
    const { before, after } = await changed({ type: 'split' })

    expect(after?.lines.map(openQuantity)).toEqual(before?.lines.map(openQuantity))
  })

  test('in nothing that matters reads the same but for its time [shopify-read-05]', async () => {
    const { before, after } = await changed({ type: 'touch' })

    expect(after).toEqual({ ...before, updatedAt: after?.updatedAt, raw: after?.raw })
    expect(after?.updatedAt).not.toBe(before?.updatedAt)
  })

  test('is unknown when it is deleted', async () => {
    expect((await changed({ type: 'vanish' })).after).toBeUndefined()
  })

  test('is found by its number alone, and unknown by what is no id of Shopify', async () => {
    const world = contractWorld(harness)
    const id = world.place()

    const byNumber = await world.connector.fetchOrder(id.replace('gid://shopify/Order/', ''), world.call)

    expect(byNumber).toMatchObject({ platformOrderId: id })
    expect(await world.connector.fetchOrder('#1001', world.call)).toBeUndefined()
  })

  test('shows its number and its lines when the address is withheld later, and says that it is withheld [shopify-auth-10]', async () => {
    const world = contractWorld({ ...harness, account: { protectedData: 'denied' } })
    const id = world.place()

    const order = await world.connector.fetchOrder(id, world.call)

    expect(order).toMatchObject({ displayNumber: '#1001', personalWithheld: true, lines: [{ quantity: 2 }, { quantity: 1 }] })
  })
})

describe('an order that is older than 60 days', () => {
  test.each([
    ['is unknown without the scope for it', undefined, false],
    [
      'is read with the scope for it',
      [...['read_orders', 'read_all_orders', 'read_merchant_managed_fulfillment_orders', 'read_locations']],
      true,
    ],
  ])('%s [shopify-trap-09]', async (_what, scopes, isFound) => {
    const world = contractWorld({ ...harness, account: scopes === undefined ? {} : { scopes } })
    const id = world.place({ placedAt: addMs(world.now(), -61 * dayMs) })

    const order = await world.connector.fetchOrder(id, world.call)

    expect(order !== undefined).toBe(isFound)
  })
})

describe('when Shopify fails on one order of a page', () => {
  const failing = () => {
    const world = contractWorld(harness)
    const [first, failed, last] = world.placeMany(3) as [string, string, string]
    world.change(failed, { type: 'corrupt', how: 'failed-field' })
    world.advance(minuteMs)
    return { world, first, failed, last }
  }
  const reason = expect.stringMatching(/Shopify failed inside \(.*shippingLine\): Internal error/)

  test('sets that one aside with the reason, and reads the others [shopify-error-31]', async () => {
    const { world, first, failed, last } = failing()

    const reading = await world.readAll()

    expect([...reading.orders.keys()]).toEqual([first, last])
    expect(reading.rejected).toMatchObject([{ platformOrderId: failed, reason, payload: { id: failed, name: '#1002' } }])
    await expect(world.connector.fetchOrder(failed, world.call)).rejects.toMatchObject({ kind: 'invalid-data', message: reason })
  })

  test('reads it after all when the failure has passed by the time it is asked for alone [shopify-error-31]', async () => {
    const { world, first, failed, last } = failing()
    const withoutErrors = ({ errors: _errors, ...body }: Record<string, unknown>) => body
    world.transport.tamper({
      change: (response, request) =>
        isQuery(request, 'OrderById') ? { ...response, body: JSON.stringify(withoutErrors(JSON.parse(response.body))) } : response,
    })

    const reading = await world.readAll()

    expect([...reading.orders.keys()]).toEqual([first, failed, last])
    expect(reading.rejected).toEqual([])
  })

  test('sets it aside, too, when asked for alone it fails as a whole [shopify-error-31]', async () => {
    const { world, failed } = failing()
    const error = { message: 'Internal error.', path: ['order', 'lineItems'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }
    world.transport.tamper({
      answer: (request) => (isQuery(request, 'OrderById') ? graphql({ data: null, errors: [error] }) : undefined),
    })

    expect((await world.readAll()).rejected).toMatchObject([{ platformOrderId: failed, reason: expect.stringContaining('lineItems') }])
  })

  test('sets it aside, too, when it is read for its fulfillment orders [shopify-error-31] [shopify-read-06]', async () => {
    const { world, failed } = failing()
    const old = '2026-11-24T06:00:00Z'
    const error = { message: 'Internal error.', path: ['nodes', 1], extensions: { code: 'INTERNAL_SERVER_ERROR' } }
    world.transport.tamper({
      change: (response, request) => {
        const body = JSON.parse(response.body)
        if (isQuery(request, 'ChangedOrders')) body.data.orders = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
        if (isQuery(request, 'ChangedWork')) for (const node of body.data.fulfillmentOrders.nodes) node.order.updatedAt = old
        if (!isQuery(request, 'OrdersById')) return { ...response, body: JSON.stringify(body) }
        body.data.nodes[1] = null
        return { ...response, body: JSON.stringify({ ...body, errors: [error] }) }
      },
    })

    const reading = await world.readAll()

    expect(reading.orders.size).toBe(2)
    expect(reading.rejected).toMatchObject([{ platformOrderId: failed, reason }])
  })

  test('is still listed for the completeness check, which asks for it again [shopify-error-31]', async () => {
    const { world, failed } = failing()
    const window = { from: addMs(world.now(), -60 * minuteMs), to: world.now() }
    const error = { message: 'Internal error.', path: ['orders', 'nodes', 1, 'displayFinancialStatus'] }
    world.transport.tamper({
      change: (response) => ({ ...response, body: JSON.stringify({ ...JSON.parse(response.body), errors: [error] }) }),
    })

    const { orders } = await world.connector.listOrders(window, undefined, world.call)

    expect(orders.map(({ platformOrderId }) => platformOrderId)).toContain(failed)
  })

  test.each([
    [
      'the list',
      {
        data: { orders: null },
        errors: [{ message: 'Internal error.', path: ['orders'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      },
    ],
    ['everything', { data: null, errors: [{ message: 'Internal error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }],
    [
      'one order so badly that there is no data',
      {
        data: null,
        errors: [{ message: 'Internal error.', path: ['orders', 'nodes', 0, 'lineItems'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      },
    ],
  ])('tries the page again later when it failed on %s [shopify-error-14]', async (_what, body) => {
    const { world } = failing()
    world.transport.tamper({ answer: (request) => (isQuery(request, 'ChangedOrders') ? graphql(body) : undefined) })

    await expect(world.readAll()).rejects.toMatchObject({ kind: 'transient', code: 'shopify-internal-error' })
  })
})
