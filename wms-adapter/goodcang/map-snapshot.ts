import type { RejectedRecord } from '../../core/ports/connector.ts'
import type { OutboundPackage, OutboundSnapshot, OutboundStatus, WmsStockRow } from '../../core/ports/wms-adapter.ts'
import { asWmsSku, type WmsSku } from '../../core/value/ids.ts'
import { type Instant, latest } from '../../core/value/instant.ts'
import { sumByKey } from '../../core/value/quantity.ts'
import { parseBeijing } from './beijing-time.ts'
import { withoutPersonalData } from './map-error.ts'
import { type GoodcangBox, type GoodcangOrder, orderSchema, stockSchema } from './schema.ts'

/**
 * order_status: C waiting for approval, H parked, W to be shipped, D shipped, N exception, P problem, X discarded.
 * Source: order/get_order_by_code, order_status (read 2026-11-24).
 */
const statusByLetter: Readonly<Record<string, OutboundStatus>> = {
  C: 'accepted',
  H: 'accepted',
  W: 'processing',
  D: 'shipped',
  N: 'wms-exception',
  P: 'wms-exception',
  X: 'cancelled',
}

const parkedLetters: ReadonlySet<string> = new Set(['C', 'H'])

export type Reading<T> = { readonly value: T } | { readonly rejected: RejectedRecord }

/** One order of any order call → how the core sees it. A record that cannot be read says where and why. */
export function mapOrder(record: unknown): Reading<OutboundSnapshot> {
  const parsed = orderSchema.safeParse(record)
  if (!parsed.success) return { rejected: rejectedRecord(record, firstIssue(parsed.error.issues)) }
  const order = parsed.data
  const shippedAt = leftAt(order)
  if (order.order_status === 'D' && !shippedAt) {
    return { rejected: rejectedRecord(record, 'date_shipping: missing on a shipped order') }
  }
  return { value: snapshotOf(order, shippedAt) }
}

function snapshotOf(order: GoodcangOrder, shippedAt: Instant | undefined): OutboundSnapshot {
  const packages = shippedAt ? packagesOf(order, shippedAt) : []
  const problem = order.abnormal_problem_reason && withoutPersonalData(order.abnormal_problem_reason, personalTexts(order))
  const postcode = order.consignee_zipcode ?? order.consigne_zipcode
  const updatedAt = parseBeijing(order.date_modify)
  const country = order.consignee_country_code?.toUpperCase()
  return {
    reference: order.reference_no ?? '',
    wmsOrderNo: order.order_code,
    status: statusOf(order, packages),
    wmsStatus: order.order_status,
    parked: parkedLetters.has(order.order_status),
    ...(problem ? { problem } : {}),
    ...(order.warehouse_code ? { warehouseCode: order.warehouse_code } : {}),
    lines: order.items.map((item) => ({ wmsSku: asWmsSku(item.product_sku), quantity: item.quantity })),
    ...(country ? { destination: { country, ...(postcode ? { postcode } : {}) } } : {}),
    packages,
    ...(updatedAt ? { updatedAt } : {}),
  }
}

/** There is no letter for a partial shipment: it shows as an order still in W of which boxes have left. */
function statusOf(order: GoodcangOrder, packages: readonly OutboundPackage[]): OutboundStatus | undefined {
  const isPartial = order.order_status === 'W' && packages.some((box) => box.lines && box.lines.length > 0)
  return isPartial ? 'partially-shipped' : statusByLetter[order.order_status]
}

/** When goods left the building; undefined while none have. A number alone says nothing: labels are printed early. */
function leftAt(order: GoodcangOrder): Instant | undefined {
  const shipped = parseBeijing(order.date_shipping)
  if (shipped || order.order_status !== 'D') return shipped
  const packed = order.orderBoxInfo.map((box) => parseBeijing(box.ob_add_time)).find((time) => time !== undefined)
  return packed ?? parseBeijing(order.date_modify)
}

