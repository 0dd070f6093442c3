import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Field {
  readonly name: string
  readonly type: string
  readonly required?: boolean
  /** A number of signs, `8,2` for digits before and after the point, or the word `datetime`. */
  readonly max?: string
}
type Fields = readonly Field[]
type Tables = Readonly<Record<string, { readonly objects: readonly { readonly name: string; readonly fields: Fields }[] }>>

/** Names of the tables that describe the objects inside a request, by field. */
const innerTables: Readonly<Record<string, string>> = {
  items: 'items',
  vat_change_info: 'VatChangeInfo',
  vas: 'ValueAddedService',
  sender_info: 'SenderInfo',
  truck_info: 'TruckInfo',
}

/** Compares requests with the vendor's field tables, when the folder holds them; returns what departs. */
export function goodcangRequests(folder: string): ((path: string, body: string) => readonly string[]) | undefined {
  const file = join(folder, 'wms', 'goodcang-fields.json')
  if (!existsSync(file)) return undefined
  const tables = (JSON.parse(readFileSync(file, 'utf8')) as { readonly endpoints: Tables }).endpoints
  return (path, body) => {
    const objects = tables[path]?.objects
    if (!objects) return [`${path} is in no official table`]
    const tableOf = (name: string): Fields => objects.find((object) => object.name === name)?.fields ?? []
    return departures(JSON.parse(body || '{}'), 'request', tableOf).map((problem) => `${path}: ${problem}`)
  }
}

function departures(value: unknown, table: string, tableOf: (name: string) => Fields): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${table} is not an object`]
  const record = value as Readonly<Record<string, unknown>>
  const fields = tableOf(table)
  const unknownNames = Object.keys(record).filter((name) => !fields.some((field) => field.name === name))
  return [
    ...unknownNames.map((name) => `${table}.${name} is not documented`),
    ...fields.flatMap((field) => departuresOf(record[field.name], field).map((problem) => `${table}.${field.name} ${problem}`)),
    ...Object.entries(innerTables).flatMap(([name, inner]) => {
      const parts = record[name] === undefined ? [] : [record[name]].flat()
      return parts.flatMap((part) => departures(part, inner, tableOf))
    }),
  ]
}

function departuresOf(value: unknown, field: Field): readonly string[] {
  if (value === undefined || value === '') return field.required ? ['is missing'] : []
  if (!field.type.split('|').some((type) => isOfType(value, type.trim().toLowerCase()))) return [`is not ${field.type}`]
  const [digits, decimals] = (field.max ?? '').split(',')
  if (decimals !== undefined && !new RegExp(`^\\d{1,${digits}}(\\.\\d{1,${decimals}})?$`).test(String(value))) {
    return [`is not a number of ${field.max} digits`]
  }
  const isTooLong = decimals === undefined && Number(digits) > 0 && typeof value === 'string' && value.length > Number(digits)
  return isTooLong ? [`is longer than ${digits}`] : []
}

function isOfType(value: unknown, type: string): boolean {
  if (type.endsWith('[]')) return Array.isArray(value) && value.every((part) => isOfType(part, type.slice(0, -2)))
  if (type === 'int') return Number.isInteger(value)
  if (type === 'float' || type === 'number') return typeof value === 'number'
  if (type === 'datetime') return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(value))
  return type === 'object' ? typeof value === 'object' : typeof value === type
}
