import { newEffect } from '../../core/effects/new-effect.ts'
import type { Effect } from '../../core/model/effect.ts'
import type { FulfillmentLine, FulfillmentOrder, Package } from '../../core/model/fulfillment-order.ts'
import type { Hold } from '../../core/model/hold.ts'
import type { Order, OrderLine } from '../../core/model/order.ts'
import { type Dossier, effectKey } from '../../core/planning/dossier.ts'
import { asSku, asWmsSku } from '../../core/value/ids.ts'
import { at, homeAddress, snapshotLine } from './order-snapshots.ts'

export const orderNo = 'Q000000000001'

/** A line of two mugs, mapped. */
export function orderLine(changes: Partial<OrderLine> = {}): OrderLine {
  return { ...snapshotLine(), resolved: [{ sku: asSku('MUG'), quantity: 1 }], ...changes }
}

/** A stored order of two mugs with nothing decided about it. */
export function order(changes: Partial<Order> = {}): Order {
  return {
    orderNo,
    clientId: 'default',
    shop: 'brand',
    platform: 'shopify',
    platformOrderId: '1',
    state: 'open',
    platformState: 'open',
    platformStatus: 'PAID / UNFULFILLED',
    fulfilledBy: 'seller',
    paymentState: 'paid',
    purchasedAt: at('07:00'),
    updatedAt: at('07:00'),
    personal: { shipTo: homeAddress, buyer: {}, notes: {} },
    lines: [orderLine()],
    taxIds: {},
    tags: [],
    partialShipmentAllowed: true,
    edits: {},
    importedAt: at('07:30'),
    changedAt: at('07:30'),
    contentHash: 'hash',
    version: 1,
    ...changes,
  }
}

export function fulfillmentLine(changes: Partial<FulfillmentLine> = {}): FulfillmentLine {
  return {
    wmsSku: asWmsSku('GC-MUG'),
    quantity: 2,
    sku: asSku('MUG'),
    unitFactor: 1,
    orderLines: [{ platformLineId: 'L1', quantity: 2 }],
    ...changes,
  }
}

/** The fulfillment order with this number, for the whole order. */
export function fulfillmentOrder(sequence: number, changes: Partial<FulfillmentOrder> = {}): FulfillmentOrder {
  const reference = `${orderNo}-${sequence}`
  return {
    foNo: reference,
    clientId: 'default',
    orderNo,
    sequence,
    reference,
    account: 'gc',
    warehouse: 'NJ',
    service: 'ground',
    status: 'accepted',
    parked: false,
    lines: [fulfillmentLine()],
    packages: [],
    plannedAt: at('08:00'),
    changedAt: at('08:00'),
    version: 1,
    ...changes,
  }
}

/** A parcel with both mugs. */
export function packed(ordinal: number, changes: Partial<Package> = {}): Package {
  return {
    ordinal,
    trackingNumber: `940${ordinal}`,
    carrier: 'fedex',
    shippedAt: at('10:00'),
    orderLines: [{ platformLineId: 'L1', quantity: 2 }],
    ...changes,
  }
}

export function createEffect(sequence: number, changes: Partial<Effect> = {}): Effect {
  const reference = `${orderNo}-${sequence}`
  const payload = { reference, shipTo: homeAddress }
  return { ...effect(effectKey.create(reference), 'wms-create', payload), foNo: reference, state: 'confirmed', ...changes }
}

export function cancelEffect(sequence: number, changes: Partial<Effect> = {}): Effect {
  const reference = `${orderNo}-${sequence}`
  return { ...effect(effectKey.cancel(reference), 'wms-cancel', { reference, wmsOrderNo: 'W1' }), foNo: reference, ...changes }
}

export function confirmEffect(ordinal: number, changes: Partial<Effect> = {}): Effect {
  const payload = { platformOrderId: '1', packageOrdinal: ordinal, trackingNumber: `940${ordinal}` }
  return { ...effect(effectKey.confirm(orderNo, ordinal), 'confirm-shipment', payload), account: 'brand', ...changes }
}

export function hold(changes: Partial<Hold> = {}): Hold {
  return {
    orderNo,
    clientId: 'default',
    reason: 'out-of-stock',
    source: 'system',
    subject: '',
    detail: 'there is none',
    release: { mode: 'when-condition' },
    placedAt: at('08:00'),
    ...changes,
  }
}

export function dossier(parts: Partial<Dossier> = {}): Dossier {
  return { order: order(), fulfillmentOrders: [], effects: [], holds: [], ...parts }
}

function effect(key: string, kind: Effect['kind'], payload: unknown): Effect {
  return newEffect({ key, kind, account: 'gc', clientId: 'default', orderNo, payload, now: at('08:00') })
}
