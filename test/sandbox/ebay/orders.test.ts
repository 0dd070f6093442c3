import { describe, expect, test } from 'vitest'
import { addMs } from '../../../core/value/instant.ts'
import { createCaller, errorIds, filterPath, orderPath } from './caller.ts'

const dayMs = 86_400_000

describe('getOrders: the filter', () => {
  test.each([
    ['paymentstatus:{PAID}', 30700],
    ['orderfulfillmentstatus:NOT_STARTED', 30800],
    ['orderfulfillmentstatus:{FULFILLED}', 30800],
    ['creationdate:2026-11-24T00:00:00.000Z', 30800],
    ['creationdate:[24.11.2026..]', 30810],
    ['creationdate:[2026-11-24T00:00:00+01:00..]', 30810],
    ['creationdate:[..2026-11-24T00:00:00.000Z]', 30820],
    ['creationdate:[2024-01-01T00:00:00.000Z..2026-11-24T00:00:00.000Z]', 30830],
    ['lastmodifieddate:[2026-11-24T02:00:00.000Z..2026-11-24T01:00:00.000Z]', 30840],
    ['lastmodifieddate:[2026-11-24T02:00:00.000Z..2026-11-24T12:00:00.001Z]', 30850],
    ['lastmodifieddate:[2026-11-25T02:00:00.000Z..]', 30850],
  ])('%s is refused with %i', async (filter, errorId) => {
    const answer = await createCaller().get(filterPath(filter))

    expect(answer.status).toBe(400)
    expect(errorIds(answer)).toEqual([errorId])
  })

  test('both bounds are inclusive', async () => {
    const caller = createCaller()
    const at = caller.now()
    const id = caller.place()
    caller.advance(60_000)

    const exact = await caller.get(filterPath(`creationdate:[${at}..${at}]`))
    const after = await caller.get(filterPath(`creationdate:[${addMs(at, 1)}..]`))

    expect(exact.body.orders.map((order: { orderId: string }) => order.orderId)).toEqual([id])
    expect(after.body).toMatchObject({ total: 0, orders: [] })
  })

  test('creationdate wins over lastmodifieddate', async () => {
    const caller = createCaller()
    const at = caller.now()
    caller.place()
    caller.advance(60_000)
    const later = caller.now()

    const answer = await caller.get(filterPath(`creationdate:[${at}..${at}],lastmodifieddate:[${later}..]`))

    expect(answer.body.total).toBe(1)
  })

  test('a change moves an order to another window of lastmodifieddate', async () => {
    const caller = createCaller()
    const at = caller.now()
    const id = caller.place()
    caller.advance(60_000)
    caller.marketplace.changeOrder('one', id, { type: 'touch' })

    const before = await caller.get(filterPath(`lastmodifieddate:[${at}..${addMs(at, 30_000)}]`))
    const after = await caller.get(filterPath(`lastmodifieddate:[${addMs(at, 30_000)}..]`))

    expect([before.body.total, after.body.total]).toEqual([0, 1])
  })

  test('takes the two sets of states that exist', async () => {
    const caller = createCaller()
    caller.place()

    const open = await caller.get(filterPath('orderfulfillmentstatus:{NOT_STARTED|IN_PROGRESS}'))
    const done = await caller.get(filterPath('orderfulfillmentstatus:{FULFILLED|IN_PROGRESS}'))

    expect([open.body.total, done.body.total]).toEqual([1, 0])
  })

  test('without one, orders of the last 90 days are shown', async () => {
    const caller = createCaller()
    caller.place({ placedAt: addMs(caller.now(), -91 * dayMs) })
    const id = caller.place({ placedAt: addMs(caller.now(), -89 * dayMs) })

    const { body } = await caller.get(orderPath)

    expect(body.orders.map((order: { orderId: string }) => order.orderId)).toEqual([id])
  })
})

