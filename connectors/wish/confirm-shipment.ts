import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext, ShipmentConfirmation } from '../../core/ports/connector.ts'
import { fetchParsed, type WishClient, type WishShop } from './client.ts'
import { isSuccess, outcomeOfFailure } from './map-error.ts'
import { nextStep, outcomeOfTracking, trackingRequest, wishTrackingNumber } from './map-shipment.ts'
import { wishOrder } from './schema.ts'

/** Reports one package: looks at the order first, because Wish keeps no key and a repeat changes the tracking. */
export async function confirmShipment(
  shop: WishShop,
  client: WishClient,
  confirmation: ShipmentConfirmation,
  call: CallContext,
): Promise<WriteOutcome> {
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
  const doing = `shipping order ${id}`
  return write(doing, async () => {
    const answer = await client.putTracking(id, trackingRequest(confirmation, trackingNumber), call)
    if (!isSuccess(answer)) return outcomeOfFailure(answer, { shop: shop.id, doing })
    const after = wishOrder.safeParse(answer.exactData)
    return outcomeOfTracking(after.success ? after.data : undefined, trackingNumber)
  })
}

/** A failed read before a write means that nothing was written, which is what core must know. */
async function beforeWriting<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind === 'auth' || error.kind === 'rate-limit') throw error
    const { code, context, retryAfterMs, message } = error
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
    throw new SyncError('transient', `${message}; nothing was written`, { code, context, notSent: true, ...wait, cause: error })
  }
}

/** Without an answer nobody knows whether the write was executed. */
export async function write(doing: string, send: () => Promise<WriteOutcome>): Promise<WriteOutcome> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'transient' || error.notSent) throw error
    return { result: 'unknown', code: error.code, message: `${doing}: Wish did not answer` }
  }
}
