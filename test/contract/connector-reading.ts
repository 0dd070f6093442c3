import { describe, expect, test } from 'vitest'
import { addMoney, subtractMoney } from '../../core/value/money.ts'
import { type ConnectorContractHarness, contractWorld, minuteMs } from './connector-world.ts'

/** Reading orders: nothing is lost, whatever the pages look like. */
export function describeReading(harness: ConnectorContractHarness): void {
  const many = harness.manyOrders ?? 30

  describe('reading orders', () => {
    test('names the account that the credentials belong to', async () => {
      const world = contractWorld(harness)

      const check = await world.connector.checkConnection(world.call)

      expect(check.account).not.toBe('')
    })

    test('finds every order, over several pages', async () => {
      const world = contractWorld(harness)
      const placed = world.placeMany(many)
      world.advance(minuteMs)

      const reading = await world.readAll()

      expect([...reading.orders.keys()].sort()).toEqual([...placed].sort())
      expect(reading.rejected).toEqual([])
      expect(reading.pages).toBeGreaterThan(1)
    })

    test('finds every order when more than a page carries one timestamp', async () => {
      const world = contractWorld(harness)
      const placed = world.placeMany(many, 0)
      world.advance(minuteMs)

      const reading = await world.readAll()

      expect([...reading.orders.keys()].sort()).toEqual([...placed].sort())
    })

    test('reads whole orders: address, lines, SKU, quantity, price, and totals that add up', async () => {
      const world = contractWorld(harness)
      const id = world.place()
      world.advance(minuteMs)

      const order = (await world.readAll()).orders.get(id)

      expect(order).toMatchObject({ platformOrderId: id, status: 'open', paymentState: 'paid', fulfilledBy: 'seller', holds: [] })
      expect(order?.personal.shipTo).toMatchObject({ line1: '1 Main Street', city: 'Newark', postcode: '07102', country: 'US' })
      const channelSkus = harness.oneLinePerOrder ? ['LAMP-RED'] : ['CABLE-1M', 'LAMP-RED']
      expect(order?.lines.map((line) => line.channelSku).sort()).toEqual(channelSkus)
      const lamp = order?.lines.find((line) => line.channelSku === 'LAMP-RED')
      expect(lamp).toMatchObject({ quantity: 2, cancelledQuantity: 0, shippedQuantity: 0, unitPrice: { minorUnits: 1234 } })
      const totals = order?.totals
      if (!totals) throw new Error('an order with prices has totals')
      const sum = subtractMoney(addMoney(addMoney(totals.items, totals.shipping), totals.tax), totals.discount)
      expect(totals.grand).toEqual(sum)
    })

    test('reads one order by its id exactly as the page shows it, and knows nothing of an unknown id', async () => {
      const world = contractWorld(harness)
      const id = world.place()
      world.advance(minuteMs)
      const fromPage = (await world.readAll()).orders.get(id)

      const single = await world.connector.fetchOrder(id, world.call)
      const unknown = await world.connector.fetchOrder(id.replace(/\d/g, '9'), world.call)

      expect(withoutReadingDetails(single)).toEqual(withoutReadingDetails(fromPage))
      expect(unknown).toBeUndefined()
    })

    test('finds a change made after the cursor', async () => {
      const world = contractWorld(harness)
      const id = world.place()
      world.advance(minuteMs)
      const first = await world.readAll()
      world.advance(30 * minuteMs)
      world.change(id, { type: 'cancel' })
      world.advance(minuteMs)

      const second = await world.readAll(first.cursor)

      expect(first.orders.get(id)?.status).toBe('open')
      expect(second.orders.get(id)?.status).toBe('cancelled')
    })

    test('finds an order that becomes visible late but within the overlap', async () => {
      const world = contractWorld(harness)
      world.place()
      world.advance(minuteMs)
      const first = await world.readAll()
      const late = world.place({ placedAt: world.call.now() })
      world.advance(5 * minuteMs)

      const second = await world.readAll(first.cursor)

      expect(second.orders.has(late)).toBe(true)
    })

    test('goes on in the middle of a window after a restart at any page', async () => {
      const world = contractWorld(harness)
      const placed = world.placeMany(many)
      world.advance(minuteMs)
      const seen = new Set<string>()
      let cursor: string | undefined
      for (let hasMore = true; hasMore; ) {
        const page = await world.restart().fetchOrderChanges(cursor, world.call)
        for (const order of page.orders) seen.add(order.platformOrderId)
        cursor = page.nextCursor
        hasMore = page.hasMore
      }

      expect([...seen].sort()).toEqual([...placed].sort())
    })

    test('loses nothing when orders change while they are paged', async () => {
      const world = contractWorld(harness)
      const placed = world.placeMany(many)
      world.advance(minuteMs)
      const seen = new Set<string>()
      const first = await world.connector.fetchOrderChanges(undefined, world.call)
      for (const order of first.orders) seen.add(order.platformOrderId)
      for (const id of placed.slice(0, 3)) world.change(id, { type: 'touch' })
      world.advance(minuteMs)

      const rest = await world.readAll(first.nextCursor)
      world.advance(minuteMs)
      const next = await world.readAll(rest.cursor)

      for (const id of [...rest.orders.keys(), ...next.orders.keys()]) seen.add(id)
      expect([...seen].sort()).toEqual([...placed].sort())
    })

    test('loses nothing when the first order of each page moves to the end while it is read', async () => {
      const world = contractWorld(harness)
      const placed = world.placeMany(many)
      world.advance(minuteMs)
      world.marketplace.faults.set([{ kind: 'G5-page-shift', operations: harness.operations.readOrders, times: 2 }])
      const first = await world.readAll()
      world.advance(minuteMs)

      const second = await world.readAll(first.cursor)

      expect([...new Set([...first.orders.keys(), ...second.orders.keys()])].sort()).toEqual([...placed].sort())
    })

    test.skipIf(!harness.unpaidOrders)('waits with an order that is not paid, and finds it again when it is', async () => {
      const world = contractWorld(harness)
      const id = world.place({ payment: 'unpaid' })
      world.advance(minuteMs)
      const first = await world.readAll()
      world.advance(30 * minuteMs)
      world.change(id, { type: 'pay' })
      world.advance(minuteMs)

      const second = await world.readAll(first.cursor)

      expect(first.orders.get(id)).toMatchObject({ status: 'awaiting-payment', paymentState: 'pending' })
      expect(second.orders.get(id)).toMatchObject({ status: 'open', paymentState: 'paid' })
    })

    test.skipIf(!harness.cancelsUnits)('counts cancelled units of a line and keeps the quantity as ordered', async () => {
      const world = contractWorld(harness)
      const id = world.place()
      world.change(id, { type: 'cancel-units', line: 0, quantity: 1 })
      world.advance(minuteMs)

      const order = (await world.readAll()).orders.get(id)

      const lamp = order?.lines.find((line) => line.channelSku === 'LAMP-RED')
      expect(lamp).toMatchObject({ quantity: 2, cancelledQuantity: 1, shippedQuantity: 0 })
    })

    test('is still complete when pages repeat a record or come in another order', async () => {
      const world = contractWorld(harness)
      const placed = world.placeMany(many)
      world.advance(minuteMs)
      world.marketplace.faults.set([
        { kind: 'G1-duplicate', operations: harness.operations.readOrders },
        { kind: 'G2-reordered', operations: harness.operations.readOrders },
      ])

      const reading = await world.readAll()

      expect([...reading.orders.keys()].sort()).toEqual([...placed].sort())
    })

    test('lists every order of a time window by creation, for the sweep', async () => {
      const world = contractWorld(harness)
      const from = world.now()
      const placed = world.placeMany(many)
      world.advance(minuteMs)
      const listed = new Map<string, string>()
      let page: string | undefined
      do {
        const listing = await world.connector.listOrders({ from, to: world.now() }, page, world.call)
        for (const order of listing.orders) listed.set(order.platformOrderId, order.status)
        page = listing.nextPage
      } while (page !== undefined)

      expect([...listed.keys()].sort()).toEqual([...placed].sort())
      expect(new Set(listed.values())).toEqual(new Set(['open']))
    })

    test('names every call by an operation that has a published rate', async () => {
      const world = contractWorld(harness)
      world.place()
      world.advance(minuteMs)
      await world.readAll()

      const unknown = world.call.calls.filter((call) => harness.definition.rateLimits[call.operation] === undefined)

      expect(world.call.calls.length).toBeGreaterThan(0)
      expect(unknown).toEqual([])
    })
  })
}

/** What a page and a single reading may show differently: the payload as sent. */
function withoutReadingDetails(order: object | undefined): unknown {
  return order && { ...order, raw: undefined }
}
