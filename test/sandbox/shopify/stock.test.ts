import { describe, expect, it } from 'vitest'
import { type Node, nodesOf, shopWorld } from './shop-world.ts'

const setQuery = `mutation($i: InventorySetQuantitiesInput!, $k: String!) { inventorySetQuantities(input: $i) @idempotent(key: $k) {
  inventoryAdjustmentGroup { id reason changes { name delta quantityAfterChange } } userErrors { field code } } }`

async function stockWorld() {
  const world = shopWorld()
  world.place()
  const { data } = await world.ask(
    '{ inventoryItems(first: 5, query: "sku:MUG-RED") { nodes { id sku } } locations(first: 5) { nodes { id name } } }',
  )
  const item = String(nodesOf(data?.['inventoryItems'])[0]?.['id'])
  const location = String(nodesOf(data?.['locations'])[0]?.['id'])
  const entry = { inventoryItemId: item, locationId: location, quantity: 40, changeFromQuantity: null as number | null | undefined }
  const set = async (change: Readonly<Record<string, unknown>>, key = 'k1', more: Readonly<Record<string, unknown>> = {}) => {
    const input = { name: 'available', reason: 'correction', quantities: [{ ...entry, ...change }], ...more }
    return (await world.ask(setQuery, { i: input, k: key })).data?.['inventorySetQuantities'] as Node
  }
  const available = async () => {
    const query =
      'query($id: ID!, $l: ID!) { inventoryItem(id: $id) { inventoryLevel(locationId: $l) { quantities(names: ["available", "on_hand"]) { name quantity } } } }'
    return (await world.ask(query, { id: item, l: location })).data?.['inventoryItem']?.['inventoryLevel']?.['quantities']
  }
  return { ...world, entry, set, available }
}

describe('inventorySetQuantities', () => {
  it('sets a quantity and says what it changed', async () => {
    const { set, available } = await stockWorld()

    expect(await set({})).toMatchObject({
      inventoryAdjustmentGroup: { reason: 'correction', changes: [{ name: 'available', delta: -60, quantityAfterChange: 40 }] },
      userErrors: [],
    })
    expect(await available()).toContainEqual({ name: 'available', quantity: 40 })
  })

  it('compares with the expected quantity, and refuses a stale one', async () => {
    const { set, available } = await stockWorld()

    expect((await set({ changeFromQuantity: 99 }))['userErrors']).toMatchObject([{ code: 'CHANGE_FROM_QUANTITY_STALE' }])
    expect(await available()).toContainEqual({ name: 'available', quantity: 100 })
    expect((await set({ changeFromQuantity: 100 }, 'k2'))['userErrors']).toEqual([])
  })

  it('wants the expected quantity to be said, be it null', async () => {
    const { set } = await stockWorld()

    expect((await set({ changeFromQuantity: undefined }))['userErrors']).toMatchObject([{ code: 'COMPARE_QUANTITY_REQUIRED' }])
  })

  it('gives the first answer again for the same key, and refuses the key for something else', async () => {
    const { set, available } = await stockWorld()
    const first = await set({})
    await set({ quantity: 50 }, 'k2')

    expect(await set({})).toEqual(first)
    expect(await available()).toContainEqual({ name: 'available', quantity: 50 })
    expect((await set({ quantity: 7 }))['userErrors']).toMatchObject([{ code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' }])
  })

  it('fails at run time without a key from version 2026-04 on', async () => {
    const { entry, send } = await stockWorld()
    const bare = setQuery.replace(' @idempotent(key: $k)', '').replace(', $k: String!', '')
    const variables = { i: { name: 'available', reason: 'correction', quantities: [entry] } }
    const errorsIn = async (version: string) => ((await (await send(bare, variables, version)).json()) as { errors?: unknown }).errors

    expect(await errorsIn('2026-10')).toMatchObject([{ message: expect.stringContaining('@idempotent') }])
    expect(await errorsIn('2026-01')).toBeUndefined()
  })

  it('refuses unknown items, places, names and reasons, negative and doubled quantities', async () => {
    const { set, entry } = await stockWorld()
    const codes = async (answer: Promise<Node>) => nodesOf((await answer)['userErrors']).map((error) => error['code'])

    expect(await codes(set({ inventoryItemId: 'gid://shopify/InventoryItem/1' }))).toEqual(['INVALID_INVENTORY_ITEM'])
    expect(await codes(set({ locationId: 'gid://shopify/Location/1' }, 'k2'))).toEqual(['INVALID_LOCATION'])
    expect(await codes(set({ quantity: -1 }, 'k3'))).toEqual(['INVALID_QUANTITY_NEGATIVE'])
    expect(await codes(set({}, 'k4', { name: 'committed' }))).toContain('INVALID_NAME')
    expect(await codes(set({}, 'k5', { reason: 'because' }))).toContain('INVALID_REASON')
    expect(await codes(set({}, 'k6', { quantities: [entry, entry] }))).toContain('NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR')
  })

  it('changes nothing when one of several is wrong', async () => {
    const { set, entry, available } = await stockWorld()

    await set({}, 'k1', { quantities: [entry, { ...entry, locationId: 'gid://shopify/Location/1' }] })

    expect(await available()).toContainEqual({ name: 'available', quantity: 100 })
  })
})
