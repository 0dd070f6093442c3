import { describe, expect, test } from 'vitest'
import { needsShipments } from '../../../connectors/ebay/map-order.ts'
import { orderSchema } from '../../../connectors/ebay/schema.ts'
import { instant, lineItem, mapped, orderPayload, shipTo } from './order-payload.ts'

const reasons = (payload: Readonly<Record<string, unknown>>) => mapped(payload).holds.map((hold) => hold.reason)

const details = (payload: Readonly<Record<string, unknown>>) => mapped(payload).holds.map((hold) => hold.detail)

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
})

describe('the state of an order', () => {
  test.each([
    ['state-01', 'NONE_REQUESTED', 'PAID', 'NOT_STARTED', 'open', 'paid', []],
    ['state-01', 'NONE_REQUESTED', 'PAID', 'IN_PROGRESS', 'partially-shipped', 'paid', []],
    ['state-01', 'NONE_REQUESTED', 'PAID', 'FULFILLED', 'shipped', 'paid', []],
    ['state-01', 'NONE_REQUESTED', 'PAID', 'BEAMED', 'open', 'paid', ['unknown-value']],
    ['state-03', 'NONE_REQUESTED', 'PENDING', 'NOT_STARTED', 'awaiting-payment', 'pending', []],
    ['state-03', 'NONE_REQUESTED', 'FAILED', 'NOT_STARTED', 'awaiting-payment', 'failed', []],
    ['state-03', 'NONE_REQUESTED', 'PARTIALLY_REFUNDED', 'NOT_STARTED', 'open', 'partially-refunded', []],
    ['state-03', 'NONE_REQUESTED', 'FULLY_REFUNDED', 'NOT_STARTED', 'open', 'refunded', ['platform-hold']],
    ['state-03', 'NONE_REQUESTED', 'FULLY_REFUNDED', 'FULFILLED', 'shipped', 'refunded', []],
    ['state-03', 'NONE_REQUESTED', 'BARTERED', 'NOT_STARTED', 'awaiting-payment', 'pending', ['unknown-value']],
    ['state-04', 'IN_PROGRESS', 'PAID', 'NOT_STARTED', 'open', 'paid', ['cancel-pending']],
    ['state-04', 'CANCELED', 'PAID', 'NOT_STARTED', 'cancelled', 'paid', []],
    ['state-04', 'SUSPENDED', 'PAID', 'NOT_STARTED', 'open', 'paid', ['unknown-value']],
    ['state-07', 'CANCELED', 'FULLY_REFUNDED', 'FULFILLED', 'cancelled', 'refunded', []],
    ['state-07', 'CANCELED', 'PENDING', 'NOT_STARTED', 'cancelled', 'pending', []],
    ['state-07', 'NONE_REQUESTED', 'PENDING', 'FULFILLED', 'awaiting-payment', 'pending', []],
  ])('[ebay-%s] %s, %s and %s is %s (%s)', (_id, cancelState, orderPaymentStatus, orderFulfillmentStatus, status, paymentState, holds) => {
    const payload = orderPayload({ cancelStatus: { cancelState, cancelRequests: [] }, orderPaymentStatus, orderFulfillmentStatus })

    expect(mapped(payload)).toMatchObject({ status, paymentState })
    expect(reasons(payload)).toEqual(holds)
  })

  test.each([
    ['NOT_STARTED', 0, []],
    ['IN_PROGRESS', 0, []],
    ['FULFILLED', 2, []],
    ['BEAMED', 0, ['unknown-value']],
  ])('of one line, %s, counts %i units as shipped [ebay-state-02]', (lineItemFulfillmentStatus, shippedQuantity, holds) => {
    const payload = orderPayload({ orderFulfillmentStatus: 'IN_PROGRESS', lineItems: [lineItem({ lineItemFulfillmentStatus })] })

    expect(mapped(payload).lines[0]?.shippedQuantity).toBe(shippedQuantity)
    expect(reasons(payload)).toEqual(holds)
  })

  test('counts nothing as shipped in a cancelled order that reads FULFILLED without a shipment [ebay-state-07]', () => {
    const payload = orderPayload({ cancelStatus: { cancelState: 'CANCELED' }, orderFulfillmentStatus: 'FULFILLED' })

    expect(mapped(payload).lines[0]).toMatchObject({ quantity: 2, cancelledQuantity: 2, shippedQuantity: 0 })
  })

  test.each([
    [['REQUESTED'], ['cancel-pending']],
    [['PONDERED'], ['cancel-pending']],
    [['COMPLETED'], ['cancel-pending']],
    [['REJECTED'], []],
    [['REJECTED', 'REQUESTED'], ['cancel-pending']],
    [['REJECTED', 'COMPLETED'], ['cancel-pending']],
  ])('cancel requests that are %j give the holds %j [ebay-state-05]', (states, holds) => {
    const cancelRequests = states.map((cancelRequestState) => ({ cancelRequestId: '5', cancelRequestState }))
    const payload = orderPayload({ cancelStatus: { cancelState: 'IN_PROGRESS', cancelRequests } })

    expect(reasons(payload)).toEqual(holds)
    if (holds.length > 0) expect(details(payload).join()).toContain(`IN_PROGRESS, ${states.join(', ')}`)
  })

  test.each([
    [[], 'accept or decline it in Seller Hub'],
    [['COMPLETED', 'REQUESTED'], 'accept or decline it in Seller Hub'],
    [['COMPLETED'], 'eBay is finishing it, there is nothing to do'],
    [['REJECTED', 'COMPLETED'], 'eBay is finishing it, there is nothing to do'],
  ])('cancel requests that are %j are told with what to do: %s [ebay-state-05]', (states, advice) => {
    const cancelRequests = states.map((cancelRequestState) => ({ cancelRequestState }))

    expect(details(orderPayload({ cancelStatus: { cancelState: 'IN_PROGRESS', cancelRequests } }))[0]).toMatch(new RegExp(`: ${advice}$`))
  })

  test('says the unknown word in the hold', () => {
    expect(details(orderPayload({ orderFulfillmentStatus: 'BEAMED' }))).toEqual(['orderFulfillmentStatus BEAMED'])
    expect(details(orderPayload({ orderPaymentStatus: undefined }))).toEqual(['orderPaymentStatus (missing)'])
  })
})

