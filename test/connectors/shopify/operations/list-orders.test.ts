import { describe, expect, test } from 'vitest'
import { addMs } from '../../../../core/value/instant.ts'
import { contractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { graphql, harness } from '../shopify-world.ts'

function listing(orders: object) {
  const world = contractWorld(harness)
  world.transport.tamper({
    answer: (request) => (request.body?.includes('query ListedOrders') ? graphql({ data: { orders } }) : undefined),
  })
  const window = { from: addMs(world.now(), -minuteMs), to: addMs(world.now(), minuteMs) }
  return { world, list: (page?: string) => world.connector.listOrders(window, page, world.call) }
}

describe('listing orders of Shopify by creation', () => {
  test('leaves out a row that cannot be read, with a warning', async () => {
    const nodes = [
      { id: 'gid://shopify/Order/1', createdAt: 'soon' },
      { id: 'gid://shopify/Order/2', createdAt: '2026-11-24T08:00:00Z', displayFinancialStatus: 'PAID' },
    ]
    const { world, list } = listing({ nodes, pageInfo: { hasNextPage: false, endCursor: null } })

    const { orders } = await list()

    expect(orders).toEqual([{ platformOrderId: 'gid://shopify/Order/2', createdAt: '2026-11-24T08:00:00.000Z', status: 'open' }])
    expect(world.call.lines).toContainEqual(expect.objectContaining({ level: 'warn' }))
  })

  test('does not follow a page token that never moves [shopify-trap-05]', async () => {
    const { list } = listing({ nodes: [], pageInfo: { hasNextPage: true, endCursor: 'again' } })

    expect((await list()).nextPage).toBe('again')
    await expect(list('again')).rejects.toMatchObject({ kind: 'invalid-data', code: 'shopify-page-token-stuck' })
  })
})
