import { describe, expect, it } from 'vitest'
import { instantFromMs, parseInstant } from '../../../core/value/instant.ts'
import { isCurrency, parseMoney } from '../../../core/value/money.ts'
import { catalogCsv, createGoodcang, demoCatalog, seedOrders, stockWarehouse } from '../../../sandbox/index.ts'

const since = parseInstant('2026-11-20T00:00:00Z') ?? instantFromMs(0)
const context = { catalog: demoCatalog, since }

describe('a seed plan', () => {
  it('is the same for the same seed and another for another', () => {
    expect(seedOrders(7, 200, context)).toEqual(seedOrders(7, 200, context))
    expect(seedOrders(7, 200, context)).not.toEqual(seedOrders(8, 200, context))
  })

  it('has as many orders as asked for, over all the shops', () => {
    const { accounts, orders } = seedOrders(1, 300, context)

    expect(orders).toHaveLength(300)
    expect(new Set(orders.map(({ account }) => account))).toEqual(new Set(accounts.map(({ account }) => account)))
  })

  it('shows every scenario before any comes again', () => {
    const shown = seedOrders(1, 100, context).orders.map(({ shows }) => shows)
    const special = shown.filter((name) => name !== 'ordinary')

    expect(new Set(special.slice(0, 40)).size).toBe(40)
    expect(special).toEqual(
      expect.arrayContaining([
        'bundle',
        'unit-factor',
        'unmapped-sku',
        'move',
        'platform-hold',
        'before-cutover',
        'hub-forwarded',
        'bought-together',
        'address-ar',
      ]),
    )
  })

  it.each([
    ['amazon', ['cancel', 'cancel-units', 'change-address', 'pay', 'request-cancel', 'ship-elsewhere', 'vanish']],
    ['ebay', ['cancel', 'pay', 'refund', 'request-cancel', 'ship-elsewhere', 'vanish']],
    ['shopify', ['cancel', 'cancel-units', 'change-address', 'pay', 'refund', 'release-hold', 'ship-elsewhere', 'vanish']],
    ['wish', ['cancel', 'change-address', 'pay', 'refund', 'release-hold', 'ship-elsewhere', 'uncancel', 'vanish']],
  ])('changes orders of %s after their import in every way that happens there', (platform, wanted) => {
    const orders = seedOrders(1, 240, context).orders.filter((order) => order.platform === platform)
    const late = orders.flatMap(({ changes }) => changes).filter(({ when }) => when !== 'before-push')

    expect([...new Set(late.map(({ change }) => change.type))]).toEqual(expect.arrayContaining(wanted))
  })

  it('keeps to the shops it is given', () => {
    const { accounts, orders } = seedOrders(1, 60, { ...context, accounts: ['brand-us', 'brand-jp'] })

    expect(accounts.map(({ platform }) => platform)).toEqual(['shopify', 'shopify'])
    expect(new Set(orders.map(({ platform }) => platform))).toEqual(new Set(['shopify']))
    expect(orders.map(({ shows }) => shows)).not.toContain('hub-forwarded')
  })

  it('writes money in the digits of its currency, and addresses with a country', () => {
    const { orders } = seedOrders(3, 300, context)

    for (const { order } of orders) {
      expect(isCurrency(order.currency)).toBe(true)
      for (const amount of [...order.lines.map(({ unitPrice }) => unitPrice), order.shipping ?? '0', order.tax ?? '0']) {
        expect(() => parseMoney(amount, order.currency)).not.toThrow()
      }
      expect(order.shipTo.country).toMatch(/^[A-Z]{2}$/)
      expect(order.lines.length).toBeGreaterThan(0)
    }
    expect(new Set(orders.map(({ order }) => order.currency))).toEqual(new Set(['USD', 'JPY', 'EUR']))
  })

  it('names nobody who lives: mail goes to example.com', () => {
    for (const { order } of seedOrders(5, 200, context).orders) {
      expect(order.buyer.email).toMatch(/@example\.com$/)
      expect(order.shipTo.email).toMatch(/@example\.com$/)
    }
  })

  it('places one order before the cut-over', () => {
    const before = seedOrders(1, 100, context).orders.filter(({ shows }) => shows === 'before-cutover')

    expect(before.every(({ order }) => (order.placedAt ?? since) < since)).toBe(true)
    expect(before.length).toBeGreaterThan(0)
  })

  it('sells one variation an order on Wish', () => {
    const wish = seedOrders(1, 300, context).orders.filter(({ platform }) => platform === 'wish')

    expect(wish.every(({ order }) => order.lines.length === 1)).toBe(true)
  })
})

describe('the demo catalog', () => {
  it('maps every listing except the one that shows an unmapped SKU and the gift card', () => {
    const isMapped = ({ channelSku, itemId }: (typeof demoCatalog.listings)[number]) =>
      demoCatalog.mappings.some((row) => (channelSku === '' ? row.itemId === itemId : row.channelSku === channelSku))

    expect(demoCatalog.listings.filter((listing) => !isMapped(listing)).map(({ shows }) => shows)).toEqual(['unmapped', 'gift-card'])
  })

  it('knows a warehouse SKU of at most 24 characters and stock for every product in every warehouse', () => {
    const pairs = demoCatalog.warehouses.flatMap(({ code }) => demoCatalog.products.map(({ sku }) => `${code} ${sku}`))

    expect(demoCatalog.warehouseSkus.map(({ warehouse, sku }) => `${warehouse} ${sku}`)).toEqual(pairs)
    expect(demoCatalog.warehouseSkus.every(({ wmsSku }) => wmsSku.length <= 24)).toBe(true)
    expect(demoCatalog.stock).toHaveLength(pairs.length)
  })

  it('comes as the files that the product imports', () => {
    const files = catalogCsv(demoCatalog)

    expect(files['products.csv'].split('\n')[0]).toBe(
      'sku,name,name_zh,weight_g,length_mm,width_mm,height_mm,declared_value,currency,hs_code,origin,cargo_class',
    )
    expect(files['products.csv']).toContain('"Steel bottle, 750 ml"')
    expect(files['sku-mappings.csv']).toContain(',,SET-BREAKFAST,,,TEA-50,2')
    expect(files['warehouse-skus.csv']).toContain('NJ,CBL-1M,CBL-1M-BOX10,10')
  })

  it('fills the shelves of a simulated warehouse', async () => {
    const warehouse = createGoodcang({ now: () => since, limits: 'open' })
    const settings = stockWarehouse(warehouse, 'gc', demoCatalog)

    const answer = await warehouse.fetch(
      new Request('http://127.0.0.1/public_open/inventory/get_product_inventory', {
        method: 'POST',
        headers: { 'app-key': String(settings['appKey']), 'app-token': String(settings['appToken']) },
        body: JSON.stringify({ page: 1, pageSize: 200, warehouse_code: 'JPOS', product_sku: 'QS-LAMP-01' }),
      }),
    )

    expect(await answer.json()).toMatchObject({ data: [{ sellable: 0 }] })
  })
})
