import type { OrderLineSnapshot, OrderSnapshot, SnapshotStatus } from '../../core/model/order.ts'
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
import { holdsOf, isGivenUp } from './mapping/holds.ts'
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
  const status = statusOf(order)
  const instruction = order.fulfillmentStartInstructions.find((entry) => entry.fulfillmentInstructionsType === 'SHIP_TO')
  const way = wayOf(order, instruction)
  const others = waysOfOthers[way]
  if (!others && !instruction) doubts.push(`fulfillmentInstructionsType ${way}`)
  const personal = personalOf(order, instruction)
  if (!others && personal.shipTo) checkCountry(personal.shipTo.country, doubts)
  const isAddressMissing = !others && !(personal.shipTo?.name && personal.shipTo.line1)
  const isEmailOver = !others && !personal.buyer.email && msBetween(order.creationDate, now) > emailVisibleMs
  const totals = totalsOf(order, doubts)
  const shipments = fulfillments?.map(mapFulfillment) ?? order.fulfillmentHrefs?.flatMap((href) => mapFulfillmentHref(href) ?? [])
  const sentLines = shipments?.flatMap((shipment) => shipment.lines) ?? []
  const sent = sumByKey(sentLines.map((line) => [line.platformLineId, line.quantity] as const))
  const lines = order.lineItems.map((line) => ({
    ...lineOf(line, status, shippedUnits(line, order, sent)),
    ...defined({ unitPrice: unitPriceOf(line, totals?.grand.currency, doubts) }),
  }))
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
      personalWithheld: isAddressMissing || isEmailOver ? true : undefined,
      totals,
      shipments,
    }),
    personal,
    lines,
    // eBay's other numbers (OSS, ABN, IRD, SST) stand where a VAT number stands; a tag keeps their kind.
    taxIds: defined({
      ioss: taxes.get('IOSS'),
      voec: taxes.get('VOEC'),
      vat: [...taxes].find(([name]) => name !== 'IOSS' && name !== 'VOEC')?.[1],
    }),
    tags: [...tagsOf(order, instruction), ...[...taxes.keys()].map((name) => `tax-id-${name.toLowerCase()}`)],
    holds: [...holdsOf(order, status, isAddressMissing), ...holdOfDoubts(doubts)],
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

/** An item that the seller sends to the vault (SELLER_TO_VAULT) goes to `shipTo` as any other. */
function wayOf({ program, fulfillmentStartInstructions }: EbayOrder, shipTo: EbayInstruction | undefined): string {
  if (program.fulfillmentProgram.fulfilledBy === 'EBAY') return 'FULFILLED_BY_EBAY'
  const vault = program.ebayVault?.fulfillmentType?.toUpperCase().replaceAll(' ', '_') ?? ''
  if (vault in waysOfOthers) return vault
  return shipTo ? 'SHIP_TO' : (fulfillmentStartInstructions[0]?.fulfillmentInstructionsType ?? '(missing)')
}

function lineOf(line: EbayLineItem, status: SnapshotStatus, shipped: number): OrderLineSnapshot {
  const isNotToShip = status === 'cancelled' || (status !== 'shipped' && isGivenUp(line))
  return {
    platformLineId: line.lineItemId,
    ...defined({ itemId: line.legacyItemId, variantId: line.legacyVariationId }),
    channelSku: asChannelSku(line.sku ?? ''),
    title: line.title ?? '',
    quantity: line.quantity,
    cancelledQuantity: isNotToShip ? line.quantity - shipped : 0,
    shippedQuantity: shipped,
  }
}

/** eBay gives unit price × quantity. What a converted amount leaves over after the division stays in the totals. */
function unitPriceOf(line: EbayLineItem, currency: string | undefined, doubts: Doubts): Money | undefined {
  const amount = inCurrency(line.lineItemCost, currency) ?? line.lineItemCost
  const cost = readOrDoubt(doubts, () => readMoney(amount, `lineItem ${line.lineItemId}.lineItemCost`, doubts))
  return cost && money(Math.trunc(cost.minorUnits / line.quantity), cost.currency)
}

/** Whether only the shipments can tell how many units of a line have gone. */
export function needsShipments(order: EbayOrder): boolean {
  if (order.orderFulfillmentStatus !== 'IN_PROGRESS') return false
  return order.lineItems.some((line) => line.lineItemFulfillmentStatus !== 'FULFILLED' && line.quantity > 1)
}

function shippedUnits(line: EbayLineItem, order: EbayOrder, sent: ReadonlyMap<string, number>): number {
  // A cancelled order may read FULFILLED although nothing was ever sent.
  if (isCancelled(order) && !order.fulfillmentHrefs?.length) return 0
  if (line.lineItemFulfillmentStatus === 'FULFILLED' || order.orderFulfillmentStatus === 'FULFILLED') return line.quantity
  return Math.min(line.quantity, sent.get(line.lineItemId) ?? 0)
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
