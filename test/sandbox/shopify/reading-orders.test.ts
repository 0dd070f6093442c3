import { describe, expect, it } from 'vitest'
import type { NewOrder } from '../../../sandbox/index.ts'
import { type Node, shopWorld } from './shop-world.ts'

const listQuery = `query List($first: Int, $after: String, $query: String, $reverse: Boolean, $sortKey: OrderSortKeys) {
  orders(first: $first, after: $after, query: $query, reverse: $reverse, sortKey: $sortKey) {
    pageInfo { hasNextPage endCursor } nodes { id name updatedAt } } }`

const minuteMs = 60_000

/** Five orders a minute apart, from 10:00 on. */
function fiveOrders() {
  const world = shopWorld()
  const ids = [0, 1, 2, 3, 4].map(() => {
    const id = world.place()
    world.passMs(minuteMs)
    return id
  })
  const list = async (variables: Readonly<Record<string, unknown>>) => {
    const answer = await world.ask(listQuery, { first: 10, sortKey: 'UPDATED_AT', ...variables })
    const page = answer.data?.['orders']
    return { answer, names: names(page), pageInfo: page?.['pageInfo'] }
  }
  return { ...world, ids, list }
}

function names(page: Node | undefined): readonly string[] {
  return ((page?.['nodes'] ?? []) as unknown as readonly { readonly name: string }[]).map(({ name }) => name)
}

describe('searching orders', () => {
  it('finds the orders of a window, first end included and last excluded as asked', async () => {
    const { list } = fiveOrders()

    const { names } = await list({ query: "updated_at:>='2026-11-24T10:01:00Z' AND updated_at:<'2026-11-24T10:03:00Z'" })

    expect(names).toEqual(['#1002', '#1003'])
  })

  it('takes terms without a connective as AND, and understands OR, NOT and brackets', async () => {
    const { list } = fiveOrders()

    expect((await list({ query: "updated_at:>'2026-11-24T10:01:00Z' updated_at:<='2026-11-24T10:03:00Z'" })).names).toEqual([
      '#1003',
      '#1004',
    ])
    expect((await list({ query: 'name:#1001 OR name:1005' })).names).toEqual(['#1001', '#1005'])
    expect((await list({ query: '(name:1001 OR name:1002) AND NOT name:1001' })).names).toEqual(['#1002'])
    expect((await list({ query: '-name:1001 -name:1002 -name:1003' })).names).toEqual(['#1004', '#1005'])
  })

  it('ignores a filter that does not exist, with a warning', async () => {
    const { list } = fiveOrders()

    const { names, answer } = await list({ query: "updated_after:'2026-11-24T10:03:00Z'" })

    expect(names).toHaveLength(5)
    expect(answer.extensions.search).toMatchObject([{ warnings: [{ field: 'updated_after', code: 'invalid_field' }] }])
  })

  it('ignores a date without quotes, with a warning', async () => {
    const { list } = fiveOrders()

    const { names, answer } = await list({ query: 'updated_at:>=2026-11-24T10:03:00Z' })

    expect(names).toHaveLength(5)
    expect(answer.extensions.search).toMatchObject([{ warnings: [{ field: 'updated_at', code: 'invalid_value' }] }])
  })

  it('finds by status, payment, id and creation', async () => {
    const { list, ids, change, place } = fiveOrders()
    change(String(ids[0]), { type: 'cancel' })
    place({ payment: 'unpaid' })

    expect((await list({ query: 'status:cancelled' })).names).toEqual(['#1001'])
    expect((await list({ query: 'status:open' })).names).toHaveLength(5)
    expect((await list({ query: 'financial_status:pending' })).names).toEqual(['#1006'])
    expect((await list({ query: `id:${String(ids[2]).split('/').at(-1)}` })).names).toEqual(['#1003'])
    expect((await list({ query: "created_at:<'2026-11-24T10:01:00Z'", sortKey: 'CREATED_AT' })).names).toEqual(['#1001'])
  })

  it('moves an order to the end of the list by update when anything changes on it', async () => {
    const { list, ids, change } = fiveOrders()

    change(String(ids[1]), { type: 'touch' })

    expect((await list({})).names).toEqual(['#1001', '#1003', '#1004', '#1005', '#1002'])
  })

  it('keeps times to the second', async () => {
    const { list, place, passMs } = shopList()
    passMs(789)
    place()

    const page = (await list()).data?.['orders']?.['nodes'] as unknown as readonly { readonly updatedAt: string }[]

    expect(page[0]?.updatedAt).toBe('2026-11-24T10:00:00Z')
  })

  it('does not show orders from more than 60 days ago without a scope for them', async () => {
    const old: Partial<NewOrder> = { placedAt: '2026-09-01T00:00:00.000Z' as NonNullable<NewOrder['placedAt']> }
    const narrow = shopList()
    narrow.place(old)
    const wide = shopList({ scopes: ['read_orders', 'read_all_orders'] })
    wide.place(old)

    expect(names((await narrow.list()).data?.['orders'])).toEqual([])
    expect(names((await wide.list()).data?.['orders'])).toEqual(['#1001'])
  })
})

