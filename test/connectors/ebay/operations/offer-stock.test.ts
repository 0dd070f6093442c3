import { describe, expect, test } from 'vitest'
import type { StockOffer } from '../../../../core/ports/connector.ts'
import type { ContractWorld } from '../../../contract/connector-world.ts'
import { ebayWorld, requestsOf } from '../ebay-world.ts'

const skus = Array.from({ length: 60 }, (_, index) => `SKU-${index}`)

const offer = (channelSku: string, quantity = 7): StockOffer => ({ channelSku, quantity, idempotencyKey: channelSku })

function offerStock(world: ContractWorld, offers: readonly StockOffer[]) {
  if (!world.connector.offerStock) throw new Error('eBay takes stock')
  return world.connector.offerStock(offers, world.call)
}

describe('offering stock on eBay', () => {
  test('sends 25 entries a call and gives the outcomes in order', async () => {
    const world = ebayWorld({ account: { skus } })

    const outcomes = await offerStock(
      world,
      skus.map((sku) => offer(sku)),
    )

    expect(outcomes).toEqual(skus.map(() => ({ result: 'confirmed' })))
    expect(requestsOf(world, 'bulkUpdatePriceQuantity')).toBe(3)
    const [request] = world.transport.sent.filter((sent) => sent.url.endsWith('/sell/inventory/v1/bulk_update_price_quantity'))
    expect(JSON.parse(request?.body ?? '').requests[0]).toEqual({ sku: 'SKU-0', shipToLocationAvailability: { quantity: 7 } })
  })

  test('reads the outcome of each entry of a mixed answer', async () => {
    const world = ebayWorld({ account: { skus: ['SKU-1'] } })

    const outcomes = await offerStock(world, [offer('SKU-1'), offer('SELLER-HUB-LISTING')])

    expect(outcomes).toEqual([
      { result: 'confirmed' },
      { result: 'rejected', code: 'ebay-stock-refused', message: expect.stringContaining('25709') },
    ])
  })

  test.each(['H5-5xx-after', 'H6-timeout-after', 'H8-truncated-json', 'H9-html-200'] as const)(
    'leaves all unknown after %s',
    async (kind) => {
      const world = ebayWorld({ account: { skus } })
      world.marketplace.faults.set([{ kind, operations: ['bulkUpdatePriceQuantity'] }])

      const outcomes = await offerStock(world, [offer('SKU-1'), offer('SKU-2')])

      expect(outcomes.map((outcome) => outcome.result)).toEqual(['unknown', 'unknown'])
    },
  )

  test('throws rate-limit, for nothing was set', async () => {
    const world = ebayWorld({ account: { skus } })
    world.marketplace.faults.set([{ kind: 'H3-429-bare', operations: ['bulkUpdatePriceQuantity'] }])

    await expect(offerStock(world, [offer('SKU-1')])).rejects.toMatchObject({ kind: 'rate-limit' })
  })
})
