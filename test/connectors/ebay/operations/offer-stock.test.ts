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
  test('sends 25 entries a call and gives the outcomes in order [ebay-write-13]', async () => {
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

  test('reads the outcome of each entry of a mixed answer [ebay-error-50] [ebay-error-51] [ebay-write-14]', async () => {
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

  test.each([
    ['51', 400, 25709, 'rejected'],
    ['52', 400, 25002, 'rejected'],
    ['53', 400, 25759, 'rejected'],
    ['54', 500, 25001, 'unknown'],
  ])('[ebay-error-%s] an entry or a call answered with %i and %i is %s', async (_id, statusCode, errorId, result) => {
    const world = ebayWorld({ account: { skus } })
    const errors = [{ errorId, domain: 'API_INVENTORY', message: 'said so' }]
    const answers = [
      {
        status: 207,
        headers: {},
        body: JSON.stringify({
          responses: [
            { sku: 'SKU-1', statusCode, errors },
            { sku: 'SKU-2', statusCode: 200 },
          ],
        }),
      },
      { status: statusCode, headers: {}, body: JSON.stringify({ errors }) },
    ]
    world.transport.tamper({ answer: ({ url }) => (url.includes('bulk_update') ? answers.shift() : undefined) })

    const entry = await offerStock(world, [offer('SKU-1'), offer('SKU-2'), offer('SKU-3')])
    const call = await offerStock(world, [offer('SKU-1')])

    // Nothing was said of the third one.
    expect(entry.map((outcome) => outcome.result)).toEqual([result, 'confirmed', 'unknown'])
    expect(call.map((outcome) => outcome.result)).toEqual([result])
  })

  test('keeps what the first call achieved when the second is refused', async () => {
    const world = ebayWorld({ account: { skus } })
    let calls = 0
    world.transport.tamper({
      answer: ({ url }) => {
        if (!url.includes('bulk_update')) return undefined
        calls += 1
        return calls === 2 ? { status: 429, headers: {}, body: '' } : undefined
      },
    })

    const outcomes = await offerStock(
      world,
      skus.map((sku) => offer(sku)),
    )

    expect(outcomes.map((outcome) => outcome.result)).toEqual(
      skus.map((_sku, index) => (index >= 25 && index < 50 ? 'unknown' : 'confirmed')),
    )
  })

  test('throws rate-limit, for nothing was set', async () => {
    const world = ebayWorld({ account: { skus } })
    world.marketplace.faults.set([{ kind: 'H3-429-bare', operations: ['bulkUpdatePriceQuantity'] }])

    await expect(offerStock(world, [offer('SKU-1')])).rejects.toMatchObject({ kind: 'rate-limit' })
  })
})
