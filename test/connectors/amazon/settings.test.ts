import { describe, expect, test } from 'vitest'
import { amazonSettings } from '../../../connectors/amazon/settings.ts'

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
  ])('refuse %s', (_name, changes, words) => {
    const parsed = amazonSettings.safeParse({ ...settings, ...changes })

    expect(JSON.stringify(parsed.error?.issues)).toMatch(words)
  })

  test('take a marketplace that is not in our list', () => {
    expect(amazonSettings.safeParse({ ...settings, marketplaceIds: ['A17E79C6D8DWNP'] }).success).toBe(true)
  })
})
