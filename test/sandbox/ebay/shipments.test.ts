import { describe, expect, test } from 'vitest'
import { addMs } from '../../../core/value/instant.ts'
import { type Caller, createCaller, errorIds, filterPath, orderPath } from './caller.ts'

async function lineIds(caller: Caller, orderId: string): Promise<readonly [string, string]> {
  const { body } = await caller.get(`${orderPath}/${orderId}`)
  return [body.lineItems[0].lineItemId, body.lineItems[1].lineItemId]
}

async function openOrder(switches: Readonly<Record<string, boolean>> = {}) {
  const caller = createCaller(switches)
  const orderId = caller.place()
  caller.advance(3_600_000)
  const [first, second] = await lineIds(caller, orderId)
  const path = `${orderPath}/${orderId}/shipping_fulfillment`
  const body = {
    lineItems: [{ lineItemId: first, quantity: 1 }],
    shippedDate: caller.now(),
    shippingCarrierCode: 'DHL',
    trackingNumber: '00340434161234567890',
  }
  return { caller, orderId, first, second, path, body }
}

describe('createShippingFulfillment', () => {
  test('answers 201 with an empty body and a Location that ends in the tracking number', async () => {
    const { caller, orderId, path, body } = await openOrder()

    const answer = await caller.post(path, body)

    expect(answer).toMatchObject({ status: 201, text: '' })
    expect(answer.headers.get('location')).toBe(`https://api.ebay.com${orderPath}/${orderId}/shipping_fulfillment/00340434161234567890`)
  })

  test('moves the order on, and shows the package in every reading', async () => {
    const { caller, orderId, first, second, path, body } = await openOrder()
    await caller.post(path, body)
    const partial = (await caller.get(`${orderPath}/${orderId}`)).body
    await caller.post(path, {
      ...body,
      lineItems: [
        { lineItemId: first, quantity: 1 },
        { lineItemId: second, quantity: 1 },
      ],
      trackingNumber: '00340434161234567891',
    })

    const whole = (await caller.get(`${orderPath}/${orderId}`)).body
    const { fulfillments, total } = (await caller.get(path)).body

    expect([partial.orderFulfillmentStatus, whole.orderFulfillmentStatus]).toEqual(['IN_PROGRESS', 'FULFILLED'])
    expect(partial.lineItems[0].lineItemFulfillmentStatus).toBe('FULFILLED')
    expect(whole.fulfillmentHrefs.map((href: string) => href.split('/').at(-1))).toEqual(['00340434161234567890', '00340434161234567891'])
    expect(total).toBe(2)
    expect(fulfillments[0]).toEqual({
      fulfillmentId: '00340434161234567890',
      shipmentTrackingNumber: '00340434161234567890',
      shippingCarrierCode: 'DHL',
      shippedDate: caller.now(),
      lineItems: [{ lineItemId: first, quantity: 1 }],
    })
    expect((await caller.get(`${path}/00340434161234567891`)).body.fulfillmentId).toBe('00340434161234567891')
    expect(errorIds(await caller.get(`${path}/1`))).toEqual([32110])
  })

  test.each([
    ['FULFILLED, as documented', {}, 'FULFILLED', 0],
    ['IN_PROGRESS, when that is switched on', { partShippedLinesAreInProgress: true }, 'IN_PROGRESS', 1],
  ])('of one unit of two makes the line and its order %s', async (_words, switches, word, stillOpen) => {
    const caller = createCaller(switches)
    const orderId = caller.place({ lines: [{ channelSku: 'LAMP-RED', title: 'Lampe', quantity: 2, unitPrice: '12.30' }] })
    const lineItemId = (await caller.get(`${orderPath}/${orderId}`)).body.lineItems[0].lineItemId
    await caller.post(`${orderPath}/${orderId}/shipping_fulfillment`, { lineItems: [{ lineItemId, quantity: 1 }] })

    const order = (await caller.get(`${orderPath}/${orderId}`)).body
    const open = await caller.get(filterPath('orderfulfillmentstatus:{NOT_STARTED|IN_PROGRESS}'))

    expect([order.orderFulfillmentStatus, order.lineItems[0].lineItemFulfillmentStatus]).toEqual([word, word])
    expect(open.body.total).toBe(stillOpen)
    expect(caller.marketplace.ledger('one').orders[0]?.status).toBe('partially-shipped')
  })

  test('counts one unit of a line without quantity', async () => {
    const { caller, first, path, body } = await openOrder()

    await caller.post(path, { ...body, lineItems: [{ lineItemId: first }] })

    expect((await caller.get(path)).body.fulfillments[0].lineItems).toEqual([{ lineItemId: first, quantity: 1 }])
  })

  test('names a package without tracking by an arbitrary number', async () => {
    const { caller, first, path } = await openOrder()

    const answer = await caller.post(path, { lineItems: [{ lineItemId: first, quantity: 1 }] })

    expect(answer.headers.get('location')).toMatch(/\/999$/)
  })

  test.each([
    ['a hyphen in the number', { trackingNumber: '0034-0434' }, 32300],
    ['a space in the number', { trackingNumber: '0034 0434' }, 32300],
    ['a number without carrier', { shippingCarrierCode: undefined }, 32300],
    ['a carrier without number', { trackingNumber: undefined }, 32300],
    ['a line of another order', { lineItems: [{ lineItemId: '1', quantity: 1 }] }, 32200],
    ['a date in the future', { shippedDate: '2027-01-01T00:00:00.000Z' }, 32500],
    ['a date before the purchase', { shippedDate: '2026-01-01T00:00:00.000Z' }, 32500],
    ['a date without zone', { shippedDate: '2026-11-24T12:30:00' }, 32500],
    ['a field that does not exist', { carrier: 'DHL' }, 32600],
    ['no lines', { lineItems: [] }, 32600],
    ['a quantity as text', { lineItems: [{ lineItemId: '1', quantity: '1' }] }, 32600],
  ])('refuses %s', async (_, changes, errorId) => {
    const { caller, path, body } = await openOrder()

    const answer = await caller.post(path, { ...body, ...changes })

    expect([answer.status, errorIds(answer)]).toEqual([400, [errorId]])
    expect(caller.marketplace.ledger('one').orders[0]?.shipments).toEqual([])
  })

  test('refuses a line twice, more units than were bought, an unknown order and a cancelled one', async () => {
    const { caller, orderId, first, path, body } = await openOrder()
    const line = { lineItemId: first, quantity: 1 }

    expect(errorIds(await caller.post(path, { ...body, lineItems: [line, line] }))).toEqual([32210])
    expect(errorIds(await caller.post(path, { ...body, lineItems: [{ ...line, quantity: 3 }] }))).toEqual([32600])
    expect(errorIds(await caller.post(`${orderPath}/1/shipping_fulfillment`, body))).toEqual([32100])
    caller.marketplace.changeOrder('one', orderId, { type: 'cancel' })
    expect(errorIds(await caller.post(path, body))).toEqual([32600])
  })

  test('takes the same number again without effect, or refuses it with 409 when that is switched on', async () => {
    const kind = await openOrder()
    const strict = await openOrder({ repeatedTrackingIsRefused: true })
    await kind.caller.post(kind.path, kind.body)
    await strict.caller.post(strict.path, strict.body)

    const taken = await kind.caller.post(kind.path, kind.body)
    const refused = await strict.caller.post(strict.path, strict.body)

    expect(taken.status).toBe(201)
    expect([refused.status, errorIds(refused)]).toEqual([409, [34500]])
    for (const { caller } of [kind, strict]) expect(caller.marketplace.ledger('one').orders[0]?.shipments).toHaveLength(1)
  })

  test('is not shown by reads for a while when they lag', async () => {
    const { caller, path, body } = await openOrder()
    caller.marketplace.faults.set([{ kind: 'H20-read-lags-write', operations: ['createShippingFulfillment'] }])
    await caller.post(path, body)

    const before = (await caller.get(path)).body.total
    caller.advance(2_000)
    const after = (await caller.get(path)).body.total

    expect([before, after]).toEqual([0, 1])
    expect(caller.marketplace.ledger('one').orders[0]?.shipments).toHaveLength(1)
  })
})

