import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { schema } from './schema.graphql.ts'

/**
 * Points that a document asks for: an object costs 1, scalars and enums nothing, a connection as much as it
 * may return, a mutation 10. Connections inside a connection are counted once and not multiplied, an
 * assumption of ours: the published rule does not say how the real figure stays below its multiplication.
 * Source: https://shopify.dev/docs/api/usage/limits#rate-limits (read 2026-11-22).
 */
export function requestedCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition)
  }
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType()
  const base = operation.operation === 'mutation' ? 10 : 0
  return base + (root ? selectionCost(operation.selectionSet, root.name, { fragments, variables, nested: false }) : 0)
}

/** Points that an answer used: one for each object in it. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce<number>((sum, entry) => sum + actualCost(entry), 0)
  if (typeof data !== 'object' || data === null) return 0
  return Object.values(data).reduce<number>((sum, entry) => sum + actualCost(entry), 1)
}

interface CostContext {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Readonly<Record<string, unknown>>
  /** Inside a connection already. */
  readonly nested: boolean
}

function selectionCost(selections: SelectionSetNode, typeName: string, context: CostContext): number {
  const type = schema.getType(typeName)
  let cost = 0
  for (const selection of selections.selections) {
    if (selection.kind === 'FragmentSpread') {
      const fragment = context.fragments.get(selection.name.value)
      if (fragment) cost += selectionCost(fragment.selectionSet, fragment.typeCondition.name.value, context)
      continue
    }
    if (selection.kind === 'InlineFragment') {
      cost += selectionCost(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, context)
      continue
    }
    if (!selection.selectionSet || !(isObjectType(type) || isInterfaceType(type))) continue
    const field = type.getFields()[selection.name.value]
    if (!field) continue
    const name = getNamedType(field.type).name
    const size = selection.arguments?.find((argument) => argument.name.value === 'first' || argument.name.value === 'last')
    const asked = size ? numberOf(size.value, context.variables) : 1
    const sized = size !== undefined && (name.endsWith('Connection') || isList(field.type))
    const inner = selectionCost(selection.selectionSet, name, { ...context, nested: context.nested || sized })
    cost += sized && !context.nested ? Math.max(1, asked * inner) : Math.max(1, inner + (name.endsWith('Connection') ? 0 : 1))
  }
  return cost
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type))
}

function numberOf(
  value: { readonly kind: string; readonly value?: unknown; readonly name?: unknown },
  variables: Readonly<Record<string, unknown>>,
): number {
  if (value.kind === 'IntValue') return Number(value.value)
  if (value.kind !== 'Variable') return 1
  const { value: name } = value.name as { readonly value: string }
  return Number(variables[name] ?? 1)
}
