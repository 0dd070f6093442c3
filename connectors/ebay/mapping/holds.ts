import type { Address, PlatformHold, SnapshotStatus } from '../../../core/model/order.ts'
import { type Money, sumMoney } from '../../../core/value/money.ts'
import { checkCountry, type Doubts, readOrDoubt } from '../../shared/doubts.ts'
import { type Amount, readMoney } from '../../shared/money.ts'
import type { EbayLineItem, EbayOrder } from '../schema.ts'
import { isCancelled } from './words.ts'

/** Why the order must wait, by what eBay says; what it says in unknown words is left to the doubts. */
export function holdsOf(order: EbayOrder, status: SnapshotStatus, isAddressMissing: boolean): readonly PlatformHold[] {
  const holds: PlatformHold[] = []
  if (hasCancelRequest(order)) {
    const detail = `eBay shows a request to cancel the order (${requestWords(order)}): accept or decline it in Seller Hub`
    holds.push({ reason: 'cancel-pending', detail })
  }
  if (status !== 'open' && status !== 'partially-shipped') return holds
  const refund = refundOf(order)
  if (refund) {
    const detail = `eBay shows ${refund} and the order not as cancelled: cancel it there, or release the hold to ship all the same`
    holds.push({ reason: 'platform-hold', detail })
  }
  if (order.program?.ebayShipping?.shippingLabelProvidedBy === 'EBAY') {
    const detail = 'eBay provides the shipping label of this order: ship it with that label from Seller Hub, or release the hold'
    holds.push({ reason: 'platform-hold', detail })
  }
  if (isAddressMissing) {
    const detail =
      'eBay does not show the full delivery address (it hides names and streets 90 days after the purchase): enter it from your records'
    holds.push({ reason: 'pii-missing', detail })
  }
  return holds
}

function requests(order: EbayOrder): readonly (string | undefined)[] {
  return order.cancelStatus?.cancelRequests.map((request) => request.cancelRequestState) ?? []
}

/** Open until it is declined; one that eBay calls completed while the order is not cancelled yet is under way. */
function hasCancelRequest(order: EbayOrder): boolean {
  if (isCancelled(order)) return false
  const states = requests(order)
  if (states.some((state) => state !== 'REJECTED' && state !== 'COMPLETED')) return true
  const isDeclined = states.length > 0 && states.every((state) => state === 'REJECTED')
  return order.cancelStatus?.cancelState === 'IN_PROGRESS' && !isDeclined
}

function requestWords(order: EbayOrder): string {
  return [order.cancelStatus?.cancelState, ...requests(order)].filter(Boolean).join(', ')
}

/** What was given back that makes shipping doubtful. eBay cancels whole orders only, and lists refunds on the order or on its lines. */
function refundOf({ orderPaymentStatus, lineItems, paymentSummary }: EbayOrder): string | undefined {
  if (orderPaymentStatus === 'FULLY_REFUNDED') return 'FULLY_REFUNDED'
  const ofOrder = paymentSummary?.refunds.filter((refund) => refund.refundStatus !== 'FAILED') ?? []
  const ofLines = lineItems.flatMap((line) => line.refunds)
  return isCovered(lineItems, ofOrder) || isCovered(lineItems, ofLines) ? 'a refund of the whole price' : undefined
}

/** A line whose whole price was given back before it left is not to be shipped: how a seller gives up one line of an order. */
export function isGivenUp(line: EbayLineItem): boolean {
  return line.lineItemFulfillmentStatus !== 'FULFILLED' && isCovered([line], line.refunds)
}

/** Refunds are net of the tax that eBay collects, as the costs of lines are. Source: types OrderRefund, LineItemRefund (read 2026-11-22). */
function isCovered(lines: readonly EbayLineItem[], refunds: readonly { readonly amount: Amount | undefined }[]): boolean {
  const costs = moneys(lines.map((line) => line.discountedLineItemCost ?? line.lineItemCost))
  const currency = costs[0]?.currency
  if (currency === undefined || costs.length < lines.length) return false
  const given = moneys(refunds.map((refund) => refund.amount))
  if ([...costs, ...given].some((money) => money.currency !== currency)) return false
  const price = sumMoney(costs, currency).minorUnits
  return price > 0 && sumMoney(given, currency).minorUnits >= price
}

/** Amounts that cannot be read are left out here and reported with the totals. */
function moneys(amounts: readonly (Amount | undefined)[]): readonly Money[] {
  return amounts.flatMap((amount) => readOrDoubt([], () => readMoney(amount, 'lineItems', [])) ?? [])
}

/** Where an order of ours goes: a way or a country that nobody knows is a doubt. */
export function checkDestination(order: EbayOrder, shipTo: Address | undefined, doubts: Doubts): void {
  const ways = order.fulfillmentStartInstructions.map((instruction) => instruction.fulfillmentInstructionsType)
  if (!ways.includes('SHIP_TO')) doubts.push(`fulfillmentInstructionsType ${ways[0] ?? '(missing)'}`)
  if (shipTo) checkCountry(shipTo.country, doubts)
}