describe('the ledger', () => {
  test('knows what was written through the API and what was not, and every request', async () => {
    const { caller, orderId, first, path, body } = await openOrder()
    await caller.post(path, body)
    await caller.post(path, { ...body, trackingNumber: '1-2' })
    caller.marketplace.changeOrder('one', orderId, { type: 'ship-elsewhere', trackingNumber: 'H1', carrier: 'Hermes' })

    const { orders, requests } = caller.marketplace.ledger('one')

    expect(orders[0]).toMatchObject({
      platformOrderId: orderId,
      status: 'shipped',
      shipments: [
        { trackingNumber: '00340434161234567890', carrier: 'DHL', throughApi: true, lines: [{ platformLineId: first, quantity: 1 }] },
        { trackingNumber: 'H1', throughApi: false },
      ],
    })
    expect(requests.filter((request) => request.isWrite)).toEqual([
      { at: caller.now(), operation: 'createShippingFulfillment', isWrite: true, outcome: 'executed', status: 201, subject: orderId },
      { at: caller.now(), operation: 'createShippingFulfillment', isWrite: true, outcome: 'refused', status: 400, subject: orderId },
    ])
    expect(orders[0]?.createdAt).toBe(addMs(caller.now(), -3_600_000))
  })
})

describe('bulkUpdatePriceQuantity', () => {
  const path = '/sell/inventory/v1/bulk_update_price_quantity'
  const entry = (sku: string, quantity: unknown) => ({ sku, shipToLocationAvailability: { quantity } })

  test('answers for each entry, 207 when some were refused', async () => {
    const answer = await createCaller().post(path, { requests: [entry('SKU-1', 4), entry('OTHER', 4), entry('SKU-1', -1)] })

    expect(answer.status).toBe(207)
    expect(answer.body.responses.map((response: { statusCode: number }) => response.statusCode)).toEqual([200, 400, 400])
  })

  test('refuses more than 25 entries, unknown fields and wrong types', async () => {
    const caller = createCaller()
    const many = Array.from({ length: 26 }, () => entry('SKU-1', 1))

    expect(errorIds(await caller.post(path, { requests: many }))).toEqual([25709])
    expect(errorIds(await caller.post(path, { requests: [{ ...entry('SKU-1', 1), qty: 1 }] }))).toEqual([25709])
    expect(errorIds(await caller.post(path, { requests: [entry('SKU-1', '1')] }))).toEqual([25709])
  })
})
