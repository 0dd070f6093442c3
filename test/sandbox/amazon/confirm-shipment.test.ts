import { describe, expect, test } from 'vitest'
import { everything, sandboxWorld, search } from './amazon-sandbox.ts'

type World = ReturnType<typeof sandboxWorld>

async function open(changes: Parameters<World['place']>[1] = {}) {
  const world = sandboxWorld()
  const id = world.place('a', changes)
  const [lamp, cable] = world.amazon.ledger('a').orders[0]?.lines.map((line) => line.platformLineId) ?? []
  if (!lamp || !cable) throw new Error('the order has two lines')
  return { world, id, lamp, cable, confirm: (detail: object, rest: object = {}) => confirm(world, id, detail, rest) }
}

function confirm(world: World, id: string, detail: object, rest: object = {}) {
  const packageDetail = { packageReferenceId: '1', carrierCode: 'UPS', trackingNumber: 'T1', shipDate: '2026-11-24T08:00:00Z', ...detail }
  return world.call('a', 'POST', `/orders/v0/orders/${id}/shipmentConfirmation`, { marketplaceId: 'ATVPDKIKX0DER', packageDetail, ...rest })
}

const statusOf = async (world: World, id: string) =>
  (await world.call('a', 'GET', `${search}/${id}?includedData=${everything}`)).body.order.fulfillment.fulfillmentStatus
const shipments = (world: World) => world.amazon.ledger('a').orders[0]?.shipments ?? []

describe('confirmShipment of the simulated Amazon', () => {
  test('answers 204 with an empty body and ships part by part', async () => {
    const { world, id, lamp, cable, confirm } = await open()

    const first = await confirm({ orderItems: [{ orderItemId: lamp, quantity: 2 }] })
    const between = await statusOf(world, id)
    await confirm({ packageReferenceId: '2', trackingNumber: 'T2', orderItems: [{ orderItemId: cable, quantity: 1 }] })

    expect(first).toMatchObject({ status: 204, body: '' })
    expect(between).toBe('PARTIALLY_SHIPPED')
    expect(await statusOf(world, id)).toBe('SHIPPED')
    expect(shipments(world).map((shipment) => [shipment.trackingNumber, shipment.throughApi])).toEqual([
      ['T1', true],
      ['T2', true],
    ])
  })

  test('edits the package when the reference comes again', async () => {
    const { world, lamp, cable, confirm } = await open()
    const orderItems = [
      { orderItemId: lamp, quantity: 2 },
      { orderItemId: cable, quantity: 1 },
    ]
    await confirm({ orderItems })

    const again = await confirm({ orderItems, trackingNumber: 'T9', carrierCode: 'Other', carrierName: 'Swift' })

    expect(again.status).toBe(204)
    expect(shipments(world)).toMatchObject([{ trackingNumber: 'T9', carrier: 'Swift' }])
  })

  test('refuses a new reference on an order that is shipped', async () => {
    const { world, id, lamp, confirm } = await open()
    world.amazon.changeOrder('a', id, { type: 'ship-elsewhere', trackingNumber: 'T7', carrier: 'UPS' })

    const answer = await confirm({ orderItems: [{ orderItemId: lamp, quantity: 1 }] })

    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.stringMatching(/PackageToUpdateNotFound.*already fulfilled/) }] },
    })
    expect(shipments(world).map((shipment) => shipment.throughApi)).toEqual([false])
  })

  test.each([
    ['a reference that is a number', { packageReferenceId: 1 }, {}],
    ['a reference that is no positive number', { packageReferenceId: '0' }, {}],
    ['items that are no list', { orderItems: { orderItemId: 'x', quantity: 1 } }, {}],
    ['no items', { orderItems: [] }, {}],
    ['an item of nowhere', { orderItems: [{ orderItemId: '1', quantity: 1 }] }, {}],
    ['a ship date in the future', { shipDate: '2026-11-25T08:00:00Z' }, {}],
    ['no tracking number', { trackingNumber: undefined }, {}],
    ['the carrier Other without a name', { carrierCode: 'Other' }, {}],
    ['an unknown field', { weight: 5 }, {}],
    ['the wrong marketplace', {}, { marketplaceId: 'A2EUQ1WTGCTBG2' }],
  ])('refuses %s', async (_name, detail, rest) => {
    const { world, lamp, confirm } = await open()

    const answer = await confirm({ orderItems: [{ orderItemId: lamp, quantity: 1 }], ...detail }, rest)

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'InvalidInput' }] } })
    expect(shipments(world)).toEqual([])
  })

  test('takes Transparency items with one code for every unit only', async () => {
    const world = sandboxWorld()
    world.open('a', { itemPrograms: ['TRANSPARENCY'] })
    const id = world.place('a')
    const orderItemId = world.amazon.ledger('a').orders[0]?.lines[0]?.platformLineId
    const item = { orderItemId, quantity: 2 }

    const without = await confirm(world, id, { orderItems: [item] })
    const tooFew = await confirm(world, id, { orderItems: [{ ...item, transparencyCodes: ['AZ1'] }] })
    const complete = await confirm(world, id, { orderItems: [{ ...item, transparencyCodes: ['AZ1', 'AZ2'] }] })

    expect([without.status, tooFew.status, complete.status]).toEqual([400, 400, 204])
    expect(without.body.errors[0].message).toContain('transparencyCodes')
  })

  test('takes no order of FBM Ship+, which both APIs mark', async () => {
    const world = sandboxWorld()
    world.open('a', { programs: ['FBM_SHIP_PLUS'] })
    const id = world.place('a')
    const orderItemId = world.amazon.ledger('a').orders[0]?.lines[0]?.platformLineId

    const answer = await confirm(world, id, { orderItems: [{ orderItemId, quantity: 1 }] })
    const present = await world.call('a', 'GET', `${search}/${id}`)
    const v0 = await world.call('a', 'GET', `/orders/v0/orders/${id}/orderItems`)

    expect(answer.status).toBe(400)
    expect(present.body.order.programs).toEqual(['FBM_SHIP_PLUS'])
    expect(v0.body.payload.OrderItems[0].AmazonPrograms.Programs).toEqual(['FBM_SHIP_PLUS'])
  })

  test('refuses more units than are left', async () => {
    const { world, id, lamp, confirm } = await open()
    world.amazon.changeOrder('a', id, { type: 'cancel-units', line: 0, quantity: 1 })

    const answer = await confirm({ orderItems: [{ orderItemId: lamp, quantity: 2 }] })

    expect(answer.status).toBe(400)
  })

  test.each([
    ['pending', { payment: 'unpaid' as const }, undefined],
    ['fulfilled by Amazon', { kind: 'platform-fulfilled' as const }, undefined],
    ['cancelled', {}, { type: 'cancel' as const }],
  ])('refuses an order that is %s', async (_name, order, change) => {
    const { world, id, lamp, confirm } = await open(order)
    if (change) world.amazon.changeOrder('a', id, change)

    expect((await confirm({ orderItems: [{ orderItemId: lamp, quantity: 1 }] })).status).toBe(400)
  })

  test('does not know the order of another seller', async () => {
    const { world, id } = await open()
    world.open('b')

    const answer = await world.call('b', 'POST', `/orders/v0/orders/${id}/shipmentConfirmation`, {
      marketplaceId: 'ATVPDKIKX0DER',
      packageDetail: {
        packageReferenceId: '1',
        carrierCode: 'UPS',
        trackingNumber: 'T',
        shipDate: '2026-11-24T08:00:00Z',
        orderItems: [{ orderItemId: '1', quantity: 1 }],
      },
    })

    expect(answer.status).toBe(404)
  })

  test('moves the time of the last update, so that the next search shows the packages', async () => {
    const { world, lamp, confirm } = await open()
    world.advance(60_000)
    await confirm({ orderItems: [{ orderItemId: lamp, quantity: 1 }] })

    const { body } = await world.call('a', 'GET', `${search}?lastUpdatedAfter=2026-11-24T08%3A01%3A00Z&includedData=PACKAGES`)

    expect(body.orders[0].packages).toMatchObject([
      { packageReferenceId: '1', trackingNumber: 'T1', carrier: 'UPS', packageItems: [{ orderItemId: lamp, quantity: 1 }] },
    ])
  })

  test('can be invisible to reads for a while (H20)', async () => {
    const { world, id, lamp, confirm } = await open()
    world.amazon.faults.set([{ kind: 'H20-read-lags-write', operations: ['confirmShipment'], times: 1 }])
    await confirm({ orderItems: [{ orderItemId: lamp, quantity: 1 }] })

    const before = await statusOf(world, id)
    world.advance(3_000)

    expect([before, await statusOf(world, id)]).toEqual(['UNSHIPPED', 'PARTIALLY_SHIPPED'])
  })
})

