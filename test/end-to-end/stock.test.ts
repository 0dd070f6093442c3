import { describe, expect } from 'vitest'
import type { House } from './harness.ts'
import { it } from './house-test.ts'

describe('two orders and one piece in stock', { timeout: 90_000 }, () => {
  const onShelf = (house: House, pieces: number): void => {
    for (const wmsCode of ['USEA', 'USWE', 'JPOS', 'DEFRA'])
      house.warehouse.setStock('gc', wmsCode, 'MUG-RED', wmsCode === 'USEA' ? pieces : 0)
  }

  it('pushes one, holds the other, and goes on with it when stock arrives', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us', 'wish-1'] })
    onShelf(house, 1)
    house.place('shopify')
    house.place('wish')

    await house.json('sync', '--json')
    const scarce = await house.documents()
    onShelf(house, 5)
    await house.json('sync', '--json')
    const plenty = await house.documents()

    expect(scarce.map((document) => document.state).toSorted()).toEqual(['in-fulfillment', 'open'])
    expect(scarce.find((document) => document.state === 'open')).toMatchObject({
      holds: [{ reason: 'out-of-stock' }],
      fulfillmentOrders: [],
    })
    expect(plenty.map((document) => document.state)).toEqual(['in-fulfillment', 'in-fulfillment'])
    expect(plenty.flatMap((document) => document.holds)).toEqual([])
    expect(house.outbounds()).toHaveLength(2)
    expect(await house.audit()).toMatchObject({ violations: [] })
  })

  it('gives the piece to the order that waits when the other one is cancelled', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us', 'wish-1'] })
    onShelf(house, 1)
    const first = house.place('shopify')
    await house.json('sync', '--json')
    const second = house.place('wish')
    await house.json('sync', '--json')
    const waiting = await house.document(second)
    house.change('shopify', first, { type: 'cancel' })

    await house.json('sync', '--json')
    await house.json('sync', '--json')

    expect(waiting).toMatchObject({ holds: [{ reason: 'out-of-stock' }] })
    expect((await house.document(first)).state).toBe('cancelled')
    expect(await house.document(second)).toMatchObject({ state: 'in-fulfillment', holds: [] })
    expect(await house.audit()).toMatchObject({ violations: [] })
  })
})
