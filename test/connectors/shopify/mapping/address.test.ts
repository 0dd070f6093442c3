import { describe, expect, test } from 'vitest'
import { fulfillmentOrderJson, listOf, mapped, orderJson } from '../order-fixture.ts'

const { destination } = fulfillmentOrderJson()

describe('where to ship', () => {
  test('is the destination of the fulfillment order, with the code of the region from the order [shopify-field-05]', () => {
    expect(mapped().personal.shipTo).toEqual({
      name: 'Ada Lovelace',
      phone: '+12015550100',
      email: 'ada@example.com',
      line1: '1 Main Street',
      city: 'Newark',
      state: 'NJ',
      postcode: '07102',
      country: 'US',
    })
  })

  test('follows the destination when it differs from the address of the order [shopify-field-05]', () => {
    const moved = { ...destination, address1: '9 Harbor Road', province: 'Maine', zip: '04101' }

    const order = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: moved })) })

    expect(order.personal.shipTo).toMatchObject({ line1: '9 Harbor Road', state: 'Maine', postcode: '04101' })
  })

  test('falls back to the address of the order [shopify-field-05]', () => {
    const order = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: null })) })

    expect(order.personal.shipTo).toMatchObject({ name: 'Ada Lovelace', line1: '1 Main Street', state: 'NJ', country: 'US' })
  })

  test('takes telephone and mail from the order when the address has none', () => {
    const { shippingAddress } = orderJson()
    const order = mapped({
      phone: '+12015550199',
      shippingAddress: shippingAddress && { ...shippingAddress, phone: null },
      fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: { ...destination, phone: null, email: null } })),
    })

    expect(order.personal.shipTo).toMatchObject({ phone: '+12015550199', email: 'ada@example.com' })
  })

  test.each([null, ''])('has the company for a name when nobody is named (%j) [shopify-field-05]', (name) => {
    const { shippingAddress } = orderJson()
    const order = mapped({
      shippingAddress: shippingAddress && { ...shippingAddress, name, company: 'Analytical Engines' },
      fulfillmentOrders: listOf(
        fulfillmentOrderJson({ destination: { ...destination, firstName: name, lastName: name, company: 'Analytical Engines' } }),
      ),
    })

    expect(order.personal.shipTo).toMatchObject({ name: 'Analytical Engines', company: 'Analytical Engines' })
  })

  test('has no country of its own making', () => {
    const order = mapped({ fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: { ...destination, countryCode: null } })) })

    expect(order.holds).toMatchObject([{ reason: 'pii-missing' }])
  })
})
