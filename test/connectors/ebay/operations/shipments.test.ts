import { describe, expect, test } from 'vitest'
import { account, type ContractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { ebayWorld, requestsOf } from '../ebay-world.ts'
import { instant } from '../order-payload.ts'

async function openOrder(world: ContractWorld) {
  const id = world.place()
  world.advance(minuteMs)
  const order = (await world.readAll()).orders.get(id)
  if (!order) throw new Error('the order was not read')
  return order
}

describe('reporting a shipment to eBay', () => {
  test('sends letters and digits, every quantity, and the hand-over time [ebay-write-01] [ebay-write-03] [ebay-write-04] [ebay-write-05] [ebay-trap-10]', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)

    const outcome = await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: '00340-4341 61' }), world.call)

    expect(outcome).toEqual({ result: 'confirmed', remoteId: '00340434161' })
    const sent = world.transport.sent.at(-1)
    expect(sent?.url).toBe(`https://api.ebay.com/sell/fulfillment/v1/order/${order.platformOrderId}/shipping_fulfillment`)
    expect(sent?.headers['content-type']).toContain('application/json')
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      lineItems: order.lines.map((line) => ({ lineItemId: line.platformLineId, quantity: line.quantity })),
      shippedDate: '2026-11-24T08:01:00.000Z',
      shippingCarrierCode: 'UPS',
      trackingNumber: '00340434161',
    })
  })

  test('cuts a hand-over time in the future to now [ebay-write-05]', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)

    const outcome = await world.connector.confirmShipment(
      world.confirmation(order, { shippedAt: instant('2026-11-25T00:00:00Z') }),
      world.call,
    )

    expect(outcome.result).toBe('confirmed')
  })

  test('writes nothing when eBay has the number already, however it is written [ebay-write-08] [ebay-write-03]', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)
    await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: '1Z-999' }), world.call)

    const again = await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: '1z 999' }), world.call)

    expect(again).toEqual({ result: 'confirmed', remoteId: '1Z999' })
    expect(requestsOf(world, 'createShippingFulfillment')).toBe(1)
  })

  test.each([
    ['carrier', { carrierWord: 'FedEx' }],
    ['lines', { lines: [] }],
  ])('reports a conflict when the number stands with another %s [ebay-write-10]', async (_, changes) => {
    const world = ebayWorld()
    const order = await openOrder(world)
    await world.connector.confirmShipment(world.confirmation(order), world.call)

    const outcome = await world.connector.confirmShipment(world.confirmation(order, changes), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'ebay-shipment-differs' })
    expect(requestsOf(world, 'createShippingFulfillment')).toBe(1)
  })

  test('takes 409 for a number that a lagging read did not show as unknown [ebay-error-38]', async () => {
    const world = ebayWorld({ switches: { repeatedTrackingIsRefused: true } })
    const order = await openOrder(world)
    world.marketplace.faults.set([{ kind: 'H20-read-lags-write', operations: ['createShippingFulfillment'], times: 1 }])
    await world.connector.confirmShipment(world.confirmation(order), world.call)

    const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'ebay-shipment-conflict' })
    expect(world.marketplace.ledger(account).orders[0]?.shipments).toHaveLength(1)
  })

  test.each([
    ['FULFILLED', {}],
    ['IN_PROGRESS', { partShippedLinesAreInProgress: true }],
  ])(
    'reports each package by itself with its units, whether eBay calls a line with units left %s [ebay-write-06] [ebay-trap-15]',
    async (_word, switches) => {
      const world = ebayWorld({ switches })
      const order = await openOrder(world)
      const [lamp, cable] = order.lines.map((line) => line.platformLineId)
      if (!lamp || !cable) throw new Error('the order has two lines')
      const report = (trackingNumber: string, lines: readonly { platformLineId: string; quantity: number }[]) =>
        world.connector.confirmShipment(world.confirmation(order, { trackingNumber, lines }), world.call)

      const first = await report('1Z001', [{ platformLineId: lamp, quantity: 1 }])
      world.advance(minuteMs)
      const half = (await world.readAll()).orders.get(order.platformOrderId)
      const second = await report('1Z002', [
        { platformLineId: cable, quantity: 1 },
        { platformLineId: lamp, quantity: 1 },
      ])
      world.advance(minuteMs)
      const whole = (await world.readAll()).orders.get(order.platformOrderId)

      expect([first, second].map((outcome) => outcome.result)).toEqual(['confirmed', 'confirmed'])
      expect(half).toMatchObject({ status: 'partially-shipped', lines: [{ shippedQuantity: 1 }, { shippedQuantity: 0 }] })
      expect(whole).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }] })
      expect(whole?.shipments?.map((shipment) => shipment.trackingNumber)).toEqual(['1Z001', '1Z002'])
    },
  )

  test('knows how much of an order of one line is left after each package, though eBay calls it fulfilled with the first [ebay-trap-15]', async () => {
    const world = ebayWorld()
    const id = world.place({ lines: [{ channelSku: 'MUG', title: 'Mug', quantity: 5, unitPrice: '5.00' }] })
    const read = async () => {
      world.advance(minuteMs)
      const order = (await world.readAll()).orders.get(id)
      if (!order) throw new Error('the order was not read')
      return order
    }
    const seen: unknown[] = []
    for (const [index, quantity] of [2, 1, 2].entries()) {
      const order = await read()
      const lines = order.lines.map(({ platformLineId }) => ({ platformLineId, quantity }))
      await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: `1Z00${index}`, lines }), world.call)
      const {
        status,
        platformStatus,
        lines: [line],
      } = await read()
      seen.push([platformStatus, status, line?.shippedQuantity])
    }

    expect(seen).toEqual([
      ['PAID / FULFILLED', 'partially-shipped', 2],
      ['PAID / FULFILLED', 'partially-shipped', 3],
      ['PAID / FULFILLED', 'shipped', 5],
    ])
  })

  test.each(['H6-timeout-after', 'H7-reset-after', 'H5-5xx-after'] as const)(
    'leaves a report whose answer was lost (%s) unknown; a read finds it, and a repeat writes nothing [ebay-write-09]',
    async (kind) => {
      const world = ebayWorld()
      const order = await openOrder(world)
      world.marketplace.faults.set([{ kind, operations: ['createShippingFulfillment'], times: 1 }])

      const lost = await world.connector.confirmShipment(world.confirmation(order), world.call)
      const found = await world.connector.readShipments(order.platformOrderId, world.call)
      const again = await world.connector.confirmShipment(world.confirmation(order), world.call)

      expect(lost.result).toBe('unknown')
      expect(found.map((shipment) => shipment.shipmentId)).toEqual(['1Z999AA10123456784'])
      expect(again.result).toBe('confirmed')
      expect(requestsOf(world, 'createShippingFulfillment')).toBe(1)
    },
  )

  test('has no way to correct a number, so core asks a person to do it [ebay-write-10]', () => {
    expect(ebayWorld().connector).not.toHaveProperty('correctShipment')
  })

  test('rejects a number without a letter or digit and asks nobody', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)
    const before = world.transport.sent.length

    const outcome = await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: ' - ' }), world.call)

    expect(outcome).toMatchObject({ result: 'rejected', code: 'ebay-tracking-refused' })
    expect(world.transport.sent).toHaveLength(before)
  })

  test('rejects a line that the order has not [ebay-error-28]', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)

    const outcome = await world.connector.confirmShipment(
      world.confirmation(order, { lines: [{ platformLineId: '1', quantity: 1 }] }),
      world.call,
    )

    expect(outcome).toMatchObject({ result: 'rejected', code: 'ebay-line-unknown' })
  })

  test.each(['H5-5xx-before', 'H6-timeout-before', 'H9-html-200'] as const)('throws a failed look-up (%s) as not sent', async (kind) => {
    const world = ebayWorld()
    const order = await openOrder(world)
    world.marketplace.faults.set([{ kind, operations: ['getShippingFulfillments'], times: 1 }])

    await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toMatchObject({
      kind: 'transient',
      notSent: true,
    })
    expect(requestsOf(world, 'createShippingFulfillment')).toBe(0)
  })

  test('throws a failed renewal of the token as not sent', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)
    world.advance(24 * 60 * minuteMs)
    world.marketplace.faults.set([{ kind: 'H6-timeout-before', operations: ['token'], times: 1 }])

    await expect(world.connector.confirmShipment(world.confirmation(order), world.call)).rejects.toMatchObject({
      kind: 'transient',
      notSent: true,
    })
  })

  test('writes no personal data and no secret into the message of a refusal', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)
    world.change(order.platformOrderId, { type: 'cancel' })

    const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

    expect(JSON.stringify(outcome)).not.toMatch(/Buyer|Main Street|v\^1|secret/)
  })
})
