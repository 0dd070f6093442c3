import { SyncError } from '../../../core/errors.ts'
import type { WriteOutcome } from '../../../core/model/effect.ts'
import type { CallContext, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { beforeWriting, outcomeOfError } from '../../shared/write-outcome.ts'
import type { WishClient } from '../client.ts'
import { isSuccess, outcomeOfFailure } from '../map-error.ts'
import { nextStep, outcomeOfTracking, trackingRequest, wishTrackingNumber } from '../map-shipment.ts'
import { wishOrder } from '../schema.ts'
import { fetchParsed } from './fetch-order.ts'

/** Reports one package: looks at the order first, because Wish keeps no key and a repeat changes the tracking. */
export async function confirmShipment(client: WishClient, confirmation: ShipmentConfirmation, call: CallContext): Promise<WriteOutcome> {
  const id = confirmation.platformOrderId
  const trackingNumber = wishTrackingNumber(confirmation.trackingNumber)
  if (trackingNumber === undefined) {
    return { result: 'rejected', code: 'wish-tracking-number-invalid', message: 'Wish takes tracking numbers of letters and digits only' }
  }
  const before = await beforeWriting(() => fetchParsed(client, id, call))
  if (before === undefined) return { result: 'rejected', code: 'wish-order-unknown', message: `Wish does not know order ${id}` }
  const next = nextStep(before, trackingNumber)
  if (next.step === 'done') return next.outcome
  if (next.step === 'busy') {
    throw new SyncError('transient', `Wish is still working on a change of order ${id}; its tracking number is sent afterwards`, {
      code: 'wish-order-busy',
      context: { order: id },
      notSent: true,
    })
  }
  try {
    const answer = await client.putTracking(id, trackingRequest(confirmation, trackingNumber), call)
    if (!isSuccess(answer)) return outcomeOfFailure(answer, { shop: client.shop.id, doing: `shipping order ${id}` })
    return outcomeOfTracking(wishOrder.safeParse(answer.exactData).data, trackingNumber)
  } catch (error) {
    return outcomeOfError(error, call)
  }
}