describe('getOrders: pages', () => {
  test.each([
    ['limit=201', 31100],
    ['limit=0', 31100],
    ['limit=ten', 31100],
    ['offset=-1', 31000],
    ['fieldGroups=EVERYTHING', 32800],
    [`orderIds=${Array.from({ length: 51 }, (_, index) => index).join(',')}`, 30900],
  ])('%s is refused with %i', async (query, errorId) => {
    expect(errorIds(await createCaller().get(`${orderPath}?${query}`))).toEqual([errorId])
  })

  test('tell total, limit, offset and the neighbors', async () => {
    const caller = createCaller()
    for (let count = 0; count < 5; count += 1) caller.place()

    const { body } = await caller.get(`${orderPath}?limit=2&offset=2`)

    expect(body).toMatchObject({ total: 5, limit: 2, offset: 2 })
    expect(body.orders).toHaveLength(2)
    expect([body.next, body.prev].map((href: string) => new URL(href).searchParams.get('offset'))).toEqual(['4', '0'])
  })

  test('have 50 rows when no limit is named', async () => {
    const caller = createCaller()
    for (let count = 0; count < 51; count += 1) caller.place()

    expect((await caller.get(orderPath)).body.orders).toHaveLength(50)
  })

  test('move while they are read, when that is switched on', async () => {
    const caller = createCaller({ pagesShift: true })
    const placed = Array.from({ length: 4 }, () => caller.place())
    const window = filterPath(`lastmodifieddate:[${caller.now()}..${caller.now()}]`, '&limit=2')
    caller.advance(1_000)

    const first = await caller.get(window)
    const second = await caller.get(`${window}&offset=2`)

    const seen = [...first.body.orders, ...second.body.orders].map((order: { orderId: string }) => order.orderId)
    expect(first.body.total).toBe(4)
    expect(second.body.total).toBe(3)
    expect(new Set(seen).size).toBeLessThan(placed.length)
  })

  test('are ignored with orderIds', async () => {
    const caller = createCaller()
    const [first, , third] = [caller.place(), caller.place(), caller.place()]

    const { body } = await caller.get(`${orderPath}?orderIds=${first},${third},99-99999-99999&limit=1`)

    expect(body.orders.map((order: { orderId: string }) => order.orderId).sort()).toEqual([first, third].sort())
  })
})

