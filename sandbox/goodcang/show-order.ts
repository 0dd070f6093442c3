import { showBeijing } from './beijing.ts'
import type { Customer, Outbound } from './state.ts'

const countryNames = new Intl.DisplayNames('zh', { type: 'region' })

/** C waiting for approval, W to be shipped, D shipped, N exception, X discarded. Drafts made by the API wait in C. */
export function letterOf(outbound: Outbound): string {
  const letters = {
    draft: 'C',
    accepted: 'W',
    processing: 'W',
    'partially-shipped': 'W',
    shipped: 'D',
    'wms-exception': 'N',
    cancelled: 'X',
  }
  return letters[outbound.state]
}

/**
 * An order as the detail and list calls show it. What is absent is empty text or the zero date, never null.
 * `spelling`: the detail calls leave a letter out of the postcode's field.
 * Source: open.goodcang.com, order/get_order_by_code and order/get_order_list (read 2026-11-22).
 */
export function showOrder(customer: Customer, outbound: Outbound, spelling: 'consigne_zipcode' | 'consignee_zipcode') {
  const { request } = outbound
  return {
    order_code: outbound.orderCode,
    reference_no: outbound.reference,
    platform: request.platform ?? 'OTHER',
    order_status: letterOf(outbound),
    abnormal_problem_reason: outbound.problem,
    shipping_method: outbound.serviceCode,
    tracking_no: outbound.packages[0]?.trackingNumber ?? outbound.labelNumber ?? '',
    warehouse_code: outbound.warehouseCode,
    wp_code: outbound.warehouseCode,
    order_weight: 0.5,
    order_desc: request.order_desc ?? '',
    date_create: showBeijing(outbound.createdAt),
    date_release: showBeijing(outbound.releasedAt),
    date_shipping: showBeijing(outbound.shippedAt),
    date_modify: showBeijing(outbound.modifiedAt),
    consignee_country_code: request.country_code,
    consignee_country_name: countryNames.of(request.country_code) ?? '',
    consignee_state: request.province,
    consignee_city: request.city,
    consignee_district: '',
    consignee_address1: request.address1 ?? '',
    consignee_address2: request.address2 ?? '',
    consignee_address3: '',
    [spelling]: request.zipcode,
    consignee_doorplate: request.doorplate ?? '',
    consignee_company: request.company ?? '',
    consignee_name: request.name,
    consignee_last_name: request.last_name ?? '',
    consignee_phone: request.phone ?? '',
    consignee_email: request.email ?? '',
    items: request.items.map((item) => ({
      product_sku: item.product_sku,
      quantity: item.quantity,
      transaction_id: item.transaction_id ?? '',
      item_id: item.item_id ?? '',
      fba_product_code: '',
      hs_code: item.hs_code ?? '',
    })),
    fee_details: feesOf(outbound),
    orderBoxInfo: boxesOf(customer, outbound),
  }
}

/** One row for each SKU in each box; the bar code is customer code, hyphen, SKU. */
function boxesOf(customer: Customer, outbound: Outbound) {
  return outbound.packages.flatMap((box, index) =>
    box.lines.map((line) => ({
      box_no: String(index + 1),
      ob_length: 30,
      ob_width: 20,
      ob_height: 10,
      ob_weight: 0.5,
      ob_add_time: showBeijing(box.shippedAt),
      tracking_number: box.trackingNumber,
      product_barcode: `${customer.customerCode}-${line.sku}`,
      order_code: outbound.orderCode,
      ob_qty: line.quantity,
    })),
  )
}

/** Invented prices: 5.20 a parcel and 0.60 a unit. */
function feesOf(outbound: Outbound) {
  const units = outbound.packages.flatMap((box) => box.lines).reduce((sum, line) => sum + line.quantity, 0)
  const shipping = outbound.packages.length * 520
  const handling = units * 60
  return {
    totalFee: (shipping + handling) / 100,
    SHIPPING: shipping / 100,
    OPF: handling / 100,
    FSC: 0,
    DT: 0,
    RSF: 0,
    OTF: 0,
    currency_code: 'USD',
  }
}
