import { describe, expect, test } from 'vitest'
import { minuteMs } from '../../../contract/connector-world.ts'
import { ebayWorld } from '../ebay-world.ts'

describe('listing orders for the sweep', () => {
  test('keeps the end exclusive, though eBay’s bounds are inclusive [ebay-read-02]', async () => {
    const world = ebayWorld()
    const from = world.now()
    const first = world.place({ placedAt: from })
    world.advance(10 * minuteMs)
    const to = world.now()
    world.place({ placedAt: to })
    world.advance(10 * minuteMs)

    const listing = await world.connector.listOrders({ from, to }, undefined, world.call)

    expect(listing.orders).toEqual([{ platformOrderId: first, createdAt: from, status: 'open' }])
    expect(listing.nextPage).toBeUndefined()
  })

  test('asks nothing about a window that has not come', async () => {
    const world = ebayWorld()
    world.advance(-minuteMs)
    const from = world.now()
    world.advance(-10 * minuteMs)

    const listing = await world.connector.listOrders({ from, to: from }, undefined, world.call)

    expect(listing).toEqual({ orders: [], nextPage: undefined })
    expect(world.transport.sent).toEqual([])
  })

  test('goes back by as many rows as have gone while it paged [ebay-read-12]', async () => {
    const world = ebayWorld()
    const from = world.now()
    const placed = world.placeMany(250, 1_000)
    world.advance(minuteMs)
    const window = { from, to: world.now() }
    const first = await world.connector.listOrders(window, undefined, world.call)
    for (const gone of placed.slice(0, 3)) world.change(gone, { type: 'vanish' })
    const seen = new Set(first.orders.map((order) => order.platformOrderId))
    for (let page = first.nextPage; page !== undefined; ) {
      const listing = await world.connector.listOrders(window, page, world.call)
      for (const order of listing.orders) seen.add(order.platformOrderId)
      page = listing.nextPage
    }

    expect([...seen].sort()).toEqual([...placed].sort())
  })
})
