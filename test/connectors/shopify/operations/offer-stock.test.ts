import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../../../../core/ports/transport.ts'
import { type ContractWorld, contractWorld } from '../../../contract/connector-world.ts'
import { graphql, harness } from '../shopify-world.ts'

const isWrite = (request: HttpRequest) => request.body?.includes('mutation') ?? false

describe('offering stock on Shopify', () => {
  const offer = { channelSku: 'LAMP-RED', quantity: 7, idempotencyKey: 'offer-1' }
  const available = async (world: ContractWorld) => {
    const query = `{ inventoryItems(first: 5, query: "sku:LAMP-RED") { nodes { inventoryLevels(first: 5) { nodes { quantities(names: ["available"]) { quantity } } } } } }`
    const sent = world.transport.sent.find((request) => request.url.includes('graphql'))
    const answer = await world.transport.send({
      method: 'POST',
      url: sent?.url ?? '',
      headers: sent?.headers ?? {},
      body: JSON.stringify({ query }),
    })
    return JSON.parse(answer.body).data.inventoryItems.nodes[0].inventoryLevels.nodes[0].quantities[0].quantity
  }
  const oneLocation = { ...harness, account: { locations: ['Main warehouse'] } }

  test('sets the available quantity at the one location', async () => {
    const world = contractWorld(oneLocation)
    world.place()

    const outcomes = await world.connector.offerStock?.([offer], world.call)

    expect(outcomes).toMatchObject([{ result: 'confirmed', remoteId: expect.stringContaining('InventoryAdjustmentGroup') }])
    expect(await available(world)).toBe(7)
  })

  test('writes nothing when the quantity is there already', async () => {
    const world = contractWorld(oneLocation)
    world.place()
    await world.connector.offerStock?.([offer], world.call)
    const before = world.transport.sent.filter(isWrite).length

    const outcomes = await world.connector.offerStock?.([{ ...offer, idempotencyKey: 'offer-2' }], world.call)

    expect(outcomes).toEqual([{ result: 'confirmed' }])
    expect(world.transport.sent.filter(isWrite)).toHaveLength(before)
  })

  test('asks for the location when an item is stocked at several', async () => {
    const world = contractWorld(harness)
    world.place()

    expect(await world.connector.offerStock?.([offer], world.call)).toMatchObject([{ result: 'rejected', code: 'stock-location-missing' }])
  })

  test('rejects a SKU that nobody has and goes on with the next', async () => {
    const world = contractWorld(oneLocation)
    world.place()

    const outcomes = await world.connector.offerStock?.([{ ...offer, channelSku: 'NOBODY' }, offer], world.call)

    expect(outcomes).toMatchObject([{ result: 'rejected', code: 'unknown-sku' }, { result: 'confirmed' }])
  })

  test('is refused, and overwrites nothing, when the quantity changed since it was read', async () => {
    const world = contractWorld(oneLocation)
    world.place()
    const userErrors = [{ field: null, code: 'CHANGE_FROM_QUANTITY_STALE', message: 'stale' }]
    world.transport.tamper({
      answer: (request) =>
        isWrite(request) ? graphql({ data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors } } }) : undefined,
    })

    expect(await world.connector.offerStock?.([offer], world.call)).toMatchObject([
      { result: 'rejected', code: 'shopify-change-from-quantity-stale' },
    ])
  })

  test('leaves the outcome unknown when no answer comes', async () => {
    const world = contractWorld(oneLocation)
    world.place()
    world.marketplace.faults.set([{ kind: 'H6-timeout-after', operations: ['inventorySetQuantities'], times: 1 }])

    expect(await world.connector.offerStock?.([offer], world.call)).toMatchObject([{ result: 'unknown' }])
  })
})
