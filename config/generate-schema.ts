import { z } from 'zod'
import { carriersFile } from './blocks/carriers.ts'
import { quaysideFile } from './blocks/quayside.ts'
import { rulesFile } from './blocks/rules.ts'
import { shopBlock, shopsFile } from './blocks/shops.ts'
import { accountBlock, warehousesFile } from './blocks/warehouses.ts'
import type { ConfigParts } from './load.ts'

/**
 * JSON Schemas for editors, by file name in `config/schema/`, as text. They describe the files as written; `settings`
 * follows the platform or adapter, from the definitions that are passed.
 */
export function generateSchemas(parts: Pick<ConfigParts, 'connectors' | 'adapters'>): Readonly<Record<string, string>> {
  return {
    'quayside.schema.json': schemaText('quayside.yaml', quaysideFile),
    'shops.schema.json': schemaText('shops.yaml', shopsSchema(parts)),
    'warehouses.schema.json': schemaText('warehouses.yaml', warehousesSchema(parts)),
    'carriers.schema.json': schemaText('carriers.yaml', carriersFile),
    'rules.schema.json': schemaText('rules.yaml', rulesFile),
  }
}

function shopsSchema({ connectors }: Pick<ConfigParts, 'connectors'>): z.ZodType {
  const [first, ...others] = connectors.map((part) =>
    z.strictObject({ ...shopBlock.shape, platform: z.literal(part.platform), settings: part.settings }),
  )
  return first ? z.strictObject({ shops: z.array(z.discriminatedUnion('platform', [first, ...others])) }) : shopsFile
}

function warehousesSchema({ adapters }: Pick<ConfigParts, 'adapters'>): z.ZodType {
  const [first, ...others] = adapters.map((part) =>
    z.strictObject({ ...accountBlock.shape, adapter: z.literal(part.adapter), settings: part.settings }),
  )
  if (!first) return warehousesFile
  return z.strictObject({ ...warehousesFile.shape, accounts: z.array(z.discriminatedUnion('adapter', [first, ...others])) })
}

function schemaText(title: string, schema: z.ZodType): string {
  // Draft 7 is what the YAML support of editors knows best.
  const document = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any', override: allowReferences })
  return `${JSON.stringify({ ...document, title }, null, 2)}\n`
}

/** A text that must have a form may also be a reference such as `${env:NAME}`, which is resolved before the form is checked. */
function allowReferences({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.type !== 'string' || (jsonSchema.pattern === undefined && jsonSchema.format === undefined)) return
  const { description, default: fallback, ...form } = jsonSchema
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
  Object.assign(jsonSchema, {
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
    anyOf: [form, { type: 'string', pattern: '\\$\\{(env|file):' }],
  })
}
