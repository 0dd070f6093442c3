import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OutboundRequest } from '../../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { instantFromMs } from '../../../core/value/instant.ts'
import { itemFieldLimits, orderFieldLimits, taxFieldLimits } from '../../../wms-adapter/goodcang/field-limits.ts'
import { buildCreateOrder, checkOutbound } from '../../../wms-adapter/goodcang/map-outbound.ts'
import { mapOrder, mapStock } from '../../../wms-adapter/goodcang/map-snapshot.ts'
import { orderSchema, stockSchema } from '../../../wms-adapter/goodcang/schema.ts'
import { reportOfficialChecks } from '../../fakes/specs-report.ts'
import { outboundRequest, scriptedGoodcang, success } from './scripted.ts'

interface Field {
  readonly name: string
  readonly type: string
  readonly required?: boolean
  /** A number of signs, `8,2` for digits before and after the point, or the word `datetime`. */
  readonly max?: string
}
type Endpoint = { readonly objects: readonly { readonly name: string; readonly fields: readonly Field[] }[] }

/** The official field tables, when a folder with the platforms' models is named. */
const file = join(process.env['QUAYSIDE_SPECS'] ?? 'no-specs', 'wms', 'goodcang-fields.json')
const tables: Readonly<Record<string, Endpoint>> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).endpoints : {}

function fieldsOf(path: string, object: string): readonly Field[] {
  const fields = tables[`/public_open/${path}`]?.objects.find(({ name }) => name === object)?.fields
  if (!fields) throw new Error(`the official tables have no ${object} for ${path}`)
  return fields
}

/** What is wrong with a body, by the table: unknown names, missing values, wrong types, too long texts. */
function violations(body: Readonly<Record<string, unknown>>, fields: readonly Field[]): string[] {
  const unknownNames = Object.keys(body).filter((name) => !fields.some((field) => field.name === name))
  const wrong = fields.flatMap((field) => violationsOf(body[field.name], field))
  return [...unknownNames.map((name) => `${name} is not documented`), ...wrong]
}

function violationsOf(value: unknown, field: Field): string[] {
  if (value === undefined || value === '') return field.required ? [`${field.name} is missing`] : []
  const type = field.type.toLowerCase()
  const isRight =
    (type === 'string' && typeof value === 'string') ||
    (type === 'int' && Number.isInteger(value)) ||
    (type === 'float' && typeof value === 'number' && String(value).length <= Number(field.max)) ||
    (type === 'datetime' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(value))) ||
    (type === 'object' && typeof value === 'object') ||
    (type.endsWith('[]') && Array.isArray(value))
  const [digits, decimals] = (field.max ?? '').split(',')
  const isAmount = decimals === undefined || new RegExp(`^\\d{1,${digits}}(\\.\\d{1,${decimals}})?$`).test(String(value))
  const max = decimals === undefined ? Number(digits) : Number.NaN
  return [
    ...(isRight && isAmount ? [] : [`${field.name} is not ${field.type} ${field.max}`]),
    ...(max > 0 && typeof value === 'string' && value.length > max ? [`${field.name} is longer than ${max}`] : []),
  ]
}

