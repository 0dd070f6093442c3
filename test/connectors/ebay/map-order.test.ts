import { describe, expect, test } from 'vitest'
import { instant, lineItem, mapped, orderPayload, shipTo } from './order-payload.ts'

const reasons = (payload: Readonly<Record<string, unknown>>) => mapped(payload).holds.map((hold) => hold.reason)

const details = (payload: Readonly<Record<string, unknown>>) => mapped(payload).holds.map((hold) => hold.detail)

const eur = (minorUnits: number) => ({ minorUnits, currency: 'EUR' })

describe('an ordinary eBay order', () => {
  test('becomes a whole snapshot', () => {
    const payload = orderPayload()

    const order = mapped(payload)

    expect(order).toMatchObject({
      platformOrderId: '12-15199-57289',
      displayNumber: '1042',
      status: 'open',
      platformStatus: 'PAID / NOT_STARTED',
      fulfilledBy: 'seller',
      paymentState: 'paid',
      site: 'EBAY_AT',
      purchasedAt: '2026-11-20T10:15:27.000Z',
      updatedAt: '2026-11-20T10:16:02.512Z',
      paidAt: '2026-11-20T10:15:28.112Z',
      shipBy: '2026-11-23T22:59:59.000Z',
      deliverBy: '2026-11-26T23:00:00.000Z',
      promisedService: 'DE_DPDClassic',
      holds: [],
      shipments: [],
      partialShipmentAllowed: true,
      taxIds: {},
      tags: [],
    })
    expect(order.raw).toBe(payload)
    expect(order).not.toHaveProperty('ignoredReason')
    expect(order).not.toHaveProperty('personalWithheld')
  })

  test('keeps address, buyer and note', () => {
    expect(mapped(orderPayload()).personal).toEqual({
      shipTo: {
        name: 'Erika Mustermann',
        phone: '030 1234567',
        email: 'abc@members.ebay.com',
        line1: 'Heidestr. 17',
        line2: '2. OG',
        city: 'Berlin',
        postcode: '10115',
        country: 'DE',
      },
      buyer: { id: 'buyer_77', name: 'Erika Mustermann', email: 'abc@members.ebay.com' },
      notes: { buyer: 'Bitte nicht klingeln' },
    })
  })

  test('divides the line cost into the price of one unit', () => {
    expect(mapped(orderPayload()).lines).toEqual([
      {
        platformLineId: '10085146243212',
        itemId: '110012345678',
        variantId: '410099',
        channelSku: 'LAMP-RED',
        title: 'Lampe, rot',
        quantity: 2,
        cancelledQuantity: 0,
        shippedQuantity: 0,
        unitPrice: eur(1_000),
      },
      expect.objectContaining({ channelSku: 'BULB', unitPrice: eur(1_000) }),
    ])
  })

  test('keeps what a division leaves over in the totals', () => {
    const lineItems = [lineItem({ quantity: 3, lineItemCost: { value: '10.0', currency: 'EUR' } })]
    const pricingSummary = { priceSubtotal: { value: '10.0', currency: 'EUR' }, total: { value: '10.0', currency: 'EUR' } }

    const order = mapped(orderPayload({ lineItems, pricingSummary }))

    expect(order.lines[0]?.unitPrice).toEqual(eur(333))
    expect(order.totals?.items).toEqual(eur(1_000))
  })

  test('leaves the channel SKU empty for a listing without one, and names item and variation', () => {
    const order = mapped(orderPayload({ lineItems: [lineItem({ sku: undefined })] }))

    expect(order.lines[0]).toMatchObject({ channelSku: '', itemId: '110012345678', variantId: '410099' })
  })

  test('takes a missing or zero sales record number for none', () => {
    expect(mapped(orderPayload({ salesRecordReference: '0' }))).not.toHaveProperty('displayNumber')
    expect(mapped(orderPayload({ salesRecordReference: null }))).not.toHaveProperty('displayNumber')
  })

  test('reads a telephone that is an empty object as none', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [shipTo({ primaryPhone: {} })] }))

    expect(order.personal.shipTo).not.toHaveProperty('phone')
    expect(order.holds).toEqual([])
  })
})

