import { type DocumentNode, execute, GraphQLError, type OperationDefinitionNode, parse, validate } from 'graphql'
import { z } from 'zod'
import { corruptAnswer } from './corrupt.ts'
import { fulfillmentMutations } from './mutations-fulfillment.ts'
import { orderMutations } from './mutations-order.ts'
import { stockMutations } from './mutations-stock.ts'
import { nodeQuery, orderQueries, stockQueries } from './query.ts'
import { schema } from './schema.graphql.ts'
import type { View } from './view.ts'
import { shopQueries } from './view-shop.ts'

const requestBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

/** A request whose document fits the schema. */
export interface Operation {
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>>
  /** The first field of the document: what limits, faults and the ledger go by. */
  readonly name: string
  readonly isWrite: boolean
}

export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly unknown[]
}

export type DocumentCheck = (document: DocumentNode) => readonly GraphQLError[]

interface Checked {
  readonly document?: DocumentNode
  readonly errors: readonly GraphQLError[]
}

/**
 * Makes the reader of request bodies. It gives an operation, or what is wrong when the body holds no document
 * that the schema knows. Documents are remembered: a connector sends the same few again and again.
 */
export function createOperationReader(alsoCheck: DocumentCheck | undefined): (text: string) => Operation | readonly unknown[] {
  const known = new Map<string, Checked>()
  const check = (query: string): Checked => {
    const result = known.get(query) ?? checkDocument(query, alsoCheck)
    if (known.size < 1_000) known.set(query, result)
    return result
  }
  return (text) => {
    const body = requestBody.safeParse(parseJson(text))
    if (!body.success) return [{ message: 'A query attribute must be specified and must be a string.' }]
    const { document, errors } = check(body.data.query)
    if (!document || errors.length > 0) return errors.map((error) => error.toJSON())
    const definition = chooseOperation(document, body.data.operationName)
    if (!definition) return [{ message: 'An operation name is required' }]
    const first = definition.selectionSet.selections.find((selection) => selection.kind === 'Field')
    return {
      document,
      definition,
      variables: body.data.variables ?? {},
      name: first?.name.value ?? 'unknown',
      isWrite: definition.operation === 'mutation',
    }
  }
}

function chooseOperation(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined {
  const definitions = document.definitions.filter((entry) => entry.kind === 'OperationDefinition')
  if (name) return definitions.find((entry) => entry.name?.value === name)
  return definitions.length === 1 ? definitions[0] : undefined
}

const longestInput = 250

/** Carries an operation out on the shop. */
export async function runOperation(operation: Operation, view: View): Promise<Answer> {
  const tooLong = findTooLongInput(operation.variables, [operation.name])
  if (tooLong) {
    const message = `The input array size of ${tooLong.size} is greater than the maximum allowed of ${longestInput}.`
    return { errors: [{ message, path: tooLong.path, extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } }] }
  }
  const node = nodeQuery(view)
  const rootValue = operation.isWrite
    ? { ...fulfillmentMutations(view), ...orderMutations(view), ...stockMutations(view) }
    : {
        ...orderQueries(view),
        ...stockQueries(view),
        ...shopQueries(view),
        node,
        nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => node({ id })),
      }
  const { document, variables, definition } = operation
  const result = await execute({ schema, document, rootValue, variableValues: variables, operationName: definition.name?.value ?? null })
  // A copy without prototypes that only graphql-js has, and that may be spoiled.
  const answer = JSON.parse(JSON.stringify(result)) as Answer
  const errors = [...(answer.errors ?? []), ...corruptAnswer(answer.data, view.shop.corrupted)]
  return errors.length > 0 ? { ...answer, errors } : answer
}

/** Lists in the input have 250 entries at most. Source: https://shopify.dev/docs/api/usage/limits (read 2026-11-25). */
function findTooLongInput(
  value: unknown,
  path: readonly string[],
): { readonly path: readonly string[]; readonly size: number } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value) && value.length > longestInput) return { path, size: value.length }
  for (const [name, entry] of Object.entries(value)) {
    const found = findTooLongInput(entry, Array.isArray(value) ? path : [...path, name])
    if (found) return found
  }
  return undefined
}

function checkDocument(query: string, alsoCheck: DocumentCheck | undefined): Checked {
  try {
    const document = parse(query)
    const errors = validate(schema, document)
    return { document, errors: errors.length > 0 ? errors : (alsoCheck?.(document) ?? []) }
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
