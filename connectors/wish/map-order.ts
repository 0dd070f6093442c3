import { SyncError } from '../../core/errors.ts'
import type { Address, OrderSnapshot, PaymentState, PlatformHold, SnapshotStatus } from '../../core/model/order.ts'
import type { ListedOrder } from '../../core/ports/connector.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { isCountry } from '../shared/country.ts'
import { pricesOf } from './map-prices.ts'
import { handedOver, isReReleased, reportedShipments } from './map-shipment.ts'
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
  const prices = pricesOf(order, quantity)
  const shipTo = addressOf(order)
  const ignoredReason = ignoredReasonOf(order)
  const holds = ignoredReason === undefined ? holdsOf(order, status, shipTo, prices.problem) : []
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
    ...(shipTo === undefined ? { personalWithheld: true } : {}),
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
    holds,
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

const knownStates = new Set(['APPROVED', 'SHIPPED', 'REFUNDED', 'REQUIRE_REVIEW', 'DECLINED'])

/** Schema OrderType; the enumeration writes PC-VAT, the prose beside it PC_VAT. */
const knownOrderTypes = new Set([
  'WISH_EXPRESS',
  'FULFILLED_BY_WISH',
  'FULFILLED_BY_STORE',
  'LESS_THAN_TRUCKLOAD',
  'PREMIUM_SHIPPING_CARRIER_UPGRADE',
  'ADVANCED_LOGISTICS',
  'OPTIONAL_ADVANCED_LOGISTICS',
  'CONFIRMED_DELIVERY_POLICY',
  'VAT',
  'PC-VAT',
  'PC_VAT',
  'UNIFICATION_INITIATIVE',
  'MAX_DELIVERY_DAY_REQUIREMENT',
  'CALCULATED_SHIPPING',
  'WISH_PLUS',
])

function isFulfilledByWish(order: WishOrder): boolean {
  const types = order.fulfillment_order_types
  return types.includes('FULFILLED_BY_WISH') || order.special_programs.some((program) => program.status === 'SUCCEED')
}

function ignoredReasonOf(order: WishOrder): string | undefined {
  const types = order.fulfillment_order_types
  if (types.includes('FULFILLED_BY_WISH')) return 'fulfilled by Wish (FULFILLED_BY_WISH)'
  if (types.includes('FULFILLED_BY_STORE')) return 'picked up in a store (FULFILLED_BY_STORE)'
  if (types.includes('UNIFICATION_INITIATIVE')) return 'goes through a Wish hub (UNIFICATION_INITIATIVE)'
  const program = order.special_programs.find((each) => each.status === 'SUCCEED')
  return program && `fulfilled by the Wish program "${program.display_name ?? ''}"`
}

function holdsOf(order: WishOrder, status: SnapshotStatus, shipTo: Address | undefined, priceProblem: string | undefined) {
  if (status !== 'open') return []
  const unknown = [...unknownValues(order), ...unknownCountry(shipTo), ...(priceProblem === undefined ? [] : [priceProblem])]
  const waits = platformWaits(order)
  const holds: PlatformHold[] = []
  if (unknown.length > 0) holds.push({ reason: 'unknown-value', detail: unknown.join('; ') })
  if (waits.length > 0) holds.push({ reason: 'platform-hold', detail: waits.join('; ') })
  if (shipTo === undefined) holds.push({ reason: 'pii-missing', detail: 'Wish sent no shipping address' })
  return holds
}

function unknownValues(order: WishOrder): readonly string[] {
  const words: string[] = []
  if (!knownStates.has(order.state ?? '')) words.push(`state "${order.state ?? ''}"`)
  for (const type of order.fulfillment_order_types) if (!knownOrderTypes.has(type)) words.push(`fulfillment_order_types "${type}"`)
  for (const { status } of order.special_programs) {
    if (!['PENDING', 'SUCCEED', 'FAILED'].includes(status ?? '')) words.push(`special_programs status "${status ?? ''}"`)
  }
  if (order.released_at === undefined) words.push('released_at is missing')
  return words
}

function unknownCountry(shipTo: Address | undefined): readonly string[] {
  return shipTo === undefined || isCountry(shipTo.country) ? [] : [`country "${shipTo.country}"`]
}

/** Why Wish itself wants the order left alone, or why a person must look first. */
function platformWaits(order: WishOrder): readonly string[] {
  const waits: string[] = []
  if (order.state === 'REQUIRE_REVIEW') waits.push('Wish is reviewing the order; it becomes APPROVED or REFUNDED')
  if (isReReleased(order)) {
    waits.push('Wish released this order again after it was shipped or refunded; check that no first parcel is under way')
  }
  for (const type of ['ADVANCED_LOGISTICS', 'OPTIONAL_ADVANCED_LOGISTICS']) {
    if (order.fulfillment_order_types.includes(type))
      waits.push(`${type}: this parcel goes through WishPost, not through a warehouse abroad`)
  }
  for (const program of order.special_programs) {
    if (program.status === 'PENDING') waits.push(`Wish decides whether its program "${program.display_name ?? ''}" fulfills the order`)
  }
  if (order.processing_status === 'IN_PROGRESS' && order.processing_source !== 'UPDATE_TRACKING') {
    waits.push(`Wish is working on ${order.processing_source ?? 'a change'} of this order`)
  }
  return waits
}

function addressOf(order: WishOrder): Address | undefined {
  const detail = order.full_address?.shipping_detail
  if (detail === undefined) return undefined
  const phone = detail.phone_number
  const prefix = phone?.country_code && /^\+?\d+$/.test(phone.country_code) ? `+${phone.country_code.replace('+', '')} ` : ''
  return {
    ...filled({
      name: detail.name,
      phone: phone?.number === undefined ? undefined : `${prefix}${phone.number}`,
      line1: detail.street_address1,
      line2: detail.street_address2,
      line3: detail.street_address3,
      city: detail.city,
      district: detail.neighborhood ?? detail.region,
      state: detail.state,
      postcode: detail.zipcode,
    }),
    country: (detail.country_code ?? '').toUpperCase(),
  }
}

function taxIdsOf(order: WishOrder) {
  const vat = order.tax_information?.vat_information
  return filled({
    ioss: vat?.eu_vat_customs_declaration?.vat_payer?.ioss_number,
    vat: vat?.required_vat_numbers?.vat?.number ?? vat?.required_vat_numbers?.voec?.number,
    eori: vat?.required_vat_numbers?.eori?.number,
  })
}

function tagsOf(order: WishOrder): readonly string[] {
  const tags = order.fulfillment_order_types.map((type) => type.toLowerCase().replaceAll('_', '-'))
  for (const program of order.special_programs) tags.push(`special-program-${(program.status ?? 'unknown').toLowerCase()}`)
  if (order.state === 'REFUNDED') tags.push('refunded')
  for (const refund of order.refunds)
    if (refund.refund_source) tags.push(`refunded-by-${refund.refund_source.toLowerCase().replaceAll('_', '-')}`)
  if (isReReleased(order)) tags.push('re-released')
  if (order.warehouse_information?.warehouse_id) tags.push(`wish-warehouse-${order.warehouse_information.warehouse_id.toLowerCase()}`)
  return [...new Set(tags)]
}

type Present<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> }

/** Leaves out what is undefined. */
function defined<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>
}

/** Leaves out what is undefined or empty text. */
function filled<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as Present<T>
}
