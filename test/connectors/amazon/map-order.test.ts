import { describe, expect, test } from 'vitest'
import { idOf, readOrder } from '../../../connectors/amazon/map-order.ts'
import { readRecords } from '../../../connectors/shared/read-records.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { RejectedRecord } from '../../../core/ports/connector.ts'
import { fulfillment, item, orderDocument, usd } from './order-document.ts'

const snapshotOf = (document: unknown): OrderSnapshot => readOrder(document)

async function rejectionOf(document: unknown): Promise<RejectedRecord> {
  const { rejected } = await readRecords([document], { idOf, read: (record) => readOrder(record) })
  if (rejected[0]) return rejected[0]
  throw new Error('the order was read')
}

const reasons = (order: OrderSnapshot) => order.holds.map((hold) => hold.reason)

describe('an order of Amazon', () => {
  test('becomes a whole snapshot', () => {
    const document = orderDocument()

    const order = snapshotOf(document)

    expect(order).toMatchObject({
      platformOrderId: '113-1234567-7654321',
      displayNumber: 'WEB-4711',
      status: 'open',
      platformStatus: 'UNSHIPPED',
      fulfilledBy: 'seller',
      paymentState: 'paid',
      site: 'ATVPDKIKX0DER',
      purchasedAt: '2026-11-24T07:00:00.000Z',
      updatedAt: '2026-11-24T07:05:00.123Z',
      shipBy: '2026-11-26T07:59:59.000Z',
      deliverBy: '2026-12-02T07:59:59.000Z',
      promisedService: 'STANDARD',
      taxIds: { ioss: 'IM1234567890' },
      partialShipmentAllowed: true,
      holds: [],
      shipments: [],
    })
    expect(order.personal).toEqual({
      shipTo: {
        name: 'Ann Buyer',
        company: 'Buyer Ltd',
        phone: '+1 201 555 0100',
        email: 'x1@marketplace.amazon.com',
        line1: '1 Main Street',
        line2: 'Floor 2',
        city: 'Newark',
        district: 'Essex',
        state: 'NJ',
        postcode: '07102',
        country: 'US',
      },
      buyer: { name: 'Ann Buyer', email: 'x1@marketplace.amazon.com' },
      notes: { buyer: 'Porch; Ring twice', gift: 'Happy birthday' },
    })
    expect(order.tags).toEqual(['amazon-business', 'residential', 'subscribe-and-save', 'signature-confirmation', 'gift', 'gift-wrap'])
    expect(order.raw).toBe(document)
  })

  test('keeps item ids as text with their leading zeros, and prices per unit [amazon-field-18]', () => {
    const [line] = snapshotOf(orderDocument()).lines

    expect(line).toEqual({
      platformLineId: '00123456789012',
      itemId: 'B000000001',
      channelSku: 'LAMP-RED',
      title: 'Lamp',
      quantity: 3,
      cancelledQuantity: 0,
      shippedQuantity: 0,
      unitPrice: { minorUnits: 1000, currency: 'USD' },
    })
  })

  test('takes null for absent', () => {
    const order = snapshotOf(orderDocument({ programs: null, buyer: null, proceeds: null, packages: null, orderAliases: null }))

    expect(order.displayNumber).toBeUndefined()
    expect(order.shipments).toBeUndefined()
  })

  test.each([
    ['PENDING_AVAILABILITY', 'awaiting-payment', 'pending', '01'],
    ['PENDING', 'awaiting-payment', 'pending', '01'],
    ['UNSHIPPED', 'open', 'paid', '02'],
    ['PARTIALLY_SHIPPED', 'partially-shipped', 'paid', '04'],
    ['SHIPPED', 'shipped', 'paid', '05'],
    ['INVOICE_UNCONFIRMED', 'shipped', 'paid', '05'],
    ['CANCELLED', 'cancelled', 'pending', '06'],
  ])('in status %s is %s, payment %s [amazon-state-%s]', (fulfillmentStatus, status, paymentState) => {
    const order = snapshotOf(orderDocument({ fulfillment: fulfillment({ fulfillmentStatus }) }))

    expect(order).toMatchObject({ status, paymentState, platformStatus: fulfillmentStatus })
  })

  test('that is pending has neither prices nor address, and no hold for that [amazon-state-01] [amazon-field-17]', () => {
    const document = orderDocument({
      fulfillment: fulfillment({ fulfillmentStatus: 'PENDING' }),
      recipient: undefined,
      buyer: undefined,
      proceeds: undefined,
      orderItems: [item({ product: { asin: 'B1', title: 'Lamp', sellerSku: 'LAMP-RED' }, proceeds: undefined })],
    })

    const order = snapshotOf(document)

    expect(order).toMatchObject({ status: 'awaiting-payment', holds: [], personalWithheld: true })
    expect(order.totals).toBeUndefined()
    expect(order.personal.shipTo).toBeUndefined()
    expect(order.lines[0]?.unitPrice).toBeUndefined()
  })
})

