import { describe, expect, test } from 'vitest'
import { amazonWorld } from '../amazon-world.ts'

describe('checking the connection', () => {
  test('names the store and has nothing to warn of', async () => {
    const world = amazonWorld()

    expect(await world.connector.checkConnection(world.call)).toEqual({ account: 'Sandbox store seller', warnings: [] })
  })

  test('warns of a marketplace in which the seller takes no part', async () => {
    const world = amazonWorld({ settings: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('A2EUQ1WTGCTBG2')])
  })

  test.each([
    ['2026-06-28', 0],
    ['2026-06-27', 1],
  ])('warns from the 150th day of a client secret on: %s', async (clientSecretIssuedAt, count) => {
    const world = amazonWorld({ settings: { clientSecretIssuedAt } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings.filter((warning) => warning.includes('client secret'))).toHaveLength(count)
  })

  test('warns that v0 ends', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('2027-03-27')])
  })
})
