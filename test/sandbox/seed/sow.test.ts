import { describe, expect, it } from 'vitest'
import { instantFromMs, parseInstant } from '../../../core/value/instant.ts'
import {
  applyChanges,
  createAmazon,
  createEbay,
  createShopify,
  createWish,
  demoCatalog,
  openAccounts,
  placeOrders,
  seedOrders,
} from '../../../sandbox/index.ts'

const since = parseInstant('2026-11-20T00:00:00Z') ?? instantFromMs(0)

function sowWorld() {
  let ms = Date.parse('2026-11-24T10:00:00Z')
  const options = { now: () => instantFromMs(ms), limits: 'open' as const }
  const marketplaces = {
    shopify: createShopify(options),
    amazon: createAmazon(options),
    ebay: createEbay(options),
    wish: createWish(options),
  }
  const plan = seedOrders(11, 300, { catalog: demoCatalog, since })
  const settings = openAccounts(plan.accounts, marketplaces)
  const placed = placeOrders(plan.orders, marketplaces)
  const passMinute = (): void => {
    ms += 60_000
  }
  return { marketplaces, plan, settings, placed, passMinute }
}

describe('carrying out a seed plan', () => {
  it('opens every shop and gives the settings of its connector', () => {
    const { settings } = sowWorld()

    expect(settings['brand-us']).toMatchObject({ shop: 'brand-us.myshopify.com', clientId: expect.any(String), apiVersion: '2026-10' })
    expect(Object.keys(settings)).toEqual(['brand-us', 'brand-jp', 'us-amazon', 'de-ebay', 'wish-1'])
  })

  it('places every order where the ledger of its shop shows it', () => {
    const { marketplaces, placed } = sowWorld()

    for (const { platform, account, platformOrderId } of placed) {
      expect(marketplaces[platform].ledger(account).orders.some((order) => order.platformOrderId === platformOrderId)).toBe(true)
    }
  })

  it('lets every planned change happen on platforms that have it', () => {
    const { marketplaces, placed, passMinute } = sowWorld()

    const refused = (['before-push', 'after-push', 'later'] as const).flatMap((when) => {
      passMinute()
      return applyChanges(placed, when, marketplaces)
    })

    expect(refused).toEqual([])
    const cancelled = placed.filter(({ shows }) => shows === 'cancel-before-push')
    expect(cancelled.length).toBeGreaterThan(0)
    for (const { platform, account, platformOrderId } of cancelled) {
      expect(marketplaces[platform].ledger(account).orders.find((order) => order.platformOrderId === platformOrderId)?.status).toBe(
        'cancelled',
      )
    }
  })

  it('returns a change that comes too late, and goes on with the others', () => {
    const { marketplaces, placed } = sowWorld()
    const shopOrders = placed.filter(({ platform }) => platform === 'shopify')
    const late = shopOrders.find(({ shows }) => shows === 'cancel-after-push-shopify')
    if (late)
      marketplaces.shopify.changeOrder(late.account, late.platformOrderId, { type: 'ship-elsewhere', trackingNumber: 'E1', carrier: 'UPS' })

    const refused = applyChanges(shopOrders, 'after-push', marketplaces)

    expect(refused).toMatchObject([{ platformOrderId: late?.platformOrderId, change: { type: 'cancel' } }])
  })
})