/** Boxes with the same tracking number are one package; each row of a box is one product in it. */
function packagesOf(order: GoodcangOrder, shippedAt: Instant): readonly OutboundPackage[] {
  const orderNumbers = trackingNumbers(order.tracking_no)
  const service = order.shipping_method ? { serviceCode: order.shipping_method } : {}
  const rows = new Map<string, GoodcangBox[]>()
  for (const box of order.orderBoxInfo) {
    const number = box.tracking_number ?? orderNumbers[0]
    if (number) rows.set(number, [...(rows.get(number) ?? []), box])
  }
  if (rows.size === 0) {
    // Without boxes the first number stands for everything: the contents of the others are not told.
    return order.order_status === 'W' ? [] : orderNumbers.slice(0, 1).map((number) => ({ trackingNumber: number, shippedAt, ...service }))
  }
  return [...rows].map(([trackingNumber, boxes]) => {
    const lines = contentsOf(boxes, order)
    return { trackingNumber, shippedAt: boxes.reduce(laterPacked, shippedAt), ...service, ...(lines ? { lines } : {}) }
  })
}

/** The order's time is that of its first box; one that was packed later has left later. */
function laterPacked(at: Instant, box: GoodcangBox): Instant {
  return latest(at, parseBeijing(box.ob_add_time) ?? at)
}

function contentsOf(boxes: readonly GoodcangBox[], order: GoodcangOrder): OutboundPackage['lines'] {
  const rows: [WmsSku, number][] = []
  for (const box of boxes) {
    const sku = skuOf(box.product_barcode, order)
    if (!sku || box.ob_qty === undefined || box.ob_qty === null) return undefined
    rows.push([sku, box.ob_qty])
  }
  return [...sumByKey(rows)].map(([wmsSku, quantity]) => ({ wmsSku, quantity }))
}

/** A bar code is the customer code, a hyphen and the SKU; SKUs may hold hyphens, so the order's own are tried, longest first. */
function skuOf(barcode: string | undefined, order: GoodcangOrder): WmsSku | undefined {
  const skus = order.items.map((item) => item.product_sku).toSorted((a, b) => b.length - a.length)
  const found = skus.find((sku) => barcode === sku || barcode?.endsWith(`-${sku}`))
  return found === undefined ? undefined : asWmsSku(found)
}

/** Blanks are no separators: carriers print numbers in groups. */
function trackingNumbers(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/[,;，；]/)
    .map((number) => number.trim())
    .filter((number) => number !== '')
}

function personalTexts(order: GoodcangOrder): readonly (string | undefined)[] {
  return [
    order.consignee_name,
    order.consignee_last_name,
    order.consignee_company,
    order.consignee_address1,
    order.consignee_address2,
    order.consignee_phone,
    order.consignee_email,
  ]
}

/**
 * sellable is free to order, reserved waits to be shipped, pending waits to be put away, onway is coming,
 * unsellable failed inspection. Source: inventory/get_product_inventory (read 2026-11-24).
 */
export function mapStock(record: unknown): Reading<WmsStockRow> {
  const parsed = stockSchema.safeParse(record)
  if (!parsed.success) return { rejected: { reason: firstIssue(parsed.error.issues), payload: record } }
  const stock = parsed.data
  return {
    value: {
      warehouseCode: stock.warehouse_code,
      wmsSku: asWmsSku(stock.product_sku),
      // Oversold stock shows as a negative number; nothing of it can be promised.
      available: Math.max(0, stock.sellable),
      reserved: Math.max(0, stock.reserved),
      pendingPutaway: Math.max(0, stock.pending),
      inTransit: Math.max(0, stock.onway),
      defective: Math.max(0, stock.unsellable),
    },
  }
}

function rejectedRecord(record: unknown, reason: string): RejectedRecord {
  const code = typeof record === 'object' && record !== null && 'order_code' in record ? record.order_code : undefined
  return { ...(typeof code === 'string' && code !== '' ? { platformOrderId: code } : {}), reason, payload: record }
}

function firstIssue(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const issue = issues[0]
  return issue ? `${issue.path.join('.') || 'record'}: ${issue.message}` : 'record: unreadable'
}
