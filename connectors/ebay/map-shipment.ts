import { unescape as decodeLeniently } from 'node:querystring'
import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../core/ports/connector.ts'
import { earliest, type Instant, parseInstant } from '../../core/value/instant.ts'
import { sumByKey } from '../../core/value/quantity.ts'
import { defined } from '../shared/defined.ts'
import type { EbayFulfillment } from './schema.ts'

export type EbayFulfillmentRequest = ReturnType<typeof mapShipment>

/** eBay takes letters and digits only (32300 otherwise), and the number becomes the id of the shipment. */
export function plainTrackingNumber(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '')
}

/**
 * The request for one package. A hand-over time in the future is refused (32500), so a warehouse's clock
 * that runs ahead is cut to now. Source: createShippingFulfillment (read 2026-11-22).
 */
export function mapShipment(confirmation: ShipmentConfirmation, now: Instant) {
  // A line that stands twice in one request is refused (32210).
  const units = sumByKey(confirmation.lines.map((line) => [line.platformLineId, line.quantity] as const))
  return {
    lineItems: [...units].map(([lineItemId, quantity]) => ({ lineItemId, quantity })),
    shippedDate: earliest(confirmation.shippedAt, now),
    shippingCarrierCode: confirmation.carrierWord,
    trackingNumber: plainTrackingNumber(confirmation.trackingNumber),
  }
}

/** A shipment as getShippingFulfillments tells it. A line without quantity counts one unit, the documented default. */
export function mapFulfillment(fulfillment: EbayFulfillment): ReportedShipment {
  const { fulfillmentId, shipmentTrackingNumber, shippingCarrierCode, shippedDate } = fulfillment
  return {
    shipmentId: fulfillmentId,
    ...defined({
      trackingNumber: shipmentTrackingNumber ?? trackingNumberIn(fulfillmentId),
      carrier: shippingCarrierCode,
      shippedAt: parseInstant(shippedDate ?? ''),
    }),
    lines: fulfillment.lineItems.map((line) => ({ platformLineId: line.lineItemId, quantity: line.quantity ?? 1 })),
  }
}

/** A shipment known by its link alone, which does not tell the lines it holds. */
export function mapFulfillmentHref(href: string): ReportedShipment | undefined {
  const shipmentId = shipmentIdIn(href)
  return shipmentId ? { shipmentId, ...defined({ trackingNumber: trackingNumberIn(shipmentId) }), lines: [] } : undefined
}

/** The end of the link of a shipment. A stray percent sign stays as it stands: it is still the best name there is. */
export function shipmentIdIn(href: string | undefined): string | undefined {
  const segment = href?.split('?')[0]?.split('/').filter(Boolean).at(-1)
  return segment && decodeLeniently(segment)
}

/** The id is the tracking number, or an arbitrary short number such as 999 when there is none. Source: createShippingFulfillment (read 2026-11-22). */
function trackingNumberIn(shipmentId: string): string | undefined {
  return shipmentId.length > 4 ? shipmentId : undefined
}
