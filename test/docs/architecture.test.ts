import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { effectTransitions } from '../../core/effects/transitions.ts'
import { laneAccounts } from '../../core/lanes/index.ts'
import { fulfillmentOrderStatuses } from '../../core/model/fulfillment-order.ts'
import { laneNames } from '../../core/model/lane.ts'
import { orderStates } from '../../core/model/order.ts'
import { blocksOf, filesBelow, readDocument, tableOf } from './documents.ts'

const page = readDocument('docs/architecture.md')
const firstWords = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.flatMap(([cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))

describe('docs/architecture.md', () => {
  it('has every lane in its table, with its account', () => {
    const accounts = { shop: 'shop', 'wms-account': 'warehouse account', client: 'client' } as const

    expect(tableOf(page, 'lane').map(([lane, account]) => [lane, account])).toEqual(
      laneNames.map((lane) => [`\`${lane}\``, accounts[laneAccounts[lane]]]),
    )
  })

  it('has every state of an order in its table, and every status of a fulfillment order in its text', () => {
    expect(firstWords(tableOf(page, 'state'))).toEqual(orderStates)
    for (const status of fulfillmentOrderStatuses) expect(page.text).toContain(`\`${status}\``)
  })

  it('draws the moves of an effect as they are in the code', () => {
    const diagram = blocksOf(page).find((block) => block.info === 'mermaid')?.text ?? ''
    const drawn = [...diagram.matchAll(/^ *([a-z]+) --> ([a-z]+):/gm)].map(([, from, to]) => `${from} → ${to}`)
    const moves = Object.entries(effectTransitions).flatMap(([from, targets]) =>
      targets.filter((to) => to !== from).map((to) => `${from} → ${to}`),
    )

    expect(drawn.toSorted()).toEqual(moves.toSorted())
  })

  it('has every table of the database in its list', () => {
    const migrations = filesBelow('storage/migrations', /^\d{4}-.+\.ts$/).map((file) => readFileSync(file, 'utf8'))
    const created = [...migrations.join('\n').matchAll(/create table ([a-z_]+)/g)]

    expect(created.length).toBeGreaterThan(20)
    // A later step may make a table anew.
    const tables = new Set(created.map((match) => match[1] ?? ''))
    expect(firstWords(tableOf(page, 'table')).toSorted()).toEqual([...tables].toSorted())
  })

  it('names files and folders that exist', () => {
    const named = [...page.text.matchAll(/`((?:core|connectors|wms-adapter|storage|config|daemon|sandbox|scripts|test)\/[\w./-]*)`/g)]
    const missing = named.map((match) => match[1] ?? '').filter((file) => !existsSync(file))

    expect(named.length).toBeGreaterThan(20)
    expect(missing).toEqual([])
  })
})
