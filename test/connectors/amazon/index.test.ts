import { describe, expect, test } from 'vitest'
import { amazon } from '../../../connectors/amazon/index.ts'
import { amazonWorld } from './amazon-world.ts'

describe('the limits of a shop', () => {
  test('are shared by shops of the same application, seller and region, and by no others [amazon-limit-01] [amazon-auth-02]', () => {
    const { shop } = amazonWorld()
    const sibling = { ...shop, id: 'other-id' }
    const stranger = { ...shop, settings: { ...shop.settings, region: 'fe', marketplaceIds: ['A1VC38T7YXB528'] } }

    expect(amazon.limitScope(sibling)).toBe(amazon.limitScope(shop))
    expect(amazon.limitScope(stranger)).not.toBe(amazon.limitScope(shop))
  })
})
