import { z } from 'zod'
import { addMs } from '../../core/value/instant.ts'
import type { FaultKind } from '../faults.ts'
import { parseBody, time } from './query.ts'
import { invalidInput, Refusal } from './respond.ts'
import { openOf, type Package, type Seller, type SellerOrder, statusOf } from './state.ts'
import type { World } from './world.ts'

/** Source: ConfirmShipmentRequest in ordersV0.json (read 2026-11-22). */
const confirmBody = z.strictObject({
  marketplaceId: z.string().min(1),
  codCollectionMethod: z.literal('DirectPayment').optional(),
  packageDetail: z.strictObject({
    packageReferenceId: z.string(),
    carrierCode: z.string().min(1),
    carrierName: z.string().min(1).optional(),
    shippingMethod: z.string().optional(),
    trackingNumber: z.string().min(1),
    shipDate: time,
    shipFromSupplySourceId: z.string().optional(),
    orderItems: z
      .array(
        z.strictObject({ orderItemId: z.string().min(1), quantity: z.int().positive(), transparencyCodes: z.array(z.string()).optional() }),
      )
      .min(1),
  }),
})
type PackageDetail = z.output<typeof confirmBody>['packageDetail']

/**
 * Reports a package. The same reference edits its package; a new one needs units that are still open.
 * Source: https://developer-docs.amazon.com/sp-api/docs/confirm-the-shipment-status (read 2026-11-22).
 */
export async function confirmShipment(
  world: World,
  seller: Seller,
  orderId: string,
  request: Request,
  drawn: readonly FaultKind[],
): Promise<void> {
  const { marketplaceId, packageDetail: detail } = await parseBody(request, confirmBody)
  const order = seller.orders.get(orderId)
  if (!order?.visible) throw new Refusal(404, 'NotFound', `The order ${orderId} was not found.`)
  checkDetail(world, order, marketplaceId, detail)
  const known = order.packages.find((parcel) => parcel.reference === detail.packageReferenceId)
  checkQuantities(order, detail, known)
  if (drawn.includes('H20-read-lags-write')) world.lagged.keep(order.id, order)
  const items = detail.orderItems.map((item) => ({ lineId: item.orderItemId, quantity: item.quantity }))
  const carrier = detail.carrierCode === 'Other' ? (detail.carrierName ?? '') : detail.carrierCode
  const changes = { carrier, trackingNumber: detail.trackingNumber, shippedAt: detail.shipDate, items }
  if (known) Object.assign(known, changes)
  else order.packages.push({ reference: detail.packageReferenceId, createdAt: world.now(), throughApi: true, ...changes })
  order.updatedAt = world.now()
}

function checkDetail(world: World, order: SellerOrder, marketplaceId: string, detail: PackageDetail): void {
  if (marketplaceId !== order.marketplaceId) throw invalidInput('The marketplaceId is not that of the order.')
  if (!/^[1-9]\d*$/.test(detail.packageReferenceId)) throw invalidInput('packageReferenceId must be positive numeric.')
  if (detail.carrierCode === 'Other' && detail.carrierName === undefined)
    throw invalidInput('carrierName is required when carrierCode is Other.')
  // A minute of difference between two clocks is forgiven.
  if (world.switches.futureShipDateRefused && detail.shipDate > addMs(world.now(), 60_000))
    throw invalidInput('shipDate must not be in the future.')
  if (order.fulfilledBy === 'AMAZON') throw invalidInput('The order is fulfilled by Amazon and cannot be confirmed.')
  if (order.programs.includes('FBM_SHIP_PLUS')) throw invalidInput('Orders of the program FBM_SHIP_PLUS cannot be confirmed.')
  const isCoded = order.itemPrograms.includes('TRANSPARENCY')
  if (isCoded && detail.orderItems.some(({ quantity, transparencyCodes = [] }) => transparencyCodes.length !== quantity))
    throw invalidInput('transparencyCodes: one code is required for every unit.')
  const status = statusOf(order)
  if (status === 'PENDING' || status === 'CANCELLED') throw invalidInput(`The order is ${status.toLowerCase()} and cannot be confirmed.`)
}

function checkQuantities(order: SellerOrder, detail: PackageDetail, known: Package | undefined): void {
  const isShipped = statusOf(order) === 'SHIPPED'
  if (isShipped && !known) {
    throw invalidInput('PackageToUpdateNotFound: failed to create package, order already fulfilled.')
  }
  const wanted = new Map<string, number>()
  for (const item of detail.orderItems) wanted.set(item.orderItemId, (wanted.get(item.orderItemId) ?? 0) + item.quantity)
  for (const [lineId, quantity] of wanted) {
    const line = order.lines.find((one) => one.id === lineId)
    if (!line) throw invalidInput(`OrderItemId ${lineId} is invalid.`)
    const inThisPackage = (known?.items ?? []).filter((item) => item.lineId === lineId).reduce((sum, item) => sum + item.quantity, 0)
    if (quantity > openOf(order, line) + inThisPackage)
      throw invalidInput(`The quantity of OrderItemId ${lineId} exceeds what is left to ship.`)
  }
}