describe('a refund before shipping', () => {
  const eur = (value: string) => ({ value, currency: 'EUR' })
  const order = (refunds: readonly object[], lineRefunds: readonly object[] = []) =>
    orderPayload({
      orderPaymentStatus: 'PARTIALLY_REFUNDED',
      paymentSummary: { payments: [], refunds },
      lineItems: [
        lineItem({ discountedLineItemCost: eur('16.5'), refunds: lineRefunds }),
        lineItem({ lineItemId: '2', lineItemCost: eur('10.0') }),
      ],
    })

  test.each([
    ['PENDING', ['platform-hold']],
    ['REFUNDED', ['platform-hold']],
    ['FAILED', []],
  ])('of all goods that is %s gives the holds %j [ebay-state-06]', (refundStatus, holds) => {
    expect(reasons(order([{ amount: eur('26.5'), refundStatus }]))).toEqual(holds)
  })

  test('of a part of the goods does not hold the order', () => {
    expect(reasons(order([{ amount: eur('26.4'), refundStatus: 'REFUNDED' }], [{ amount: eur('16.4') }]))).toEqual([])
  })

  test('of a whole line cancels its units and lets the others go [ebay-field-17]', () => {
    const payload = order([], [{ amount: eur('10.0') }, { amount: eur('6.5') }])

    expect(mapped(payload).lines.map((line) => line.cancelledQuantity)).toEqual([2, 0])
    expect(reasons(payload)).toEqual([])
  })

  test('of every line holds the order and says what to do', () => {
    const payload = order([{ amount: eur('26.5'), refundStatus: 'REFUNDED' }])

    expect(details(payload)[0]).toMatch(/a refund of the whole price .*cancel it there, or release the hold/)
  })

  test('that came after the line had left cancels nothing', () => {
    const lineItems = [
      lineItem({ lineItemFulfillmentStatus: 'FULFILLED', refunds: [{ amount: eur('20.0') }] }),
      lineItem({ lineItemId: '2' }),
    ]

    expect(mapped(orderPayload({ orderFulfillmentStatus: 'IN_PROGRESS', lineItems })).lines[0]).toMatchObject({
      shippedQuantity: 2,
      cancelledQuantity: 0,
    })
  })

  test('of a whole line of which one unit has left cancels the others, and nothing waits for them', () => {
    const fulfillments = [shipment('1Z1', [{ lineItemId: '10085146243212', quantity: 1 }])]
    const lineItems = [lineItem({ quantity: 3, lineItemFulfillmentStatus: 'FULFILLED', refunds: [{ amount: eur('20.0') }] })]

    const read = mapped(orderPayload({ orderFulfillmentStatus: 'FULFILLED', orderPaymentStatus: 'PARTIALLY_REFUNDED', lineItems }), {
      fulfillments,
    })

    expect(read).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 1, cancelledQuantity: 2 }], holds: [] })
  })

  test('is no reason to wait once everything has left', () => {
    const shipped = { ...order([{ amount: eur('26.5'), refundStatus: 'REFUNDED' }]), orderFulfillmentStatus: 'FULFILLED' }

    expect(reasons(shipped)).toEqual([])
  })
})

