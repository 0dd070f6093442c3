import { type Money, type MoneyDocument, moneyDocument } from '../value/money.ts'
import type { Effect } from './effect.ts'
import { type FulfillmentOrder, leadOf } from './fulfillment-order.ts'
import type { Hold } from './hold.ts'
import { type Address, effectiveShipTo, type Order, reasonNotToShip } from './order.ts'
import { isOpen } from './reconcile-holds.ts'

export interface DocumentParts {
  readonly order: Order
  readonly fulfillmentOrders: readonly FulfillmentOrder[]
  readonly effects: readonly Effect[]
  readonly holds: readonly Hold[]
}

/** The order as `npm run orders -- show --json` prints it; `docs/order.schema.json` is its schema. */
export type OrderDocument = ReturnType<typeof orderDocument>

/** Personal fields are masked unless `showPersonal` is given. */
export function orderDocument({ order, fulfillmentOrders, effects, holds }: DocumentParts, showPersonal: boolean) {
  return {
    orderNo: order.orderNo,
    shop: order.shop,
    platform: order.platform,
    platformOrderId: order.platformOrderId,
    state: order.state,
    platformStatus: order.platformStatus,
    ignoredReason: reasonNotToShip(order) ?? null,
    fulfilledBy: order.fulfilledBy,
    paymentState: order.paymentState,
    purchasedAt: order.purchasedAt,
    updatedAt: order.updatedAt,
    shipBy: order.shipBy ?? null,
    promisedService: order.promisedService ?? null,
    shipTo: addressDocument(effectiveShipTo(order), showPersonal),
    lines: order.lines.map((line) => ({
      platformLineId: line.platformLineId,
      channelSku: line.channelSku,
      title: line.title,
      quantity: line.quantity,
      cancelledQuantity: line.cancelledQuantity,
      shippedQuantity: Math.max(line.shippedQuantity, shippedUnits(fulfillmentOrders, line.platformLineId)),
      unitPrice: amount(line.unitPrice),
      resolved: line.resolved.map(({ sku, quantity }) => ({ sku, quantity })),
    })),
    totals: totalsDocument(order),
    taxIds: taxIdsDocument(order, showPersonal),
    holds: holds.filter(isOpen).map((hold) => ({ reason: hold.reason, detail: hold.detail, since: hold.placedAt })),
    fulfillmentOrders: fulfillmentOrders.map((item) => ({
      foNo: leadOf(item),
      warehouse: item.warehouse,
      service: item.service,
      status: item.status,
      reference: item.reference,
      wmsOrderNo: item.wmsOrderNo ?? null,
      packages: item.packages.map(({ trackingNumber, carrier, carrierRaw, shippedAt }) => ({
        trackingNumber,
        carrier: carrier ?? carrierRaw ?? null,
        shippedAt,
      })),
    })),
    writebacks: effects.filter((effect) => effect.kind === 'confirm-shipment').map(writeBackDocument),
  }
}

function writeBackDocument(effect: Effect) {
  const { trackingNumber } = effect.payload as { readonly trackingNumber: string }
  return { trackingNumber, state: effect.state, confirmedAt: effect.state === 'confirmed' ? (effect.settledAt ?? null) : null }
}

function shippedUnits(fulfillmentOrders: readonly FulfillmentOrder[], platformLineId: string): number {
  const lines = fulfillmentOrders.flatMap((item) => item.packages).flatMap((item) => item.orderLines)
  return lines.filter((line) => line.platformLineId === platformLineId).reduce((sum, line) => sum + line.quantity, 0)
}

function totalsDocument(order: Order): Readonly<Record<'items' | 'shipping' | 'tax' | 'discount' | 'grand', MoneyDocument | null>> {
  const { totals } = order
  return {
    items: amount(totals?.items),
    shipping: amount(totals?.shipping),
    tax: amount(totals?.tax),
    discount: amount(totals?.discount),
    grand: amount(totals?.grand),
  }
}

function amount(value: Money | undefined): MoneyDocument | null {
  return value === undefined ? null : moneyDocument(value)
}

function taxIdsDocument({ taxIds }: Order, showPersonal: boolean) {
  const { ioss = null, vat = null, voec = null, identityNumber } = taxIds
  return { ioss, vat, voec, identityNumber: identityNumber === undefined ? null : masked(identityNumber, showPersonal) }
}

const addressFields = ['name', 'company', 'phone', 'email', 'line1', 'line2', 'line3', 'city', 'state', 'postcode'] as const
/** Where a parcel goes, coarse enough to name nobody. */
const publicFields: ReadonlySet<string> = new Set(['city', 'state'])

function addressDocument(
  address: Address | undefined,
  showPersonal: boolean,
): Readonly<Record<(typeof addressFields)[number] | 'country', string>> {
  const fields = addressFields.map((field) => [field, masked(address?.[field] ?? '', showPersonal || publicFields.has(field))])
  return { ...Object.fromEntries(fields), country: address?.country ?? '' }
}

/** The first sign and stars: enough to recognize, not enough to know. */
function masked(text: string, isShown: boolean): string {
  if (isShown || text === '') return text
  return `${[...text][0]}***`
}
