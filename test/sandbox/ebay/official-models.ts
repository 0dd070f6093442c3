import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** A part of an OpenAPI 3 document, as far as it is read here. */
type Node = Record<string, unknown>

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: Node
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Node }> }
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Node }> }>
}

interface Document {
  readonly servers: readonly { readonly variables: { readonly basePath: { readonly default: string } } }[]
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, Node> }
}

export interface Exchange {
  readonly method: string
  /** With query. */
  readonly path: string
  /** Parsed body, when there was one. */
  readonly sent: unknown
  readonly status: number
  readonly received: unknown
}

/** The half of an exchange that the connector answers for. */
export type SentPart = Pick<Exchange, 'method' | 'path' | 'sent'>

export interface OfficialModels {
  /** What departs in the request alone: its operation, its query and its body. */
  checkRequest(sent: SentPart): readonly string[]
  /** What of the exchange departs from the official model, and how many parts of it were checked. */
  check(exchange: Exchange): { readonly problems: readonly string[]; readonly checked: number }
}

const files = ['sell_fulfillment_v1_oas3.json', 'sell_inventory_v1_oas3.json', 'developer_analytics_v1_beta_oas3.json']

/** The folder with eBay's OpenAPI files, when QUAYSIDE_SPECS names one. */
export function officialModelsFolder(): string | undefined {
  const folder = process.env['QUAYSIDE_SPECS']
  if (!folder) return undefined
  const path = join(folder, 'ebay')
  return existsSync(join(path, 'sell_fulfillment_v1_oas3.json')) ? path : undefined
}

/** Checks exchanges against the models: names of parameters, bodies, and no field that a model does not name. */
export function loadOfficialModels(folder: string): OfficialModels {
  const documents = files.map((file) => compileDocument(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Document))
  const find = ({ method, path: text }: SentPart): FoundOperation | undefined => {
    const [path = ''] = text.split('?')
    for (const document of documents) {
      const found = document(method, path)
      if (found) return found
    }
    return undefined
  }
  const unknown = ({ method, path }: SentPart) => `${method} ${path.split('?')[0]} is in no official model`
  return {
    checkRequest(sent) {
      const found = find(sent)
      return found ? checkSent(sent, found).problems : [unknown(sent)]
    },
    check(exchange) {
      const found = find(exchange)
      return found ? checkExchange(exchange, found) : { problems: [unknown(exchange)], checked: 0 }
    },
  }
}

interface FoundOperation {
  readonly operation: Operation
  validator(schema: Node): ValidateFunction
}

function compileDocument(document: Document): (method: string, path: string) => FoundOperation | undefined {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ $id: 'models', components: closed(document.components) as Node })
  const basePath = document.servers[0]?.variables.basePath.default ?? ''
  const compiled = new Map<Node, ValidateFunction>()
  const validator = (schema: Node): ValidateFunction => {
    const known = compiled.get(schema) ?? ajv.compile(closed(schema) as Node)
    compiled.set(schema, known)
    return known
  }
  return (method, path) => {
    if (!path.startsWith(basePath)) return undefined
    const rest = path.slice(basePath.length)
    const template = Object.keys(document.paths).find((candidate) => pattern(candidate).test(rest))
    const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()]
    return operation && { operation, validator }
  }
}

function pattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+').replace(/\/$/, '/?')}$`)
}

function checkExchange(exchange: Exchange, found: FoundOperation) {
  const { operation, validator } = found
  const { problems, checked } = checkSent(exchange, found)
  const response = operation.responses[String(exchange.status)]
  if (!response) problems.push(`status ${exchange.status} is not documented`)
  const schema = response?.content?.['application/json']?.schema
  if (!schema || exchange.received === undefined || exchange.received === null) return { problems, checked }
  return { problems: [...problems, ...problemsOf(validator(schema), exchange.received, 'response')], checked: checked + 1 }
}

function checkSent({ method, path, sent }: SentPart, { operation, validator }: FoundOperation): { problems: string[]; checked: number } {
  const [name = '', query = ''] = path.split('?')
  const where = `${method} ${name}`
  const problems = checkQuery(operation, new URLSearchParams(query)).map((problem) => `${where}: ${problem}`)
  const schema = operation.requestBody?.content['application/json']?.schema
  if (!schema && sent !== undefined) problems.push(`${where}: a body is not documented`)
  if (!schema) return { problems, checked: 0 }
  problems.push(...problemsOf(validator(schema), sent ?? null, `${where}: request`))
  return { problems, checked: 1 }
}

function checkQuery(operation: Operation, query: URLSearchParams): readonly string[] {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const problems: string[] = []
  for (const [name, value] of query) {
    const type = known.find((parameter) => parameter.name === name)?.schema?.['type']
    if (type === undefined) problems.push(`query parameter ${name} does not exist`)
    else if (type === 'integer' && !/^-?\d+$/.test(value)) problems.push(`query parameter ${name} is not an integer`)
    else if (type === 'boolean' && !/^(true|false)$/.test(value)) problems.push(`query parameter ${name} is not a boolean`)
  }
  const missing = known.filter(({ name, required }) => required && !query.has(name))
  return [...problems, ...missing.map(({ name }) => `query parameter ${name} is missing`)]
}

function problemsOf(check: ValidateFunction, value: unknown, what: string): readonly string[] {
  if (check(value)) return []
  return (check.errors ?? []).map((error) => `${what}${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`)
}

/** OpenAPI 3.0 into JSON Schema: `nullable`, and no property that is not named. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, example: _, ...rest } = node as Node
  const copy: Node = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, closed(value)]))
  // A description beside `$ref` is a comment; OpenAPI ignores siblings of a reference.
  if (typeof copy['$ref'] === 'string') return { $ref: copy['$ref'].replace(/^#/, 'models#') }
  const isObject = copy['type'] === 'object' && copy['properties'] !== undefined
  const whole = isObject ? { ...copy, additionalProperties: false } : copy
  return nullable === true ? { anyOf: [whole, { type: 'null' }] } : whole
}
