import type { z } from 'zod'
import type { FaultKind } from '../faults.ts'
import { disturbPage } from '../shared/page-faults.ts'
import { rangeOf } from './beijing.ts'
import { cancelOrder } from './cancel-order.ts'
import { type Building, createOrder } from './create-order.ts'
import { Refusal, success } from './envelope.ts'
import { countries, showService, showWarehouse } from './masters.ts'
import * as models from './request-models.ts'
import { letterOf, showOrder } from './show-order.ts'
import type { Customer, Outbound } from './state.ts'

/** What one request of a customer sees. */
export interface CallView extends Building {
  readonly customer: Customer
  readonly drawn: readonly FaultKind[]
  /** The order as a read sees it now; an older state, or none, while a fault lets reads lag. */
  seen(outbound: Outbound): Outbound | undefined
  readableOrders(): readonly Outbound[]
  /** Call on every write, before it changes the order; without an order it is about to be made. */
  aboutToWrite(orderCode: string, before: Outbound | undefined): void
}

interface Call {
  readonly isWrite: boolean
  /** The order that a write is about, for the ledger. */
  subject?(body: unknown, view: CallView): string | undefined
  answer(body: unknown, view: CallView): Response
}

/** Every call that the sandbox knows, by its path after `public_open/`. */
export const calls: Readonly<Record<string, Call>> = {
  'order/create_order': write(models.createOrder, (request, view) => {
    const made = createOrder(view.customer, request, view)
    view.aboutToWrite(made.orderCode, undefined)
    return view.switches['order-code-in-data'] ? success({ data: { order_code: made.orderCode } }) : success({ order_code: made.orderCode })
  }),
  'order/cancel_order': write(models.cancelOrder, (request, view) => {
    const outbound = view.customer.orders.get(request.order_code)
    if (!outbound) throw new Refusal('订单不存在')
    view.aboutToWrite(outbound.orderCode, outbound)
    return success({ cancel_status: cancelOrder(view.customer, outbound, view), data: { order_code: outbound.orderCode } })
  }),
  'order/get_order_by_code': read(models.orderByCode, (request, view) => detail(view.customer.orders.get(request.order_code), view)),
  // Of several orders with this reference all but one are discarded; the last one counts.
  'order/get_order_by_ref_code': read(models.orderByReference, (request, view) =>
    detail(view.customer.byReference.get(request.reference_no)?.at(-1), view),
  ),
  'order/get_order_list': read(models.orderList, (request, view) => {
    const matches = filterOf(request)
    const listed = view.readableOrders().filter((outbound) => !isParked(outbound) && matches(outbound))
    return orderPage(listed, request, view)
  }),
  'order/get_draft_order_list': read(models.draftOrderList, (request, view) => {
    const matches = filterOf(request)
    const listed = view.readableOrders().filter((outbound) => isParked(outbound) && matches(outbound))
    return orderPage(listed, request, view)
  }),
  'inventory/get_product_inventory': read(models.productInventory, (request, { customer }) => {
    const rows = [...customer.stock.values()]
      .filter((stock) => isWanted(stock.sku, request.product_sku, request.product_sku_arr))
      .filter((stock) => isWanted(stock.warehouseCode, request.warehouse_code, request.warehouse_code_arr))
    const data = pageOf(rows, request).map((stock) => ({
      product_sku: stock.sku,
      product_barcode: `${customer.customerCode}-${stock.sku}`,
      warehouse_code: stock.warehouseCode,
      warehouse_desc: stock.warehouseCode,
      onway: 0,
      pending: 0,
      sellable: stock.sellable,
      unsellable: 0,
      reserved: stock.reserved,
      shipped: stock.shipped,
      stocking: 0,
      pi_no_stock: 0,
      pi_freeze: 0,
    }))
    return success({ count: rows.length, data })
  }),
  'base_data/get_warehouse': read(models.nothing, (_request, { customer }) => success({ data: customer.warehouses.map(showWarehouse) })),
  'base_data/get_shipping_method': read(models.shippingMethod, (request, { customer }) => {
    const places = customer.warehouses.filter((code) => isWanted(code, request.warehouseCode, undefined))
    return success({ data: places.flatMap((place) => customer.services.map((code) => showService(code, place))) })
  }),
  'base_data/get_country': read(models.nothing, () => success({ data: countries })),
}

function read<T>(model: z.ZodType<T>, answer: (request: T, view: CallView) => Response): Call {
  return { isWrite: false, answer: (body, view) => answer(check(model, body), view) }
}

function write<T extends object>(model: z.ZodType<T>, answer: (request: T, view: CallView) => Response): Call {
  return {
    isWrite: true,
    answer: (body, view) => answer(check(model, body), view),
    subject: (body, view) => {
      if (typeof body !== 'object' || body === null) return undefined
      if ('reference_no' in body && typeof body.reference_no === 'string') return body.reference_no
      if (!('order_code' in body) || typeof body.order_code !== 'string') return undefined
      return view.customer.orders.get(body.order_code)?.reference ?? body.order_code
    },
  }
}

function check<T>(model: z.ZodType<T>, body: unknown): T {
  const parsed = model.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal(`参数错误 ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function detail(outbound: Outbound | undefined, view: CallView): Response {
  const seen = outbound && view.seen(outbound)
  if (!seen) throw new Refusal('订单不存在')
  return success({ data: showOrder(view.customer, seen, 'consigne_zipcode') })
}

/** Drafts and what waits for approval are in a list of their own. */
function isParked(outbound: Outbound): boolean {
  return letterOf(outbound) === 'C'
}

function filterOf(request: models.OrderList): (outbound: Outbound) => boolean {
  const created = rangeOf(request.create_date_from, request.create_date_to)
  const modified = rangeOf(request.modify_date_from, request.modify_date_to)
  const shipped = rangeOf(request.date_shipping_from, request.date_shipping_to)
  return (outbound) =>
    modified(outbound.modifiedAt) &&
    created(outbound.createdAt) &&
    shipped(outbound.shippedAt) &&
    isWanted(outbound.orderCode, request.order_code, request.order_code_arr) &&
    isWanted(outbound.serviceCode, request.shipping_method, undefined) &&
    isWanted(letterOf(outbound), request.order_status, undefined)
}

function orderPage(listed: readonly Outbound[], request: { page: number; pageSize: number }, view: CallView): Response {
  const page = disturbPage(pageOf(listed, request), view.drawn)
  const response = success({ count: listed.length, data: page.map((outbound) => showOrder(view.customer, outbound, 'consignee_zipcode')) })
  if (view.drawn.includes('G5-page-shift')) touchFirst(page, view)
  return response
}

/** Somebody edits the first order of the page meanwhile, so that it leaves a window that ends now. */
function touchFirst(page: readonly Outbound[], view: CallView): void {
  const outbound = view.customer.orders.get(page[0]?.orderCode ?? '')
  if (outbound) outbound.modifiedAt = view.now
}

function pageOf<T>(rows: readonly T[], { page, pageSize }: { page: number; pageSize: number }): readonly T[] {
  return rows.slice((page - 1) * pageSize, page * pageSize)
}

function isWanted(value: string, one: string | undefined, several: readonly string[] | undefined): boolean {
  if (one && one !== value) return false
  return !several || several.length === 0 || several.includes(value)
}
