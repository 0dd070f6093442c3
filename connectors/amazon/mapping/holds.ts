import type { Address, PlatformHold } from '../../../core/model/order.ts'
import type { Doubts } from '../../shared/doubts.ts'
import type { AmazonItem, AmazonOrder } from '../schema.ts'

/** Programmes whose parcels Amazon wants labeled or collected through itself. */
const amazonLabelPrograms = ['PRIME', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON']

/** Why an order that is ours to ship must wait. */
export function holdsBeforeShipping(order: AmazonOrder, shipTo: Address | undefined, doubts: Doubts): readonly PlatformHold[] {
  const holds: PlatformHold[] = []
  const channel = order.salesChannel.channelName
  if (channel !== 'AMAZON') doubts.push(`Amazon names the sales channel "${channel}", which is not known here`)
  const fulfilledBy = order.fulfillment?.fulfilledBy
  if (fulfilledBy !== 'MERCHANT')
    doubts.push(`Amazon does not say that the seller fulfills this order (fulfilledBy "${fulfilledBy ?? ''}")`)
  if (order.orderItems.length === 0) doubts.push('Amazon lists no items on this order')
  if (shipTo === undefined) {
    const detail =
      'Amazon sent no delivery address: give the application the role Direct-to-Consumer Delivery (Restricted) and authorize it again'
    holds.push({ reason: 'pii-missing', detail })
  }
  const requests = order.orderItems.filter((item) => item.cancellation?.cancellationRequest !== undefined && hasOpenUnits(item))
  if (requests.length > 0) holds.push({ reason: 'cancel-pending', detail: cancelDetail(requests) })
  const coded = order.orderItems.filter((item) => item.programs?.includes('TRANSPARENCY') && hasOpenUnits(item))
  if (coded.length > 0) holds.push({ reason: 'platform-hold', detail: transparencyDetail(coded) })
  const program = order.programs?.find((name) => amazonLabelPrograms.includes(name))
  if (program !== undefined) {
    holds.push({
      reason: 'platform-hold',
      detail: `${program} orders expect a label bought through Amazon; release it to ship it by the warehouse all the same`,
    })
  }
  return holds
}

/** What is shipped or cancelled already waits for nobody. */
function hasOpenUnits({ quantityOrdered, fulfillment }: AmazonItem): boolean {
  return (fulfillment?.quantityUnfulfilled ?? quantityOrdered - (fulfillment?.quantityFulfilled ?? 0)) > 0
}

function cancelDetail(items: readonly AmazonItem[]): string {
  // The reason may be a person's own words; only codes are repeated.
  const asked = items.map((item) => {
    const reason = item.cancellation?.cancellationRequest?.cancelReason ?? ''
    return /^[A-Z][A-Z0-9_]{0,60}$/.test(reason) ? `${item.orderItemId} (${reason})` : item.orderItemId
  })
  return `the buyer asks to cancel item ${asked.join(', ')}: cancel the order in Seller Central, or release it to ship it`
}

function transparencyDetail(items: readonly AmazonItem[]): string {
  const ids = items.map((item) => item.orderItemId).join(', ')
  return (
    `item ${ids} is in the Transparency program: Amazon takes its shipment only with the code of every unit, which Quayside does not know. ` +
    'Have the warehouse note the codes, release the order to ship it, and confirm it in Seller Central with the codes'
  )
}