const maybe = (maxLength: number) => fc.option(fc.string({ maxLength }), { nil: undefined })
const requests: fc.Arbitrary<OutboundRequest> = fc
  .record({
    platform: fc.constantFrom('amazon', 'ebay', 'wish', 'shopify', 'file'),
    serviceCode: fc.string({ maxLength: 40 }),
    warehouseCode: fc.string({ maxLength: 40 }),
    shipTo: fc.record({
      name: fc.string({ maxLength: 110 }),
      company: maybe(60),
      phone: fc.oneof(maybe(30), fc.constant('+1 207-555-0100 ext. 12345')),
      email: maybe(110),
      line1: fc.string({ maxLength: 80 }),
      line2: maybe(60),
      line3: maybe(60),
      district: maybe(20),
      city: fc.string({ maxLength: 40 }),
      state: maybe(25),
      postcode: fc.string({ maxLength: 25 }),
      country: fc.constantFrom('US', 'DE', 'JP'),
    }),
    lines: fc.array(
      fc.record({
        wmsSku: fc.string({ minLength: 1, maxLength: 30 }).map(asWmsSku),
        quantity: fc.integer({ min: 0, max: 9 }),
        declaredValue: fc.constant({ amount: '12.30', currency: 'USD' }),
        hsCode: fc.constantFrom('610910', '6109.10.00', '12'),
        channelItemId: fc.string({ maxLength: 60 }),
        channelTransactionId: fc.string({ maxLength: 60 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    taxIds: fc.record({ ioss: fc.string({ maxLength: 110 }), vat: fc.string({ maxLength: 110 }) }),
    note: fc.string({ maxLength: 600 }),
    options: fc.record(
      {
        signature: fc.constant(true as const),
        insurance: fc.record({ amount: fc.constantFrom('0.50', '1999.99', '99999.99'), currency: fc.constantFrom('USD', 'EUR') }),
        ageCheck: fc.constantFrom(16, 18, 21),
        packaging: fc.constantFrom('carton', 'courier-bag', 'bubble-bag', 'eco-bag', 'crate'),
      },
      { requiredKeys: [] },
    ),
  })
  .map((parts) => outboundRequest(parts as Partial<OutboundRequest>))

describe.skipIf(!existsSync(file))('the official field tables of Goodcang', () => {
  test('take every create_order request that passes our check', () => {
    let passed = 0
    fc.assert(
      fc.property(requests, (request) => {
        if (checkOutbound(request).length > 0) return
        passed += 1
        const { items, vat_change_info: taxes = {}, ...body } = buildCreateOrder(request)
        // The text allows an order with address2 alone; the table requires address1. We always fill address1.
        expect(violations({ ...body, items }, fieldsOf('order/create_order', 'request'))).toEqual([])
        expect(violations(taxes, fieldsOf('order/create_order', 'VatChangeInfo'))).toEqual([])
        for (const item of items) expect(violations({ ...item }, fieldsOf('order/create_order', 'items'))).toEqual([])
      }),
      { numRuns: 2_000, seed: 7 },
    )
    expect(passed).toBeGreaterThan(20)
    reportOfficialChecks('goodcang', passed)
  })

  test.each([
    ['request', orderFieldLimits],
    ['items', itemFieldLimits],
    ['VatChangeInfo', taxFieldLimits],
  ])('say the lengths that our check knows for %s', (object, limits) => {
    const documented = fieldsOf('order/create_order', object)

    for (const [name, limit] of Object.entries(limits)) {
      expect([name, documented.find((field) => field.name === name)?.max]).toEqual([name, String(limit.max)])
    }
  })

  test('say which fields of create_order cannot be left out', () => {
    const required = fieldsOf('order/create_order', 'request').filter((field) => field.required && field.type === 'String')
    const ours = Object.entries(orderFieldLimits).filter(([, limit]) => 'required' in limit)

    expect(ours.map(([name]) => name)).toEqual(expect.arrayContaining(required.map((field) => field.name)))
  })

  test('take the requests of every documented read', async () => {
    const empty = success({ count: 0, data: [] })
    const { adapter, call, asked } = scriptedGoodcang({
      'order/get_order_list': [empty],
      'order/get_draft_order_list': [empty],
      'inventory/get_product_inventory': [empty],
      'order/cancel_order': [success()],
      'order/get_order_by_code': [empty],
    })
    let cursor: string | undefined
    for (let list = 0; list < 3; list += 1) {
      cursor = (await adapter.listChangedOutbounds(cursor, instantFromMs(Date.parse('2026-11-20T00:00:00Z')), call)).nextCursor
    }
    await adapter.listInventory(['USEA'], undefined, call)
    await adapter.cancelOutbound({ reference: 'Q-1', wmsOrderNo: 'G1' }, 'late', call)

    const documented = asked.filter(({ path }) => tables[`/public_open/${path}`])
    for (const { path, body } of documented) expect([path, violations(body, fieldsOf(path, 'request'))]).toEqual([path, []])
    expect(documented.map(({ path }) => path)).toEqual([
      'order/get_order_list',
      'order/get_draft_order_list',
      'order/get_draft_order_list',
      'inventory/get_product_inventory',
      'order/get_order_by_code',
    ])
    reportOfficialChecks('goodcang', documented.length)
  })

  test.each([
    ['order/get_order_by_code', 'OrderItemComposite', 'OrderLineItem', 'OrderCartonItem'],
    ['order/get_order_list', 'OrderItemComposite', 'OrderLineItem', 'OrderCartonItem'],
    ['order/get_draft_order_list', 'data', 'items', 'orderBoxInfo'],
  ])('document every field that we read of %s, and we read what they describe', (path, order, item, carton) => {
    const documented = fieldsOf(path, order).map((field) => field.name)
    const read = Object.keys(orderSchema.shape).filter((name) => !/^consigne+_zipcode$/.test(name))

    expect(documented).toEqual(expect.arrayContaining(read))
    expect(documented.some((name) => name === 'consigne_zipcode' || name === 'consignee_zipcode')).toBe(true)
    const record = {
      ...sample(fieldsOf(path, order)),
      order_status: 'D',
      items: [sample(fieldsOf(path, item))],
      orderBoxInfo: [{ ...sample(fieldsOf(path, carton)), product_barcode: 'C-product_sku' }],
    }
    expect(mapOrder(record)).toEqual({
      value: {
        reference: 'reference_no',
        wmsOrderNo: 'order_code',
        status: 'shipped',
        wmsStatus: 'D',
        parked: false,
        problem: 'abnormal_problem_reason',
        warehouseCode: 'warehouse_code',
        lines: [{ wmsSku: 'product_sku', quantity: 3 }],
        destination: { country: 'CONSIGNEE_COUNTRY_CODE', postcode: expect.stringMatching(/^consigne+_zipcode$/) },
        packages: [
          {
            trackingNumber: 'tracking_number',
            serviceCode: 'shipping_method',
            shippedAt: '2026-11-24T08:00:00.000Z',
            lines: [{ wmsSku: 'product_sku', quantity: 3 }],
          },
        ],
        updatedAt: '2026-11-24T08:00:00.000Z',
      },
    })
  })

  test('document every field that we read of the stock', () => {
    const fields = fieldsOf('inventory/get_product_inventory', 'data')

    expect(fields.map((field) => field.name)).toEqual(expect.arrayContaining(Object.keys(stockSchema.shape)))
    expect(mapStock(sample(fields))).toMatchObject({ value: { wmsSku: 'product_sku', available: 3, defective: 3 } })
  })
})

/** A record with a value of the documented type in every field; texts hold the field's own name. */
function sample(fields: readonly Field[]): Record<string, unknown> {
  const exampleOf = ({ name, type }: Field): unknown => {
    const kind = type.toLowerCase()
    if (kind === 'int' || kind === 'float') return 3
    return kind === 'datetime' || name.endsWith('_time') ? '2026-11-24 16:00:00' : name
  }
  return Object.fromEntries(fields.map((field) => [field.name, exampleOf(field)]))
}