describe('the state of an order', () => {
  const noHref = { fulfillmentHrefs: [] }
  test.each([
    ['NONE_REQUESTED', 'PAID', 'NOT_STARTED', 'open', 'paid', []],
    ['NONE_REQUESTED', 'PAID', 'IN_PROGRESS', 'partially-shipped', 'paid', []],
    ['NONE_REQUESTED', 'PAID', 'FULFILLED', 'shipped', 'paid', []],
    ['NONE_REQUESTED', 'PENDING', 'NOT_STARTED', 'awaiting-payment', 'pending', []],
    ['NONE_REQUESTED', 'FAILED', 'NOT_STARTED', 'awaiting-payment', 'failed', []],
    ['NONE_REQUESTED', 'PARTIALLY_REFUNDED', 'NOT_STARTED', 'open', 'partially-refunded', []],
    ['NONE_REQUESTED', 'FULLY_REFUNDED', 'NOT_STARTED', 'open', 'refunded', ['platform-hold']],
    ['NONE_REQUESTED', 'FULLY_REFUNDED', 'FULFILLED', 'shipped', 'refunded', []],
    ['CANCELED', 'FULLY_REFUNDED', 'FULFILLED', 'cancelled', 'refunded', []],
    ['CANCELED', 'PENDING', 'NOT_STARTED', 'cancelled', 'pending', []],
    ['IN_PROGRESS', 'PAID', 'NOT_STARTED', 'open', 'paid', ['cancel-pending']],
    ['SUSPENDED', 'PAID', 'NOT_STARTED', 'open', 'paid', ['unknown-value']],
    ['NONE_REQUESTED', 'BARTERED', 'NOT_STARTED', 'awaiting-payment', 'pending', ['unknown-value']],
    ['NONE_REQUESTED', 'PAID', 'BEAMED', 'open', 'paid', ['unknown-value']],
  ])('%s, %s and %s is %s (%s)', (cancelState, orderPaymentStatus, orderFulfillmentStatus, status, paymentState, holds) => {
    const payload = orderPayload({
      cancelStatus: { cancelState, cancelRequests: [] },
      orderPaymentStatus,
      orderFulfillmentStatus,
      ...noHref,
    })

    expect(mapped(payload)).toMatchObject({ status, paymentState })
    expect(reasons(payload)).toEqual(holds)
  })

  test('counts nothing as shipped in a cancelled order that reads FULFILLED without a shipment', () => {
    const payload = orderPayload({ cancelStatus: { cancelState: 'CANCELED' }, orderFulfillmentStatus: 'FULFILLED' })

    expect(mapped(payload).lines[0]).toMatchObject({ quantity: 2, cancelledQuantity: 2, shippedQuantity: 0 })
  })

  test.each([
    ['REQUESTED', ['cancel-pending']],
    ['REJECTED', []],
  ])('a cancel request that is %s gives the holds %j', (cancelRequestState, holds) => {
    const cancelStatus = { cancelState: 'IN_PROGRESS', cancelRequests: [{ cancelRequestId: '5', cancelRequestState }] }

    expect(reasons(orderPayload({ cancelStatus }))).toEqual(holds)
  })

  test('says the unknown word in the hold', () => {
    expect(details(orderPayload({ orderFulfillmentStatus: 'BEAMED' }))).toEqual(['orderFulfillmentStatus BEAMED'])
    expect(details(orderPayload({ orderPaymentStatus: undefined }))).toEqual(['orderPaymentStatus (missing)'])
  })

  test('does not take a payout hold for a reason to wait', () => {
    const payments = [{ paymentStatus: 'PAID', paymentDate: '2026-11-20T10:15:28.112Z', paymentHolds: [{ holdState: 'HELD' }] }]

    expect(reasons(orderPayload({ paymentSummary: { payments } }))).toEqual([])
  })
})

describe('units shipped and shipments', () => {
  test('come from the shipments when a line has gone in part', () => {
    const fulfillments = [
      {
        fulfillmentId: '00340',
        shipmentTrackingNumber: '00340',
        shippingCarrierCode: 'DHL',
        shippedDate: '2026-11-21T08:00:00.000Z',
        lineItems: [{ lineItemId: '10085146243212', quantity: 1 }],
      },
    ]

    const order = mapped(orderPayload({ orderFulfillmentStatus: 'IN_PROGRESS' }), { fulfillments })

    expect(order.lines.map((line) => line.shippedQuantity)).toEqual([1, 0])
    expect(order.shipments).toEqual([
      {
        shipmentId: '00340',
        trackingNumber: '00340',
        carrier: 'DHL',
        shippedAt: '2026-11-21T08:00:00.000Z',
        lines: [{ platformLineId: '10085146243212', quantity: 1 }],
      },
    ])
  })

  test('are read from the links otherwise: the last part is the tracking number', () => {
    const base = 'https://api.ebay.com/sell/fulfillment/v1/order/12-15199-57289/shipping_fulfillment'
    const payload = orderPayload({ orderFulfillmentStatus: 'FULFILLED', fulfillmentHrefs: [`${base}/00340434161234567890`, `${base}/999`] })

    expect(mapped(payload).shipments).toEqual([
      { shipmentId: '00340434161234567890', trackingNumber: '00340434161234567890', lines: [] },
      { shipmentId: '999', lines: [] },
    ])
    expect(mapped(payload).lines.map((line) => line.shippedQuantity)).toEqual([2, 1])
  })

  test('are unknown when the record shows no links', () => {
    expect(mapped(orderPayload({ fulfillmentHrefs: null }))).not.toHaveProperty('shipments')
  })
})

