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
    expect(order.tags).toEqual(['amazon-business', 'residential', 'transparency', 'signature-confirmation', 'gift'])
    expect(order.raw).toBe(document)
  })

  test('keeps item ids as text with their leading zeros, and prices per unit', () => {
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
    ['PENDING_AVAILABILITY', 'awaiting-payment', 'pending'],
    ['PENDING', 'awaiting-payment', 'pending'],
    ['UNSHIPPED', 'open', 'paid'],
    ['PARTIALLY_SHIPPED', 'partially-shipped', 'paid'],
    ['SHIPPED', 'shipped', 'paid'],
    ['INVOICE_UNCONFIRMED', 'shipped', 'paid'],
    ['CANCELLED', 'cancelled', 'pending'],
  ])('in status %s is %s', (fulfillmentStatus, status, paymentState) => {
    const order = snapshotOf(orderDocument({ fulfillment: fulfillment({ fulfillmentStatus }) }))

    expect(order).toMatchObject({ status, paymentState, platformStatus: fulfillmentStatus })
  })

  test('that is pending has neither prices nor address, and no hold for that', () => {
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
  test('is the address, when the application lacks the role for it', () => {
    const order = snapshotOf(orderDocument({ recipient: { deliveryAddress: { city: 'Newark', countryCode: 'US' } } }))

    expect(reasons(order)).toEqual(['pii-missing'])
    expect(order.personalWithheld).toBe(true)
    expect(order.personal.shipTo).toBeUndefined()
  })

  test('is the buyer, who asks to cancel a line', () => {
    const asked = item({ cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'NO_LONGER_NEEDED' } } })

    const order = snapshotOf(orderDocument({ orderItems: [item({ orderItemId: '1' }), asked] }))

    expect(order.holds).toEqual([{ reason: 'cancel-pending', detail: expect.stringContaining('00123456789012 (NO_LONGER_NEEDED)') }])
  })

  test('is the buyer, whose own words are not repeated', () => {
    const asked = item({ cancellation: { cancellationRequest: { cancelReason: 'my name is Ann Buyer' } } })

    const [hold] = snapshotOf(orderDocument({ orderItems: [asked] })).holds

    expect(hold?.detail).not.toContain('Ann')
  })

  test.each(['PRIME', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON'])(
    'is a person, when the program %s wants its labels from Amazon',
    (program) => {
      const order = snapshotOf(orderDocument({ programs: [program] }))

      expect(reasons(order)).toEqual(['platform-hold'])
    },
  )

  test('is the time before which no label may be printed', () => {
    const window = { earliestDateTime: '2026-11-25T09:00:00Z' }

    const order = snapshotOf(orderDocument({ fulfillment: fulfillment({ labelPrintingWindow: window }) }))

    expect(order.releaseNotBefore).toBe('2026-11-25T09:00:00.000Z')
  })

  test('ends with shipping: a shipped order holds for nothing', () => {
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
    ['a country', { recipient: { deliveryAddress: { addressLine1: '1 Road', countryCode: 'ZZ' } } }, 'ZZ'],
    ['a sales channel', { salesChannel: { channelName: 'MOON' } }, 'MOON'],
    ['a party that fulfills', { fulfillment: fulfillment({ fulfilledBy: 'ROBOTS' }) }, 'ROBOTS'],
  ])('is an explanation of %s that nobody knows', (_name, changes, word) => {
    const order = snapshotOf(orderDocument(changes))

    const holds = order.holds.filter((hold) => hold.reason === 'unknown-value')
    expect(holds).toHaveLength(1)
    expect(holds[0]?.detail).toContain(word)
    expect(order.status === 'shipped').toBe(false)
  })

  test('is an unknown status, which is never taken for open', () => {
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
  ])('is ignored with a reason and without holds: %s', (reason, changes) => {
    const order = snapshotOf(orderDocument(changes))

    expect(order.ignoredReason).toContain(reason)
    expect(order.holds).toEqual([])
  })

  test('does not include a replacement: it ships like any other', () => {
    const associatedOrders = [{ orderId: '113-0000000-0000001', associationType: 'REPLACEMENT_ORIGINAL_ID' }]

    const order = snapshotOf(orderDocument({ associatedOrders, proceeds: undefined }))

    expect(order.ignoredReason).toBeUndefined()
    expect(order.tags).toContain('replacement')
  })
})

describe('quantities of a line', () => {
  const line = (quantityOrdered: number, counts: Readonly<Record<string, number>> | undefined, fulfillmentStatus = 'PARTIALLY_SHIPPED') =>
    snapshotOf(
      orderDocument({ fulfillment: fulfillment({ fulfillmentStatus }), orderItems: [item({ quantityOrdered, fulfillment: counts })] }),
    ).lines[0]

  test('count as cancelled what is neither fulfilled nor unfulfilled', () => {
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
    [
      'with an amount that is none',
      { orderItems: [item({ product: { price: { unitPrice: usd('12,50') } } })] },
      'orderItems.0.product.price',
    ],
    ['with a third of a cent', { proceeds: { grandTotal: usd('1.003') } }, 'proceeds.grandTotal'],
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
