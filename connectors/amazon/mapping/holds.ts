import type { Address, PlatformHold } from '../../../core/model/order.ts'
import type { Doubts } from '../../shared/doubts.ts'
import type { AmazonItem, AmazonOrder } from '../schema.ts'

/** Programmes whose parcels Amazon wants labeled or collected through itself. */
const amazonLabelPrograms = ['PRIME', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON']

/** Why an order that is ours to ship must wait. */
export function holdsBeforeShipping(order: AmazonOrder, shipTo: Address | undefined, doubts: Doubts): readonly PlatformHold[] {
  const { salesChannel, fulfillment, orderItems } = order
  if (salesChannel.channelName !== 'AMAZON')
    doubts.push(`Amazon names the sales channel "${salesChannel.channelName}", which is not known here`)
  if (fulfillment.fulfilledBy !== 'MERCHANT')
    doubts.push(`Amazon does not say that the seller fulfills this order (fulfilledBy "${fulfillment.fulfilledBy ?? ''}")`)
  if (orderItems.length === 0) doubts.push('Amazon lists no items on this order')
  const open = orderItems.filter(hasOpenUnits)
  const requests = open.filter((item) => item.cancellation.cancellationRequest !== undefined)
  const coded = open.filter((item) => item.programs.includes('TRANSPARENCY'))
  const program = order.programs.find((name) => amazonLabelPrograms.includes(name))
  const holds: readonly (PlatformHold | false)[] = [
    shipTo === undefined && { reason: 'pii-missing', detail: addressDetail },
    requests.length > 0 && { reason: 'cancel-pending', detail: cancelDetail(requests) },
    coded.length > 0 && { reason: 'platform-hold', detail: transparencyDetail(coded) },
    program !== undefined && { reason: 'platform-hold', detail: labelDetail(program) },
  ]
  return holds.filter((hold) => hold !== false)
}

const addressDetail =
  'Amazon sent no delivery address: give the application the role Direct-to-Consumer Delivery (Restricted) and authorize it again'

/** What is shipped or cancelled already waits for nobody. */
function hasOpenUnits({ quantityOrdered, fulfillment }: AmazonItem): boolean {
  return (fulfillment.quantityUnfulfilled ?? quantityOrdered - (fulfillment.quantityFulfilled ?? 0)) > 0
}

function cancelDetail(items: readonly AmazonItem[]): string {
  // The reason may be a person's own words; only codes are repeated.
  const asked = items.map(({ orderItemId, cancellation }) => {
    const reason = cancellation.cancellationRequest?.cancelReason ?? ''
    return /^[A-Z][A-Z0-9_]{0,60}$/.test(reason) ? `${orderItemId} (${reason})` : orderItemId
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

function labelDetail(program: string): string {
  return `${program} orders expect a label bought through Amazon; release it to ship it by the warehouse all the same`
}
