import { describe, expect, it } from 'vitest'
import { checkConfig, formatProblem } from '../../config/index.ts'
import { changed, parts, writeFolder } from './configuration.ts'

/** Kinds of mistakes that a rules file can have; each rule is named after its own. */
const thirteenKinds = `lists: { eu: { kind: country, values: [DE, FR] } }
intake:
  - { name: empty, then: [] }
enrich:
  - { name: field, when: { field: amount.total, op: gte, value: 300 }, then: [{ addTag: dear }] }
  - { name: operator, when: { field: shop, op: not_in, value: [brand] }, then: [{ addTag: other }] }
review:
  - { name: value, when: { field: amounts.total, op: gte, value: 299.9 }, then: [{ hold: {} }] }
  - { name: list, when: { field: shipTo.country, op: in-list, value: europe }, then: [{ hold: {} }] }
  - { name: pattern, when: { field: buyerNote, op: matches, value: "(a+)+$" }, then: [{ hold: {} }] }
  - { name: duration, then: [{ hold: { reason: cool-off, release: { at: "paidAt + 30min" } } }] }
  - { name: action, then: [{ fixed: { warehouse: NJ } }] }
  - { name: line, when: { field: quantity, op: gt, value: 2 }, then: [{ hold: {} }] }
allocate:
  - { name: warehouse, then: [{ fixed: { warehouse: NY } }] }
courier:
  - { name: service, when: { field: warehouse, op: eq, value: NJ }, then: [{ fixed: { service: grund } }] }
options:
  - { name: capability, then: [{ signature: {} }] }
push:
  - { name: every order, then: [{ now: {} }] }
  - { name: never reached, when: { field: shop, op: eq, value: brand }, then: [{ delay: 2h }] }
`

const problemsOf = async (rules: string, more: Readonly<Record<string, string>> = {}) => {
  const folder = await writeFolder({ 'rules.yaml': rules, ...more })
  const loaded = await checkConfig(folder, parts)
  return 'config' in loaded ? [] : loaded.problems.map((problem) => formatProblem(problem).replace(`${folder}/`, ''))
}

