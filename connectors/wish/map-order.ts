import { SyncError } from '../../core/errors.ts'
import type { OrderSnapshot, PaymentState, SnapshotStatus } from '../../core/model/order.ts'
import type { ListedOrder } from '../../core/ports/connector.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { defined } from '../shared/defined.ts'
import type { Doubts } from '../shared/doubts.ts'
import { reportedShipments } from './map-shipment.ts'
import { addressOf } from './mapping/address.ts'
import { historyOf } from './mapping/history.ts'
import { holdsOf, ignoredReasonOf } from './mapping/holds.ts'
import { pricesOf } from './mapping/totals.ts'
import { type WishOrder, type WishRecord, wishOrder } from './schema.ts'

/**
 * What the states mean. Orders can come back: APPROVED after SHIPPED or REFUNDED is open again and nothing of it counts
 * as shipped. Source: Wish Marketplace V3 API 3.0.65, schema State (read 2026-11-22).
 */
const states: Readonly<Record<string, readonly [status: SnapshotStatus, payment: PaymentState]>> = {
  APPROVED: ['open', 'paid'],
  SHIPPED: ['shipped', 'paid'],
  REFUNDED: ['cancelled', 'refunded'],
  REQUIRE_REVIEW: ['open', 'paid'],
  DECLINED: ['cancelled', 'failed'],
}

/**
 * Reads one record, which has one line: one Wish order is one variation. What makes an order impossible throws (a
 * ZodError, or SyncError `invalid-data`); what only makes it doubtful becomes a hold.
 */
export function readOrder({ raw, exact }: WishRecord): OrderSnapshot {
  const order = wishOrder.parse(exact)
  const quantity = quantityOf(order)
  const doubts: Doubts = []
  const [status, paymentState] = stateOf(order, doubts)
  const prices = pricesOf(order, quantity, doubts)
  const shipTo = addressOf(order)
  const ignoredReason = ignoredReasonOf(order)
  const isToShip = ignoredReason === undefined && status === 'open'
  // An address without street or name was withheld, at least in part: what is stored of it stays.
  const isWithheld = shipTo?.line1 === undefined || shipTo.name === undefined
  const product = order.product_information
  const types = order.fulfillment_order_types
  const isFulfilledByWish = types.includes('FULFILLED_BY_WISH') || order.special_programs.some((program) => program.status === 'SUCCEED')
  return {
    platformOrderId: order.id,
    status,
    platformStatus: order.state ?? '',
    ...defined({
      ignoredReason,
      groupId: order.transaction_id,
      shipBy: order.fulfillment_requirements?.expected_ship_time,
      deliverBy: order.fulfillment_requirements?.expected_delivery_time,
      promisedService: types.includes('WISH_EXPRESS') ? 'wish-express' : undefined,
      totals: prices?.totals,
    }),
    fulfilledBy: isFulfilledByWish ? 'platform' : 'seller',
    paymentState,
    purchasedAt: order.released_at ?? order.updated_at,
    updatedAt: order.updated_at,
    personal: { ...defined({ shipTo }), buyer: {}, notes: {} },
    ...(isWithheld ? { personalWithheld: true } : {}),
    lines: [
      {
        platformLineId: order.id,
        ...defined({ itemId: product?.id, variantId: product?.variation_id, unitPrice: prices?.unit }),
        channelSku: asChannelSku(product?.sku ?? ''),
        title: [product?.name, product?.color, product?.size].filter(Boolean).join(', '),
        quantity,
        cancelledQuantity: status === 'cancelled' ? quantity : 0,
        shippedQuantity: status === 'shipped' ? quantity : 0,
      },
    ],
    taxIds: taxIdsOf(order),
    tags: tagsOf(order),
    holds: isToShip ? holdsOf(order, shipTo, doubts) : [],
    shipments: reportedShipments(order),
    // Wish shows one tracking number per order, so an order that leaves in two parcels cannot be reported.
    partialShipmentAllowed: false,
    raw,
  }
}

/** What the sweep compares; undefined when not even identity and time can be read. */
export function readListing({ id, released_at, exact }: WishRecord): ListedOrder | undefined {
  if (id === undefined || released_at === undefined) return undefined
  const order = wishOrder.safeParse(exact).data
  const [status] = order === undefined ? (['open'] as const) : stateOf(order, [])
  return { platformOrderId: id, createdAt: released_at, status }
}

/** Refunded after the parcel left is shipped; any other refund is a cancellation. A word that is not known is a doubt. */
function stateOf(order: WishOrder, doubts: Doubts): readonly [status: SnapshotStatus, payment: PaymentState] {
  const known = states[order.state ?? '']
  if (known === undefined) doubts.push(`state "${order.state ?? ''}"`)
  const [status, payment] = known ?? ['open', 'paid']
  return [order.state === 'REFUNDED' && historyOf(order).isHandedOver ? 'shipped' : status, payment]
}

function quantityOf(order: WishOrder): number {
  const quantity = order.order_payment?.general_payment_details?.product_quantity
  if (quantity !== undefined && quantity > 0) return quantity
  const problem = quantity === undefined ? 'missing' : `${quantity} is no quantity`
  throw new SyncError('invalid-data', `order_payment.general_payment_details.product_quantity: ${problem}`, {
    code: 'wish-order-unreadable',
    context: { order: order.id },
  })
}

/**
 * `required_vat_numbers` are those of Wish or of the merchant, never the recipient's: only VOEC has a place of its own.
 * Source: Wish Marketplace V3 API 3.0.65, schema TaxEntity (read 2026-11-22).
 */
function taxIdsOf(order: WishOrder) {
  const vat = order.tax_information?.vat_information
  return defined({
    ioss: vat?.eu_vat_customs_declaration?.vat_payer?.ioss_number,
    voec: vat?.required_vat_numbers?.voec?.number,
    identityNumber: order.tax_information?.customer_identity_number,
  })
}

function tagsOf(order: WishOrder): readonly string[] {
  const warehouse = order.warehouse_information?.warehouse_id
  const numbers = Object.entries(order.tax_information?.vat_information?.required_vat_numbers ?? {})
  const tags = [
    ...order.fulfillment_order_types,
    ...order.special_programs.map(({ status = 'unknown' }) => `special-program-${status}`),
    order.state === 'REFUNDED' && 'refunded',
    ...order.refunds.map(({ refund_source }) => refund_source && `refunded-by-${refund_source}`),
    historyOf(order).openedAgain && 're-released',
    warehouse && `wish-warehouse-${warehouse}`,
    ...numbers.map(([name, value]) => value?.number && `tax-id-${name}${value.entity ? `-${value.entity}` : ''}`),
  ]
  return [...new Set(tags.flatMap((tag) => (tag ? tag.toLowerCase().replaceAll('_', '-') : [])))]
}
