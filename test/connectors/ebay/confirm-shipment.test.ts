import { describe, expect, test } from 'vitest'
import { shipmentOutcome } from '../../../connectors/ebay/map-error.ts'
import { SyncError } from '../../../core/errors.ts'
import { account, type ContractWorld, minuteMs } from '../../contract/connector-world.ts'
import { ebayWorld, requestsOf } from './ebay-world.ts'
import { instant } from './order-payload.ts'

async function openOrder(world: ContractWorld) {
  const id = world.place()
  world.advance(minuteMs)
  const order = (await world.readAll()).orders.get(id)
  if (!order) throw new Error('the order was not read')
  return order
}

describe('reporting a shipment to eBay', () => {
  test('sends letters and digits, every quantity, and the hand-over time', async () => {
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

  test('cuts a hand-over time in the future to now', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)

    const outcome = await world.connector.confirmShipment(
      world.confirmation(order, { shippedAt: instant('2026-11-25T00:00:00Z') }),
      world.call,
    )

    expect(outcome.result).toBe('confirmed')
  })

  test('writes nothing when eBay has the number already, however it is written', async () => {
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
  ])('reports a conflict when the number stands with another %s', async (_, changes) => {
    const world = ebayWorld()
    const order = await openOrder(world)
    await world.connector.confirmShipment(world.confirmation(order), world.call)

    const outcome = await world.connector.confirmShipment(world.confirmation(order, changes), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'ebay-shipment-differs' })
    expect(requestsOf(world, 'createShippingFulfillment')).toBe(1)
  })

  test('takes 409 for a number that a lagging read did not show as unknown', async () => {
    const world = ebayWorld({ switches: { repeatedTrackingIsRefused: true } })
    const order = await openOrder(world)
    world.marketplace.faults.set([{ kind: 'H20-read-lags-write', operations: ['createShippingFulfillment'], times: 1 }])
    await world.connector.confirmShipment(world.confirmation(order), world.call)

    const outcome = await world.connector.confirmShipment(world.confirmation(order), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'ebay-shipment-conflict' })
    expect(world.marketplace.ledger(account).orders[0]?.shipments).toHaveLength(1)
  })

  test('rejects a number without a letter or digit and asks nobody', async () => {
    const world = ebayWorld()
    const order = await openOrder(world)
    const before = world.transport.sent.length

    const outcome = await world.connector.confirmShipment(world.confirmation(order, { trackingNumber: ' - ' }), world.call)

    expect(outcome).toMatchObject({ result: 'rejected', code: 'ebay-tracking-refused' })
    expect(world.transport.sent).toHaveLength(before)
  })

  test('rejects a line that the order has not', async () => {
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

describe('what an answer to createShippingFulfillment means', () => {
  const subject = { shop: 'de-ebay', account: 'lampenladen', action: 'report a shipment' }
  const now = instant('2026-11-24T08:00:00Z')
  const outcome = (status: number, errorId?: number, headers: Readonly<Record<string, string>> = {}) =>
    shipmentOutcome(
      { status, headers, json: errorId === undefined ? undefined : { errors: [{ errorId, message: 'said so' }] } },
      subject,
      now,
    )
  const location = 'https://api.ebay.com/sell/fulfillment/v1/order/12-15199-57289/shipping_fulfillment/1Z999'

  test('201 with a Location is confirmed, and only that', () => {
    expect(outcome(201, undefined, { location })).toEqual({ result: 'confirmed', remoteId: '1Z999' })
    expect(outcome(201)).toMatchObject({ result: 'unknown', code: 'ebay-location-missing' })
    expect(outcome(200, undefined, { location })).toMatchObject({ result: 'unknown' })
    expect(outcome(204)).toMatchObject({ result: 'unknown' })
  })

  test.each([
    [32100, 'ebay-order-unknown'],
    [32200, 'ebay-line-unknown'],
    [32210, 'ebay-line-twice'],
    [32300, 'ebay-tracking-refused'],
    [32400, 'ebay-seller-suspended'],
    [32500, 'ebay-ship-date-refused'],
    [32600, 'ebay-input-refused'],
    [34100, 'ebay-too-many-packages'],
    [34200, 'ebay-programmes-mixed'],
    [34300, 'ebay-programme-lines'],
  ])('400 with %i is rejected as %s', (errorId, code) => {
    expect(outcome(400, errorId)).toEqual({ result: 'rejected', code, message: `said so (${errorId})` })
  })

  test.each([
    [400, 34500, 'ebay-shipment-conflict'],
    [409, undefined, 'ebay-shipment-conflict'],
    [409, 34500, 'ebay-shipment-conflict'],
    [400, 30500, 'ebay-outcome-unknown'],
    [400, 77777, 'ebay-outcome-unknown'],
    [400, undefined, 'ebay-outcome-unknown'],
    [404, undefined, 'ebay-outcome-unknown'],
    [500, 30500, 'ebay-outcome-unknown'],
    [500, 32300, 'ebay-outcome-unknown'],
    [503, undefined, 'ebay-outcome-unknown'],
  ])('%i with %s is unknown', (status, errorId, code) => {
    expect(outcome(status, errorId)).toMatchObject({ result: 'unknown', code })
  })

  test.each([
    [429, 2001, 'rate-limit', 'ebay-quota-used-up'],
    [403, 2001, 'rate-limit', 'ebay-quota-used-up'],
    [429, undefined, 'rate-limit', 'ebay-quota-used-up'],
    [401, 1001, 'auth', 'ebay-token-refused'],
    [403, 1100, 'auth', 'ebay-scope-missing'],
  ])('%i with %s throws %s', (status, errorId, kind, code) => {
    const refusal = thrownBy(() => outcome(status, errorId, { 'retry-after': '7' }))

    expect(refusal).toMatchObject({ kind, code })
    if (kind === 'rate-limit') expect(refusal.retryAfterMs).toBe(7_000)
    if (kind === 'auth') expect(refusal.message).toMatch(/de-ebay.*lampenladen.*npm run connect/)
  })
})

function thrownBy(work: () => unknown): SyncError {
  try {
    work()
  } catch (error) {
    if (error instanceof SyncError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
