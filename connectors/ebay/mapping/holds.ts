import type { PersonalData, PlatformHold, SnapshotStatus } from '../../../core/model/order.ts'
import { type Instant, msBetween } from '../../../core/value/instant.ts'
import { type Money, sumMoney } from '../../../core/value/money.ts'
import { readOrDoubt } from '../../shared/doubts.ts'
import { type Amount, readMoney } from '../../shared/money.ts'
import type { EbayLineItem, EbayOrder } from '../schema.ts'
import { isCancelled } from './words.ts'

const labelOfEbay = 'eBay provides the shipping label of this order: ship it with that label from Seller Hub, or release the hold'
/** Source: getOrder, shipTo (read 2026-11-22). */
const addressVisibleMs = 90 * 86_400_000
const incompleteAddress = 'eBay shows no full delivery address: ask the buyer for it, or look in Seller Hub'
const hiddenAddress =
  'eBay does not show the full delivery address (it hides names and streets 90 days after the purchase): enter it from your records'

/** Why the order must wait, by what eBay says; what it says in unknown words is left to the doubts. */
export function holdsOf(order: EbayOrder, status: SnapshotStatus, addressProblem: string | undefined): readonly PlatformHold[] {
  const isToShip = status === 'open' || status === 'partially-shipped'
  const isLabelOfEbay = order.program.ebayShipping.shippingLabelProvidedBy === 'EBAY'
  const details = [
    ['cancel-pending', cancelRequestOf(order)],
    ['platform-hold', isToShip && refundOf(order)],
    ['platform-hold', isToShip && isLabelOfEbay && labelOfEbay],
    ['pii-missing', isToShip && addressProblem],
  ] as const
  return details.flatMap(([reason, detail]) => (detail ? [{ reason, detail }] : []))
}

/** Open until it is declined; one that eBay calls completed while the order is not cancelled yet is under way. */
function cancelRequestOf(order: EbayOrder): string | undefined {
  const { cancelState, cancelRequests } = order.cancelStatus
  const requests = cancelRequests.map((request) => request.cancelRequestState)
  const isAsked = requests.some((request) => request !== 'REJECTED' && request !== 'COMPLETED')
  const isDeclined = requests.length > 0 && requests.every((request) => request === 'REJECTED')
  const isOpen = isAsked || (cancelState === 'IN_PROGRESS' && !isDeclined)
  if (!isOpen || isCancelled(order)) return undefined
  const isFinishing = !isAsked && requests.includes('COMPLETED')
  const advice = isFinishing ? 'eBay is finishing it, there is nothing to do' : 'accept or decline it in Seller Hub'
  return `eBay shows a request to cancel the order (${[cancelState, ...requests].join(', ')}): ${advice}`
}

/** Why no parcel can go to the address of the order; undefined when one can. */
export function addressProblemOf({ creationDate }: EbayOrder, { shipTo }: PersonalData, now: Instant): string | undefined {
  if (shipTo?.name && shipTo.line1) return undefined
  return msBetween(creationDate, now) > addressVisibleMs ? hiddenAddress : incompleteAddress
}

/** What was given back that makes shipping doubtful. eBay cancels whole orders only, and lists refunds on the order or on its lines. */
function refundOf({ orderPaymentStatus, lineItems, paymentSummary }: EbayOrder): string | undefined {
  const ofOrder = paymentSummary.refunds.filter((refund) => refund.refundStatus !== 'FAILED')
  const ofLines = lineItems.flatMap((line) => line.refunds)
  const isWhole = isCovered(lineItems, ofOrder) || isCovered(lineItems, ofLines)
  if (orderPaymentStatus !== 'FULLY_REFUNDED' && !isWhole) return undefined
  const refund = orderPaymentStatus === 'FULLY_REFUNDED' ? orderPaymentStatus : 'a refund of the whole price'
  return `eBay shows ${refund} and the order not as cancelled: cancel it there, or release the hold to ship all the same`
}

/** What is left of a line whose whole price was given back is not to be shipped: how a seller gives up one line of an order. */
export function isGivenUp(line: EbayLineItem): boolean {
  return isCovered([line], line.refunds)
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
