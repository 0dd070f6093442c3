import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { buildSchema, type GraphQLSchema, validate } from 'graphql'
import type { DocumentCheck } from './execute.ts'

const loaded = new Map<string, GraphQLSchema>()

/**
 * Checks documents against Shopify's own schema, when a folder with the official models is named (the
 * environment variable QUAYSIDE_SPECS) and holds `shopify/admin-2026-10.graphql.gz`. Read at the first document.
 */
export function officialCheck(folder: string | undefined): DocumentCheck | undefined {
  if (!folder) return undefined
  const file = join(folder, 'shopify', 'admin-2026-10.graphql.gz')
  if (!existsSync(file)) return undefined
  return (document) => validate(loadOfficialSchema(file), document)
}

export function loadOfficialSchema(file: string): GraphQLSchema {
  const known = loaded.get(file)
  if (known) return known
  const schema = buildSchema(gunzipSync(readFileSync(file)).toString('utf8'), { assumeValid: true })
  loaded.set(file, schema)
  return schema
}
