import type { Address } from '../../core/model/order.ts'
import { addMs, type Instant, instantFromMs, instantToMs } from '../../core/value/instant.ts'
import { formatAmount, type Money, money, multiplyMoney, parseMoney, subtractMoney, zero } from '../../core/value/money.ts'
import type { NewOrder, NewOrderLine } from '../simulated.ts'
import type { AmountDocument, OrderDocument, ShippingDetail } from './document.ts'
import { type Account, type OrderRecord, objectId, record, type World } from './state.ts'

const dayMs = 86_400_000

/**
 * Places what a buyer bought. A Wish order is one variation, so several lines become several orders of one
 * transaction; the id of the first is returned. What is charged for the whole goes to the first.
 */
export function placeOrder(world: World, account: Account, order: NewOrder): string {
  const at = order.placedAt ?? world.now()
  const transactionId = order.groupId ? objectId(`${account.name} transaction ${order.groupId}`) : objectId(world.unique('transaction'), at)
  const placed = order.lines.map((line, index) => placeLine(world, account, { order, line, at, transactionId, isFirst: index === 0 }))
  const first = placed[0]
  if (first === undefined) throw new Error('a Wish order needs a line')
  return first.document.id
}

interface Placing {
  readonly order: NewOrder
  readonly line: NewOrderLine
  readonly at: Instant
  readonly transactionId: string
  readonly isFirst: boolean
}

function placeLine(world: World, account: Account, placing: Placing): OrderRecord {
  const releasedAt = releaseTime(world, account, placing.at)
  const { types, programs, oursToShip } = programsOf(placing.order)
  const { order, line } = placing
  const document: OrderDocument = {
    id: objectId(`${account.name} ${world.unique('order')}`, releasedAt),
    transaction_id: placing.transactionId,
    state: order.payment === 'unpaid' ? 'REQUIRE_REVIEW' : 'APPROVED',
    released_at: releasedAt,
    updated_at: placing.at,
    full_address: { shipping_detail: shippingDetail(order.shipTo) },
    product_information: {
      ...(line.itemId === undefined ? {} : { id: line.itemId }),
      ...(line.variantId === undefined ? {} : { variation_id: line.variantId }),
      sku: line.channelSku,
      name: line.title,
    },
    order_payment: { general_payment_details: paymentDetails(placing) },
    warehouse_information: { warehouse_type: 'PRIMARY', warehouse_name: 'STANDARD', warehouse_id: objectId(`${account.name} warehouse`) },
    fulfillment_requirements: { expected_ship_time: addMs(releasedAt, 5 * dayMs), expected_delivery_time: addMs(releasedAt, 20 * dayMs) },
    fulfillment_order_types: [...types, ...(order.ioss ? ['VAT'] : [])],
    fulfillment_records: [],
    tracking_information: [],
    ...taxInformation(placing),
    refunds: [],
    special_programs: programs,
  }
  const placed: OrderRecord = {
    document,
    createdAt: releasedAt,
    oursToShip,
    visible: true,
    corruption: undefined,
    pending: undefined,
    shipments: [],
  }
  record(placed, 'ORDER_RELEASED', releasedAt)
  account.orders.set(document.id, placed)
  return placed
}

/** Update times may coincide (bulk changes do that); orders placed at one moment are released a millisecond apart. */
function releaseTime(world: World, account: Account, at: Instant): Instant {
  if (world.is('one-release-time')) return at
  const ms = account.releaseTimes.has(at) ? (account.releaseTimes.get(at) ?? 0) + 1 : instantToMs(at)
  account.releaseTimes.set(at, ms)
  return instantFromMs(ms)
}

function programsOf(order: NewOrder) {
  const none: OrderDocument['special_programs'] = []
  switch (order.kind ?? 'ordinary') {
    case 'ordinary':
      return { types: [], programs: none, oursToShip: true }
    case 'platform-fulfilled':
      return { types: ['FULFILLED_BY_WISH'], programs: none, oursToShip: false }
    case 'pickup':
      return { types: ['FULFILLED_BY_STORE'], programs: none, oursToShip: false }
    case 'hub-forwarded':
      return { types: ['UNIFICATION_INITIATIVE'], programs: none, oursToShip: false }
    case 'programme':
      return { types: ['ADVANCED_LOGISTICS'], programs: none, oursToShip: false }
    default:
      throw new Error(`Wish has no ${order.kind} orders`)
  }
}

