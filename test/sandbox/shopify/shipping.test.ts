import { describe, expect, it } from 'vitest'
import { createQuery, type Node, nodesOf, shopWorld, workQuery } from './shop-world.ts'

/** A shop with one order, and what shipping it needs. */
async function shippingWorld(options: { quantity?: number; skus?: readonly string[] } = {}) {
  const world = shopWorld()
  const lines = (options.skus ?? ['MUG-RED']).map((channelSku) => ({
    channelSku,
    title: 'Mug',
    quantity: options.quantity ?? 2,
    unitPrice: '12.50',
  }))
  const id = world.place({ lines })
  const work = async () => (await world.ask(workQuery, { id })).data?.['order'] as Node
  const openWork = async () =>
    nodesOf((await work())['fulfillmentOrders']).filter((entry) => !['CLOSED', 'CANCELLED'].includes(String(entry['status'])))
  const ship = async (parts: readonly unknown[], tracking: unknown = { company: 'FedEx', number: 'T1' }) => {
    const answer = await world.ask(createQuery, { f: { lineItemsByFulfillmentOrder: parts, trackingInfo: tracking } })
    return {
      answer,
      made: answer.data?.['fulfillmentCreate']?.['fulfillment'],
      refusals: nodesOf(answer.data?.['fulfillmentCreate']?.['userErrors']),
    }
  }
  const shipUnits = async (quantity: number, tracking?: unknown) => {
    const [entry] = await openWork()
    const line = nodesOf(entry?.['lineItems'])[0]
    return ship([{ fulfillmentOrderId: entry?.['id'], fulfillmentOrderLineItems: [{ id: line?.['id'], quantity }] }], tracking)
  }
  return { ...world, id, work, openWork, ship, shipUnits }
}

