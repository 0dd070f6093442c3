import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

type Json = Record<string, unknown>

const file = join(process.env['QUAYSIDE_SPECS'] ?? 'no-specs', 'wish', 'wish-v3-orders-oauth-webhook.openapi.yaml')

export const hasOfficialModel = existsSync(file)

export interface OfficialModel {
  /** Every deviation found so far, in words. */
  readonly problems: readonly string[]
  /** How many requests and answers were compared. */
  readonly checked: { readonly requests: number; readonly answers: number }
  /** Compares a request alone with its operation; returns the deviations. */
  checkRequest(request: Pick<Request, 'method' | 'url'>, body: string): readonly string[]
  /** Compares one exchange with the operation it belongs to. */
  check(request: Request, body: string, response: Response, answer: string): void
}

/** The vendor's OpenAPI document, with unknown parameters and properties counted as deviations. */
export function officialModel(): OfficialModel {
  const document = strict(parse(readFileSync(file, 'utf8'))) as Json
  // Everything in a query is text; in a body a text is no number.
  const ofQuery = validatorMaker(document, 'array')
  const ofDocument = validatorMaker(document, false)
  const problems: string[] = []
  const checked = { requests: 0, answers: 0 }
  const validators = new Map<string, ValidateFunction>()
  const deviations = (key: string, schema: unknown, value: unknown, ajv = ofDocument): readonly string[] => {
    const known = validators.get(key) ?? ajv.compile(absolute(schema) as object)
    validators.set(key, known)
    return known(value) ? [] : [`${key}: ${ajv.errorsText(known.errors)} in ${JSON.stringify(value).slice(0, 300)}`]
  }
  const checkSent = ({ name, value, shared }: Operation, url: URL, body: string): readonly string[] => {
    const query = deviations(`${name} query`, querySchema(document, value, shared), queryOf(url), ofQuery)
    const described = value['requestBody'] === undefined ? undefined : (resolve(document, value['requestBody']) as Json)
    if (body === '') return described?.['required'] === true ? [...query, `${name}: the body is missing`] : query
    if (!described) return [...query, `${name}: the model knows no body`]
    return [...query, ...deviations(`${name} body`, contentSchema(described), JSON.parse(body))]
  }
  const checkAnswer = ({ name, value }: Operation, response: Response, answer: string): readonly string[] => {
    const envelope = JSON.parse(answer) as { code: number | string; message: string; data: unknown }
    if (response.status !== 200) {
      return deviations('error', { $ref: '#/components/schemas/APIError' }, { code: Number(envelope.code), message: envelope.message })
    }
    const responses = value['responses'] as Json
    return deviations(`${name} answer`, contentSchema(resolve(document, responses['200'])), envelope.data)
  }
  return {
    problems,
    checked,
    checkRequest({ method, url: text }, body) {
      const url = new URL(text)
      const operation = operationOf(document, method, url.pathname)
      return operation ? checkSent(operation, url, body) : [`no operation ${method} ${url.pathname}`]
    },
    check(request, body, response, answer) {
      const url = new URL(request.url)
      const operation = operationOf(document, request.method, url.pathname)
      if (operation === undefined) {
        problems.push(`no operation ${request.method} ${url.pathname}`)
        return
      }
      checked.requests += 1
      problems.push(...checkSent(operation, url, body))
      checked.answers += 1
      problems.push(...checkAnswer(operation, response, answer))
    },
  }
}

function validatorMaker(document: Json, coerceTypes: 'array' | false): Ajv {
  const ajv = new Ajv({ strict: false, coerceTypes, allErrors: true })
  addFormats.default(ajv)
  ajv.addFormat('object-id', /^[0-9a-f]{24}$/)
  ajv.addFormat('iso-3166', /^[A-Z]{2}$/)
  ajv.addFormat('iso-4217', /^[A-Z]{3}$/)
  ajv.addSchema({ $id: 'wish', components: document['components'] })
  return ajv
}

interface Operation {
  readonly name: string
  readonly value: Json
  /** Parameters of the path. */
  readonly shared: readonly unknown[]
}

function operationOf(document: Json, method: string, pathname: string): Operation | undefined {
  const paths = Object.entries(document['paths'] as Record<string, Json>)
  // A path without parameters wins over one with.
  paths.sort(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')))
  for (const [template, item] of paths) {
    const pattern = new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`)
    const value = item[method.toLowerCase()] as Json | undefined
    if (value && pattern.test(pathname)) return { name: `${method} ${template}`, value, shared: (item['parameters'] as unknown[]) ?? [] }
  }
  return undefined
}

function querySchema(document: Json, operation: Json, shared: readonly unknown[]): Json {
  const parameters = [...shared, ...((operation['parameters'] as unknown[]) ?? [])].map((each) => resolve(document, each) as Json)
  const inQuery = parameters.filter((parameter) => parameter['in'] === 'query')
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(inQuery.map((parameter) => [parameter['name'], parameter['schema']])),
    required: inQuery.filter((parameter) => parameter['required'] === true).map((parameter) => parameter['name']),
  }
}

function queryOf(url: URL): Json {
  return Object.fromEntries(
    [...url.searchParams.keys()].map((name) => {
      const values = url.searchParams.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
}

function contentSchema(holder: unknown): unknown {
  return ((holder as { content: Record<string, { schema: unknown }> }).content['application/json'] as { schema: unknown }).schema
}

function resolve(document: Json, value: unknown): unknown {
  const reference = (value as Json)['$ref']
  if (typeof reference !== 'string') return value
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((place, name) => (place as Json)[name], document)
}

/** References of a part that stands alone point into the document. */
function absolute(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"wish#/components'))
}

/** Objects with named properties have no others. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, strict(inner)])
  const isObjectSchema = (value as Json)['type'] === 'object' && (value as Json)['properties'] !== undefined
  return { ...Object.fromEntries(entries), ...(isObjectSchema ? { additionalProperties: false } : {}) }
}
