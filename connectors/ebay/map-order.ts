import { type OrderLineSnapshot, type OrderSnapshot, openQuantity } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { type Instant, msBetween } from '../../core/value/instant.ts'
import { type Money, money } from '../../core/value/money.ts'
import { sumByKey } from '../../core/value/quantity.ts'
import { defined } from '../shared/defined.ts'
import { checkCountry, type Doubts, holdOfDoubts, readOrDoubt } from '../shared/doubts.ts'
import { earliestOf } from '../shared/earliest-of.ts'
import { readMoney } from '../shared/money.ts'
import { mapFulfillment, mapFulfillmentHref } from './map-shipment.ts'
import { personalOf } from './mapping/address.ts'
import { addressProblemOf, holdsOf, isGivenUp } from './mapping/holds.ts'
import { inCurrency, totalsOf } from './mapping/totals.ts'
import { checkWords, isCancelled, paymentOf, platformStatusOf, statusOf } from './mapping/words.ts'
import type { EbayFulfillment, EbayInstruction, EbayLineItem, EbayOrder } from './schema.ts'

/** eBay stops giving e-mail addresses 14 days after the purchase. Source: getOrder, shipTo.email (read 2026-11-22). */
const emailVisibleMs = 14 * 86_400_000

export interface Reading {
  /** The record as eBay sent it. */
  readonly raw: unknown
  readonly now: Instant
  /** The order's shipments, when they were read. */
  readonly fulfillments?: readonly EbayFulfillment[] | undefined
}

/** Their order → ours. Every doubt becomes a hold. */
export function mapOrder(order: EbayOrder, { raw, now, fulfillments }: Reading): OrderSnapshot {
  const doubts: Doubts = []
  checkWords(order, doubts)
  const instruction = instructionOf(order)
  const way = wayOf(order, instruction)
  const others = waysOfOthers[way]
  if (!others && !ownWays.includes(way)) doubts.push(`fulfillmentInstructionsType ${way}`)
  const personal = personalOf(order, instruction)
  if (!others && personal.shipTo) checkCountry(personal.shipTo.country, doubts)
  const addressProblem = others ? undefined : addressProblemOf(order, personal, now)
  const isEmailOver = !others && !personal.buyer.email && msBetween(order.creationDate, now) > emailVisibleMs
  const totals = totalsOf(order, doubts)
  const shipments = fulfillments?.map(mapFulfillment) ?? order.fulfillmentHrefs?.flatMap((href) => mapFulfillmentHref(href) ?? [])
  const sent = sentUnits(fulfillments ?? [])
  const lines = order.lineItems.map((line) => ({
    ...lineOf(line, order, sent),
    ...defined({ unitPrice: unitPriceOf(line, totals?.grand.currency, doubts) }),
  }))
  const isUnitLeft = lines.some((line) => openQuantity(line) > 0)
  const status = statusOf(order, isUnitLeft)
  const dates = order.lineItems.map((line) => line.lineItemFulfillmentInstructions)
  const taxes = taxReferencesOf(order)
  return {
    platformOrderId: order.orderId,
    status,
    platformStatus: platformStatusOf(order),
    fulfilledBy: others?.fulfilledBy ?? 'seller',
    paymentState: paymentOf(order),
    purchasedAt: order.creationDate,
    updatedAt: order.lastModifiedDate,
    ...defined({
      displayNumber: order.salesRecordReference === '0' ? undefined : order.salesRecordReference,
      ignoredReason: others?.reason,
      site: order.lineItems[0]?.purchaseMarketplaceId,
      paidAt: earliestOf(order.paymentSummary.payments.filter((p) => p.paymentStatus !== 'FAILED').map((p) => p.paymentDate)),
      shipBy: earliestOf(dates.map((one) => one.shipByDate)),
      deliverBy: earliestOf(dates.map((one) => one.maxEstimatedDeliveryDate ?? instruction?.maxEstimatedDeliveryDate)),
      promisedService: instruction?.shippingStep.shippingServiceCode,
      personalWithheld: addressProblem || isEmailOver ? true : undefined,
      totals,
      shipments,
    }),
    personal,
    lines,
    // eBay's other numbers (OSS, ABN, IRD, SST) are its own, never the recipient's: a tag tells that there is one.
    taxIds: defined({ ioss: taxes.get('IOSS'), voec: taxes.get('VOEC') }),
    tags: [...tagsOf(order, instruction), ...[...taxes.keys()].map((name) => `tax-id-${name.toLowerCase()}`)],
    holds: [...holdsOf(order, status, addressProblem), ...holdOfDoubts(doubts)],
    partialShipmentAllowed: true,
    raw,
  }
}

/** Ways of delivery that are not ours. Source: types FulfillmentInstructionsType and EbayVaultProgram (read 2026-11-22). */
const waysOfOthers: Readonly<Record<string, { readonly reason: string; readonly fulfilledBy: 'seller' | 'platform' }>> = {
  DIGITAL: { reason: 'delivered digitally (DIGITAL)', fulfilledBy: 'seller' },
  PREPARE_FOR_PICKUP: { reason: 'picked up in the store (PREPARE_FOR_PICKUP)', fulfilledBy: 'seller' },
  FULFILLED_BY_EBAY: { reason: 'fulfilled by eBay (FULFILLED_BY_EBAY)', fulfilledBy: 'platform' },
  VAULT_TO_VAULT: { reason: 'sent by the eBay vault (VAULT_TO_VAULT)', fulfilledBy: 'platform' },
  VAULT_TO_BUYER: { reason: 'sent by the eBay vault (VAULT_TO_BUYER)', fulfilledBy: 'platform' },
}

const ownWays = ['SHIP_TO', 'SELLER_DEFINED']

