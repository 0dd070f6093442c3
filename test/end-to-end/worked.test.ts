import { copyFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { parse } from 'yaml'
import type { OrderDocument } from '../../core/model/document.ts'
import type { Address } from '../../core/model/order.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { systemClock } from '../../daemon/system.ts'
import type { AccountBlock, ShopBlock } from './configuration.ts'
import type { House } from './harness.ts'
import { it } from './house-test.ts'
import { root } from './processes.ts'
import { americanAddress, lineOf } from './purchases.ts'
import { pushCall, warehouseAccount } from './sandboxes.ts'

const worked = join(root, 'config/example/worked')
const minuteMs = 60_000
const wmsCodeOf: Readonly<Record<string, string>> = { NJ: 'USEA', CA: 'USWE' }
const all = 1_000

/** What lies on the shelves, by warehouse; a thousand of everything when nothing is said. */
type Stock = Readonly<Record<string, Readonly<Record<string, number>>>>

describe('the worked examples of config/example', { timeout: 90_000 }, () => {
  it('1: a parcel goes from the nearer zone, from the tie where both are equal, and from California to an island', async ({
    openHouse,
  }) => {
    const house = await openExample(openHouse, '1-zones')
    const to = (postcode: string, state: string): Address => ({ ...americanAddress, postcode, state })
    const [newYork, iowa, island] = [
      house.place('shopify', { lines: [lineOf('MUG')], shipTo: to('10001', 'NY') }),
      house.place('shopify', { lines: [lineOf('MUG')], shipTo: to('50510', 'IA') }),
      house.place('shopify', { lines: [lineOf('MUG')], shipTo: { ...to('00601', 'PR'), country: 'US' } }),
    ]

    await house.json('sync', '--json')

    expect(await warehousesOf(house, newYork)).toEqual(['NJ'])
    expect(await warehousesOf(house, iowa)).toEqual(['CA'])
    expect(await warehousesOf(house, island)).toEqual(['CA'])
  })

  it('2: an order is split over two warehouses where the platform allows it, and waits where it does not', async ({ openHouse }) => {
    const house = await openExample(openHouse, '2-split', { NJ: { MUG: 2, 'MUG-XL': 1 }, CA: { BOX: 1, 'MUG-XL': 1 } })
    const split = house.place('shopify', { lines: [lineOf('MUG', 2), lineOf('BOX')] })
    const whole = house.place('wish', { lines: [lineOf('MUG-XL', 2)] })

    await house.json('sync', '--json')

    const parts = house
      .outbounds()
      .map(({ warehouseCode, lines }) => [warehouseCode, lines.map(({ wmsSku, quantity }) => `${wmsSku} × ${quantity}`)])
    expect(parts.toSorted()).toEqual([
      ['USEA', ['MUG × 2']],
      ['USWE', ['BOX × 1']],
    ])
    expect((await house.document(split)).state).toBe('in-fulfillment')
    expect((await house.document(whole)).holds).toMatchObject([{ reason: 'split-not-allowed' }])
  })

  it('3: three orders of a buyer make one parcel and three write-backs; one that comes later goes alone', async ({ openHouse }) => {
    const house = await openExample(openHouse, '3-merge')
    await house.editYaml<{ shops: ShopBlock[] }>('shops.yaml', ({ shops }) => {
      for (const shop of shops) shop.poll.since = addMs(systemClock.now(), -180 * minuteMs)
    })
    const ago = (minutes: number): Instant => addMs(systemClock.now(), -minutes * minuteMs)
    const ids = [
      house.place('shopify', { lines: [lineOf('MUG')], placedAt: ago(90) }),
      house.place('shopify', { lines: [lineOf('MUG')], placedAt: ago(80) }),
      house.place('shopify', { lines: [lineOf('MUG-XL')], placedAt: ago(70) }),
    ]
    await house.json('sync', '--json')
    const together = house.outbounds()
    const late = house.place('shopify', { lines: [lineOf('MUG')], placedAt: ago(65) })
    house.change('shopify', late, { type: 'touch' })
    await house.json('sync', '--json')
    house.advance()
    await house.json('sync', '--json')

    expect(together.map(({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0))).toEqual([3])
    const numbers = (await documentsOf(house, [...ids, late])).map(reportedNumbers)
    const [number] = numbers[0] ?? []
    expect(numbers.slice(0, 3)).toEqual([[number], [number], [number]])
    expect(numbers[3]).not.toEqual([number])
    expect(house.outbounds()).toHaveLength(2)
    expect(await house.audit()).toEqual({ lost: 0, duplicates: 0, violations: [] })
  })

  it('4: one listing is three articles in one shop and one in another; three sets can go and the fourth waits', async ({ openHouse }) => {
    const house = await openExample(openHouse, '4-one-listing-two-shops', { NJ: { MUG: 7, BOX: 10, 'MUG-XL': 5 }, CA: {} })
    const sets: string[] = []
    for (let count = 0; count < 4; count += 1) {
      sets.push(house.place('shopify', { lines: [lineOf('GIFT-SET')], placedAt: addMs(systemClock.now(), (count - 10) * 1_000) }))
    }
    const other = house.place('wish', { lines: [lineOf('GIFT-SET')] })

    await house.json('sync', '--json')

    const documents = await documentsOf(house, sets)
    expect(documents[0]?.lines[0]?.resolved).toEqual([
      { sku: 'MUG', quantity: 2 },
      { sku: 'BOX', quantity: 1 },
    ])
    expect((await house.document(other)).lines[0]?.resolved).toEqual([{ sku: 'MUG-XL', quantity: 1 }])
    expect(documents.filter(({ state }) => state === 'in-fulfillment')).toHaveLength(3)
    expect(documents.flatMap(({ holds }) => holds.map(({ reason }) => reason))).toEqual(['out-of-stock'])
  })

  it('5: eighteen pieces are three cases of six, and twenty are not', async ({ openHouse }) => {
    const house = await openExample(openHouse, '5-cases', { NJ: { 'MUG-CASE': 100 }, CA: {} })
    const eighteen = house.place('shopify', { lines: [lineOf('MUG', 18)] })
    const twenty = house.place('shopify', { lines: [lineOf('MUG', 20)] })

    await house.json('sync', '--json')

    expect(house.outbounds().map(({ lines }) => lines)).toEqual([[{ wmsSku: 'MUG-CASE', quantity: 3 }]])
    expect((await house.document(eighteen)).state).toBe('in-fulfillment')
    expect((await house.document(twenty)).holds).toMatchObject([{ reason: 'unit-factor-mismatch' }])
  })

  it('6: a bulky parcel goes by the cheapest service that keeps its date', async ({ openHouse }) => {
    const house = await openExample(openHouse, '6-bulky')
    const soon = house.place('shopify', { lines: [lineOf('PILLOW')], giftMessage: 'Sleep well' })
    const anyTime = house.place('shopify', { lines: [lineOf('PILLOW')] })

    await house.json('sync', '--json')

    expect((await house.document(soon)).fulfillmentOrders.map(({ service }) => service)).toEqual(['ground'])
    expect((await house.document(anyTime)).fulfillmentOrders.map(({ service }) => service)).toEqual(['saver'])
    expect((await house.run('why', soon)).stdout).toContain('1200')
  })

  it('settle: a push whose answer was lost is found and not repeated; one that never arrived is sent once more', async ({ openHouse }) => {
    const house = await openExample(openHouse, '')
    house.warehouse.faults.set([
      { kind: 'H5-5xx-after', operations: [pushCall], times: 1 },
      { kind: 'H5-5xx-before', operations: [pushCall], times: 1, skip: 1 },
    ])
    const ids = [house.place('shopify', { lines: [lineOf('MUG')] }), house.place('shopify', { lines: [lineOf('MUG')] })]

    await house.json('sync', '--json')

    const documents = await documentsOf(house, ids)
    expect(documents.map(({ state }) => state)).toEqual(['in-fulfillment', 'in-fulfillment'])
    expect(house.outbounds()).toHaveLength(2)
    expect(house.writes()).toHaveLength(3)
    expect(await house.audit()).toEqual({ lost: 0, duplicates: 0, violations: [] })
  })
})

/** A house with the warehouses, goods and rules of an example. */
async function openExample(
  openHouse: (options: { shops: string[]; withCatalog: false }) => Promise<House>,
  example: string,
  stock?: Stock,
) {
  const house = await openHouse({ shops: ['brand-us', 'wish-1'], withCatalog: false })
  const { warehouses } = parse(await readFile(join(worked, 'warehouses.yaml'), 'utf8')) as { readonly warehouses: unknown }
  await house.editYaml<{ accounts: AccountBlock[]; warehouses: unknown }>('warehouses.yaml', (file) => {
    file.warehouses = warehouses
  })
  const folders = [worked, ...(example === '' ? [] : [join(worked, example)])]
  await house.editYaml<Record<string, unknown>>('rules.yaml', (file) => {
    for (const key of Object.keys(file)) delete file[key]
  })
  for (const folder of folders) {
    for (const name of (await readdir(folder)).toSorted()) {
      if (name === 'rules.yaml') await copyFile(join(folder, name), join(house.folder, 'config', name))
      if (name.endsWith('.csv')) await house.json('import', name.replace('.csv', ''), join(folder, name), '--yes', '--json')
    }
  }
  for (const [warehouse, wmsCode] of Object.entries(wmsCodeOf)) {
    const shelves = stock?.[warehouse] ?? { MUG: all, 'MUG-XL': all, BOX: all, PILLOW: all }
    for (const [wmsSku, available] of Object.entries(shelves)) house.warehouse.setStock(warehouseAccount, wmsCode, wmsSku, available)
  }
  return house
}

/** In the order of the ids. */
async function documentsOf(house: House, ids: readonly string[]): Promise<readonly OrderDocument[]> {
  const documents = await house.documents()
  return ids.flatMap((id) => documents.filter(({ platformOrderId }) => platformOrderId === id))
}

async function warehousesOf(house: House, id: string): Promise<readonly string[]> {
  return (await house.document(id)).fulfillmentOrders.map(({ warehouse }) => warehouse)
}

function reportedNumbers({ writebacks }: OrderDocument): readonly string[] {
  return writebacks.filter(({ state }) => state === 'confirmed').map(({ trackingNumber }) => trackingNumber)
}
