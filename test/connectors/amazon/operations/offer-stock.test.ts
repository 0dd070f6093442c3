import { describe, expect, test } from 'vitest'
import { amazonWorld } from '../amazon-world.ts'

describe('offering stock', () => {
  test('sets the quantity and reports what Amazon still works on as accepted [amazon-trap-16]', async () => {
    const world = amazonWorld()
    const offers = [
      { channelSku: 'LAMP RED/1', quantity: 5, idempotencyKey: '1' },
      { channelSku: '', quantity: 5, idempotencyKey: '2' },
    ]

    const outcomes = await world.connector.offerStock?.(offers, world.call)

    expect(outcomes?.map((outcome) => outcome.result)).toEqual(['accepted', 'rejected'])
  })

  test('is refused when Amazon calls the listing invalid, in its words [amazon-trap-16] [amazon-trap-17]', async () => {
    const world = amazonWorld()
    const issues = [{ code: '90220', message: 'quantity is missing', severity: 'ERROR', categories: [] }]
    world.transport.tamper({
      answer: (request) =>
        request.method === 'PATCH'
          ? { status: 200, headers: {}, body: JSON.stringify({ sku: 'X', status: 'INVALID', submissionId: 's', issues }) }
          : undefined,
    })

    const outcomes = await world.connector.offerStock?.([{ channelSku: 'X', quantity: 5, idempotencyKey: '1' }], world.call)

    expect(outcomes).toEqual([{ result: 'rejected', code: 'amazon-listing-invalid', message: '90220 quantity is missing' }])
  })

  test.each(['H5-5xx-after', 'H9-html-200', 'H6-timeout-after'] as const)('leaves the outcome unknown after %s', async (kind) => {
    const world = amazonWorld()
    world.marketplace.faults.set([{ kind, operations: ['patchListingsItem'] }])

    const outcomes = await world.connector.offerStock?.([{ channelSku: 'X', quantity: 5, idempotencyKey: '1' }], world.call)

    expect(outcomes?.[0]?.result).toBe('unknown')
  })
})