describe('fulfillmentCreate', () => {
  it('ships units, closes the finished work and shows the tracking on order and ledger', async () => {
    const { shipUnits, work, ledgerOf, id, passMs } = await shippingWorld()
    passMs(60_000)

    const { made, refusals } = await shipUnits(2)

    expect(made).toMatchObject({
      status: 'SUCCESS',
      trackingInfo: [{ company: 'FedEx', number: 'T1', url: expect.stringContaining('T1') }],
    })
    expect(refusals).toEqual([])
    expect(await work()).toMatchObject({
      updatedAt: '2026-11-24T10:01:00Z',
      displayFulfillmentStatus: 'FULFILLED',
      closedAt: '2026-11-24T10:01:00Z',
      fulfillmentOrders: { nodes: [{ status: 'CLOSED', lineItems: { nodes: [{ totalQuantity: 2, remainingQuantity: 0 }] } }] },
      fulfillments: [{ status: 'SUCCESS', name: '#1001-F1', trackingInfo: [{ number: 'T1' }] }],
    })
    expect(ledgerOf(id)).toMatchObject({
      status: 'shipped',
      shipments: [{ trackingNumber: 'T1', carrier: 'FedEx', throughApi: true, lines: [{ quantity: 2 }] }],
    })
  })

  it('ships a part again as long as something remains', async () => {
    const { shipUnits, work, ledgerOf, id } = await shippingWorld()

    await shipUnits(1)
    const again = await shipUnits(1)

    expect(again.refusals).toEqual([])
    expect(ledgerOf(id)?.shipments.map(({ trackingNumber }) => trackingNumber)).toEqual(['T1', 'T1'])
    expect(await work()).toMatchObject({ displayFulfillmentStatus: 'FULFILLED' })
  })

  it('leaves an order partly shipped in progress', async () => {
    const { shipUnits, work, ledgerOf, id } = await shippingWorld()

    await shipUnits(1)

    expect(await work()).toMatchObject({
      displayFulfillmentStatus: 'PARTIALLY_FULFILLED',
      closedAt: null,
      lineItems: { nodes: [{ quantity: 2, currentQuantity: 2, unfulfilledQuantity: 1 }] },
      fulfillmentOrders: { nodes: [{ status: 'IN_PROGRESS', lineItems: { nodes: [{ totalQuantity: 2, remainingQuantity: 1 }] } }] },
    })
    expect(ledgerOf(id)?.status).toBe('partially-shipped')
  })

  it('ships everything that remains when no lines are given', async () => {
    const { ship, openWork, work } = await shippingWorld({ skus: ['A', 'B'] })
    const [entry] = await openWork()

    await ship([{ fulfillmentOrderId: entry?.['id'] }])

    expect(await work()).toMatchObject({ fulfillments: [{ fulfillmentLineItems: { nodes: [{ quantity: 2 }, { quantity: 2 }] } }] })
  })

  it('refuses more than remains, also over two entries of one line', async () => {
    const { shipUnits, ship, openWork, ledgerOf, id } = await shippingWorld()
    const [entry] = await openWork()
    const line = nodesOf(entry?.['lineItems'])[0]
    const one = { id: line?.['id'], quantity: 1 }

    expect((await shipUnits(3)).refusals).toMatchObject([{ message: 'Invalid fulfillment order line item quantity requested.' }])
    expect((await shipUnits(0)).refusals).toHaveLength(1)
    expect((await ship([{ fulfillmentOrderId: entry?.['id'], fulfillmentOrderLineItems: [one, one, one] }])).refusals).toHaveLength(1)
    expect(ledgerOf(id)?.shipments).toEqual([])
  })

  it('refuses a second full shipment because the work is closed', async () => {
    const { ship, openWork } = await shippingWorld()
    const [entry] = await openWork()
    await ship([{ fulfillmentOrderId: entry?.['id'] }])

    const { made, refusals } = await ship([{ fulfillmentOrderId: entry?.['id'] }])

    expect(made).toBeNull()
    expect(refusals).toMatchObject([{ message: expect.stringContaining('unfulfillable status= closed') }])
  })

  it('refuses work that is on hold', async () => {
    const { shipUnits, change, id } = await shippingWorld()
    change(id, { type: 'hold', reason: 'INCORRECT_ADDRESS' })

    expect((await shipUnits(1)).refusals).toMatchObject([{ message: expect.stringContaining('unfulfillable status= on_hold') }])
  })

  it('refuses two locations in one call and takes them in two', async () => {
    const { ship, openWork, change, id, ledgerOf } = await shippingWorld()
    change(id, { type: 'split' })
    change(id, { type: 'move' })
    const parts = (await openWork()).map((entry) => ({ fulfillmentOrderId: entry['id'] }))

    expect(parts).toHaveLength(2)
    expect((await ship(parts)).refusals).toMatchObject([{ message: expect.stringContaining('same location') }])
    for (const part of parts) expect((await ship([part])).refusals).toEqual([])
    expect(ledgerOf(id)?.status).toBe('shipped')
  })

  it('refuses the work of two orders in one call', async () => {
    const { ship, openWork, ask, place } = await shippingWorld()
    const [ours] = await openWork()
    const [theirs] = nodesOf((await ask(workQuery, { id: place() })).data?.['order']?.['fulfillmentOrders'])

    const { refusals } = await ship([{ fulfillmentOrderId: ours?.['id'] }, { fulfillmentOrderId: theirs?.['id'] }])

    expect(refusals).toMatchObject([{ message: expect.stringContaining('same order') }])
  })

  it('does not know ids that are not there, and fails as a whole on ids of another type', async () => {
    const { ship, openWork, id } = await shippingWorld()
    const [entry] = await openWork()
    const line = [{ id: 'gid://shopify/FulfillmentOrderLineItem/1', quantity: 1 }]

    expect((await ship([{ fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/1' }])).refusals).toMatchObject([
      { message: 'Fulfillment order does not exist.' },
    ])
    expect((await ship([{ fulfillmentOrderId: entry?.['id'], fulfillmentOrderLineItems: line }])).refusals).toHaveLength(1)
    expect((await ship([])).refusals).toHaveLength(1)
    const wrongType = await ship([{ fulfillmentOrderId: id }])
    expect(wrongType.answer.data?.['fulfillmentCreate']).toBeNull()
    expect(wrongType.answer.errors?.[0]?.extensions).toMatchObject({ code: 'RESOURCE_NOT_FOUND' })
  })

  it('takes several numbers, and no mixture of number and numbers', async () => {
    const { shipUnits } = await shippingWorld()

    expect((await shipUnits(1, { company: 'X', number: 'T1', numbers: ['T2'] })).refusals).toHaveLength(1)
    expect((await shipUnits(1, { company: 'X', numbers: ['T1', 'T2'] })).made).toMatchObject({
      trackingInfo: [{ number: 'T1' }, { number: 'T2' }],
    })
  })

  it('builds a link only for carriers of its list, spelled exactly', async () => {
    const { shipUnits } = await shippingWorld()

    expect((await shipUnits(1, { company: 'fedex', number: 'T1' })).made).toMatchObject({ trackingInfo: [{ url: null }] })
  })

  it('logs what it executed and what it refused, with the order it was about', async () => {
    const { shipUnits, simulated, id } = await shippingWorld()
    await shipUnits(9)
    await shipUnits(1)

    const writes = simulated.ledger('brand').requests.filter(({ isWrite }) => isWrite)

    expect(writes).toMatchObject([
      { operation: 'fulfillmentCreate', outcome: 'refused', subject: id },
      { operation: 'fulfillmentCreate', outcome: 'executed', subject: id },
    ])
  })
})

describe('after shipping', () => {
  const updateQuery = `mutation($id: ID!, $t: FulfillmentTrackingInput!) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $t) {
    fulfillment { trackingInfo(first: 5) { number } } userErrors { message } } }`

  it('replaces the tracking number, the same twice over', async () => {
    const { shipUnits, ask, ledgerOf, id } = await shippingWorld()
    const { made } = await shipUnits(2)

    for (const _time of [1, 2]) await ask(updateQuery, { id: made?.['id'], t: { company: 'UPS', number: 'T9' } })

    expect(ledgerOf(id)?.shipments).toMatchObject([{ trackingNumber: 'T9', carrier: 'UPS' }])
  })

  it('takes a fulfillment back into a new fulfillment order, once', async () => {
    const { shipUnits, ask, work, openWork } = await shippingWorld()
    const { made } = await shipUnits(2)
    const query = 'mutation($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { status } userErrors { message } } }'

    const first = await ask(query, { id: made?.['id'] })
    const second = await ask(query, { id: made?.['id'] })

    expect(first.data?.['fulfillmentCancel']).toMatchObject({ fulfillment: { status: 'CANCELLED' }, userErrors: [] })
    expect(second.data?.['fulfillmentCancel']?.['userErrors']).toHaveLength(1)
    expect(await openWork()).toMatchObject([{ status: 'OPEN', lineItems: { nodes: [{ remainingQuantity: 2 }] } }])
    expect(await work()).toMatchObject({ displayFulfillmentStatus: 'UNFULFILLED', closedAt: null })
  })
})
