import { SyncError } from '../../core/errors.ts'
import type { OrderSnapshot, PaymentState, SnapshotStatus } from '../../core/model/order.ts'
import type { ListedOrder } from '../../core/ports/connector.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { defined } from '../shared/defined.ts'
import type { Doubts } from '../shared/doubts.ts'
import { handedOver, reportedShipments, reReleaseOf } from './map-shipment.ts'
import { addressOf } from './mapping/address.ts'
import { holdsOf } from './mapping/holds.ts'
import { pricesOf } from './mapping/totals.ts'
import { recordKeys, type WishOrder, wishOrder } from './schema.ts'

/** One order as it came: untouched, and with the exact text of its amounts. */
export interface WishRecord {
  readonly raw: unknown
  readonly exact: unknown
}

/**
 * Reads one record. What makes an order impossible throws (a ZodError, or SyncError `invalid-data`); what only
 * makes it doubtful becomes a hold.
 */
export function readOrder(record: WishRecord): OrderSnapshot {
  const order = wishOrder.parse(record.exact)
  const quantity = order.order_payment?.general_payment_details?.product_quantity
  if (quantity !== undefined && quantity > 0) return mapOrder(order, quantity, record.raw)
  throw new SyncError('invalid-data', 'order_payment.general_payment_details.product_quantity: missing', {
    code: 'wish-order-unreadable',
    context: { order: order.id },
  })
}

/** What the sweep compares; undefined when not even identity and time can be read. */
export function readListing(record: WishRecord): ListedOrder | undefined {
  const keys = recordKeys.safeParse(record.raw)
  if (!keys.success || keys.data.id === undefined || keys.data.released_at === undefined) return undefined
  const parsed = wishOrder.safeParse(record.exact)
  const status = parsed.success ? statusOf(parsed.data) : 'open'
  return { platformOrderId: keys.data.id, createdAt: keys.data.released_at, status }
}

export function idOf(record: WishRecord): string | undefined {
  return recordKeys.safeParse(record.raw).data?.id
}

/** One Wish order is one variation, so it has one line, and the line's id is the order's. */
function mapOrder(order: WishOrder, quantity: number, raw: unknown): OrderSnapshot {
  const status = statusOf(order)
  const doubts: Doubts = []
  const prices = pricesOf(order, quantity, doubts)
  const shipTo = addressOf(order)
  const ignoredReason = ignoredReasonOf(order)
  // An address without street or name was withheld, at least in part: what is stored of it stays.
  const isWithheld = shipTo?.line1 === undefined || shipTo.name === undefined
  const isToShip = ignoredReason === undefined && status === 'open'
  const product = order.product_information
  const requirements = order.fulfillment_requirements
  const promisedService = order.fulfillment_order_types.includes('WISH_EXPRESS') ? 'wish-express' : undefined
  return {
    platformOrderId: order.id,
    status,
    platformStatus: order.state ?? '',
    ...defined({
      ignoredReason,
      groupId: order.transaction_id,
      shipBy: requirements?.expected_ship_time,
      deliverBy: requirements?.expected_delivery_time,
      promisedService,
      totals: prices.totals,
    }),
    fulfilledBy: isFulfilledByWish(order) ? 'platform' : 'seller',
    paymentState: paymentStateOf(order),
    purchasedAt: order.released_at ?? order.updated_at,
    updatedAt: order.updated_at,
    personal: { ...defined({ shipTo }), buyer: {}, notes: {} },
    ...(isWithheld ? { personalWithheld: true } : {}),
    lines: [
      {
        platformLineId: order.id,
        ...defined({ itemId: product?.id, variantId: product?.variation_id, unitPrice: prices.unit }),
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

/**
 * Orders can come back: APPROVED after SHIPPED or REFUNDED is open again and nothing of it counts as shipped.
 * Source: Wish Marketplace V3 API 3.0.65, schema State (read 2026-11-22).
 */
function statusOf(order: WishOrder): SnapshotStatus {
  switch (order.state) {
    case 'SHIPPED':
      return 'shipped'
    case 'DECLINED':
      return 'cancelled'
    case 'REFUNDED':
      return handedOver(order) ? 'shipped' : 'cancelled'
    default:
      return 'open'
  }
}

function paymentStateOf(order: WishOrder): PaymentState {
  if (order.state === 'REFUNDED') return 'refunded'
  return order.state === 'DECLINED' ? 'failed' : 'paid'
}

function isFulfilledByWish(order: WishOrder): boolean {
  const types = order.fulfillment_order_types
  return types.includes('FULFILLED_BY_WISH') || order.special_programs.some((program) => program.status === 'SUCCEED')
}

function ignoredReasonOf(order: WishOrder): string | undefined {
  const types = order.fulfillment_order_types
  if (types.includes('FULFILLED_BY_WISH')) return 'fulfilled by Wish (FULFILLED_BY_WISH): nothing to ship'
  if (types.includes('FULFILLED_BY_STORE')) return 'picked up in a store (FULFILLED_BY_STORE): handed out there'
  if (types.includes('UNIFICATION_INITIATIVE')) return 'goes through a Wish hub (UNIFICATION_INITIATIVE): sent with WishPost'
  const program = order.special_programs.find((each) => each.status === 'SUCCEED')
  return program && `fulfilled by the Wish program "${program.display_name ?? ''}": nothing to ship`
}

function taxIdsOf(order: WishOrder) {
  const vat = order.tax_information?.vat_information
  return defined({
    ioss: vat?.eu_vat_customs_declaration?.vat_payer?.ioss_number,
    vat: vat?.required_vat_numbers?.vat?.number,
    eori: vat?.required_vat_numbers?.eori?.number,
    voec: vat?.required_vat_numbers?.voec?.number,
    identityNumber: order.tax_information?.customer_identity_number,
  })
}

function tagsOf(order: WishOrder): readonly string[] {
  const tags = order.fulfillment_order_types.map((type) => type.toLowerCase().replaceAll('_', '-'))
  for (const program of order.special_programs) tags.push(`special-program-${(program.status ?? 'unknown').toLowerCase()}`)
  if (order.state === 'REFUNDED') tags.push('refunded')
  for (const refund of order.refunds)
    if (refund.refund_source) tags.push(`refunded-by-${refund.refund_source.toLowerCase().replaceAll('_', '-')}`)
  if (reReleaseOf(order)) tags.push('re-released')
  if (order.warehouse_information?.warehouse_id) tags.push(`wish-warehouse-${order.warehouse_information.warehouse_id.toLowerCase()}`)
  return [...new Set(tags)]
}
