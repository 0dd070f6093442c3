import type { Address, OrderLineSnapshot, OrderSnapshot, PersonalData, SnapshotStatus, TaxIds } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { type Instant, msBetween } from '../../core/value/instant.ts'
import { money } from '../../core/value/money.ts'
import { defined } from '../shared/defined.ts'
import { type Doubts, holdOfDoubts, readOrDoubt } from '../shared/doubts.ts'
import { earliestOf } from '../shared/earliest-of.ts'
import { readMoney } from '../shared/money.ts'
import { mapFulfillment, mapFulfillmentHref } from './map-shipment.ts'
import { addressOf, hubReference } from './mapping/address.ts'
import { checkDestination, checkWords, holdsOf } from './mapping/holds.ts'
import { totalsOf } from './mapping/totals.ts'
import { cancelledWords, paymentStates } from './mapping/words.ts'
import { type EbayFulfillment, type EbayInstruction, type EbayLineItem, type EbayOrder, orderSchema } from './schema.ts'

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
  const doubts: Doubts = []
  const status = statusOf(order)
  checkWords(order, doubts)
  const instruction = order.fulfillmentStartInstructions.find((entry) => entry.fulfillmentInstructionsType === 'SHIP_TO')
  const ignoredReason = ignoredReasonOf(order, instruction)
  const isOurs = ignoredReason === undefined
  const shipTo = addressOf(instruction)
  if (isOurs) checkDestination(order, shipTo, doubts)
  const isAddressMissing = isOurs && !(shipTo?.name && shipTo.line1)
  const email = shipTo?.email ?? order.buyer?.buyerRegistrationAddress?.email
  const isEmailOver = isOurs && email === undefined && msBetween(order.creationDate, reading.now) > emailVisibleMs
  const lines = order.lineItems.map((line, index) =>
    lineOf(line, index, { order, status, shipped: shippedUnits(line, order, reading.fulfillments), doubts }),
  )
  const totals = totalsOf(order, doubts)
  const instructions = order.lineItems.map((line) => line.lineItemFulfillmentInstructions)
  return {
    platformOrderId: order.orderId,
    ...defined({ displayNumber: order.salesRecordReference === '0' ? undefined : order.salesRecordReference }),
    status,
    platformStatus: platformStatusOf(order),
    ...defined({ ignoredReason }),
    fulfilledBy: ignoredReason === 'fulfilled-by-ebay' ? 'platform' : 'seller',
    paymentState: paymentStates[order.orderPaymentStatus ?? ''] ?? 'pending',
    purchasedAt: order.creationDate,
    updatedAt: order.lastModifiedDate,
    ...defined({
      site: order.lineItems[0]?.purchaseMarketplaceId,
      paidAt: earliestOf(order.paymentSummary?.payments.filter((p) => p.paymentStatus !== 'FAILED').map((p) => p.paymentDate)),
      shipBy: earliestOf(instructions.map((one) => one?.shipByDate)),
      deliverBy: earliestOf(instructions.map((one) => one?.maxEstimatedDeliveryDate)),
      promisedService: instruction?.shippingStep?.shippingServiceCode,
      personalWithheld: isAddressMissing || isEmailOver ? true : undefined,
      totals,
      shipments: reading.fulfillments?.map(mapFulfillment) ?? order.fulfillmentHrefs?.flatMap((href) => mapFulfillmentHref(href) ?? []),
    }),
    personal: personalOf(order, instruction, { shipTo, email }),
    lines,
    taxIds: taxIdsOf(order),
    tags: tagsOf(order, instruction),
    holds: [...holdsOf(order, status, isAddressMissing), ...holdOfDoubts(doubts)],
    partialShipmentAllowed: true,
    raw: reading.raw,
  }
}

/** The id of a record of any form. */
export function idOf(record: unknown): string | undefined {
  return orderSchema.pick({ orderId: true }).safeParse(record).data?.orderId
}

/** When a record of any form was changed, as far as that can be read. */
export function modifiedAtOf(record: unknown): Instant | undefined {
  return orderSchema.pick({ lastModifiedDate: true }).safeParse(record).data?.lastModifiedDate
}

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

/** Whether a request to cancel may be open, so that only getOrder, which shows the requests, can tell. */
export function mayBeCancelling(order: EbayOrder): boolean {
  const state = order.cancelStatus?.cancelState ?? 'NONE_REQUESTED'
  return state !== 'NONE_REQUESTED' && !cancelledWords.has(state)
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

function personalOf(
  order: EbayOrder,
  instruction: EbayInstruction | undefined,
  known: { readonly shipTo: Address | undefined; readonly email: string | undefined },
): PersonalData {
  const reference = hubReference(instruction)
  return {
    ...defined({ shipTo: known.shipTo }),
    buyer: defined({
      // May be an opaque user id; for buyers in the US it is one for sellers in some countries (read 2026-11-22).
      id: order.buyer?.username,
      name: order.buyer?.buyerRegistrationAddress?.fullName ?? instruction?.shippingStep?.shipTo?.fullName,
      email: known.email,
    }),
    notes: defined({
      buyer: order.buyerCheckoutNotes,
      gift: order.lineItems.find((line) => line.giftDetails?.message)?.giftDetails?.message,
      seller: reference && `eBay shipping reference ${reference}`,
    }),
  }
}

interface LineContext {
  readonly order: EbayOrder
  readonly status: SnapshotStatus
  readonly shipped: number
  readonly doubts: Doubts
}

function lineOf(line: EbayLineItem, index: number, { status, shipped, doubts }: LineContext): OrderLineSnapshot {
  const cost = readOrDoubt(doubts, () => readMoney(line.lineItemCost, `lineItems.${index}.lineItemCost`, doubts))
  return {
    platformLineId: line.lineItemId,
    ...defined({ itemId: line.legacyItemId, variantId: line.legacyVariationId }),
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

/** IOSS and OSS by name; the national numbers (ABN, IRD, VOEC, SST) stand where a VAT number stands. */
function taxIdsOf(order: EbayOrder): TaxIds {
  const references = order.lineItems.flatMap((line) => line.ebayCollectAndRemitTaxes.flatMap((tax) => tax.ebayReference ?? []))
  const numberOf = (names: readonly string[]) => references.find((reference) => names.includes(reference.name ?? ''))?.value
  return defined({ ioss: numberOf(['IOSS']), vat: numberOf(['OSS', 'ABN', 'IRD', 'VOEC', 'SST']) })
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
