import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../core/ports/connector.ts'
import { earliest, type Instant, parseInstant } from '../../core/value/instant.ts'
import { sumByKey } from '../../core/value/quantity.ts'
import type { EbayFulfillmentRequest } from './client.ts'
import { lastSegment } from './map-error.ts'
import type { EbayFulfillment } from './schema.ts'

/** eBay takes letters and digits only (32300 otherwise), and the number becomes the id of the shipment. */
export function plainTrackingNumber(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '')
}

/**
 * The request for one package. A hand-over time in the future is refused (32500), so a warehouse's clock
 * that runs ahead is cut to now. Source: createShippingFulfillment (read 2026-11-22).
 */
export function mapShipment(confirmation: ShipmentConfirmation, now: Instant): EbayFulfillmentRequest {
  return {
    lineItems: confirmation.lines.map((line) => ({ lineItemId: line.platformLineId, quantity: line.quantity })),
    shippedDate: earliest(confirmation.shippedAt, now),
    shippingCarrierCode: confirmation.carrierWord,
    trackingNumber: plainTrackingNumber(confirmation.trackingNumber),
  }
}

/** A shipment as getShippingFulfillments tells it. A line without quantity counts one unit, the documented default. */
export function mapFulfillment(fulfillment: EbayFulfillment): ReportedShipment {
  const shippedAt = fulfillment.shippedDate === undefined ? undefined : parseInstant(fulfillment.shippedDate)
  return {
    shipmentId: fulfillment.fulfillmentId,
    ...(fulfillment.shipmentTrackingNumber ? { trackingNumber: fulfillment.shipmentTrackingNumber } : {}),
    ...(fulfillment.shippingCarrierCode ? { carrier: fulfillment.shippingCarrierCode } : {}),
    ...(shippedAt ? { shippedAt } : {}),
    lines: fulfillment.lineItems.map((line) => ({ platformLineId: line.lineItemId, quantity: line.quantity ?? 1 })),
  }
}

/**
 * A shipment known by its link alone: the id is the tracking number, or an arbitrary short number such
 * as 999 when there is none. Which lines it holds is not told. Source: createShippingFulfillment (read 2026-11-22).
 */
export function mapFulfillmentHref(href: string): ReportedShipment | undefined {
  const shipmentId = lastSegment(href)
  if (!shipmentId) return undefined
  return { shipmentId, ...(shipmentId.length > 4 ? { trackingNumber: shipmentId } : {}), lines: [] }
}

/** The shipment of the package that we are about to report, if eBay has it already. */
export function findShipment(shipments: readonly ReportedShipment[], trackingNumber: string): ReportedShipment | undefined {
  const comparable = (text: string): string => plainTrackingNumber(text).toUpperCase()
  const wanted = comparable(trackingNumber)
  return shipments.find((shipment) => comparable(shipment.trackingNumber ?? shipment.shipmentId) === wanted)
}

/** Whether what eBay has is what we would write; what eBay does not show cannot differ. */
export function isSameShipment(shipment: ReportedShipment, confirmation: ShipmentConfirmation): boolean {
  const sameCarrier = shipment.carrier === undefined || shipment.carrier.toLowerCase() === confirmation.carrierWord.toLowerCase()
  return sameCarrier && (shipment.lines.length === 0 || sameLines(shipment.lines, confirmation.lines))
}

function sameLines(left: ShipmentConfirmation['lines'], right: ShipmentConfirmation['lines']): boolean {
  const sums = (lines: ShipmentConfirmation['lines']) => sumByKey(lines.map((line) => [line.platformLineId, line.quantity] as const))
  const [leftSums, rightSums] = [sums(left), sums(right)]
  return leftSums.size === rightSums.size && [...leftSums].every(([id, quantity]) => rightSums.get(id) === quantity)
}
