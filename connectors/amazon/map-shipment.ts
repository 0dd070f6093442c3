import type { ReportedShipment } from '../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../core/ports/connector.ts'
import { earliest, type Instant } from '../../core/value/instant.ts'
import { defined } from '../shared/defined.ts'
import type { AmazonItem, AmazonOrder } from './schema.ts'

/**
 * Body of confirmShipment: ordersV0.json, ConfirmShipmentRequest (read 2026-11-22). References and item ids are texts:
 * since January 2026 Amazon refuses numbers (github.com/amzn/selling-partner-api-models/issues/5094, read 2026-11-22).
 * A ship date in the future is refused too.
 */
export function mapShipment(confirmation: ShipmentConfirmation, marketplaceId: string, now: Instant) {
  const isOther = confirmation.carrierWord.toLowerCase() === 'other'
  return {
    marketplaceId,
    packageDetail: {
      packageReferenceId: String(confirmation.packageReference ?? confirmation.packageOrdinal),
      ...(isOther ? { carrierCode: 'Other', carrierName: confirmation.carrierName } : { carrierCode: confirmation.carrierWord }),
      trackingNumber: confirmation.trackingNumber,
      shipDate: earliest(confirmation.shippedAt, now),
      orderItems: confirmation.lines.map((line) => ({ orderItemId: line.platformLineId, quantity: line.quantity })),
    },
  }
}

/** Packages as Amazon shows them on an order. A canceled package does not stand. */
export function mapPackages(packages: NonNullable<AmazonOrder['packages']>): readonly ReportedShipment[] {
  return packages.map((parcel) => ({
    shipmentId: parcel.packageReferenceId,
    ...defined({ trackingNumber: parcel.trackingNumber, carrier: parcel.carrier, shippedAt: parcel.shipTime }),
    lines: parcel.packageItems.map((item) => ({ platformLineId: item.orderItemId, quantity: item.quantity })),
    ...(parcel.packageStatus.status === 'CANCELLED' ? { progress: 'failed' as const } : {}),
  }))
}

/** v0 counts the units that have left and shows no packages of them. */
export function mapCounts(items: readonly AmazonItem[]): readonly ReportedShipment[] {
  const lines = items.map(({ orderItemId, fulfillment }) => ({ platformLineId: orderItemId, quantity: fulfillment.quantityFulfilled ?? 0 }))
  const shipped = lines.filter(({ quantity }) => quantity > 0)
  return shipped.length > 0 ? [{ shipmentId: '', lines: shipped, progress: 'counted' }] : []
}
