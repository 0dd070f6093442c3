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

/** Documents seen, with what is wrong with them: a connector sends the same few again and again. */
const checked = new Map<string, { readonly document?: DocumentNode; readonly errors: readonly GraphQLError[] }>()

/** Reads a request body; gives errors when it is not a document that the schema knows. */
export function readOperation(
  text: string,
  alsoCheck?: (document: DocumentNode) => readonly GraphQLError[],
): Operation | readonly unknown[] {
  const body = requestBody.safeParse(parseJson(text))
  if (!body.success) return [{ message: 'A query attribute must be specified and must be a string.' }]
  const { document, errors } = check(body.data.query, alsoCheck)
  if (!document || errors.length > 0) return errors.map((error) => error.toJSON())
  const definitions = document.definitions.filter((entry) => entry.kind === 'OperationDefinition')
  const definition = body.data.operationName ? definitions.find((entry) => entry.name?.value === body.data.operationName) : definitions[0]
  if (!definition || (definitions.length > 1 && !body.data.operationName)) return [{ message: 'An operation name is required' }]
  const first = definition.selectionSet.selections.find((selection) => selection.kind === 'Field')
  return {
    document,
    definition,
    variables: body.data.variables ?? {},
    name: first?.name.value ?? 'unknown',
    isWrite: definition.operation === 'mutation',
  }
}

/** Carries an operation out on the shop. */
export async function runOperation(operation: Operation, view: View): Promise<Answer> {
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
  corruptAnswer(
    answer.data,
    [...view.shop.orders.values()].filter((order) => order.corruptions.length > 0),
  )
  return answer
}

function check(query: string, alsoCheck?: (document: DocumentNode) => readonly GraphQLError[]) {
  const known = checked.get(query)
  if (known) return known
  const result = checkNew(query, alsoCheck)
  if (checked.size < 1_000) checked.set(query, result)
  return result
}

function checkNew(query: string, alsoCheck?: (document: DocumentNode) => readonly GraphQLError[]) {
  try {
    const document = parse(query)
    return { document, errors: [...validate(schema, document), ...(alsoCheck?.(document) ?? [])] }
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