describe('what an order of Amazon waits for', () => {
  test('is the address, when the application lacks the role for it [amazon-read-08] [amazon-trap-13]', () => {
    const order = snapshotOf(orderDocument({ recipient: { deliveryAddress: { city: 'Newark', countryCode: 'US' } } }))

    expect(order.holds).toEqual([{ reason: 'pii-missing', detail: expect.stringMatching(/role .* \(Restricted\) and authorize it again/) }])
    expect(order.personalWithheld).toBe(true)
    expect(order.personal.shipTo).toBeUndefined()
  })

  test('is the buyer, who asks to cancel a line [amazon-state-03] [amazon-field-29]', () => {
    const asked = item({ cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'NO_LONGER_NEEDED' } } })

    const order = snapshotOf(orderDocument({ orderItems: [item({ orderItemId: '1' }), asked] }))

    expect(order.holds).toEqual([{ reason: 'cancel-pending', detail: expect.stringContaining('00123456789012 (NO_LONGER_NEEDED)') }])
  })

  test('is not the buyer any more when the line is shipped or cancelled [amazon-field-29]', () => {
    const counts = { quantityFulfilled: 1, quantityUnfulfilled: 0 }
    const asked = item({ cancellation: { cancellationRequest: { requester: 'BUYER' } }, fulfillment: counts })

    expect(snapshotOf(orderDocument({ orderItems: [asked, item({ orderItemId: '1' })] })).holds).toEqual([])
  })

  test('is a person who sees to the codes of Transparency items, and learns what to do with them [amazon-field-31]', () => {
    const coded = item({ programs: ['TRANSPARENCY'] })

    const { holds, tags } = snapshotOf(orderDocument({ orderItems: [coded, item({ orderItemId: '1' })] }))

    expect(holds).toEqual([
      { reason: 'platform-hold', detail: expect.stringMatching(/^item 00123456789012 .* release the order .* Seller Central/) },
    ])
    expect(tags).toContain('transparency')
  })

  test('is the buyer, whose own words are not repeated', () => {
    const asked = item({ cancellation: { cancellationRequest: { cancelReason: 'my name is Ann Buyer' } } })

    const [hold] = snapshotOf(orderDocument({ orderItems: [asked] })).holds

    expect(hold?.detail).not.toContain('Ann')
  })

  test.each(['PRIME', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON'])(
    'is a person, when the program %s wants its labels from Amazon [amazon-state-11]',
    (program) => {
      const order = snapshotOf(orderDocument({ programs: [program] }))

      expect(reasons(order)).toEqual(['platform-hold'])
    },
  )

  test('is the time before which no label may be printed [amazon-field-10]', () => {
    const window = { earliestDateTime: '2026-11-25T09:00:00Z' }

    const order = snapshotOf(orderDocument({ fulfillment: fulfillment({ labelPrintingWindow: window }) }))

    expect(order.releaseNotBefore).toBe('2026-11-25T09:00:00.000Z')
  })

  test('ends with shipping: a shipped order holds for nothing [amazon-state-05]', () => {
    const shipped = fulfillment({ fulfillmentStatus: 'SHIPPED' })

    const order = snapshotOf(orderDocument({ fulfillment: shipped, recipient: undefined, programs: ['PRIME'] }))

    expect(order.holds).toEqual([])
    expect(order.personalWithheld).toBe(true)
  })

  test.each([
    ['a status', { fulfillment: fulfillment({ fulfillmentStatus: 'TELEPORTED' }) }, 'TELEPORTED'],
    ['no status at all', { fulfillment: undefined }, 'fulfillment status ""'],
    ['a status named like a property of objects', { fulfillment: fulfillment({ fulfillmentStatus: 'constructor' }) }, 'constructor'],
    ['a currency', { proceeds: { grandTotal: { amount: '1.00', currencyCode: 'ZZZ' } } }, 'ZZZ'],
    ['an amount', { orderItems: [item({ product: { price: { unitPrice: usd('12,50') } } })] }, 'item 00123456789012, unitPrice: "12,50"'],
    ['an amount that is not there', { proceeds: { grandTotal: { amount: null, currencyCode: 'USD' } } }, 'proceeds.grandTotal: ""'],
    [
      'sums that no number can hold',
      { proceeds: {}, orderItems: [item({ quantityOrdered: 1e12, proceeds: {}, product: { price: { unitPrice: usd('9e9') } } })] },
      'not a whole number of minor units',
    ],
    ['a country', { recipient: { deliveryAddress: { addressLine1: '1 Road', countryCode: 'ZZ' } } }, 'ZZ'],
    ['a sales channel', { salesChannel: { channelName: 'MOON' } }, 'MOON'],
    ['a party that fulfills', { fulfillment: fulfillment({ fulfilledBy: 'ROBOTS' }) }, 'ROBOTS'],
  ])('is an explanation of %s that nobody knows [amazon-state-08]', (_name, changes, word) => {
    const order = snapshotOf(orderDocument(changes))

    const holds = order.holds.filter((hold) => hold.reason === 'unknown-value')
    expect(holds).toHaveLength(1)
    expect(holds[0]?.detail).toContain(word)
    expect(order.status === 'shipped').toBe(false)
  })

  test('is an unknown status, which is never taken for open [amazon-state-08]', () => {
    const order = snapshotOf(orderDocument({ fulfillment: fulfillment({ fulfillmentStatus: 'TELEPORTED' }) }))

    expect(order.status).toBe('awaiting-payment')
  })
})

