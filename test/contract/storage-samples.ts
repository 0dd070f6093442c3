import type { Product, SkuMapping } from '../../core/model/catalog.ts'
import type { Effect } from '../../core/model/effect.ts'
import type { FulfillmentOrder } from '../../core/model/fulfillment-order.ts'
import type { Hold } from '../../core/model/hold.ts'
import type { Order } from '../../core/model/order.ts'
import type { StockLevel } from '../../core/model/stock.ts'
import type { Storage } from '../../core/ports/storage.ts'
import { asChannelSku, asSku, asWmsSku, orderNumber } from '../../core/value/ids.ts'
import type { Instant } from '../../core/value/instant.ts'
import { money } from '../../core/value/money.ts'

/** An instant of 24 November 2026, such as `at('08:00')`. */
export function at(time: string): Instant {
  return `2026-11-24T${time}:00.000Z` as Instant
}

/** An order with the least that a platform gives. */
export function sampleOrder(platformOrderId: string, changes: Partial<Order> = {}): Order {
  const shop = changes.shop ?? 'us-amazon'
  return {
    orderNo: orderNumber(shop, platformOrderId),
    clientId: 'default',
    shop,
    platform: 'amazon',
    platformOrderId,
    state: 'open',
    platformState: 'open',
    platformStatus: 'Unshipped',
    fulfilledBy: 'seller',
    paymentState: 'paid',
    purchasedAt: at('08:00'),
    updatedAt: at('08:01'),
    personal: { buyer: {}, notes: {} },
    lines: [],
    taxIds: {},
    tags: [],
    partialShipmentAllowed: true,
    edits: {},
    importedAt: at('08:02'),
    changedAt: at('08:02'),
    contentHash: 'hash-1',
    version: 1,
    ...changes,
  }
}

/** An order with every field that an order can have. */
export function fullOrder(platformOrderId: string): Order {
  const usd = (minorUnits: number) => money(minorUnits, 'USD')
  return sampleOrder(platformOrderId, {
    displayNumber: '#1001',
    ignoredReason: 'fulfilled by the platform',
    site: 'ATVPDKIKX0DER',
    groupId: 'group-7',
    paidAt: at('08:00'),
    shipBy: at('20:00'),
    deliverBy: at('23:00'),
    releaseNotBefore: at('09:00'),
    promisedService: 'Std US D2D Dom',
    planDueAt: at('08:03'),
    personal: {
      shipTo: {
        name: 'Zoë 王小明 😀',
        company: 'Example GmbH',
        phone: '+1 609 555 0100',
        email: 'zoe@example.com',
        line1: '1 Canary Street',
        line2: 'c/o \u0000 NUL',
        line3: 'back door',
        city: 'Trenton',
        district: 'Mercer',
        state: 'NJ',
        postcode: '00501',
        country: 'US',
      },
      buyer: { id: 'B1', name: 'Zoë', email: 'zoe@example.com' },
      notes: { buyer: 'ring twice', gift: 'happy birthday', seller: 'a regular' },
    },
    lines: [
      {
        platformLineId: '1',
        itemId: 'ASIN1',
        variantId: 'V1',
        channelSku: asChannelSku('MUG, "red" '),
        title: 'Mug <b>\u0000</b> \ud83d',
        quantity: 3,
        cancelledQuantity: 1,
        shippedQuantity: 1,
        unitPrice: usd(1234),
        customization: 'engrave: canary love',
        resolved: [
          { sku: asSku('MUG'), quantity: 1 },
          { sku: asSku('BOX'), quantity: 2 },
        ],
      },
      {
        platformLineId: '2',
        channelSku: asChannelSku(''),
        title: '',
        quantity: 1,
        cancelledQuantity: 0,
        shippedQuantity: 0,
        resolved: [],
      },
    ],
    totals: { items: usd(3702), shipping: usd(0), tax: usd(12), discount: usd(-1), grand: usd(Number.MAX_SAFE_INTEGER) },
    taxIds: { ioss: 'IM1', vat: 'DE1', eori: 'E1' },
    tags: ['prime', 'gift'],
    edits: { shipTo: { name: 'Other', country: 'CA' }, warehouse: 'NJ', service: 'ground' },
    ruled: { ignoredReason: 'shipped by the factory', tags: ['gift'], level: 'expedited' },
  })
}

export function sampleHold(orderNo: string, changes: Partial<Hold> = {}): Hold {
  return {
    orderNo,
    clientId: 'default',
    reason: 'unmapped-sku',
    source: 'system',
    subject: 'MUG',
    detail: 'Channel SKU MUG has no product; add a mapping.',
    release: { mode: 'when-condition' },
    placedAt: at('08:10'),
    ...changes,
  }
}

export function sampleFulfillmentOrder(orderNo: string, changes: Partial<FulfillmentOrder> = {}): FulfillmentOrder {
  const sequence = changes.sequence ?? 1
  return {
    foNo: `F-${orderNo}-${sequence}`,
    clientId: 'default',
    orderNo,
    sequence,
    reference: `${orderNo}-${sequence}`,
    account: 'gc',
    warehouse: 'NJ',
    service: 'ground',
    status: 'planned',
    parked: false,
    lines: [
      {
        wmsSku: asWmsSku('GC-MUG'),
        quantity: 1,
        sku: asSku('MUG'),
        unitFactor: 6,
        orderLines: [{ platformLineId: '1', quantity: 6 }],
      },
    ],
    packages: [],
    plannedAt: at('08:20'),
    changedAt: at('08:20'),
    version: 1,
    ...changes,
  }
}

export function sampleEffect(key: string, changes: Partial<Effect> = {}): Effect {
  return {
    key,
    kind: 'wms-create',
    account: 'gc',
    clientId: 'default',
    orderNo: 'Q1',
    payload: { shipTo: { name: 'Zoë', country: 'US' } },
    payloadHash: 'payload-hash',
    state: 'planned',
    attempt: 0,
    epoch: 0,
    probes: 0,
    absences: 0,
    createdAt: at('08:30'),
    ...changes,
  }
}

export function sampleLevel(wmsSku: string, available: number, changes: Partial<StockLevel> = {}): StockLevel {
  return {
    warehouse: 'NJ',
    wmsSku: asWmsSku(wmsSku),
    available,
    reserved: 1,
    pendingPutaway: 2,
    inTransit: 3,
    defective: 4,
    asOf: at('09:00'),
    ...changes,
  }
}

export function sampleProduct(sku: string, changes: Partial<Product> = {}): Product {
  return { sku: asSku(sku), name: `Product ${sku}`, cargoClass: 'general', ...changes }
}

export function sampleMapping(channelSku: string, changes: Partial<SkuMapping> = {}): SkuMapping {
  return {
    platform: '',
    shop: '',
    channelSku: asChannelSku(channelSku),
    itemId: '',
    variantId: '',
    targets: [{ sku: asSku('MUG'), quantity: 1 }],
    ...changes,
  }
}

export async function saveOrders(storage: Storage, orders: readonly Order[]): Promise<void> {
  await Promise.all(orders.map((order) => storage.write((stores) => stores.orders.save(order))))
}

export function platformIds(orders: readonly Order[]): readonly string[] {
  return orders.map((order) => order.platformOrderId)
}