interface ShownLine {
  readonly lineItemId: string
  readonly quantity: number | undefined
}

const shipment = (shipmentTrackingNumber: string | undefined, lineItems: readonly ShownLine[]) => ({
  fulfillmentId: shipmentTrackingNumber ?? '999',
  shipmentTrackingNumber,
  shippingCarrierCode: shipmentTrackingNumber && 'DHL',
  shippedDate: undefined,
  lineItems: [...lineItems],
})

describe('units shipped and shipments', () => {
  const units = (quantity: number | undefined, number: string | undefined = '1Z1') =>
    shipment(number, [{ lineItemId: '10085146243212', quantity }])

  test.each([
    ['one parcel', [units(1)], 1, 'partially-shipped'],
    ['two parcels', [units(1), units(1)], 2, 'partially-shipped'],
    ['parcels with every unit', [units(1), units(2)], 3, 'shipped'],
    ['parcels with more units than there are', [units(2), units(2)], 3, 'shipped'],
    ['a parcel that does not say how many', [units(undefined)], 3, 'shipped'],
    ['a shipment of Seller Hub without a tracking number', [{ ...units(1), shipmentTrackingNumber: undefined }], 3, 'shipped'],
    ['parcels of other lines alone', [shipment('1Z1', [{ lineItemId: '2', quantity: 1 }])], 3, 'shipped'],
    ['no parcel at all', [], 3, 'shipped'],
  ])('of three units that eBay calls FULFILLED, %s [ebay-state-02] [ebay-trap-15]', (_what, fulfillments, shippedQuantity, status) => {
    const line = lineItem({ quantity: 3, lineItemFulfillmentStatus: 'FULFILLED' })

    const order = mapped(orderPayload({ orderFulfillmentStatus: 'FULFILLED', lineItems: [line] }), { fulfillments })

    expect(order).toMatchObject({ status, platformStatus: 'PAID / FULFILLED', lines: [{ quantity: 3, shippedQuantity }] })
  })

  test.each([
    ['NOT_STARTED', [2], false],
    ['IN_PROGRESS', [1, 1], false],
    ['IN_PROGRESS', [1, 2], true],
    ['FULFILLED', [1], false],
    ['FULFILLED', [2], true],
  ])('of an order that is %s with %j units a line need the shipments: %s [ebay-trap-15]', (orderFulfillmentStatus, quantities, wanted) => {
    const lineItems = quantities.map((quantity, index) => lineItem({ lineItemId: String(index), quantity }))

    expect(needsShipments(orderSchema.parse(orderPayload({ orderFulfillmentStatus, lineItems })))).toBe(wanted)
  })

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

  test('are read from the links otherwise: the last part is the tracking number [ebay-write-02] [ebay-write-12]', () => {
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
  const way = (fulfillmentInstructionsType: string) => ({ fulfillmentStartInstructions: [{ fulfillmentInstructionsType }] })
  test.each([
    ['field-21', way('DIGITAL'), 'delivered digitally (DIGITAL)', 'seller'],
    ['field-21', way('PREPARE_FOR_PICKUP'), 'picked up in the store (PREPARE_FOR_PICKUP)', 'seller'],
    ['field-21', way('FULFILLED_BY_EBAY'), 'fulfilled by eBay (FULFILLED_BY_EBAY)', 'platform'],
    ['field-22', { program: { fulfillmentProgram: { fulfilledBy: 'EBAY' } } }, 'fulfilled by eBay (FULFILLED_BY_EBAY)', 'platform'],
    ['field-22', { program: { ebayVault: { fulfillmentType: 'VAULT_TO_BUYER' } } }, 'sent by the eBay vault (VAULT_TO_BUYER)', 'platform'],
    ['field-22', { program: { ebayVault: { fulfillmentType: 'Vault to Vault' } } }, 'sent by the eBay vault (VAULT_TO_VAULT)', 'platform'],
  ])('[ebay-%s] %j is %s and waits for no address', (_id, changes, ignoredReason, fulfilledBy) => {
    const order = mapped(orderPayload(changes))

    expect(order).toMatchObject({ ignoredReason, fulfilledBy, holds: [] })
    expect(order).not.toHaveProperty('personalWithheld')
  })

  test('an item that the seller sends to the vault is ours', () => {
    const order = mapped(orderPayload({ program: { ebayVault: { fulfillmentType: 'SELLER_TO_VAULT' } } }))

    expect(order).not.toHaveProperty('ignoredReason')
    expect(order.tags).toEqual(['ebay-vault'])
  })

  const address = { shipTo: { name: 'Erika Mustermann', line1: 'Heidestr. 17' } }

  test('a way of delivery that nobody knows is held, not ignored, and its address kept', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [shipTo({}, { fulfillmentInstructionsType: 'BEAM' })] }))

    expect(order).toMatchObject({
      personal: address,
      holds: [{ reason: 'unknown-value', detail: 'fulfillmentInstructionsType BEAM' }],
    })
    expect(order).not.toHaveProperty('ignoredReason')
  })

  test.each([
    ['SELLER_DEFINED', 'the seller’s own way of delivery'],
    ['PREPARE_FOR_PICKUP', 'the store of a Click and Collect order'],
  ])('%s with an address is ours to ship: %s [ebay-field-21]', (fulfillmentInstructionsType) => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [shipTo({}, { fulfillmentInstructionsType })] }))

    expect(order).toMatchObject({ fulfilledBy: 'seller', personal: address, promisedService: 'DE_DPDClassic', holds: [] })
    expect(order).not.toHaveProperty('ignoredReason')
  })

  test.each([
    ['In-Store Pickup', { fulfillmentInstructionsType: 'PREPARE_FOR_PICKUP', pickupStep: { merchantLocationKey: 'store-1' } }],
    ['goods sent by e-mail, with the address of the buyer’s registration', { fulfillmentInstructionsType: 'DIGITAL' }],
  ])('%s is not ours, even with an address [ebay-field-21]', (_what, instruction) => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [shipTo({}, instruction)] }))

    expect(order).toMatchObject({ ignoredReason: expect.stringContaining(instruction.fulfillmentInstructionsType), holds: [] })
  })

  test('SHIP_TO counts before every other instruction', () => {
    const others = ['DIGITAL', 'SELLER_DEFINED'].map((fulfillmentInstructionsType) =>
      shipTo({ fullName: 'Another' }, { fulfillmentInstructionsType }),
    )

    expect(mapped(orderPayload({ fulfillmentStartInstructions: [...others, shipTo()] })).personal).toMatchObject(address)
  })
})