describe('an order of Amazon that is not ours to ship', () => {
  test.each([
    ['fulfilled by Amazon', { fulfillment: fulfillment({ fulfilledBy: 'AMAZON' }), recipient: undefined }],
    ['placed outside Amazon', { salesChannel: { channelName: 'NON_AMAZON' } }],
    ['picked up in the store', { programs: ['IN_STORE_PICK_UP'] }],
    ['unfulfillable at Amazon', { fulfillment: fulfillment({ fulfillmentStatus: 'UNFULFILLABLE', fulfilledBy: 'MERCHANT' }) }],
  ])('is ignored with a reason and without holds: %s [amazon-state-07] [amazon-field-03] [amazon-field-06]', (reason, changes) => {
    const order = snapshotOf(orderDocument(changes))

    expect(order.ignoredReason).toContain(reason)
    expect(order.holds).toEqual([])
  })

  test('does not include a replacement: it ships like any other [amazon-field-16]', () => {
    const associatedOrders = [{ orderId: '113-0000000-0000001', associationType: 'REPLACEMENT_ORIGINAL_ID' }]

    const order = snapshotOf(orderDocument({ associatedOrders, proceeds: undefined }))

    expect(order.ignoredReason).toBeUndefined()
    expect(order.tags).toContain('replacement')
  })
})

