import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'body'
  readonly required?: boolean
  readonly type?: string
  readonly items?: object
  readonly schema?: object
}
interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly responses: Readonly<Record<string, { readonly schema?: object }>>
}
interface Model {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | readonly Parameter[]>>>>
  readonly definitions: Readonly<Record<string, unknown>>
}

const files = ['orders_2026-01-01.json', 'ordersV0.json', 'tokens_2021-03-01.json', 'sellers.json', 'listingsItems_2021-08-01.json']

/** The folder with Amazon's Swagger files, when QUAYSIDE_SPECS names one; they are not part of the product. */
export function officialFolder(): string | undefined {
  const folder = join(process.env['QUAYSIDE_SPECS'] ?? 'no-specs', 'amazon')
  return files.every((file) => existsSync(join(folder, file))) ? folder : undefined
}

export interface OfficialCheck {
  /** Checks a request alone: its operation, its query and its body. */
  checkRequest(request: Pick<Request, 'method' | 'url'>, body: string | undefined): readonly string[]
  /** Checks both sides of one exchange; returns what the models do not allow. */
  check(request: Request, body: string | undefined, status: number, answer: string): readonly string[]
  /** How many requests and answers were checked, by operation. */
  readonly counts: ReadonlyMap<string, number>
}

/** Checks exchanges against the official models. Objects are closed: a field that the model has not is a mistake. */
export function officialCheck(folder: string): OfficialCheck {
  const ajv = formats.default(new Ajv({ strict: false, allErrors: true, coerceTypes: false }))
  const models = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Model)
  for (const [index, model] of models.entries()) ajv.addSchema({ $id: files[index], definitions: closed(model.definitions) } as object)
  const validators = new Map<string, ValidateFunction>()
  const validate = (file: string, schema: object, value: unknown, where: string): readonly string[] => {
    const key = file + JSON.stringify(schema)
    const validator =
      validators.get(key) ?? ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', `"${file}#/definitions/`)))
    validators.set(key, validator)
    return validator(value)
      ? []
      : (validator.errors ?? []).map((error) => `${where}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`)
  }
  const counts = new Map<string, number>()
  const checkSent = ({ file, operation, parameters }: FoundOperation, url: URL, body: string | undefined): readonly string[] => {
    const where = operation.operationId
    const bodySchema = parameters.find((parameter) => parameter.in === 'body')?.schema
    return [
      ...checkQuery(parameters, url, where, (schema, value, place) => validate(file, schema, value, place)),
      ...(bodySchema ? validate(file, bodySchema, JSON.parse(body || 'null'), `${where} body`) : []),
      ...(!bodySchema && body ? [`${where}: the model knows no body`] : []),
    ]
  }
  return {
    counts,
    checkRequest({ method, url: text }, body) {
      const url = new URL(text)
      const found = findOperation(models, method, url.pathname)
      return found ? checkSent(found, url, body) : [`no official operation ${method} ${url.pathname}`]
    },
    check(request, body, status, answer) {
      const url = new URL(request.url)
      const found = findOperation(models, request.method, url.pathname)
      if (!found) return [`no official operation ${request.method} ${url.pathname}`]
      const { file, operation } = found
      const where = operation.operationId
      counts.set(where, (counts.get(where) ?? 0) + 1)
      const response = operation.responses[String(status)]
      if (!response) return [`${where}: the model knows no status ${status}`]
      return [
        ...checkSent(found, url, body),
        ...(response.schema && status !== 204 ? validate(file, response.schema, JSON.parse(answer), `${where} ${status}`) : []),
      ]
    },
  }
}

interface FoundOperation {
  readonly file: string
  readonly operation: Operation
  /** Those of the path included. */
  readonly parameters: readonly Parameter[]
}

function findOperation(models: readonly Model[], method: string, path: string): FoundOperation | undefined {
  for (const [index, model] of models.entries()) {
    for (const [template, operations] of Object.entries(model.paths)) {
      const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`)
      const operation = operations[method.toLowerCase()] as Operation | undefined
      const shared = (operations['parameters'] as readonly Parameter[] | undefined) ?? []
      if (pattern.test(path) && operation) {
        return { file: files[index] ?? '', operation, parameters: [...shared, ...(operation.parameters ?? [])] }
      }
    }
  }
  return undefined
}

function checkQuery(
  parameters: readonly Parameter[],
  url: URL,
  where: string,
  validate: (schema: object, value: unknown, place: string) => readonly string[],
): readonly string[] {
  const problems: string[] = []
  for (const [name, text] of url.searchParams) {
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name)
    if (!parameter) problems.push(`${where}: the model knows no parameter ${name}`)
    else problems.push(...validate(schemaOf(parameter), parsedValue(parameter, text), `${where} ${name}`))
  }
  const missing = parameters.filter((one) => one.in === 'query' && one.required && !url.searchParams.has(one.name))
  return [...problems, ...missing.map((one) => `${where}: ${one.name} is missing`)]
}

function schemaOf({ name: _name, in: _in, required: _required, ...schema }: Parameter): object {
  return schema
}

/** Arrays are comma-joined in one value. */
function parsedValue(parameter: Parameter, text: string): unknown {
  if (parameter.type === 'array') return text.split(',')
  if (parameter.type === 'integer') return Number(text)
  return parameter.type === 'boolean' ? text === 'true' : text
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return typeof copy['properties'] === 'object' && copy['type'] === 'object' ? { ...copy, additionalProperties: false } : copy
}
