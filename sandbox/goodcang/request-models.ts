import { z } from 'zod'

/**
 * What the calls accept, after the field tables of the vendor's documentation: names, types, required flags,
 * maximum lengths. Source: open.goodcang.com, order, inventory and base_data (read 2026-11-22).
 */
const text = (length: number) => z.string().max(length)
const filled = (length: number) => z.string().min(1).max(length)
const whole = z.int()
const flag = z.union([z.literal(0), z.literal(1)])
const time = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'expected YYYY-MM-DD HH:MM:SS')

const item = z.strictObject({
  product_sku: filled(24),
  quantity: whole.positive(),
  transaction_id: text(50).optional(),
  item_id: text(50).optional(),
  fba_product_code: text(20).optional(),
  euro_terms_code: z.string().optional(),
  label_replacement_qty: whole.optional(),
  product_declared_value: z.string().optional(),
  hs_code: text(10).optional(),
})

const vatChangeInfo = z.strictObject({
  ioss_number: text(100).optional(),
  pid_number: text(100).optional(),
  recipient_eori: text(100).optional(),
  recipient_vat: text(100).optional(),
  shipper_eori: text(100).optional(),
  shipper_vat: text(100).optional(),
  shipper_company_name: text(100).optional(),
  recipient_vat_country: text(2).optional(),
  recipient_eori_country: text(2).optional(),
})

const cartonInfo = z.strictObject({
  carton_list: z.array(z.strictObject({ carton_no: z.string(), fba_box_mark: filled(30) })),
  renewal_product_list: z.array(z.strictObject({ sku: filled(24), product_declared_value: z.string(), hs_code: filled(10) })).optional(),
})

export const createOrder = z
  .strictObject({
    reference_no: text(50).optional(),
    platform: text(20).optional(),
    shipping_method: filled(32).optional(),
    warehouse_code: filled(32),
    country_code: z.string().length(2),
    province: filled(20),
    city: filled(32),
    company: text(50).optional(),
    address1: text(50).optional(),
    address2: text(50).optional(),
    zipcode: filled(20),
    doorplate: text(20).optional(),
    name: filled(48),
    last_name: text(48).optional(),
    cell_phone: text(8).optional(),
    phone: text(20).optional(),
    email: text(100).optional(),
    order_desc: text(500).optional(),
    customer_package_requirement: whole.optional(),
    verify: flag.optional(),
    is_shipping_method_not_allow_update: flag.optional(),
    is_signature: flag.optional(),
    is_insurance: flag.optional(),
    insurance_value: z.number().optional(),
    fba_shipment_id: text(12).optional(),
    fba_shipment_id_create_time: time.optional(),
    property_label: text(50).optional(),
    business_type: whole.optional(),
    is_change_label: flag.optional(),
    age_detection: whole.optional(),
    items: z.array(item).min(1),
    LiftGate: flag.optional(),
    payment_time: time.optional(),
    attachment_ids: z.array(whole).optional(),
    estimated_arrival_date: z.string().optional(),
    estimated_arrival_time: z.union([whole, z.string()]).optional(),
    sender_info: z.strictObject({ name: text(200).optional(), phone: text(50).optional() }).optional(),
    vat_change_info: vatChangeInfo.optional(),
    is_euro_label: flag.optional(),
    vas: z
      .strictObject({ logistics_recommendation_option: whole.min(1).max(5).optional(), label_replacement_option: whole.optional() })
      .optional(),
    is_warehouse_packing: flag.optional(),
    carton_info: cartonInfo.optional(),
    truck_info: z.strictObject({ reference_id: filled(100), seller_name: filled(100), fba_warehouse_code: filled(100) }).optional(),
  })
  .refine((order) => Boolean(order.address1) || Boolean(order.address2), {
    message: 'address1 or address2 is required',
    path: ['address1'],
  })
  // The warehouse chooses the service only when it is asked to.
  .refine((order) => (order.shipping_method === undefined) === (order.vas?.logistics_recommendation_option !== undefined), {
    message: 'shipping_method is required, and must be absent with logistics_recommendation_option',
    path: ['shipping_method'],
  })
export type CreateOrder = z.infer<typeof createOrder>

export const orderByCode = z.strictObject({ order_code: filled(50) })
/** Not in the tables that could be read; the field is the one of create_order. */
export const orderByReference = z.strictObject({ reference_no: filled(50) })
/** Not in the tables that could be read. */
export const cancelOrder = z.strictObject({ order_code: filled(50), reason: z.string().optional() })

const page = { pageSize: whole.min(1).max(100), page: whole.min(1) }
const orderFilters = {
  order_code: text(50).optional(),
  order_code_arr: z.array(z.string()).optional(),
  shipping_method: text(32).optional(),
  create_date_from: time.optional(),
  create_date_to: time.optional(),
  modify_date_from: time.optional(),
  modify_date_to: time.optional(),
}

export const orderList = z.strictObject({
  ...page,
  ...orderFilters,
  date_shipping_from: time.optional(),
  date_shipping_to: time.optional(),
  order_status: text(1).optional(),
})
export type OrderList = z.infer<typeof orderList>

export const draftOrderList = z.strictObject({ ...page, ...orderFilters, order_status: filled(1) })

export const productInventory = z.strictObject({
  pageSize: whole.min(1).max(200),
  page: whole.min(1),
  product_sku: text(24).optional(),
  product_sku_arr: z.array(z.string()).max(200).optional(),
  warehouse_code: text(32).optional(),
  warehouse_code_arr: z.array(z.string()).optional(),
})

export const shippingMethod = z.strictObject({ warehouseCode: text(32).optional() })
/** Calls without parameters take an empty object. */
export const nothing = z.strictObject({})
