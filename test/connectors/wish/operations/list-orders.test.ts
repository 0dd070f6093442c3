import { describe, expect, test } from 'vitest'
import { addMs } from '../../../../core/value/instant.ts'
import { shopWorld } from '../shop-world.ts'

describe('the sweep', () => {
  test('lists orders by release time, of its window only, the end excluded, with their states [wish-read-07]', async () => {
    const world = shopWorld({}, { pageSize: 2 })
    const from = world.now()
    const ids = ['cancel', 'touch', 'touch', 'touch'].map((type) => {
      const id = world.place()
      world.change(id, { type: type as 'cancel' })
      world.advance(1_000)
      return id
    })

    const listed: [string, string][] = []
    let page: string | undefined
    do {
      const listing = await world.connector.listOrders({ from, to: addMs(from, 3_000) }, page, world.call)
      for (const order of listing.orders) listed.push([order.platformOrderId, order.status])
      page = listing.nextPage
    } while (page !== undefined)

    expect(listed).toEqual([
      [ids[0], 'cancelled'],
      [ids[1], 'open'],
      [ids[2], 'open'],
    ])
  })
})