/**
 * The one to ship by: SHIP_TO before any other that has an address. Click and Collect is PREPARE_FOR_PICKUP with the
 * store that the seller ships to; In-Store Pickup has a `pickupStep`. Source: type FulfillmentInstructionsType (read 2026-11-25).
 */
function instructionOf({ fulfillmentStartInstructions: all }: EbayOrder): EbayInstruction | undefined {
  const isPlace = ({ fulfillmentInstructionsType: type = '', shippingStep, pickupStep }: EbayInstruction) =>
    shippingStep.shipTo.contactAddress.countryCode && !pickupStep && !['DIGITAL', 'FULFILLED_BY_EBAY'].includes(type)
  return all.find((entry) => entry.fulfillmentInstructionsType === 'SHIP_TO') ?? all.find(isPlace)
}

/** An item that the seller sends to the vault (SELLER_TO_VAULT) goes to `shipTo` as any other. */
function wayOf({ program, fulfillmentStartInstructions: [first] }: EbayOrder, instruction: EbayInstruction | undefined): string {
  if (program.fulfillmentProgram.fulfilledBy === 'EBAY') return 'FULFILLED_BY_EBAY'
  const vault = program.ebayVault?.fulfillmentType?.toUpperCase().replaceAll(' ', '_') ?? ''
  if (vault in waysOfOthers) return vault
  const way = (instruction ?? first)?.fulfillmentInstructionsType ?? '(missing)'
  return instruction && way === 'PREPARE_FOR_PICKUP' ? 'SHIP_TO' : way
}

function lineOf(line: EbayLineItem, order: EbayOrder, sent: ReadonlyMap<string, number>): OrderLineSnapshot {
  const shipped = shippedUnits(line, order, sent)
  return {
    platformLineId: line.lineItemId,
    ...defined({ itemId: line.legacyItemId, variantId: line.legacyVariationId }),
    channelSku: asChannelSku(line.sku ?? ''),
    title: line.title ?? '',
    quantity: line.quantity,
    cancelledQuantity: isCancelled(order) || isGivenUp(line) ? line.quantity - shipped : 0,
    shippedQuantity: shipped,
  }
}

/** eBay gives unit price × quantity. What a converted amount leaves over after the division stays in the totals. */
function unitPriceOf(line: EbayLineItem, currency: string | undefined, doubts: Doubts): Money | undefined {
  const amount = inCurrency(line.lineItemCost, currency) ?? line.lineItemCost
  const cost = readOrDoubt(doubts, () => readMoney(amount, `lineItem ${line.lineItemId}.lineItemCost`, doubts))
  return cost && money(Math.trunc(cost.minorUnits / line.quantity), cost.currency)
}

/**
 * Whether only the shipments can tell how many units have gone: a line is FULFILLED, and with it an order, as soon as one
 * of its units is. Source: types LineItemFulfillmentStatusEnum and OrderFulfillmentStatus (read 2026-11-25).
 */
export function needsShipments({ orderFulfillmentStatus: status, lineItems }: EbayOrder): boolean {
  return (status === 'IN_PROGRESS' || status === 'FULFILLED') && lineItems.some((line) => line.quantity > 1)
}

/**
 * Units by line. Without a quantity, or without a tracking number as in Seller Hub, a shipment counts as the whole line:
 * too low a number would ship twice.
 */
function sentUnits(fulfillments: readonly EbayFulfillment[]): ReadonlyMap<string, number> {
  const whole = Number.POSITIVE_INFINITY
  const units = fulfillments.flatMap(({ shipmentTrackingNumber: number, lineItems }) =>
    lineItems.map(({ lineItemId, quantity = whole }) => [lineItemId, number ? quantity : whole] as const),
  )
  return sumByKey(units)
}

function shippedUnits(line: EbayLineItem, order: EbayOrder, sent: ReadonlyMap<string, number>): number {
  // A cancelled order may read FULFILLED although nothing was ever sent.
  if (isCancelled(order) && !order.fulfillmentHrefs?.length) return 0
  const isFulfilled = line.lineItemFulfillmentStatus === 'FULFILLED' || order.orderFulfillmentStatus === 'FULFILLED'
  return Math.min(line.quantity, sent.get(line.lineItemId) ?? (isFulfilled ? line.quantity : 0))
}

/**
 * The numbers under which eBay remits the taxes that it collected, by name: customs and the carrier want them. DDG
 * stands for digital goods, which pass no customs. Source: type EbayTaxReference (read 2026-11-22).
 */
function taxReferencesOf(order: EbayOrder): ReadonlyMap<string, string> {
  const references = order.lineItems.flatMap((line) => line.ebayCollectAndRemitTaxes.map((tax) => tax.ebayReference))
  return new Map(references.flatMap(({ name, value }) => (name && value && name !== 'DDG' ? [[name, value] as const] : [])))
}

function tagsOf(order: EbayOrder, instruction: EbayInstruction | undefined): readonly string[] {
  const program = order.program
  const flags: Readonly<Record<string, boolean>> = {
    'ebay-supported-fulfillment': instruction?.ebaySupportedFulfillment === true,
    'authenticity-guarantee': program.authenticityVerification !== undefined,
    'ebay-international-shipping': program.ebayInternationalShipping !== undefined,
    'ebay-shipping-label': program.ebayShipping.shippingLabelProvidedBy === 'EBAY',
    'ebay-vault': program.ebayVault !== undefined,
    'tax-collected-by-ebay': order.ebayCollectAndRemitTax === true,
    'best-offer': order.lineItems.some((line) => line.properties.fromBestOffer),
    'ad-campaign': order.lineItems.some((line) => line.properties.soldViaAdCampaign),
  }
  return Object.keys(flags).filter((tag) => flags[tag])
}
