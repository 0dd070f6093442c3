import { describe, expect } from 'vitest'
import { parse } from 'yaml'
import { addMs } from '../../core/value/instant.ts'
import { systemClock } from '../../daemon/system.ts'
import type { ShopBlock } from './configuration.ts'
import type { House } from './harness.ts'
import { it } from './house-test.ts'

const rules = 'merge: [{ name: Same buyer, then: [{ auto: { window: 60m, maxOrders: 5, maxWeightGrams: 2000 } }] }]'

/** A shop that was taken over long enough ago for orders whose hour has passed. */
async function openMerging(openHouse: () => Promise<House>): Promise<House> {
  const house = await openHouse()
  await house.editYaml<object>('rules.yaml', (file) => Object.assign(file, parse(rules)))
  await house.editYaml<{ shops: ShopBlock[] }>('shops.yaml', ({ shops }) => {
    for (const shop of shops) shop.poll.since = addMs(house.since, -7_200_000)
  })
  return house
}

const boughtAgo = (house: House, minutes: number): string =>
  house.place('shopify', { placedAt: addMs(systemClock.now(), -minutes * 60_000) })

describe('orders of one buyer', { timeout: 90_000 }, () => {
  it('are one order at the warehouse and three reports of one number; who comes after the push travels alone', async ({ openHouse }) => {
    const house = await openMerging(() => openHouse({ shops: ['brand-us'] }))
    const ids = [boughtAgo(house, 66), boughtAgo(house, 55), boughtAgo(house, 44)]
    await house.json('sync', '--json')
    // Bought within the hour of the others, and read only now.
    const late = boughtAgo(house, 62)
    await house.json('resync', '--shop', 'brand-us', '--order', late, '--json')
    await house.json('sync', '--json')
    house.advance()
    await house.json('sync', '--json')

    const all = await house.documents()
    const documents = all.filter((document) => ids.includes(document.platformOrderId))
    const alone = all.find((document) => document.platformOrderId === late)
    const [made] = documents.flatMap((document) => document.fulfillmentOrders)
    const outbounds = house.outbounds()
    expect(outbounds.map(({ reference }) => reference)).toEqual([made?.reference, alone?.fulfillmentOrders[0]?.reference])
    expect(outbounds[0]?.lines).toMatchObject([{ quantity: 3 }])
    expect(documents).toHaveLength(3)
    for (const { state, fulfillmentOrders, writebacks } of documents) {
      expect(state).toBe('completed')
      expect(fulfillmentOrders).toEqual([made])
      expect(writebacks).toMatchObject([{ trackingNumber: made?.packages[0]?.trackingNumber, state: 'confirmed' }])
    }
    expect(alone?.state).toBe('completed')
    for (const id of ids) expect(house.ledgerOrder('shopify', id).shipments).toHaveLength(1)
    expect(await house.audit()).toEqual({ lost: 0, duplicates: 0, violations: [] })
    expect(await house.run('audit')).toMatchObject({ code: 0 })
  })

  it('tell until when they wait for others, in both languages', async ({ openHouse }) => {
    const house = await openMerging(() => openHouse({ shops: ['brand-us'] }))
    const id = boughtAgo(house, 5)
    await house.json('sync', '--json')

    const english = await house.run('why', id)
    const chinese = await house.run('why', id, '--lang', 'zh')

    expect(house.outbounds()).toEqual([])
    expect(await house.document(id)).toMatchObject({ state: 'open', holds: [], fulfillmentOrders: [] })
    expect(english.stdout).toMatch(/waits until \S+ for other orders of its buyer, by the rule "Same buyer"/)
    expect(chinese.stdout).toMatch(/等到 \S+，收集同一买家的其他订单（规则“Same buyer”）/)
  })
})
