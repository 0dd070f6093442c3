import { describe, expect, test } from 'vitest'
import { amazon } from '../../../connectors/amazon/index.ts'
import { amazonSettings } from '../../../connectors/amazon/settings.ts'
import { amazonWorld, minuteMs } from './amazon-world.ts'

const settings = {
  region: 'na',
  sellerId: 'A1',
  marketplaceIds: ['ATVPDKIKX0DER'],
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
}

describe('settings', () => {
  test('read with the defaults', () => {
    expect(amazonSettings.parse(settings)).toMatchObject({ ordersApi: 'auto', productType: 'PRODUCT' })
  })

  test.each([
    ['an unknown key', { refreshtoken: 'x' }, /refreshtoken/],
    ['an unknown region', { region: 'us' }, /region/],
    ['no marketplace', { marketplaceIds: [] }, /marketplaceIds/],
    ['a marketplace of another region', { marketplaceIds: ['A1PA6795UKMFR9'] }, /belongs to region eu/],
    ['a day that is none', { clientSecretIssuedAt: '2026-02-30' }, /clientSecretIssuedAt/],
  ])('refuse %s [amazon-auth-02]', (_name, changes, words) => {
    const parsed = amazonSettings.safeParse({ ...settings, ...changes })

    expect(JSON.stringify(parsed.error?.issues)).toMatch(words)
  })

  test('take a marketplace that is not in our list', () => {
    expect(amazonSettings.safeParse({ ...settings, marketplaceIds: ['A17E79C6D8DWNP'] }).success).toBe(true)
  })
})

describe('a client secret that grows old', () => {
  test('is warned of with every token that it gets [amazon-auth-03]', async () => {
    const world = amazonWorld({ settings: { clientSecretIssuedAt: '2026-06-20' } })

    await world.connector.fetchOrderChanges(undefined, world.call)

    const fields = { shop: 'us-amazon', warning: expect.stringContaining('157 days old') }
    expect(world.call.lines).toMatchObject([{ level: 'warn', fields }])
  })
})

describe('a client secret that was rotated', () => {
  test('is missed when the token ends: the old one is refused, and the operator learns what to do [amazon-auth-03] [amazon-error-12]', async () => {
    const world = amazonWorld()
    await world.connector.fetchOrderChanges(undefined, world.call)
    world.marketplace.rotateSecret('seller')
    const whileTheTokenLives = world.connector.fetchOrderChanges(undefined, world.call)
    await expect(whileTheTokenLives).resolves.toMatchObject({ hasMore: false })
    world.advance(60 * minuteMs)

    await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toMatchObject({
      kind: 'auth',
      code: 'amazon-invalid-client',
      message: expect.stringMatching(/shop us-amazon: .*seller A\w+ .*put the present clientId and clientSecret into the configuration/),
    })
  })

  test.each([
    ['a stored token lives', 0],
    ['none does', 60],
  ])('works with the new settings while %s [amazon-auth-03]', async (_case, minutes) => {
    const world = amazonWorld()
    const id = world.place()
    const { nextCursor } = await world.connector.fetchOrderChanges(undefined, world.call)
    const granted = world.marketplace.rotateSecret('seller')
    world.advance(minutes * minuteMs)

    const renewed = amazon.create({ ...world.shop, settings: amazonSettings.parse(granted) }, world.transport)

    expect(granted['clientSecret']).not.toBe(world.shop.settings.clientSecret)
    await expect(renewed.fetchOrderChanges(nextCursor, world.call)).resolves.toMatchObject({ hasMore: false })
    expect((await renewed.fetchOrder(id, world.call))?.platformOrderId).toBe(id)
  })
})
