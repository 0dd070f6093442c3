import { describe, expect, test } from 'vitest'
import { shopify } from '../../../../connectors/shopify/index.ts'
import type { HttpRequest } from '../../../../core/ports/transport.ts'
import { type ContractWorld, contractWorld } from '../../../contract/connector-world.ts'
import { graphql, harness } from '../shopify-world.ts'

const isWrite = (request: HttpRequest) => request.body?.includes('mutation') ?? false

/** The address and the headers of the calls before. */
const request = (world: ContractWorld) => {
  const sent = world.transport.sent.find(({ url }) => url.includes('graphql'))
  return { method: 'POST', url: sent?.url ?? '', headers: sent?.headers ?? {} }
}

describe('offering stock on Shopify', () => {
  const offer = { channelSku: 'LAMP-RED', quantity: 7, idempotencyKey: 'offer-1' }
  const available = async (world: ContractWorld) => {
    const query = `{ inventoryItems(first: 5, query: "sku:LAMP-RED") { nodes { inventoryLevels(first: 5) { nodes { quantities(names: ["available"]) { quantity } } } } } }`
    const answer = await world.transport.send({ ...request(world), body: JSON.stringify({ query }) })
    return JSON.parse(answer.body).data.inventoryItems.nodes[0].inventoryLevels.nodes[0].quantities[0].quantity
  }
  const oneLocation = { ...harness, account: { locations: ['Main warehouse'] } }

  test('sets the available quantity at the one location, expecting the one it read, under the key of the offer [shopify-write-09] [shopify-write-10] [shopify-write-12] [shopify-limit-06]', async () => {
    const world = contractWorld(oneLocation)
    world.place()

    const outcomes = await world.connector.offerStock?.([offer], world.call)

    expect(outcomes).toMatchObject([{ result: 'confirmed', remoteId: expect.stringContaining('InventoryAdjustmentGroup') }])
    const { variables, query } = JSON.parse(world.transport.sent.find(isWrite)?.body ?? '')
    expect(variables).toMatchObject({
      key: 'offer-1',
      input: { name: 'available', quantities: [{ quantity: 7, changeFromQuantity: 100 }] },
    })
    expect(query).toContain('@idempotent(key: $key)')
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

  test('asks for the location when an item is stocked at several [shopify-write-11]', async () => {
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

  test('is refused, and overwrites nothing, when the quantity changed since it was read [shopify-error-25] [shopify-write-09]', async () => {
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

  test('writes to the location that the settings name [shopify-write-11]', async () => {
    const world = contractWorld(harness)
    world.place()
    await world.connector.offerStock?.([offer], world.call)
    const { data } = JSON.parse(
      (
        await world.transport.send({
          ...request(world),
          body: JSON.stringify({ query: '{ locations(first: 5) { nodes { legacyResourceId } } }' }),
        })
      ).body,
    )
    const stockLocation = data.locations.nodes[1].legacyResourceId
    const connector = shopify.create({ ...world.shop, settings: { ...(world.shop.settings as object), stockLocation } }, world.transport)

    expect(await connector.offerStock?.([offer], world.call)).toMatchObject([{ result: 'confirmed' }])
    expect(JSON.parse(world.transport.sent.findLast(isWrite)?.body ?? '').variables.input.quantities[0].locationId).toContain(stockLocation)
  })

  test('says that nothing was sent when the quantity could not be read before writing', async () => {
    const world = contractWorld(oneLocation)
    world.place()
    world.marketplace.faults.set([{ kind: 'H6-timeout-before', operations: ['inventoryItems'], times: 1 }])

    await expect(world.connector.offerStock?.([offer], world.call)).rejects.toMatchObject({ kind: 'transient', notSent: true })
  })

  test('is refused for an item whose quantity is not tracked [shopify-write-11]', async () => {
    const world = contractWorld(oneLocation)
    world.place()
    world.transport.tamper({ change: (response) => ({ ...response, body: response.body.replace('"tracked":true', '"tracked":false') }) })

    expect(await world.connector.offerStock?.([offer], world.call)).toMatchObject([{ result: 'rejected', code: 'stock-not-tracked' }])
  })

  test.each([
    ['CHANGE_FROM_QUANTITY_STALE', 'rejected', '[shopify-error-25]'],
    ['IDEMPOTENCY_CONCURRENT_REQUEST', 'unknown', '[shopify-error-26]'],
    ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 'rejected', '[shopify-error-27]'],
    ['IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED', 'rejected', '[shopify-error-27]'],
    ['NON_MUTABLE_INVENTORY_ITEM', 'rejected', '[shopify-error-28]'],
    ['COMPARE_QUANTITY_REQUIRED', 'rejected', '[shopify-error-29]'],
    ['COMPARE_QUANTITY_STALE', 'rejected', '[shopify-error-29]'],
    ['INVALID_INVENTORY_ITEM', 'rejected', '[shopify-error-29]'],
    ['INVALID_LOCATION', 'rejected', '[shopify-error-29]'],
    ['INVALID_NAME', 'rejected', '[shopify-error-29]'],
    ['INVALID_QUANTITY_NEGATIVE', 'rejected', '[shopify-error-29]'],
    ['INVALID_QUANTITY_TOO_HIGH', 'rejected', '[shopify-error-29]'],
    ['INVALID_QUANTITY_TOO_LOW', 'rejected', '[shopify-error-29]'],
    ['INVALID_REASON', 'rejected', '[shopify-error-29]'],
    ['INVALID_REFERENCE_DOCUMENT', 'rejected', '[shopify-error-29]'],
    ['NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR', 'rejected', '[shopify-error-29]'],
    ['SOMETHING_NEW', 'rejected', '[shopify-error-29]'],
  ])('the code %s makes it %s %s', async (code, result) => {
    const world = contractWorld(oneLocation)
    world.place()
    const userErrors = [{ field: null, code, message: 'No.' }]
    world.transport.tamper({
      answer: (sent) =>
        isWrite(sent) ? graphql({ data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors } } }) : undefined,
    })

    const outcomes = await world.connector.offerStock?.([offer], world.call)

    expect(outcomes).toEqual([{ result, code: `shopify-${code.toLowerCase().replaceAll('_', '-')}`, message: 'No.' }])
  })

  test('leaves the outcome unknown when no answer comes; the same key then gives the same result [shopify-error-30] [shopify-write-10]', async () => {
    const world = contractWorld(oneLocation)
    world.place()
    world.marketplace.faults.set([{ kind: 'H6-timeout-after', operations: ['inventorySetQuantities'], times: 1 }])

    expect(await world.connector.offerStock?.([offer], world.call)).toMatchObject([{ result: 'unknown' }])
  })
})