function shopList(options = {}) {
  const world = shopWorld(options)
  return { ...world, list: () => world.ask(listQuery, { first: 10 }) }
}

describe('paging through orders', () => {
  it('gives every order once over pages, in the order of the sort key', async () => {
    const { list } = fiveOrders()
    const seen: string[] = []
    let after: unknown = null
    let hasNextPage = true
    while (hasNextPage) {
      const { names, pageInfo } = await list({ first: 2, after })
      seen.push(...names)
      after = pageInfo?.['endCursor']
      hasNextPage = Boolean(pageInfo?.['hasNextPage'])
    }

    expect(seen).toEqual(['#1001', '#1002', '#1003', '#1004', '#1005'])
  })

  it('goes backwards when reversed', async () => {
    const { list } = fiveOrders()

    const first = await list({ first: 2, reverse: true })
    const second = await list({ first: 2, reverse: true, after: first.pageInfo?.['endCursor'] })

    expect([...first.names, ...second.names]).toEqual(['#1005', '#1004', '#1003', '#1002'])
  })

  it('refuses a cursor of another query, another sort or none at all', async () => {
    const { list } = fiveOrders()
    const { pageInfo } = await list({ first: 2, query: 'status:open' })
    const after = pageInfo?.['endCursor']

    const refusals = [
      await list({ after, query: 'status:any' }),
      await list({ after, query: 'status:open', sortKey: 'CREATED_AT' }),
      await list({ after: 'bm9uZQ==' }),
    ]

    for (const { answer } of refusals) expect(answer.errors?.[0]?.message).toContain('Invalid cursor')
  })

  it('wants a page size and at most 250', async () => {
    const { ask } = fiveOrders()

    expect((await ask('{ orders { nodes { id } } }')).errors?.[0]?.message).toContain('first or last')
    expect((await ask('{ orders(first: 251) { nodes { id } } }')).errors?.[0]?.message).toContain('250')
    expect((await ask('{ orders(first: 250) { nodes { id } } }')).errors).toBeUndefined()
  })

  it('pages the lines of an order by themselves', async () => {
    const { ask, place } = shopWorld()
    const line = { title: 'Mug', quantity: 1, unitPrice: '1.00' }
    const id = place({ lines: ['A', 'B', 'C'].map((channelSku) => ({ ...line, channelSku })) })
    const query =
      'query($id: ID!, $after: String) { order(id: $id) { lineItems(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { sku } } } }'

    const first = (await ask(query, { id })).data?.['order']?.['lineItems']
    const second = (await ask(query, { id, after: first?.['pageInfo']?.['endCursor'] })).data?.['order']?.['lineItems']

    expect(first).toMatchObject({ nodes: [{ sku: 'A' }, { sku: 'B' }], pageInfo: { hasNextPage: true } })
    expect(second).toMatchObject({ nodes: [{ sku: 'C' }], pageInfo: { hasNextPage: false } })
  })
})

describe('documents', () => {
  it('are refused with HTTP 200 when they ask for what the schema has not', async () => {
    const { send } = shopWorld()

    const response = await send('{ orders(first: 1) { nodes { grandTotal } } }')

    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('grandTotal') }] })
  })

  it('are refused when they are none, and logged as refused', async () => {
    const { ask, simulated } = shopWorld()

    expect((await ask('{ orders(')).errors?.[0]?.message).toContain('Syntax Error')
    expect(simulated.ledger('brand').requests).toMatchObject([{ outcome: 'refused', isWrite: false }])
  })

  it('may name any object by its gid', async () => {
    const { ask, place } = shopWorld()
    const id = place()

    const { data } = await ask(
      'query($id: ID!) { node(id: $id) { id ... on Order { name } } nothing: node(id: "gid://shopify/Order/1") { id } }',
      { id },
    )

    expect(data).toEqual({ node: { id, name: '#1001' }, nothing: null })
  })
})
