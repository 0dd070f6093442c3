import { describe, expect, test } from 'vitest'
import { amazon } from '../../../../connectors/amazon/index.ts'
import { amazonSettings } from '../../../../connectors/amazon/settings.ts'
import { amazonWorld, minuteMs } from '../amazon-world.ts'

const settings = {
  region: 'na',
  sellerId: 'A1',
  marketplaceIds: ['ATVPDKIKX0DER'],
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
}

describe('the consent of a seller', () => {
  test('is asked for on the seller’s own site of the region [amazon-auth-05]', () => {
    const url = new URL(amazon.consent?.authorizeUrl(amazonSettings.parse({ ...settings, applicationId: 'amzn1.sp.solution.x' })) ?? '')

    expect(`${url.origin}${url.pathname}`).toBe('https://sellercentral.amazon.com/apps/authorize/consent')
    expect(url.searchParams.get('application_id')).toBe('amzn1.sp.solution.x')
  })

  test('needs an application id, or else the operator learns the other way [amazon-auth-05]', () => {
    expect(() => amazon.consent?.authorizeUrl(amazonSettings.parse(settings))).toThrow(expect.objectContaining({ kind: 'config' }))
  })

  test('gives a refresh token that works from then on, without one in the settings', async () => {
    const world = amazonWorld({ settings: { refreshToken: undefined } })
    const { consentCodeOf } = await import('../../../../sandbox/amazon/account.ts')
    const code = consentCodeOf({ account: 'seller' })
    const granted = await amazon.consent?.exchange(world.shop.settings, code, world.transport, world.now())
    const key = amazon.consent?.tokenKey(world.shop.settings, world.shop.id)
    if (!granted || !key) throw new Error('there is a consent flow')
    await world.call.tokens.get({ ...key, renew: () => Promise.resolve(granted) })
    world.advance(61 * minuteMs)

    const page = await world.connector.fetchOrderChanges(undefined, world.call)

    expect(granted.refreshToken).toMatch(/^Atzr/)
    expect(page.hasMore).toBe(false)
  })

  test('is refused for a code that is wrong or old', async () => {
    const world = amazonWorld()

    const exchange = amazon.consent?.exchange(world.shop.settings, 'wrong', world.transport, world.now())

    await expect(exchange).rejects.toMatchObject({ kind: 'auth', code: 'amazon-code-refused' })
  })

  test('outlives the rotation of the client secret [amazon-auth-03]', () => {
    const before = amazonSettings.parse(settings)
    const after = amazonSettings.parse({ ...settings, clientSecret: 'rotated' })

    expect(amazon.consent?.tokenKey(after, 'us-amazon')).toEqual(amazon.consent?.tokenKey(before, 'us-amazon'))
  })
})
