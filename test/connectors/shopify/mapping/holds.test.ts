import { describe, expect, test } from 'vitest'
import { bag, fulfillmentJson, fulfillmentOrderJson, holdReasons, lineJson, listOf, mapped, type OrderJson } from '../order-fixture.ts'

describe('holds for what is doubtful', () => {
  test.each([
    [{ recommendation: 'CANCEL', assessments: [] }],
    [{ recommendation: 'INVESTIGATE', assessments: [] }],
    [{ recommendation: 'NONE', assessments: [{ riskLevel: 'HIGH' }] }],
  ])('risk %j is flagged [shopify-field-13]', (risk) => {
    expect(holdReasons({ risk })).toEqual(['risk-flagged'])
  })

  test.each([
    ['payment status', { displayFinancialStatus: 'BARTERED' }],
    ['no payment status', { displayFinancialStatus: null }],
    ['fulfillment order status', { fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'DREAMING' })) }],
    [
      'delivery method',
      {
        fulfillmentOrders: listOf(
          fulfillmentOrderJson({ deliveryMethod: { methodType: 'DRONE', presentedName: null, maxDeliveryDateTime: null } }),
        ),
      },
    ],
    [
      'country',
      { fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: { ...fulfillmentOrderJson().destination, countryCode: 'ZZ' } })) },
    ],
    ['risk', { risk: { recommendation: 'PRAY', assessments: [] } }],
    ['currency', { totalPriceSet: bag('30.78', 'XXQ') }],
  ] as const)('an unknown %s is held, never guessed', (_what, overrides) => {
    expect(holdReasons(overrides as Partial<OrderJson>)).toEqual(['unknown-value'])
  })

  test('a withheld address is a hold, and what is stored is kept [shopify-auth-10]', () => {
    const hidden = { shippingAddress: null, email: null, fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: null })) }

    const order = mapped(hidden, { personalWithheld: true })

    expect(order.holds.map((hold) => hold.reason)).toEqual(['pii-missing'])
    expect(order.personalWithheld).toBe(true)
    expect(order.personal.shipTo).toBeUndefined()
  })

  test('say what Shopify said and what to do', () => {
    const risk = { recommendation: 'INVESTIGATE', assessments: [{ riskLevel: 'HIGH' }] }

    const order = mapped({
      risk,
      displayFinancialStatus: 'REFUNDED',
      shippingAddress: null,
      fulfillmentOrders: listOf(fulfillmentOrderJson({ destination: null })),
    })

    expect(order.holds).toEqual([
      { reason: 'platform-hold', detail: expect.stringMatching(/REFUNDED.*cancel the order on Shopify/) },
      { reason: 'pii-missing', detail: expect.stringContaining('protected customer data') },
      { reason: 'risk-flagged', detail: expect.stringMatching(/INVESTIGATE, risk HIGH; look at the order/) },
    ])
  })

  test.each([
    ['redacted after shipping, without a word', { shippingAddress: null, displayFulfillmentStatus: 'FULFILLED' }, {}],
    ['with the mail address kept back alone', { email: null }, { personalWithheld: true }],
  ] as const)('an order %s keeps what is stored of the person [shopify-auth-10]', (_what, overrides, options) => {
    const order = mapped(
      {
        fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED', destination: null }, { 1: 0 })),
        fulfillments: [fulfillmentJson()],
        ...overrides,
      },
      options,
    )

    expect(order.personalWithheld).toBe(true)
  })

  test('a shipped order needs no address', () => {
    const order = mapped({
      shippingAddress: null,
      lineItems: listOf(lineJson({ unfulfilledQuantity: 0 })),
      fulfillmentOrders: listOf(fulfillmentOrderJson({ status: 'CLOSED', destination: null }, { 1: 0 })),
      fulfillments: [fulfillmentJson()],
    })

    expect(order.holds).toEqual([])
  })
})
