import { SyncError } from '../../core/errors.ts'
import type {
  Address,
  OrderLineSnapshot,
  OrderSnapshot,
  OrderTotals,
  PaymentState,
  PersonalData,
  PlatformHold,
  SnapshotStatus,
  TaxIds,
} from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { type Instant, msBetween, parseInstant } from '../../core/value/instant.ts'
import { addMoney, type Money, money, parseMoney, subtractMoney, sumMoney, zero } from '../../core/value/money.ts'
import { isCountry } from '../shared/country.ts'
import { mapFulfillment, mapFulfillmentHref } from './map-shipment.ts'
import type { EbayAmount, EbayFulfillment, EbayInstruction, EbayLineItem, EbayOrder } from './schema.ts'

/** eBay stops giving e-mail addresses 14 days after the purchase. Source: getOrder, shipTo.email (read 2026-11-22). */
const emailVisibleMs = 14 * 86_400_000

export interface Reading {
  /** The record as eBay sent it. */
  readonly raw: unknown
  readonly now: Instant
  /** The order's shipments, when they were read. */
  readonly fulfillments?: readonly EbayFulfillment[]
}

/** Their order → ours. Throws `invalid-data` when it has no readable dates; every other doubt becomes a hold. */
export function mapOrder(order: EbayOrder, reading: Reading): OrderSnapshot {
  const holds: PlatformHold[] = []
  const unknown = (detail: string): void => {
    if (!holds.some((hold) => hold.detail === detail)) holds.push({ reason: 'unknown-value', detail })
  }
  const status = statusOf(order)
  checkWords(order, unknown)
  const cancelHold = cancelHoldOf(order)
  if (cancelHold) holds.push(cancelHold)
  if (order.orderPaymentStatus === 'FULLY_REFUNDED' && (status === 'open' || status === 'partially-shipped')) {
    holds.push({
      reason: 'platform-hold',
      detail: 'eBay shows the order as fully refunded and not as cancelled: decide whether it is to be shipped',
    })
  }

  const instruction = order.fulfillmentStartInstructions.find((entry) => entry.fulfillmentInstructionsType === 'SHIP_TO')
  const ignoredReason = ignoredReasonOf(order, instruction)
  const isOurs = ignoredReason === undefined
  if (isOurs && !instruction)
    unknown(`fulfillmentInstructionsType ${order.fulfillmentStartInstructions[0]?.fulfillmentInstructionsType ?? '(missing)'}`)
  const shipTo = addressOf(instruction)
  if (isOurs && shipTo && !isCountry(shipTo.country)) unknown(`country ${shipTo.country}`)
  const isComplete = Boolean(shipTo?.name && shipTo.line1)
  if (isOurs && !isComplete && (status === 'open' || status === 'partially-shipped')) {
    holds.push({
      reason: 'pii-missing',
      detail: 'eBay does not show the full delivery address (it hides names and streets 90 days after the purchase)',
    })
  }

  const purchasedAt = instantOf(order.creationDate, 'creationDate')
  const email = shipTo?.email ?? order.buyer?.buyerRegistrationAddress?.email
  const isWithheld = isOurs && (!isComplete || (email === undefined && msBetween(purchasedAt, reading.now) > emailVisibleMs))
  const totals = totalsOf(order, unknown)
  const shipments = reading.fulfillments?.map(mapFulfillment) ?? order.fulfillmentHrefs?.flatMap((href) => mapFulfillmentHref(href) ?? [])
  return {
    platformOrderId: order.orderId,
    ...(order.salesRecordReference && order.salesRecordReference !== '0' ? { displayNumber: order.salesRecordReference } : {}),
    status,
    platformStatus: platformStatusOf(order),
    ...(ignoredReason === undefined ? {} : { ignoredReason }),
    fulfilledBy: ignoredReason === 'fulfilled-by-ebay' ? 'platform' : 'seller',
    paymentState: paymentStates[order.orderPaymentStatus ?? ''] ?? 'pending',
    ...present('site', order.lineItems[0]?.purchaseMarketplaceId),
    purchasedAt,
    updatedAt: instantOf(order.lastModifiedDate, 'lastModifiedDate'),
    ...present('paidAt', first(order.paymentSummary?.payments.filter((p) => p.paymentStatus !== 'FAILED').map((p) => p.paymentDate))),
    ...present('shipBy', first(order.lineItems.map((line) => line.lineItemFulfillmentInstructions?.shipByDate))),
    ...present('deliverBy', first(order.lineItems.map((line) => line.lineItemFulfillmentInstructions?.maxEstimatedDeliveryDate))),
    ...present('promisedService', instruction?.shippingStep?.shippingServiceCode),
    personal: personalOf(order, instruction, { shipTo, email }),
    ...(isWithheld ? { personalWithheld: true } : {}),
    lines: order.lineItems.map((line) =>
      lineOf(line, { order, status, shipped: shippedUnits(line, order, reading.fulfillments), unknown }),
    ),
    ...present('totals', totals),
    taxIds: taxIdsOf(order),
    tags: tagsOf(order, instruction),
    holds,
    ...present('shipments', shipments),
    partialShipmentAllowed: true,
    raw: reading.raw,
  }
}

/** Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderPaymentStatusEnum (read 2026-11-22). */
const paymentStates: Readonly<Record<string, PaymentState>> = {
  PAID: 'paid',
  PENDING: 'pending',
  FAILED: 'failed',
  PARTIALLY_REFUNDED: 'partially-refunded',
  FULLY_REFUNDED: 'refunded',
}

/** eBay writes CANCELED; both spellings are read. */
const cancelledWords = new Set(['CANCELED', 'CANCELLED'])

/** Cancellation counts before payment, payment before fulfillment: a cancelled order may read FULFILLED as well. */
export function statusOf(order: EbayOrder): SnapshotStatus {
  if (cancelledWords.has(order.cancelStatus?.cancelState ?? '')) return 'cancelled'
  const payment = paymentStates[order.orderPaymentStatus ?? '']
  if (payment === undefined || payment === 'pending' || payment === 'failed') return 'awaiting-payment'
  if (order.orderFulfillmentStatus === 'FULFILLED') return 'shipped'
  return order.orderFulfillmentStatus === 'IN_PROGRESS' ? 'partially-shipped' : 'open'
}

function platformStatusOf(order: EbayOrder): string {
  const cancel = order.cancelStatus?.cancelState ?? 'NONE_REQUESTED'
  const words = [order.orderPaymentStatus ?? '(none)', order.orderFulfillmentStatus ?? '(none)']
  return (cancel === 'NONE_REQUESTED' ? words : [...words, cancel]).join(' / ')
}

function checkWords(order: EbayOrder, unknown: (detail: string) => void): void {
  const fulfillmentWords = ['NOT_STARTED', 'IN_PROGRESS', 'FULFILLED']
  if (paymentStates[order.orderPaymentStatus ?? ''] === undefined) unknown(`orderPaymentStatus ${order.orderPaymentStatus ?? '(missing)'}`)
  if (!fulfillmentWords.includes(order.orderFulfillmentStatus ?? '')) {
    unknown(`orderFulfillmentStatus ${order.orderFulfillmentStatus ?? '(missing)'}`)
  }
  for (const line of order.lineItems) {
    const word = line.lineItemFulfillmentStatus
    if (word !== undefined && !fulfillmentWords.includes(word)) unknown(`lineItemFulfillmentStatus ${word}`)
  }
  const cancel = order.cancelStatus?.cancelState
  if (cancel !== undefined && !['NONE_REQUESTED', 'IN_PROGRESS', ...cancelledWords].includes(cancel)) unknown(`cancelState ${cancel}`)
}

/** Whether a request to cancel may be open, so that only getOrder, which shows the requests, can tell. */
export function mayBeCancelling(order: EbayOrder): boolean {
  const state = order.cancelStatus?.cancelState ?? 'NONE_REQUESTED'
  return state !== 'NONE_REQUESTED' && !cancelledWords.has(state)
}

function cancelHoldOf(order: EbayOrder): PlatformHold | undefined {
  if (cancelledWords.has(order.cancelStatus?.cancelState ?? '')) return undefined
  const requests = order.cancelStatus?.cancelRequests ?? []
  const isOpen = requests.some((request) => request.cancelRequestState !== 'REJECTED' && request.cancelRequestState !== 'COMPLETED')
  const isUnclear =
    order.cancelStatus?.cancelState === 'IN_PROGRESS' && !requests.some((request) => request.cancelRequestState === 'REJECTED')
  if (!isOpen && !isUnclear) return undefined
  return { reason: 'cancel-pending', detail: 'a request to cancel the order is open on eBay: accept or decline it there' }
}

