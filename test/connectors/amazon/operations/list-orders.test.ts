import { describe, expect, test } from 'vitest'
import { amazonWorld, instantOf, minuteMs, queryOf, searchPath } from '../amazon-world.ts'

describe('listing orders for the sweep', () => {
  test('asks for the status only, within the bounds [amazon-read-01] [amazon-read-12]', async () => {
    const world = amazonWorld()
    const window = { from: instantOf('2026-11-22T00:00:00Z'), to: instantOf('2026-11-24T00:00:00Z') }

    await world.connector.listOrders(window, undefined, world.call)

    expect(queryOf(world.sentTo(searchPath)[0])).toMatchObject({
      createdAfter: '2026-11-22T00:00:00.000Z',
      createdBefore: '2026-11-24T00:00:00.000Z',
      includedData: 'FULFILLMENT',
    })
  })

  test('sends no upper bound within the last two minutes, which Amazon would refuse [amazon-read-02]', async () => {
    const world = amazonWorld({ simulation: { switches: { twoMinuteRule: true } } })
    const from = world.now()
    world.advance(3 * minuteMs)

    const listing = await world.connector.listOrders({ from, to: world.now() }, undefined, world.call)

    expect(listing).toEqual({ orders: [], nextPage: undefined })
    expect(queryOf(world.sentTo(searchPath)[0])['createdBefore']).toBeUndefined()
  })

  test('leaves out an order created at the end of the window, which belongs to the next one [amazon-read-03]', async () => {
    const world = amazonWorld()
    const from = world.now()
    world.place()
    world.advance(10 * minuteMs)
    const to = world.now()
    world.place()
    world.advance(10 * minuteMs)

    const listing = await world.connector.listOrders({ from, to }, undefined, world.call)

    expect(listing.orders).toHaveLength(1)
  })

  test('begins again when a page token is refused [amazon-read-04]', async () => {
    const world = amazonWorld()
    const from = world.now()
    for (let count = 0; count < 101; count += 1) world.place()
    world.advance(minuteMs)
    const window = { from, to: world.now() }
    const first = await world.connector.listOrders(window, undefined, world.call)
    world.advance(25 * 60 * minuteMs)

    const again = await world.connector.listOrders(window, first.nextPage, world.call)

    expect(again.orders).toEqual(first.orders)
  })
})