describe('an order whose shipment Amazon records by itself', () => {
  test.each(['FBM_SHIP_PLUS', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON'])(
    'is one of %s: it says why nothing is reported [amazon-state-12]',
    (program) => {
      expect(snapshotOf(orderDocument({ programs: [program] })).noWriteBackReason).toContain(program)
    },
  )

  test('may say so on its items, as in v0', () => {
    expect(snapshotOf(orderDocument({ orderItems: [item({ programs: ['FBM_SHIP_PLUS'] })] })).noWriteBackReason).toContain('FBM_SHIP_PLUS')
  })

  test('is no other', () => {
    expect(snapshotOf(orderDocument({ programs: ['PRIME', 'PREMIUM'] })).noWriteBackReason).toBeUndefined()
  })
})

describe('personal data that a reading leaves out', () => {
  test.each([
    ['without the roles for the buyer', { buyer: {} }],
    ['of a shipped order, whose telephone is gone', { fulfillment: fulfillment({ fulfillmentStatus: 'SHIPPED' }) }],
    ['of a cancelled order', { fulfillment: fulfillment({ fulfillmentStatus: 'CANCELLED' }) }],
  ])('%s is withheld: what is stored stays [amazon-read-09] [amazon-trap-12]', (_name, changes) => {
    expect(snapshotOf(orderDocument(changes)).personalWithheld).toBe(true)
  })

  test('is not withheld while everything is there: a correction counts', () => {
    expect(snapshotOf(orderDocument()).personalWithheld).toBeUndefined()
  })
})

describe('quantities of a line', () => {
  const line = (quantityOrdered: number, counts: Readonly<Record<string, number>> | undefined, fulfillmentStatus = 'PARTIALLY_SHIPPED') =>
    snapshotOf(
      orderDocument({ fulfillment: fulfillment({ fulfillmentStatus }), orderItems: [item({ quantityOrdered, fulfillment: counts })] }),
    ).lines[0]

  test('count as cancelled what is neither fulfilled nor unfulfilled [amazon-field-19] [amazon-state-04] [amazon-state-09]', () => {
    expect(line(5, { quantityFulfilled: 2, quantityUnfulfilled: 1 })).toMatchObject({
      quantity: 5,
      shippedQuantity: 2,
      cancelledQuantity: 2,
    })
  })

  test('are open while Amazon counts nothing', () => {
    expect(line(5, undefined)).toMatchObject({ shippedQuantity: 0, cancelledQuantity: 0 })
  })

  test('are cancelled with the order', () => {
    expect(line(5, { quantityFulfilled: 0, quantityUnfulfilled: 5 }, 'CANCELLED')).toMatchObject({ cancelledQuantity: 5 })
  })

  test('that contradict each other are a doubt, not a guess', () => {
    const orderItems = [item({ quantityOrdered: 2, fulfillment: { quantityFulfilled: 2, quantityUnfulfilled: 2 } })]

    expect(reasons(snapshotOf(orderDocument({ orderItems })))).toEqual(['unknown-value'])
  })
})

describe('a record that cannot become an order', () => {
  test.each([
    ['without items', { orderItems: undefined }, 'orderItems'],
    ['with a time without zone', { lastUpdatedTime: '2026-11-24T07:00:00' }, 'lastUpdatedTime'],
    ['with a quantity in words', { orderItems: [item({ quantityOrdered: 'many' })] }, 'orderItems.0.quantityOrdered'],
    ['with half a unit', { orderItems: [item({ quantityOrdered: 0.5 })] }, 'orderItems.0.quantityOrdered'],
  ])('%s is set aside with its place', async (_name, changes, place) => {
    const document = orderDocument(changes)

    const rejected = await rejectionOf(document)

    expect(rejected).toMatchObject({ platformOrderId: '113-1234567-7654321', reason: expect.stringContaining(place) })
    expect(rejected.payload).toBe(document)
  })

  test.each([null, 'text', 42, {}])('is set aside even when it is %j', async (document) => {
    expect((await rejectionOf(document)).payload).toBe(document)
  })
})
