import type { Address, PlatformHold, SnapshotStatus } from '../../../core/model/order.ts'
import { checkCountry, type Doubts } from '../../shared/doubts.ts'
import type { EbayOrder } from '../schema.ts'
import { cancelledWords, paymentStates } from './words.ts'

/** Why the order must wait, by what eBay says; what it says in unknown words is left to the doubts. */
export function holdsOf(order: EbayOrder, status: SnapshotStatus, isAddressMissing: boolean): readonly PlatformHold[] {
  const holds: PlatformHold[] = []
  const isToShip = status === 'open' || status === 'partially-shipped'
  if (hasCancelRequest(order)) {
    holds.push({ reason: 'cancel-pending', detail: 'a request to cancel the order is open on eBay: accept or decline it there' })
  }
  if (isToShip && order.orderPaymentStatus === 'FULLY_REFUNDED') {
    const detail = 'eBay shows the order as fully refunded and not as cancelled: decide whether it is to be shipped'
    holds.push({ reason: 'platform-hold', detail })
  }
  if (isToShip && isAddressMissing) {
    const detail = 'eBay does not show the full delivery address (it hides names and streets 90 days after the purchase)'
    holds.push({ reason: 'pii-missing', detail })
  }
  return holds
}

function hasCancelRequest(order: EbayOrder): boolean {
  const state = order.cancelStatus?.cancelState ?? ''
  if (cancelledWords.has(state)) return false
  const requests = order.cancelStatus?.cancelRequests.map((request) => request.cancelRequestState) ?? []
  const isOpen = requests.some((request) => request !== 'REJECTED' && request !== 'COMPLETED')
  return isOpen || (state === 'IN_PROGRESS' && !requests.includes('REJECTED'))
}

/** A word that nobody knows is a doubt. */
export function checkWords(order: EbayOrder, doubts: Doubts): void {
  const fulfillmentWords = ['NOT_STARTED', 'IN_PROGRESS', 'FULFILLED']
  if (paymentStates[order.orderPaymentStatus ?? ''] === undefined)
    doubts.push(`orderPaymentStatus ${order.orderPaymentStatus ?? '(missing)'}`)
  if (!fulfillmentWords.includes(order.orderFulfillmentStatus ?? '')) {
    doubts.push(`orderFulfillmentStatus ${order.orderFulfillmentStatus ?? '(missing)'}`)
  }
  for (const line of order.lineItems) {
    const word = line.lineItemFulfillmentStatus
    if (word !== undefined && !fulfillmentWords.includes(word)) doubts.push(`lineItemFulfillmentStatus ${word}`)
  }
  const cancel = order.cancelStatus?.cancelState
  if (cancel !== undefined && !['NONE_REQUESTED', 'IN_PROGRESS', ...cancelledWords].includes(cancel)) doubts.push(`cancelState ${cancel}`)
}

/** Where an order of ours goes: a way or a country that nobody knows is a doubt. */
export function checkDestination(order: EbayOrder, shipTo: Address | undefined, doubts: Doubts): void {
  const ways = order.fulfillmentStartInstructions.map((instruction) => instruction.fulfillmentInstructionsType)
  if (!ways.includes('SHIP_TO')) doubts.push(`fulfillmentInstructionsType ${ways[0] ?? '(missing)'}`)
  if (shipTo) checkCountry(shipTo.country, doubts)
}
