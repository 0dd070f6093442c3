import type { Address, OrderLineSnapshot, OrderSnapshot, PersonalData, SnapshotStatus } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { type Instant, msBetween } from '../../core/value/instant.ts'
import { type Money, money } from '../../core/value/money.ts'
import { defined } from '../shared/defined.ts'
import { type Doubts, holdOfDoubts, readOrDoubt } from '../shared/doubts.ts'
import { earliestOf } from '../shared/earliest-of.ts'
import { readMoney } from '../shared/money.ts'
import { mapFulfillment, mapFulfillmentHref } from './map-shipment.ts'
import { addressOf, hubReference } from './mapping/address.ts'
import { checkDestination, holdsOf, isGivenUp } from './mapping/holds.ts'
import { inCurrency, totalsOf } from './mapping/totals.ts'
import { checkWords, isCancelled, paymentStates, platformStatusOf, statusOf } from './mapping/words.ts'
import type { EbayFulfillment, EbayInstruction, EbayLineItem, EbayOrder } from './schema.ts'

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
  const othersWay = waysOfOthers[wayOf(order, instruction)]
  const isOurs = othersWay === undefined
  const shipTo = addressOf(instruction)
  if (isOurs) checkDestination(order, shipTo, doubts)
  const isAddressMissing = isOurs && !(shipTo?.name && shipTo.line1)
  const email = shipTo?.email ?? order.buyer?.buyerRegistrationAddress?.email
  const isEmailOver = isOurs && email === undefined && msBetween(order.creationDate, reading.now) > emailVisibleMs
  const totals = totalsOf(order, doubts)
  const lines = order.lineItems.map((line, index) => {
    const shipped = shippedUnits(line, order, reading.fulfillments)
    return lineOf(line, { status, shipped, unitPrice: unitPriceOf(line, { index, currency: totals?.grand.currency, doubts }) })
  })
  const instructions = order.lineItems.map((line) => line.lineItemFulfillmentInstructions)
  const latestDeliveries = instructions.map((one) => one?.maxEstimatedDeliveryDate ?? instruction?.maxEstimatedDeliveryDate)
  const taxes = taxReferencesOf(order)
  return {
    platformOrderId: order.orderId,
    ...defined({ displayNumber: order.salesRecordReference === '0' ? undefined : order.salesRecordReference }),
    status,
    platformStatus: platformStatusOf(order),
    ...defined({ ignoredReason: othersWay?.reason }),
    fulfilledBy: othersWay?.fulfilledBy ?? 'seller',
    paymentState: paymentStates[order.orderPaymentStatus ?? ''] ?? 'pending',
    purchasedAt: order.creationDate,
    updatedAt: order.lastModifiedDate,
    ...defined({
      site: order.lineItems[0]?.purchaseMarketplaceId,
      paidAt: earliestOf(order.paymentSummary?.payments.filter((p) => p.paymentStatus !== 'FAILED').map((p) => p.paymentDate)),
      shipBy: earliestOf(instructions.map((one) => one?.shipByDate)),
      deliverBy: earliestOf(latestDeliveries),
      promisedService: instruction?.shippingStep?.shippingServiceCode,
      personalWithheld: isAddressMissing || isEmailOver ? true : undefined,
      totals,
      shipments: reading.fulfillments?.map(mapFulfillment) ?? order.fulfillmentHrefs?.flatMap((href) => mapFulfillmentHref(href) ?? []),
    }),
    personal: personalOf(order, instruction, { shipTo, email }),
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
    raw: reading.raw,
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
  if (program?.fulfillmentProgram?.fulfilledBy === 'EBAY') return 'FULFILLED_BY_EBAY'
  const vault = program?.ebayVault?.fulfillmentType?.toUpperCase().replaceAll(' ', '_') ?? ''
  if (vault in waysOfOthers) return vault
  return shipTo ? 'SHIP_TO' : (fulfillmentStartInstructions[0]?.fulfillmentInstructionsType ?? '')
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

interface LineFacts {
  readonly status: SnapshotStatus
  readonly shipped: number
  readonly unitPrice: Money | undefined
}

function lineOf(line: EbayLineItem, { status, shipped, unitPrice }: LineFacts): OrderLineSnapshot {
  return {
    platformLineId: line.lineItemId,
    ...defined({ itemId: line.legacyItemId, variantId: line.legacyVariationId }),
    channelSku: asChannelSku(line.sku ?? ''),
    title: line.title ?? '',
    quantity: line.quantity,
    cancelledQuantity: status === 'cancelled' || (status !== 'shipped' && isGivenUp(line)) ? line.quantity - shipped : 0,
    shippedQuantity: shipped,
    ...defined({ unitPrice }),
  }
}

/** eBay gives unit price × quantity. What a converted amount leaves over after the division stays in the totals. */
function unitPriceOf(
  line: EbayLineItem,
  { index, currency, doubts }: { readonly index: number; readonly currency: string | undefined; readonly doubts: Doubts },
): Money | undefined {
  const amount = line.lineItemCost && ((currency && inCurrency(line.lineItemCost, currency)) || line.lineItemCost)
  const cost = readOrDoubt(doubts, () => readMoney(amount, `lineItems.${index}.lineItemCost`, doubts))
  return cost && money(Math.trunc(cost.minorUnits / line.quantity), cost.currency)
}

/** Whether only the shipments can tell how many units of a line have gone. */
export function needsShipments(order: EbayOrder): boolean {
  if (order.orderFulfillmentStatus !== 'IN_PROGRESS') return false
  return order.lineItems.some((line) => line.lineItemFulfillmentStatus !== 'FULFILLED' && line.quantity > 1)
}

function shippedUnits(line: EbayLineItem, order: EbayOrder, fulfillments: readonly EbayFulfillment[] | undefined): number {
  // A cancelled order may read FULFILLED although nothing was ever sent.
  if (isCancelled(order) && (order.fulfillmentHrefs ?? []).length === 0) return 0
  if (line.lineItemFulfillmentStatus === 'FULFILLED' || order.orderFulfillmentStatus === 'FULFILLED') return line.quantity
  const sent = (fulfillments ?? []).flatMap((entry) => entry.lineItems).filter((entry) => entry.lineItemId === line.lineItemId)
  return Math.min(
    line.quantity,
    sent.reduce((sum, entry) => sum + (entry.quantity ?? 1), 0),
  )
}

/**
 * The numbers under which eBay remits the taxes that it collected, by name: customs and the carrier want them. DDG
 * stands for digital goods, which pass no customs. Source: type EbayTaxReference (read 2026-11-22).
 */
function taxReferencesOf(order: EbayOrder): ReadonlyMap<string, string> {
  const references = order.lineItems.flatMap((line) => line.ebayCollectAndRemitTaxes.flatMap((tax) => tax.ebayReference ?? []))
  return new Map(references.flatMap(({ name, value }) => (name && value && name !== 'DDG' ? [[name, value] as const] : [])))
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
    'best-offer': order.lineItems.some((line) => line.properties?.fromBestOffer),
    'ad-campaign': order.lineItems.some((line) => line.properties?.soldViaAdCampaign),
  }
  return Object.keys(flags).filter((tag) => flags[tag])
}