describe('orders as they are shown', () => {
  test('TAX_BREAKDOWN adds the tax that eBay collects to the amounts', async () => {
    const caller = createCaller()
    const id = caller.place()

    const plain = (await caller.get(`${orderPath}/${id}`)).body
    const withTaxes = (await caller.get(`${orderPath}/${id}?fieldGroups=TAX_BREAKDOWN`)).body

    expect(plain.pricingSummary.total).toEqual({ value: '33.5', currency: 'EUR' })
    expect(withTaxes.pricingSummary.total).toEqual({ value: '39.83', currency: 'EUR' })
    expect(plain.pricingSummary).toMatchObject({ priceSubtotal: { value: '29.6' }, priceDiscount: { value: '-1.0' } })
    expect(plain).toMatchObject({ ebayCollectAndRemitTax: true })
  })

  test('cancel requests are shown by getOrder alone', async () => {
    const caller = createCaller()
    const id = caller.place()
    caller.marketplace.changeOrder('one', id, { type: 'request-cancel' })

    const listed = (await caller.get(orderPath)).body.orders[0]
    const single = (await caller.get(`${orderPath}/${id}`)).body

    expect(listed.cancelStatus).toEqual({ cancelState: 'IN_PROGRESS', cancelRequests: [] })
    expect(single.cancelStatus.cancelRequests).toMatchObject([{ cancelRequestState: 'REQUESTED', cancelInitiator: 'Buyer' }])
  })

  test('a cancelled order is refunded, and its request complete', async () => {
    const caller = createCaller()
    const id = caller.place()
    caller.marketplace.changeOrder('one', id, { type: 'request-cancel' })
    caller.marketplace.changeOrder('one', id, { type: 'cancel' })

    const { body } = await caller.get(`${orderPath}/${id}`)

    expect(body).toMatchObject({
      orderPaymentStatus: 'FULLY_REFUNDED',
      cancelStatus: { cancelState: 'CANCELED', cancelRequests: [{ cancelRequestState: 'COMPLETED' }] },
    })
    expect(body.paymentSummary.refunds[0].amount).toEqual({ value: '33.5', currency: 'EUR' })
  })

  test.each([
    [13, true, true],
    [15, false, true],
    [91, false, false],
  ])('after %i days: e-mail %s, name and street %s', async (days, hasEmail, hasName) => {
    const caller = createCaller()
    const id = caller.place()
    caller.advance(days * dayMs)

    const { body } = await caller.get(`${orderPath}/${id}`)

    const { shipTo } = body.fulfillmentStartInstructions[0].shippingStep
    expect('email' in shipTo).toBe(hasEmail)
    expect('fullName' in shipTo).toBe(hasName)
    expect('addressLine1' in shipTo.contactAddress).toBe(hasName)
    expect(shipTo.contactAddress).toMatchObject({ city: 'Berlin', postalCode: '10115' })
  })

  test('unpaid purchases are not there, unless that is switched on', async () => {
    const hidden = createCaller()
    const id = hidden.place({ payment: 'unpaid' })
    const shown = createCaller({ unpaidOrdersAreListed: true })
    shown.place({ payment: 'unpaid' })

    expect((await hidden.get(`${orderPath}/${id}`)).status).toBe(404)
    expect((await shown.get(orderPath)).body.orders[0].orderPaymentStatus).toBe('PENDING')
    hidden.marketplace.changeOrder('one', id, { type: 'pay' })
    expect((await hidden.get(`${orderPath}/${id}`)).body.orderPaymentStatus).toBe('PAID')
  })

  test.each([
    ['digital', 'DIGITAL'],
    ['pickup', 'PREPARE_FOR_PICKUP'],
    ['platform-fulfilled', 'FULFILLED_BY_EBAY'],
  ] as const)('an order of kind %s has no address and is not ours', async (kind, word) => {
    const caller = createCaller()
    const id = caller.place({ kind })

    const [instruction] = (await caller.get(`${orderPath}/${id}`)).body.fulfillmentStartInstructions

    expect(instruction.fulfillmentInstructionsType).toBe(word)
    expect(instruction.shippingStep?.shipTo).toBeUndefined()
    expect(caller.marketplace.ledger('one').orders[0]?.oursToShip).toBe(false)
  })

  test('an order through a hub shows the hub, the reference, and the destination apart', async () => {
    const caller = createCaller()
    const id = caller.place({ kind: 'hub-forwarded' })

    const [instruction] = (await caller.get(`${orderPath}/${id}`)).body.fulfillmentStartInstructions

    expect(instruction).toMatchObject({ ebaySupportedFulfillment: true, finalDestinationAddress: { city: 'Berlin' } })
    expect(instruction.shippingStep.shipTo.contactAddress.city).toBe('Erlanger')
    expect(instruction.shippingStep.shipToReferenceId).toMatch(/^\d{16}$/)
  })

  test('what eBay cannot do is said plainly', () => {
    const caller = createCaller()
    const id = caller.place()

    expect(() => caller.marketplace.changeOrder('one', id, { type: 'split' })).toThrow(/eBay has no such thing/)
    expect(() => caller.marketplace.changeOrder('one', id, { type: 'uncancel' })).toThrow(/eBay has no such thing/)
  })

  test('an order that has vanished is unknown', async () => {
    const caller = createCaller()
    const id = caller.place()
    caller.marketplace.changeOrder('one', id, { type: 'vanish' })

    expect((await caller.get(`${orderPath}/${id}`)).status).toBe(404)
    expect(errorIds(await caller.get(`${orderPath}/nonsense`))).toEqual([32100])
    expect(caller.marketplace.ledger('one').orders[0]?.visible).toBe(false)
  })
})
