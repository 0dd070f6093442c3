import { describe, expect, it } from 'vitest'
import { ordinary, shopWorld } from './shop-world.ts'

const contentQuery = `query Content($id: ID!) { order(id: $id) {
  id legacyResourceId currencyCode presentmentCurrencyCode requiresShipping test note customAttributes { key value }
  shippingAddress { name firstName lastName address1 address2 city provinceCode zip countryCodeV2 phone }
  totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
  subtotalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } }
  totalShippingPriceSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } }
  risk { recommendation assessments { riskLevel } }
  lineItems(first: 5) { nodes { sku quantity requiresShipping isGiftCard customAttributes { key value } variant { id legacyResourceId } product { id }
    originalUnitPriceSet { shopMoney { amount } presentmentMoney { amount } } discountedUnitPriceAfterAllDiscountsSet { shopMoney { amount } } } }
  fulfillmentOrders(first: 5) { nodes { deliveryMethod { methodType } destination { address1 address2 city zip countryCode } } }
} }`

async function contentOf(world: ReturnType<typeof shopWorld>, id: string) {
  return (await world.ask(contentQuery, { id })).data?.['order']
}

describe('an order of a simulated shop', () => {
  it('has ids beyond 2^53, as text', async () => {
    const world = shopWorld()
    const order = await contentOf(world, world.place())

    expect(Number(order?.['legacyResourceId'])).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
    expect(order?.['id']).toBe(`gid://shopify/Order/${String(order?.['legacyResourceId'])}`)
  })

  it('adds its sums up: items less discount, shipping, and the tax on top', async () => {
    const world = shopWorld()
    const order = await contentOf(world, world.place({ discount: '2.50', tax: '1.80' }))

    expect(order).toMatchObject({
      subtotalPriceSet: { shopMoney: { amount: '22.5' } },
      totalDiscountsSet: { shopMoney: { amount: '2.5' } },
      totalShippingPriceSet: { shopMoney: { amount: '4.99' } },
      totalTaxSet: { shopMoney: { amount: '1.8' } },
      totalPriceSet: { shopMoney: { amount: '29.29', currencyCode: 'USD' } },
      lineItems: {
        nodes: [
          {
            originalUnitPriceSet: { shopMoney: { amount: '12.5' } },
            discountedUnitPriceAfterAllDiscountsSet: { shopMoney: { amount: '11.25' } },
          },
        ],
      },
    })
  })

  it('writes yen with a digit after the point', async () => {
    const world = shopWorld({ currency: 'JPY' })
    const order = await contentOf(
      world,
      world.place({ currency: 'JPY', shipping: '500', lines: [{ channelSku: 'A', title: 'Mug', quantity: 1, unitPrice: '1200' }] }),
    )

    expect(order?.['totalPriceSet']).toEqual({
      shopMoney: { amount: '1700.0', currencyCode: 'JPY' },
      presentmentMoney: { amount: '1700.0', currencyCode: 'JPY' },
    })
  })

  it("shows the shop's money and the buyer's where they differ", async () => {
    const world = shopWorld()
    const order = await contentOf(
      world,
      world.place({ currency: 'EUR', shipping: '0', lines: [{ channelSku: 'A', title: 'Mug', quantity: 1, unitPrice: '10.00' }] }),
    )

    expect(order).toMatchObject({
      currencyCode: 'USD',
      presentmentCurrencyCode: 'EUR',
      totalPriceSet: { shopMoney: { amount: '11.0', currencyCode: 'USD' }, presentmentMoney: { amount: '10.0', currencyCode: 'EUR' } },
    })
  })

  it('spells the address of the order and of the work in their own ways', async () => {
    const world = shopWorld()
    const order = await contentOf(world, world.place({ shipTo: { ...ordinary.shipTo, line2: 'Apt 4', line3: 'Floor 2' } }))

    expect(order?.['shippingAddress']).toMatchObject({
      firstName: 'Alex',
      lastName: 'Sample',
      address2: 'Apt 4, Floor 2',
      provinceCode: 'NJ',
      countryCodeV2: 'US',
    })
    expect(order?.['fulfillmentOrders']).toMatchObject({
      nodes: [{ destination: { address1: '100 Example Street', zip: '08817', countryCode: 'US' } }],
    })
  })

  it('carries notes, gift messages and what is to be engraved', async () => {
    const world = shopWorld()
    const line = { channelSku: 'A', title: 'Mug', quantity: 1, unitPrice: '1.00', customization: 'For Zoë' }
    const order = await contentOf(world, world.place({ buyerNote: 'Ring twice', giftMessage: 'Enjoy', lines: [line] }))

    expect(order).toMatchObject({
      note: 'Ring twice',
      customAttributes: [{ value: 'Enjoy' }],
      lineItems: { nodes: [{ customAttributes: [{ value: 'For Zoë' }] }] },
    })
  })

  it('has no SKU where the listing has none, and the product and variant it was sold as', async () => {
    const world = shopWorld()
    const order = await contentOf(
      world,
      world.place({ lines: [{ channelSku: '', itemId: '77', variantId: '42', title: 'Shirt', quantity: 1, unitPrice: '1.00' }] }),
    )

    expect(order?.['lineItems']).toMatchObject({
      nodes: [
        {
          sku: null,
          variant: { id: 'gid://shopify/ProductVariant/42', legacyResourceId: '42' },
          product: { id: 'gid://shopify/Product/77' },
        },
      ],
    })
  })

  it('needs no shipping when it is digital: no address, a delivery method NONE, not ours', async () => {
    const world = shopWorld()
    const id = world.place({ kind: 'digital' })
    const order = await contentOf(world, id)

    expect(order).toMatchObject({
      requiresShipping: false,
      shippingAddress: null,
      fulfillmentOrders: { nodes: [{ deliveryMethod: { methodType: 'NONE' }, destination: null }] },
    })
    expect(world.ledgerOf(id)?.oursToShip).toBe(false)
  })

  it('keeps gift cards apart from the goods of the same order', async () => {
    const world = shopWorld()
    const line = { quantity: 1, unitPrice: '1.00' }
    const id = world.place({
      lines: [
        { ...line, channelSku: 'A', title: 'Mug' },
        { ...line, channelSku: 'G', title: 'Gift card' },
      ],
    })
    const order = await contentOf(world, id)

    expect(order?.['lineItems']).toMatchObject({
      nodes: [
        { requiresShipping: true, isGiftCard: false },
        { requiresShipping: false, isGiftCard: true },
      ],
    })
    expect(order?.['fulfillmentOrders']).toMatchObject({
      nodes: [{ deliveryMethod: { methodType: 'SHIPPING' } }, { deliveryMethod: { methodType: 'NONE' } }],
    })
    expect(world.ledgerOf(id)?.oursToShip).toBe(true)
  })

  it('is not ours when it is picked up or a test', async () => {
    const world = shopWorld()
    const pickup = world.place({ kind: 'pickup' })
    const test = world.place({ site: 'test' })

    expect(await contentOf(world, pickup)).toMatchObject({ fulfillmentOrders: { nodes: [{ deliveryMethod: { methodType: 'PICK_UP' } }] } })
    expect(await contentOf(world, test)).toMatchObject({ test: true })
    expect([world.ledgerOf(pickup)?.oursToShip, world.ledgerOf(test)?.oursToShip]).toEqual([false, false])
  })

  it('refuses kinds of orders that Shopify has not', () => {
    const { place } = shopWorld()

    expect(() => place({ kind: 'hub-forwarded' })).toThrow('hub-forwarded')
    expect(() => place({ kind: 'platform-fulfilled' })).toThrow('platform-fulfilled')
  })
})