describe('personal data that eBay hides', () => {
  const aged = shipTo({
    fullName: undefined,
    primaryPhone: {},
    email: undefined,
    contactAddress: { city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
  })

  test('holds an order that is still to ship, and keeps what is stored [ebay-field-23]', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [aged] }))

    expect(order).toMatchObject({ personalWithheld: true, holds: [{ reason: 'pii-missing' }] })
  })

  test.each([
    ['2026-11-24T08:00:00Z', 'eBay shows no full delivery address: ask the buyer for it, or look in Seller Hub'],
    [
      '2027-02-19T08:00:00Z',
      'eBay does not show the full delivery address (it hides names and streets 90 days after the purchase): enter it from your records',
    ],
  ])('is said to be over its 90 days only when it is; at %s: %s [ebay-field-23]', (now, detail) => {
    expect(mapped(orderPayload({ fulfillmentStartInstructions: [aged] }), { now: instant(now) }).holds).toEqual([
      { reason: 'pii-missing', detail },
    ])
  })

  test('does not hold an order that has shipped', () => {
    const order = mapped(orderPayload({ fulfillmentStartInstructions: [aged], orderFulfillmentStatus: 'FULFILLED' }))

    expect(order).toMatchObject({ personalWithheld: true, holds: [] })
  })

  test.each([
    ['2026-12-03T10:00:00Z', undefined],
    ['2026-12-05T10:00:00Z', true],
  ])('an e-mail address missing at %s means withheld: %s [ebay-field-23]', (now, personalWithheld) => {
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
