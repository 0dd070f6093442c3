import type { OrderLineSnapshot, OrderSnapshot, PaymentState, SnapshotStatus } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { type Instant, latest } from '../../core/value/instant.ts'
import { defined } from '../shared/defined.ts'
import type { Doubts } from '../shared/doubts.ts'
import { earliestOf } from '../shared/earliest-of.ts'
import { readMoney } from '../shared/money.ts'
import { mapShipments } from './map-shipment.ts'
import { addressOf } from './mapping/address.ts'
import { holdsOf } from './mapping/holds.ts'
import { totalsOf } from './mapping/totals.ts'
import { paymentStateOf, platformStatusOf } from './mapping/words.ts'
import { type OrderWork, workOf } from './mapping/work.ts'
import { orderShape, type ShopifyOrder } from './schema.ts'
import type { ShopifySettings } from './settings.ts'

export interface MapOptions extends Pick<ShopifySettings, 'includeTestOrders' | 'shipUnpaid'> {
  /** The answer said that it kept personal data back. */
  readonly personalWithheld: boolean
}

/** The id of a record of any form. */
export function idOf(node: unknown): string | undefined {
  return orderShape.pick({ id: true }).safeParse(node).data?.id
}

/** One order as Shopify sends it → the canonical reading. Throws ZodError or `invalid-data` when it cannot be read. */
export function mapOrder(raw: unknown, options: MapOptions): OrderSnapshot {
  const order = orderShape.parse(raw)
  const doubts: Doubts = []
  const work = workOf(order, doubts)
  const { shipBy, deliverBy, releaseNotBefore } = work
  const lines = mapLines(work, doubts)
  const payment = paymentStateOf(order.displayFinancialStatus)
  const status = statusOf(order, lines, work, options)
  const shipTo = addressOf(order, work)
  const country = shipTo?.country
  const ignoredReason = ignoredReasonOf(order, work, options)
  const isOursNow = ignoredReason === undefined && (status === 'open' || status === 'partially-shipped')
  const isAddressMissing = isOursNow && !(shipTo?.line1 && country)
  return {
    platformOrderId: order.id,
    displayNumber: order.name,
    status,
    platformStatus: platformStatusOf(order),
    fulfilledBy: work.isServiceOnly ? 'platform' : 'seller',
    paymentState: payment ?? 'pending',
    purchasedAt: order.processedAt ?? order.createdAt,
    // A fulfillment order can change while its order does not; the reading is then as new as that.
    updatedAt: order.fulfillmentOrders.flatMap((work) => work.updatedAt ?? []).reduce(latest, order.updatedAt),
    ...defined({
      ignoredReason,
      paidAt: paidAtOf(order, payment),
      shipBy,
      deliverBy,
      releaseNotBefore,
      promisedService: order.shippingLine?.title ?? work.promisedService,
      // Without a word of error, too, a missing address is a withheld or a redacted one: what was read before stays.
      personalWithheld: options.personalWithheld || isAddressMissing || (lines.length > 0 && !shipTo?.line1) ? true : undefined,
      totals: totalsOf(order, doubts),
    }),
    personal: {
      ...defined({ shipTo }),
      buyer: defined({ name: order.shippingAddress?.name ?? shipTo?.name, email: order.email }),
      notes: defined({ buyer: buyerNote(order), gift: attributeText(order.customAttributes, isGift) }),
    },
    lines,
    taxIds: {},
    tags: [...order.tags, ...work.locations.map((name) => `location:${name}`)].map((tag) => tag.toLowerCase()),
    holds: isOursNow || status === 'awaiting-payment' ? holdsOf(order, work, { payment, isAddressMissing, country, doubts }) : [],
    shipments: mapShipments(order.fulfillments),
    partialShipmentAllowed: true,
    raw,
  }
}

/** The first sale or capture that succeeded; Shopify has no field for it. */
function paidAtOf(order: ShopifyOrder, payment: PaymentState | undefined): Instant | undefined {
  if (payment === undefined || payment === 'pending' || payment === 'failed') return undefined
  const paid = order.transactions.filter(({ kind, status }) => status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'))
  return earliestOf(paid.map(({ processedAt }) => processedAt))
}

/** Units that are neither shipped nor ours to ship count as cancelled: removed before shipping, or somebody else's. */
function mapLines(work: OrderWork, doubts: Doubts): readonly OrderLineSnapshot[] {
  return work.lines.map(({ line, shippedQuantity, open }) => {
    const { id, quantity } = line
    return {
      platformLineId: id,
      ...defined({
        itemId: numericId(line.product?.id),
        variantId: numericId(line.variant?.id),
        unitPrice: readMoney(line.originalUnitPriceSet, 'originalUnitPriceSet', doubts),
        customization: attributeText(line.customAttributes, () => true),
      }),
      channelSku: asChannelSku(line.sku ?? ''),
      title: line.name,
      quantity,
      cancelledQuantity: quantity - shippedQuantity - open,
      shippedQuantity,
    }
  })
}

function statusOf(order: ShopifyOrder, lines: readonly OrderLineSnapshot[], work: OrderWork, { shipUnpaid }: MapOptions): SnapshotStatus {
  if (order.cancelledAt) return 'cancelled'
  const payment = paymentStateOf(order.displayFinancialStatus)
  const isUnpaid = payment === 'failed' || (payment === 'pending' && !shipUnpaid.some((word) => word === order.displayFinancialStatus))
  const shipped = lines.some((line) => line.shippedQuantity > 0)
  const open = lines.some((line) => line.quantity > line.cancelledQuantity + line.shippedQuantity)
  if (!open && shipped) return work.hasLater ? 'partially-shipped' : 'shipped'
  if (!open && lines.length > 0 && (payment === 'refunded' || payment === 'failed' || !work.hasOthers)) return 'cancelled'
  if (open && isUnpaid) return 'awaiting-payment'
  return shipped ? 'partially-shipped' : 'open'
}

function ignoredReasonOf(order: ShopifyOrder, work: OrderWork, options: MapOptions): string | undefined {
  if (order.test && !options.includeTestOrders) return 'test-order'
  return order.lineItems.some((line) => line.requiresShipping) ? work.ignoredReason : 'digital'
}

function buyerNote(order: ShopifyOrder): string | undefined {
  return [order.note, attributeText(order.customAttributes, (key) => !isGift(key))].filter(Boolean).join('\n') || undefined
}

function isGift(key: string): boolean {
  return /gift/i.test(key)
}

/** Attributes whose key begins with an underscore are for apps, not for people. */
function attributeText(attributes: ShopifyOrder['customAttributes'], wanted: (key: string) => boolean): string | undefined {
  const shown = attributes.filter(({ key, value }) => value !== undefined && value !== '' && !key.startsWith('_') && wanted(key))
  return shown.map(({ key, value }) => `${key}: ${value}`).join('\n') || undefined
}

/** `gid://shopify/ProductVariant/43729076` → `43729076`, the number that the seller sees in the admin. */
export function numericId(gid: string | undefined): string | undefined {
  return gid === undefined ? undefined : (/(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? gid)
}
