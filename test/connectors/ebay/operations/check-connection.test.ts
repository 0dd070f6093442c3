import { describe, expect, test } from 'vitest'
import { ebay } from '../../../../connectors/ebay/index.ts'
import type { ContractWorld } from '../../../contract/connector-world.ts'
import { ebayWorld } from '../ebay-world.ts'

const withSettings = (world: ContractWorld, changes: Readonly<Record<string, unknown>>) =>
  ebay.create({ ...world.shop, settings: { ...(world.shop.settings as object), ...changes } }, world.transport)

describe('checking the connection', () => {
  test('names the seller whom the newest order shows [ebay-field-03]', async () => {
    const world = ebayWorld({ account: { sellerId: 'lampenladen' } })
    world.place()

    expect(await world.connector.checkConnection(world.call)).toEqual({ account: 'lampenladen', warnings: [] })
  })

  test('refuses the token of another seller, which eBay would answer with nothing [ebay-trap-11]', async () => {
    const world = ebayWorld({ account: { sellerId: 'lampenladen' } })
    world.place()

    const check = withSettings(world, { sellerId: 'gartenladen' }).checkConnection(world.call)

    await expect(check).rejects.toMatchObject({
      kind: 'auth',
      code: 'ebay-account-differs',
      message: expect.stringContaining('lampenladen'),
    })
  })

  test('says so when no order shows the seller', async () => {
    const { warnings } = await ebayWorld().connector.checkConnection(ebayWorld().call)

    expect(warnings).toEqual([expect.stringContaining('no order of the last 90 days')])
  })

  test.each([
    ['2025-06-24T00:00:00Z', 1],
    ['2025-07-01T00:00:00Z', 0],
  ])('warns 30 days before a consent of %s ends: %i [ebay-auth-04]', async (refreshTokenIssuedAt, count) => {
    const world = ebayWorld()
    world.place()

    const { warnings } = await withSettings(world, { refreshTokenIssuedAt }).checkConnection(world.call)

    expect(warnings.filter((warning) => warning.includes('consent ends'))).toHaveLength(count)
  })

  test('warns when a tenth of the quota is left [ebay-limit-02]', async () => {
    const world = ebayWorld({ limits: 'published' })
    world.place()
    world.transport.tamper({
      change: (response, request) =>
        request.url.includes('rate_limit') ? { ...response, body: response.body.replace(/"remaining":\d+/, '"remaining":9000') } : response,
    })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('9000 of 100000 calls')])
  })
})
