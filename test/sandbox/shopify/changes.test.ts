import { describe, expect, it } from 'vitest'
import { type Node, nodesOf, ordinary, shopWorld, workQuery } from './shop-world.ts'

function changeWorld(order: Parameters<ReturnType<typeof shopWorld>['place']>[0] = {}) {
  const world = shopWorld()
  const id = world.place(order)
  world.passMs(60_000)
  const work = async () => (await world.ask(workQuery, { id })).data?.['order'] as Node
  return { ...world, id, work }
}

describe('what happens to an order in the shop', () => {
  it('payment turns pending into paid', async () => {
    const { id, work, change, ledgerOf } = changeWorld({ payment: 'unpaid' })

    expect(await work()).toMatchObject({ displayFinancialStatus: 'PENDING' })
    expect(ledgerOf(id)?.status).toBe('awaiting-payment')
    change(id, { type: 'pay' })
    expect(await work()).toMatchObject({ displayFinancialStatus: 'PAID', updatedAt: '2026-11-24T10:01:00Z' })
    expect(ledgerOf(id)?.status).toBe('open')
  })

  it('a cancellation refunds and restocks, and takes the work away', async () => {
    const { id, work, change, ledgerOf } = changeWorld()

    change(id, { type: 'cancel' })

    expect(await work()).toMatchObject({
      cancelledAt: '2026-11-24T10:01:00Z',
      displayFinancialStatus: 'REFUNDED',
      lineItems: { nodes: [{ quantity: 2, currentQuantity: 0 }] },
      refunds: [{ refundLineItems: { nodes: [{ quantity: 2, restockType: 'CANCEL' }] } }],
      fulfillmentOrders: { nodes: [{ status: 'CANCELLED' }] },
    })
    expect(ledgerOf(id)).toMatchObject({ status: 'cancelled', lines: [{ cancelledQuantity: 2 }] })
  })

  it('a cancelled order that was never paid is voided', async () => {
    const { id, work, change } = changeWorld({ payment: 'unpaid' })

    change(id, { type: 'cancel' })

    expect(await work()).toMatchObject({ displayFinancialStatus: 'VOIDED', refunds: [] })
  })

  it('a removed unit lowers the current quantity, never the ordered one', async () => {
    const { id, work, change, ledgerOf } = changeWorld()

    change(id, { type: 'cancel-units', line: 0, quantity: 1 })

    expect(await work()).toMatchObject({
      lineItems: { nodes: [{ quantity: 2, currentQuantity: 1 }] },
      fulfillmentOrders: { nodes: [{ status: 'OPEN', lineItems: { nodes: [{ totalQuantity: 1, remainingQuantity: 1 }] } }] },
    })
    expect(ledgerOf(id)?.lines).toMatchObject([{ quantity: 2, cancelledQuantity: 1 }])
  })

  it('a refund removes what was not shipped and cancels nothing that was', async () => {
    const { id, work, change, ledgerOf } = changeWorld()
    change(id, { type: 'ship-elsewhere', trackingNumber: 'E1', carrier: 'UPS' })

    change(id, { type: 'refund' })

    expect(await work()).toMatchObject({ displayFinancialStatus: 'REFUNDED', lineItems: { nodes: [{ currentQuantity: 0 }] } })
    expect(ledgerOf(id)).toMatchObject({
      status: 'shipped',
      lines: [{ cancelledQuantity: 0 }],
      shipments: [{ trackingNumber: 'E1', throughApi: false }],
    })
  })

  it('a new address shows on the order and on the work', async () => {
    const { id, work, change } = changeWorld()

    change(id, { type: 'change-address', shipTo: { ...ordinary.shipTo, line1: '7 Other Road' } })

    expect(await work()).toMatchObject({
      shippingAddress: { address1: '7 Other Road' },
      fulfillmentOrders: { nodes: [{ destination: { address1: '7 Other Road' } }] },
    })
  })

  it('a hold stops the work with its reason, and its release opens it again', async () => {
    const { id, work, change } = changeWorld()

    change(id, { type: 'hold', reason: 'INVENTORY_OUT_OF_STOCK' })
    change(id, { type: 'hold', reason: 'ask the buyer' })
    const held = await work()
    change(id, { type: 'release-hold' })

    expect(held).toMatchObject({
      displayFulfillmentStatus: 'ON_HOLD',
      fulfillmentOrders: {
        nodes: [
          {
            status: 'ON_HOLD',
            fulfillmentHolds: [
              { reason: 'INVENTORY_OUT_OF_STOCK', heldByRequestingApp: false },
              { reason: 'OTHER', reasonNotes: 'ask the buyer' },
            ],
          },
        ],
      },
    })
    expect(held['fulfillmentOrders']?.['nodes']).toMatchObject([
      { supportedActions: expect.not.arrayContaining([{ action: 'CREATE_FULFILLMENT' }]) },
    ])
    expect(await work()).toMatchObject({ fulfillmentOrders: { nodes: [{ status: 'OPEN', fulfillmentHolds: [] }] } })
  })

  it('a suspected fraud shows in the risk of the order', async () => {
    const { id, ask, change } = changeWorld()
    change(id, { type: 'hold', reason: 'HIGH_RISK_OF_FRAUD' })

    const { data } = await ask('query($id: ID!) { order(id: $id) { risk { recommendation assessments { riskLevel } } } }', { id })

    expect(data?.['order']).toEqual({ risk: { recommendation: 'INVESTIGATE', assessments: [{ riskLevel: 'HIGH' }] } })
  })

  it('a move closes the work and opens it under a new id elsewhere', async () => {
    const { id, work, change } = changeWorld()
    const before = await work()

    change(id, { type: 'move' })

    const after = nodesOf((await work())['fulfillmentOrders'])
    expect(after).toMatchObject([
      { status: 'CLOSED', assignedLocation: { name: 'Main warehouse' }, lineItems: { nodes: [{ remainingQuantity: 0 }] } },
      {
        status: 'OPEN',
        assignedLocation: { name: 'Second warehouse' },
        lineItems: { nodes: [{ totalQuantity: 2, remainingQuantity: 2 }] },
      },
    ])
    expect(after[0]?.['id']).toBe(nodesOf(before['fulfillmentOrders'])[0]?.['id'])
    expect(after[1]?.['id']).not.toBe(after[0]?.['id'])
  })

  it('a split leaves two fulfillment orders with all the units between them', async () => {
    const { id, work, change } = changeWorld()

    change(id, { type: 'split' })

    expect(await work()).toMatchObject({
      fulfillmentOrders: {
        nodes: [
          { status: 'OPEN', lineItems: { nodes: [{ remainingQuantity: 1 }] } },
          { status: 'OPEN', lineItems: { nodes: [{ remainingQuantity: 1 }] } },
        ],
      },
    })
  })

  it('an order that vanishes is in no answer and stays in the ledger', async () => {
    const { id, ask, change, ledgerOf } = changeWorld()

    change(id, { type: 'vanish' })

    expect((await ask('{ orders(first: 5) { nodes { id } } }')).data).toEqual({ orders: { nodes: [] } })
    expect(ledgerOf(id)?.visible).toBe(false)
  })

  it.each([
    ['currency', 'XXQ'],
    ['amount', 'twelve'],
    ['country', '"XX"'],
    ['financial-status', 'BARTERED'],
    ['no-lines', '"lineItems":null'],
    ['decimals', '4.166667'],
  ])('can be corrupted by %s', async (how, words) => {
    const { id, ask, change, place } = changeWorld()
    place()
    const query =
      '{ orders(first: 5) { nodes { id displayFinancialStatus shippingAddress { countryCodeV2 } totalPriceSet { shopMoney { amount currencyCode } } lineItems(first: 1) { nodes { id } } } } }'

    change(id, { type: 'corrupt', how })

    const nodes = nodesOf((await ask(query)).data?.['orders'])
    expect(nodes.filter((node) => JSON.stringify(node).includes(words))).toHaveLength(1)
  })

  it('can fail on one order of a page, beside the data of the others', async () => {
    const { id, ask, change, place } = changeWorld()
    place()
    change(id, { type: 'corrupt', how: 'failed-field' })

    const { data, errors } = await ask('{ orders(first: 5) { nodes { id shippingLine { title } } } }')

    expect(nodesOf(data?.['orders']).map((node) => node['shippingLine'])).toEqual([null, { title: 'Standard' }])
    expect(errors).toMatchObject([{ path: ['orders', 'nodes', 0, 'shippingLine'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }])
  })

  it.each([
    ['negative-unfulfilled', { quantity: 2, currentQuantity: 2, unfulfilledQuantity: -1 }, 'OPEN'],
    ['refunded-in-work', { quantity: 2, currentQuantity: 1, unfulfilledQuantity: 2 }, 'OPEN'],
    ['lost-units', { quantity: 2, currentQuantity: 2, unfulfilledQuantity: 0 }, 'CLOSED'],
  ])('can count as shops have seen it: %s', async (how, counts, status) => {
    const { id, ask, change } = changeWorld()
    change(id, { type: 'corrupt', how })

    const order = (
      await ask(`{ orders(first: 1) { nodes { id lineItems(first: 1) { nodes { quantity currentQuantity unfulfilledQuantity } }
        fulfillmentOrders(first: 1) { nodes { status lineItems(first: 1) { nodes { remainingQuantity } } } } } } }`)
    ).data?.['orders']?.['nodes']?.['0']

    expect(nodesOf(order?.['lineItems'])).toMatchObject([counts])
    expect(nodesOf(order?.['fulfillmentOrders'])).toMatchObject([{ status }])
  })

  it.each(['uncancel', 'request-cancel', 'withdraw-cancel-request'] as const)('has no "%s"', (type) => {
    const { id, change } = changeWorld()

    expect(() => change(id, { type })).toThrow(type)
  })

  it('lets every change move updatedAt', async () => {
    const { id, work, change, passMs } = changeWorld()
    const changes = [
      { type: 'touch' },
      { type: 'hold' },
      { type: 'release-hold' },
      { type: 'split' },
      { type: 'move' },
      { type: 'cancel' },
    ] as const

    for (const entry of changes) {
      passMs(1_000)
      const before = String((await work())['updatedAt'])
      change(id, entry)
      expect(String((await work())['updatedAt']) > before).toBe(true)
    }
  })
})

describe('writes about a whole order', () => {
  const cancelQuery = `mutation($o: ID!) { orderCancel(orderId: $o, reason: CUSTOMER, restock: true) { job { id done } orderCancelUserErrors { code } } }`

  it('cancel it as a job, and not twice', async () => {
    const { id, ask, ledgerOf } = changeWorld()

    expect((await ask(cancelQuery, { o: id })).data?.['orderCancel']).toMatchObject({ job: { done: false }, orderCancelUserErrors: [] })
    expect((await ask(cancelQuery, { o: id })).data?.['orderCancel']).toMatchObject({
      job: null,
      orderCancelUserErrors: [{ code: 'INVALID' }],
    })
    expect(ledgerOf(id)?.status).toBe('cancelled')
  })

  it('hold and release its work in the name of the app', async () => {
    const { ask, work } = changeWorld()
    const entry = nodesOf((await work())['fulfillmentOrders'])[0]

    await ask(
      'mutation($id: ID!) { fulfillmentOrderHold(id: $id, fulfillmentHold: { reason: OTHER, handle: "ours" }) { fulfillmentHold { id handle } userErrors { code } } }',
      { id: entry?.['id'] },
    )
    expect(await work()).toMatchObject({
      fulfillmentOrders: { nodes: [{ status: 'ON_HOLD', fulfillmentHolds: [{ heldByRequestingApp: true }] }] },
    })
    await ask('mutation($id: ID!) { fulfillmentOrderReleaseHold(id: $id) { fulfillmentOrder { status } userErrors { code } } }', {
      id: entry?.['id'],
    })
    expect(await work()).toMatchObject({ fulfillmentOrders: { nodes: [{ status: 'OPEN' }] } })
  })

  it('list work by its own time of change, closed work only when asked', async () => {
    const { id, ask, change } = changeWorld()
    change(id, { type: 'move' })
    const query = (closed: boolean) =>
      `{ fulfillmentOrders(first: 5, includeClosed: ${closed}, query: "updated_at:>='2026-11-24T10:01:00Z'") { nodes { status order { name } } } }`

    expect((await ask(query(false))).data?.['fulfillmentOrders']).toEqual({ nodes: [{ status: 'OPEN', order: { name: '#1001' } }] })
    expect((await ask(query(true))).data?.['fulfillmentOrders']?.['nodes']).toHaveLength(2)
  })
})
