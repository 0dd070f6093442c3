import { describe, expect, it } from 'vitest'
import { applyStrategies } from '../../../core/rules/stages/mapping.ts'
import { asChannelSku } from '../../../core/value/ids.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { orderLine } from '../../fakes/dossiers.ts'
import { facts, rulesOf, totalsOf } from './rules-world.ts'

const choice = <Action>(chosen: { readonly action: Action; readonly rule: string | undefined } | undefined) => [
  chosen?.rule,
  chosen?.action,
]

describe('the first rule that matches', () => {
  const rules = rulesOf(`courier:
    - { name: Gifts, when: { field: tags, op: contains, value: gift }, then: [{ fixed: { service: ground } }] }
    - { name: Dear, when: { field: amounts.totalUsd, op: gte, value: 300 }, then: [{ fixed: { service: saver }, fallback: ground }] }
    - { name: Rest, then: [{ candidates: { rank: speed } }] }`)

  it('decides alone', () => {
    expect(choice(rules.courier?.(facts({ tags: ['gift'] })))).toEqual([
      'Gifts',
      { services: ['ground'], rank: 'cost', fallback: undefined },
    ])
    expect(choice(rules.courier?.(facts()))).toEqual(['Dear', { services: ['saver'], rank: 'cost', fallback: 'ground' }])
    expect(choice(rules.courier?.(facts({ totals: totalsOf('1.00', 'USD') })))).toEqual([
      'Rest',
      { services: undefined, rank: 'speed', fallback: undefined },
    ])
  })

  it('is the last one that is tried', () => {
    expect(rules.courier?.(facts()).trials.map((trial) => [trial.rule, trial.result])).toEqual([
      ['Gifts', 'not-matched'],
      ['Dear', 'matched'],
    ])
  })

  it('is not looked for below one that cannot be told', () => {
    const chosen = rules.courier?.(facts({ totals: totalsOf('10.00', 'EUR') }))

    expect(chosen).toMatchObject({ action: undefined, rule: undefined, hold: { rule: 'Dear', reason: 'fx-missing' } })
    expect(chosen?.trials.map((trial) => trial.result)).toEqual(['not-matched', 'fx-missing'])
  })

  it('is none when no rule matches', () => {
    const some = rulesOf('split: [{ name: Two, when: { field: shop, op: eq, value: x }, then: [{ byWarehouse: {} }] }]')

    expect(some.split?.(facts())).toMatchObject({ action: undefined, rule: undefined, hold: undefined })
    expect(some.push).toBeUndefined()
  })
})

describe('each stage', () => {
  it.each([
    ['intake', '{ take: {} }', { kind: 'take' }],
    ['intake', '{ recordOnly: {} }', { kind: 'record-only' }],
    ['intake', '{ ignore: { reason: Shipped by the factory } }', { kind: 'ignore', reason: 'Shipped by the factory' }],
    [
      'allocate',
      '{ fixed: { warehouse: NJ, service: saver } }',
      { warehouses: ['NJ'], service: 'saver', score: undefined, tie: undefined, needsFullStock: true },
    ],
    [
      'allocate',
      '{ candidates: [CA, NJ], score: [{ by: days }, { by: cost }], tie: NJ, require: none }',
      { warehouses: ['CA', 'NJ'], service: undefined, score: ['days', 'cost'], tie: 'NJ', needsFullStock: false },
    ],
    ['allocate', '{ exclude: [CA] }', { warehouses: ['NJ'], service: undefined, score: undefined, tie: undefined, needsFullStock: true }],
    ['split', '{ byWarehouse: { maxParts: 3 } }', { mode: 'by-warehouse', maxParts: 3 }],
    ['split', '{ byWarehouse: {} }', { mode: 'by-warehouse', maxParts: 2 }],
    [
      'courier',
      '{ candidates: { services: [ground, saver], rank: cost-within-promise }, fallback: ground }',
      { services: ['ground', 'saver'], rank: 'cost-within-promise', fallback: 'ground' },
    ],
    ['push', '{ now: {} }', { kind: 'now' }],
    ['push', '{ manual: true }', { kind: 'manual' }],
    ['push', '{ delay: 2h }', { kind: 'delay', ms: 7_200_000 }],
    ['push', '{ beforeCutoff: 90m }', { kind: 'before-cutoff', ms: 5_400_000 }],
  ] as const)('%s understands %s', (stage, action, read) => {
    expect(rulesOf(`${stage}: [{ name: one, then: [${action}] }]`)[stage]?.(facts()).action).toEqual(read)
  })
})

