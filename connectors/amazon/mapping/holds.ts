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
  const request = order.orderItems.find((item) => item.cancellation?.cancellationRequest !== undefined)
  if (request) holds.push({ reason: 'cancel-pending', detail: cancelDetail(request) })
  const program = order.programs?.find((name) => amazonLabelPrograms.includes(name))
  if (program !== undefined) {
    holds.push({
      reason: 'platform-hold',
      detail: `${program} orders expect a label bought through Amazon; release it to ship it by the warehouse all the same`,
    })
  }
  return holds
}

function cancelDetail(item: AmazonItem): string {
  const reason = item.cancellation?.cancellationRequest?.cancelReason ?? ''
  // The reason may be a person's own words; only codes are repeated.
  const code = /^[A-Z][A-Z0-9_]{0,60}$/.test(reason) ? ` (${reason})` : ''
  return `the buyer asks to cancel item ${item.orderItemId}${code}: cancel the order in Seller Central, or release it to ship it`
}
