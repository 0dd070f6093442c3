import { describe, expect, it } from 'vitest'
import { configOf, problemsOf, writeFolder } from './configuration.ts'

const twoRules = `review:
  - name: { en: High value, zh: 高额订单 }
    when: { field: amounts.totalUsd, op: gte, value: 300 }
    then: [{ hold: { reason: high-value, release: manual } }]
allocate:
  - name: Islands
    when:
      all:
        - { field: shipTo.postcode, op: zip-in, value: islands }
        - { field: shipTo.postcode, op: zip-in, value: "00601" }
    then:
      - fixed: { warehouse: NJ, service: ground }
lists:
  islands: { kind: zip, values: ["00601-00988", "96701", "K1A 0B1"] }
`

describe('rules.yaml', () => {
  it('keeps rules by stage in their order, and the lists apart', async () => {
    const config = await configOf(await writeFolder({ 'rules.yaml': twoRules }))

    expect(Object.keys(config.rules)).toEqual(['review', 'allocate'])
    expect(config.rules.review).toEqual([
      {
        name: { en: 'High value', zh: '高额订单' },
        when: { field: 'amounts.totalUsd', op: 'gte', value: 300 },
        // biome-ignore lint/suspicious/noThenProperty: the key of the rules file, never awaited
        then: [{ hold: { reason: 'high-value', release: 'manual' } }],
      },
    ])
    expect(config.lists).toEqual({ islands: { kind: 'zip', values: ['00601-00988', '96701', 'K1A 0B1'] } })
  })

  it('tells where each part of a rule stands', async () => {
    const folder = await writeFolder({ 'rules.yaml': twoRules })

    const config = await configOf(folder)

    expect(config.rulePosition(['review', 0, 'when', 'op'])).toEqual({ file: `${folder}/rules.yaml`, line: 3, column: 42 })
    expect(config.rulePosition(['allocate', 0, 'when', 'all', 1])).toMatchObject({ line: 10, column: 11 })
    expect(config.rulePosition(['allocate', 0, 'then', 0, 'fixed', 'nothing'])).toMatchObject({ line: 12, column: 16 })
  })

  it('need not exist', async () => {
    const folder = await writeFolder()

    const config = await configOf(folder)

    expect(config.rulePosition(['review', 0])).toEqual({ file: `${folder}/rules.yaml`, line: 1, column: 1 })
  })

  it.each([
    ['a stage that is spelled wrong', 'reveiw: []\n', ['rules.yaml:1:1  unknown key "reveiw", did you mean "review"?']],
    [
      'a stage that is not carried out yet',
      'review: []\nfunds: []\n',
      ['rules.yaml:2:1  funds rules are not supported yet; remove the key'],
    ],
    ['a rule without name', 'review:\n  - then: [{ approve: {} }]\n', ['rules.yaml:2:5  missing key "name"']],
    ['a rule without action', 'review:\n  - name: x\n', ['rules.yaml:2:5  missing key "then"']],
    ['a rule with an empty action list', 'review:\n  - name: x\n    then: []\n', ['rules.yaml:3:11  then: the list must not be empty']],
    [
      'a name in one language only',
      'review:\n  - name: { en: x }\n    then: [{ a: 1 }]\n',
      ['rules.yaml:2:11  name: expected text, or both languages: { en: …, zh: … }'],
    ],
    [
      'names that nobody defines',
      'allocate:\n  - name: x\n    when: { not: { field: shipTo.country, op: in-list, value: eu } }\n    then: [{ candidates: [NJ, NY], tie: NJ }]\ncourier:\n  - name: y\n    then: [{ fixed: { service: grund } }]\nlists: {}\n',
      [
        'rules.yaml:3:63  unknown list "eu": name it under lists, at the root of the file',
        'rules.yaml:4:31  unknown warehouse "NY", did you mean "NJ"?',
        'rules.yaml:7:32  unknown service "grund", did you mean "ground"?',
      ],
    ],
    [
      'lists with values that are none',
      'lists:\n  a: { kind: zip, values: [501, "99-10"] }\n  b: { kind: zib, values: [] }\n  c: { kind: country, values: [DE, XX] }\n',
      [
        'rules.yaml:2:28  values: expected text, got a number; put it in quotes',
        'rules.yaml:2:33  values: expected a postcode or a range such as "00601-00988" whose ends have the same length',
        'rules.yaml:3:14  kind: expected one of zip, country, sku, text',
        'rules.yaml:4:36  values: expected a country code of two capital letters (ISO 3166-1), such as US or DE',
      ],
    ],
  ])('reports %s', async (_name, content, said) => {
    const problems = await problemsOf(await writeFolder({ 'rules.yaml': content }))

    expect(problems).toEqual(said)
  })
})