/** An eBay vault ships by itself unless the seller sends the item to the authenticator first. */
function ignoredReasonOf(order: EbayOrder, shipTo: EbayInstruction | undefined): string | undefined {
  const vault = order.program?.ebayVault?.fulfillmentType?.toUpperCase().replaceAll(' ', '_')
  if (order.program?.fulfillmentProgram?.fulfilledBy === 'EBAY' || vault?.startsWith('VAULT_TO_')) return 'fulfilled-by-ebay'
  if (shipTo) return undefined
  const reasons: Readonly<Record<string, string>> = {
    DIGITAL: 'digital',
    PREPARE_FOR_PICKUP: 'pickup',
    FULFILLED_BY_EBAY: 'fulfilled-by-ebay',
  }
  return reasons[order.fulfillmentStartInstructions[0]?.fulfillmentInstructionsType ?? '']
}

/**
 * Where the parcel goes: for eBay's shipping programmes a hub, never the final destination, with the
 * reference that must stand right above its street. Source: ShippingStep.shipToReferenceId (read 2026-11-22).
 */
function addressOf(instruction: EbayInstruction | undefined): Address | undefined {
  const shipTo = instruction?.shippingStep?.shipTo
  const postal = shipTo?.contactAddress
  if (!shipTo || !postal?.countryCode) return undefined
  const reference = hubReference(instruction)
  const street = [reference && `Reference #${reference}`, postal.addressLine1, postal.addressLine2].filter(Boolean)
  const lines = postal.addressLine1 ? street : []
  return {
    ...present('name', shipTo.fullName),
    ...present('company', shipTo.companyName),
    ...present('phone', shipTo.primaryPhone?.phoneNumber),
    ...present('email', shipTo.email),
    ...present('line1', lines[0]),
    ...present('line2', lines[1]),
    ...present('line3', lines[2]),
    ...present('city', postal.city),
    ...present('district', postal.county),
    ...present('state', postal.stateOrProvince),
    ...present('postcode', postal.postalCode),
    country: postal.countryCode,
  }
}

function hubReference(instruction: EbayInstruction | undefined): string | undefined {
  return instruction?.ebaySupportedFulfillment ? instruction.shippingStep?.shipToReferenceId : undefined
}

function personalOf(
  order: EbayOrder,
  instruction: EbayInstruction | undefined,
  known: { readonly shipTo: Address | undefined; readonly email: string | undefined },
): PersonalData {
  const reference = hubReference(instruction)
  return {
    ...present('shipTo', known.shipTo),
    buyer: {
      // May be an opaque user id; for buyers in the US it is one for sellers in some countries (read 2026-11-22).
      ...present('id', order.buyer?.username),
      ...present('name', order.buyer?.buyerRegistrationAddress?.fullName ?? instruction?.shippingStep?.shipTo?.fullName),
      ...present('email', known.email),
    },
    notes: {
      ...present('buyer', order.buyerCheckoutNotes),
      ...present('gift', order.lineItems.find((line) => line.giftDetails?.message)?.giftDetails?.message),
      ...present('seller', reference && `eBay shipping reference ${reference}`),
    },
  }
}

interface LineContext {
  readonly order: EbayOrder
  readonly status: SnapshotStatus
  readonly shipped: number
  readonly unknown: (detail: string) => void
}

function lineOf(line: EbayLineItem, { status, shipped, unknown }: LineContext): OrderLineSnapshot {
  const cost = readMoney(line.lineItemCost, unknown)
  return {
    platformLineId: line.lineItemId,
    ...present('itemId', line.legacyItemId),
    ...present('variantId', line.legacyVariationId),
    channelSku: asChannelSku(line.sku ?? ''),
    title: line.title ?? '',
    quantity: line.quantity,
    cancelledQuantity: status === 'cancelled' ? line.quantity - shipped : 0,
    shippedQuantity: shipped,
    // eBay gives unit price × quantity. What a converted amount leaves over after the division stays in the totals.
    ...(cost ? { unitPrice: money(Math.trunc(cost.minorUnits / line.quantity), cost.currency) } : {}),
  }
}

/** Whether only the shipments can tell how many units of a line have gone. */
export function needsShipments(order: EbayOrder): boolean {
  if (order.orderFulfillmentStatus !== 'IN_PROGRESS') return false
  return order.lineItems.some((line) => line.lineItemFulfillmentStatus !== 'FULFILLED' && line.quantity > 1)
}

function shippedUnits(line: EbayLineItem, order: EbayOrder, fulfillments: readonly EbayFulfillment[] | undefined): number {
  const isCancelled = cancelledWords.has(order.cancelStatus?.cancelState ?? '')
  // A cancelled order may read FULFILLED although nothing was ever sent.
  if (isCancelled && (order.fulfillmentHrefs ?? []).length === 0) return 0
  if (line.lineItemFulfillmentStatus === 'FULFILLED' || order.orderFulfillmentStatus === 'FULFILLED') return line.quantity
  const sent = (fulfillments ?? []).flatMap((entry) => entry.lineItems).filter((entry) => entry.lineItemId === line.lineItemId)
  return Math.min(
    line.quantity,
    sent.reduce((sum, entry) => sum + (entry.quantity ?? 1), 0),
  )
}

