import { describe, expect } from 'vitest'
import type { OrderDocument } from '../../core/model/document.ts'
import type { House } from './harness.ts'
import { it } from './house-test.ts'
import { eventually } from './processes.ts'
import { americanAddress, lineOf } from './purchases.ts'
import { platformNames, shopOf } from './sandboxes.ts'

describe('an order that changes late', { timeout: 90_000 }, () => {
  /** eBay is not asked for its last two seconds, so a change is seen by the next sync or the one after. */
  const syncUntil = async (house: House, id: string, isReached: (document: OrderDocument) => boolean): Promise<OrderDocument> => {
    let document = await house.document(id)
    await eventually(`order ${id} is as expected`, async () => {
      await house.run('sync')
      document = await house.document(id)
      return isReached(document)
    })
    return document
  }
  const liveOutbounds = (house: House) => house.outbounds().filter((outbound) => outbound.status !== 'cancelled')
  const auditedClean = async (house: House): Promise<void> =>
    expect(await house.audit()).toEqual({ lost: 0, duplicates: 0, violations: [] })

  it('is not pushed when it is cancelled between planning and push', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--lanes', 'poll,stock,plan', '--json')
    const planned = await house.document(id)
    house.change('shopify', id, { type: 'cancel' })

    await house.json('sync', '--json')

    expect(planned.fulfillmentOrders).toMatchObject([{ status: 'planned' }])
    expect(await house.document(id)).toMatchObject({ state: 'cancelled', holds: [], fulfillmentOrders: [{ status: 'cancelled' }] })
    expect(house.writes()).toEqual([])
    await auditedClean(house)
  })

  it.for(platformNames)('is stopped at the warehouse when it is cancelled on %s after the push', async (platform, { openHouse }) => {
    const house = await openHouse({ shops: [shopOf[platform]] })
    const id = house.place(platform)
    await house.json('sync', '--json')
    house.change(platform, id, { type: 'cancel' })

    const document = await syncUntil(house, id, ({ state }) => state === 'cancelled')

    expect(document).toMatchObject({ holds: [], fulfillmentOrders: [{ status: 'cancelled' }] })
    expect(liveOutbounds(house)).toEqual([])
    expect(house.advance()).toBe(0)
    await auditedClean(house)
  })

  it('shows that a parcel must be recalled when the warehouse had shipped it already', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--json')
    house.advance()
    house.change('shopify', id, { type: 'cancel' })

    const document = await syncUntil(house, id, ({ holds }) => holds.some((hold) => hold.reason === 'intercept-failed'))

    expect(document.fulfillmentOrders).toMatchObject([{ status: 'shipped' }])
    expect(house.ledgerOrder('shopify', id).shipments).toEqual([])
    await auditedClean(house)
  })

  it('goes to the new address when it changes after the push, once', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--json')
    house.change('shopify', id, { type: 'change-address', shipTo: { ...americanAddress, line1: '7 Imaginary Road', postcode: '08902' } })

    const moved = await syncUntil(
      house,
      id,
      ({ fulfillmentOrders }) => fulfillmentOrders.length === 2 && fulfillmentOrders[1]?.status !== 'planned',
    )
    house.advance()
    const document = await syncUntil(house, id, ({ state }) => state === 'completed')

    expect(moved.fulfillmentOrders[0]?.status).toBe('cancelled')
    expect(document.shipTo.line1).toBe('7 Imaginary Road')
    expect(liveOutbounds(house)).toHaveLength(1)
    expect(house.ledgerOrder('shopify', id).shipments).toHaveLength(1)
    await auditedClean(house)
  })

  it.for(['shopify', 'amazon', 'ebay'] as const)(
    'is told to %s parcel by parcel when it ships in parts',
    async (platform, { openHouse }) => {
      const house = await openHouse({ shops: [shopOf[platform]] })
      const id = house.place(platform, { lines: [lineOf('MUG-RED', 2), lineOf('TEE-M')] })
      await house.json('sync', '--json')
      house.advance({ to: 'partially-shipped' })
      const inPart = await syncUntil(house, id, ({ writebacks }) => writebacks[0]?.state === 'confirmed')
      const onPlatform = house.ledgerOrder(platform, id)
      house.advance()

      const document = await syncUntil(house, id, ({ state }) => state === 'completed')

      expect(inPart.state).toBe('partially-shipped')
      expect(onPlatform).toMatchObject({ status: 'partially-shipped', shipments: [{ throughApi: true }] })
      expect(document.writebacks.map((writeback) => writeback.state)).toEqual(['confirmed', 'confirmed'])
      expect(house.ledgerOrder(platform, id)).toMatchObject({ status: 'shipped', shipments: [{}, {}] })
      await auditedClean(house)
    },
  )

  it('is corrected on the platform when the warehouse changes a number that was told [shopify-write-08]', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--json')
    house.advance()
    const before = await syncUntil(house, id, ({ writebacks }) => writebacks[0]?.state === 'confirmed')
    house.advance({ to: 'renumbered' })

    const document = await syncUntil(house, id, ({ writebacks }) => writebacks[1]?.state === 'confirmed')

    const [told, corrected] = document.writebacks.map(({ trackingNumber }) => trackingNumber)
    expect(told).toBe(before.writebacks[0]?.trackingNumber)
    expect(document).toMatchObject({ state: 'completed', fulfillmentOrders: [{ packages: [{ trackingNumber: corrected }] }] })
    expect(house.ledgerOrder('shopify', id).shipments.map(({ trackingNumber }) => trackingNumber)).toEqual([corrected])
    await auditedClean(house)
  })

  it('waits while the platform holds it, and goes on when the platform lets it', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    house.change('shopify', id, { type: 'hold', reason: 'INCORRECT_ADDRESS' })
    await house.json('sync', '--json')
    const held = await house.document(id)
    house.change('shopify', id, { type: 'release-hold' })

    const document = await syncUntil(house, id, ({ state }) => state === 'in-fulfillment')

    expect(held).toMatchObject({ state: 'open', holds: [{ reason: 'platform-hold' }], fulfillmentOrders: [] })
    expect(document.holds).toEqual([])
    await auditedClean(house)
  })

  it('is pushed when it is paid, and not before', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify', { payment: 'unpaid' })
    await house.json('sync', '--json')
    const unpaid = await house.document(id)
    house.change('shopify', id, { type: 'pay' })

    const document = await syncUntil(house, id, ({ state }) => state === 'in-fulfillment')

    expect(unpaid).toMatchObject({ state: 'awaiting-payment', fulfillmentOrders: [] })
    expect(document.fulfillmentOrders).toHaveLength(1)
    await auditedClean(house)
  })

  it('ships fewer units when some are cancelled after the push', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify', { lines: [lineOf('MUG-RED', 3)] })
    await house.json('sync', '--json')
    house.change('shopify', id, { type: 'cancel-units', line: 0, quantity: 1 })

    await syncUntil(house, id, ({ fulfillmentOrders }) => fulfillmentOrders.length === 2 && fulfillmentOrders[1]?.status !== 'planned')
    house.advance()
    await syncUntil(house, id, ({ state }) => state === 'completed')

    expect(liveOutbounds(house).map((outbound) => outbound.lines)).toEqual([[{ wmsSku: 'MUG-RED', quantity: 2 }]])
    await auditedClean(house)
  })
})