describe('enrich rules', () => {
  it('run one after the other, each on what those above it changed', () => {
    const rules = rulesOf(`enrich:
      - { name: Fast, when: { field: promisedService, op: contains, value: express }, then: [{ addTag: [Urgent, vip] }, { setLevel: expedited }] }
      - { name: Urgent, when: { all: [{ field: tags, op: contains, value: urgent }, { field: promisedLevel, op: eq, value: expedited }] }, then: [{ setField: { field: deliverBy, value: "purchasedAt + 2d" } }] }
      - { name: Plain, then: [{ removeTag: vip }, { setField: { field: promisedService, value: Air } }] }`)

    const enriched = rules.enrich?.(facts({ promisedService: 'DHL Express', tags: ['vip', 'gift'] }))

    expect(enriched?.promisedLevel).toBe('expedited')
    expect(enriched?.order).toMatchObject({ tags: ['gift', 'urgent'], deliverBy: '2026-11-26T07:00:00.000Z', promisedService: 'Air' })
    expect(enriched?.trials.map((trial) => trial.result)).toEqual(['matched', 'matched', 'matched'])
  })

  it('leave a time alone that the order cannot give', () => {
    const rules = rulesOf('enrich: [{ name: Soon, then: [{ setField: { field: shipBy, value: paidAt } }] }]')

    expect(rules.enrich?.(facts()).order.shipBy).toBeUndefined()
    expect(rules.enrich?.(facts({ paidAt: '2026-11-24T07:10:00.000Z' as Instant })).order.shipBy).toBe('2026-11-24T07:10:00.000Z')
  })
})

describe('mapping strategies', () => {
  const read = (action: string, channelSku: string) => {
    const rules = rulesOf(`mapping: [{ name: one, then: ${action} }]`)
    const strategies = rules.mapping?.(facts(), orderLine()).action ?? []
    return applyStrategies(strategies, channelSku, { knows: (sku) => facts().products.has(sku) })
  }
  const items = (action: string, channelSku: string) => read(action, channelSku)?.resolved.map((item) => `${item.quantity} ${item.sku}`)

  it.each([
    ['[{ exact: {} }]', 'MUG', ['1 MUG']],
    ['[{ exact: {} }]', 'US-MUG', undefined],
    ['[{ stripPrefix: US- }]', 'US-MUG', ['1 MUG']],
    ['[{ stripPrefix: [UK-, US-] }]', 'US-MUG', ['1 MUG']],
    ['[{ stripPrefix: US- }]', 'MUG', undefined],
    ['[{ stripSuffix: -FBM }]', 'LAMP-FBM', ['1 LAMP']],
    ['[{ splitPattern: {} }]', 'MUG*2+LAMP', ['2 MUG', '1 LAMP']],
    ['[{ splitPattern: {} }]', 'MUG*2+MUG', ['3 MUG']],
    ['[{ splitPattern: {} }]', 'MUG*0+LAMP', undefined],
    ['[{ splitPattern: {} }]', 'MUG*2+', undefined],
    ['[{ splitPattern: {} }]', 'MUG*2+NOBODY', undefined],
    ['[{ splitPattern: { plus: "&", times: "x" } }]', 'MUGx2&LAMP', ['2 MUG', '1 LAMP']],
    ['[{ regex: { pattern: "(?:US|UK)-(.+?)-(\\\\d+)PK", sku: "$1", quantity: "$2" } }]', 'UK-MUG-6PK', ['6 MUG']],
    ['[{ regex: { pattern: "(.+)-x", sku: "$1" } }]', 'MUG-x-y', undefined],
    ['[{ exact: {} }, { stripPrefix: US- }, { splitPattern: {} }]', 'LAMP*3', ['3 LAMP']],
    ['[{ hold: {} }]', 'MUG', undefined],
  ])('%s reads %s as %j', (action, channelSku, expected) => {
    expect(items(action, channelSku)).toEqual(expected)
  })

  it('are chosen by the line that they are for', () => {
    const rules = rulesOf(
      'mapping: [{ name: FBM, when: { field: channelSku, op: ends-with, value: -FBM }, then: [{ stripSuffix: -FBM }] }]',
    )

    expect(rules.mapping?.(facts(), orderLine({ channelSku: asChannelSku('MUG-FBM') })).rule).toBe('FBM')
    expect(rules.mapping?.(facts(), orderLine()).rule).toBeUndefined()
  })
})