describe('the ledger of the simulated Amazon', () => {
  test('logs every write, executed and refused, and those whose answer was lost', async () => {
    const { world, id, lamp, confirm } = await open()
    await confirm({ packageReferenceId: 'x', orderItems: [{ orderItemId: lamp, quantity: 1 }] })
    world.amazon.faults.set([{ kind: 'H6-timeout-after', operations: ['confirmShipment'], times: 1 }])
    await confirm({ orderItems: [{ orderItemId: lamp, quantity: 1 }] })
    world.amazon.faults.set([{ kind: 'H5-5xx-before', operations: ['confirmShipment'], times: 1 }])
    await confirm({ orderItems: [{ orderItemId: lamp, quantity: 1 }] })

    const writes = world.amazon.ledger('a').requests.filter((request) => request.isWrite)
    expect(writes).toMatchObject([
      { operation: 'confirmShipment', outcome: 'refused', status: 400, subject: id },
      { operation: 'confirmShipment', outcome: 'executed', status: 204, subject: id },
      { operation: 'confirmShipment', outcome: 'refused', status: 503, subject: id },
    ])
  })

  test.each(['uncancel', 'hold', 'release-hold', 'move', 'split'] as const)('has no "%s"', async (type) => {
    const { world, id } = await open()

    expect(() => world.amazon.changeOrder('a', id, { type })).toThrow(/Amazon has no/)
  })

  test.each(['digital', 'hub-forwarded'] as const)('has no orders of the kind "%s"', (kind) => {
    expect(() => sandboxWorld().place('a', { kind })).toThrow(/no orders of the kind/)
  })
})