describe('orders that are not ours to ship', () => {
  test.each([
    [{ fulfillmentStartInstructions: [{ fulfillmentInstructionsType: 'DIGITAL' }] }, 'digital', 'seller'],
    [{ fulfillmentStartInstructions: [{ fulfillmentInstructionsType: 'PREPARE_FOR_PICKUP' }] }, 'pickup', 'seller'],
    [{ fulfillmentStartInstructions: [{ fulfillmentInstructionsType: 'FULFILLED_BY_EBAY' }] }, 'fulfilled-by-ebay', 'platform'],
    [{ program: { fulfillmentProgram: { fulfilledBy: 'EBAY' } } }, 'fulfilled-by-ebay', 'platform'],
    [{ program: { ebayVault: { fulfillmentType: 'VAULT_TO_BUYER' } } }, 'fulfilled-by-ebay', 'platform'],
  ])('%j is %s and waits for no address', (changes, ignoredReason, fulfilledBy) => {
    const order = mapped(orderPayload(changes))

    expect(order).toMatchObject({ ignoredReason, fulfilledBy, holds: [] })
    expect(order).not.toHaveProperty('personalWithheld')
  })

  test('an item that the seller sends to the vault is ours', () => {
    const order = mapped(orderPayload({ program: { ebayVault: { fulfillmentType: 'SELLER_TO_VAULT' } } }))

    expect(order).not.toHaveProperty('ignoredReason')
    expect(order.tags).toEqual(['ebay-vault'])
  })

  test('a way of delivery that nobody knows is held, not ignored', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [shipTo({}, { fulfillmentInstructionsType: 'SELLER_DEFINED' })] }))

    expect(order).not.toHaveProperty('ignoredReason')
    expect(order.holds.map((hold) => hold.reason)).toContain('unknown-value')
  })
})

describe('personal data that eBay hides', () => {
  const aged = shipTo({
    fullName: undefined,
    primaryPhone: {},
    email: undefined,
    contactAddress: { city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
  })

  test('holds an order that is still to ship, and keeps what is stored', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [aged] }))

    expect(order).toMatchObject({ personalWithheld: true, holds: [{ reason: 'pii-missing' }] })
  })

  test('does not hold an order that has shipped', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [aged], orderFulfillmentStatus: 'FULFILLED' }))

    expect(order).toMatchObject({ personalWithheld: true, holds: [] })
  })

  test.each([
    ['2026-12-03T10:00:00Z', undefined],
    ['2026-12-05T10:00:00Z', true],
  ])('an e-mail address missing at %s means withheld: %s', (now, personalWithheld) => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [shipTo({ email: undefined })] }), { now: instant(now) })

    expect(order.personalWithheld).toBe(personalWithheld)
    expect(order.holds).toEqual([])
  })
})

describe('records with gaps', () => {
  test('a country that nobody knows is held', () => {
    const payload = orderPayload({ fulfillmentStartInstructions: [shipTo({ contactAddress: { addressLine1: 'x', countryCode: 'QQ' } })] })

    expect(details(payload)).toEqual(['country "QQ"'])
  })

  test('null is absent everywhere', () => {
    const payload = orderPayload({
      buyer: null,
      program: null,
      pricingSummary: null,
      paymentSummary: null,
      buyerCheckoutNotes: null,
      cancelStatus: null,
    })

    expect(mapped(payload)).toMatchObject({ status: 'open', holds: [], personal: { notes: {} } })
  })

  test('a date that is none is refused with its field', () => {
    expect(() => mapped(orderPayload({ lastModifiedDate: 'yesterday' }))).toThrow(/lastModifiedDate/)
  })
})
