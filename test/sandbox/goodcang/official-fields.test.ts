import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as models from '../../../sandbox/goodcang/request-models.ts'
import { warehouseWorld } from './warehouse-world.ts'

interface OfficialField {
  readonly name: string
  readonly type: string
  readonly required?: boolean
  readonly max?: string
}

interface Official {
  readonly endpoints: Readonly<
    Record<string, { readonly objects: readonly { readonly name: string; readonly fields: readonly OfficialField[] }[] }>
  >
}

interface JsonSchema {
  readonly type?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly maxLength?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
}

const folder = process.env['QUAYSIDE_SPECS']

/** Required in the table and not in the model, because the text beside the table says "one of" or "unless". */
const conditional = new Set(['create_order address1', 'create_order shipping_method'])

function officialObjects(path: string) {
  const official = JSON.parse(readFileSync(join(folder ?? '', 'wms', 'goodcang-fields.json'), 'utf8')) as Official
  return official.endpoints[`/public_open/${path}`]?.objects ?? []
}

function differencesOf(path: string, model: z.ZodType, objectName = 'request'): readonly string[] {
  const call = path.split('/').at(-1) ?? ''
  const schema = z.toJSONSchema(model, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const fields = officialObjects(path).find(({ name }) => name === objectName)?.fields ?? []
  const differences: string[] = []
  for (const field of fields) {
    const ours = schema.properties?.[field.name]
    const label = `${call} ${field.name}`
    if (!ours) {
      differences.push(`${label} is missing`)
      continue
    }
    if (!typesOf(field.type).some((type) => typeNamesOf(ours).includes(type)))
      differences.push(`${label} is ${typeNamesOf(ours)}, not ${field.type}`)
    const isRequired = schema.required?.includes(field.name) ?? false
    if (isRequired !== (field.required ?? false) && !conditional.has(label)) differences.push(`${label} required: ${isRequired}`)
    const length = /^\d+$/.test(field.max ?? '') && field.type === 'String' ? Number(field.max) : undefined
    if (length !== undefined && ours.maxLength !== length) differences.push(`${label} has at most ${ours.maxLength}, not ${length}`)
  }
  for (const name of Object.keys(schema.properties ?? {}))
    if (!fields.some((field) => field.name === name)) differences.push(`${call} ${name} is not in the table`)
  return differences
}

function typesOf(official: string): readonly string[] {
  const words: Readonly<Record<string, string>> = {
    string: 'string',
    int: 'integer',
    float: 'number',
    datetime: 'string',
    object: 'object',
  }
  return official.split('|').map((part) => (part.trim().endsWith('[]') ? 'array' : (words[part.trim().toLowerCase()] ?? part)))
}

function typeNamesOf(schema: JsonSchema): readonly string[] {
  if (schema.anyOf) return schema.anyOf.flatMap(typeNamesOf)
  const type = schema.type ?? ''
  return type === 'number' && typeof schema.const === 'number' ? ['integer'] : [type]
}

function firstOf(list: unknown): unknown {
  if (!Array.isArray(list) || list.length === 0) throw new Error('the answer has an empty list where a record was expected')
  return list[0]
}

describe.skipIf(!folder)("the sandbox's models", () => {
  it.each([
    ['order/create_order', models.createOrder],
    ['order/get_order_by_code', models.orderByCode],
    ['order/get_order_list', models.orderList],
    ['order/get_draft_order_list', models.draftOrderList],
    ['inventory/get_product_inventory', models.productInventory],
    ['base_data/get_shipping_method', models.shippingMethod],
  ] as const)('accept for %s what the field table of the vendor names', (path, model) => {
    expect(differencesOf(path, model)).toEqual([])
  })

  it('accept for the lines of an order what the table names', () => {
    expect(differencesOf('order/create_order', models.createOrder.shape.items.element, 'items')).toEqual([])
    expect(differencesOf('order/create_order', models.createOrder.shape.vat_change_info.unwrap(), 'VatChangeInfo')).toEqual([])
    expect(differencesOf('order/create_order', models.createOrder.shape.vas.unwrap(), 'ValueAddedService')).toEqual([])
  })

  it.each([
    ['order/get_order_by_code', 'OrderItemComposite'],
    ['order/get_order_list', 'OrderItemComposite'],
  ])('answer for %s with fields of the table only', async (path, objectName) => {
    const { create, list, detail, advance } = warehouseWorld()
    const { order_code: code } = await create()
    advance('shipped')
    const shown = path.endsWith('list') ? ((await list()).data as Readonly<Record<string, unknown>>[])[0] : await detail(code)
    const objects = officialObjects(path)
    const known = (name: string) => new Set(objects.find((entry) => entry.name === name)?.fields.map((field) => field.name))
    const strangers = (value: unknown, name: string) => Object.keys(value as object).filter((field) => !known(name).has(field))

    expect(strangers(shown, objectName)).toEqual([])
    expect(strangers(firstOf(shown?.['orderBoxInfo']), 'OrderCartonItem')).toEqual([])
    expect(strangers(firstOf(shown?.['items']), 'OrderLineItem')).toEqual([])
    expect(strangers(shown?.['fee_details'], 'OrderFeeComposite')).toEqual([])
  })
})
