import { describe, expect, test } from 'vitest'
import { minuteMs } from '../../../contract/connector-world.ts'
import { ebayWorld, filtersOf, requestsOf } from '../ebay-world.ts'

describe('asking eBay for changed orders', () => {
  test('sends the window of change dates alone, with taxes, 200 a page [ebay-trap-04] [ebay-trap-06] [ebay-trap-07] [ebay-read-03] [ebay-read-06]', async () => {
    const world = ebayWorld()

    await world.readAll()

    const search = world.transport.sent.map((request) => new URL(request.url)).find((url) => url.pathname === '/sell/fulfillment/v1/order')
    expect(Object.fromEntries(search?.searchParams ?? [])).toEqual({
      filter: 'lastmodifieddate:[2026-11-24T06:50:00.000Z..2026-11-24T07:59:58.000Z]',
      limit: '200',
      offset: '0',
      fieldGroups: 'TAX_BREAKDOWN',
    })
    expect(search?.search).toContain('%5B2026')
  })

  test('reads the overlap again in the next pass', async () => {
    const world = ebayWorld()
    const first = await world.readAll()
    world.advance(5 * minuteMs)

    await world.readAll(first.cursor)

    expect(filtersOf(world).at(-1)).toBe('lastmodifieddate:[2026-11-24T07:49:58.000Z..2026-11-24T08:04:58.000Z]')
  })

  test('cuts a busy window into windows that a page holds, so that offsets stay zero [ebay-read-04]', async () => {
    const world = ebayWorld()
    const placed = world.placeMany(450, 2_000)
    world.advance(minuteMs)

    const reading = await world.readAll()

    expect(reading.orders.size).toBe(placed.length)
    const offsets = world.transport.sent.map((request) => new URL(request.url).searchParams.get('offset')).filter((text) => text !== null)
    expect(new Set(offsets)).toEqual(new Set(['0']))
  })

  test('pages by offset when one moment holds more than a page [ebay-trap-14]', async () => {
    const world = ebayWorld()
    const placed = world.placeMany(450, 0)
    world.advance(minuteMs)

    const reading = await world.readAll()

    expect([...reading.orders.keys()].sort()).toEqual([...placed].sort())
    expect(world.transport.sent.some((request) => request.url.includes('offset=400'))).toBe(true)
  })

  test('reads a window again when rows move up while it is paged [ebay-read-05] [ebay-trap-07]', async () => {
    const world = ebayWorld()
    const placed = world.placeMany(450, 0)
    world.advance(minuteMs)
    world.marketplace.faults.set([{ kind: 'G5-page-shift', operations: ['getOrders'], times: 12 }])

    const seen = new Set<string>()
    let cursor: string | undefined
    for (let pass = 0; pass < 4; pass += 1) {
      const reading = await world.readAll(cursor)
      for (const id of reading.orders.keys()) seen.add(id)
      cursor = reading.cursor
      world.advance(minuteMs)
    }

    expect([...seen].sort()).toEqual([...placed].sort())
    expect(world.marketplace.faults.counts()['G5-page-shift']).toBe(12)
  })

  test('leaves a window that never rests to the next pass and loses nothing [ebay-read-05]', async () => {
    const world = ebayWorld({ switches: { pagesShift: true } })
    const placed = world.placeMany(205, 0)
    world.advance(minuteMs)
    const seen = new Set<string>()
    let cursor: string | undefined
    for (let pass = 0; pass < 8; pass += 1) {
      const reading = await world.readAll(cursor)
      for (const id of reading.orders.keys()) seen.add(id)
      cursor = reading.cursor
      world.advance(5 * minuteMs)
    }

    expect([...seen].sort()).toEqual([...placed].sort())
  })

  test('steps behind eBay’s clock when its own runs ahead [ebay-error-11]', async () => {
    const world = ebayWorld()
    const id = world.place()
    world.advance(30 * minuteMs)
    let refusals = 0
    world.transport.tamper({
      answer: (request) => {
        const to = new URL(request.url).searchParams.get('filter')?.match(/\.\.(.*)\]/)?.[1]
        if (to === undefined || to <= '2026-11-24T08:20:00.000Z') return undefined
        refusals += 1
        const errors = [
          { errorId: 30850, domain: 'API_FULFILLMENT', category: 'REQUEST', message: "Start and end dates can't be in the future" },
        ]
        return { status: 400, headers: { date: 'Tue, 24 Nov 2026 08:20:00 GMT' }, body: JSON.stringify({ errors }) }
      },
    })

    const reading = await world.readAll()

    expect(refusals).toBe(1)
    expect(reading.orders.has(id)).toBe(true)
    expect(filtersOf(world).at(-1)).toContain('..2026-11-24T08:19:58.000Z]')
    expect(world.call.lines.map((line) => line.message)).toContain('the clock of this machine runs ahead of eBay')
  })

  test('tries four ends of a window in one pass and goes on in the next, when eBay does not tell its time [ebay-error-11]', async () => {
    const world = ebayWorld()
    const id = world.place()
    world.advance(30 * minuteMs)
    world.transport.tamper({
      answer: (request) => {
        const to = new URL(request.url).searchParams.get('filter')?.match(/\.\.(.*)\]/)?.[1]
        if (to === undefined || to <= '2026-11-24T08:25:00.000Z') return undefined
        return { status: 400, headers: {}, body: '{"errors":[{"errorId":30850,"domain":"API_FULFILLMENT","message":"in the future"}]}' }
      },
    })

    const first = await world.readAll()
    const second = await world.readAll(first.cursor)

    expect(first.orders.size).toBe(0)
    expect(filtersOf(world).map((filter) => filter.slice(-25, -1))).toEqual([
      '2026-11-24T08:29:58.000Z',
      '2026-11-24T08:28:58.000Z',
      '2026-11-24T08:27:58.000Z',
      '2026-11-24T08:26:58.000Z',
      '2026-11-24T08:25:58.000Z',
      '2026-11-24T08:24:58.000Z',
    ])
    expect([...second.orders.keys()]).toEqual([id])
  })

  test('reads an order with a request to cancel by itself, because lists do not show it [ebay-trap-05] [ebay-read-09]', async () => {
    const world = ebayWorld()
    const [asked, plain] = [world.place(), world.place()]
    world.change(asked, { type: 'request-cancel' })
    world.advance(minuteMs)

    const { orders } = await world.readAll()

    expect(orders.get(asked)?.holds.map((hold) => hold.reason)).toEqual(['cancel-pending'])
    expect(orders.get(asked)?.raw).toMatchObject({ cancelStatus: { cancelRequests: [{ cancelRequestState: 'REQUESTED' }] } })
    expect(orders.get(plain)?.holds).toEqual([])
    expect(requestsOf(world, 'getOrder')).toBe(1)
  })

  test.each([
    ['FULFILLED', {}],
    ['IN_PROGRESS', { partShippedLinesAreInProgress: true }],
  ])(
    'counts units shipped elsewhere of a line that has gone in part, which eBay calls %s [ebay-state-02] [ebay-trap-15] [ebay-write-12]',
    async (_word, switches) => {
      const world = ebayWorld({ switches })
      const id = world.place()
      world.advance(minuteMs)
      const order = (await world.readAll()).orders.get(id)
      if (!order) throw new Error('the order was not read')
      const lines = order.lines.slice(0, 1).map((line) => ({ platformLineId: line.platformLineId, quantity: 1 }))
      await world.connector.confirmShipment(world.confirmation(order, { lines }), world.call)
      world.advance(minuteMs)

      const read = (await world.readAll()).orders.get(id)

      expect(read?.status).toBe('partially-shipped')
      expect(read?.lines.map((line) => line.shippedQuantity)).toEqual([1, 0])
      expect(read?.shipments?.map((shipment) => shipment.trackingNumber)).toEqual(['1Z999AA10123456784'])
    },
  )

  test('reads the shipments of orders that are begun and have several units of a line, and of no others [ebay-trap-15]', async () => {
    const world = ebayWorld()
    const line = { channelSku: 'MUG', title: 'Mug', unitPrice: '5.00' }
    const place = (quantity: number) => world.place({ lines: [{ ...line, quantity }], discount: '0.00' })
    const [single, several] = [place(1), place(3), place(3)]
    world.advance(minuteMs)
    const open = await world.readAll()
    expect(requestsOf(world, 'getShippingFulfillments')).toBe(0)
    for (const id of [single, several]) world.change(id, { type: 'ship-elsewhere', trackingNumber: `1Z${id}`, carrier: 'UPS' })
    world.advance(minuteMs)

    const { orders } = await world.readAll(open.cursor)

    expect([single, several].map((id) => orders.get(id)?.status)).toEqual(['shipped', 'shipped'])
    expect(requestsOf(world, 'getShippingFulfillments')).toBe(1)
  })

  test('reads the shipments once for each change of an order, however often the overlap shows it [ebay-trap-15]', async () => {
    const world = ebayWorld()
    const id = world.place()
    world.change(id, { type: 'ship-elsewhere', trackingNumber: '1Z001', carrier: 'UPS' })
    const counts: number[] = []
    let cursor: string | undefined
    for (let pass = 0; pass < 4; pass += 1) {
      if (pass === 2) world.change(id, { type: 'touch' })
      world.advance(3 * minuteMs)
      const reading = await world.readAll(cursor)
      cursor = reading.cursor
      counts.push(reading.orders.size, requestsOf(world, 'getShippingFulfillments'))
    }

    expect(counts).toEqual([1, 1, 0, 1, 1, 2, 0, 2])
    world.advance(60 * minuteMs)
    expect((await world.readAll(cursor)).cursor).toContain('"counted":{}')
  })

  test('reads the window from its beginning when eBay refuses the next page of it [ebay-error-13]', async () => {
    const world = ebayWorld()
    const placed = world.placeMany(250, 0)
    world.advance(minuteMs)
    let refusals = 0
    world.transport.tamper({
      answer: ({ url }) => {
        if (refusals > 0 || !url.includes('offset=200')) return undefined
        refusals += 1
        return {
          status: 400,
          headers: {},
          body: '{"errors":[{"errorId":31000,"domain":"API_FULFILLMENT","message":"Invalid offset: 200"}]}',
        }
      },
    })

    const reading = await world.readAll()

    expect(refusals).toBe(1)
    expect([...reading.orders.keys()].sort()).toEqual([...placed].sort())
  })

  test('stops when the orders are those of another seller, and says whose [ebay-trap-11]', async () => {
    const world = ebayWorld()
    world.place()
    world.advance(minuteMs)
    world.transport.tamper({ change: (response) => ({ ...response, body: response.body.replaceAll('seller-contract', 'gartenladen') }) })

    await expect(world.readAll()).rejects.toMatchObject({
      kind: 'auth',
      code: 'ebay-account-differs',
      message: expect.stringMatching(/contract-shop: the consent belongs to gartenladen, not to seller-contract/),
    })
  })

  test('logs what eBay warns of, and reads the orders beside it [ebay-read-16]', async () => {
    const world = ebayWorld()
    const id = world.place()
    world.advance(minuteMs)
    const warning = '"warnings":[{"errorId":40010,"message":"some orders are incomplete"}],"orders":'
    world.transport.tamper({ change: (response) => ({ ...response, body: response.body.replace('"orders":', warning) }) })

    expect([...(await world.readAll()).orders.keys()]).toEqual([id])
    expect(world.call.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ errorId: 40_010, said: 'some orders are incomplete' }) }),
    )
  })

  test('does not see an unpaid purchase, which is read when it is paid [ebay-read-07]', async () => {
    const world = ebayWorld()
    const id = world.place({ payment: 'unpaid' })
    world.advance(minuteMs)
    const first = await world.readAll()
    world.change(id, { type: 'pay' })
    world.advance(minuteMs)

    expect(first.orders.size).toBe(0)
    expect((await world.readAll(first.cursor)).orders.get(id)).toMatchObject({ status: 'open', paymentState: 'paid' })
  })

  test('sees a cancellation and a refund, which move the time of change [ebay-read-08]', async () => {
    const world = ebayWorld()
    const [cancelled, refunded] = [world.place(), world.place()]
    world.advance(60 * minuteMs)
    const first = await world.readAll()
    world.change(cancelled, { type: 'cancel' })
    world.change(refunded, { type: 'refund' })
    world.advance(minuteMs)

    const { orders } = await world.readAll(first.cursor)

    expect(orders.get(cancelled)).toMatchObject({ status: 'cancelled', lines: [{ cancelledQuantity: 2 }, { cancelledQuantity: 1 }] })
    expect(orders.get(refunded)).toMatchObject({ status: 'open', paymentState: 'refunded', holds: [{ reason: 'platform-hold' }] })
  })

  test('sees a line that was refunded before it left as cancelled [ebay-field-17]', async () => {
    const world = ebayWorld()
    const id = world.place()
    world.change(id, { type: 'cancel-units', line: 0, quantity: 2 })
    world.advance(minuteMs)

    expect((await world.readAll()).orders.get(id)).toMatchObject({
      status: 'open',
      paymentState: 'partially-refunded',
      lines: [{ quantity: 2, cancelledQuantity: 2 }, { cancelledQuantity: 0 }],
      holds: [],
    })
  })

  test('skips nothing when an error body comes with status 200 [ebay-error-22]', async () => {
    const world = ebayWorld()
    const id = world.place()
    world.advance(minuteMs)
    world.marketplace.faults.set([{ kind: 'H17-200-error-body', operations: ['getOrders'], times: 1 }])

    await expect(world.readAll()).rejects.toMatchObject({ kind: 'transient' })
    expect([...(await world.readAll()).orders.keys()]).toEqual([id])
  })
})