export function shippingDetail(shipTo: Address): ShippingDetail {
  return {
    ...(shipTo.name === undefined ? {} : { name: shipTo.name }),
    street_address1: shipTo.line1 ?? '',
    ...(shipTo.line2 === undefined ? {} : { street_address2: shipTo.line2 }),
    ...(shipTo.line3 === undefined ? {} : { street_address3: shipTo.line3 }),
    ...(shipTo.district === undefined ? {} : { neighborhood: shipTo.district }),
    city: shipTo.city ?? '',
    state: shipTo.state ?? '',
    zipcode: shipTo.postcode ?? '',
    country_code: shipTo.country,
    ...(shipTo.phone === undefined ? {} : { phone_number: { number: shipTo.phone } }),
  }
}

/** Prices are per unit; what does not divide by the quantity stays with the seller. */
function paymentDetails({ order, line, isFirst }: Placing) {
  const unit = parseMoney(line.unitPrice, order.currency)
  const discounted = subtractMoney(unit, perUnit(isFirst ? order.discount : undefined, order.currency, line.quantity))
  const shipping = perUnit(isFirst ? order.shipping : undefined, order.currency, line.quantity)
  const total = multiplyMoney(money(discounted.minorUnits + shipping.minorUnits, order.currency), line.quantity)
  return {
    product_quantity: line.quantity,
    product_price: amount(unit),
    discounted_price: amount(discounted),
    product_shipping_price: amount(shipping),
    payment_total: amount(total),
  }
}

function perUnit(text: string | undefined, currency: string, quantity: number): Money {
  if (text === undefined) return zero(currency)
  return money(Math.floor(parseMoney(text, currency).minorUnits / quantity), currency)
}

function amount(value: Money): AmountDocument {
  return { amount: Number(formatAmount(value)), currency_code: value.currency }
}

/** Where customs want a number of the buyer, and which. Source: Wish Marketplace V3 API 3.0.65, schema OrderTax (read 2026-11-22). */
const identityTypes: Readonly<Record<string, string>> = { BR: 'CPF', KR: 'PCCC', CL: 'RUT' }

/** "Permissible VAT numbers for that country's requirements", of Wish or of the merchant. Source: schemas VAT, TaxEntity (read 2026-11-22). */
const vatNumbers: Readonly<Record<string, object>> = {
  GB: { vat: { number: 'GB123456789', name: 'Wish', entity: 'WISH' }, eori: { number: 'GB987654321000', entity: 'MERCHANT' } },
  NO: { voec: { number: '2021440', entity: 'WISH' } },
}

/** Marketplace tax is collected and remitted by Wish. */
function taxInformation({ order, isFirst }: Placing) {
  const tax = isFirst && order.tax !== undefined ? amount(parseMoney(order.tax, order.currency)) : undefined
  const { country } = order.shipTo
  const identityType = identityTypes[country]
  const numbers = vatNumbers[country]
  if (tax === undefined && order.ioss === undefined && identityType === undefined && numbers === undefined) return {}
  const taxItem = { tax_type: 'TRANSACTION_TAX', remit_type: 'WISH_REMIT', tax_amount_in_merchant_currency: tax }
  const customs = { platform_status: 'RESELLER', vat_payer: { ioss_number: order.ioss, name: 'Wish' } }
  return {
    tax_information: {
      ...(identityType && { customer_identity_number_type: identityType, customer_identity_number: objectId(`buyer ${order.buyer.id}`) }),
      ...(tax === undefined ? {} : { transaction_tax: [taxItem] }),
      ...(order.ioss === undefined && numbers === undefined
        ? {}
        : {
            vat_information: {
              country_code: country,
              ...(order.ioss === undefined ? {} : { eu_vat_customs_declaration: customs }),
              ...(numbers && { required_vat_numbers: numbers }),
            },
          }),
    },
  }
}
