import { z } from 'zod'
import { type Instant, parseInstant } from '../../core/value/instant.ts'
import type { FaultKind } from '../faults.ts'
import { refuse } from './answers.ts'
import { fulfillmentHref } from './documents.ts'
import { type Account, isVisible, type StoredFulfillment, type StoredOrder, touch, type World } from './state.ts'

/** Source: Fulfillment API 1.20.7, ShippingFulfillmentDetails (read 2026-11-22). */
const body = z.strictObject({
  lineItems: z.array(z.strictObject({ lineItemId: z.string(), quantity: z.int().positive().default(1) })).min(1),
  shippedDate: z.string().optional(),
  shippingCarrierCode: z.string().optional(),
  trackingNumber: z.string().optional(),
})
type ShipmentBody = z.infer<typeof body>

/** A cap on the numbers of an order is documented (34100), its value is not. */
const mostTrackingNumbers = 50

/** createShippingFulfillment: one call for each package; the tracking number becomes the id. */
export function createShippingFulfillment(
  world: World,
  account: Account,
  orderId: string,
  request: { readonly text: string; readonly contentType: string; readonly drawn: readonly FaultKind[] },
): Response {
  const order = account.orders.get(orderId)
  if (!order || !isVisible(world, order)) return refuse(32100, orderId)
  if (!request.contentType.startsWith('application/json')) return refuse(30500, 'Content-Type', 500)
  const parsed = body.safeParse(parseJson(request.text))
  if (!parsed.success) return refuse(32600, parsed.error.issues[0]?.path.join('.') || 'body')
  const refusal = findProblem(world, order, parsed.data)
  if (refusal) return refusal
  const { trackingNumber, shippingCarrierCode, lineItems, shippedDate } = parsed.data
  const existing = trackingNumber === undefined ? undefined : order.fulfillments.find((entry) => entry.trackingNumber === trackingNumber)
  // Not documented: the number is either taken again without effect or refused.
  if (existing) return world.isOn('repeatedTrackingIsRefused') ? refuse(34500, trackingNumber, 409) : created(order, existing)
  if (request.drawn.includes('H20-read-lags-write')) world.views.keep(orderId, order)
  const fulfillment: StoredFulfillment = {
    fulfillmentId: trackingNumber ?? '999',
    trackingNumber,
    carrier: shippingCarrierCode,
    shippedAt: (shippedDate && parseInstant(shippedDate)) || world.options.now(),
    throughApi: true,
    lines: lineItems,
  }
  order.fulfillments.push(fulfillment)
  touch(world, order)
  return created(order, fulfillment)
}

function created(order: StoredOrder, fulfillment: StoredFulfillment): Response {
  return new Response('', { status: 201, headers: { location: fulfillmentHref(order, fulfillment) } })
}

function findProblem(world: World, order: StoredOrder, details: ShipmentBody): Response | undefined {
  const ids = details.lineItems.map((line) => line.lineItemId)
  const stranger = ids.find((id) => !order.lines.some((line) => line.lineItemId === id))
  if (stranger !== undefined) return refuse(32200, stranger)
  if (new Set(ids).size < ids.length) return refuse(32210, ids.join(','))
  const { trackingNumber, shippingCarrierCode: carrier, shippedDate } = details
  if ((trackingNumber === undefined) !== (carrier === undefined)) return refuse(32300, 'trackingNumber and shippingCarrierCode go together')
  if (trackingNumber !== undefined && (!/^[A-Za-z0-9]+$/.test(trackingNumber) || carrier === '')) return refuse(32300, trackingNumber)
  if (shippedDate !== undefined && !isShippedDate(shippedDate, order, world.options.now())) return refuse(32500, shippedDate)
  const tooMany = details.lineItems.find(
    (line) => line.quantity > (order.lines.find((own) => own.lineItemId === line.lineItemId)?.quantity ?? 0),
  )
  if (tooMany || order.cancelState === 'CANCELED') return refuse(32600, tooMany ? 'quantity' : 'the order is cancelled')
  return order.fulfillments.length >= mostTrackingNumbers ? refuse(34100, order.orderId) : undefined
}

function isShippedDate(text: string, order: StoredOrder, now: Instant): boolean {
  const instant = /Z$/.test(text) ? parseInstant(text) : undefined
  return instant !== undefined && instant <= now && instant >= order.createdAt
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
