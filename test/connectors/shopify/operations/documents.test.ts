import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, Kind, type OperationDefinitionNode, parse, type SelectionSetNode, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { documents, restOf } from '../../../../connectors/shopify/operations/documents.ts'
import { mostPointsOfOneQuery } from '../../../../connectors/shopify/rate-limits.ts'
import { reportOfficialChecks } from '../../../fakes/specs-report.ts'

const all = [...Object.values(documents), ...Object.values(restOf)]

/** The strictest reading of the published rule: an object costs 1, and a connection as many times its nodes as it may return. */
function strictCost(selections: SelectionSetNode, first: number): number {
  let cost = 0
  for (const field of selections.selections) {
    if (field.kind === Kind.INLINE_FRAGMENT) cost += strictCost(field.selectionSet, first)
    if (field.kind !== Kind.FIELD || !field.selectionSet) continue
    const size = field.arguments?.find((argument) => argument.name.value === 'first')?.value
    const asked = size?.kind === Kind.INT ? Number(size.value) : size ? first : undefined
    const nodes = field.selectionSet.selections.find((child) => child.kind === Kind.FIELD && child.name.value === 'nodes')
    if (asked !== undefined && nodes?.kind === Kind.FIELD && nodes.selectionSet) {
      cost += 3 + asked * (1 + strictCost(nodes.selectionSet, first))
    } else cost += (field.name.value === 'nodes' ? 10 : 1) * (1 + strictCost(field.selectionSet, first))
  }
  return cost
}

function costOf(document: string, first: number): number {
  const definition = parse(document).definitions[0] as OperationDefinitionNode
  const base = definition.operation === 'mutation' ? 9 : 0
  return base + strictCost(definition.selectionSet, first)
}

describe('the documents for Shopify', () => {
  test.each(all)('$name costs at most what it declares, and less than a query may [shopify-limit-03]', ({ name, document, cost }) => {
    const asked = costOf(document, name === 'ChangedOrders' ? 10 : 100)

    expect(asked).toBeLessThanOrEqual(cost)
    expect(cost).toBeLessThanOrEqual(mostPointsOfOneQuery)
  })

  test('ask for what is decided by: remaining units, tracking numbers, current quantities [shopify-trap-03] [shopify-trap-10] [shopify-trap-11]', () => {
    const { document } = documents.changedOrders

    for (const asked of ['remainingQuantity', 'trackingInfo { company number }', 'currentQuantity unfulfilledQuantity'])
      expect(document).toContain(asked)
  })

  const specs = join(process.env['QUAYSIDE_SPECS'] ?? '', 'shopify/admin-2026-10.introspection.json.gz')

  test.skipIf(!process.env['QUAYSIDE_SPECS'] || !existsSync(specs))('fit the official schema', () => {
    const schema = buildClientSchema(JSON.parse(gunzipSync(readFileSync(specs)).toString()).data)

    const errors = all.flatMap(({ name, document }) => validate(schema, parse(document)).map((error) => `${name}: ${error.message}`))

    expect(errors).toEqual([])
    reportOfficialChecks('shopify', all.length)
  })
})
