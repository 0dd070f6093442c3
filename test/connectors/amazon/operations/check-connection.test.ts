import { describe, expect, test } from 'vitest'
import { amazonWorld } from '../amazon-world.ts'

describe('checking the connection', () => {
  test('names the store and has nothing to warn of', async () => {
    const world = amazonWorld()

    expect(await world.connector.checkConnection(world.call)).toEqual({ account: 'Sandbox store seller', warnings: [] })
  })

  test('warns of a marketplace in which the seller takes no part [amazon-auth-08]', async () => {
    const world = amazonWorld({ settings: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('A2EUQ1WTGCTBG2')])
  })

  test.each([
    ['2026-06-28', []],
    ['2026-06-27', [expect.stringMatching(/150 days old and stops working after 180: rotate it in Seller Central/)]],
    ['2026-05-28', [expect.stringMatching(/180 days old and works no more/)]],
  ])('warns from the 150th day of a client secret on: %s [amazon-auth-03]', async (clientSecretIssuedAt, expected) => {
    const world = amazonWorld({ settings: { clientSecretIssuedAt } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings.filter((warning) => warning.includes('client secret'))).toEqual(expected)
  })
})