/**
 * `tax` is whatever eBay adds beyond items, delivery and discounts: seller's tax, fees and the tax that eBay
 * collects, which TAX_BREAKDOWN includes in the total. Discounts of the summary are negative numbers.
 */
function totalsOf(order: EbayOrder, unknown: (detail: string) => void): OrderTotals | undefined {
  const summary = order.pricingSummary
  const grand = readMoney(summary?.total, unknown)
  if (!grand) return undefined
  const { currency } = grand
  const lineCosts = order.lineItems.map((line) => line.lineItemCost)
  const parts = [
    summary?.priceSubtotal,
    summary?.deliveryCost,
    summary?.adjustment,
    summary?.priceDiscount,
    summary?.deliveryDiscount,
    ...lineCosts,
  ]
  if (parts.some((part) => part !== undefined && part.currency !== currency)) {
    unknown(`amounts in several currencies, ${currency} among them`)
    return undefined
  }
  const read = (amount: EbayAmount | undefined): Money => readMoney(amount, unknown) ?? zero(currency)
  const adjustment = read(summary?.adjustment)
  const subtotal = summary?.priceSubtotal ? read(summary.priceSubtotal) : sumMoney(lineCosts.map(read), currency)
  const items = adjustment.minorUnits > 0 ? addMoney(subtotal, adjustment) : subtotal
  const shipping = read(summary?.deliveryCost)
  const reductions = [
    read(summary?.priceDiscount),
    read(summary?.deliveryDiscount),
    adjustment.minorUnits < 0 ? adjustment : zero(currency),
  ]
  const discount = money(
    reductions.reduce((sum, part) => sum + Math.abs(part.minorUnits), 0),
    currency,
  )
  const rest = addMoney(subtractMoney(subtractMoney(grand, items), shipping), discount)
  if (rest.minorUnits >= 0) return { items, shipping, tax: rest, discount, grand }
  return { items, shipping, tax: zero(currency), discount: subtractMoney(discount, rest), grand }
}

function readMoney(amount: EbayAmount | undefined, unknown: (detail: string) => void): Money | undefined {
  if (!amount) return undefined
  try {
    return parseMoney(amount.value, amount.currency)
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    unknown(error.message)
    return undefined
  }
}

/** IOSS and OSS by name; the national numbers (ABN, IRD, VOEC, SST) stand where a VAT number stands. */
function taxIdsOf(order: EbayOrder): TaxIds {
  const references = order.lineItems.flatMap((line) => line.ebayCollectAndRemitTaxes.flatMap((tax) => tax.ebayReference ?? []))
  const numberOf = (names: readonly string[]) => references.find((reference) => names.includes(reference.name ?? ''))?.value
  return { ...present('ioss', numberOf(['IOSS'])), ...present('vat', numberOf(['OSS', 'ABN', 'IRD', 'VOEC', 'SST'])) }
}

function tagsOf(order: EbayOrder, instruction: EbayInstruction | undefined): readonly string[] {
  const program = order.program
  const flags: Readonly<Record<string, boolean>> = {
    'ebay-supported-fulfillment': instruction?.ebaySupportedFulfillment === true,
    'authenticity-guarantee': program?.authenticityVerification !== undefined,
    'ebay-international-shipping': program?.ebayInternationalShipping !== undefined,
    'ebay-shipping-label': program?.ebayShipping?.shippingLabelProvidedBy === 'EBAY',
    'ebay-vault': program?.ebayVault !== undefined,
    'tax-collected-by-ebay': order.ebayCollectAndRemitTax === true,
  }
  return Object.keys(flags).filter((tag) => flags[tag])
}

function instantOf(text: string, field: string): Instant {
  const instant = parseInstant(text)
  if (instant) return instant
  throw new SyncError('invalid-data', `${field}: "${text}" is not a moment`, { code: 'ebay-date-invalid', context: { field } })
}

/** The earliest of the dates that can be read. */
function first(texts: readonly (string | undefined)[] | undefined): Instant | undefined {
  return (texts ?? []).flatMap((text) => parseInstant(text ?? '') ?? []).sort()[0]
}

/** The key only when there is a value; empty text is absent. */
function present<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { readonly [P in K]?: T })
}