describe('a rules file with every kind of mistake', () => {
  it('gets each told at its place, with what to write instead', async () => {
    expect(await problemsOf(thirteenKinds)).toEqual([
      'rules.yaml:3:26  then: the list must not be empty',
      'rules.yaml:5:35  unknown field "amount.total", did you mean "amounts.total"?',
      'rules.yaml:6:48  unknown operator "not_in", did you mean "not-in"?',
      'rules.yaml:8:66  expected an amount such as 300 or "299.90", got the number 299.9: a fraction stands in quotes, or it would not be exact',
      'rules.yaml:9:70  unknown list "europe" (known: eu)',
      'rules.yaml:10:68  the pattern "(a+)+$" repeats a group that itself repeats or chooses, which can run for ages',
      'rules.yaml:11:73  "30min" is no duration; write it as 30m, 2h or 1d',
      'rules.yaml:12:37  unknown action "fixed" in review; it belongs to allocate or courier',
      'rules.yaml:13:34  "quantity" belongs to a line: put it into anyLine, everyLine, noLine or sumLines',
      'rules.yaml:15:53  unknown warehouse "NY", did you mean "NJ"?',
      'rules.yaml:17:96  unknown service "grund", did you mean "ground"?',
      'rules.yaml:19:45  signature is not carried by the adapter goodcang of warehouse NJ; name the warehouses that can in the condition of the rule, or remove it',
      'rules.yaml:22:5  this rule never applies: the rule "every order" above it matches every order',
    ])
  })

  it('gets those of parts, services and options told at their place too', async () => {
    const rules = `allocate:
  - { name: age, then: [{ candidates: [NJ], score: [{ by: zone }, { by: age }] }] }
split:
  - name: limit
    when: { field: platform, op: eq, value: ebay }
    then: [{ byLimit: { maxWeightGram: 2000 } }]
  - name: parts
    when: { field: platform, op: eq, value: wish }
    then: [{ inStockFirst: { maxParts: 9 } }]
  - name: cargo
    then: [{ byCargo: { apart: [general, batteries] } }]
courier:
  - { name: zone, when: { field: zone, op: gt, value: far }, then: [{ candidates: { features: [ground] } }] }
options:
  - name: insured
    then:
      - insurance: { amount: 50, currency: USD }
`

    expect(await problemsOf(rules)).toEqual([
      'rules.yaml:2:73  a score by age is not supported yet: the age of stock is not read yet; score by zone, cost, days or cover',
      'rules.yaml:6:40  unknown key "maxWeightGram", did you mean "maxWeightGrams"?',
      'rules.yaml:9:40  expected a whole number from 1 to 5, got the number 9',
      'rules.yaml:11:42  unknown cargo class "batteries" (known: general, with-battery, pure-battery, liquid, powder, magnetic, fragile, dangerous)',
      'rules.yaml:13:55  expected a whole number for "zone", got the text "far"',
      'rules.yaml:13:95  no service says which features it has: give services "features" in warehouses.yaml, or name the services',
      'rules.yaml:17:20  insurance is not carried by the adapter goodcang of warehouse NJ; name the warehouses that can in the condition of the rule, or remove it',
      'rules.yaml:17:30  expected an amount in quotes, such as "45.00", got the number 50; put it in quotes',
    ])
  })

  it('gets them told beside the mistakes of other files', async () => {
    const problems = await problemsOf(
      'review:\n  - { name: operator, when: { field: shop, op: not_in, value: [brand] }, then: [{ hold: {} }] }\n',
      {
        'carriers.yaml': 'carriers:\n  fedex: { name: FedEx, shopify: FedEx, trackingUrl: 7 }\n',
      },
    )

    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['carriers.yaml', 'rules.yaml'])
  })

  it.each([
    ['has a mistake', changed('warehouses.yaml', 'maxWeightGrams: 30000', 'maxWeightGrams: heavy')],
    ['is no YAML', { 'warehouses.yaml': 'accounts: [\n' }],
  ])('gets them told, though warehouses.yaml %s, without a word about warehouses that cannot be known', async (_, warehouses) => {
    const rules = `review:
  - { name: operator, when: { field: shop, op: not_in, value: [brand] }, then: [{ hold: {} }] }
allocate:
  - { name: weight, when: { field: warehouse, op: eq, value: NJ }, then: [{ candidates: [NJ], score: [{ by: costs }] }] }
courier:
  - { name: features, when: { field: warehouse, op: eq, value: NJ }, then: [{ candidates: { services: [ground], features: [signature] } }] }
`
    const problems = await problemsOf(rules, warehouses)

    expect(problems.filter((problem) => problem.startsWith('rules.yaml'))).toEqual([
      'rules.yaml:2:48  unknown operator "not_in", did you mean "not-in"?',
      expect.stringMatching(/^rules\.yaml:4:\d+ {2}"warehouse" .*courier/),
      expect.stringMatching(/^rules\.yaml:4:\d+ {2}unknown score "costs", did you mean "cost"\?$/),
    ])
  })

  it('names a shop that is none', async () => {
    const rule = (op: string, value: string) =>
      `review:\n  - { name: x, when: { field: shop, op: ${op}, value: ${value} }, then: [{ hold: {} }] }\n`

    expect(await problemsOf(rule('eq', 'brnad'))).toEqual(['rules.yaml:2:52  unknown shop "brnad", did you mean "brand"?'])
    expect(await problemsOf(rule('in', '[brand, other]'))).toEqual(['rules.yaml:2:60  unknown shop "other" (known: brand)'])
    expect(await problemsOf(rule('starts-with', 'br'))).toEqual([])
  })

  it('is checked in place of the rules of the folder when it is an edited copy', async () => {
    const [folder, edited] = [await writeFolder(), await writeFolder({ 'rules.yaml': 'review:\n  - { name: x, then: [{ hol: {} }] }\n' })]

    const loaded = await checkConfig(folder, { ...parts, rulesFile: `${edited}/rules.yaml` })

    expect('problems' in loaded && loaded.problems.map(formatProblem)).toEqual([
      `${edited}/rules.yaml:2:30  unknown action "hol" in review, did you mean "hold"?`,
    ])
  })
})
